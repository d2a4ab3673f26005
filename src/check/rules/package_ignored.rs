//! `package-ignored`: a package's file that Flox does not see.

use crate::check::listing::listing;
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::tree::{Kind, RelPath};

pub(super) static RULE: Rule = Rule {
    id: "package-ignored",
    severity: Severity::Critical,
    title: "a package's file is one that Flox does not see",
    text: Text {
        what: "A Nix file below `.flox/pkgs` has a name that ends in `flake.nix`, is a link, or is ignored by git, as what lies in a directory called `lib`, `run`, `log` or `cache` is by the `.flox/.gitignore` that Flox writes.",
        why: "Flox lists packages by the names of their files and takes what git tracks. It says nothing of a file that it passes over: the package is just not there.",
        mend: "Call the file `NAME/default.nix`, put it elsewhere, or track it with `git add --force`.",
        example: "# .flox/pkgs/acme-snowflake.nix\n{ python313Packages }: python313Packages.buildPythonPackage { }",
    },
    run,
};

/// Where packages stand.
const PACKAGES: &str = ".flox/pkgs/";

/// Names that the ignore file of Flox hides at any depth.
const HIDDEN: [&str; 4] = ["cache", "lib", "log", "run"];

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let files = &repository.survey.files;
    let mut found = Vec::new();
    for path in listing(files).flakes {
        let stem = path.as_str().strip_suffix(".nix").unwrap_or_default();
        let finding = RULE
            .found(format!(
                "Flox sees no package in `{}`: it takes a file whose name ends in `flake.nix` for a flake",
                path.name()
            ))
            .of(path);
        let mend = format!("mkdir -p {stem} && git mv {path} {stem}/default.nix");
        found.push(finding.help(mend));
    }
    for (path, kind) in &repository.survey.others {
        if *kind == Kind::Link && path.as_str().starts_with(PACKAGES) {
            let finding = RULE
                .found(format!("Flox does not follow the link `{}`", path.name()))
                .of(path);
            found.push(finding.help("put the file itself in its place"));
        }
    }
    found.extend(ignored(repository));
    found
}

/// What git ignores. Where there is no git, the names tell.
fn ignored(repository: &Repository<'_>) -> Vec<Finding> {
    let files = repository.survey.files.paths();
    let packages =
        files.filter(|path| path.as_str().starts_with(PACKAGES) && path.extension() == Some("nix"));
    let is_ignored = |path: &&RelPath| match &repository.found.git {
        Some(git) => git.ignored.iter().any(|ignored| holds(ignored, path)),
        None => false,
    };
    packages
        .filter(is_ignored)
        .map(|path| {
            let hidden = path.components().find(|part| HIDDEN.contains(part));
            let message = match hidden {
                Some(name) => format!(
                    "git ignores this file, as everything below a directory `{name}` in `.flox`: Flox does not see it"
                ),
                None => "git ignores this file: Flox does not see it".to_owned(),
            };
            let finding = RULE.found(message).of(path);
            finding.help(format!("git add --force {path}"))
        })
        .collect()
}

/// Whether a file is the one that is named, or lies below it.
fn holds(ignored: &RelPath, path: &RelPath) -> bool {
    let rest = path.as_str().strip_prefix(ignored.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
