//! What the templates see and make of one lock, as it is: for looking at the templates, and not for files.

use super::view::{View, exported};
use super::{GenerateError, PACKAGE, each, is_wanted};
use crate::model::{Intent, Lock};
use crate::nixpkgs::Index;
use crate::scaffold::Scaffold;
use crate::template::Engine;
use liquid::Object;
use liquid::model::{Value, to_value};

/// What the templates see and make.
#[derive(Debug)]
pub struct Sample {
    /// The values of all templates.
    pub values: Object,
    /// What `package` is, for each of the packages and third parties.
    pub packages: Vec<Value>,
    /// The same in the form of nixpkgs, where the scaffold has a template for it.
    pub exported: Vec<Value>,
    /// The texts, as the templates make them: neither formatted nor parsed.
    pub texts: Vec<String>,
    /// The outputs that were made, by their ids.
    pub outputs: Vec<String>,
}

/// Renders all outputs as they are.
///
/// # Errors
/// A template that fails.
pub fn sample(
    intent: &Intent,
    lock: &Lock,
    scaffold: &Scaffold,
    index: &Index,
) -> Result<Sample, GenerateError> {
    let view = View::new(intent, lock, scaffold, index);
    let engine = Engine::new(&scaffold.templates)?;
    let mut sample = Sample {
        values: view.workspace_values().map_err(GenerateError::Values)?,
        packages: Vec::new(),
        exported: Vec::new(),
        texts: Vec::new(),
        outputs: Vec::new(),
    };
    each(&view, &|_| true, |output, _, values| {
        sample.packages.extend(values.get(PACKAGE).cloned());
        if is_wanted(&engine, output, values)? {
            let template = scaffold.templates.text(&output.template);
            let text = engine.render(&output.template, template.unwrap_or_default(), values)?;
            sample.outputs.push(output.id.clone());
            sample.texts.push(text);
        }
        Ok(())
    })?;
    sample_exported(&view, &engine, &mut sample)?;
    Ok(sample)
}

/// Renders each package and third party in the form of nixpkgs.
fn sample_exported(
    view: &View<'_>,
    engine: &Engine,
    sample: &mut Sample,
) -> Result<(), GenerateError> {
    let Some(template) = &view.scaffold.nixpkgs else {
        return Ok(());
    };
    let text = view.scaffold.templates.text(template).unwrap_or_default();
    for name in view
        .lock
        .packages
        .keys()
        .chain(view.lock.third_party.keys())
    {
        let Some(seen) = exported::view(view, name, "") else {
            continue;
        };
        let package = to_value(&seen).map_err(|error| GenerateError::Values(error.to_string()))?;
        let values: Object = [(PACKAGE.into(), package.clone())].into_iter().collect();
        sample.texts.push(engine.render(template, text, &values)?);
        sample.exported.push(package);
    }
    Ok(())
}
