//! After git has merged two branches: files and their base with markers in them, and a lock that is no longer one.

use super::open::Repository;
use crate::reconcile::{Current, is_marked, plain, remade, same, sides_of};
use crate::tree::{File, Found, RelPath, Tree};
use std::collections::BTreeMap;

/// Where git merged two branches and the lock is lost on the way, the base has come out of a merge as well: takes apart what has
/// markers in it, and tells what becomes of the files in which edits of both branches come together.
pub(super) fn rejoin(
    repository: &Repository,
    base: &mut Tree,
    current: &mut Current,
    desired: &Tree,
) -> BTreeMap<RelPath, Option<File>> {
    let mut joined = BTreeMap::new();
    if repository.lock.is_some() {
        return joined;
    }
    let marked: Vec<(RelPath, File)> = base
        .iter()
        .map(|(path, file)| (path.clone(), file.clone()))
        .collect();
    for (path, old) in marked {
        let Some(sides) = plain(&old).and_then(|text| sides_of(&text)) else {
            continue;
        };
        let Some(file) = current.get(&path).and_then(Found::file).cloned() else {
            continue;
        };
        if same(&file, &old) {
            continue;
        }
        let [first, second] = sides.map(|side| File::text(side).with_mode(old.mode));
        if !plain(&file).is_some_and(|text| is_marked(&text)) {
            // The person has decided; what one side had is no edit.
            let side = if same(&file, &second) { second } else { first };
            base.insert(path, side);
        } else if let Some(done) = desired.get(&path).and_then(|new| remade(&old, &file, new)) {
            base.remove(&path);
            current.remove(&path);
            joined.insert(path, Some(done));
        } else {
            base.insert(path, first);
        }
    }
    joined
}
