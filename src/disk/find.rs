//! Finding a repository from where somebody works.

use std::fs;
use std::path::{Path, PathBuf};

/// The nearest directory from `start` upwards that holds a file of this name. A git repository without it ends the search: what
/// lies around it is another matter.
pub fn find_upwards(start: &Path, name: &str) -> Option<PathBuf> {
    for directory in start.ancestors() {
        if fs::symlink_metadata(directory.join(name)).is_ok() {
            return Some(directory.to_owned());
        }
        if fs::symlink_metadata(directory.join(".git")).is_ok() {
            return None;
        }
    }
    None
}

/// The directories directly below `start` that hold a file of this name, sorted.
pub fn find_below(start: &Path, name: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(start) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .flatten()
        .filter(|entry| fs::symlink_metadata(entry.path().join(name)).is_ok())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    found
}

/// Whether there is a directory.
pub fn is_directory(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Whether there is anything at a path, a link that leads nowhere included.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
