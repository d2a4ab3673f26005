//! Bad input and bad surroundings: one clear error, and nothing changes.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]

use super::made;
use crate::sandbox::Sandbox;
use std::fs;

const ADD: [&str; 2] = ["add", "dagster-postgres"];

#[test]
fn what_cannot_be_is_said_before_anything_happens() {
    let sandbox = made(&[]);
    for (arguments, code, parts) in [
        (
            &["add", "dagster-postgress"][..],
            2,
            &["there is no package `dagster-postgress`; did you mean `dagster-postgres`?"][..],
        ),
        (
            &["add", "dagster-postgres[awss]"],
            2,
            &["has no extra `awss`", "aws"],
        ),
        (&["add", "a b"], 2, &["`a b`"]),
        (
            &["add", "dagster-postgres["],
            2,
            &["write `name` or `name[extra,…]`"],
        ),
        (
            &["add", "--category", "nope"],
            2,
            &["there is no category `nope`: there are"],
        ),
        (
            &["add", "--override", "click"],
            2,
            &["`click` names no version; write `NAME==VERSION`"],
        ),
        (
            &["add", "--override", "click==x y"],
            2,
            &["`x y` is not a version"],
        ),
        (&["add", "--python", "-"], 2, &["`--python`: "]),
        (
            &["add", "a b", "--override", "c", "--python", "="],
            2,
            &["`a b`", "`--override`", "`--python`"],
        ),
        (
            &["add", "--missing", "maybe"],
            2,
            &["invalid value 'maybe'"],
        ),
        (&["remove", "a b"], 2, &["`a b`"]),
        (&["abort"], 1, &["no command has left conflicts here"]),
    ] {
        let done = sandbox.nothing_changes(arguments).exit(code).says(parts);
        assert_eq!(done.stdout, "", "{arguments:?}");
        assert!(!sandbox.path("d/.floxwright/run").exists(), "{arguments:?}");
    }
}

