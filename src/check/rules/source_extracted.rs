//! `source-extracted`: a directory of the monorepo that is copied by a command.

use crate::check::{Edit, Finding, Package, Repository, Rule, Severity, Text};
use crate::recipe::SourceText;

pub(super) static RULE: Rule = Rule {
    id: "source-extracted",
    severity: Severity::Low,
    title: "a command copies the package's directory out of the source",
    text: Text {
        what: "`src` is a `runCommand` that copies a directory out of the fetched monorepo.",
        why: "It is one more derivation for each package, it loses the source's name and tag, and nixpkgs has an attribute for it.",
        mend: "Take the monorepo as `src` and name the directory in `sourceRoot`.",
        example: "src = runCommand \"acme-source\" { } ''\n  cp -r ${acme-src}/python/acme $out\n'';",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let Some(source) = &package.build.source else {
            continue;
        };
        if source.value != SourceText::Extracted {
            continue;
        }
        let finding = RULE
            .found(format!(
                "the directory of `{}` is copied by a command",
                package.name
            ))
            .at(package.path, &source.range);
        let edit = package
            .owns(&source.range)
            .then(|| named(package))
            .flatten();
        found.push(match edit {
            Some(edit) => finding.mended_by("name the directory in `sourceRoot`", vec![edit]),
            None => {
                finding.help("take the source as `src`, and name the directory in `sourceRoot`")
            }
        });
    }
    found
}

/// The source with its directory named, where the command does nothing but copy.
fn named(package: &Package<'_>) -> Option<Edit> {
    if package.build.source_root.is_some() {
        return None;
    }
    let place = &package.build.source.as_ref()?.range;
    let written = package.read.text.get(place.clone())?;
    let (_, script) = written.split_once("''")?;
    let script = script.rsplit_once("''")?.0;
    let mut copied = None;
    for line in script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["cp", flags @ .., from, "$out" | "\"$out\""]
                if flags.iter().all(|flag| flag.starts_with('-')) =>
            {
                copied = Some(*from);
            }
            ["chmod", ..] => {}
            _ => return None,
        }
    }
    let from = copied?.trim_matches('"').strip_prefix("${")?;
    let (source, directory) = from.split_once("}/")?;
    let directory = directory.trim_end_matches("/.").trim_end_matches('/');
    let is_name = source
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if !is_name || directory.contains(['$', '*']) {
        return None;
    }
    let text = &package.read.text;
    let before = text.get(..place.start)?;
    let line = before.rsplit('\n').next()?;
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    Some(Edit {
        place: package.place(place),
        text: format!("{source};\n{indent}sourceRoot = \"${{{source}.name}}/{directory}\""),
    })
}
