//! Directories and git repositories as templates.

use super::{SMALL, commit, commit_again, generate, refuses, small, template};
use crate::sandbox::Sandbox;

/// The repository `t`: on `trunk` two commits, the first with the tag `v1`; on `side` a third.
fn history() -> (Sandbox, String) {
    let sandbox = small();
    commit(&sandbox, "t");
    sandbox.git("t", &["tag", "v1"]);
    let first = sandbox.git("t", &["rev-parse", "HEAD"]).trim().to_owned();
    sandbox.write("t/two", "2\n");
    commit_again(&sandbox, "t");
    sandbox.git("t", &["checkout", "--quiet", "-b", "side"]);
    sandbox.write("t/three", "3\n");
    commit_again(&sandbox, "t");
    sandbox.git("t", &["checkout", "--quiet", "trunk"]);
    (sandbox, first)
}

/// What is made from `line` has these files besides those of the template, and this branch.
#[track_caller]
fn check(sandbox: &Sandbox, line: &str, files: &[&str], branch: &str) {
    drop(generate(sandbox, &format!("{line} --name p")).success());
    let tree = sandbox.tree("p");
    let further = ["two", "three"]
        .into_iter()
        .filter(|path| tree.text(path).is_some());
    assert_eq!(further.collect::<Vec<_>>(), files, "{line}");
    assert_eq!(tree.len(), 3 + files.len(), "{line}: {}", tree.to_fixture());
    let head = sandbox.git("p", &["symbolic-ref", "--short", "HEAD"]);
    assert_eq!(head.trim(), branch, "{line}");
    let refs = sandbox.git("p", &["for-each-ref"]);
    assert_eq!(refs, "", "the history of the template came along");
    drop(sandbox.shell("rm -r p").success());
}

#[test]
fn every_way_to_name_a_commit_is_taken() {
    let (sandbox, first) = history();
    let here = sandbox.path("t").display().to_string();
    check(&sandbox, "t", &["two"], "trunk");
    check(&sandbox, "--path t", &["two"], "trunk");
    check(&sandbox, &here, &["two"], "trunk");
    for address in ["t", &here, &format!("file://{here}")] {
        check(&sandbox, &format!("--git {address}"), &["two"], "trunk");
        check(
            &sandbox,
            &format!("-g {address} --branch side"),
            &["two", "three"],
            "side",
        );
        check(&sandbox, &format!("-g {address} -t v1"), &[], "main");
        check(
            &sandbox,
            &format!("-g {address} --rev {}", &first[..7]),
            &[],
            "main",
        );
        check(&sandbox, &format!("-g {address} -r {first}"), &[], "main");
        check(
            &sandbox,
            &format!("-g {address} -r trunk"),
            &["two"],
            "trunk",
        );
    }
}

#[test]
fn a_tag_is_no_branch_of_the_same_name() {
    let (sandbox, _) = history();
    sandbox.git("t", &["branch", "v1", "side"]);
    check(&sandbox, "--git t --tag v1", &[], "main");
    check(&sandbox, "--git t --branch v1", &["two", "three"], "v1");
}

#[test]
fn what_is_not_there_is_named() {
    let (sandbox, _) = history();
    for (line, says) in [
        ("--git t -b none -n p", "cause: it has no branch `none`"),
        ("--git t -t none -n p", "cause: it has no tag `none`"),
        (
            "--git t -r abcdef1 -n p",
            "cause: it has no commit `abcdef1`",
        ),
        (
            "--git none -n p",
            "error: the repository `none` cannot be copied",
        ),
        ("--git --upload-pack=x -n p", "error: "),
        (
            "--path none -n p",
            "error: the template `none` cannot be read",
        ),
        (
            "none/none/none -n p",
            "error: the repository `none/none/none` cannot be copied",
        ),
    ] {
        let code = if says == "error: " { 2 } else { 1 };
        refuses(&sandbox, line, code, &[says]);
    }
}

#[test]
fn submodules_come_along_unless_they_are_skipped() {
    let sandbox = small();
    template(&sandbox, "part", "//- text\nof the part\n");
    commit(&sandbox, "part");
    commit(&sandbox, "t");
    let part = format!("file://{}", sandbox.path("part").display());
    sandbox.git(
        "t",
        &[
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            &part,
            "part",
        ],
    );
    commit_again(&sandbox, "t");
    drop(generate(&sandbox, "--git t --name whole").success());
    assert_eq!(
        sandbox.tree("whole").text("part/text"),
        Some("of the part\n")
    );
    assert!(!sandbox.path("whole/part/.git").exists());
    drop(generate(&sandbox, "--git t --name hollow --skip-submodules").success());
    assert_eq!(sandbox.tree("hollow").text("part/text"), None);
}

#[test]
fn favorites_name_templates() {
    let (sandbox, _) = history();
    template(&sandbox, "deep/inner", SMALL);
    sandbox.write(
        "c.toml",
        "[favorites.side]\ndescription = \"Beside\"\ngit = \"t\"\nbranch = \"side\"\nvcs = \"None\"\n\
         [favorites.deep]\npath = \"deep\"\nsubfolder = \"inner\"\n",
    );
    let listed = generate(&sandbox, "--list-favorites --config c.toml").success();
    assert_eq!(listed.stdout, "  deep  deep\n  side  Beside\n");
    let listed = generate(&sandbox, "si --list-favorites -c c.toml --format json").success();
    assert!(listed.stdout.contains("\"branch\": \"side\"") && !listed.stdout.contains("deep"));
    drop(generate(&sandbox, "side -c c.toml -n a").success());
    assert!(sandbox.tree("a").text("three").is_some());
    assert!(!sandbox.path("a/.git").exists());
    drop(
        generate(
            &sandbox,
            "--favorite side -c c.toml --tag v1 --vcs GIT -n b",
        )
        .success(),
    );
    assert!(sandbox.tree("b").text("two").is_none());
    assert!(sandbox.path("b/.git").exists());
    refuses(
        &sandbox,
        "sidr -c c.toml -n c",
        1,
        &["hint: the favorite `side` has nearly that name"],
    );
}

#[test]
fn the_usual_configuration_is_read_in_this_order() {
    let sandbox = small();
    let home = ["..", "home", ".cargo"].join("/");
    for (file, name) in [("cargo-generate", "old"), ("cargo-generate.toml", "new")] {
        sandbox.write(
            &format!("{home}/{file}"),
            format!("[favorites.{name}]\npath = 't'\n"),
        );
        let listed = generate(&sandbox, "--list-favorites").success();
        assert_eq!(listed.stdout, format!("  {name}  t\n"));
    }
    sandbox.write(
        "elsewhere/cargo-generate.toml",
        "[favorites.there]\npath = 't'\n",
    );
    let sandbox = sandbox.with_env("CARGO_HOME", "elsewhere");
    let listed = generate(&sandbox, "--list-favorites").success();
    assert_eq!(listed.stdout, "  there  t\n");
}
