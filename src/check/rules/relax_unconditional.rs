//! `relax-unconditional`: a bound that is relaxed whatever nixpkgs has.

use crate::check::mend_list::{lib, relaxation, without};
use crate::check::{Edit, Fate, Finding, Package, Repository, Rule, Severity, Text, Wanted};
use crate::python::upper_bound;
use crate::recipe::Relaxed;

pub(super) static RULE: Rule = Rule {
    id: "relax-unconditional",
    severity: Severity::Low,
    title: "an upper bound is relaxed whatever nixpkgs has",
    text: Text {
        what: "`pythonRelaxDeps` names a requirement with an upper bound, without a condition, or is `true`.",
        why: "The bound is gone for good: where nixpkgs is within it, and where a later release moves it, nobody hears of it. `true` drops the pins among the packages of the release as well.",
        mend: "Let Nix decide: `lib.optional (lib.versionAtLeast protobuf.version \"7\") \"protobuf\"` relaxes it only where nixpkgs is past the bound. What is to be relaxed in any case stands under `relax` of the package in `floxwright.toml`.",
        example: "pythonRelaxDeps = [ \"protobuf\" ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let tweaks = repository.subject.tables.tweaks.get(&package.name);
        for one in package
            .build
            .relaxes
            .iter()
            .filter(|one| !one.is_conditional)
        {
            if one.name == "*" {
                let finding = RULE
                    .found(format!("every bound of `{}` is relaxed", package.name))
                    .at(package.path, &one.range)
                    .help("name the requirements that nixpkgs is past, each with its condition");
                found.push(finding);
                continue;
            }
            let is_asked = tweaks.is_some_and(|tweaks| tweaks.relax.contains(&one.name));
            let mut wanted = package.wanted.iter();
            let wanted =
                wanted.find(|wanted| wanted.is_called(&one.name) && wanted.fate == Fate::Nixpkgs);
            let Some(wanted) = wanted.filter(|_| !is_asked) else {
                continue;
            };
            if upper_bound(wanted.requirement).is_some() && is_plain(package, one) {
                found.push(unconditional(package, one, wanted));
            }
        }
    }
    found
}

/// Whether the text itself is meant, and not one that it is put together from.
fn is_plain(package: &Package<'_>, one: &Relaxed) -> bool {
    let written = package.read.text.get(one.range.clone());
    written.is_some_and(|written| written.starts_with('"'))
}

fn unconditional(package: &Package<'_>, one: &Relaxed, wanted: &Wanted<'_>) -> Finding {
    let finding = RULE
        .found(format!("`{}` is relaxed whatever nixpkgs has", one.name))
        .at(package.path, &one.range)
        .note(format!("the release says `{}`", wanted.requirement.raw()));
    match condition(package, one, wanted) {
        Some(edits) => finding.mended_by("relax it only where nixpkgs is past the bound", edits),
        None => finding.help("relax it under a condition"),
    }
}

/// The item goes out of its list, and comes behind it under its condition.
fn condition(package: &Package<'_>, one: &Relaxed, wanted: &Wanted<'_>) -> Option<Vec<Edit>> {
    let attribute = package.build.attribute("pythonRelaxDeps")?;
    let text = &package.read.text;
    let written = text.get(attribute.range.clone())?;
    let value = written.split_once('=')?.1.trim_end_matches(';').trim();
    let end = attribute.range.start + written.trim_end_matches(';').trim_end().len();
    let item = relaxation(package, wanted)?;
    let mut edits = Vec::new();
    if value.starts_with('[') && value.ends_with(']') && value.matches('"').count() == 2 {
        edits.push(Edit {
            place: package.place(&(end - value.len()..end)),
            text: item,
        });
    } else if value.starts_with('[') || value.starts_with("with ") {
        edits.push(without(package, &one.range)?);
        edits.push(Edit {
            place: package.place(&(end..end)),
            text: format!(" ++ {item}"),
        });
    } else {
        return None;
    }
    edits.extend(lib(package)?);
    Some(edits)
}
