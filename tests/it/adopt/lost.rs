//! Nothing is lost: what a person wrote is there afterwards, or in git, and comes back byte for byte.

use super::{FIXTURES, adopt, commit, files, handmade, tree};
use crate::routes::assert_same;
use floxwright::tree::Tree;

/// Every line of every file that was there is in a file that is there, or the report says that the file is replaced, and git has it.
#[test]
fn every_line_is_somewhere() {
    for (name, _) in FIXTURES {
        for layout in [&[][..], &["--layout", "split"], &["--layout", "single"]] {
            let old = files(name);
            let sandbox = handmade(&old);
            let arguments = [layout, &["--yes", "--format", "json"]].concat();
            let done = adopt(&sandbox, &arguments);
            let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
            let new = tree(&sandbox);
            let lines: std::collections::BTreeSet<String> = new
                .iter()
                .flat_map(|(_, file)| {
                    String::from_utf8_lossy(&file.bytes)
                        .lines()
                        .map(str::to_owned)
                        .collect::<Vec<_>>()
                })
                .collect();
            for (path, file) in old.iter() {
                let text = String::from_utf8(file.bytes.clone()).unwrap();
                if text.lines().all(|line| lines.contains(line)) {
                    continue;
                }
                let fate = report["found"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .find(|one| one["path"] == path.as_str())
                    .unwrap_or_else(|| panic!("{name} {layout:?}: nothing is said of {path}"));
                assert!(
                    ["replaced", "carried", "removed"].contains(&fate["fate"].as_str().unwrap()),
                    "{name} {layout:?}: {fate}"
                );
                assert_eq!(sandbox.git("d", &["show", &format!("HEAD:{path}")]), text);
            }
        }
    }
}

#[test]
fn it_is_taken_back_byte_for_byte_and_done_again() {
    for (name, _) in FIXTURES {
        let sandbox = handmade(&files(name));
        let before = tree(&sandbox);
        drop(adopt(&sandbox, &["--yes"]));
        let after = tree(&sandbox);
        assert!(before != after, "{name}");
        drop(sandbox.run(&["-C", "d", "undo"]).success());
        assert_same(&before, &tree(&sandbox), name);
        assert_eq!(sandbox.git("d", &["status", "--porcelain"]), "", "{name}");
        drop(sandbox.run(&["-C", "d", "undo"]).success());
        assert_same(&after, &tree(&sandbox), name);
    }
}

/// What git does not have as it is, is not replaced; what only moves or is joined needs nobody to keep it.
#[test]
fn what_is_not_committed_is_not_replaced() {
    let split = files("split");
    for (path, text, refused) in [
        (".flox/pkgs/dagster.nix", None, true),
        (".flox/pkgs/dagster-src.nix", None, true),
        ("README.md", Some("# Mine\n"), false),
        ("UPDATING.md", Some("Mine.\n"), false),
        (".gitignore", Some("mine\n"), false),
        (".flox/env/manifest.toml", Some("version = 1\n"), false),
        (".flox/pkgs/acme-tools.nix", Some("{ }: { }\n"), false),
    ] {
        let sandbox = handmade(&split);
        let old = split.text(path).unwrap();
        let text = text.map_or_else(|| format!("# mine\n{old}"), str::to_owned);
        sandbox.write(&format!("d/{path}"), &text);
        let before = tree(&sandbox);
        let done = adopt(&sandbox, &["--yes"]);
        if refused {
            drop(done.exit(1).says(&[
                &format!(
                    "`{path}` would be replaced, and git's last commit does not have it as it is"
                ),
                "nothing was changed",
            ]));
            assert_same(&before, &tree(&sandbox), path);
            commit(&sandbox);
            drop(adopt(&sandbox, &["--yes"]).success());
        } else {
            drop(done.success());
            let after = tree(&sandbox);
            let all: String = after
                .iter()
                .map(|(_, file)| String::from_utf8_lossy(&file.bytes).into_owned())
                .collect();
            assert!(all.contains(text.trim()), "{path}");
        }
    }
}

/// A file that git ignores or has never seen counts as not committed.
#[test]
fn what_git_has_never_seen_is_not_replaced() {
    let split = files("split");
    let sandbox = handmade(&split);
    sandbox.git(
        "d",
        &["rm", "--quiet", "--cached", ".flox/pkgs/dagster.nix"],
    );
    sandbox.git("d", &["commit", "--quiet", "--message", "Not that one"]);
    drop(
        adopt(&sandbox, &["--yes"])
            .exit(1)
            .says(&["`.flox/pkgs/dagster.nix` would be replaced"]),
    );
    let shown = adopt(&sandbox, &["--dry-run"]).success();
    assert!(
        shown
            .stderr
            .contains("that is refused until it is committed"),
        "{}",
        shown.stderr
    );
}

/// Files with Windows line ends keep them where they stay.
#[test]
fn line_ends_are_no_difference() {
    let crlf: Tree = files("split")
        .into_iter()
        .map(|(path, file)| {
            let text = String::from_utf8(file.bytes).unwrap().replace('\n', "\r\n");
            (path, floxwright::tree::File::text(text))
        })
        .collect();
    let sandbox = handmade(&crlf);
    drop(adopt(&sandbox, &["--yes"]).success());
    let after = tree(&sandbox);
    let text = after.text(".flox/pkgs/dagster.nix").unwrap();
    assert!(text.contains("postPatch = ''\r\n"), "{text}");
    assert!(
        after
            .text(".gitignore")
            .unwrap()
            .starts_with("result\r\n*.log\r\n")
    );
}
