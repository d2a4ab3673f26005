//! What a change lets come and go.

use crate::cmd::repository::Ended;
use crate::model::{Lock, LockedPackage};
use crate::python::PyName;
use std::collections::BTreeMap;

/// What is built, third-party distributions included.
fn built(lock: Option<&Lock>) -> BTreeMap<PyName, LockedPackage> {
    let Some(lock) = lock else {
        return BTreeMap::new();
    };
    let own = lock
        .packages
        .iter()
        .map(|(name, package)| (name.clone(), package.clone()));
    let others = lock
        .third_party
        .iter()
        .map(|(name, other)| (name.clone(), other.package.clone()));
    own.chain(others).collect()
}

/// What came and what went: packages that were not built before, and those that no longer are.
pub(super) struct Turnover {
    pub(super) came: BTreeMap<PyName, LockedPackage>,
    pub(super) went: BTreeMap<PyName, LockedPackage>,
}

pub(super) fn turnover(ended: &Ended) -> Turnover {
    let (old, new) = (
        built(ended.before.lock.as_ref()),
        built(Some(&ended.planned.lock)),
    );
    let without = |one: &BTreeMap<PyName, LockedPackage>,
                   other: &BTreeMap<PyName, LockedPackage>| {
        let left = one.iter().filter(|(name, _)| !other.contains_key(*name));
        left.map(|(name, package)| (name.clone(), package.clone()))
            .collect()
    };
    Turnover {
        came: without(&new, &old),
        went: without(&old, &new),
    }
}
