//! What nixpkgs lacks, and what the person wants in another version: packaged beside the others, its own requirements resolved
//! in turn.

use super::findings::{Asked, Findings};
use super::package::{self, Described};
use super::{Context, choice, members::Member};
use crate::model::{LockedOrigin, LockedPackage, LockedThirdParty};
use crate::nixpkgs::license_attribute;
use crate::python::{PyName, PythonVersion, VersionSpecifiers};
use crate::scaffold::Distribution;
use std::collections::{BTreeMap, BTreeSet};

/// Every third-party distribution that something asks for, until nothing is left to ask. What has not been read yet is left
/// out; the findings tell that it has to be.
pub(super) fn all(
    context: &Context<'_>,
    findings: &mut Findings,
) -> BTreeMap<PyName, LockedThirdParty> {
    for (name, version) in &context.intent.overrides {
        match format!("{name}=={version}").parse() {
            Ok(wanted) => findings.package(&wanted, None, context.systems),
            Err(error) => findings.problem(name, format!("`[override]`: {error}")),
        }
    }
    let mut done: BTreeMap<PyName, (Asked, LockedThirdParty)> = BTreeMap::new();
    loop {
        // A distribution is done again when a later one asks for another of its extras, or on another system.
        let open = findings.third_party.iter().find(|(name, asked)| {
            let covers = |done: &Asked| {
                asked.extras.is_subset(&done.extras) && asked.systems.is_subset(&done.systems)
            };
            context.facts.distributions.contains_key(*name)
                && !done.get(*name).is_some_and(|(done, _)| covers(done))
        });
        let Some((name, asked)) = open.map(|(name, asked)| (name.clone(), asked.clone())) else {
            break;
        };
        let Some(read) = context.facts.distributions.get(&name) else {
            break;
        };
        // What one round said is said again by the next.
        let before = findings.notes.len();
        let repeated = done.contains_key(&name);
        let locked = one(context, &name, read, &asked, findings);
        if repeated {
            findings.notes.truncate(before);
        }
        done.insert(name, (asked, locked));
    }
    let mut all = BTreeMap::new();
    for (name, (_, mut locked)) in done {
        if let Some(asked) = findings.third_party.get(&name) {
            locked.package.because = format!(
                "{}{}",
                because(context, &name, asked),
                locked.package.because
            );
        }
        all.insert(name, locked);
    }
    check_circles(&all, findings);
    findings.notes.extend(unlicensed(&all));
    all
}

/// A distribution that requires itself through others cannot be evaluated.
fn check_circles(all: &BTreeMap<PyName, LockedThirdParty>, findings: &mut Findings) {
    let required = |name: &str| -> Vec<&str> {
        let locked = all.iter().find(|(other, _)| other.as_str() == name);
        let package = locked.map(|(_, locked)| &locked.package);
        package
            .into_iter()
            .flat_map(|package| &package.requires)
            .map(|one| one.attribute.as_str())
            .collect()
    };
    for name in all.keys() {
        let (mut open, mut seen) = (required(name.as_str()), BTreeSet::new());
        while let Some(next) = open.pop() {
            if next == name.as_str() {
                let message = "it requires itself, through what it requires; `[package.NAME]` with `remove-dependencies` breaks the circle";
                findings.problem(name, message);
                break;
            }
            if seen.insert(next) {
                open.extend(required(next));
            }
        }
    }
}

/// Why it is packaged, in one sentence.
fn because(context: &Context<'_>, name: &PyName, asked: &Asked) -> String {
    // The environment asks for the libraries of the person's own code.
    let own_code = context.intent.environment.as_str();
    let by: Vec<&str> = asked
        .names()
        .into_iter()
        .map(|name| match name.as_str() {
            name if name == own_code => "your own code (`environment.python`)",
            name => name,
        })
        .collect();
    let by = by.join(", ");
    match (context.intent.overrides.contains_key(name), by.is_empty()) {
        (true, true) => "At the version that `[override]` asks for.".to_owned(),
        (true, false) => format!("At the version that `[override]` asks for; required by {by}."),
        (false, _) => {
            let mut all = context.scaffold.catalogue.hold.iter();
            let held = all
                .find(|hold| hold.requirement.name() == name)
                .map(|hold| format!(" Held at this version: {}.", hold.because));
            format!(
                "Not in nixpkgs; required by {by}.{}",
                held.unwrap_or_default()
            )
        }
    }
}

