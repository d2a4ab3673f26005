//! What `add` and `remove` do to a repository, in both layouts.

use super::made;
use crate::routes::assert_same;
use crate::sandbox::{Sandbox, new_yes};

#[test]
fn adding_leads_where_new_leads() {
    for layout in ["split", "single"] {
        for package in [
            "dagster-postgres",
            "dagster-dg-cli",
            "dagster-postgres[aws]",
        ] {
            let sandbox = made(&["--layout", layout]);
            drop(sandbox.there(&["add", package]).success());
            let other = made(&["--layout", layout, "--package", package]);
            assert_same(&other.files(), &sandbox.files(), package);
        }
    }
    let sandbox = made(&[]);
    let flags = ["add", "--python", "pandas,pytest", "--missing", "fail"];
    drop(sandbox.there(&flags).success());
    let other = made(&["--with-python", "pytest,pandas", "--missing", "fail"]);
    assert_same(&other.files(), &sandbox.files(), "libraries");
}

#[test]
fn a_category_can_be_added_at_once() {
    let sandbox = made(&[]);
    drop(
        sandbox
            .there(&["add", "--category", "database,tools"])
            .success(),
    );
    let other = made(&["--package", "category:database,category:tools"]);
    assert_same(&other.files(), &sandbox.files(), "categories");
}

#[test]
fn everything_can_be_added_at_once_without_the_network() {
    for layout in ["split", "single"] {
        let sandbox = made(&["--layout", layout]);
        drop(sandbox.there(&["add", "--all"]).success());
        let other = made(&["--layout", layout, "--package", "all"]);
        assert_same(&other.files(), &sandbox.files(), layout);
    }
}

#[test]
fn what_has_to_be_read_and_cannot_be_leaves_all_as_it_was() {
    let sandbox = made(&[]);
    drop(
        sandbox
            .nothing_changes(&["add", "--override", "click==8.1.8"])
            .exit(1)
            .says(&["cannot be packaged", "hint: "]),
    );
}

#[test]
fn the_second_time_there_is_nothing_to_do() {
    let sandbox = made(&[]);
    let flags = [
        "add",
        "dagster-postgres[aws]",
        "dagster-dg-cli",
        "--python",
        "pandas",
    ];
    drop(sandbox.there(&flags).success());
    let done = sandbox.nothing_changes(&flags).success();
    assert!(done.stdout.contains("nothing to do"), "{}", done.stdout);
    let planned = sandbox
        .nothing_changes(&[&flags[..], &["--dry-run"]].concat())
        .success();
    assert_eq!(planned.stdout, "nothing to do\n");
}

#[test]
fn a_dry_run_says_what_would_happen_and_does_nothing() {
    let sandbox = made(&[]);
    let before = sandbox.entries();
    let planned = sandbox
        .there(&["add", "dagster-postgres", "--dry-run"])
        .success();
    assert!(
        planned
            .stdout
            .contains("+ .flox/pkgs/dagster-postgres.nix\n"),
        "{}",
        planned.stdout
    );
    let patch = sandbox
        .there(&["add", "dagster-postgres", "--diff"])
        .success();
    assert_eq!(sandbox.entries(), before);
    sandbox.write("patch", &patch.stdout);
    sandbox.git("d", &["apply", "../patch"]);
    let other = made(&[]);
    drop(other.there(&["add", "dagster-postgres"]).success());
    assert!(sandbox.files() == other.files());
}

#[test]
fn new_files_are_known_to_git_and_nothing_is_staged() {
    let sandbox = made(&[]);
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    let status = sandbox.git("d", &["status", "--porcelain"]);
    assert!(
        status.contains(" A .flox/pkgs/dagster-postgres.nix\n"),
        "{status}"
    );
    assert!(status.lines().all(|line| line.starts_with(' ')), "{status}");
    assert_eq!(sandbox.git("d", &["diff", "--cached"]), "");
    sandbox.git("d", &["commit", "--all", "--quiet", "--message", "x"]);
    assert_eq!(
        sandbox.git("d", &["status", "--porcelain", "--ignored"]),
        "!! .floxwright/run/\n"
    );
    assert_eq!(sandbox.git("d", &["fsck", "--strict", "--no-dangling"]), "");
}

#[test]
fn what_a_person_has_staged_stays_staged() {
    let sandbox = made(&[]);
    sandbox.edit("README.md", "# ", "# My ");
    sandbox.git("d", &["add", "README.md"]);
    let staged = sandbox.git("d", &["diff", "--cached"]);
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    assert_eq!(sandbox.git("d", &["diff", "--cached"]), staged);
    assert!(sandbox.text("README.md").starts_with("# My "));
}

#[test]
fn it_works_from_anywhere_inside_and_without_git() {
    let sandbox = Sandbox::new();
    drop(sandbox.run(&new_yes("d", &["--no-git"])).success());
    let done = sandbox
        .run(&["-C", "d/docs", "add", "dagster-postgres"])
        .success();
    assert!(done.stdout.contains("git init"), "{}", done.stdout);
    assert!(done.stdout.contains("cd "), "{}", done.stdout);
    let other = made(&[]);
    drop(other.there(&["add", "dagster-postgres"]).success());
    assert!(sandbox.files() == other.files());
}

