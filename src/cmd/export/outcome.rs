//! What `export` says at its end.

use super::args::Options;
use super::commits::{Series, message};
use super::into::Nixpkgs;
use super::{Mode, Prepared};
use crate::diagnostic::Failure;
use crate::plan::{json as plan_json, summary};
use crate::template::shell_word;
use crate::ui::{NextStep, Outcome};
use serde_json::{Value, json as object};

/// What a person does who maintains packages of nixpkgs.
const PLACEHOLDER: &str = "nobody is named who maintains it";

/// The plan, for a person.
pub(super) fn planned(prepared: &Prepared) -> String {
    let mut text = format!("{}\n", summary(&prepared.plan));
    if let Series::Commits { .. } = prepared.series {
        let commits = prepared.exported.iter().map(message);
        text.push('\n');
        text.extend(commits.map(|message| format!("commit {message}")));
    }
    text
}

/// The result, for a person.
pub(super) fn outcome(prepared: &Prepared, nixpkgs: &Nixpkgs, options: &Options) -> Outcome {
    let packages: Vec<String> = prepared
        .exported
        .iter()
        .map(|package| {
            let kind = if package.is_third_party {
                ", which nixpkgs lacks"
            } else {
                ""
            };
            format!("{} {}{kind}", package.name, package.version)
        })
        .collect();
    let git = match &prepared.series {
        Series::None => "nothing committed".to_owned(),
        Series::Commits {
            commits, identity, ..
        } => format!(
            "{} commits by {} <{}>",
            commits.len(),
            identity.name,
            identity.email
        ),
    };
    let facts = [
        ("Packages", packages.join("\n")),
        (
            "Source",
            format!(
                "{} ({})",
                prepared.release.source_kind(),
                prepared.release.because
            ),
        ),
        ("git", git),
    ];
    Outcome {
        title: format!(
            "{} written to {} for the release {}",
            match prepared.exported.len() {
                1 => "1 package".to_owned(),
                count => format!("{count} packages"),
            },
            nixpkgs.shown,
            prepared.release.version
        ),
        facts: facts
            .map(|(label, value)| (label.to_owned(), value))
            .to_vec(),
        reproduce: reproduce(options, &prepared.release.version),
        next: next(prepared, nixpkgs, options),
    }
}

/// What remains to be done.
fn next(prepared: &Prepared, nixpkgs: &Nixpkgs, options: &Options) -> Vec<NextStep> {
    let step = |what: &str, command: String| NextStep {
        what: what.to_owned(),
        command,
    };
    let mut steps = vec![step(
        "Go there.",
        format!("cd {}", shell_word(&nixpkgs.shown)),
    )];
    if options.maintainer.is_empty() {
        steps.push(step(
            "Put yourself into every file that says so.",
            format!("grep -rln '{PLACEHOLDER}' pkgs/development/python-modules"),
        ));
    }
    let attributes = prepared
        .exported
        .iter()
        .map(|package| format!("-A python3Packages.{}", package.name));
    let attributes: Vec<String> = attributes.collect();
    steps.push(step(
        "Build them.",
        format!("nix-build {}", attributes.join(" ")),
    ));
    if let Series::Commits { base, .. } = &prepared.series {
        steps.push(step(
            "Build what depends on them, as reviewers do.",
            format!("nixpkgs-review rev --base {base} HEAD"),
        ));
    }
    steps
}

/// The command that does the same again.
fn reproduce(options: &Options, release: &str) -> String {
    let mut words = vec!["floxwright".to_owned(), "export".to_owned()];
    let mut flag = |name: &str, value: &str| {
        words.extend([name.to_owned(), shell_word(value)]);
    };
    flag("--nixpkgs", &options.nixpkgs);
    flag("--release", release);
    if options.source != crate::model::Source::default().name() {
        flag("--source", &options.source);
    }
    if !options.maintainer.is_empty() {
        flag("--maintainer", &options.maintainer);
    }
    if let Some(scaffold) = &options.scaffold {
        flag("--scaffold", scaffold);
    }
    if !options.commit {
        words.push("--no-commit".to_owned());
    }
    words.extend(options.packages.iter().map(|package| shell_word(package)));
    words.join(" ")
}

/// For a program.
pub(super) fn json(
    prepared: &Prepared,
    nixpkgs: &Nixpkgs,
    options: &Options,
) -> Result<String, Failure> {
    let commits = matches!(prepared.series, Series::Commits { .. });
    let packages = prepared.exported.iter().map(|package| {
        object!({
            "name": package.name.as_str(),
            "version": package.version,
            "third-party": package.is_third_party,
            "file": package.path.as_str(),
            "commit": commits.then(|| message(package).trim_end().to_owned()),
        })
    });
    let state = if options.mode == Mode::Write {
        "written"
    } else {
        "planned"
    };
    let value = object!({
        "schema": 1,
        "command": "export",
        "state": state,
        "directory": nixpkgs.shown,
        "release": prepared.release.version,
        "source": prepared.release.source_kind().name(),
        "because": prepared.release.because,
        "packages": packages.collect::<Vec<Value>>(),
        "notes": prepared.notes,
        "reproduce": reproduce(options, &prepared.release.version),
        "files": plan_json(&prepared.plan),
    });
    crate::cmd::json::text(&value)
}
