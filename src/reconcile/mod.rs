//! Three trees into one: what floxwright last made (base), what is there (current), what it would make now (desired). A person's
//! edits survive; where both sides exclude each other, both are shown. Pure.

mod carry;
mod leaving;
mod merge;
mod outcome;
mod renamed;
mod sides;
mod text;

#[cfg(test)]
mod tests;

pub use carry::{Places, reconcile_places};
pub use leaving::{Contents, Leaving};
pub use merge::is_marked;
pub use renamed::renamed;
pub use sides::{remade, sides_of};
pub use text::{dressed, plain, same};

use crate::tree::{File, Found, Kind, RelPath, Tree};
use leaving::leaving;
use outcome::{Outcome, outcome};
use std::collections::{BTreeMap, BTreeSet};

/// What a file is called that stands beside a person's, with what floxwright would have made of it.
pub const NEW: &str = ".floxwright-new";

/// What stands in a repository, at every path that matters; what is not in it is absent.
pub type Current = BTreeMap<RelPath, Found>;

/// The most bytes that a name has; what is longer with [`NEW`] is cut.
const LONGEST: usize = 255;

/// The three sides.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// What floxwright last made.
    pub base: &'a Tree,
    /// What is there.
    pub current: &'a Current,
    /// What it would make now.
    pub desired: &'a Tree,
    /// Files that changed their path, from and to.
    pub moves: &'a [(RelPath, RelPath)],
    /// What is in directories that stand where a file would be made.
    pub contents: &'a Contents,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// What becomes of the paths: a file, or nothing. Paths that stay as they are do not occur.
    pub changes: BTreeMap<RelPath, Option<File>>,
    /// What only the person can decide, by path.
    pub conflicts: Vec<Conflict>,
    /// Files that keep an edit of the person and take a change beside it.
    pub merged: Vec<RelPath>,
    /// What would have to change and cannot.
    pub blocked: Vec<Blocked>,
}

/// A path that cannot be written, because something on the way is no directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The path.
    pub path: RelPath,
    /// What is in the way.
    pub by: RelPath,
    /// What it is.
    pub kind: Kind,
}

/// Something that only the person can decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The file.
    pub path: RelPath,
    /// What the matter is.
    pub cause: Cause,
    /// The file beside it that holds the new text.
    pub beside: Option<RelPath>,
    /// Where the file itself has markers: what was last made, and what would be made now.
    pub stages: Option<Stages>,
}

/// The sides of a conflict with markers, for git's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stages {
    /// What floxwright last made.
    pub base: File,
    /// The person's file.
    pub yours: File,
    /// What floxwright would make now.
    pub new: File,
}

/// Why two sides exclude each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Both changed the same lines.
    BothChanged,
    /// A file of the person stands where a new one would go.
    BothAdded,
    /// Both changed it, and it is no text.
    Binary,
    /// The merged text does not parse: what the parser says.
    Unparseable(String),
    /// The person changed it, and it is no longer made.
    NoLongerMade,
    /// The person deleted it, and it would be another now.
    Deleted,
    /// It is no file any more.
    Other(Kind),
    /// A file stands where a directory would be made for it.
    NoDirectory(RelPath),
}

impl Cause {
    /// What happened, and what was done, for a person.
    pub fn told(&self) -> String {
        match self {
            Self::BothChanged => "you and floxwright changed the same lines".to_owned(),
            Self::BothAdded => "you have a file of your own where floxwright makes one".to_owned(),
            Self::Binary => "you and floxwright changed it, and it is no text".to_owned(),
            Self::Unparseable(cause) => {
                let first = cause.lines().next().unwrap_or_default();
                format!("with your changes and floxwright's together it does not parse: {first}")
            }
            Self::NoLongerMade => {
                "it is no longer made; it is kept, because you changed it".to_owned()
            }
            Self::Deleted => {
                "you deleted it, and it would have changed; it stays deleted".to_owned()
            }
            Self::Other(kind) => format!("it is {} where floxwright makes a file", kind.name()),
            Self::NoDirectory(by) => {
                format!("`{by}` is a file of yours where floxwright makes a directory")
            }
        }
    }

    /// One word for programs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::BothChanged => "both-changed",
            Self::BothAdded => "both-added",
            Self::Binary => "binary",
            Self::Unparseable(_) => "unparseable",
            Self::NoLongerMade => "no-longer-made",
            Self::Deleted => "deleted",
            Self::Other(_) => "no-file",
            Self::NoDirectory(_) => "no-directory",
        }
    }
}

/// How both sides of a conflict are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clash {
    cause: Cause,
    /// The person's file with markers in it.
    marked: Option<File>,
    /// What stands beside the person's file.
    beside: Option<File>,
}

