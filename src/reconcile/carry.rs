//! Edits of packages that change their place: from a file of its own into one of several packages, or back. What a person changed
//! within a package goes along; what was changed around it stays where it is, and is told.

use super::merge::{Merged, merge};
use super::text::plain;
use super::{Current, NEW, Reconciled, Sides, reconcile};
use crate::generate::check;
use crate::nix::Part;
use crate::tree::{File, Found, RelPath, Tree};
use std::collections::BTreeMap;

/// The files of the outputs, by the name that the lock has for each.
pub type Places = BTreeMap<String, RelPath>;

/// An edit of one package: from where, to where, and its two sides.
struct Piece<'a> {
    from: (&'a RelPath, Part<'a>),
    to: (&'a RelPath, Part<'a>),
    base: String,
    yours: String,
}

/// Reconciles the three sides; edits within packages that change their place go along. `old` and `new` tell which package had and
/// has a file of its own.
pub fn reconcile_places(sides: Sides<'_>, old: &Places, new: &Places) -> Reconciled {
    let mut pieces = pieces(sides, old, new);
    loop {
        let current = without(sides.current, &pieces);
        let mut done = reconcile(Sides {
            current: &current,
            ..sides
        });
        match carried(&mut done, &pieces) {
            Ok(()) => return done,
            // What cannot go along after all stays in its file.
            Err(at) => {
                pieces.remove(at);
            }
        }
    }
}

/// What of the edits can go along.
fn pieces<'a>(sides: Sides<'a>, old: &'a Places, new: &'a Places) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for (id, from) in old.iter().filter(|(id, _)| !new.contains_key(*id)) {
        if let Some(name) = name(id)
            && let Some(to) = host(sides.desired, name)
        {
            pieces.extend(piece(sides, (from, Part::Whole), (to, Part::Named(name))));
        }
    }
    for (id, to) in new.iter().filter(|(id, _)| !old.contains_key(*id)) {
        if let Some(name) = name(id)
            && let Some(from) = host(sides.base, name)
        {
            pieces.extend(piece(sides, (from, Part::Named(name)), (to, Part::Whole)));
        }
    }
    pieces
}

/// The package that an output is for.
fn name(id: &str) -> Option<&str> {
    id.split_once('/').map(|(_, name)| name)
}

/// The one file in which a package stands among others.
fn host<'a>(tree: &'a Tree, name: &str) -> Option<&'a RelPath> {
    let files = tree
        .iter()
        .filter(|(path, _)| path.extension() == Some("nix"));
    let mut found = files
        .filter(|(_, file)| plain(file).is_some_and(|text| Part::Named(name).of(&text).is_some()));
    let (path, _) = found.next().filter(|_| found.next().is_none())?;
    Some(path)
}

/// The edit, if there is one and it fits what would be made.
fn piece<'a>(
    sides: Sides<'a>,
    from: (&'a RelPath, Part<'a>),
    to: (&'a RelPath, Part<'a>),
) -> Option<Piece<'a>> {
    let base = from.1.of(&plain(sides.base.get(from.0)?)?)?;
    let yours = sides.current.get(from.0)?.file().and_then(plain)?;
    let yours = from.1.of(&yours)?;
    let piece = Piece {
        from,
        to,
        base,
        yours,
    };
    let is_edited = piece.base != piece.yours;
    (is_edited && piece.merged(&plain(sides.desired.get(to.0)?)?).is_some()).then_some(piece)
}

impl Piece<'_> {
    /// The text of its new file with the edit in it.
    fn merged(&self, text: &str) -> Option<String> {
        let (path, part) = self.to;
        let file = |text: &str| File::text(format!("{text}\n"));
        let new = part.of(text)?;
        let Merged::Clean(merged) = merge(&file(&self.base), &file(&self.yours), &file(&new))
        else {
            return None;
        };
        let text = part.replaced(text, merged.trim_end_matches('\n'))?;
        check(path, &text).is_ok().then_some(text)
    }
}

/// What is there, without the edits that go along.
fn without(current: &Current, pieces: &[Piece<'_>]) -> Current {
    let mut current = current.clone();
    for piece in pieces {
        let (path, part) = piece.from;
        let Some(Found::File(file)) = current.get(path) else {
            continue;
        };
        let text = plain(file).and_then(|text| part.replaced(&text, &piece.base));
        if let Some(text) = text {
            let file = File::text(text).with_mode(file.mode);
            current.insert(path.clone(), Found::File(file));
        }
    }
    current
}

/// Puts the edits into the files that are made; tells which one does not go.
fn carried(done: &mut Reconciled, pieces: &[Piece<'_>]) -> Result<(), usize> {
    for (at, piece) in pieces.iter().enumerate() {
        let path = piece.to.0;
        let beside = format!("{path}{NEW}").parse::<RelPath>().ok();
        let places = std::iter::once(path.clone()).chain(beside);
        let place = places
            .into_iter()
            .find(|place| matches!(done.changes.get(place), Some(Some(_))));
        let file = place.as_ref().and_then(|place| done.changes.get_mut(place));
        let Some(Some(file)) = file else {
            return Err(at);
        };
        let text = plain(file).and_then(|text| piece.merged(&text)).ok_or(at)?;
        file.bytes = text.into_bytes();
        if !done.merged.contains(path) {
            done.merged.push(path.clone());
        }
    }
    Ok(())
}
