//! A change as a value: what would be created, replaced or removed. It is printed, diffed, compared and applied; it is the only
//! way to a write.

mod diff;
mod json;
mod summary;

pub use diff::diff;
pub use json::json;
pub use summary::{counts, summary};

use crate::tree::{File, RelPath, Tree};
use std::collections::BTreeMap;

/// What happens to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It comes into being.
    Create(File),
    /// It gets other content or another mode.
    Replace {
        /// What the plan was made against.
        before: File,
        /// What it becomes.
        after: File,
    },
    /// It goes.
    Remove(File),
}

/// Changes by path. A plan never holds a change that changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    changes: BTreeMap<RelPath, Change>,
    /// Symbolic links that come into being, with their targets.
    links: BTreeMap<RelPath, String>,
}

impl Plan {
    /// What leads from `current` to `desired`.
    pub fn between(current: &Tree, desired: &Tree) -> Self {
        let mut changes = BTreeMap::new();
        for (path, after) in desired.iter() {
            match current.get(path) {
                None => {
                    changes.insert(path.clone(), Change::Create(after.clone()));
                }
                Some(before) if before != after => {
                    let change = Change::Replace {
                        before: before.clone(),
                        after: after.clone(),
                    };
                    changes.insert(path.clone(), change);
                }
                Some(_) => {}
            }
        }
        for (path, before) in current
            .iter()
            .filter(|(path, _)| desired.get(path).is_none())
        {
            changes.insert(path.clone(), Change::Remove(before.clone()));
        }
        Self {
            changes,
            links: BTreeMap::new(),
        }
    }

    /// The same plan with symbolic links that come into being, by path, with their targets.
    #[must_use]
    pub fn with_links(mut self, links: BTreeMap<RelPath, String>) -> Self {
        self.links = links;
        self
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.links.is_empty()
    }

    /// The changes of files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&RelPath, &Change)> {
        self.changes.iter()
    }

    /// The links that come into being, by path.
    pub fn links(&self) -> impl Iterator<Item = (&RelPath, &str)> {
        self.links
            .iter()
            .map(|(path, target)| (path, target.as_str()))
    }

    /// The changes outside the directory `prefix`.
    #[must_use]
    pub fn outside(&self, prefix: &str) -> Self {
        let prefix = format!("{prefix}/");
        let is_outside = |path: &RelPath| !path.as_str().starts_with(&prefix);
        let mut outside = self.clone();
        outside.changes.retain(|path, _| is_outside(path));
        outside.links.retain(|path, _| is_outside(path));
        outside
    }

    /// The tree after the change, in memory.
    #[must_use]
    pub fn applied_to(&self, tree: &Tree) -> Tree {
        let kept = tree
            .iter()
            .filter(|(path, _)| !self.changes.contains_key(*path));
        let kept = kept.map(|(path, file)| (path.clone(), file.clone()));
        let made = self
            .changes
            .iter()
            .filter_map(|(path, change)| match change {
                Change::Create(after) | Change::Replace { after, .. } => {
                    Some((path.clone(), after.clone()))
                }
                Change::Remove(_) => None,
            });
        kept.chain(made).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn trees() -> impl Strategy<Value = Tree> {
        proptest::collection::btree_map("[a-c]{1,2}", "[xy]{0,2}", 0..6).prop_map(|files| {
            files
                .into_iter()
                .map(|(path, text)| (path.parse().unwrap(), File::text(text)))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn a_plan_leads_where_it_should_and_then_there_is_nothing_to_do(current in trees(), desired in trees()) {
            let plan = Plan::between(&current, &desired);
            prop_assert_eq!(&plan.applied_to(&current), &desired);
            prop_assert!(Plan::between(&desired, &desired).is_empty());
            prop_assert_eq!(plan.is_empty(), current == desired);
        }
    }

    #[test]
    fn it_is_shown_as_a_list_a_patch_and_json() {
        let current = Tree::from_fixture("//- a\none\ntwo\n//- gone\nx\n//- same\ns\n").unwrap();
        let desired =
            Tree::from_fixture("//- a\none\n2\n//- new/run (executable)\n#!/bin/sh\n//- same\ns\n")
                .unwrap();
        let plan = Plan::between(&current, &desired);
        insta::assert_snapshot!(summary(&plan));
        insta::assert_snapshot!(diff(&plan));
        insta::assert_snapshot!(serde_json::to_string_pretty(&json(&plan)).unwrap());
    }

    #[test]
    fn links_are_shown_with_their_targets() {
        let plan = Plan::between(&Tree::new(), &Tree::from_fixture("//- b\nb\n").unwrap());
        let links = BTreeMap::from([("a/l".parse().unwrap(), "../b".to_owned())]);
        let plan = plan.with_links(links);
        assert_eq!(summary(&plan), "+ a/l → ../b\n+ b");
        assert_eq!(counts(&plan), (2, 0, 0));
        assert_eq!(
            diff(&plan),
            "diff --git a/a/l b/a/l\nnew file mode 120000\n--- /dev/null\n+++ b/a/l\n@@ -0,0 +1 @@\n+../b\n\\ No newline at end of file\ndiff --git a/b b/b\nnew file mode 100644\n--- /dev/null\n+++ b/b\n@@ -0,0 +1 @@\n+b\n"
        );
        let told = json(&plan);
        assert_eq!(told[0]["path"], "a/l");
        assert_eq!(told[0]["link"], "../b");
        assert_eq!(told[1]["path"], "b");
        assert!(!plan.is_empty() && plan.outside("a").links().next().is_none());
    }
}
