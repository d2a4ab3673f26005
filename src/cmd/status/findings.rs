//! What was found in a repository that somebody ought to see to, each with the command that mends it.

use super::nixpkgs::Nixpkgs;
use super::release::Releases;
use crate::cmd::repository::{Repository, Standing, State};
use crate::nixpkgs::FLOX_LOCK;
use crate::outside::git_index::TrackedFiles;
use crate::reconcile::NEW;
use crate::tree::RelPath;
use crate::workspace::{INTENT_FILE, LOCK_FILE};
use serde_json::{Value, json as object};
use std::path::Path;

/// Everything that is known of the repository.
pub(super) struct Report {
    pub(super) repository: Repository,
    pub(super) standing: Standing,
    pub(super) release: Releases,
    pub(super) nixpkgs: Nixpkgs,
    /// Files below `.flox` that git does not track; `None` where there is no git.
    pub(super) untracked: Option<Vec<String>>,
    /// Whether a killed run left something to put back.
    pub(super) is_killed: bool,
}

/// One thing to see to.
pub(super) struct Finding {
    /// One word for programs.
    pub(super) kind: &'static str,
    /// What it is, in one sentence.
    pub(super) text: String,
    /// What it is about, a line each.
    pub(super) lines: Vec<String>,
    /// The command that mends it; empty where a person has to decide.
    pub(super) mend: String,
}

impl Finding {
    fn new(kind: &'static str, text: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            lines: Vec::new(),
            mend: mend.into(),
        }
    }

    fn about(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.lines.extend(lines);
        self
    }
}

