//! Files that go because what they say is said elsewhere, unless something that stays needs them.

use super::decide::Deciding;
use super::fate::Fate;
use super::survey::PACKAGES;
use crate::tree::RelPath;
use std::collections::{BTreeMap, BTreeSet};

impl Deciding<'_> {
    /// Removes files, except those that a file which stays takes as an argument.
    pub(super) fn remove(&mut self, mut gone: BTreeMap<RelPath, String>) {
        let made: BTreeSet<&str> = self.ground.made.paths().filter_map(attribute).collect();
        loop {
            let stays =
                |path: &&RelPath| !gone.contains_key(*path) && self.ground.made.get(path).is_none();
            let recipes = &self.ground.survey.recipes;
            let wanted: BTreeMap<&str, &RelPath> = recipes
                .iter()
                .filter(|(path, _)| stays(path))
                .flat_map(|(path, read)| {
                    let arguments = read.recipe.arguments.iter();
                    arguments.map(move |said| (said.value.as_str(), path))
                })
                .collect();
            let needed = gone.keys().find_map(|path| {
                let name = attribute(path)?;
                let by = wanted.get(name).filter(|_| !made.contains(name))?;
                Some((path.clone(), (*by).clone()))
            });
            let Some((path, by)) = needed.or_else(|| self.named(&gone)) else {
                break;
            };
            gone.remove(&path);
            self.say(&path, Fate::Kept, vec![format!("`{by}` needs it")]);
        }
        for (path, because) in gone {
            if let Some(file) = self.ground.survey.files.get(&path) {
                self.done.base.insert(path.clone(), file.clone());
                self.done.replaced.push(path.clone());
                let mut all = vec![because];
                all.extend(self.carried_from(&path));
                self.say(&path, Fate::Removed, all);
            }
        }
    }
}

impl Deciding<'_> {
    /// A path that would go and that a Nix file outside Flox's packages names.
    fn named(&self, gone: &BTreeMap<RelPath, String>) -> Option<(RelPath, RelPath)> {
        let files = self.ground.survey.files.paths();
        let outside = files
            .filter(|path| path.extension() == Some("nix") && !path.as_str().starts_with(PACKAGES));
        outside.into_iter().find_map(|by| {
            let text = self.ground.survey.text(by.as_str())?;
            let path = gone.keys().find(|path| text.contains(path.as_str()))?;
            Some((path.clone(), by.clone()))
        })
    }
}

/// The attribute under which Flox finds a file.
fn attribute(path: &RelPath) -> Option<&str> {
    let below = path.as_str().strip_prefix(PACKAGES)?.strip_prefix('/')?;
    below
        .strip_suffix("/default.nix")
        .or_else(|| below.strip_suffix(".nix"))
}
