//! `sync`: files follow an edited intent, and what was lost or torn by a merge of git is made anew.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use super::made;
use crate::routes::assert_same;
use crate::sandbox::Sandbox;
use std::fs;

/// Commits everything in the repository `d`.
fn commit(sandbox: &Sandbox, message: &str) {
    drop(sandbox.git("d", &["add", "--all"]));
    drop(sandbox.git("d", &["commit", "--quiet", "-m", message]));
}

/// The repository `d`, in which a branch `other` adds a package and `main` another; merged, with conflicts.
fn torn(style: &str) -> Sandbox {
    let sandbox = made(&[]);
    drop(sandbox.git("d", &["switch", "--quiet", "-c", "other"]));
    drop(sandbox.there(&["add", "dagster-mysql"]).success());
    commit(&sandbox, "mysql");
    drop(sandbox.git("d", &["switch", "--quiet", "main"]));
    drop(sandbox.there(&["add", "dagster-postgres"]).success());
    commit(&sandbox, "postgres");
    merge(&sandbox, style);
    sandbox
}

fn merge(sandbox: &Sandbox, style: &str) {
    let style = format!("merge.conflictStyle={style}");
    let merged = sandbox.shell(&format!("git -C d -c {style} merge other"));
    drop(merged.exit(1));
}

/// Decides the intent: both packages.
fn decide(sandbox: &Sandbox) {
    let text = sandbox.text("floxwright.toml");
    let kept = text.lines().filter(|line| {
        let is_marker = ["<<<", "|||", "===", ">>>"]
            .iter()
            .any(|m| line.starts_with(m));
        !is_marker && !line.starts_with("packages = [\"dagster-") || line.contains("complete")
    });
    let mut lines: Vec<&str> = kept.collect();
    lines.retain(|line| *line != "packages = []");
    let place = lines
        .iter()
        .position(|line| line.starts_with("# Packages beside"))
        .unwrap();
    lines.insert(
        place + 1,
        "packages = [\"dagster-mysql\", \"dagster-postgres\"]",
    );
    sandbox.write("d/floxwright.toml", lines.join("\n") + "\n");
}

#[test]
fn an_edited_intent_is_followed_as_if_it_were_new() {
    let fresh = made(&[]).files();
    for (from, to, flags) in [
        (
            "layout = \"split\"",
            "layout = \"single\"",
            &["--layout", "single"][..],
        ),
        ("python313", "python314", &["--python", "python314"]),
        (
            "packages = []",
            "packages = [\"dagster-postgres[aws]\"]",
            &["--package", "dagster-postgres[aws]"],
        ),
        ("dir = \"docs\"", "dir = \".\"", &["--docs-dir", "."]),
        (
            "nixpkgs = \"pinned\"",
            "nixpkgs = \"floating\"",
            &["--nixpkgs", "floating"],
        ),
    ] {
        let sandbox = made(&[]);
        sandbox.edit("floxwright.toml", from, to);
        let planned = sandbox.nothing_changes(&["sync", "--dry-run"]).success();
        assert!(
            planned.stdout.starts_with("Changed:\n  "),
            "{}",
            planned.stdout
        );
        drop(sandbox.there(&["sync"]).success());
        assert_same(&made(flags).files(), &sandbox.files(), to);
        let again = sandbox.nothing_changes(&["sync"]).success();
        assert!(again.stdout.contains("nothing to do"), "{}", again.stdout);
        // And back.
        sandbox.edit("floxwright.toml", to, from);
        drop(sandbox.there(&["sync"]).success());
        assert_same(&fresh, &sandbox.files(), from);
    }
}

#[test]
fn the_report_says_what_changes_and_why() {
    let sandbox = made(&[]);
    sandbox.edit("floxwright.toml", "python313", "python312");
    let done = sandbox.there(&["sync", "--format", "json"]).success();
    let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(report["state"], "written");
    assert_eq!(
        report["changed"][0],
        serde_json::json!({ "key": "build.python", "before": "python313", "now": "python312" })
    );
    assert!(
        report["notes"].to_string().contains("python312"),
        "{}",
        done.stdout
    );
}

#[test]
fn two_branches_that_add_packages_come_together() {
    let expected = made(&[]);
    drop(
        expected
            .there(&["add", "dagster-mysql", "dagster-postgres"])
            .success(),
    );
    for style in ["merge", "diff3"] {
        let sandbox = torn(style);
        for command in [&["sync"][..], &["add", "dagster-aws"], &["status"]] {
            drop(
                sandbox
                    .nothing_changes(command)
                    .exit(3)
                    .says(&["`floxwright.toml` holds the markers of a conflict"]),
            );
        }
        decide(&sandbox);
        drop(
            sandbox
                .nothing_changes(&["add", "dagster-aws"])
                .exit(3)
                .says(&[
                    "`floxwright.lock` holds the markers",
                    "`floxwright sync` makes it anew",
                ]),
        );
        drop(
            sandbox
                .there(&["sync"])
                .success()
                .says(&["`floxwright.lock` held the markers of a conflict"]),
        );
        assert_same(&expected.files(), &sandbox.files(), style);
        commit(&sandbox, "merged");
        drop(sandbox.nothing_changes(&["sync"]).success());
    }
}