/// What git does not track and Flox would refuse to publish with.
pub(super) fn untracked(root: &Path) -> Option<Vec<String>> {
    let tracked = TrackedFiles::around(root).ok()??;
    tracked.untracked_below(".flox").ok()
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

impl Report {
    /// The files in a state.
    pub(super) fn in_state(&self, state: State) -> Vec<&RelPath> {
        let files = self.standing.files.iter();
        files
            .filter(|(_, states)| states.contains(&state))
            .map(|(path, _)| path)
            .collect()
    }

    /// Files that are missing and are no documents: a document may be deleted, the rest is needed.
    fn lost(&self) -> Vec<&RelPath> {
        let missing = self.in_state(State::Missing).into_iter();
        missing
            .filter(|path| path.as_str() != LOCK_FILE && !self.repository.is_document(path))
            .collect()
    }

    /// What somebody ought to see to.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        if self.is_killed {
            found.push(Finding::new(
                "killed",
                "a run was killed in the middle; the next command puts back what it had changed",
                "floxwright continue",
            ));
        }
        self.conflicts(&mut found);
        self.intent(&mut found);
        self.files(&mut found);
        self.world(&mut found);
        found
    }

    fn conflicts(&self, found: &mut Vec<Finding>) {
        let conflicted = self.in_state(State::Conflicted);
        if conflicted.is_empty() {
            return;
        }
        let text = format!(
            "{} for your decision",
            count(conflicted.len(), "file waits", "files wait")
        );
        // After a merge by git nothing of ours is to be continued.
        let mend = if self.repository.lock.is_some() {
            "floxwright continue"
        } else {
            "floxwright sync"
        };
        let lines = conflicted.into_iter().map(ToString::to_string);
        found.push(Finding::new("conflicted", text, mend).about(lines));
    }

    /// What the lock does not say, or says no longer.
    fn intent(&self, found: &mut Vec<Finding>) {
        if let Some(because) = &self.repository.lost.because {
            let text = because.split(';').next().unwrap_or_default();
            found.push(Finding::new("lock", text, "floxwright sync"));
        }
        let since = self.standing.since.iter().flatten();
        let lines: Vec<String> = since.map(crate::workspace::Changed::told).collect();
        if !lines.is_empty() {
            let text = format!("`{INTENT_FILE}` was changed and nothing follows it yet");
            found.push(Finding::new("behind-intent", text, "floxwright sync").about(lines));
        }
        if let Err(failure) = &self.standing.desired
            && failure.exit != crate::diagnostic::Exit::Refused
        {
            let lines = failure.problems.iter().map(|one| one.message.clone());
            let text = format!("`{INTENT_FILE}` asks for what cannot be");
            found.push(Finding::new("intent", text, "").about(lines));
        }
    }

    fn files(&self, found: &mut Vec<Finding>) {
        let lost = self.lost();
        if !lost.is_empty() {
            let text = format!(
                "{} missing",
                count(
                    lost.len(),
                    "file that the build needs is",
                    "files that the build needs are"
                )
            );
            let lines = lost.iter().map(ToString::to_string);
            let mend = format!("git checkout -- {}", words(&lost));
            found.push(Finding::new("missing", text, mend).about(lines));
        }
        let drifted = self.in_state(State::Drifted);
        if !drifted.is_empty() {
            let text = format!(
                "{} made otherwise now",
                count(drifted.len(), "file would be", "files would be")
            );
            let lines = drifted.into_iter().map(ToString::to_string);
            found.push(Finding::new("drifted", text, "floxwright sync").about(lines));
        }
        let untracked: Vec<&String> = self
            .untracked
            .iter()
            .flatten()
            .filter(|path| !path.ends_with(NEW))
            .collect();
        if !untracked.is_empty() {
            let text = format!(
                "git does not track {} below `.flox`: builds do not see them, and Flox does not publish",
                count(untracked.len(), "file", "files")
            );
            let mend = format!("git add --force {}", words(&untracked));
            let lines = untracked.into_iter().cloned();
            found.push(Finding::new("untracked", text, mend).about(lines));
        }
    }

    /// What moved outside of the repository.
    fn world(&self, found: &mut Vec<Finding>) {
        if let Some((because, instead)) = &self.release.refused {
            let text = format!("the release {} is refused: {because}", self.release.here);
            let mend = format!("floxwright update {instead}");
            found.push(Finding::new("refused-release", text, mend));
        }
        if let (true, Some((newest, from))) = (self.release.is_behind(), &self.release.newest) {
            let text = format!(
                "the release {} is behind {newest} ({from})",
                self.release.here
            );
            let mend = format!("floxwright update {newest}");
            found.push(Finding::new("behind-release", text, mend));
        }
        if let Some(fault) = &self.nixpkgs.fault {
            let text = format!("`{FLOX_LOCK}` is no lock of Flox: {fault}");
            found.push(Finding::new("flox-lock", text, "flox activate -- true"));
        }
        if let (true, Some(described), Some(pinned)) = (
            self.nixpkgs.is_apart(),
            &self.nixpkgs.described,
            &self.nixpkgs.pinned,
        ) {
            let text = format!(
                "the predictions are of nixpkgs {}, and Flox builds with {}",
                short(described),
                short(&pinned.revision)
            );
            found.push(Finding::new("nixpkgs", text, "floxwright update --nixpkgs"));
        }
    }

    /// For a program.
    pub(super) fn json(&self, findings: &[Finding]) -> Value {
        let findings = findings.iter().map(|one| {
            object!({ "kind": one.kind, "text": one.text, "about": one.lines, "mend": one.mend })
        });
        let files = self.standing.files.iter().map(|(path, states)| {
            let states: Vec<&str> = states.iter().map(|state| state.name()).collect();
            object!({ "path": path, "states": states })
        });
        let newest = self.release.newest.as_ref();
        let unknown = self.standing.desired.as_ref().err();
        let findings: Vec<Value> = findings.collect();
        object!({
            "schema": 1,
            "command": "status",
            "state": if findings.is_empty() { "clean" } else { "found" },
            "directory": self.repository.root.path().to_string_lossy(),
            "release": {
                "here": self.release.here,
                "newest": newest.map(|(version, _)| version),
                "from": newest.map(|(_, from)| from),
                "behind": self.release.is_behind(),
            },
            "nixpkgs": {
                "index": self.nixpkgs.stamp,
                "described": self.nixpkgs.described,
                "locked": self.nixpkgs.pinned.as_ref().map(|pinned| &pinned.revision),
                "apart": self.nixpkgs.is_apart(),
            },
            "files": files.collect::<Vec<Value>>(),
            "untracked": self.untracked,
            "unknown": unknown.map(|failure| failure.problems.iter().map(|one| one.message.clone()).collect::<Vec<_>>()),
            "notes": self.standing.notes,
            "findings": findings,
        })
    }
}

/// The beginning of a commit's name.
pub(super) fn short(revision: &str) -> &str {
    revision.get(..12).unwrap_or(revision)
}

/// Paths for a shell.
fn words<T: ToString>(paths: &[T]) -> String {
    let words = paths
        .iter()
        .map(|path| crate::template::shell_word(&path.to_string()));
    words.collect::<Vec<_>>().join(" ")
}
