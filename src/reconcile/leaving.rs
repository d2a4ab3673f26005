//! What goes, and what may come in its place: a file becomes a directory, or a directory a file.

use super::text::same;
use super::{Sides, is_move, there};
use crate::tree::{Found, Kind, RelPath};
use std::collections::{BTreeMap, BTreeSet};

/// The files below each directory that stands where a file would be made. A directory that holds anything else, or nothing, does not
/// occur.
pub type Contents = BTreeMap<RelPath, Vec<RelPath>>;

/// The files that go.
#[derive(Clone, Debug)]
pub struct Leaving<'a> {
    files: BTreeSet<&'a RelPath>,
    contents: &'a Contents,
}

impl<'a> Leaving<'a> {
    /// These files go.
    pub fn new(files: impl IntoIterator<Item = &'a RelPath>, contents: &'a Contents) -> Self {
        Self {
            files: files.into_iter().collect(),
            contents,
        }
    }

    /// Whether nothing is in the way at a path once they are gone; `found` is what stands there now.
    pub fn frees(&self, path: &RelPath, found: &Found) -> bool {
        match found {
            Found::Absent => true,
            Found::Behind(by, Kind::File) => self.files.contains(by),
            Found::Other(Kind::Directory) => {
                let inside = self.contents.get(path);
                inside.is_some_and(|inside| inside.iter().all(|file| self.files.contains(file)))
            }
            Found::File(_) | Found::Other(_) | Found::Behind(..) => false,
        }
    }

    /// What stands at a path once they are gone, unless it is one of them.
    pub fn after<'f>(&self, path: &RelPath, found: &'f Found) -> &'f Found {
        if self.frees(path, found) {
            &Found::Absent
        } else {
            found
        }
    }
}

