//! What becomes of every file: which made texts take the place of which, what goes along, what stays, what the person decides.

use super::carry::carry;
use super::evidence::Place;
use super::fate::{Fate, FileFate};
use super::hand_made::HandMade;
use super::readme::is_document;
use super::survey::{PACKAGES, Read, Role, Survey, is_ours, role};
use crate::model::{Intent, Lock, Owner};
use crate::nixpkgs::Index;
use crate::python::PyName;
use crate::recipe::{Build, Gives, Recipe};
use crate::reconcile::{plain, same};
use crate::scaffold::Scaffold;
use crate::tree::{File, RelPath, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// What is decided from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// What was found.
    pub survey: &'a Survey,
    /// Whose packages they are.
    pub scaffold: &'a Scaffold,
    /// What is known of nixpkgs.
    pub index: &'a Index,
    /// What the repository is to be.
    pub intent: &'a Intent,
    /// What that leads to.
    pub lock: &'a Lock,
    /// The files that are made for it.
    pub made: &'a Tree,
}

/// What was decided.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// What becomes of the files that were there, by path.
    pub fates: Vec<FileFate>,
    /// Files in whose place the made ones come, or nothing: as they are now. For one that stays instead, the made text.
    pub base: Tree,
    /// Texts that come instead of the made ones: with parts of the person's in them.
    pub instead: Tree,
    /// Files that go to another path.
    pub moved: BTreeMap<RelPath, Option<File>>,
    /// What of the person's would be nowhere afterwards unless git has it.
    pub replaced: Vec<RelPath>,
}

/// Decides. `forced` are files whose made text is taken though something of theirs cannot go along.
pub fn decide(ground: &Ground<'_>, forced: &dyn Fn(&RelPath) -> bool) -> Decided {
    let mut deciding = Deciding {
        ground,
        forced,
        hand_made: HandMade::of(ground),
        carried: BTreeSet::new(),
        done: Decided::default(),
    };
    deciding.carry_all();
    let mut gone = BTreeMap::new();
    for (path, file) in ground.survey.files.iter() {
        if let Some(because) = deciding.one(path, file) {
            gone.insert(path.clone(), because);
        }
    }
    deciding.remove(gone);
    for (path, kind) in &ground.survey.others {
        let is_made = ground.made.get(path).is_some();
        let fate = if is_made { Fate::Conflict } else { Fate::Kept };
        let because = vec![format!("it is {}, and is not read", kind.name())];
        deciding.say(path, fate, because);
    }
    let mut done = deciding.done;
    done.fates.sort_by(|one, other| one.path.cmp(&other.path));
    done
}

/// The decisions so far.
pub(super) struct Deciding<'a> {
    pub(super) ground: &'a Ground<'a>,
    forced: &'a dyn Fn(&RelPath) -> bool,
    hand_made: HandMade,
    /// Files that give something to a made one.
    carried: BTreeSet<(RelPath, String)>,
    pub(super) done: Decided,
}

