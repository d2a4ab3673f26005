//! `docs`: the documents alone, with the sentences of the person, wherever they stand.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]

use super::made;
use crate::sandbox::{Done, Sandbox};
use std::fs;

const DOCUMENT: &str = "docs/RUNTIME_REQUIREMENTS.md";

/// Lets documents be stale: their directory changes.
fn moved(sandbox: &Sandbox) {
    sandbox.edit("floxwright.toml", "dir = \"docs\"", "dir = \"manual\"");
}

#[track_caller]
fn prints(done: &Done, parts: &[&str]) {
    for part in parts {
        assert!(
            done.stdout.contains(part),
            "no {part:?} in:\n{}",
            done.stdout
        );
    }
}

#[test]
fn sentences_survive_wherever_they_stand() {
    let original = made(&[]).text(DOCUMENT);
    let lines: Vec<&str> = original.split_inclusive('\n').collect();
    let find = |what: &dyn Fn(&str) -> bool| lines.iter().position(|line| what(line));
    let table = find(&|line| line.starts_with("|---")).unwrap();
    let block = find(&|line| line.starts_with("```") && line.len() > 4).unwrap();
    let heading = find(&|line| line.starts_with("## ")).unwrap();
    let sentences = [
        (lines.len(), "\nAfter everything.\n"),
        (heading + 1, "\nBelow a heading.\n"),
        (block + 1, "# a command of mine\n"),
        (table + 1, "| mine | a row of mine |\n"),
        (0, "Before everything.\n"),
    ];
    let mut edited: Vec<&str> = lines.clone();
    let mut places = sentences.to_vec();
    places.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    for (place, sentence) in places {
        edited.insert(place, sentence);
    }
    // The directory changes, and with it every link.
    let sandbox = made(&[]);
    sandbox.write(&format!("d/{DOCUMENT}"), edited.concat());
    drop(sandbox.nothing_changes(&["docs", "--check"]).success());
    drop(sandbox.nothing_changes(&["docs"]).success());
    moved(&sandbox);
    drop(sandbox.there(&["docs"]).success());
    let text = sandbox.text("manual/RUNTIME_REQUIREMENTS.md");
    for (_, sentence) in sentences {
        assert!(text.contains(sentence), "{sentence:?} is lost:\n{text}");
    }
    assert!(!sandbox.path(&format!("d/{DOCUMENT}")).exists());
    drop(sandbox.there(&["docs", "--check"]).success());
}

#[test]
fn only_documents_change() {
    let sandbox = made(&["--with", "runtime,workflows,flake"]);
    let before = sandbox.files();
    sandbox.edit("floxwright.toml", "set = \"core\"", "set = \"all\"");
    moved(&sandbox);
    let planned = sandbox.nothing_changes(&["docs", "--dry-run"]).success();
    prints(&planned, &["+ manual/INSTALLATION.md"]);
    drop(sandbox.there(&["docs"]).success());
    for (path, file) in sandbox.files().iter() {
        let is_document = path.extension() == Some("md");
        let is_own = [
            "floxwright.toml",
            "floxwright.lock",
            ".floxwright/base/floxwright.toml",
        ]
        .contains(&path.as_str());
        if !is_document && !is_own {
            assert_eq!(before.get(path), Some(file), "{path}");
        }
    }
    // The lock does not lie: nothing is left to do for anybody.
    drop(sandbox.nothing_changes(&["sync"]).success());
    drop(sandbox.there(&["status"]).success());
    let expected = made(&[
        "--with",
        "runtime,workflows,flake",
        "--docs",
        "all",
        "--docs-dir",
        "manual",
    ]);
    crate::routes::assert_same(&expected.files(), &sandbox.files(), "docs");
}