/// The files that go because nobody edited them and they are no longer made, or because they move.
pub(super) fn leaving(sides: Sides<'_>) -> Leaving<'_> {
    let gone = sides.base.iter().filter(|(path, base)| {
        let yours = there(sides.current, path).file();
        sides.desired.get(path).is_none() && yours.is_some_and(|yours| same(base, yours))
    });
    let gone: BTreeSet<&RelPath> = gone.map(|(path, _)| path).collect();
    let moves = sides.moves.iter();
    let mut moves: Vec<&(RelPath, RelPath)> = moves
        .filter(|(from, to)| {
            is_move(sides, from, to) && there(sides.current, from).file().is_some()
        })
        .collect();
    loop {
        let from = moves.iter().map(|(from, _)| from);
        let leaving = Leaving::new(gone.iter().copied().chain(from), sides.contents);
        let before = moves.len();
        // A file that finds no place stays where it is, and may be in the way of another.
        moves.retain(|(_, to)| leaving.frees(to, there(sides.current, to)));
        if moves.len() == before {
            return leaving;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Current, reconcile, renamed};
    use super::*;
    use crate::tree::{File, Tree};
    use std::fmt::Write;

    /// What stands at a path, as the disk would tell it.
    fn look(there: &Tree, path: &RelPath) -> Found {
        let parts: Vec<&str> = path.components().collect();
        for end in 1..parts.len() {
            let above: RelPath = parts[..end].join("/").parse().unwrap();
            if there.get(&above).is_some() {
                return Found::Behind(above, Kind::File);
            }
        }
        match there.get(path) {
            Some(file) if file.bytes == b"(link)\n" => Found::Other(Kind::Link),
            Some(file) => Found::File(file.clone()),
            None if there.below(path.as_str()).is_empty() => Found::Absent,
            None => Found::Other(Kind::Directory),
        }
    }

    fn contents(there: &Tree, desired: &Tree) -> Contents {
        let mut contents = Contents::new();
        for path in desired.paths() {
            let below = there.below(path.as_str());
            let links = below.iter().any(|(_, file)| file.bytes == b"(link)\n");
            if !below.is_empty() && !links {
                let inside = below.paths().map(|one| format!("{path}/{one}").parse());
                contents.insert(path.clone(), inside.map(Result::unwrap).collect());
            }
        }
        contents
    }

    /// The sides as fixtures without the `//- `; what comes of them, with the conflicts before it.
    #[track_caller]
    fn check(base: &str, there: &str, desired: &str, expected: &str) {
        let tree = |text: &str| -> Tree {
            let files = text.split_whitespace().map(|pair| {
                let (path, text) = pair.split_once('=').unwrap();
                (path.parse().unwrap(), File::text(format!("{text}\n")))
            });
            files.collect()
        };
        let [base, there, desired] = [base, there, desired].map(tree);
        let paths = base.paths().chain(desired.paths());
        let current: Current = paths
            .map(|path| (path.clone(), look(&there, path)))
            .collect();
        let done = reconcile(Sides {
            base: &base,
            current: &current,
            desired: &desired,
            moves: &renamed(&base, &desired, &[]),
            contents: &contents(&there, &desired),
        });
        assert_eq!(done.blocked, Vec::new());
        let mut after = there.clone();
        for (path, file) in &done.changes {
            match file {
                Some(file) => after.insert(path.clone(), file.clone()),
                None => after.remove(path),
            };
        }
        let mut told = String::new();
        for conflict in &done.conflicts {
            let _ = write!(told, "!{}:{} ", conflict.path, conflict.cause.name());
        }
        for (path, file) in after.iter() {
            let text = String::from_utf8_lossy(&file.bytes);
            let _ = write!(told, "{path}={} ", text.trim_end().replace('\n', ","));
        }
        assert_eq!(told.trim_end(), expected);
    }

    #[test]
    fn a_file_becomes_a_directory() {
        check("c=1", "c=1", "c/a=2 c/b=3", "c/a=2 c/b=3");
        check("c=1", "c=1", "c/c/a=2", "c/c/a=2");
        // It went into the directory itself, and an edit goes along.
        check("c=1", "c=1", "c/a=1", "c/a=1");
        check("c=1", "c=mine", "c/a=1", "c/a=mine");
        // It is gone already, or a directory by now.
        check("c=1", "", "c/a=2", "c/a=2");
        check("c=1", "c/own=mine", "c/a=2", "!c:no-file c/a=2 c/own=mine");
        // An edited one stays, and what is made stands beside it.
        check(
            "c=1",
            "c=mine",
            "c/a=2 c/d/b=3",
            "!c:no-longer-made !c/a:no-directory !c/d/b:no-directory c=mine c.floxwright-new/a=2 c.floxwright-new/d/b=3",
        );
        // So does a file that nobody made.
        check(
            "x=1",
            "c=mine x=1",
            "c/a=2 x=1",
            "!c/a:no-directory c=mine c.floxwright-new/a=2 x=1",
        );
        // What nobody wants changed is left alone.
        check("c/a=1", "c=mine", "c/a=1", "c=mine");
    }

    #[test]
    fn a_directory_becomes_a_file() {
        check("c/a=1 c/d/b=2", "c/a=1 c/d/b=2", "c=3", "c=3");
        check("c/a=1", "c/a=1", "c=1", "c=1");
        check("c/a=1", "c/a=mine", "c=1", "c=mine");
        check("c/a=1", "", "c=2", "c=2");
        // An edited file, one of the person's own, or a link keeps the directory.
        check(
            "c/a=1 c/b=2",
            "c/a=mine c/b=2",
            "c=3",
            "!c:no-file !c/a:no-longer-made c.floxwright-new=3 c/a=mine",
        );
        check(
            "c/a=1",
            "c/a=1 c/own=mine",
            "c=3",
            "!c:no-file c.floxwright-new=3 c/own=mine",
        );
        check(
            "c/a=1",
            "c/a=1 c/l=(link)",
            "c=3",
            "!c:no-file c.floxwright-new=3 c/l=(link)",
        );
    }

    #[test]
    fn names_that_differ_in_their_case_are_two() {
        check("C=1", "C=1", "c/a=2", "c/a=2");
        check(
            "C=1",
            "C=1 c=mine",
            "c/a=2",
            "!c/a:no-directory c=mine c.floxwright-new/a=2",
        );
        check("C/a=1", "C/a=1", "c=2", "c=2");
    }

    #[test]
    fn files_change_places_in_a_ring() {
        // `b/x` finds its place when `a` goes, and `a` when `b/x` does.
        check(
            "a=1,1,1 b/x=2,2,2",
            "a=1,1,1 b/x=2,2,2",
            "b=1,1,1 a/x=2,2,2",
            "a/x=2,2,2 b=1,1,1",
        );
        check("a=1 b/x=2", "a=mine b/x=2", "b=1 a/x=2", "a/x=2 b=mine");
        // A file of the person's own in the way keeps both where they are.
        check(
            "a=1 b/x=2",
            "a=mine b/own=mine b/x=2",
            "b=1 a/x=2",
            "!a:no-longer-made !a/x:no-directory !b:no-file a=mine a.floxwright-new/x=2 b.floxwright-new=1 b/own=mine",
        );
    }
}
