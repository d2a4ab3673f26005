//! The repositories in `examples/`, kept equal to what the program makes of the answers beside them. `BLESS=1` writes them.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "these tests read and write the examples, and end when their tools fail"
)]

use crate::project;
use crate::sandbox::{Sandbox, new_yes};
use floxwright::disk::read_tree;
use floxwright::generate::BASE;
use floxwright::tree::{Mode, Tree};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The examples: a directory with `answers.toml`, and the repository in `out/`.
const EXAMPLES: [&str; 2] = ["split", "single"];

#[test]
fn they_are_what_the_program_makes() {
    for example in EXAMPLES {
        let directory = project::root().join("examples").join(example);
        let answers = directory.join("answers.toml");
        let sandbox = Sandbox::new();
        let arguments = ["--answers", answers.to_str().unwrap()];
        drop(sandbox.run(&new_yes("dagster-build", &arguments)).success());
        let made = without_base(&sandbox.tree("dagster-build"));
        let out = directory.join("out");
        if std::env::var("BLESS").is_ok() {
            write(&made, &out);
        }
        let kept = read_tree(&out).unwrap();
        let paths = |tree: &Tree| tree.paths().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            paths(&kept),
            paths(&made),
            "examples/{example}: BLESS=1 cargo test examples writes it"
        );
        for (path, file) in made.iter() {
            assert!(
                kept.get(path) == Some(file),
                "examples/{example}/out/{path}: BLESS=1 cargo test examples writes it"
            );
        }
    }
}

/// The base repeats the other files; a reader of the examples need not see them twice.
fn without_base(tree: &Tree) -> Tree {
    let base = format!("{BASE}/");
    let own = tree
        .iter()
        .filter(|(path, _)| !path.as_str().starts_with(&base));
    own.map(|(path, file)| (path.clone(), file.clone()))
        .collect()
}

fn write(tree: &Tree, directory: &Path) {
    let _ = fs::remove_dir_all(directory);
    for (path, file) in tree.iter() {
        let place = directory.join(path.as_str());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, &file.bytes).unwrap();
        let mode = if file.mode == Mode::Executable {
            0o755
        } else {
            0o644
        };
        fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
    }
}
