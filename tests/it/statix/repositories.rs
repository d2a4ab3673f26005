//! The rules over what is generated.

#![expect(
    clippy::unwrap_used,
    reason = "a repository that is not made ends the test"
)]

use super::{Finding, findings};
use crate::distributions::{OVERRIDES, made};
use crate::proof::REPOSITORIES;
use floxwright::generate::BASE;
use floxwright::nixpkgs::Index;
use floxwright::scaffold::{Scaffold, built_in};
use floxwright::tree::{RelPath, Tree};

/// Where nothing has been chosen that only an answers file can say.
const NO_TABLES: &str = "";

/// Packages as a person may want them changed.
const TABLES: &str = r#"
[package.dagster]
relax = ["rich", "pytz"]
extra-dependencies = ["boto3"]
remove-dependencies = ["toposort"]
"#;

#[test]
fn statix_has_nothing_to_say_about_what_is_generated() {
    let index = Index::built_in().unwrap();
    for (name, arguments) in REPOSITORIES {
        let named = arguments.iter().position(|word| *word == "--scaffold");
        let scaffold = load(named.map_or("dagster", |at| arguments[at + 1]));
        let tree = made(&scaffold, &index, arguments, NO_TABLES);
        assert_silent(name, &tree);
    }
}

#[test]
fn nor_about_what_an_answers_file_changes() {
    let (scaffold, index) = carried();
    for layout in ["split", "single"] {
        let tables = format!("{TABLES}{OVERRIDES}");
        let tree = made(&scaffold, &index, &["--layout", layout], &tables);
        for name in ["tabulate", "click", "ruff", "orjson"] {
            let named = format!("pname = \"{name}\"");
            let there = nix_files(&tree).any(|(_, text)| text.contains(&named));
            assert!(there, "{layout}: {name} is in no file");
        }
        assert_silent(layout, &tree);
    }
}

/// What the program carries: the scaffold, and what is known of nixpkgs.
fn carried() -> (Scaffold, Index) {
    (load("dagster"), Index::built_in().unwrap())
}

fn load(name: &str) -> Scaffold {
    Scaffold::load(name, &built_in(name).unwrap()).unwrap()
}

/// The Nix files of a repository. Its base holds the same files once more.
fn nix_files(tree: &Tree) -> impl Iterator<Item = (&RelPath, &str)> {
    tree.iter()
        .filter(|(path, _)| path.extension() == Some("nix") && !path.as_str().starts_with(BASE))
        .map(|(path, file)| (path, std::str::from_utf8(&file.bytes).unwrap()))
}

/// No rule finds anything in any Nix file of the repository.
fn assert_silent(repository: &str, tree: &Tree) {
    assert!(
        nix_files(tree).next().is_some(),
        "{repository} has no Nix files"
    );
    let found: Vec<String> = nix_files(tree)
        .flat_map(|(path, text)| {
            let place = move |finding: Finding| format!("{repository}/{path}:{finding}");
            findings(text).into_iter().map(place)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