#[test]
fn edits_of_both_branches_survive_the_rebuilding() {
    let document = "docs/RUNTIME_REQUIREMENTS.md";
    let (first, second) = ("A sentence of mine.\n\n", "\nAnother.\n");
    // At the end of the file the second one stands beside a line that both branches change.
    for (place, together) in [("## Ports\n", true), ("", false)] {
        let sandbox = made(&[]);
        drop(sandbox.git("d", &["switch", "--quiet", "-c", "other"]));
        drop(sandbox.there(&["add", "dagster-mysql"]).success());
        let text = sandbox.text(document);
        let at = match place {
            "" => text.len(),
            place => text.find(place).unwrap() + place.len(),
        };
        let (above, below) = text.split_at(at);
        sandbox.write(&format!("d/{document}"), [above, second, below].concat());
        commit(&sandbox, "mysql");
        drop(sandbox.git("d", &["switch", "--quiet", "main"]));
        drop(sandbox.there(&["add", "dagster-postgres"]).success());
        let text = sandbox.text(document);
        sandbox.write(&format!("d/{document}"), [first, &text].concat());
        commit(&sandbox, "postgres");
        merge(&sandbox, "merge");
        decide(&sandbox);
        if !together {
            let told = format!("`{document}` holds the markers of a conflict");
            drop(sandbox.nothing_changes(&["sync"]).exit(3).says(&[&told]));
            continue;
        }
        drop(sandbox.there(&["sync"]).success());
        let text = sandbox.text(document);
        assert!(text.contains(first) && text.contains(second), "{text}");
        let expected = made(&["--package", "dagster-mysql,dagster-postgres"]);
        assert_eq!(
            text.replace(first, "").replace(second, ""),
            expected.text(document)
        );
    }
}

#[test]
fn a_lock_that_is_none_is_made_anew() {
    for (damage, said) in [
        ("", "could not be read"),
        ("nonsense", "could not be read"),
        ("schema = 1\n", "could not be read"),
        ("\0", "could not be read"),
    ] {
        let sandbox = made(&["--package", "dagster-postgres"]);
        let expected = sandbox.files();
        sandbox.write("d/floxwright.lock", damage);
        drop(
            sandbox
                .nothing_changes(&["add", "dagster-mysql"])
                .exit(1)
                .says(&["`floxwright sync` makes it anew"]),
        );
        drop(sandbox.there(&["status"]).exit(4));
        drop(sandbox.there(&["sync"]).success().says(&[said]));
        assert_same(&expected, &sandbox.files(), damage);
    }
    // A lock of a newer program is not overwritten.
    let sandbox = made(&[]);
    sandbox.edit("floxwright.lock", "schema = 1", "schema = 2");
    drop(
        sandbox
            .nothing_changes(&["sync"])
            .exit(1)
            .says(&["it has schema 2", "a newer one"]),
    );
}

#[test]
fn lock_and_base_can_be_lost_together() {
    let sandbox = made(&[]);
    let expected = sandbox.files();
    fs::remove_dir_all(sandbox.path("d/.floxwright")).unwrap();
    fs::remove_file(sandbox.path("d/floxwright.lock")).unwrap();
    drop(
        sandbox
            .there(&["sync"])
            .success()
            .says(&["there was no `floxwright.lock`"]),
    );
    assert_same(&expected, &sandbox.files(), "both");
    // What is edited then is kept, and told.
    sandbox.edit("README.md", "\n## ", "\nMine.\n\n## ");
    fs::remove_dir_all(sandbox.path("d/.floxwright")).unwrap();
    fs::remove_file(sandbox.path("d/floxwright.lock")).unwrap();
    drop(
        sandbox
            .there(&["sync"])
            .exit(3)
            .says(&["conflict in `README.md`"]),
    );
    assert!(sandbox.text("README.md").contains("Mine."));
}

#[test]
fn tables_of_packages_and_overrides_are_followed_and_left_again() {
    let sandbox = made(&["--package", "dagster-postgres"]);
    let before = sandbox.files();
    let intent = sandbox.text("floxwright.toml");
    let table = "\n[package.dagster-pipes]\nextra-dependencies = [\"requests\"]\n";
    sandbox.write("d/floxwright.toml", intent.clone() + table);
    drop(sandbox.there(&["sync"]).success());
    let nix = sandbox.text(".flox/pkgs/dagster-pipes.nix");
    assert!(nix.contains("requests"), "{nix}");
    sandbox.write("d/floxwright.toml", intent);
    drop(sandbox.there(&["sync"]).success());
    assert_same(&before, &sandbox.files(), "the table is gone again");
}

