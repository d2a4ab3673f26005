//! What `new` says at its end.

use super::args::{Commit, Options};
use super::reproduce::{path_word, reproduce};
use super::{Gathered, Prepared, make::Made};
use crate::diagnostic::Failure;
use crate::model::{Lock, Nixpkgs};
use crate::plan::{counts, json as plan_json};
use crate::template::shell_word;
use crate::ui::{NextStep, Outcome};
use serde_json::json as object;

/// For a person.
pub(super) fn outcome(
    prepared: &Prepared,
    gathered: &Gathered,
    options: &Options,
    made: &Made,
) -> Outcome {
    let lock = &prepared.lock;
    let (files, ..) = counts(&prepared.plan);
    let packages: Vec<String> = lock
        .packages
        .iter()
        .map(|(name, package)| format!("{name} {}", package.version))
        .collect();
    let facts = [
        ("Packages", packages.join("\n")),
        (
            "Source",
            format!("{} ({})", lock.release.source_kind(), lock.release.because),
        ),
        ("Environment", environment(lock)),
        (
            "Files",
            format!("{files}; every Nix, TOML, JSON and YAML file was parsed, Nix is formatted"),
        ),
        ("git", git(prepared, options)),
    ];
    Outcome {
        title: format!(
            "{} made for {} {}",
            prepared.shown, gathered.scaffold.catalogue.upstream.name, lock.release.version
        ),
        facts: facts
            .map(|(label, value)| (label.to_owned(), value))
            .to_vec(),
        reproduce: reproduce(prepared, gathered, options.answers.as_deref()),
        next: next(prepared, options, made),
    }
}

/// The environment, with its programs where there are any.
fn environment(lock: &Lock) -> String {
    let environment = &lock.environment;
    if environment.programs.is_empty() {
        return environment.name.clone();
    }
    format!("{}: {}", environment.name, environment.programs.join(", "))
}

fn git(prepared: &Prepared, options: &Options) -> String {
    match (options.commit, &prepared.identity) {
        (Commit::Yes, Some(identity)) => format!(
            "one commit on main by {} <{}>",
            identity.name, identity.email
        ),
        (Commit::NoGit, _) => "no repository".to_owned(),
        _ => "everything added, nothing committed".to_owned(),
    }
}

/// What remains to be done, each only where it is needed.
fn next(prepared: &Prepared, options: &Options, made: &Made) -> Vec<NextStep> {
    let environment = &prepared.lock.environment.name;
    let mut steps = vec![NextStep::new(
        "Go there.",
        format!("cd {}", path_word(&prepared.shown)),
    )];
    if options.commit == Commit::No {
        steps.push(NextStep::new(
            "Commit.",
            "git commit -m 'First commit'".to_owned(),
        ));
    }
    if options.commit == Commit::NoGit {
        steps.push(NextStep::new(
            "Flox builds from a git repository only.",
            "git init -b main && git add --force --all && git commit -m 'First commit'".to_owned(),
        ));
    }
    if prepared.intent.nixpkgs == Nixpkgs::Pinned && !made.locked {
        steps.push(NextStep::new("Let Flox lock nixpkgs, and commit the lock.", "flox activate -- true && git add --force .flox/env/manifest.lock && git commit -m 'Lock nixpkgs'".to_owned()));
    }
    steps.push(NextStep::new(
        "Build everything.",
        format!("flox build {environment}"),
    ));
    steps.push(NextStep::new(
        "Prove that it runs.",
        "tests/verify".to_owned(),
    ));
    steps.extend(publish(prepared));
    steps
}

/// From the remote to the catalogue: one call for each package, because `flox publish` takes no more.
fn publish(prepared: &Prepared) -> Vec<NextStep> {
    let names = prepared.intent.published(&prepared.lock);
    let handle = &prepared.intent.handle;
    let organisation = if handle.is_empty() {
        String::new()
    } else {
        format!("-o {} ", shell_word(handle))
    };
    let command = match names.as_slice() {
        [] => return Vec::new(),
        [only] => format!("flox publish {organisation}{only}"),
        names => format!(
            "for package in {}; do flox publish {organisation}\"$package\"; done",
            names.join(" ")
        ),
    };
    let mut steps = Vec::new();
    if prepared.intent.remote.is_empty() {
        steps.push(NextStep::new(
            "Say where the repository is published from.",
            "git remote add origin URL".to_owned(),
        ));
    }
    let push = "git push --set-upstream origin main".to_owned();
    steps.push(NextStep::new(
        "Push: Flox publishes only what the remote has.",
        push,
    ));
    steps.push(NextStep::new("Publish, on each system.", command));
    steps
}

/// For a program.
pub(super) fn json(
    prepared: &Prepared,
    gathered: &Gathered,
    state: &str,
) -> Result<String, Failure> {
    let value = object!({
        "schema": 1,
        "command": "new",
        "state": state,
        "directory": prepared.shown,
        "release": prepared.lock.release.version,
        "packages": prepared.lock.packages.iter().map(|(name, package)| (name.to_string(), package.version.clone())).collect::<std::collections::BTreeMap<_, _>>(),
        "notes": prepared.notes,
        "reproduce": reproduce(prepared, gathered, None),
        "files": plan_json(&prepared.plan),
    });
    crate::cmd::json::text(&value)
}
