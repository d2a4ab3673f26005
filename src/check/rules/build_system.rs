//! `build-system`: a package that is not built by what its release says.

use crate::check::mend::{backends, entry, set_of};
use crate::check::{Finding, Package, Repository, Rule, Severity, Text};
use crate::nix::nix_attr;
use crate::recipe::Format;

pub(super) static RULE: Rule = Rule {
    id: "build-system",
    severity: Severity::Critical,
    title: "a package lacks the build backend of its release",
    text: Text {
        what: "The release's `pyproject.toml` names a build backend, or an older release means setuptools, and `build-system` does not have it.",
        why: "The build runs the backend that the project names. Without it the build ends at its first step: `Backend 'hatchling.build' is not available`.",
        mend: "Write what the release names. It changes between releases: look again with each update.",
        example: "# since 1.12.16 it is hatchling\npyproject = true;\nbuild-system = [ python313Packages.setuptools ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let format = package.build.format.as_ref().map(|said| &said.value);
        if package.released.is_none() || format != Some(&Format::Pyproject(true)) {
            continue;
        }
        // What cannot be read may have it.
        if package.build.is_open || !package.build.unread.is_empty() {
            continue;
        }
        let wanted = backends(package.build, repository);
        let has = |name: &String| package.build.tools.iter().any(|tool| tool.name == *name);
        let missing: Vec<&String> = wanted.iter().filter(|name| !has(name)).collect();
        if !missing.is_empty() {
            found.push(lacking(package, &missing, &wanted, repository));
        }
    }
    found
}

fn lacking(
    package: &Package<'_>,
    missing: &[&String],
    wanted: &[String],
    repository: &Repository<'_>,
) -> Finding {
    let build = package.build;
    let missing: Vec<&str> = missing.iter().map(|name| name.as_str()).collect();
    let there = build.attribute("build-system");
    let place = there.map_or_else(
        || package.head(),
        |attribute| attribute.range.start..attribute.range.start + attribute.name.len(),
    );
    let finding = RULE
        .found(format!(
            "`{}` is built with {} at {}, and its `build-system` lacks that",
            package.name,
            missing.join(", "),
            repository.subject.release
        ))
        .at(package.path, &place);
    let set = set_of(build);
    let words = wanted.iter().map(|name| match set {
        Some(set) => format!("{set}.{}", nix_attr(name)),
        None => nix_attr(name),
    });
    let text = format!(
        "build-system = [ {} ];",
        words.collect::<Vec<_>>().join(" ")
    );
    let edit = match (there, set) {
        (_, None) => None,
        (Some(there), _) => Some(crate::check::Edit {
            place: package.place(&there.range),
            text: text.clone(),
        })
        .filter(|_| package.owns(&there.range) && !package.is_inherited(there)),
        (None, _) => entry(package.path, package.read, build, &text),
    };
    match edit {
        Some(edit) => finding.mended_by(format!("write {}", wanted.join(", ")), vec![edit]),
        None => finding.help(format!("write `{text}`")),
    }
}