#[test]
fn a_deleted_document_stays_deleted() {
    let sandbox = made(&[]);
    fs::remove_file(sandbox.path(&format!("d/{DOCUMENT}"))).unwrap();
    drop(sandbox.nothing_changes(&["docs", "--check"]).success());
    drop(sandbox.nothing_changes(&["docs"]).success());
    drop(sandbox.there(&["status"]).success());
    moved(&sandbox);
    prints(
        &sandbox.there(&["docs", "--check"]).exit(4),
        &["RUNTIME_REQUIREMENTS.md: you deleted it, and it would be another now"],
    );
    drop(sandbox.there(&["docs"]).success());
    assert!(!sandbox.path("d/manual/RUNTIME_REQUIREMENTS.md").exists());
    assert!(!sandbox.path(&format!("d/{DOCUMENT}")).exists());
    drop(sandbox.there(&["docs", "--check"]).success());
}

#[test]
fn what_is_stale_is_named_with_its_reason() {
    let sandbox = made(&[]);
    moved(&sandbox);
    prints(
        &sandbox.nothing_changes(&["docs", "--check"]).exit(4),
        &[
            "manual/BUILD_PATTERNS.md: documents.dir: docs → manual",
            "→ floxwright docs",
        ],
    );
    let done = sandbox
        .there(&["docs", "--check", "--format", "json"])
        .exit(4);
    let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(report["stale"][0]["kind"], "intent");

    // More than documents would have to change.
    let sandbox = made(&[]);
    sandbox.edit(
        "floxwright.toml",
        "layout = \"split\"",
        "layout = \"single\"",
    );
    prints(
        &sandbox.nothing_changes(&["docs", "--check"]).exit(4),
        &["build.layout: split → single", "→ floxwright sync"],
    );
    drop(
        sandbox
            .nothing_changes(&["docs"])
            .exit(1)
            .says(&["build.layout: split → single", "`floxwright sync`"]),
    );

    // Other templates.
    let sandbox = made(&[]);
    let digest = sandbox.text("floxwright.lock");
    let digest = digest.split("scaffold-digest = \"").nth(1).unwrap()[..8].to_owned();
    sandbox.edit("floxwright.lock", &digest, "00000000");
    drop(sandbox.nothing_changes(&["docs", "--check"]).success());

    // Markers.
    let sandbox = made(&[]);
    sandbox.edit(DOCUMENT, "\n", "\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n");
    prints(
        &sandbox.nothing_changes(&["docs", "--check"]).exit(4),
        &[&format!("{DOCUMENT}: it waits for your decision")],
    );
}

#[test]
fn documents_have_older_names() {
    for (given, file) in [
        ("UPDATING", "UPDATE_WORKFLOW.md"),
        ("runtime_configuration.md", "RUNTIME_REQUIREMENTS.md"),
        ("SINGLE_CLOSURE_EXPLANATION", "BUILD_PATTERNS.md"),
        ("docs/DEPENDENCIES.md", "DEPENDENCIES.md"),
    ] {
        let sandbox = made(&[]);
        moved(&sandbox);
        drop(sandbox.there(&["docs", given]).success());
        let there = sandbox.path("d/manual");
        let made: Vec<_> = fs::read_dir(there).unwrap().flatten().collect();
        assert_eq!(made.len(), 1, "{given}");
        assert_eq!(made[0].file_name().to_string_lossy(), file);
        // The others are behind, and that is known.
        drop(sandbox.there(&["docs", "--check"]).exit(4));
    }
    let sandbox = made(&[]);
    sandbox.write("d/UPDATING.md", "mine\n");
    moved(&sandbox);
    drop(sandbox.there(&["docs"]).success().says(&[
        "`UPDATING.md` is yours and stays as it is; floxwright's own document on that matter is `docs/UPDATE_WORKFLOW.md`",
    ]));
    assert_eq!(sandbox.text("UPDATING.md"), "mine\n");
    drop(
        sandbox
            .nothing_changes(&["docs", "UPDATTING", "nope"])
            .exit(2)
            .says(&[
                "there is no document `UPDATTING`; did you mean `UPDATING`?",
                "`nope`",
                "documents here: ",
            ]),
    );
}
