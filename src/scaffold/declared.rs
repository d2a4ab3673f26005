//! A package of a release as its source tree declares it.

use super::date::Date;
use super::release::Package;
use crate::source_tree::Facts;
use std::collections::BTreeMap;

impl Package {
    /// What a source tree says. Files on the package index stand in no tree: there are none until they are added.
    pub fn declared(facts: Facts, uploaded: Date) -> Self {
        Self {
            version: facts.version,
            uploaded,
            summary: facts.summary,
            homepage: facts.homepage,
            license: facts.license,
            requires_python: facts.requires_python,
            requires: facts.requires,
            extras: facts.extras,
            programs: facts.programs,
            modules: facts.modules,
            build_backend: facts.build.backend,
            build_requires: facts.build.requires,
            sdist: None,
            wheel: None,
            files: BTreeMap::new(),
            yanked: false,
        }
    }
}
