//! Releases that the scaffold does not carry ready-made: what is needed of them is read from the package index.

use super::{Context, revision};
use crate::ask::{Answers, Field, Tables, intent_from};
use crate::diagnostic::Failure;
use crate::model::Intent;
use crate::outside::pypi::{Asked, Unread, Wheels};
use crate::python::{PyName, Version};
use crate::scaffold::{Release, Scaffold};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What a person says for the newest release there is.
pub(super) const LATEST: &str = "latest";

/// The release that is meant: the newest complete one on the package index for `latest`, else what was given.
pub(super) fn named(
    given: &str,
    scaffold: &Scaffold,
    context: &Context<'_>,
) -> Result<String, Failure> {
    if given.trim() != LATEST {
        return Ok(given.to_owned());
    }
    let index = context.watched_index("looking for the newest release");
    let latest = index.latest(&scaffold.catalogue);
    let failed = |unread| failure("the newest release", unread, scaffold);
    Ok(latest.map_err(failed)?.to_string())
}

/// The scaffold with all that the intent needs of its release.
pub(super) fn provided<'s>(
    scaffold: &'s Scaffold,
    intent: &Intent,
    context: &Context<'_>,
) -> Result<Cow<'s, Scaffold>, Failure> {
    let mut asked = of(intent, scaffold);
    if let Some(release) = scaffold.release_at(&intent.release, &intent.rev) {
        let is_whole = !scaffold.is_partial(&release.release) || {
            let needed = scaffold.needed(release, &asked.named);
            needed
                .iter()
                .all(|name| release.packages.contains_key(name))
        };
        if is_whole {
            return Ok(Cow::Borrowed(scaffold));
        }
        if intent.rev.is_empty() {
            asked.known.clone_from(&release.packages);
        }
    }
    let mut more = scaffold.clone();
    learn(&mut more, intent, asked, context).map_err(|unlearned| unlearned.failure)?;
    Ok(Cow::Owned(more))
}

/// The scaffold with all that its release has of these packages, where less of it is known.
pub(super) fn welcoming<'s>(
    scaffold: &'s Scaffold,
    intent: &Intent,
    welcome: BTreeSet<PyName>,
    context: &Context<'_>,
) -> Result<Cow<'s, Scaffold>, Failure> {
    let release = scaffold.release_at(&intent.release, &intent.rev);
    let partial = release.filter(|release| scaffold.is_partial(&release.release));
    let Some(partial) = partial.filter(|_| !welcome.is_empty()) else {
        return Ok(Cow::Borrowed(scaffold));
    };
    let asked = Asked {
        welcome,
        known: partial.packages.clone(),
        ..of(intent, scaffold)
    };
    let mut more = scaffold.clone();
    learn(&mut more, intent, asked, context).map_err(|unlearned| unlearned.failure)?;
    Ok(Cow::Owned(more))
}

/// The packages that an intent names beside the core, with the extras that it asks for.
pub(super) fn named_in(intent: &Intent, scaffold: &Scaffold) -> BTreeMap<PyName, BTreeSet<PyName>> {
    of(intent, scaffold).named
}

/// What an intent needs of its release beside the core.
fn of(intent: &Intent, scaffold: &Scaffold) -> Asked {
    let mut asked = Asked::default();
    for spec in &intent.packages {
        let extras = asked.named.entry(spec.name.clone()).or_default();
        extras.extend(spec.extras.iter().cloned());
    }
    let storage = scaffold.catalogue.storage.get(intent.storage.name());
    let added = intent
        .tweaks
        .values()
        .flat_map(|tweaks| &tweaks.extra_dependencies);
    for name in storage.into_iter().chain(added) {
        asked.named.entry(name.clone()).or_default();
    }
    asked
}

/// Why a release cannot be had.
pub(super) struct Unlearned {
    pub(super) failure: Failure,
    /// Packages that were asked for and that it does not have.
    pub(super) lacks: Vec<PyName>,
}

impl From<Failure> for Unlearned {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            lacks: Vec::new(),
        }
    }
}

/// Makes sure that the scaffold has what the answers ask for, which are not settled yet.
pub(super) fn provide_for(
    scaffold: &mut Scaffold,
    answers: &Answers,
    tables: &Tables,
    context: &Context<'_>,
) -> Result<(), Failure> {
    learn_for(scaffold, answers, tables, context).map_err(|unlearned| unlearned.failure)
}

