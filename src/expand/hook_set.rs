//! The code of a template, before it runs: what it is, its digest, and what is said where it may not run.

use super::Staged;
use super::staged::Entry;
use crate::diagnostic::Failure;
use sha2::{Digest, Sha256};

/// When a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Before the project's name is known.
    Init,
    /// After the questions, before anything is rendered.
    Pre,
    /// After everything is rendered.
    Post,
    /// While a file is rendered that uses it as a filter, or where another script imports it.
    Used,
}

impl Phase {
    /// What the configuration calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Init => "init",
            Self::Pre => "pre",
            Self::Post => "post",
            Self::Used => "filter or import",
        }
    }
}

/// One script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// When it runs.
    pub phase: Phase,
    /// Its path in the template.
    pub path: String,
    /// What it says; empty where there is no such file.
    pub text: String,
}

/// The code of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookSet {
    /// The scripts, in the order in which the configuration names them.
    pub scripts: Vec<Script>,
    /// What trust is stored for: the SHA-256 of the whole source, as hexadecimal digits. Scripts read and run other files, so all count.
    pub digest: String,
}

impl HookSet {
    /// The failure of a run that may not execute the template's code.
    pub fn refusal(&self) -> Failure {
        let names: Vec<String> = self
            .scripts
            .iter()
            .map(|script| format!("`{}` ({})", script.path, script.phase.name()))
            .collect();
        Failure::invalid(format!(
            "the template has hooks, which are programs: {}",
            names.join(", ")
        ))
        .hint("read them, then run again with `--allow-hooks`")
    }
}

/// The SHA-256 of all that is staged: kind, permissions, path and content of everything, as hexadecimal digits.
pub fn digest(staged: &Staged) -> String {
    let mut hash = Sha256::new();
    for (path, entry) in staged.iter() {
        match entry {
            Entry::Directory => hash.update(format!("d {}:{path}\n", path.len())),
            Entry::Link(target) => {
                let lengths = (target.len(), path.len());
                hash.update(format!("l {}:{target} {}:{path}\n", lengths.0, lengths.1));
            }
            Entry::File(file) => {
                let length = file.bytes.len();
                hash.update(format!(
                    "f {:o} {length} {}:{path}\n",
                    file.mode,
                    path.len()
                ));
                hash.update(&file.bytes);
            }
        }
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}
