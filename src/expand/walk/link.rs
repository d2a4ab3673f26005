//! Links keep their targets, whose names are rendered as those of files are.

use super::{Stop, Walk};
use crate::expand::expanded::Fate;
use crate::expand::paths::parent;

impl Walk<'_> {
    pub(super) fn link(&mut self, path: &str, target: &str) -> Result<(), Stop> {
        let new = self.name(path)?;
        let mut names = Vec::new();
        for name in target.split('/') {
            names.push(match name {
                "" | "." | ".." => name.to_owned(),
                name => self.name(name)?,
            });
        }
        let target = names.join("/");
        if new.is_empty() {
            return Err(self.unplaced(path, &new, "nothing is left of its name"));
        }
        let mut shared = self.shared.state();
        let stage = &mut shared.stage;
        stage.remove(path);
        let above = match parent(&new) {
            "" => Ok(()),
            above => stage.insert_directory(above),
        };
        let placed = above.and_then(|()| stage.insert_link(&new, target.as_str()));
        drop(shared);
        placed.map_err(|fault| self.unplaced(path, &new, fault.why))?;
        self.made(
            path,
            &new,
            Fate::Copied(format!("it is a link to `{target}`")),
        );
        self.claim(path, &new)
    }
}
