//! `source-path`: a package that is built from another directory than its own.

use crate::check::{Finding, Package, Repository, Rule, Severity, Text};
use crate::recipe::SourceText;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "source-path",
    severity: Severity::High,
    title: "a package is built from a directory that is not its own",
    text: Text {
        what: "`sourceRoot`, or the path behind the source, names another directory of the monorepo than the one that holds the package.",
        why: "The build ends because there is no such directory, or another package is built under this one's name.",
        mend: "Write the directory that holds the package.",
        example: "# it stands in python/libraries/acme-core\npname = \"acme-core\";\nsourceRoot = \"${acme-src.name}/python/acme-core\";",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let Some(fact) = repository.scaffold.catalogue.packages.get(&package.name) else {
            continue;
        };
        let Some((said, range)) = said(package) else {
            continue;
        };
        if said == fact.path || fact.path.is_empty() {
            continue;
        }
        let finding = RULE
            .found(format!(
                "`{}` stands in `{}`, and not in `{said}`",
                package.name, fact.path
            ))
            .at(package.path, &range);
        let written = package.read.text.get(range.clone()).unwrap_or_default();
        let at = written.find(said.as_str()).filter(|_| package.owns(&range));
        found.push(match at {
            Some(at) => {
                let start = range.start + at;
                let place = package.place(&(start..start + said.len()));
                finding.mended(format!("write `{}`", fact.path), place, &fact.path)
            }
            None => finding.help(format!("write `{}`", fact.path)),
        });
    }
    found
}

/// The directory of the monorepo that the file names, and where.
fn said(package: &Package<'_>) -> Option<(String, Range<usize>)> {
    let clean = |path: &str| path.trim_matches('/').to_owned();
    if let Some(root) = &package.build.source_root {
        let path = match root.value.strip_prefix("${") {
            Some(rest) => rest.split_once('}')?.1,
            None => root.value.strip_prefix("source/")?,
        };
        let is_plain = !path.contains("${") && !path.is_empty();
        return is_plain.then(|| (clean(path), root.range.clone()));
    }
    let source = package.build.source.as_ref()?;
    match &source.value {
        SourceText::Named(_, Some(path)) if !path.contains("${") && !path.is_empty() => {
            Some((clean(path), source.range.clone()))
        }
        _ => None,
    }
}
