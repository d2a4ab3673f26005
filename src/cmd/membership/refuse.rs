//! What cannot be removed, because something else needs it.

use super::args::{Verb, Wish};
use crate::cmd::repository::{Ended, Planned, Repository};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::Lock;
use crate::python::PyName;

/// Refuses to remove what was never asked for and is needed by what stays.
pub(super) fn needed(wish: &Wish, before: &Repository, planned: &Planned) -> Result<(), Failure> {
    if wish.verb != Verb::Remove {
        return Ok(());
    }
    let mut problems = Vec::new();
    for spec in wish.specs.iter().filter(|spec| spec.extras.is_empty()) {
        let was_asked = before
            .intent
            .packages
            .iter()
            .any(|one| one.name == spec.name);
        if let Some(package) = planned.lock.packages.get(&spec.name).filter(|_| !was_asked) {
            let because = reasons(&planned.lock, &spec.name, &package.because);
            problems.push(Problem::new(format!(
                "`{}` cannot be removed: it is {because}",
                spec.name
            )));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Invalid, problems).hint("remove what needs it as well"))
}

/// What was taken out of the intent and is built all the same.
pub(super) fn stays(wish: &Wish, ended: &Ended) -> Vec<String> {
    if wish.verb != Verb::Remove {
        return Vec::new();
    }
    let lock = &ended.planned.lock;
    let removed = wish.specs.iter().filter(|spec| {
        let was_asked = ended
            .before
            .intent
            .packages
            .iter()
            .any(|one| one.name == spec.name);
        spec.extras.is_empty() && was_asked
    });
    let still = removed.filter_map(|spec| Some((spec, lock.packages.get(&spec.name)?)));
    still
        .map(|(spec, package)| {
            let because = reasons(lock, &spec.name, &package.because);
            format!("`{}` is still built: it is {because}", spec.name)
        })
        .collect()
}

/// Why a package is built: all that need it, or what the lock says.
fn reasons(lock: &Lock, name: &PyName, because: &str) -> String {
    let needs = |package: &crate::model::LockedPackage| {
        let extras = package.extras.values().flatten();
        package.requires.iter().chain(extras).any(|one| {
            one.decision == crate::model::Decision::Sibling && one.attribute == name.as_str()
        })
    };
    let by: Vec<String> = lock
        .packages
        .iter()
        .filter(|(other, package)| *other != name && needs(package))
        .map(|(other, _)| format!("`{other}`"))
        .collect();
    if by.is_empty() || !because.starts_with("needed by") {
        return because.to_owned();
    }
    format!("needed by {}", by.join(", "))
}
