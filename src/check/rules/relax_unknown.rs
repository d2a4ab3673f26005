//! `relax-unknown`: a relaxed or removed name that the metadata does not have.

use crate::check::mend_list::without;
use crate::check::{Finding, Package, Repository, Rule, Severity, Text};
use crate::nix::nix_string;
use crate::recipe::Relaxed;

pub(super) static RULE: Rule = Rule {
    id: "relax-unknown",
    severity: Severity::Medium,
    title: "a relaxed or removed name is none of the release's metadata",
    text: Text {
        what: "`pythonRelaxDeps` or `pythonRemoveDeps` names a requirement that the release does not have, or spells it unlike the metadata.",
        why: "The hook looks for the text in the metadata and does nothing where it is not there. The bound that was to go is still there, or a name of an old release stays behind.",
        mend: "Spell it as the metadata does, or take it out.",
        example: "# the metadata says universal_pathlib\npythonRelaxDeps = [ \"universal-pathlib\" ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let Some(released) = package.released else {
            continue;
        };
        let build = package.build;
        let mut all = build.relaxes.iter().chain(&build.removes);
        for one in all.by_ref().filter(|one| one.name != "*") {
            let mut requires = released.requires.iter();
            let is_spelled = |spelling: &str| spelling.eq_ignore_ascii_case(&one.name);
            if requires.any(|wanted| is_spelled(wanted.spelling())) {
                continue;
            }
            let mut requires = released.requires.iter();
            let meant = one.name.parse().ok();
            let meant = meant.and_then(|name| requires.find(|wanted| *wanted.name() == name));
            found.push(match meant {
                Some(wanted) => misspelled(package, one, wanted.spelling()),
                None => unknown(package, one, repository),
            });
        }
    }
    found
}

fn misspelled(package: &Package<'_>, one: &Relaxed, spelling: &str) -> Finding {
    let message = format!("`{}` is spelled `{spelling}` in the metadata", one.name);
    let finding = RULE.found(message).at(package.path, &one.range);
    let title = format!("spell it `{spelling}`");
    if package.owns(&one.range) {
        return finding.mended(title, package.place(&one.range), nix_string(spelling));
    }
    finding.help(title)
}

fn unknown(package: &Package<'_>, one: &Relaxed, repository: &Repository<'_>) -> Finding {
    let finding = RULE
        .found(format!(
            "`{}` does not require `{}` at {}",
            package.name, one.name, repository.subject.release
        ))
        .at(package.path, &one.range);
    match without(package, &one.range).filter(|_| !one.is_conditional) {
        Some(edit) => finding.mended_by(format!("take `{}` out", one.name), vec![edit]),
        None => finding.help("take it out"),
    }
}
