//! A repository that has no intent yet: looking around in it, and planning what makes it one of floxwright's.

use super::base::Base;
use super::lock::FoundLock;
use super::open::{Repository, look, own};
use super::patches::patches;
use super::plan::{Planned, plan_from};
use super::request::Request;
use crate::adopt::Decided;
use crate::cmd::desired::Desired;
use crate::cmd::disk_failure::unchanged as failed;
use crate::diagnostic::Failure;
use crate::disk::Root;
use crate::model::Intent;
use crate::nixpkgs::Index;
use crate::python::PyName;
use crate::reconcile::Current;
use crate::scaffold::Scaffold;
use crate::tree::{File, Found, Kind, RelPath, Tree};
use crate::workspace::INTENT_FILE;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Directories below which everything is looked at.
const DEEP: [&str; 1] = [".flox/pkgs"];

/// Directories of which the files are looked at, and nothing below.
const FLAT: [&str; 3] = [".flox", ".flox/env", "docs"];

/// A repository without an intent, as it was found.
pub(in crate::cmd) struct Unmanaged {
    root: Root,
    seen: RefCell<Current>,
    /// Every regular file that matters.
    pub(in crate::cmd) files: Tree,
    /// What is no regular file, among Flox's packages.
    pub(in crate::cmd) others: BTreeMap<RelPath, Kind>,
}

impl Unmanaged {
    /// Looks around at `root`: Flox's files, and the documents at the top and below `docs`.
    pub(in crate::cmd) fn look(root: &Path) -> Result<Self, Failure> {
        let mut found = Self {
            root: Root::open(root).map_err(|error| failed(&error))?,
            seen: RefCell::default(),
            files: Tree::new(),
            others: BTreeMap::new(),
        };
        found.directory(None, Below::Leave)?;
        for (names, below) in [(&FLAT[..], Below::Leave), (&DEEP[..], Below::Follow)] {
            for name in names {
                found.directory(Some(&own(name)), below)?;
            }
        }
        Ok(found)
    }

    fn directory(&mut self, directory: Option<&RelPath>, below: Below) -> Result<(), Failure> {
        let entries = self
            .root
            .entries(directory)
            .map_err(|error| failed(&error))?;
        for (path, kind) in entries {
            match kind {
                Kind::File if below == Below::Follow || is_looked_at(&path) => {
                    if let Found::File(file) = self.what(&path)? {
                        self.files.insert(path, file);
                    }
                }
                Kind::Directory if below == Below::Follow => {
                    self.directory(Some(&path), below)?;
                }
                Kind::Link | Kind::Special if below == Below::Follow => {
                    self.others.insert(path, kind);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What stands at a path. What was looked at is an input of the plan.
    pub(in crate::cmd) fn what(&self, path: &RelPath) -> Result<Found, Failure> {
        look(&self.root, &self.seen, path)
    }

    /// The patches that are there, by package.
    pub(in crate::cmd) fn patches(&self) -> Result<BTreeMap<PyName, BTreeSet<RelPath>>, Failure> {
        patches(&self.root)
    }

    /// The same as a repository with this intent, of which nothing has been written.
    pub(in crate::cmd) fn with(
        self,
        intent: Intent,
        scaffold: Scaffold,
        index: Index,
    ) -> Repository {
        Repository {
            root: self.root,
            intent_file: File::text(""),
            intent_text: String::new(),
            intent,
            lock: None,
            lost: FoundLock::default(),
            scaffold,
            index,
            seen: self.seen,
        }
    }
}

/// What becomes of the directories in a directory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    Follow,
    Leave,
}

/// Outside Flox's packages, texts of a few kinds matter.
fn is_looked_at(path: &RelPath) -> bool {
    let name = path.name();
    matches!(path.extension(), Some("md" | "nix" | "rst" | "txt"))
        || [
            ".gitignore",
            ".gitattributes",
            "LICENSE",
            "COPYING",
            "env.json",
            "manifest.toml",
            "manifest.lock",
        ]
        .contains(&name)
}

impl Repository {
    /// Plans the taking over: what was decided of the files, and everything that floxwright has besides.
    pub(in crate::cmd) fn take_over(
        &self,
        command: &str,
        desired: Desired,
        decided: &Decided,
    ) -> Result<Planned, Failure> {
        let text = desired
            .tree
            .text(INTENT_FILE)
            .unwrap_or_default()
            .to_owned();
        let request = Request {
            own: decided.moved.clone(),
            ..Request::new(command, self.intent.clone(), text)
        };
        let base = Base {
            tree: decided.base.clone(),
            places: Vec::new(),
            notes: Vec::new(),
            intent: None,
        };
        plan_from(self, &request, base, desired, &decided.instead)
    }
}
