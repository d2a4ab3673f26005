//! `relax-sibling`: a pin among the packages of the release that is relaxed.

use crate::check::mend_list::without;
use crate::check::{Fate, Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "relax-sibling",
    severity: Severity::Medium,
    title: "a pin among the packages of one release is relaxed",
    text: Text {
        what: "`pythonRelaxDeps` names a package of the same monorepo.",
        why: "The packages of a release pin each other exactly because they only work together. The check of that pin is what notices that one of them was left behind in an update.",
        mend: "Take it out, and take both packages from one release.",
        example: "# acme and acme-core are of one monorepo\npname = \"acme\";\npythonRelaxDeps = [ \"acme-core\" ];",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        for one in &package.build.relaxes {
            let mut wanted = package.wanted.iter();
            let is_sibling =
                wanted.any(|wanted| wanted.fate == Fate::Sibling && wanted.is_called(&one.name));
            if !is_sibling {
                continue;
            }
            let finding = RULE
                .found(format!(
                    "`{}` relaxes `{}`, which is a package of the same release",
                    package.name, one.name
                ))
                .at(package.path, &one.range);
            let edit = without(package, &one.range).filter(|_| !one.is_conditional);
            found.push(match edit {
                Some(edit) => finding.mended_by(format!("take `{}` out", one.name), vec![edit]),
                None => finding.help("take it out"),
            });
        }
    }
    found
}
