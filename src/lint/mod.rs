//! What is wrong with a scaffold: variables that nobody gives, files that nobody uses, branches that no answers lead to. Pure: it looks
//! at templates, and at what they make of samples that a command resolved.

mod branches;
mod liquid_text;
mod matrix;
mod plain;
mod unknown;
mod unused;

pub use matrix::pairwise;
pub use plain::{Tried, plain};

use crate::generate::Sample;
use crate::scaffold::Scaffold;
use crate::tree::{File, Tree};
use branches::Branch;
use serde::Serialize;
use std::collections::BTreeSet;

/// What kind of finding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A combination of answers that gives no repository.
    NotRendered,
    /// A variable that no template is given.
    UnknownVariable,
    /// A branch that no answers lead to.
    Unreachable,
    /// A placeholder that is asked for and that nothing uses.
    UnusedPlaceholder,
    /// A file that is not what its name says.
    NotParsed,
    /// A template or partial that nothing uses.
    UnusedFile,
    /// An output that no answers lead to.
    NeverMade,
    /// A branch or an output that depends on facts, and was not taken here.
    NeverTaken,
}

impl Kind {
    /// Whether it is a fault; the rest is only to be known.
    pub fn is_fault(self) -> bool {
        self != Self::NeverTaken
    }
}

/// One thing about a scaffold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The file, as it is called in the scaffold.
    pub file: String,
    /// The line, from 1; 0 where it is about the whole file.
    pub line: usize,
    /// What kind it is.
    pub kind: Kind,
    /// What it is, in a sentence.
    pub text: String,
}

/// A scaffold whose branches are marked, for samples that tell which are taken.
pub struct Marked {
    /// The scaffold to take samples of.
    pub scaffold: Scaffold,
    branches: Vec<Branch>,
}

/// Marks the branches of all templates. `own` are the scaffold's files without its base: those of the base are not its own.
pub fn marked(scaffold: &Scaffold, own: &Tree) -> Marked {
    let mut branches = Vec::new();
    let templates = scaffold.templates.iter().map(|(path, file)| {
        let text = std::str::from_utf8(&file.bytes).ok();
        let text = text.filter(|_| is_own(path.as_str(), own));
        let file = text.map_or_else(
            || file.clone(),
            |text| {
                File::text(branches::marked(
                    (&named(path.as_str()), text),
                    &mut branches,
                ))
            },
        );
        (path.clone(), file)
    });
    let templates = templates.collect();
    let mut scaffold = scaffold.clone();
    scaffold.templates = templates;
    Marked { scaffold, branches }
}

/// What the samples and the templates tell.
pub fn findings(
    scaffold: &Scaffold,
    own: &Tree,
    marked: &Marked,
    samples: &[Sample],
) -> Vec<Finding> {
    let texts = || {
        let all = scaffold.templates.iter();
        all.filter_map(|(path, file)| Some((path.as_str(), std::str::from_utf8(&file.bytes).ok()?)))
    };
    let mut found = unused::unused(scaffold, own);
    if samples.is_empty() {
        found.sort();
        return found;
    }
    let local = |is_seen: &dyn Fn(&str) -> bool| {
        let seen = texts().filter(|(path, _)| is_seen(path));
        unknown::local_names(seen.map(|(_, text)| text))
    };
    let outputs = scaffold.outputs.iter();
    let outputs = unused::reached(scaffold, outputs.map(|output| output.template.as_str()));
    let nixpkgs = unused::reached(scaffold, scaffold.nixpkgs.iter().map(String::as_str));
    let of_all = local(&|_| true);
    let of_nixpkgs = local(&|path| nixpkgs.contains(path));
    for (path, text) in texts().filter(|(path, _)| is_own(path, own)) {
        let uses = unknown::Uses {
            // What nothing uses is taken for a template of outputs.
            outputs: outputs.contains(path) || !nixpkgs.contains(path),
            nixpkgs: nixpkgs.contains(path),
        };
        let local = if uses.outputs { &of_all } else { &of_nixpkgs };
        let file = named(path);
        found.extend(unknown::unknown((&file, text), samples, local, uses));
    }
    let mut taken = BTreeSet::new();
    let mut made = BTreeSet::new();
    for sample in samples {
        for text in &sample.texts {
            branches::taken(text, &mut taken);
        }
        made.extend(sample.outputs.iter().map(String::as_str));
    }
    found.extend(branches::never(
        &marked.branches,
        &taken,
        branches::is_paired,
    ));
    let never = scaffold.outputs.iter();
    let never = never.filter(|output| !made.contains(output.id.as_str()));
    found.extend(never.map(branches::never_made));
    found.sort();
    found.dedup();
    found
}

/// Whether a template is the scaffold's own.
fn is_own(path: &str, own: &Tree) -> bool {
    own.text(&named(path)).is_some()
}

/// What a template is called in the scaffold.
fn named(path: &str) -> String {
    format!("templates/{path}")
}
