//! `requirement-replaced`: another package stands in for a requirement, and the metadata still asks for it.

use crate::check::mend::entry;
use crate::check::{Edit, Fate, Finding, Package, Repository, Rule, Severity, Text, Wanted};
use crate::nix::nix_string;
use crate::recipe::Format;

pub(super) static RULE: Rule = Rule {
    id: "requirement-replaced",
    severity: Severity::High,
    title: "a requirement is replaced, and the metadata still asks for it",
    text: Text {
        what: "The file takes another package in place of a required distribution, such as `psycopg2` for `psycopg2-binary`, and does not remove the requirement from the metadata.",
        why: "nixpkgs compares the metadata with what is there by name, and ends the build: `psycopg2-binary not installed`. Newer versions of nixpkgs have a package of that name, older ones do not.",
        mend: "Remove the requirement in `pythonRemoveDeps`. That is right with every nixpkgs.",
        example: "# the release requires psycopg2-binary\ndependencies = with python313Packages; [ psycopg2 ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let format = package.build.format.as_ref().map(|said| &said.value);
        let is_compared = format == Some(&Format::Pyproject(true))
            && package.build.attribute("dontCheckRuntimeDeps").is_none();
        if !is_compared || !package.build.unread.is_empty() {
            continue;
        }
        for wanted in package
            .wanted
            .iter()
            .filter(|one| one.fate == Fate::StandIn)
        {
            let name = wanted.requirement.name();
            let mut named = package.named();
            let has_own = named.any(|(_, other)| other.parse().ok().as_ref() == Some(name));
            let mut removes = package.build.removes.iter();
            let is_removed = removes.any(|one| one.name == "*" || wanted.is_called(&one.name));
            if package.names(wanted) && !has_own && !is_removed {
                found.push(kept(package, wanted));
            }
        }
    }
    found
}

fn kept(package: &Package<'_>, wanted: &Wanted<'_>) -> Finding {
    let spelling = wanted.requirement.spelling();
    let named = package.named().find(|(_, name)| wanted.is_called(name));
    let place = named.map_or_else(|| package.head(), |(named, _)| named.range.clone());
    let finding = RULE
        .found(format!(
            "`{}` takes `{}` for `{spelling}`, which its metadata still asks for",
            package.name, wanted.attribute
        ))
        .at(package.path, &place);
    let item = nix_string(spelling);
    let edit = match package.build.attribute("pythonRemoveDeps") {
        None => {
            let text = format!("pythonRemoveDeps = [ {item} ];");
            entry(package.path, package.read, package.build, &text)
        }
        Some(attribute) => {
            let written = package
                .read
                .text
                .get(attribute.range.clone())
                .unwrap_or_default();
            let end = attribute.range.start + written.trim_end_matches(';').trim_end().len();
            let is_list = written.trim_end_matches(';').trim_end().ends_with(']');
            is_list.then(|| Edit {
                place: package.place(&(end..end)),
                text: format!(" ++ [ {item} ]"),
            })
        }
    };
    match edit {
        Some(edit) => {
            finding.mended_by(format!("remove `{spelling}` from the metadata"), vec![edit])
        }
        None => finding.help(format!("add `{spelling}` to `pythonRemoveDeps`")),
    }
}