/// Reconciles the three sides.
pub fn reconcile(sides: Sides<'_>) -> Reconciled {
    let mut done = Reconciled::default();
    let mut paths: BTreeSet<&RelPath> = sides.base.paths().chain(sides.desired.paths()).collect();
    let leaving = leaving(sides);
    for (from, to) in sides.moves {
        if !is_move(sides, from, to) || !leaving.frees(to, there(sides.current, to)) {
            continue;
        }
        match there(sides.current, from) {
            Found::File(file) => moved(&mut done, sides, (from, to), file),
            // What the person deleted does not come back under another name.
            Found::Absent => {
                let (base, new) = (sides.base.get(from), sides.desired.get(to));
                let outcome = outcome(to, base, &Found::Absent, new);
                settle(&mut done, sides, (from, to), outcome);
            }
            Found::Other(_) | Found::Behind(..) => continue,
        }
        paths.remove(from);
        paths.remove(to);
    }
    for path in paths {
        let (base, desired) = (sides.base.get(path), sides.desired.get(path));
        let found = leaving.after(path, there(sides.current, path));
        let outcome = outcome(path, base, found, desired);
        settle(&mut done, sides, (path, path), outcome);
    }
    done.conflicts
        .sort_by(|one, other| one.path.cmp(&other.path));
    done
}

/// The path beside a person's file, for what floxwright would have made; `found` is what stands at the path itself. Where a file stands
/// in the place of a directory, it is in a directory beside that.
pub fn beside(path: &RelPath, found: &Found) -> Option<RelPath> {
    let (high, inside) = match found {
        Found::Behind(by, _) => (by, path.as_str().strip_prefix(by.as_str())),
        _ => (path, None),
    };
    let mut end = high.name().len().min(LONGEST - NEW.len());
    while !high.name().is_char_boundary(end) {
        end -= 1;
    }
    let name = high.name().get(..end).unwrap_or_default();
    let inside = inside.unwrap_or_default();
    let beside = match high.parent() {
        Some(parent) => format!("{parent}/{name}{NEW}{inside}"),
        None => format!("{name}{NEW}{inside}"),
    };
    beside.parse().ok()
}

/// What stands at a path.
pub fn there<'a>(current: &'a Current, path: &RelPath) -> &'a Found {
    current.get(path).unwrap_or(&Found::Absent)
}

/// Whether a file would go along to its new path: nothing else is made at either end.
fn is_move(sides: Sides<'_>, from: &RelPath, to: &RelPath) -> bool {
    sides.base.get(from).is_some()
        && sides.base.get(to).is_none()
        && sides.desired.get(from).is_none()
        && sides.desired.get(to).is_some()
}

fn moved(done: &mut Reconciled, sides: Sides<'_>, ends: (&RelPath, &RelPath), file: &File) {
    let (from, to) = ends;
    let outcome = outcome(
        to,
        sides.base.get(from),
        there(sides.current, from),
        sides.desired.get(to),
    );
    done.changes.insert(from.clone(), None);
    done.changes.insert(to.clone(), Some(file.clone()));
    settle(done, sides, ends, outcome);
}

/// Records the outcome for a path, which had its base at `from`.
fn settle(done: &mut Reconciled, sides: Sides<'_>, ends: (&RelPath, &RelPath), outcome: Outcome) {
    let (from, path) = ends;
    let base = sides.base.get(from);
    match outcome {
        Outcome::Leave => {}
        Outcome::Write(file) => {
            let yours = there(sides.current, from).file();
            if let (Some(base), Some(yours)) = (base, yours)
                && !same(base, yours)
            {
                done.merged.push(path.clone());
            }
            done.changes.insert(path.clone(), Some(file));
        }
        Outcome::Delete => {
            done.changes.insert(path.clone(), None);
        }
        Outcome::Blocked(by, kind) => done.blocked.push(Blocked {
            path: path.clone(),
            by,
            kind,
        }),
        Outcome::Clash(clash) => {
            let stages = clash.marked.as_ref().and_then(|_| {
                Some(Stages {
                    base: base?.clone(),
                    yours: there(sides.current, from).file()?.clone(),
                    new: sides.desired.get(path)?.clone(),
                })
            });
            if let Some(file) = clash.marked {
                done.changes.insert(path.clone(), Some(file));
            }
            let beside = clash.beside.and_then(|file| {
                let beside = beside(path, there(sides.current, path))?;
                done.changes.insert(beside.clone(), Some(file));
                Some(beside)
            });
            done.conflicts.push(Conflict {
                path: path.clone(),
                cause: clash.cause,
                beside,
                stages,
            });
        }
    }
}
