//! What becomes of the files that are no packages: documents go aside, lists of lines and the manifest are joined.

use super::decide::Deciding;
use super::fate::Fate;
use super::infer::MANIFEST;
use super::{lines, manifest};
use crate::reconcile::plain;
use crate::tree::{File, RelPath};

impl Deciding<'_> {
    /// A document where one is made goes aside, and the made one takes its place.
    pub(super) fn document_here(&mut self, path: &RelPath, file: &File) {
        match self.aside(path) {
            Some(to) => {
                self.done.base.insert(path.clone(), file.clone());
                self.done.moved.insert(to.clone(), Some(file.clone()));
                let because = "your sentences stay there; the made document takes its place";
                self.say(path, Fate::Moved(to), vec![because.to_owned()]);
            }
            None => self.say(
                path,
                Fate::Conflict,
                vec!["it stands in the way".to_owned()],
            ),
        }
    }

    /// A document that a made one takes the place of, under another name.
    pub(super) fn document_elsewhere(&mut self, path: &RelPath, file: &File) {
        let files = self.ground.lock.files.iter();
        let mut instead = files.filter(|(_, locked)| {
            let outputs = self.ground.scaffold.outputs.iter();
            let mut of_id = outputs.filter(|output| output.id == locked.id);
            of_id.any(|output| output.aliases.iter().any(|alias| alias == path.name()))
        });
        let Some((instead, _)) = instead.next() else {
            return;
        };
        if let Some(to) = self.aside(path) {
            self.done.moved.insert(path.clone(), None);
            self.done.moved.insert(to.clone(), Some(file.clone()));
            let because = format!("`{instead}` answers it now; your sentences stay there");
            self.say(path, Fate::Moved(to), vec![because]);
        }
    }

    /// Where a document goes aside; `None` where something is there already.
    fn aside(&self, path: &RelPath) -> Option<RelPath> {
        let directory = self.ground.intent.documents_dir.as_ref();
        let prefix = directory.map_or_else(String::new, |directory| format!("{directory}/"));
        let to: RelPath = format!("{prefix}previous/{}", path.name()).parse().ok()?;
        let is_free = self.ground.survey.files.get(&to).is_none()
            && !self.done.moved.contains_key(&to)
            && self.ground.made.get(&to).is_none();
        is_free.then_some(to)
    }

    /// Any other file where one is made.
    pub(super) fn other_here(&mut self, path: &RelPath, file: &File, made: &File) {
        let (Some(yours), Some(text)) = (plain(file), plain(made)) else {
            let because = vec!["it is no text".to_owned()];
            return self.say(path, Fate::Conflict, because);
        };
        let joined = if path.as_str() == MANIFEST {
            manifest::joined(&yours, &text)
        } else if path.name() == ".gitignore" || path.name() == ".gitattributes" {
            Ok((lines::joined(&yours, &text), Vec::new()))
        } else if path.name() == "env.json" {
            return self.flox_environment(path, file, made);
        } else if path.name() == "manifest.lock" {
            return self.keep(path, made, "it is Flox's own".to_owned());
        } else {
            Err("you have one of your own".to_owned())
        };
        match joined {
            Ok((joined, notes)) => {
                self.done.base.insert(path.clone(), file.clone());
                let is_same = joined == yours;
                self.done
                    .instead
                    .insert(path.clone(), File::text(joined).with_mode(file.mode));
                let fate = if is_same { Fate::Kept } else { Fate::Merged };
                self.say(path, fate, notes);
            }
            Err(because) => self.say(path, Fate::Conflict, vec![because]),
        }
    }

    /// The made text counts as what was last made, so that the person's file is an edit of it.
    pub(super) fn keep(&mut self, path: &RelPath, made: &File, because: String) {
        self.done.base.insert(path.clone(), made.clone());
        self.say(path, Fate::Kept, vec![because]);
    }

    fn flox_environment(&mut self, path: &RelPath, file: &File, made: &File) {
        let json =
            |file: &File| -> Option<serde_json::Value> { serde_json::from_str(&plain(file)?).ok() };
        let (Some(yours), Some(wanted)) = (json(file), json(made)) else {
            let because = vec!["it is no JSON".to_owned()];
            return self.say(path, Fate::Conflict, because);
        };
        let lives_elsewhere = yours.get("owner").is_some();
        if yours == wanted {
            self.replace(path, file, vec!["it says the same".to_owned()]);
        } else if lives_elsewhere {
            let because = "the environment lives on FloxHub, from where nothing can be published";
            self.keep(path, made, because.to_owned());
        } else {
            self.keep(
                path,
                made,
                "Flox reads it, and it is as you have it".to_owned(),
            );
        }
    }
}
