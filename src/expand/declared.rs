//! What a template declares, for those who look at it and do not expand it.

use super::answers::question;
use super::template_dir::configuration;
use super::{Question, Staged};
use crate::diagnostic::{Exit, Failure, Problem};

/// What a template declares.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// What it may ask for, in the order of the file; those of conditions last, and with the same name where they replace others.
    pub placeholders: Vec<Question>,
    /// The expressions of its conditions.
    pub conditions: Vec<String>,
    /// Its hooks, by their paths.
    pub scripts: Vec<String>,
    /// The directories that are templates of their own.
    pub sub_templates: Vec<String>,
}

/// What the configuration at the top of `staged` declares.
///
/// # Errors
/// Everything in it that is not of the format, placeholders that are not valid included.
pub fn declared(staged: &Staged) -> Result<Declared, Failure> {
    let mut config = configuration(staged, "")?;
    config.hooks.take_formatter();
    let conditional = config.conditionals.iter();
    let conditional = conditional.filter_map(|one| one.placeholders.as_ref());
    let all = std::iter::once(&config.placeholders).chain(conditional);
    let (mut placeholders, mut problems) = (Vec::new(), Vec::<Problem>::new());
    for (name, placeholder) in all.flatten() {
        match placeholder {
            Ok(placeholder) => placeholders.push(question(name, placeholder)),
            Err(problem) => problems.push(problem.clone()),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::all(Exit::Invalid, problems));
    }
    Ok(Declared {
        placeholders,
        conditions: config
            .conditionals
            .iter()
            .map(|one| one.condition.clone())
            .collect(),
        scripts: config.hooks.all().cloned().collect(),
        sub_templates: config.template.sub_templates.unwrap_or_default(),
    })
}
