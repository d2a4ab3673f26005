//! The files that change: from what becomes of paths, and as a plan.

use super::open::Repository;
use crate::diagnostic::Failure;
use crate::disk::Swap;
use crate::plan::Plan;
use crate::tree::{File, RelPath, Tree};
use std::collections::BTreeMap;

/// The files that change, without those that stay as they are.
pub(super) fn files(
    repository: &Repository,
    changes: BTreeMap<RelPath, Option<File>>,
) -> Result<Vec<Swap>, Failure> {
    let mut files = Vec::new();
    for (path, after) in changes {
        let before = repository.look(&path)?.file().cloned();
        if before != after {
            files.push(Swap {
                path,
                before,
                after,
            });
        }
    }
    Ok(files)
}

/// The files that change, as a plan.
pub(super) fn plan_of(files: &[Swap]) -> Plan {
    let side = |pick: fn(&Swap) -> Option<&File>| {
        let files = files.iter();
        files
            .filter_map(|swap| Some((swap.path.clone(), pick(swap)?.clone())))
            .collect::<Tree>()
    };
    Plan::between(
        &side(|swap| swap.before.as_ref()),
        &side(|swap| swap.after.as_ref()),
    )
}
