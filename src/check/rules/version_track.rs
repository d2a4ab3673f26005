//! `version-track`: a version that is not the package's own at the release.

use crate::check::{Finding, Package, Repository, Rule, Severity, Text};
use crate::nix::nix_string;

pub(super) static RULE: Rule = Rule {
    id: "version-track",
    severity: Severity::High,
    title: "a package's version is not its own at the release",
    text: Text {
        what: "A package says another version than the one that it has in the packaged release. Packages of one monorepo may be numbered on tracks of their own.",
        why: "nixpkgs compares the version with the metadata of what was built and ends the build where they differ. An older nixpkgs does not, and then the package is published under a version that it does not have.",
        mend: "Write the package's own version.",
        example: "# at the release 1.12.0 this package is 0.28.0\npname = \"acme-postgres\";\nversion = \"1.12.0\";",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let Some(released) = package.released else {
            continue;
        };
        let own = released.version.to_string();
        let Some(said) = &package.build.version else {
            found.extend(taken(package, &own, repository));
            continue;
        };
        let is_same = said
            .value
            .parse()
            .is_ok_and(|said: crate::python::Version| said == released.version);
        if is_same {
            continue;
        }
        let release = &repository.subject.release;
        let finding = RULE
            .found(format!(
                "`{}` says version `{}`, and at {release} it is `{own}`",
                package.name, said.value
            ))
            .at(package.path, &said.range);
        let finding = if own == *release {
            finding
        } else {
            finding.note(format!(
                "`{}` is numbered on a track of its own",
                package.name
            ))
        };
        let written = package
            .read
            .text
            .get(said.range.clone())
            .unwrap_or_default();
        let is_plain =
            written.starts_with('"') && !written.contains("${") && package.owns(&said.range);
        found.push(if is_plain {
            let place = package.place(&said.range);
            finding.mended(format!("write `{own}`"), place, nix_string(&own))
        } else {
            finding.help(format!("write `version = {};` for it", nix_string(&own)))
        });
    }
    found
}

/// A version that is the release's, by the file of the release that floxwright makes: right for the packages of the core alone.
fn taken(package: &Package<'_>, own: &str, repository: &Repository<'_>) -> Option<Finding> {
    let entry = package.build.attribute("version")?;
    let written = package.read.text.get(entry.range.clone())?;
    let words: String = written.split_whitespace().collect();
    let is_release = matches!(
        words.as_str(),
        "version=release.version;" | "inherit(release)version;"
    );
    let release = &repository.subject.release;
    let is_read = package.read.text.contains("release.json");
    if !is_release || !is_read || own == release {
        return None;
    }
    let message = format!(
        "`{}` says the version of the release, {release}, and there it is `{own}`",
        package.name
    );
    let finding = RULE.found(message).at(package.path, &entry.range);
    let finding = finding.note(format!(
        "`{}` is numbered on a track of its own",
        package.name
    ));
    Some(finding.help(format!("write `version = {};` for it", nix_string(own))))
}
