//! Which directory of the source is the template: the subfolder that was ordered, then what the configurations lead to.

use super::config::{self, CONFIG, Config};
use super::link::Link;
use super::order::{Order, Switch};
use super::paths::{join, parent, resolved};
use super::world::{Choice, Kind, Question, Unanswered};
use super::{Staged, Value};
use crate::diagnostic::{Exit, Failure};

/// The template, and how its path is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TemplateDir {
    /// The directory in the source; empty for the top.
    pub(super) path: String,
    /// Whether cargo-generate writes a slash behind its path, as it does where a configuration stands at the place that was searched.
    pub(super) slash: bool,
}

/// Finds the template, asking where there are several.
///
/// # Errors
/// A subfolder that is not there, sub-templates that are not there, a question without an answer.
pub(super) fn find(staged: &Staged, order: &Order, link: &Link) -> Result<TemplateDir, Failure> {
    let top = match &order.subfolder {
        Some(subfolder) => subfolder_of(staged, "", subfolder)?,
        None => String::new(),
    };
    let mut at = top;
    // Each round goes down one directory; a sub-template `.` would go round for ever.
    for _ in 0..100 {
        let found = configured(staged, &at);
        match found.as_slice() {
            [] => {
                return Ok(TemplateDir {
                    path: at,
                    slash: false,
                });
            }
            [one] => {
                let here = join(&at, one);
                let Some(offered) = sub_templates(staged, &here)? else {
                    let slash = one.is_empty();
                    return Ok(TemplateDir { path: here, slash });
                };
                let chosen = choose(
                    "Which sub-template should be expanded?",
                    &offered,
                    order,
                    link,
                )?;
                at = subfolder_of(staged, &here, &chosen)?;
            }
            several => {
                let chosen = choose("Which template should be expanded?", several, order, link)?;
                at = join(&at, &chosen);
            }
        }
    }
    Err(Failure::invalid(
        "the sub-templates of the template lead in a circle",
    ))
}

/// The configuration of a template: its own, or that of the nearest directory above it.
///
/// # Errors
/// Everything in it that is not of the format.
pub(super) fn configuration(staged: &Staged, template: &str) -> Result<Config, Failure> {
    let mut at = template;
    loop {
        let path = join(at, CONFIG);
        if let Some(file) = staged.file(&path) {
            let text = std::str::from_utf8(&file.bytes)
                .map_err(|_| Failure::invalid(format!("`{path}` is not text")))?;
            return config::read(&path, text).map_err(|all| Failure::all(Exit::Invalid, all));
        }
        if at.is_empty() {
            return Ok(Config::default());
        }
        at = parent(at);
    }
}

/// The directories below `top` with a configuration, none below another, relative to it and sorted by their names.
fn configured(staged: &Staged, top: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(at) = open.pop() {
        let directory = join(top, &at);
        if staged.file(&join(&directory, CONFIG)).is_some() {
            found.push(at);
            continue;
        }
        for name in staged.names(&directory) {
            if staged.is_directory(&join(&directory, &name)) {
                open.push(join(&at, &name));
            }
        }
    }
    found.sort_by(|a, b| a.split('/').cmp(b.split('/')));
    found
}

/// The sub-templates that the configuration in `directory` offers. One that cannot be read offers none; it is told of later.
fn sub_templates(staged: &Staged, directory: &str) -> Result<Option<Vec<String>>, Failure> {
    let path = join(directory, CONFIG);
    let text = staged.text(&path).unwrap_or_default();
    let Ok(config) = config::read(&path, text) else {
        return Ok(None);
    };
    match config.template.sub_templates {
        Some(offered) if offered.is_empty() => Err(Failure::invalid(format!(
            "`sub_templates` in `{path}` is an empty list"
        ))),
        offered => Ok(offered),
    }
}

fn subfolder_of(staged: &Staged, top: &str, subfolder: &str) -> Result<String, Failure> {
    let Some(path) = resolved("", subfolder).map(|path| join(top, &path)) else {
        return Err(Failure::invalid(format!(
            "`{subfolder}` is an Invalid subfolder. Must be part of the template folder structure."
        )));
    };
    if staged.is_directory(&path) {
        Ok(path)
    } else if staged.file(&path).is_some() {
        Err(Failure::invalid(format!(
            "the specified subfolder must be a valid folder: `{subfolder}` is a file"
        )))
    } else {
        Err(Failure::invalid(format!(
            "the template has no subfolder `{subfolder}`"
        )))
    }
}

fn choose(prompt: &str, offered: &[String], order: &Order, link: &Link) -> Result<String, Failure> {
    let first = offered.first().cloned().unwrap_or_default();
    if order.is(Switch::Silent) {
        return Ok(first);
    }
    let choice = |value: &String| Choice {
        value: value.clone(),
        label: value.clone(),
    };
    let question = Question {
        name: "Template".to_owned(),
        prompt: prompt.to_owned(),
        kind: Kind::One(offered.iter().map(choice).collect()),
        default: Some(Value::Text(first)),
    };
    match link.with(move |world| world.ask(&question, None)) {
        Ok(Value::Text(chosen)) if offered.contains(&chosen) => Ok(chosen),
        Ok(_) | Err(Unanswered::Nobody) => {
            let message = format!(
                "the source has several templates: `{}`",
                offered.join("`, `")
            );
            Err(Failure::new(Exit::NeedsInput, message).hint("name one of them as the subfolder"))
        }
        Err(Unanswered::Stopped(failure)) => Err(failure),
    }
}
