//! What the templates see and make of one lock, as it is: for looking at the templates, and not for files.

use super::view::View;
use super::{GenerateError, PACKAGE, each, is_wanted};
use crate::model::{Intent, Lock};
use crate::nixpkgs::Index;
use crate::scaffold::Scaffold;
use crate::template::Engine;
use liquid::Object;
use liquid::model::Value;

/// What the templates see and make.
#[derive(Debug)]
pub struct Sample {
    /// The values of all templates.
    pub values: Object,
    /// What `package` is, for each of the packages and third parties.
    pub packages: Vec<Value>,
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
        texts: Vec::new(),
        outputs: Vec::new(),
    };
    each(&view, |output, _, values| {
        sample.packages.extend(values.get(PACKAGE).cloned());
        if is_wanted(&engine, output, values)? {
            let template = scaffold.templates.text(&output.template);
            let text = engine.render(&output.template, template.unwrap_or_default(), values)?;
            sample.outputs.push(output.id.clone());
            sample.texts.push(text);
        }
        Ok(())
    })?;
    Ok(sample)
}