#[test]
fn an_edited_intent_is_followed_and_its_comments_stay() {
    let sandbox = made(&[]);
    sandbox.edit(
        "floxwright.toml",
        "packages = []",
        "# mine\npackages = [\n  \"dagster-dg-cli\", # the tool\n]",
    );
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    let text = sandbox.text("floxwright.toml");
    assert!(
        text.contains(
            "# mine\npackages = [\n  \"dagster-dg-cli\", # the tool\n  \"dagster-postgres\",\n]"
        ),
        "{text}"
    );
    assert!(
        sandbox
            .files()
            .text(".flox/pkgs/dagster-dg-cli.nix")
            .is_some()
    );
}

#[test]
fn what_a_package_brings_along_comes_and_goes_with_it() {
    let sandbox = made(&[]);
    let before = sandbox.files();
    let done = sandbox.there(&["add", "dagster-dg-cli"]).success();
    assert!(done.stdout.contains("Came along: "), "{}", done.stdout);
    assert!(
        done.stdout.contains("dagster-dg-core 1.13.27, needed by "),
        "{}",
        done.stdout
    );
    let refused = sandbox
        .nothing_changes(&["remove", "dagster-dg-core"])
        .exit(2)
        .says(&[
            "`dagster-dg-core` cannot be removed: it is needed by",
            "`dagster-dg-cli`",
            "hint: ",
        ]);
    assert_eq!(refused.stdout, "");
    // Asked for by itself, it can be asked for no longer, and stays because of the other.
    let with = sandbox.files();
    drop(sandbox.there(&["add", "dagster-dg-core"]).success());
    let done = sandbox.there(&["remove", "dagster-dg-core"]).success();
    assert!(
        done.stderr.contains("still built: it is needed by"),
        "{}",
        done.stderr
    );
    assert_same(&with, &sandbox.files(), "asked for and no longer");
    drop(
        sandbox
            .there(&["remove", "dagster-dg-core,dagster-dg-cli"])
            .success(),
    );
    assert_same(&before, &sandbox.files(), "both together");
}

#[test]
fn extras_come_and_go_by_themselves() {
    let sandbox = made(&[]);
    let before = sandbox.files();
    drop(
        sandbox
            .there(&["add", "dagster-postgres[aws,gcp]"])
            .success(),
    );
    drop(
        sandbox
            .there(&["remove", "dagster-postgres[gcp]"])
            .success(),
    );
    assert!(
        sandbox
            .text("floxwright.toml")
            .contains("packages = [\"dagster-postgres[aws]\"]")
    );
    drop(sandbox.there(&["remove", "dagster-postgres"]).success());
    assert_same(
        &before,
        &sandbox.files(),
        "the package goes with its extras",
    );
    let old = made(&["--release", "1.12.0"]);
    let done = old
        .nothing_changes(&["add", "dagster-postgres[aws]"])
        .exit(2);
    assert!(
        done.stderr.contains("has no extra `aws`: it has none"),
        "{}",
        done.stderr
    );
}

#[test]
fn what_is_absent_or_always_there_is_told() {
    let sandbox = made(&[]);
    for (arguments, told) in [
        (
            ["remove", "dagster-aws"],
            "`dagster-aws` is not here; there is nothing to remove",
        ),
        (
            ["remove", "--python=pandas"],
            "the library `pandas` is not here",
        ),
        (["remove", "--override=click"], "`click` is not overridden"),
        (
            ["add", "dagster"],
            "`dagster` is part of the core, which is always built",
        ),
    ] {
        drop(sandbox.nothing_changes(&arguments).success().says(&[told]));
    }
    drop(
        sandbox
            .nothing_changes(&["remove", "dagster-webserver"])
            .exit(2)
            .says(&["is part of the core"]),
    );
    let stored = made(&["--storage", "postgres"]);
    drop(
        stored
            .nothing_changes(&["remove", "dagster-postgres"])
            .exit(2)
            .says(&["it is postgres storage"]),
    );
}

#[test]
fn the_printed_command_does_it_again() {
    let flags = [
        "add",
        "dagster-postgres[aws,gcp]",
        "--python",
        "pandas",
        "--missing",
        "fail",
        "--category",
        "tools",
    ];
    let sandbox = made(&[]);
    let done = sandbox.there(&flags).success();
    let again = made(&[]);
    let command = done.same_again().replace("floxwright ", "floxwright -C d ");
    drop(again.shell(&command).success());
    assert_same(&sandbox.files(), &again.files(), &command);
}

#[test]
fn programs_get_a_documented_result() {
    let sandbox = made(&[]);
    for (arguments, state) in [
        (&["add", "dagster-dg-cli", "--dry-run"][..], "planned"),
        (&["add", "dagster-dg-cli"], "written"),
        (&["add", "dagster-dg-cli"], "unchanged"),
        (&["remove", "dagster-dg-cli"], "written"),
    ] {
        let done = sandbox
            .there(&[arguments, &["--format", "json"]].concat())
            .success();
        let value: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
        crate::output::assert_valid(&value);
        assert_eq!(value["state"], state, "{arguments:?}");
        assert_eq!(
            value["files"].as_array().unwrap().is_empty(),
            state == "unchanged"
        );
    }
}

#[test]
fn without_a_terminal_what_is_missing_is_named() {
    let sandbox = made(&[]);
    for verb in ["add", "remove"] {
        drop(sandbox.nothing_changes(&[verb]).exit(5).says(&[
            "the argument `PKG`",
            "`--python LIB`",
            "hint: ",
        ]));
    }
}
