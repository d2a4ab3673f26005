//! What is wrong with a plain template, in cargo-generate's format: it is expanded with many answers, and its texts are read.

mod answers;
mod rows;
mod trial;
mod unused;

use super::branches::{self, Branch};
use super::{Finding, Kind};
use crate::diagnostic::Failure;
use crate::expand::{Declared, Staged, StagedFile, declared};
use rows::rows;
use toml_edit::{DocumentMut, Item};
use trial::Trial;

/// The configuration.
const CONFIG: &str = "cargo-generate.toml";

/// What was tried and found.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// The files of the template.
    pub files: usize,
    /// The combinations of answers.
    pub combinations: usize,
    /// How many of them gave a project.
    pub rendered: usize,
    /// What is wrong, sorted.
    pub findings: Vec<Finding>,
}

/// Tries a plain template, or each of those that it consists of. Its hooks run where `allow_hooks`, their commands never.
///
/// # Errors
/// A configuration that is not of the format; hooks that may not run, for without them nothing can be rendered.
pub fn plain(staged: &Staged, allow_hooks: bool) -> Result<Tried, Failure> {
    let declared = declared(staged)?;
    if declared.sub_templates.is_empty() {
        return alone(staged, &declared, allow_hooks);
    }
    let mut all = Tried::default();
    for name in &declared.sub_templates {
        let tried = plain(&sub_template(staged, name), allow_hooks)?;
        all.files += tried.files;
        all.combinations += tried.combinations;
        all.rendered += tried.rendered;
        all.findings
            .extend(tried.findings.into_iter().map(|finding| Finding {
                file: format!("{name}/{}", finding.file),
                ..finding
            }));
    }
    all.findings.sort();
    Ok(all)
}

/// One of the templates of which another consists. Without a configuration of its own it has that of the whole.
fn sub_template(staged: &Staged, name: &str) -> Staged {
    let mut sub = staged.clone().take(name.trim_matches('/'));
    let whole = staged.text(CONFIG).unwrap_or_default();
    if let (None, Ok(mut config)) = (sub.file(CONFIG), whole.parse::<DocumentMut>()) {
        if let Some(template) = config.get_mut("template").and_then(Item::as_table_like_mut) {
            template.remove("sub_templates");
        }
        let bytes = config.to_string().into_bytes();
        // Nothing stands there.
        drop(sub.insert_file(CONFIG, StagedFile { bytes, mode: 0o644 }));
    }
    sub
}

fn alone(staged: &Staged, declared: &Declared, allow_hooks: bool) -> Result<Tried, Failure> {
    if !declared.scripts.is_empty() && !allow_hooks {
        return Err(Failure::invalid(format!(
            "the template has hooks, without which nothing can be rendered: `{}`",
            declared.scripts.join("`, `")
        ))
        .hint("read them, then `--allow-hooks` runs them; their commands are not run"));
    }
    let mut tried = Tried {
        files: staged.files().count(),
        findings: unused::unused(staged, declared),
        ..Tried::default()
    };
    let mut trial = Trial::new(declared);
    let (rows, is_whole) = rows(declared);
    tried.combinations = rows.len();
    let mut branches = Vec::new();
    let marked = marked(staged, &mut branches);
    for row in &rows {
        if trial.plain(staged, row) {
            tried.rendered += 1;
            trial.marked(&marked, row);
        }
    }
    // What was not rendered might have led to the rest.
    if tried.rendered == tried.combinations {
        trial.never(declared, &branches, is_whole);
    }
    tried.findings.extend(trial.findings);
    tried.findings.sort();
    tried.findings.dedup();
    Ok(tried)
}

fn about(kind: Kind, text: String) -> Finding {
    Finding {
        file: CONFIG.to_owned(),
        line: 0,
        kind,
        text,
    }
}

/// The template with a mark in each branch of its files.
fn marked(staged: &Staged, all: &mut Vec<Branch>) -> Staged {
    let mut marked = staged.clone();
    for (path, file) in staged.files() {
        let Some(text) = staged.text(path).filter(|_| is_content(path)) else {
            continue;
        };
        let bytes = branches::marked((path, text), all).into_bytes();
        let file = StagedFile {
            bytes,
            mode: file.mode,
        };
        // It stood there before.
        drop(marked.insert_file(path, file));
    }
    marked
}

/// Whether a file is rendered, and not what says how.
fn is_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ![CONFIG, ".genignore"].contains(&name) && !is_script(path)
}

/// Whether a file is a hook, or what hooks import.
fn is_script(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| ending == "rhai")
}

#[cfg(test)]
mod tests;
