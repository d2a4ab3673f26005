//! Files that are floxwright's own: what becomes of them with a change.

use super::contents::contents;
use super::open::{Repository, own};
use super::request::Request;
use crate::cmd::kept;
use crate::diagnostic::Failure;
use crate::generate::BASE;
use crate::reconcile::{Current, Leaving, dressed, same};
use crate::tree::{File, Found, RelPath, Tree};
use crate::workspace::{INTENT_FILE, LOCK_FILE};
use std::collections::{BTreeMap, BTreeSet};

/// The intent, the lock, the base, and what the command has besides.
pub(super) fn own_files(
    repository: &Repository,
    request: &Request,
    tree: &Tree,
    places: &[RelPath],
    changes: &mut BTreeMap<RelPath, Option<File>>,
) -> Result<(), Failure> {
    let mut wanted: BTreeMap<RelPath, Option<File>> =
        places.iter().map(|place| (place.clone(), None)).collect();
    wanted.extend(kept::FILES.map(|path| (own(path), None)));
    let is_base = |path: &RelPath| path.as_str().starts_with(&format!("{BASE}/"));
    let made = tree
        .iter()
        .filter(|(path, _)| is_base(path) || made_whole(path));
    wanted.extend(made.map(|(path, file)| (path.clone(), Some(file.clone()))));
    wanted.extend(request.own.clone());
    if request.intent_text != repository.intent_text {
        let text = dressed(&request.intent_text, &repository.intent_file);
        let file = File {
            bytes: text.into_bytes(),
            mode: repository.intent_file.mode,
        };
        wanted.insert(own(INTENT_FILE), Some(file));
    }
    let mut current = Current::new();
    for path in wanted.keys() {
        current.insert(path.clone(), repository.look(path)?);
    }
    let made = wanted.iter().filter(|(_, file)| file.is_some());
    let contents = contents(&repository.root, &current, made.map(|(path, _)| path))?;
    let going = wanted.iter().filter(|(_, file)| file.is_none());
    let going: BTreeSet<RelPath> = going.map(|(path, _)| path.clone()).collect();
    let leaving = Leaving::new(&going, &contents);
    for (path, file) in wanted {
        let found = repository.look(&path)?;
        match (&found, &file) {
            (Found::Other(kind) | Found::Behind(_, kind), Some(_))
                if !leaving.frees(&path, &found) =>
            {
                return Err(Failure::refused(format!(
                    "`{path}` cannot be written: there is {} in its place",
                    kind.name()
                )));
            }
            // A checkout with other line ends has not changed anything.
            (Found::File(there), Some(file))
                if same(there, file) && path.as_str() != INTENT_FILE => {}
            _ => {
                changes.insert(path, file);
            }
        }
    }
    Ok(())
}

/// Whether a file of floxwright's own is made anew each time, as the base is.
fn made_whole(path: &RelPath) -> bool {
    path.as_str() == LOCK_FILE || kept::FILES.contains(&path.as_str())
}
