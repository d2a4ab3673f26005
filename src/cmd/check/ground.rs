//! What a check rests on: the files, whose packages they are, and what is known of their release.

use super::args::Options;
use super::evaluate::unevaluated;
use super::{read, stale};
use crate::adopt::Survey;
use crate::ask::{Answers, Field, Origin, Value, fill_defaults};
use crate::check::{Found, Known, Repository, Subject, survey};
use crate::cmd::repository::scaffold;
use crate::cmd::{Context, index, kept, path::normal, scaffolds, upstream};
use crate::diagnostic::Failure;
use crate::nixpkgs::{INDEX_FILE, Index};
use crate::parallel::both;
use crate::reconcile::plain;
use crate::scaffold::{RELEASE_FILE, Scaffold, built_in_names};
use crate::tree::{File, Tree};
use crate::workspace::{INTENT_FILE, read_answers};
use std::path::Path;

/// What was read.
pub(super) struct Ground {
    pub(super) found: Found,
    survey: Survey,
    scaffold: Scaffold,
    index: Index,
}

impl Ground {
    /// Reads the repository at `root`.
    pub(super) fn of(
        root: &Path,
        options: &Options,
        context: &Context<'_>,
    ) -> Result<Self, Failure> {
        let mut found = read::found(root)?;
        if let Some(path) = options.stdin_path(root, context)? {
            let text = context.ui.read_to_end()?;
            found.others.remove(&path);
            found.files.insert(path.clone(), File::text(text));
            found.stdin = Some(path);
        }
        if options.asks_nix {
            found.unevaluated = unevaluated(root, &found, options, context)?;
        }
        // Making the documents again takes as long as everything else.
        let (stale, read) = both(
            || stale::stale(root, &found, context),
            || surveyed(root, &found, options, context),
        );
        found.stale = stale;
        let (mut scaffold, survey) = read?;
        if let Some(text) = text(&found, RELEASE_FILE) {
            kept::learn_release(&mut scaffold, &text, None)?;
        }
        let mut ground = Self {
            index: index::with_file(text(&found, INDEX_FILE).as_deref())?,
            found,
            survey,
            scaffold,
        };
        ground.learn(options, context);
        let tables = ground.subject(options).tables;
        ground.index = ground.index.corrected(&tables.index_corrections);
        Ok(ground)
    }

    /// What is packaged.
    pub(super) fn subject(&self, options: &Options) -> Subject<'_> {
        Subject::of(&self.survey, &self.scaffold, options.release.as_deref())
    }

    /// The repository, read.
    pub(super) fn repository<'a>(&'a self, subject: &'a Subject<'a>) -> Repository<'a> {
        Repository::new(
            &self.survey,
            (&self.scaffold, &self.index),
            subject,
            &self.found,
        )
    }

    /// What the check rests on besides the files.
    pub(super) fn known<'a>(&'a self, options: &'a Options) -> Known<'a> {
        Known {
            scaffold: &self.scaffold,
            index: &self.index,
            release: options.release.as_deref(),
        }
    }

    /// Takes files as they have become, or would.
    pub(super) fn change(&mut self, files: &Tree) {
        for (path, file) in files.iter() {
            self.found.files.insert(path.clone(), file.clone());
        }
        self.survey = survey(&self.found, &self.scaffold);
    }

    /// A release that is not carried is read from the package index, if that can be asked. If not, the rules that need it are
    /// silent, and that is said.
    fn learn(&mut self, options: &Options, context: &Context<'_>) {
        let subject = self.subject(options);
        if !subject.is_recognised || subject.released.is_some() || subject.release.is_empty() {
            return;
        }
        let built = self.survey.built(&self.scaffold);
        let names: Vec<String> = built.keys().map(ToString::to_string).collect();
        let mut answers: Answers = subject.answers.clone();
        for (field, value) in [
            (Field::Release, Value::one(&subject.release)),
            (Field::Packages, Value::many(names)),
            (Field::Directory, Value::one(&self.found.directory)),
        ] {
            answers.set(field, value, Origin::Detected);
        }
        fill_defaults(&mut answers, &self.scaffold);
        let tables = subject.tables.clone();
        let mut scaffold = self.scaffold.clone();
        if upstream::provide_for(&mut scaffold, &answers, &tables, context).is_ok() {
            self.scaffold = scaffold;
        }
    }
}

/// The scaffold of the upstream that is packaged, and what the files say seen from it.
fn surveyed(
    root: &Path,
    found: &Found,
    options: &Options,
    context: &Context<'_>,
) -> Result<(Scaffold, Survey), Failure> {
    let scaffold = match (&options.scaffold, text(found, INTENT_FILE)) {
        (Some(name), _) => scaffolds::find(Some(&anchored(name, context)), context)?,
        (None, Some(text)) => scaffold(root, &read_answers(INTENT_FILE, &text).answers, context)?,
        (None, None) => return recognised(found, context),
    };
    let survey = survey(found, &scaffold);
    Ok((scaffold, survey))
}

/// A file's text.
fn text(found: &Found, path: &str) -> Option<String> {
    found.files.get(&path.parse().ok()?).and_then(plain)
}

/// A scaffold's path is meant from the working directory.
fn anchored(name: &str, context: &Context<'_>) -> String {
    if scaffolds::is_path(name) {
        normal(&context.path(name)).to_string_lossy().into_owned()
    } else {
        name.to_owned()
    }
}

/// The scaffold whose packages the files build; the first one where they build none of any.
fn recognised(found: &Found, context: &Context<'_>) -> Result<(Scaffold, Survey), Failure> {
    let mut first = None;
    for name in built_in_names() {
        let scaffold = scaffolds::find(Some(name), context)?;
        let survey = survey(found, &scaffold);
        if survey.is_recognised() {
            return Ok((scaffold, survey));
        }
        first.get_or_insert((scaffold, survey));
    }
    first.ok_or_else(|| Failure::refused("the program carries no scaffold"))
}
