//! Lists of requirements in nixpkgs' own form: names alone, for every system and for some.

use super::View;
use super::requirements::condition;
use crate::model::{Decision, LockedRequirement, System};
use crate::nix::nix_attr;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A list: what every system needs, then what only some do.
#[derive(Default, Serialize)]
pub(super) struct ListsView {
    #[serde(flatten)]
    always: PartView,
    /// By condition.
    conditional: BTreeMap<String, PartView>,
}

/// A part of a list, sorted.
#[derive(Default, Serialize)]
struct PartView {
    attributes: Vec<String>,
    /// `attribute.optional-dependencies.extra`
    extras: Vec<String>,
    /// Whether it is more than one list, joined.
    joined: bool,
}

impl ListsView {
    /// Whether something is needed on some systems only.
    pub(super) fn is_conditional(&self) -> bool {
        !self.conditional.is_empty()
    }

    /// The attributes that are named.
    pub(super) fn names(&self) -> BTreeSet<String> {
        let parts = std::iter::once(&self.always).chain(self.conditional.values());
        let names = parts.flat_map(|part| {
            let extras = part.extras.iter();
            let owners = extras.filter_map(|extra| extra.split_once(EXTRAS));
            let owners = owners.map(|(owner, _)| owner.to_owned());
            part.attributes.iter().cloned().chain(owners)
        });
        names.collect()
    }
}

/// What stands between a package and its extra.
const EXTRAS: &str = ".optional-dependencies.";

/// The lists for one set of requirements. What is always needed is not named again under a condition.
pub(super) fn lists(of: &View<'_>, requires: &[LockedRequirement]) -> ListsView {
    // By what it is and its name: the systems that need it, and none of them for all.
    let mut wanted: BTreeMap<(bool, String), BTreeSet<System>> = BTreeMap::new();
    for one in requires {
        if matches!(one.decision, Decision::Excluded | Decision::Removed) {
            continue;
        }
        let name = nix_attr(&one.attribute);
        let extras = one.extras.iter();
        let extras = extras.map(|extra| (true, format!("{name}{EXTRAS}{}", nix_attr(extra))));
        for key in extras.chain([(false, name.clone())]) {
            wanted
                .entry(key)
                .and_modify(|systems| {
                    if systems.is_empty() || one.systems.is_empty() {
                        systems.clear();
                    } else {
                        systems.extend(one.systems.iter().copied());
                    }
                })
                .or_insert_with(|| one.systems.clone());
        }
    }
    let mut lists = ListsView::default();
    for ((is_extra, name), systems) in wanted {
        let part = if systems.is_empty() || systems == of.intent.systems {
            &mut lists.always
        } else {
            let condition = condition(&systems, &of.intent.systems);
            lists.conditional.entry(condition).or_default()
        };
        if is_extra {
            part.extras.push(name);
        } else {
            part.attributes.push(name);
        }
        part.joined = part.extras.len() + usize::from(!part.attributes.is_empty()) > 1;
    }
    lists
}