fn one(
    context: &Context<'_>,
    name: &PyName,
    read: &Distribution,
    asked: &Asked,
    findings: &mut Findings,
) -> LockedThirdParty {
    let context = &Context {
        systems: &asked.systems,
        ..*context
    };
    let python = context.intent.python.version();
    if let Some(specifiers) = refused(python, read) {
        let version = &read.version;
        findings.problem(
            name,
            format!("{version} does not support Python {python}: it says `{specifiers}`"),
        );
    }
    let choice = choice::choose(context, name, read, findings);
    let (origin, build_system, from) = match choice {
        Some(choice) => (choice.origin, choice.build_system, choice.because),
        None => (LockedOrigin::Path(String::new()), Vec::new(), None),
    };
    let member = Member {
        because: from.map(|from| format!(" {from}.")).unwrap_or_default(),
        extras: asked.extras.clone(),
    };
    let described = Described {
        version: &read.version,
        requires: &read.requires,
        extras: &read.extras,
        requires_python: read.requires_python.as_ref(),
        license: read.license.as_ref(),
        modules: &read.modules,
        programs: &read.programs,
        origin,
        build_system,
    };
    let mut package = package::locked(context, name, described, &member, findings);
    package.extras.retain(|extra, _| {
        extra
            .parse()
            .is_ok_and(|extra| member.extras.contains(&extra))
    });
    let doubt = read.doubt.iter();
    findings
        .notes
        .extend(doubt.map(|doubt| format!("{name} {}: {doubt}", read.version)));
    LockedThirdParty {
        description: one_line(read.summary.as_deref().unwrap_or_default(), name),
        homepage: read.homepage.clone().unwrap_or_default(),
        package,
    }
}

/// What the distribution says of the Pythons that it supports, if that is not all of this one.
fn refused(python: PythonVersion, read: &Distribution) -> Option<&VersionSpecifiers> {
    let specifiers = read.requires_python.as_ref()?;
    (python.satisfies(specifiers) != Some(true)).then_some(specifiers)
}

/// What is left out of `meta`, in one sentence for all.
fn unlicensed(all: &BTreeMap<PyName, LockedThirdParty>) -> Option<String> {
    let lacks = |package: &LockedPackage| {
        let license = package.license.as_deref().and_then(license_attribute);
        license.is_none()
    };
    let names: Vec<&str> = all
        .iter()
        .filter(|(_, locked)| lacks(&locked.package))
        .map(|(name, _)| name.as_str())
        .collect();
    (!names.is_empty()).then(|| {
        format!(
            "`meta.license` is left out where the metadata does not tell the licence in a way that nixpkgs has a name for: {}",
            names.join(", ")
        )
    })
}

/// A summary as nixpkgs wants it: one line, no article, no full stop. A name at its beginning keeps its case.
fn one_line(summary: &str, name: &PyName) -> String {
    let line = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = match line.trim_end_matches('.') {
        "" => name.as_str(),
        line => line,
    };
    let bare = ["A ", "An ", "The "]
        .iter()
        .find_map(|article| line.strip_prefix(article))
        .unwrap_or(line);
    let first = bare.split(' ').next().unwrap_or_default();
    let is_name = first.parse().is_ok_and(|first: PyName| first == *name);
    if is_name || first.chars().any(char::is_uppercase) {
        return bare.to_owned();
    }
    let mut chars = bare.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_follow_the_rules_of_nixpkgs() {
        for (summary, description) in [
            ("A parser for things.", "Parser for things"),
            ("the   engine\nof x", "The engine of x"),
            ("pyOpenSSL for all", "pyOpenSSL for all"),
            ("dlt loads data.", "dlt loads data"),
            ("", "dlt"),
        ] {
            let name = "dlt".parse().expect("a name");
            assert_eq!(one_line(summary, &name), description);
        }
    }
}
