//! A file with edits made, and what edits must not do to it.

use super::Edit;
use super::Fix;
use crate::nix::format_nix;
use crate::recipe::{Recipe, unbound};
use crate::reconcile::{dressed, plain};
use crate::tree::{File, RelPath, Tree};
use std::collections::BTreeMap;

/// The stack that formatting takes at most.
const STACK: usize = 32 << 20;

/// What edits come to.
pub(super) enum Edited {
    /// Nothing changes.
    Same,
    /// The file as it becomes.
    Changed(File),
    /// They would break it: it could not be read any more, a name would be bound by nothing, or a comment would be lost.
    Harmed,
}

/// Whether a fix changes something, and harms nothing.
pub(super) fn is_safe(fix: &Fix, files: &Tree) -> bool {
    let mut by_file: BTreeMap<&RelPath, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        by_file.entry(&edit.place.path).or_default().push(edit);
    }
    !by_file.is_empty()
        && by_file
            .into_iter()
            .all(|(path, edits)| matches!(edited(files, path, &edits), Edited::Changed(_)))
}

/// A file with edits made, which do not overlap.
pub(super) fn edited(files: &Tree, path: &RelPath, edits: &[&Edit]) -> Edited {
    let Some(file) = files.get(path) else {
        return Edited::Harmed;
    };
    let made = plain(file).and_then(|before| Some((written(&before, edits)?, before)));
    let Some((mut text, before)) = made else {
        return Edited::Harmed;
    };
    if text == before {
        return Edited::Same;
    }
    let is_mixed = has_mixed_ends(file);
    let spans_lines = |edit: &&Edit| {
        let range = edit.place.range();
        before.get(range).is_some_and(|text| text.contains('\n'))
    };
    // A line end may be part of a text of several lines; which of both kinds it is cannot be told from the plain text.
    if is_mixed && edits.iter().any(spans_lines) {
        return Edited::Harmed;
    }
    if path.extension() == Some("nix") {
        if harms(&before, &text) {
            return Edited::Harmed;
        }
        if !is_mixed {
            text = in_form(&before, text);
        }
    }
    Edited::Changed(File::text(dressed(&text, file)).with_mode(file.mode))
}

/// A text with edits made; nothing where a place is none of it.
fn written(before: &str, edits: &[&Edit]) -> Option<String> {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.start));
    let mut text = before.to_owned();
    for edit in edits {
        let range = edit.place.range();
        text.get(range.clone())?;
        text.replace_range(range, &edit.text);
    }
    Some(text)
}

fn has_mixed_ends(file: &File) -> bool {
    let ends = file.bytes.split(|byte| *byte == b'\n').count() - 1;
    let windows = file.bytes.windows(2).filter(|two| two == b"\r\n").count();
    windows > 0 && windows < ends
}

/// Whether a file that could be read cannot any more, needs a name that nothing binds, or has lost a comment.
fn harms(before: &str, after: &str) -> bool {
    let was = Recipe::read(before);
    let is = Recipe::read(after);
    if was.fault.is_some() {
        return false;
    }
    let mut left: Vec<&str> = is.comments.iter().map(|one| one.text.trim()).collect();
    let is_lost = was.comments.iter().any(|comment| {
        let place = left.iter().position(|text| *text == comment.text.trim());
        place.map(|at| left.swap_remove(at)).is_none()
    });
    is.fault.is_some() || is_lost || !unbound(after).is_subset(&unbound(before))
}

/// What was in the official format stays in it.
fn in_form(before: &str, after: String) -> String {
    stacker::grow(STACK, || {
        let was_in_form = format_nix(before).is_ok_and(|form| form == before);
        match format_nix(&after) {
            Ok(form) if was_in_form => form,
            _ => after,
        }
    })
}
