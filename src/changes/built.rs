//! What is built: packages and third parties that come, go and move, and what of them is no requirement.

use super::grouped::shared;
use super::{Changes, Moved, Named, ProgramChange, Step};
use crate::model::{Lock, LockedPackage};
use crate::python::PyName;
use std::collections::BTreeMap;

/// The packages that are in both locks.
pub(super) fn both<'a>(
    old: &'a BTreeMap<PyName, LockedPackage>,
    new: &'a BTreeMap<PyName, LockedPackage>,
) -> impl Iterator<Item = (&'a PyName, &'a LockedPackage, &'a LockedPackage)> {
    new.iter()
        .filter_map(|(name, now)| Some((name, old.get(name)?, now)))
}

fn named(name: &PyName, package: &LockedPackage) -> Named {
    Named {
        name: name.to_string(),
        version: package.version.clone(),
        because: package.because.trim_end_matches('.').to_owned(),
    }
}

impl Changes {
    /// Versions, build systems, Pythons and programs of what is built, and what comes and goes.
    pub(super) fn of_packages(&mut self, old: &Lock, new: &Lock) {
        let (before, now) = (&old.packages, &new.packages);
        let new_ones = now.iter().filter(|(name, _)| !before.contains_key(*name));
        self.came = new_ones.map(|(name, one)| named(name, one)).collect();
        let gone = before.iter().filter(|(name, _)| !now.contains_key(*name));
        self.went = gone.map(|(name, one)| named(name, one)).collect();
        let steps = |value: &dyn Fn(&LockedPackage) -> String| {
            let steps = both(before, now).filter_map(|(name, one, other)| {
                let step = Step::between(&value(one), &value(other))?;
                Some((name.to_string(), step))
            });
            shared(steps)
        };
        self.versions = steps(&|package| package.version.clone());
        self.build_systems = steps(&|package| package.build_system.join(", "));
        self.pythons = steps(&|package| package.requires_python.clone());
        self.programs = shared(both(before, now).flat_map(|(name, one, other)| {
            let came = other.programs.iter();
            let came = came.filter(|program| !one.programs.contains(*program));
            let came = came.map(|program| ProgramChange::Came(program.clone()));
            let went = one.programs.iter();
            let went = went.filter(|program| !other.programs.contains(*program));
            let went = went.map(|program| ProgramChange::Went(program.clone()));
            let all = came.chain(went);
            all.map(|change| (name.to_string(), change))
                .collect::<Vec<_>>()
        }));
    }

    /// What is packaged from PyPI.
    pub(super) fn of_third_parties(&mut self, old: &Lock, new: &Lock) {
        let (before, now) = (&old.third_party, &new.third_party);
        let new_ones = now.iter().filter(|(name, _)| !before.contains_key(*name));
        self.third_parties_came = new_ones
            .map(|(name, one)| named(name, &one.package))
            .collect();
        let gone = before.iter().filter(|(name, _)| !now.contains_key(*name));
        self.third_parties_went = gone.map(|(name, one)| named(name, &one.package)).collect();
        let moved = now.iter().filter_map(|(name, one)| {
            let was = &before.get(name)?.package.version;
            Some(Moved {
                name: name.to_string(),
                step: Step::between(was, &one.package.version)?,
                homepage: one.homepage.clone(),
            })
        });
        self.third_parties_moved = moved.collect();
    }
}
