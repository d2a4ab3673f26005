//! Adding and removing commute, and cancel each other: byte for byte.

use super::made;
use crate::routes::assert_same;
use crate::sandbox::Sandbox;
use floxwright::tree::Tree;

/// What is added and removed, each by itself.
const THINGS: [&[&str]; 6] = [
    &["dagster-postgres"],
    &["dagster-postgres[aws]"],
    &["dagster-mysql"],
    &["dagster-dg-cli"],
    &["create-dagster"],
    &["--python", "pandas"],
];

/// Numbers that depend on the seed alone.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap_or(1)).unwrap_or_default()
    }
}

/// A part of the things, in some order.
fn part(numbers: &mut Numbers) -> Vec<&'static [&'static str]> {
    let mut rest = THINGS.to_vec();
    let count = 1 + numbers.below(3);
    (0..count)
        .map(|_| rest.remove(numbers.below(rest.len())))
        .collect()
}

fn run(sandbox: &Sandbox, verb: &str, things: &[&[&str]]) -> Tree {
    drop(
        sandbox
            .there(&[&[verb], things.concat().as_slice()].concat())
            .success(),
    );
    sandbox.files()
}

fn check(sandbox: &Sandbox, things: &[&'static [&'static str]]) {
    let what = format!("{things:?}");
    let before = sandbox.files();
    let with = run(sandbox, "add", things);
    assert_same(
        &before,
        &run(sandbox, "remove", things),
        &format!("{what}, added and removed"),
    );
    for thing in things.iter().rev() {
        run(sandbox, "add", &[thing]);
    }
    assert_same(
        &with,
        &sandbox.files(),
        &format!("{what}, one by one, the last first"),
    );
    for thing in things {
        run(sandbox, "remove", &[thing]);
    }
    assert_same(
        &before,
        &sandbox.files(),
        &format!("{what}, removed one by one"),
    );
}

/// How many parts are tried: more with `FLOXWRIGHT_PROOF=algebra`.
fn rounds() -> usize {
    if crate::proof::wanted("algebra") {
        60
    } else {
        2
    }
}

#[test]
fn what_is_added_and_removed_leaves_no_trace() {
    for layout in ["split", "single"] {
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for _ in 0..rounds() {
            let sandbox = made(&["--layout", layout]);
            check(&sandbox, &part(&mut numbers));
        }
    }
}

#[test]
fn the_same_holds_among_what_is_there_and_what_a_person_wrote() {
    let sandbox = made(&["--package", "dagster-dg-core,dagster-postgres"]);
    let list = "packages = [\n  # mine\n  \"dagster-postgres\", # for storage\n  \"dagster-dg-core\",\n  # more to come\n]";
    sandbox.edit(
        "floxwright.toml",
        "packages = [\"dagster-dg-core\", \"dagster-postgres\"]",
        list,
    );
    sandbox.edit("README.md", "\n## ", "\nA sentence of mine.\n\n## ");
    sandbox.edit("docs/DEPENDENCIES.md", "\n", "\n<!-- mine -->\n");
    sandbox.write("d/notes.txt", "mine");
    sandbox.write("d/.flox/pkgs/mine.nix", "{ hello }: hello\n");
    // The first run takes over that the list has another order.
    let mut numbers = Numbers(7);
    for _ in 0..rounds() {
        let things: Vec<_> = part(&mut numbers)
            .into_iter()
            .filter(|thing| **thing != ["dagster-postgres"])
            .collect();
        if !things.is_empty() {
            check(&sandbox, &things);
        }
    }
    assert!(sandbox.text("README.md").contains("A sentence of mine."));
    assert!(sandbox.text("floxwright.toml").contains(list));
}
