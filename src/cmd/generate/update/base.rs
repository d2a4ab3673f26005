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
    /// Whether it is kept in the project.
    is_kept: bool,
}

impl Base {
    /// What was made again.
    pub(super) fn made(old: &Ready) -> Result<Self, Failure> {
        Ok(Self {
            tree: tree(old)?,
            made: old.expanded.files.clone(),
            is_kept: false,
        })
    }

    /// What the project keeps.
    pub(super) fn kept(root: &Path) -> Result<Self, Failure> {
        let open = Root::open(root).map_err(|error| failed(&error))?;
        let places = open.files_below(&own(BASE)?);
        let mut kept = Tree::new();
        for place in places.map_err(|error| failed(&error))? {
            let found = open.look(&place).map_err(|error| failed(&error))?;
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
            is_kept: true,
        })
    }

    /// What becomes of the files that are kept, by their places.
    pub(super) fn kept_at(
        &self,
        desired: &Tree,
    ) -> Result<BTreeMap<RelPath, Option<File>>, Failure> {
        if !self.is_kept {
            return Ok(BTreeMap::new());
        }
        let paths = self.tree.paths().chain(desired.paths());
        let kept = paths.map(|path| {
            let place = own(&format!("{BASE}/{path}"))?;
            Ok((place, desired.get(path).cloned()))
        });
        kept.collect()
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
