//! What is wrong with a plain template, in cargo-generate's format: it is expanded with many answers, and its texts are read.

mod answers;
mod rows;
mod trial;
mod unused;

use super::branches::{self, Branch};
use super::{Finding, Kind};
use crate::diagnostic::Failure;
use crate::expand::{Staged, StagedFile, declared};
use rows::rows;
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

/// Tries a plain template. Its hooks run where `allow_hooks`, their commands never; else a template with hooks is read only.
///
/// # Errors
/// A configuration that is not of the format; sub-templates, which are checked one by one.
pub fn plain(staged: &Staged, allow_hooks: bool) -> Result<Tried, Failure> {
    let declared = declared(staged)?;
    if let [first, ..] = declared.sub_templates.as_slice() {
        return Err(Failure::invalid(
            "the template consists of others, which are checked one by one",
        )
        .hint(format!("the first of them is `{first}`")));
    }
    let mut tried = Tried {
        files: staged.files().count(),
        findings: unused::unused(staged, &declared),
        ..Tried::default()
    };
    if !declared.scripts.is_empty() && !allow_hooks {
        tried.findings.push(about(
            Kind::NeverTaken,
            "it has hooks, and nothing was rendered; `--allow-hooks` runs them".to_owned(),
        ));
        return Ok(tried);
    }
    let mut trial = Trial::new(&declared);
    let (rows, is_whole) = rows(&declared);
    tried.combinations = rows.len();
    let mut branches = Vec::new();
    let marked = marked(staged, &mut branches);
    for row in &rows {
        if trial.plain(staged, row) {
            tried.rendered += 1;
            trial.marked(&marked, row);
        }
    }
    if tried.rendered > 0 {
        trial.never(&declared, &branches, is_whole);
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
