//! `.github/scripts/to-publish` and `.github/scripts/publish`.

use super::Automated;

/// What GitHub says of a run.
#[derive(Clone, Copy)]
enum Start {
    /// A push after this commit.
    Push(&'static str),
    /// By hand, on a branch.
    Hand,
}

/// The commit before the last one, and one that nobody has.
const PARENT: Start = Start::Push("HEAD^");
const FIRST: Start = Start::Push("0000000000000000000000000000000000000000");

/// One run of the decision: whether the secret is set, what is decided, and a part of the reason.
fn check(automated: &Automated, start: Start, token: &str, decided: &str, because: &str) {
    let (event, before) = match start {
        Start::Push("HEAD^") => ("push", automated.sandbox.git("d", &["rev-parse", "HEAD^"])),
        Start::Push(other) => ("push", other.to_owned()),
        Start::Hand => ("workflow_dispatch", String::new()),
    };
    let variables = [
        ("GITHUB_EVENT_NAME", event),
        ("GITHUB_REF_TYPE", "branch"),
        ("BEFORE", before.trim()),
        ("HAS_TOKEN", token),
    ];
    let done = automated.script(&["to-publish"], &variables).success();
    let line = format!("publish={decided}\n");
    assert_eq!(automated.text("output"), line, "{because}");
    for text in [done.stdout, automated.text("summary")] {
        assert!(text.contains(because), "{because}: {text}");
    }
}

/// An edit of a file of the repository, in a commit of its own.
fn commit(automated: &Automated, path: &str, from: &str, to: &str) {
    let text = automated.text(&format!("d/{path}"));
    assert!(text.contains(from), "{path} has no {from}");
    let text = text.replacen(from, to, 1);
    automated.sandbox.write(&format!("d/{path}"), text);
    let arguments = ["commit", "--quiet", "--all", "--message", "edit"];
    automated.sandbox.git("d", &arguments);
}

#[test]
fn a_release_that_changed_is_published() {
    for (layout, place) in [
        ("split", ".flox/pkgs/release.json"),
        ("single", ".flox/pkgs/dagster-complete.nix"),
    ] {
        let automated = Automated::new(&["--layout", layout, "--release", "1.13.27"]);
        let (all, no_secret) = (
            "publishing dagster-complete",
            "FLOX_FLOXHUB_TOKEN is not set",
        );
        check(&automated, FIRST, "true", "false", "no earlier commit");
        check(&automated, Start::Hand, "true", "true", all);
        check(&automated, Start::Hand, "false", "false", no_secret);
        // A hash of one package is no release.
        commit(&automated, place, "hash", "hush");
        check(
            &automated,
            PARENT,
            "true",
            "false",
            "as it was before this push",
        );
        commit(&automated, place, "1.13.27", "1.13.28");
        check(&automated, PARENT, "true", "true", all);
        check(&automated, PARENT, "false", "false", no_secret);
    }
}

#[test]
fn a_tag_is_refused() {
    let automated = Automated::new(&[]);
    let variables = [
        ("GITHUB_EVENT_NAME", "workflow_dispatch"),
        ("GITHUB_REF_TYPE", "tag"),
        ("BEFORE", ""),
        ("HAS_TOKEN", "true"),
    ];
    let done = automated.script(&["to-publish"], &variables).exit(1);
    assert!(done.stdout.contains("detached HEAD"), "{}", done.stdout);
    assert_eq!(automated.text("output"), "");
}

#[test]
fn each_package_is_published_until_one_is_refused() {
    let flags = [
        "--handle",
        "acme",
        "--publish",
        "dagster,dagster-pipes,dagster-complete",
    ];
    let automated = Automated::new(&flags);
    automated.program("flox", "");
    drop(automated.script(&["publish"], &[]).success());
    let calls = automated.calls();
    let expected = ["dagster", "dagster-complete", "dagster-pipes"];
    assert_eq!(
        calls,
        expected.map(|name| format!("flox publish -o acme {name}"))
    );
    automated.program("flox", "case $4 in dagster-complete) exit 7 ;; esac");
    drop(automated.script(&["publish"], &[]).exit(7));
    assert_eq!(automated.calls(), calls[..2]);
}
