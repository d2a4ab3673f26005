//! Edits of lists: an item less, a relaxed bound more.

use super::mend::{argument, entry, set_of};
use super::{Edit, Package, Wanted};
use crate::nix::{nix_attr, nix_string};
use crate::python::{Past, upper_bound};
use std::ops::Range;

/// An item less, with the space before it. Nothing where a comment behind or above it would be left to something else.
pub(super) fn without(package: &Package<'_>, item: &Range<usize>) -> Option<Edit> {
    if !package.owns(item) {
        return None;
    }
    let text = &package.read.text;
    let behind = text.get(item.end..)?.lines().next().unwrap_or_default();
    if behind.contains('#') {
        return None;
    }
    let before = text.get(..item.start)?;
    let trimmed = before.trim_end();
    let line = trimmed.lines().next_back().unwrap_or_default();
    if line.trim_start().starts_with('#') {
        return None;
    }
    // A comment on the line before would swallow what follows.
    let start = if line.contains('#') && !behind.trim().is_empty() {
        item.start
    } else {
        trimmed.len()
    };
    Some(Edit {
        place: package.place(&(start..item.end)),
        text: String::new(),
    })
}

/// The condition under which nixpkgs is past the upper bound of a requirement, as an item of `pythonRelaxDeps`.
pub(super) fn relaxation(package: &Package<'_>, wanted: &Wanted<'_>) -> Option<String> {
    let set = set_of(package.build)?;
    let bound = upper_bound(wanted.requirement)?;
    let version = format!("{set}.{}.version", nix_attr(&wanted.attribute));
    let condition = match bound.past {
        Past::AtLeast(limit) => format!("lib.versionAtLeast {version} {}", nix_string(&limit)),
        Past::PastInclusive(limit) => format!("lib.versionOlder {} {version}", nix_string(&limit)),
    };
    let spelling = nix_string(wanted.requirement.spelling());
    Some(format!("lib.optional ({condition}) {spelling}"))
}

/// One more item of `pythonRelaxDeps`, with `lib` among the arguments.
pub(super) fn relaxed(package: &Package<'_>, wanted: &Wanted<'_>) -> Option<Vec<Edit>> {
    let item = relaxation(package, wanted)?;
    let mut edits = Vec::new();
    if let Some(attribute) = package.build.attribute("pythonRelaxDeps") {
        let written = package.read.text.get(attribute.range.clone())?;
        let value = written.split_once('=')?.1.trim_start();
        let is_sum = ["[", "with ", "lib.optional"];
        let is_sum = is_sum.iter().any(|start| value.starts_with(start));
        let end = attribute.range.start + written.trim_end_matches(';').trim_end().len();
        is_sum.then_some(())?;
        edits.push(Edit {
            place: package.place(&(end..end)),
            text: format!(" ++ {item}"),
        });
    } else {
        let text = format!("pythonRelaxDeps = {item};");
        edits.push(entry(package.path, package.read, package.build, &text)?);
    }
    edits.extend(lib(package)?);
    Some(edits)
}

/// The edits that put `lib` among the arguments: none where it is there. Nothing at all where it cannot be added.
pub(super) fn lib(package: &Package<'_>) -> Option<Vec<Edit>> {
    if package.has_argument("lib") {
        return Some(Vec::new());
    }
    // What takes no arguments gets `lib` from somewhere that cannot be seen.
    Some(vec![argument(package.path, package.read, "lib")?])
}
