//! What nixpkgs lacks, and what the person wants in another version: packaged beside the others, its own requirements resolved
//! in turn.

use super::{Context, findings::Findings, members::Member, package};
use crate::model::LockedThirdParty;
use crate::nixpkgs::license_attribute;
use crate::python::PyName;
use std::collections::{BTreeMap, BTreeSet};

/// Every third-party distribution that something asks for, until nothing is left to ask.
pub(super) fn all(
    context: &Context<'_>,
    findings: &mut Findings,
) -> BTreeMap<PyName, LockedThirdParty> {
    for (name, version) in &context.intent.overrides {
        match format!("{name}=={version}").parse() {
            Ok(wanted) if context.facts.contains_key(name) => {
                findings.package(&wanted, None);
            }
            Ok(wanted) => findings.need(&wanted, "`[override]`"),
            Err(error) => findings.problem(name, format!("`[override]`: {error}")),
        }
    }
    let mut done: BTreeMap<PyName, (BTreeSet<PyName>, LockedThirdParty)> = BTreeMap::new();
    loop {
        // A distribution is done again when a later one asks for another of its extras.
        let open = findings.third_party.iter().find(|(name, asked)| {
            done.get(*name)
                .is_none_or(|(extras, _)| !asked.extras.is_subset(extras))
        });
        let Some((name, asked)) = open.map(|(name, asked)| (name.clone(), asked.clone())) else {
            break;
        };
        let because = because(context, &name, &asked.by);
        let member = Member {
            because,
            extras: asked.extras,
        };
        let Some(locked) = one(context, &name, &member, findings) else {
            break;
        };
        done.insert(name, (member.extras, locked));
    }
    done.into_iter()
        .map(|(name, (_, locked))| (name, locked))
        .collect()
}

/// Why it is packaged, in one sentence.
fn because(context: &Context<'_>, name: &PyName, by: &BTreeSet<String>) -> String {
    // The environment asks for the libraries of the person's own code.
    let own_code = context.intent.environment.as_str();
    let by: Vec<&str> = by
        .iter()
        .map(|asker| match asker.as_str() {
            asker if asker == own_code => "your own code (`environment.python`)",
            asker => asker,
        })
        .collect();
    let by = by.join(", ");
    match (context.intent.overrides.contains_key(name), by.is_empty()) {
        (true, true) => "At the version that `[override]` asks for.".to_owned(),
        (true, false) => format!("At the version that `[override]` asks for; required by {by}."),
        (false, _) => format!("Not in nixpkgs; required by {by}."),
    }
}

fn one(
    context: &Context<'_>,
    name: &PyName,
    member: &Member,
    findings: &mut Findings,
) -> Option<LockedThirdParty> {
    let Some(released) = context.facts.get(name) else {
        findings.problem(name, "nothing is known of it");
        return None;
    };
    let python = context.intent.python.version();
    if let Some(specifiers) = released.refuses(python) {
        findings.problem(
            name,
            format!(
                "{} does not support Python {python}: it says `{specifiers}`",
                released.version
            ),
        );
    }
    let mut package = package::locked(context, name, released, member, findings);
    if package
        .license
        .as_deref()
        .and_then(license_attribute)
        .is_none()
    {
        let note = format!(
            "{name}: its metadata does not tell its licence in a way that nixpkgs has a name for; `meta.license` is left out"
        );
        findings.notes.push(note);
    }
    package.extras.retain(|extra, _| {
        extra
            .parse()
            .is_ok_and(|extra| member.extras.contains(&extra))
    });
    Some(LockedThirdParty {
        description: one_line(released.summary.as_deref().unwrap_or_default(), name),
        homepage: released.homepage.clone().unwrap_or_default(),
        package,
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
