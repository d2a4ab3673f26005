//! Renaming and writing among staged files, with what an operating system refuses.

use crate::expand::paths::parent;
use crate::expand::{Entry, Staged, StagedFile};

/// Renames a file or a directory; a file is replaced by a file, an empty directory by a directory.
pub(super) fn rename(stage: &mut Staged, from: &str, to: &str) -> Result<(), &'static str> {
    let Some(entry) = stage.get(from) else {
        return Err("there is no such file");
    };
    if from == to {
        return Ok(());
    }
    if !stage.is_directory(parent(to)) {
        return Err("there is no directory for it");
    }
    let is_directory = *entry == Entry::Directory;
    if is_directory && to.starts_with(&format!("{from}/")) {
        return Err("it would be inside itself");
    }
    match (is_directory, stage.get(to)) {
        _ if to.is_empty() => return Err("it is the template's own directory"),
        (true, Some(Entry::File(_) | Entry::Link(_))) => return Err("a file stands there"),
        (false, Some(Entry::Directory)) => return Err("a directory stands there"),
        (true, Some(Entry::Directory)) if !stage.inside(to).is_empty() => {
            return Err("a directory with files stands there");
        }
        _ => {}
    }
    let moved = if is_directory {
        let inner = stage.take(from);
        stage.remove(from);
        stage.put(to, inner)
    } else {
        match stage.remove(from) {
            Some(Entry::File(file)) => stage.insert_file(to, file),
            Some(Entry::Link(target)) => stage.insert_link(to, target),
            Some(Entry::Directory) | None => Ok(()),
        }
    };
    moved.map_err(|fault| fault.why)
}

/// Writes a file, whose directory has to be there; permissions of one that is there stay.
pub(super) fn write(stage: &mut Staged, path: &str, bytes: Vec<u8>) -> Result<(), &'static str> {
    if !stage.is_directory(parent(path)) {
        return Err("there is no directory for it");
    }
    let mode = stage.file(path).map_or(0o644, |file| file.mode);
    let file = StagedFile { bytes, mode };
    stage.insert_file(path, file).map_err(|fault| fault.why)
}
