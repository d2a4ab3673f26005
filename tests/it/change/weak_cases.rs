//! Cases in which other tools lose what a person wrote, or say nothing: each ends in a correct merge, or in a conflict that is told
//! and ends with 3; no byte is lost. The numbers are those of the list from which the cases come.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::project;
use crate::sandbox::{Sandbox, new_yes};
use floxwright::disk::read_tree;
use std::fs;

const TEMPLATE: &str = "docs/update-workflow.md.liquid";
const DOCUMENT: &str = "docs/UPDATE_WORKFLOW.md";

/// Three blocks that look alike.
const BLOCKS: &str = "[a]\nx = 1\ny = 2\n\n[b]\nx = 1\ny = 2\n\n[c]\nx = 1\ny = 2\n";

/// A repository `d` whose scaffold stands beside it; its update document has the text `first`.
fn made(first: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    for (path, file) in read_tree(&project::root().join("scaffolds/dagster"))
        .unwrap()
        .iter()
    {
        sandbox.write(&format!("scaffold/{path}"), &file.bytes);
    }
    // What is its own can be changed: the outputs of the base become its own.
    let base = project::read("scaffolds/python-monorepo/base.toml");
    let outputs = base.find("[[output]]").map_or("", |start| &base[start..]);
    let own = project::read("scaffolds/dagster/scaffold.toml");
    sandbox.write("scaffold/scaffold.toml", format!("{own}\n{outputs}"));
    template(&sandbox, first);
    drop(
        sandbox
            .run(&new_yes("d", &["--scaffold", "./scaffold"]))
            .success(),
    );
    sandbox
}

fn template(sandbox: &Sandbox, text: &str) {
    sandbox.write(&format!("scaffold/templates/{TEMPLATE}"), text);
}

fn write(sandbox: &Sandbox, path: &str, text: &str) {
    sandbox.write(&format!("d/{path}"), text);
}