#[test]
fn patches_are_named_while_they_are_there() {
    for layout in ["split", "single"] {
        let sandbox = made(&["--layout", layout, "--package", "dagster-snowflake"]);
        let before = sandbox.files();
        let patches = [
            ("dagster", "../patches/dagster/0001-a.patch"),
            (
                "dagster-snowflake",
                if layout == "split" {
                    "../../patches/dagster-snowflake/0001-a.patch"
                } else {
                    "../patches/dagster-snowflake/0001-a.patch"
                },
            ),
        ];
        for (name, _) in patches {
            sandbox.write(&format!("d/.flox/patches/{name}/0001-a.patch"), "a\n");
        }
        sandbox.write("d/.flox/patches/dagster/notes.txt", "not a patch\n");
        sandbox.write("d/.flox/patches/dagster-spark/0001-a.patch", "a\n");
        let status = sandbox.there(&["status"]).exit(4).stdout;
        assert!(
            status.contains(".flox/patches/dagster/0001-a.patch"),
            "{status}"
        );
        drop(sandbox.there(&["sync"]).success().says(&[
            "`dagster-spark` is not built here: `.flox/patches/dagster-spark/0001-a.patch` has no effect",
        ]));
        let texts: String = sandbox
            .files()
            .iter()
            .filter(|(path, _)| path.as_str().starts_with(".flox/pkgs/"))
            .map(|(_, file)| String::from_utf8_lossy(&file.bytes).into_owned())
            .collect();
        for (_, path) in patches {
            assert!(
                texts.contains(&format!("patches = [ {path} ];")),
                "{path}:\n{texts}"
            );
        }
        assert!(!texts.contains("notes.txt") && !texts.contains("dagster-spark/"));
        fs::remove_dir_all(sandbox.path("d/.flox/patches")).unwrap();
        drop(sandbox.there(&["sync"]).success());
        assert_same(&before, &sandbox.files(), layout);
    }
    let sandbox = made(&[]);
    sandbox.write("d/.flox/patches/dagster/a b.patch", "");
    sandbox.write("d/.flox/patches/loose.patch", "");
    drop(sandbox.nothing_changes(&["sync"]).exit(2).says(&[
        "`.flox/patches/dagster/a b.patch` cannot be named in Nix",
        "`.flox/patches/loose.patch` is for no package",
    ]));
}

#[test]
fn edits_within_packages_go_along_with_the_layout() {
    let (split, single) = ("layout = \"split\"", "layout = \"single\"");
    let hook = "  # Mine.\n  preBuild = \"true\";\n";
    let packages = ["--package", "dagster-snowflake"];
    let sandbox = made(&packages);
    let own = ".flox/pkgs/dagster-pipes.nix";
    let third = ".flox/pkgs/python313Packages/snowflake-snowpark-python.nix";
    for path in [own, third] {
        sandbox.edit(
            path,
            "  doCheck = false;\n",
            &format!("  doCheck = false;\n{hook}"),
        );
    }
    let before = sandbox.files();
    sandbox.edit("floxwright.toml", split, single);
    let done = sandbox.there(&["sync"]).success();
    assert!(done.stdout.contains("Your changes kept"), "{}", done.stdout);
    let closure = ".flox/pkgs/dagster-complete.nix";
    let text = sandbox.text(closure);
    assert_eq!(text.matches("# Mine.").count(), 2, "{text}");
    let indented = hook.replace("  ", "    ");
    assert!(
        text.contains(&format!("    doCheck = false;\n{indented}")),
        "{text}"
    );
    assert!(!sandbox.path(&format!("d/{own}")).exists());
    // And back: everything is as it was.
    sandbox.edit("floxwright.toml", single, split);
    drop(sandbox.there(&["sync"]).success());
    assert_same(&before, &sandbox.files(), "there and back");
    // What was changed around a package stays, and is told; nothing of it is lost.
    sandbox.edit(own, "{\n  lib,\n", "{\n  lib,\n  hello,\n");
    let edited = sandbox.text(own);
    sandbox.edit("floxwright.toml", split, single);
    drop(
        sandbox
            .there(&["sync"])
            .exit(3)
            .says(&[own, "it is no longer made; it is kept"]),
    );
    assert!(edited.contains("hello") && sandbox.text(own).contains("hello"));
    assert_eq!(sandbox.text(closure).matches("# Mine.").count(), 2);
}
