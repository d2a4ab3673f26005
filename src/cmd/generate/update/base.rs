//! What a project was made of: made again from a commit, or kept in the project where the template is a directory.

use super::{Ready, own, tree};
use crate::cmd::repository::failed;
use crate::diagnostic::Failure;
use crate::disk::Root;
use crate::expand::Made;
use crate::generate::BASE;
use crate::tree::{File, RelPath, Tree};
use std::collections::BTreeMap;
use std::path::Path;

/// What a project was made of.
pub(super) struct Base {
    pub(super) tree: Tree,
    /// Which file of the template each came from, where that is known.
    made: Vec<Made>,
    /// The files in which the project keeps it.
    places: Vec<RelPath>,
}

impl Base {
    /// What was made again.
    pub(super) fn made(old: &Ready, root: &Path) -> Result<Self, Failure> {
        let open = Root::open(root).map_err(|error| failed(&error))?;
        let places = open.files_below(&own(BASE)?);
        Ok(Self {
            tree: tree(old)?,
            made: old.expanded.files.clone(),
            places: places.map_err(|error| failed(&error))?,
        })
    }

    /// What the project keeps.
    pub(super) fn kept(root: &Path) -> Result<Self, Failure> {
        let open = Root::open(root).map_err(|error| failed(&error))?;
        let places = open.files_below(&own(BASE)?);
        let places = places.map_err(|error| failed(&error))?;
        let mut kept = Tree::new();
        for place in &places {
            let found = open.look(place).map_err(|error| failed(&error))?;
            let path = place.as_str().strip_prefix(BASE).unwrap_or_default();
            if let (Some(file), Ok(path)) = (found.file(), path.trim_start_matches('/').parse()) {
                kept.insert(path, file.clone());
            }
        }
        if kept.is_empty() {
            return Err(Failure::refused(format!(
                "nobody knows what the project was made of: there is no `{BASE}` here"
            ))
            .hint(
                "`floxwright generate … --record` keeps it there, where the template has no commit",
            ));
        }
        Ok(Self {
            tree: kept,
            made: Vec::new(),
            places,
        })
    }

    /// What becomes of the files that are kept, by their places: where a commit says what was made, none are.
    pub(super) fn kept_at(
        &self,
        desired: &Tree,
        new: &Ready,
    ) -> Result<BTreeMap<RelPath, Option<File>>, Failure> {
        let gone = self.places.iter().map(|place| (place.clone(), None));
        let mut kept: BTreeMap<RelPath, Option<File>> = gone.collect();
        if new.commit.is_none() {
            for (path, file) in desired.iter() {
                kept.insert(own(&format!("{BASE}/{path}"))?, Some(file.clone()));
            }
        }
        Ok(kept)
    }

    /// The files of which the template's file has another name in the project now.
    pub(super) fn moves(&self, new: &Ready) -> Vec<(RelPath, RelPath)> {
        let now = new.expanded.files.iter();
        let now: BTreeMap<&str, &str> = now
            .filter_map(|made| Some((made.source.as_str(), made.path.as_deref()?)))
            .collect();
        let moves = self.made.iter().filter_map(|made| {
            let (from, to) = (made.path.as_deref()?, *now.get(made.source.as_str())?);
            let is_move = from != to;
            is_move.then(|| Some((from.parse().ok()?, to.parse().ok()?)))?
        });
        moves.collect()
    }
}