impl Deciding<'_> {
    /// Says what becomes of a file.
    pub(super) fn say(&mut self, path: &RelPath, fate: Fate, because: Vec<String>) {
        self.done.fates.push(FileFate {
            path: path.clone(),
            fate,
            because,
        });
    }

    /// Puts what was made by hand into the made files of its packages.
    fn carry_all(&mut self) {
        let parts = std::mem::take(&mut self.hand_made.parts);
        for (name, parts) in parts {
            let place = self.ground.made.iter().find_map(|(path, file)| {
                let text = plain(file).filter(|_| is_package_file(path))?;
                Recipe::read(&text).build(name.as_str())?;
                Some((path.clone(), text))
            });
            let Some((path, made)) = place else { continue };
            let text = self.done.instead.get(&path).and_then(plain).unwrap_or(made);
            self.carry_into(&path, text, &name, &parts);
        }
    }

    fn carry_into(
        &mut self,
        path: &RelPath,
        text: String,
        name: &PyName,
        parts: &[super::hand_made::Part],
    ) {
        let mut text = text;
        for part in parts {
            let moves = part.path.parent() != path.parent() && part.text.contains("./");
            let carried = if moves {
                let because = format!("`{}` names a file beside its own", part.name);
                Err((0, because))
            } else {
                carry(&text, name.as_str(), std::slice::from_ref(part))
            };
            match carried {
                Ok(with) => {
                    text = with;
                    let told = format!("`{}` of `{name}` goes along", part.name);
                    self.carried.insert((part.path.clone(), told));
                }
                Err((_, because)) => self.hand_made.obstacle(part.place.clone(), because),
            }
        }
        let mode = self.ground.made.get(path).map(|file| file.mode);
        let file = File::text(text).with_mode(mode.unwrap_or_default());
        self.done.instead.insert(path.clone(), file);
    }

    /// Decides one file; a reason where it goes, which others may still prevent.
    fn one(&mut self, path: &RelPath, file: &File) -> Option<String> {
        let ground = self.ground;
        let read = ground.survey.recipes.get(path);
        let Some(made) = ground.made.get(path) else {
            if let Some(read) = read {
                return self.recipe_elsewhere(path, read);
            }
            self.document_elsewhere(path, file);
            return None;
        };
        let is_yours = ground.lock.files.get(path).map(|locked| locked.owner) == Some(Owner::Yours);
        if same(file, made) {
            self.say(path, Fate::Same, Vec::new());
        } else if is_yours {
            self.say(path, Fate::Kept, vec!["it is yours".to_owned()]);
        } else if (self.forced)(path) {
            self.replace(path, file, vec!["as you said".to_owned()]);
        } else if let Some(read) = read {
            self.recipe_here(path, file, read);
        } else if is_document(path) {
            self.document_here(path, file);
        } else {
            self.other_here(path, file, made);
        }
        None
    }

    /// The made text takes the place of a file.
    pub(super) fn replace(&mut self, path: &RelPath, file: &File, because: Vec<String>) {
        self.done.base.insert(path.clone(), file.clone());
        self.done.replaced.push(path.clone());
        let carried = self.carried_from(path);
        if carried.is_empty() {
            self.say(path, Fate::Replaced, because);
        } else {
            self.say(path, Fate::Carried, carried);
        }
    }

    pub(super) fn carried_from(&self, path: &RelPath) -> Vec<String> {
        let all = self.carried.iter().filter(|(from, _)| from == path);
        all.map(|(_, told)| told.clone()).collect()
    }

    fn obstacles(&self, path: &RelPath) -> Vec<String> {
        let all = self.hand_made.obstacles.get(path).into_iter().flatten();
        all.map(|one| format!("{}: {}", one.place, one.text))
            .collect()
    }

    /// A Nix file where one is made.
    fn recipe_here(&mut self, path: &RelPath, file: &File, read: &Read) {
        let made = self
            .ground
            .made
            .get(path)
            .and_then(plain)
            .unwrap_or_default();
        let made = Recipe::read(&made);
        // The made source reads whose it is from another file.
        let made = match made.gives {
            Gives::Fetch(_) => Role::Source,
            _ => role(&made, self.ground.scaffold),
        };
        let obstacles = self.obstacles(path);
        match (&read.role, &made) {
            (Role::Foreign, Role::Foreign) => {
                let because = "it stays in the place of the one that would be made";
                if let Some(made) = self.ground.made.get(path) {
                    self.keep(path, made, because.to_owned());
                }
            }
            (_, made) if read.is_ours() && is_ours(made) && obstacles.is_empty() => {
                self.replace(path, file, Vec::new());
            }
            (Role::Unread, _) => {
                let because = unread(path, read);
                self.say(path, Fate::Conflict, vec![because]);
            }
            (_, made) if read.is_ours() && is_ours(made) => {
                self.say(path, Fate::Conflict, obstacles);
            }
            _ => {
                let because = "it gives something else than the one that is made there";
                self.say(path, Fate::Conflict, vec![because.to_owned()]);
            }
        }
    }

    /// Why a file is the person's own: the catalogue may say what became of its package.
    fn foreign(&self, read: &Read) -> String {
        let catalogue = &self.ground.scaffold.catalogue;
        let name = match read.recipe.gives {
            Gives::Build(at) => read.recipe.builds.get(at).and_then(Build::name),
            _ => None,
        };
        let not_built = catalogue.not_built.iter();
        let elsewhere = catalogue.elsewhere.iter();
        let known = not_built
            .map(|one| (one.name.as_str(), &one.because))
            .chain(elsewhere.map(|one| (one.name.as_str(), &one.because)))
            .find(|(known, _)| Some(*known) == name);
        match known {
            Some((name, because)) => format!("`{name}` is no package of the release: {because}"),
            None => "it is no part of the release, and yours".to_owned(),
        }
    }

    /// A Nix file where none is made.
    fn recipe_elsewhere(&mut self, path: &RelPath, read: &Read) -> Option<String> {
        let obstacles = self.obstacles(path);
        let keep = |because: Vec<String>| (Fate::Kept, because);
        let (fate, because) = match &read.role {
            Role::Foreign => keep(vec![self.foreign(read)]),
            Role::Unread => keep(vec![unread(path, read)]),
            Role::Package(name) if !self.ground.lock.packages.contains_key(name) => {
                let release = &self.ground.lock.release.version;
                keep(vec![format!("{release} is packaged without `{name}`")])
            }
            _ if !obstacles.is_empty() && !(self.forced)(path) => keep(obstacles),
            Role::Package(name) => return Some(format!("`{name}` is made elsewhere")),
            Role::Source if self.ground.lock.release.source.is_some() => {
                return Some("the source is made elsewhere".to_owned());
            }
            Role::Source => return Some("every package comes from its own sdist".to_owned()),
            Role::Environment => {
                let name = &self.ground.lock.environment.name;
                return Some(format!("the environment is made as `{name}`"));
            }
        };
        self.say(path, fate, because);
        None
    }
}

/// Whether Flox takes a file for a package's.
fn is_package_file(path: &RelPath) -> bool {
    path.as_str().starts_with(PACKAGES) && path.extension() == Some("nix")
}

/// Why a file could not be read.
fn unread(path: &RelPath, read: &Read) -> String {
    match &read.recipe.fault {
        Some(fault) => format!(
            "{}: {}: {}",
            Place::of(path, &read.text, fault.range.start),
            if read.recipe.is_beyond {
                "it is not looked at"
            } else {
                "it cannot be read as Nix"
            },
            fault.value
        ),
        None => "it is no text".to_owned(),
    }
}
