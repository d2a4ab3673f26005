//! Paths as people write them.

use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..`, by name alone.
pub(super) fn normal(path: &Path) -> PathBuf {
    path.components()
        .fold(PathBuf::new(), |mut normal, component| {
            match component {
                Component::ParentDir => {
                    normal.pop();
                }
                Component::CurDir => {}
                other => normal.push(other),
            }
            normal
        })
}