/// Changes `scaffold.toml`.
fn manifest(sandbox: &Sandbox, from: &str, to: &str) {
    let path = sandbox.path("scaffold/scaffold.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from:?}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn w1_an_edit_does_not_land_in_another_block() {
    let sandbox = made(BLOCKS);
    let edited = BLOCKS.replace("[b]\nx = 1", "[b]\nx = 100");
    write(&sandbox, DOCUMENT, &edited);
    template(&sandbox, &BLOCKS.replace("[b]\nx = 1\ny = 2\n\n", ""));
    drop(sandbox.there(&["sync"]).exit(3).says(&[DOCUMENT]));
    let text = sandbox.text(DOCUMENT);
    assert!(text.contains("<<<<<<< yours\n[b]\nx = 100\n"), "{text}");
    assert!(text.starts_with("[a]\nx = 1\n"), "{text}");
    // And back, byte for byte.
    drop(sandbox.there(&["abort"]).success());
    assert_eq!(sandbox.text(DOCUMENT), edited);
}

#[test]
fn w2_an_edit_goes_along_when_the_template_renames_the_file() {
    let sandbox = made(BLOCKS);
    write(&sandbox, DOCUMENT, &format!("{BLOCKS}mine\n"));
    template(&sandbox, &format!("new\n{BLOCKS}"));
    manifest(&sandbox, "UPDATE_WORKFLOW.md", "UPDATING_ALL.md");
    drop(sandbox.there(&["sync"]).success());
    assert!(!sandbox.path("d/docs/UPDATE_WORKFLOW.md").exists());
    let expected = format!("new\n{BLOCKS}mine\n");
    assert_eq!(sandbox.text("docs/UPDATING_ALL.md"), expected);
}

#[test]
fn w3_an_edited_file_that_is_no_longer_made_stays() {
    let sandbox = made(BLOCKS);
    let edited = format!("{BLOCKS}mine\n");
    write(&sandbox, DOCUMENT, &edited);
    manifest(
        &sandbox,
        "id = \"update-workflow\"",
        "id = \"update-workflow\"\nwhen = \"workspace.layout == 'single'\"",
    );
    drop(
        sandbox
            .there(&["sync"])
            .exit(3)
            .says(&[DOCUMENT, "it is no longer made; it is kept"]),
    );
    assert_eq!(sandbox.text(DOCUMENT), edited);
}

#[test]
fn w4_a_change_of_a_file_that_the_person_renamed_is_told() {
    let sandbox = made(BLOCKS);
    fs::rename(
        sandbox.path("d/docs/UPDATE_WORKFLOW.md"),
        sandbox.path("d/docs/MINE.md"),
    )
    .unwrap();
    template(&sandbox, &format!("new\n{BLOCKS}"));
    drop(
        sandbox
            .there(&["sync"])
            .exit(3)
            .says(&[DOCUMENT, "you deleted it, and it would have changed"]),
    );
    assert_eq!(sandbox.text("docs/MINE.md"), BLOCKS);
    assert!(!sandbox.path("d/docs/UPDATE_WORKFLOW.md").exists());
}

/// W5: an ignored file; W6: one that git knows.
#[test]
fn w5_w6_a_file_of_the_person_is_never_replaced() {
    for ignored in [true, false] {
        let sandbox = made(BLOCKS);
        write(&sandbox, "docs/LATER.md", "mine, and in no commit\n");
        if ignored {
            write(&sandbox, "docs/.gitignore", "LATER.md\n");
        } else {
            drop(sandbox.git("d", &["add", "docs/LATER.md"]));
        }
        manifest(
            &sandbox,
            "[[output]]\nid = \"verify\"",
            &format!(
                "[[output]]\nid = \"later\"\ntemplate = \"{TEMPLATE}\"\npath = \"docs/LATER.md\"\n\n[[output]]\nid = \"verify\""
            ),
        );
        drop(
            sandbox
                .there(&["sync"])
                .exit(3)
                .says(&["docs/LATER.md", "you have a file of your own"]),
        );
        assert_eq!(sandbox.text("docs/LATER.md"), "mine, and in no commit\n");
        assert_eq!(sandbox.text("docs/LATER.md.floxwright-new"), BLOCKS);
        // Where both are the same, it is taken over.
        drop(sandbox.there(&["abort"]).success());
        write(&sandbox, "docs/LATER.md", BLOCKS);
        drop(sandbox.there(&["sync"]).success());
    }
}

#[test]
fn w7_a_conflict_in_one_line_is_told() {
    let sandbox = made(BLOCKS);
    write(&sandbox, DOCUMENT, &BLOCKS.replace("[b]", "[mine]"));
    template(&sandbox, &BLOCKS.replace("[b]", "[new]"));
    let done = sandbox.there(&["sync"]).exit(3);
    drop(done.says(&[
        &format!("conflict in `{DOCUMENT}`"),
        "you and floxwright changed the same lines",
    ]));
    let status = sandbox.git("d", &["status", "--porcelain"]);
    assert!(status.contains(&format!("UU {DOCUMENT}\n")), "{status}");
}

#[test]
fn w8_line_ends_of_a_checkout_are_no_conflict() {
    let sandbox = made(BLOCKS);
    let windows = |text: &str| text.replace('\n', "\r\n");
    let files = sandbox.tree("d");
    let own = |path: &str| path.starts_with(".floxwright/run/");
    for (path, file) in files.iter().filter(|(path, _)| !own(path.as_str())) {
        if let Some(text) = files.text(path.as_str()) {
            fs::write(sandbox.path(&format!("d/{path}")), windows(text)).unwrap();
            assert!(!file.bytes.is_empty() || text.is_empty());
        }
    }
    drop(sandbox.nothing_changes(&["sync"]).success());
    drop(sandbox.nothing_changes(&["docs", "--check"]).success());
    write(
        &sandbox,
        DOCUMENT,
        &windows(&BLOCKS.replace("[c]", "[mine]")),
    );
    template(&sandbox, &BLOCKS.replace("[a]", "[new]"));
    drop(sandbox.there(&["sync"]).success());
    let expected = BLOCKS.replace("[a]", "[new]").replace("[c]", "[mine]");
    assert_eq!(sandbox.text(DOCUMENT), windows(&expected));
}

#[test]
fn w14_a_file_that_missed_a_change_is_healed() {
    let sandbox = made(BLOCKS);
    let new = BLOCKS.replace("[a]", "[new]");
    template(&sandbox, &new);
    drop(sandbox.there(&["sync"]).success());
    // An old text came back, by a merge or by hand, in the file and in its base.
    write(&sandbox, DOCUMENT, BLOCKS);
    write(&sandbox, &format!(".floxwright/base/{DOCUMENT}"), BLOCKS);
    drop(sandbox.there(&["status"]));
    let done = sandbox.there(&["sync"]);
    let text = sandbox.text(DOCUMENT);
    match done.code {
        Some(0) => assert_eq!(text, BLOCKS, "what nobody changed now stays: it is an edit"),
        code => panic!("{code:?} {done:?}"),
    }
    // The edit is seen, and one command away from what is made now.
    let status = sandbox.there(&["status"]).success();
    assert!(
        status
            .stdout
            .contains(&format!("edited by you, which is fine: {DOCUMENT}")),
        "{}",
        status.stdout
    );
    let base = sandbox.text(&format!(".floxwright/base/{DOCUMENT}"));
    assert_eq!(base, new);
}

#[test]
fn w17_a_path_of_a_scaffold_is_meant_from_its_file() {
    let sandbox = made(BLOCKS);
    let absolute = sandbox.path("scaffold").to_string_lossy().into_owned();
    sandbox.edit("floxwright.toml", &absolute, "../scaffold");
    template(&sandbox, &format!("new\n{BLOCKS}"));
    for directory in ["d/docs", "d/.flox/pkgs"] {
        drop(sandbox.run(&["-C", directory, "status"]).exit(4));
        drop(
            sandbox
                .run(&["-C", directory, "list", "packages"])
                .success(),
        );
    }
    drop(sandbox.run(&["-C", "d/docs", "sync"]).success());
    assert_eq!(sandbox.text(DOCUMENT), format!("new\n{BLOCKS}"));
}
