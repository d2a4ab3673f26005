//! `source-incomplete`: a package from the monorepo that needs what only its sdist has.

use crate::check::mend::argument;
use crate::check::{Edit, Finding, Package, Repository, Rule, Severity, Text};
use crate::nix::nix_string;
use crate::recipe::SourceText;

pub(super) static RULE: Rule = Rule {
    id: "source-incomplete",
    severity: Severity::High,
    title: "the source lacks what only the sdist carries",
    text: Text {
        what: "A package is built from the monorepo's tree, and a part of it is only made when a release is packed: a web server's user interface.",
        why: "The package builds, its module is imported, its server starts, and every page is an error.",
        mend: "Take this one package from its sdist with `fetchPypi`.",
        example: "# the tree has no built web UI\npname = \"acme-webserver\";\nsrc = acme-src;",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let fact = repository.scaffold.catalogue.packages.get(&package.name);
        let Some(only) = fact.and_then(|fact| fact.sdist_only.as_ref()) else {
            continue;
        };
        let Some(source) = &package.build.source else {
            continue;
        };
        let call = package.read.text.get(package.build.range.clone());
        // Who names the directory brings it from elsewhere.
        let above = only
            .directory
            .rsplit_once('/')
            .map_or(only.directory.as_str(), |(above, _)| above);
        let mut lines = call.into_iter().flat_map(str::lines);
        let is_brought = lines.any(|line| line.contains(above) && !is_test(line));
        if is_brought || !is_tree(package, repository) {
            continue;
        }
        let because = only.because.trim_end_matches('.');
        let finding = RULE
            .found(format!(
                "`{}` is built from the monorepo's tree, which lacks `{}`",
                package.name, only.directory
            ))
            .at(package.path, &source.range)
            .note(because);
        found.push(match from_sdist(package) {
            Some(edits) => finding.mended_by("take it from its sdist", edits),
            None => finding.help("take it from its sdist, with `fetchPypi`"),
        });
    }
    found
}

/// Whether a line of shell only looks whether something is there.
fn is_test(line: &str) -> bool {
    line.contains("test -") || line.contains("[ -")
}

/// Whether the source is the monorepo, as far as the text says it.
fn is_tree(package: &Package<'_>, repository: &Repository<'_>) -> bool {
    let Some(source) = &package.build.source else {
        return false;
    };
    let fetches = &package.read.recipe.fetches;
    match &source.value {
        SourceText::Fetch(at) => fetches
            .get(*at)
            .is_some_and(|fetch| repository.is_source(fetch)),
        SourceText::Named(name, _) => repository.gives_source(name, &package.read.recipe),
        SourceText::Extracted => {
            let written = package
                .read
                .text
                .get(source.range.clone())
                .unwrap_or_default();
            let names = written.split("${").skip(1);
            let mut names = names.filter_map(|rest| rest.split(['}', '/']).next());
            names.any(|name| repository.gives_source(name, &package.read.recipe))
        }
        SourceText::Other => false,
    }
}

/// The sdist in place of the tree, and no directory of the tree any more.
fn from_sdist(package: &Package<'_>) -> Option<Vec<Edit>> {
    let released = package.released?;
    let sdist = released.sdist.as_ref()?;
    let source = package
        .build
        .source
        .as_ref()
        .filter(|source| package.owns(&source.range))?;
    let text = &package.read.text;
    let version = released.version.to_string();
    let name = sdist.file.strip_suffix(&format!("-{version}.tar.gz"))?;
    let line = text.get(..source.range.start)?.rsplit('\n').next()?;
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let said = [
        ("pname", name),
        ("version", &version),
        ("hash", &sdist.hash),
    ];
    let said = said.map(|(key, value)| format!("{indent}  {key} = {};\n", nix_string(value)));
    let mut edits = vec![Edit {
        place: package.place(&source.range),
        text: format!("fetchPypi {{\n{}{indent}}}", said.concat()),
    }];
    if let Some(root) = package.build.attribute("sourceRoot") {
        let start = text.get(..root.range.start)?.trim_end().len();
        edits.push(Edit {
            place: package.place(&(start..root.range.end)),
            text: String::new(),
        });
    }
    if !package.has_argument("fetchPypi") {
        edits.push(argument(package.path, package.read, "fetchPypi")?);
    }
    Some(edits)
}