/// The same, telling what the release lacks: of what `all` and categories stand for, what the release has is taken.
pub(super) fn learn_for(
    scaffold: &mut Scaffold,
    answers: &Answers,
    tables: &Tables,
    context: &Context<'_>,
) -> Result<(), Unlearned> {
    scaffold.forget_read();
    // What is wrong with the answers is told by whoever reads them next.
    let Ok(intent) = intent_from(answers, tables, scaffold) else {
        return Ok(());
    };
    let words = answers.value(Field::Packages);
    let words = words
        .map(|value| value.texts().to_vec())
        .unwrap_or_default();
    let words = words.iter().flat_map(|text| text.split([',', '[']));
    let literal: BTreeSet<PyName> = words.filter_map(|word| word.trim().parse().ok()).collect();
    let mut asked = of(&intent, scaffold);
    for name in intent.packages.iter().map(|spec| &spec.name) {
        if !literal.contains(name) && asked.named.get(name).is_some_and(BTreeSet::is_empty) {
            asked.named.remove(name);
            asked.welcome.insert(name.clone());
        }
    }
    learn(scaffold, &intent, asked, context)
}

/// Reads what the intent rests on, unless the scaffold has it or refuses it: a release, and at a commit that as well.
fn learn(
    scaffold: &mut Scaffold,
    intent: &Intent,
    asked: Asked,
    context: &Context<'_>,
) -> Result<(), Unlearned> {
    if intent.rev.is_empty() {
        return learn_release(scaffold, &intent.release, asked, context);
    }
    // Of the release that lends, the core is enough.
    learn_release(scaffold, &intent.release, Asked::default(), context)?;
    let whole = |release: &Release| {
        let needed = scaffold.needed(release, &asked.named);
        let mut needed = needed.iter().chain(&asked.welcome);
        needed.all(|name| release.packages.contains_key(name))
    };
    if scaffold
        .release_at(&intent.release, &intent.rev)
        .is_some_and(whole)
    {
        return Ok(());
    }
    Ok(revision::learn(scaffold, intent, context)?)
}

/// Reads a release, unless the scaffold has it or refuses it.
fn learn_release(
    scaffold: &mut Scaffold,
    wanted: &str,
    mut asked: Asked,
    context: &Context<'_>,
) -> Result<(), Unlearned> {
    let catalogue = &scaffold.catalogue;
    let refused = catalogue
        .yanked
        .iter()
        .any(|yanked| yanked.release == wanted);
    let Ok(release) = wanted.parse::<Version>() else {
        return Ok(());
    };
    let is_ready = scaffold.releases.contains_key(&release) && !scaffold.is_partial(&release);
    if refused || is_ready {
        return Ok(());
    }
    if !release.is_stable() || release.is_post() || release.is_local() || release.epoch() != 0 {
        return Err(Failure::invalid(format!(
            "`{release}` is no final release of {}",
            catalogue.upstream.name
        ))
        .hint(ready_made(scaffold))
        .into());
    }
    // Of names that the catalogue does not know, whoever resolves tells more.
    asked
        .named
        .retain(|name, _| catalogue.packages.contains_key(name));
    let index = context
        .watched_index(&format!("reading {release} from the package index"))
        .with_wheels(Wheels::Parts);
    let read = index.read_upstream(&release, catalogue, &asked);
    let what = format!("the release `{release}` of {}", catalogue.upstream.name);
    let read = read.map_err(|unread| {
        let lacks = match &unread {
            Unread::Lacks(packages, _) => packages.iter().map(|(name, _)| name.clone()).collect(),
            _ => Vec::new(),
        };
        Unlearned {
            failure: failure(&what, unread, scaffold),
            lacks,
        }
    })?;
    scaffold.add_read(read);
    Ok(())
}

/// Why a release cannot be had, for a person.
fn failure(what: &str, unread: Unread, scaffold: &Scaffold) -> Failure {
    let (failure, newest) = match unread {
        Unread::Silent(cause) => (
            Failure::refused(format!(
                "{what} is not ready-made, and the package index cannot be read"
            ))
            .because(cause),
            None,
        ),
        Unread::Faulty(causes) => (
            Failure::refused(format!("{what} cannot be read")).because(causes.join("; ")),
            None,
        ),
        Unread::Lacks(packages, newest) => {
            let causes = packages.iter();
            let causes: Vec<String> = causes
                .map(|(name, reason)| format!("`{name}`: {reason}"))
                .collect();
            (
                Failure::invalid(format!("{what} cannot be packaged as asked"))
                    .because(causes.join("; ")),
                newest,
            )
        }
        Unread::NotThere(causes, newest) => (
            Failure::invalid(format!("{what} cannot be packaged as asked"))
                .because(causes.join("; ")),
            newest,
        ),
    };
    let newest = newest.map(|newest| format!("the newest complete release is {newest}"));
    newest
        .into_iter()
        .fold(failure, Failure::hint)
        .hint(ready_made(scaffold))
}

fn ready_made(scaffold: &Scaffold) -> String {
    let ready = scaffold
        .ready_made()
        .map(|release| release.release.to_string());
    format!(
        "ready-made, without the package index: {}",
        ready.collect::<Vec<_>>().join(", ")
    )
}
