//! `adopt`: repositories that were made by hand, each of its own shape.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

mod after;
mod infer;
mod lost;
mod refused;
mod shapes;

use crate::sandbox::{Done, Sandbox};
use floxwright::tree::Tree;

/// The repositories, after the snippets of people's own reports: packages in files of their own, one file for everything, both at
/// once, and one in which much cannot go along.
pub(super) const FIXTURES: [(&str, &str); 4] = [
    ("split", include_str!("fixtures/split.txt")),
    ("closure", include_str!("fixtures/closure.txt")),
    ("both", include_str!("fixtures/both.txt")),
    ("awkward", include_str!("fixtures/awkward.txt")),
];

/// The files of a fixture.
pub(super) fn files(name: &str) -> Tree {
    let (_, text) = FIXTURES.iter().find(|(known, _)| *known == name).unwrap();
    Tree::from_fixture(text).unwrap()
}

/// Surroundings with these files in the repository `d`, all of them committed.
pub(super) fn handmade(tree: &Tree) -> Sandbox {
    let sandbox = Sandbox::new();
    for (path, file) in tree.iter() {
        sandbox.write(&format!("d/{path}"), &file.bytes);
    }
    sandbox.write("d/.git-keeps-it", "");
    sandbox.git("d", &["init", "--quiet", "--initial-branch", "main"]);
    commit(&sandbox);
    sandbox
}

/// Commits everything that is in `d`.
pub(super) fn commit(sandbox: &Sandbox) {
    sandbox.git("d", &["add", "--all", "--force"]);
    sandbox.git(
        "d",
        &[
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "As it was",
        ],
    );
}

/// Runs `adopt` in the repository `d`.
fn adopt(sandbox: &Sandbox, arguments: &[&str]) -> Done {
    sandbox.run(&[&["-C", "d", "adopt"], arguments].concat())
}

/// The files of the repository `d`, without what a run keeps for itself.
fn tree(sandbox: &Sandbox) -> Tree {
    let files = sandbox.tree("d").into_iter();
    files
        .filter(|(path, _)| !path.as_str().starts_with(".floxwright/run/"))
        .collect()
}
