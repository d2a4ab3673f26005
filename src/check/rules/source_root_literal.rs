//! `source-root-literal`: the name of the unpacked source, written out.

use crate::check::{Finding, Package, Repository, Rule, Severity, Text};
use crate::recipe::SourceText;

pub(super) static RULE: Rule = Rule {
    id: "source-root-literal",
    severity: Severity::Low,
    title: "`sourceRoot` writes the name of the source out",
    text: Text {
        what: "`sourceRoot` begins with `source/`.",
        why: "That is what fetchers call their result unless nixpkgs is configured otherwise: `fetchedSourceNameDefault` can be `versioned` or `full`, and then the directory is not there.",
        mend: "Ask the source for its name: `${src.name}/…`.",
        example: "src = acme-src;\nsourceRoot = \"source/python/acme\";",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let Some(root) = &package.build.source_root else {
            continue;
        };
        if root.value != "source" && !root.value.starts_with("source/") {
            continue;
        }
        let finding = RULE
            .found(format!(
                "`sourceRoot` of `{}` writes `source` out",
                package.name
            ))
            .at(package.path, &root.range);
        let written = package
            .read
            .text
            .get(root.range.clone())
            .unwrap_or_default();
        found.push(
            match name(package).filter(|_| written.starts_with("\"source")) {
                Some(name) => {
                    let start = root.range.start + 1;
                    let place = package.place(&(start..start + "source".len()));
                    finding.mended(
                        "ask the source for its name",
                        place,
                        format!("${{{name}.name}}"),
                    )
                }
                None => finding.help("ask the source for its name: `${src.name}`"),
            },
        );
    }
    found
}

/// What the file calls the source, where it is one name.
fn name(package: &Package<'_>) -> Option<String> {
    let source = package.build.source.as_ref()?;
    let written = package.read.text.get(source.range.clone())?;
    match &source.value {
        SourceText::Named(name, None) if written == name => Some(name.clone()),
        _ => None,
    }
}
