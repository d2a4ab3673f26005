//! A file with edits made, and what edits must not do to it.

use super::finding::by_file;
use super::{Edit, Fix};
use crate::nix::format_nix;
use crate::recipe::{Recipe, Said};
use crate::reconcile::{dressed, plain};
use crate::tree::{File, RelPath, Tree};
use std::collections::BTreeSet;

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
    let changes = |(path, edits): (&RelPath, Vec<&Edit>)| {
        let made = files
            .get(path)
            .and_then(|file| unharmed(file, path, &edits));
        made.is_some_and(|made| made.after != made.before)
    };
    !fix.edits.is_empty() && by_file(&fix.edits).into_iter().all(changes)
}

/// A file with edits made, which do not overlap.
pub(super) fn edited(files: &Tree, path: &RelPath, edits: &[&Edit]) -> Edited {
    let made = files
        .get(path)
        .and_then(|file| Some((file, unharmed(file, path, edits)?)));
    let Some((file, Texts { before, after })) = made else {
        return Edited::Harmed;
    };
    if after == before {
        return Edited::Same;
    }
    let text = if path.extension() == Some("nix") && !has_mixed_ends(file) {
        in_form(&before, after)
    } else {
        after
    };
    Edited::Changed(File::text(dressed(&text, file)).with_mode(file.mode))
}

/// The plain text of a file, and what edits make of it.
struct Texts {
    before: String,
    after: String,
}

/// A file's text with edits made; nothing where they would harm it.
fn unharmed(file: &File, path: &RelPath, edits: &[&Edit]) -> Option<Texts> {
    let before = plain(file)?;
    let after = written(&before, edits)?;
    if after == before {
        return Some(Texts { before, after });
    }
    let spans_lines = |edit: &&Edit| {
        let range = edit.place.range();
        before.get(range).is_some_and(|text| text.contains('\n'))
    };
    // A line end may be part of a text of several lines; which of both kinds it is cannot be told from the plain text.
    let is_torn = has_mixed_ends(file) && edits.iter().any(spans_lines);
    let is_harmed = is_torn || path.extension() == Some("nix") && harms(&before, &after);
    (!is_harmed).then_some(Texts { before, after })
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
    is.fault.is_some() || is_lost || !names(&is.unbound).is_subset(&names(&was.unbound))
}

fn names(said: &[Said<String>]) -> BTreeSet<&str> {
    said.iter().map(|said| said.value.as_str()).collect()
}

/// What was in the official format stays in it.
fn in_form(before: &str, after: String) -> String {
    let was_in_form = format_nix(before).is_ok_and(|form| form == before);
    match format_nix(&after) {
        Ok(form) if was_in_form => form,
        _ => after,
    }
}
