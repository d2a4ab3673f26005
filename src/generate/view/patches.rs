//! Patches as the file of a package names them.

use super::View;
use crate::model::Layout;
use crate::tree::RelPath;
use std::collections::BTreeSet;

/// The paths of patches, from a package's file; `file` is where that stands below `.flox/pkgs` where it has one of its own.
pub(super) fn paths(of: &View<'_>, file: &str, patches: &BTreeSet<RelPath>) -> Vec<String> {
    let depth = match of.intent.layout {
        Layout::Split => file.matches('/').count(),
        Layout::Single => 0,
    };
    let up = "../".repeat(depth + 1);
    let inside = |path: &RelPath| {
        let path = path.as_str();
        path.strip_prefix(".flox/").unwrap_or(path).to_owned()
    };
    patches
        .iter()
        .map(|path| format!("{up}{}", inside(path)))
        .collect()
}