#[test]
fn outside_a_repository_the_nearest_is_named() {
    let sandbox = made(&[]);
    for command in [
        &ADD[..],
        &["remove", "x"],
        &["undo"],
        &["continue"],
        &["abort"],
    ] {
        drop(sandbox.run(command).exit(1).says(&[
            "is not in a repository of floxwright",
            "there is one in `d`; `-C DIR` works there",
        ]));
    }
    let empty = Sandbox::new();
    drop(
        empty
            .run(&ADD)
            .exit(1)
            .says(&["`floxwright new DIR` makes one"]),
    );
    // A git repository is a border.
    fs::create_dir_all(sandbox.path("d/inner/.git")).unwrap();
    drop(
        sandbox
            .run(&["-C", "d/inner", "add", "dagster-postgres"])
            .exit(1),
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn files_that_cannot_be_understood_are_named() {
    for (path, from, to, code, parts) in [
        (
            "floxwright.lock",
            "schema = 1",
            "schema = 2",
            1,
            &[
                "it has schema 2, and this program reads schema 1",
                "a newer one",
            ][..],
        ),
        (
            "floxwright.lock",
            "schema = 1",
            "schema = ",
            1,
            &["`floxwright.lock` cannot be read", "git checkout"],
        ),
        (
            "floxwright.lock",
            "scaffold = \"dagster\"",
            "scaffold = 3",
            1,
            &["`floxwright.lock` cannot be read"],
        ),
        (
            "floxwright.lock",
            "schema = 1",
            "<<<<<<< a\nschema = 1\n=======\nschema = 1\n>>>>>>> b",
            3,
            &[
                "`floxwright.lock` holds the markers of a conflict",
                "`floxwright sync` makes it anew",
            ],
        ),
        (
            "floxwright.toml",
            "schema = 1",
            "<<<<<<< a\nschema = 1\n=======\nschema = 1\n>>>>>>> b",
            3,
            &["`floxwright.toml` holds the markers of a conflict"],
        ),
        (
            "floxwright.toml",
            "layout = \"split\"",
            "layout = \"nested\"",
            2,
            &["floxwright.toml:", "`nested` is not one of split, single"],
        ),
        (
            "floxwright.toml",
            "layout = ",
            "layuot = ",
            2,
            &["did you mean `build.layout`?"],
        ),
        (
            "floxwright.toml",
            "schema = 1",
            "schema = ",
            2,
            &["it is not TOML", "floxwright.toml:2"],
        ),
        (
            "floxwright.toml",
            "scaffold = \"dagster\"",
            "scaffold = \"other\"",
            2,
            &["there is no scaffold `other`"],
        ),
        (
            "README.md",
            "\n",
            "\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
            3,
            &[
                "`README.md` holds the markers of a conflict",
                "floxwright continue",
            ],
        ),
    ] {
        let sandbox = made(&[]);
        sandbox.edit(path, from, to);
        drop(sandbox.nothing_changes(&ADD).exit(code).says(parts));
    }
    let sandbox = made(&[]);
    sandbox.write("d/README.md.floxwright-new", "new");
    drop(
        sandbox
            .nothing_changes(&ADD)
            .exit(3)
            .says(&["`README.md.floxwright-new` waits for a decision"]),
    );
}

#[test]
fn links_and_directories_in_the_way_are_named_and_not_followed() {
    let link = |from: &str, to: &str, sandbox: &Sandbox| {
        std::os::unix::fs::symlink(sandbox.path(from), sandbox.path(to)).unwrap();
    };
    let sandbox = made(&[]);
    fs::rename(sandbox.path("d/docs"), sandbox.path("outside")).unwrap();
    link("outside", "d/docs", &sandbox);
    let before = sandbox.tree("outside");
    drop(sandbox.nothing_changes(&ADD).exit(1).says(&[
        "`docs` is a link",
        "`docs/BUILD_PATTERNS.md` would have to change",
    ]));
    assert!(sandbox.tree("outside") == before);

    let sandbox = made(&[]);
    fs::rename(sandbox.path("d/.floxwright"), sandbox.path("outside")).unwrap();
    link("outside", "d/.floxwright", &sandbox);
    drop(sandbox.nothing_changes(&ADD).exit(1));

    let sandbox = made(&[]);
    fs::rename(sandbox.path("d/README.md"), sandbox.path("outside.md")).unwrap();
    link("outside.md", "d/README.md", &sandbox);
    drop(sandbox.there(&ADD).exit(3).says(&[
        "conflict in `README.md`",
        "it is a link where floxwright makes a file",
    ]));
    assert!(
        !fs::read_to_string(sandbox.path("outside.md"))
            .unwrap()
            .contains("dagster-postgres")
    );
    assert!(
        sandbox
            .text("README.md.floxwright-new")
            .contains("dagster-postgres")
    );

    let sandbox = made(&[]);
    fs::remove_file(sandbox.path("d/floxwright.toml")).unwrap();
    fs::create_dir(sandbox.path("d/floxwright.toml")).unwrap();
    drop(
        sandbox
            .nothing_changes(&ADD)
            .exit(1)
            .says(&["`floxwright.toml` is a directory, and should be a file"]),
    );
}

#[test]
fn a_second_run_is_refused() {
    let sandbox = made(&[]);
    drop(sandbox.there(&["add", "dagster-mysql"]).success());
    let lock = fs::File::open(sandbox.path("d/.floxwright/run/lock")).unwrap();
    lock.lock().unwrap();
    for command in [&ADD[..], &["undo"]] {
        drop(
            sandbox
                .nothing_changes(command)
                .exit(6)
                .says(&["another run of floxwright is at work on", "hint: "]),
        );
    }
    // Looking is no work.
    drop(
        sandbox
            .nothing_changes(&["add", "dagster-postgres", "--dry-run"])
            .success(),
    );
    drop(lock);
    drop(sandbox.there(&ADD).success());
}

#[test]
fn a_lost_base_is_made_again() {
    let expected = made(&[]);
    drop(expected.there(&ADD).success());
    for damage in ["all", "one", "texts"] {
        let sandbox = made(&[]);
        let base = sandbox.path("d/.floxwright/base");
        match damage {
            "all" => fs::remove_dir_all(&base).unwrap(),
            "one" => fs::remove_file(base.join("README.md")).unwrap(),
            _ => fs::write(base.join("README.md"), "damaged").unwrap(),
        }
        drop(
            sandbox
                .there(&ADD)
                .success()
                .says(&["missing or changed; they have been made again"]),
        );
        assert!(sandbox.files() == expected.files(), "{damage}");
    }
    // An edit survives even then, for the text can be made again.
    let sandbox = made(&[]);
    sandbox.edit("README.md", "\n## ", "\nA sentence of mine.\n\n## ");
    fs::remove_dir_all(sandbox.path("d/.floxwright/base")).unwrap();
    drop(sandbox.there(&ADD).success());
    let text = sandbox.text("README.md");
    assert!(text.contains("A sentence of mine.") && text.contains("dagster-postgres"));
    // Where it cannot be made again, both are kept.
    let sandbox = made(&[]);
    sandbox.edit("README.md", "\n## ", "\nA sentence of mine.\n\n## ");
    fs::remove_dir_all(sandbox.path("d/.floxwright/base")).unwrap();
    sandbox.edit("floxwright.toml", "handle = \"\"", "handle = \"acme\"");
    drop(sandbox.there(&ADD).exit(3).says(&[
        "is lost, and cannot be made again",
        "conflict in `README.md`",
    ]));
    assert!(sandbox.text("README.md").contains("A sentence of mine."));
}

#[test]
fn a_missing_lock_is_made_anew() {
    let sandbox = made(&[]);
    fs::remove_file(sandbox.path("d/floxwright.lock")).unwrap();
    drop(
        sandbox
            .there(&ADD)
            .success()
            .says(&["there was no `floxwright.lock`"]),
    );
    let expected = made(&[]);
    drop(expected.there(&ADD).success());
    assert!(sandbox.files() == expected.files());
}

#[test]
fn other_templates_are_part_of_the_plan() {
    let sandbox = made(&[]);
    let digest = sandbox.text("floxwright.lock");
    let digest = digest.split("scaffold-digest = \"").nth(1).unwrap()[..8].to_owned();
    sandbox.edit("floxwright.lock", &digest, "00000000");
    drop(
        sandbox
            .there(&ADD)
            .success()
            .says(&["this floxwright has other templates or facts"]),
    );
}

#[test]
fn a_full_disk_leaves_all_as_it_was() {
    let made = made(&[]);
    let files = made.files();
    let limited = made.after_shell("ulimit -f 8");
    drop(
        limited
            .there(&ADD)
            .exit(1)
            .says(&["error: cannot ", "nothing was changed"]),
    );
    assert!(limited.files() == files);
    assert!(!limited.path("d/.floxwright/run/now").exists());
}
