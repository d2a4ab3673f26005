//! Reading a repository for its check: what can be read is read, whatever else cannot.

use crate::ask::CheckTable;
use crate::check::{Found, Git};
use crate::cmd::{Context, path::normal};
use crate::diagnostic::Failure;
use crate::disk::{Root, find_upwards, read_text};
use crate::outside::git_branch::work_state;
use crate::outside::git_index::TrackedFiles;
use crate::tree::{Found as There, Kind, RelPath};
use crate::workspace::{INTENT_FILE, LOCK_FILE, read_answers};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Directories below which everything is looked at.
const DEEP: [&str; 3] = [".flox/patches", ".flox/pkgs", ".github/workflows"];

/// Directories of which the files are looked at, and nothing below.
const FLAT: [&str; 6] = [
    ".flox",
    ".flox/env",
    ".floxwright",
    "docs",
    "runtime",
    "runtime/.flox/env",
];

/// Endings of the files that matter outside of Flox's directories.
const ENDINGS: [&str; 8] = ["json", "lock", "md", "nix", "rst", "toml", "txt", "yaml"];

/// Files that have to be regular ones.
const NEEDED: [&str; 5] = [
    ".flox/env.json",
    ".flox/env/manifest.lock",
    ".flox/env/manifest.toml",
    INTENT_FILE,
    LOCK_FILE,
];

/// Names of further ones.
const NAMES: [&str; 4] = [".gitattributes", ".gitignore", "COPYING", "LICENSE"];

/// The top of the repository in which somebody works.
pub(super) fn root(context: &Context<'_>) -> Result<PathBuf, Failure> {
    let start = normal(&context.world.cwd);
    let found = [INTENT_FILE, ".flox"]
        .iter()
        .find_map(|name| find_upwards(&start, name));
    if found.is_none() {
        open(&start)?;
    }
    found.ok_or_else(|| {
        Failure::refused(format!(
            "there is nothing to check: `{}` has neither `.flox` nor `{INTENT_FILE}` here or above",
            start.display()
        ))
        .hint("`-C DIR` works in another directory")
    })
}

/// What the repository keeps of its check; nothing where its file cannot be read, which is found later.
pub(super) fn table(root: &Path) -> CheckTable {
    let text = read_text(&root.join(INTENT_FILE)).unwrap_or_default();
    read_answers(INTENT_FILE, &text).tables.check
}

/// Everything that matters.
pub(super) fn found(root: &Path) -> Result<Found, Failure> {
    let directory = root.file_name().unwrap_or_default().to_string_lossy();
    let mut reading = Reading {
        root: open(root)?,
        found: Found {
            directory: directory.into_owned(),
            ..Found::default()
        },
    };
    reading.directory(None, Below::Leave);
    for name in FLAT {
        reading.directory(name.parse().ok(), Below::Leave);
    }
    for name in DEEP {
        reading.directory(name.parse().ok(), Below::Follow);
    }
    let mut found = reading.found;
    // git opens what it ignores by, and waits for ever where that is a pipe.
    let mut others = found.others.iter();
    let waits = others.any(|(path, kind)| *kind == Kind::Special && NAMES.contains(&path.name()));
    found.git = if waits {
        Some(Git::default())
    } else {
        git(root)
    };
    Ok(found)
}

/// The directory, of which at least the names can be read.
fn open(root: &Path) -> Result<Root, Failure> {
    let open = Root::open(root).and_then(|open| open.entries(None).map(|_| open));
    open.map_err(|error| {
        Failure::refused(format!("`{}` cannot be read", root.display())).because(cause(&error))
    })
}

/// What git says of what lies below `.flox`, and of the branch. Where it cannot read a file it says nothing of any; who reads the files
/// tells it.
fn git(root: &Path) -> Option<Git> {
    let tracked = TrackedFiles::around(root).ok()??;
    let state = work_state(root).ok()??;
    let paths = |paths: Vec<String>| -> BTreeSet<RelPath> {
        paths.iter().filter_map(|path| path.parse().ok()).collect()
    };
    Some(Git {
        untracked: paths(tracked.untracked_below(".flox").unwrap_or_default()),
        ignored: paths(tracked.ignored_below(".flox").unwrap_or_default()),
        changed: paths(state.changed),
        branch: state.branch,
        below: state.below,
    })
}

/// What becomes of the directories in a directory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    Follow,
    Leave,
}

struct Reading {
    root: Root,
    found: Found,
}

impl Reading {
    fn directory(&mut self, directory: Option<RelPath>, below: Below) {
        let entries = match self.root.entries(directory.as_ref()) {
            Ok(entries) => entries,
            Err(error) => {
                // What is above it says so already.
                if let Some(path) = directory.filter(|path| !self.found.is_hidden(path.as_str())) {
                    self.found.unreadable.insert(path, cause(&error));
                }
                return;
            }
        };
        for (path, kind) in entries {
            match kind {
                Kind::File if below == Below::Follow || matters(&path) => self.file(path),
                Kind::Directory if below == Below::Follow => {
                    self.directory(Some(path), below);
                }
                Kind::Link | Kind::Special
                    if below == Below::Follow
                        || is_needed(&path)
                        || kind == Kind::Special && matters(&path) =>
                {
                    self.found.others.insert(path, kind);
                }
                Kind::Directory if NEEDED.contains(&path.as_str()) => {
                    self.found.others.insert(path, kind);
                }
                _ => {}
            }
        }
    }

    fn file(&mut self, path: RelPath) {
        match self.root.look(&path) {
            Ok(There::File(file)) => {
                self.found.files.insert(path, file);
            }
            Ok(There::Other(kind)) => {
                self.found.others.insert(path, kind);
            }
            Ok(There::Absent | There::Behind(..)) => {}
            Err(error) => {
                self.found.unreadable.insert(path, cause(&error));
            }
        }
    }
}

/// What the system said, without the path: the finding has it.
fn cause(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}

/// What Flox wants to be there as it is: some files, and directories.
fn is_needed(path: &RelPath) -> bool {
    let path = path.as_str();
    NEEDED.contains(&path) || DEEP.contains(&path) || FLAT.contains(&path)
}

/// Outside of Flox's packages, texts of a few kinds matter.
fn matters(path: &RelPath) -> bool {
    path.extension()
        .is_some_and(|ending| ENDINGS.contains(&ending))
        || NAMES.contains(&path.name())
}

/// Whether a file at this path is looked at.
pub(super) fn is_looked_at(path: &RelPath) -> bool {
    let parent = path.parent().unwrap_or_default();
    let is_deep = DEEP
        .iter()
        .any(|directory| path.as_str().starts_with(&format!("{directory}/")));
    is_deep || (parent.is_empty() || FLAT.contains(&parent)) && matters(path)
}
