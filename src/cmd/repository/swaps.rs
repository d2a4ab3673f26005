//! The files that change: from what becomes of paths, and as a plan.

use crate::diagnostic::Failure;
use crate::disk::Swap;
use crate::plan::Plan;
use crate::tree::{File, Found, RelPath, Tree};
use std::collections::BTreeMap;

/// The files that change, without those that stay as they are; `look` tells what stands at a path.
pub(in crate::cmd) fn files(
    changes: BTreeMap<RelPath, Option<File>>,
    look: impl Fn(&RelPath) -> Result<Found, Failure>,
) -> Result<Vec<Swap>, Failure> {
    let mut files = Vec::new();
    for (path, after) in changes {
        let before = look(&path)?.file().cloned();
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
pub(in crate::cmd) fn plan_of(files: &[Swap]) -> Plan {
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
