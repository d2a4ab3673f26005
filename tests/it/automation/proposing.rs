//! `.github/scripts/update` and `.github/scripts/propose`: from what floxwright finds to a pull request.

use super::Automated;
use crate::sandbox::Done;

/// A floxwright whose update adds a line to a file and commits it, unless `NEW` is empty.
const FLOXWRIGHT: &str = r#"
case "$*" in
  *--dry-run*) echo "report of $NEW" ;;
  *)
    [ -n "$NEW" ] || exit "${CODE:-0}"
    echo "$NEW" >> floxwright.lock
    git commit --quiet --all --message "Update to $NEW"
    ;;
esac
exit "${CODE:-0}""#;

/// A gh that knows the pull request in `NUMBER`.
const GH: &str = r#"
case "$1 $2" in
  "pr list") echo "$NUMBER" ;;
  "pr create" | "pr edit")
    if [ -n "$REFUSAL" ]; then
      echo "pull request create failed: $REFUSAL" >&2
      exit 1
    fi
    ;;
esac"#;

const BRANCH: &str = "floxwright/release";

/// A repository with a remote, its workflows, and the programs that they call.
fn proposing(flags: &[&str]) -> Automated {
    let automated = Automated::new(flags);
    automated.program("floxwright", FLOXWRIGHT);
    automated.program("gh", GH);
    let (sandbox, remote) = (&automated.sandbox, automated.sandbox.path("remote"));
    let remote = remote.to_str().unwrap();
    sandbox.git("d", &["init", "--quiet", "--bare", remote]);
    sandbox.git("d", &["remote", "add", "origin", remote]);
    sandbox.git("d", &["push", "--quiet", "-u", "origin", "main"]);
    automated
}

impl Automated {
    /// What the first script does, on a fresh checkout of main.
    fn update(&self, what: &str, variables: &[(&str, &str)]) -> Done {
        self.sandbox.git("d", &["switch", "--quiet", "main"]);
        let branch = format!("floxwright/{what}");
        let known = self.sandbox.git("d", &["branch", "--list", &branch]);
        if !known.is_empty() {
            self.sandbox.git("d", &["branch", "--quiet", "-D", &branch]);
        }
        let report = self.sandbox.path("report.md");
        self.script(&["update", what, report.to_str().unwrap()], variables)
    }

    /// What the second does.
    fn propose(&self, variables: &[(&str, &str)]) -> Done {
        let report = self.sandbox.path("report.md");
        let variables = [&[("BASE", "main"), ("GH_TOKEN", "t")], variables].concat();
        self.script(
            &["propose", "release", report.to_str().unwrap()],
            &variables,
        )
    }

    /// Both, for a release that is new; the calls of gh that change something.
    fn proposed(&self, release: &str, variables: &[(&str, &str)]) -> Vec<String> {
        drop(self.update("release", &[("NEW", release)]).success());
        assert_eq!(self.text("output"), "found=true\n");
        drop(self.propose(variables).success());
        let calls = self.calls().into_iter();
        calls
            .filter(|call| call.starts_with("gh pr create") || call.starts_with("gh pr edit"))
            .collect()
    }

    /// The subject and the author of the tip of the branch at the remote.
    fn pushed(&self) -> String {
        let arguments = ["log", "-1", "--format=%s by %an", BRANCH];
        self.sandbox.git("remote", &arguments)
    }
}

#[test]
fn where_nothing_is_new_nothing_is_opened() {
    let automated = proposing(&[]);
    drop(automated.update("release", &[("NEW", "")]).success());
    assert_eq!(automated.text("output"), "found=false\n");
    assert_eq!(automated.text("summary"), "nothing is new\n");
    assert_eq!(
        automated.calls(),
        [
            "floxwright update --latest --dry-run --format markdown",
            "floxwright update --latest --commit",
        ]
    );
}

#[test]
fn one_pull_request_is_opened_and_then_brought_up_to_date() {
    let automated = proposing(&[]);
    let report = automated.sandbox.path("report.md");
    let report = report.to_str().unwrap();
    let calls = automated.proposed("1.99.0", &[("NUMBER", ""), ("REFUSAL", "")]);
    let expected = format!(
        "gh pr create --head {BRANCH} --base main --title Update to 1.99.0 --body-file {report}"
    );
    assert_eq!(calls, [expected]);
    assert_eq!(automated.text("report.md"), "report of 1.99.0\n");
    assert_eq!(
        automated.pushed(),
        "Update to 1.99.0 by github-actions[bot]\n"
    );
    let first = automated.sandbox.git("remote", &["rev-parse", BRANCH]);

    // The same again: the branch stays.
    let variables = [("NUMBER", "7"), ("REFUSAL", "")];
    let calls = automated.proposed("1.99.0", &variables);
    let expected = format!("gh pr edit 7 --title Update to 1.99.0 --body-file {report}");
    assert_eq!(calls, [expected]);
    assert_eq!(
        automated.sandbox.git("remote", &["rev-parse", BRANCH]),
        first
    );

    let calls = automated.proposed("1.99.1", &variables);
    let expected = format!("gh pr edit 7 --title Update to 1.99.1 --body-file {report}");
    assert_eq!(calls, [expected]);
    assert_eq!(
        automated.pushed(),
        "Update to 1.99.1 by github-actions[bot]\n"
    );
    let count = automated.sandbox.git(
        "remote",
        &["rev-list", "--count", "main..floxwright/release"],
    );
    assert_eq!(count, "1\n");
}

#[test]
fn a_branch_with_commits_of_a_person_is_left_alone() {
    let automated = proposing(&[]);
    let variables = [("NUMBER", "7"), ("REFUSAL", "")];
    drop(automated.proposed("1.99.0", &variables));
    automated.sandbox.write("d/mine", "mine");
    automated.sandbox.git("d", &["add", "mine"]);
    automated
        .sandbox
        .git("d", &["commit", "--quiet", "-m", "Mine"]);
    automated
        .sandbox
        .git("d", &["push", "--quiet", "origin", BRANCH]);
    let calls = automated.proposed("1.99.1", &variables);
    assert!(calls.is_empty(), "{calls:?}");
    assert_eq!(automated.pushed(), "Mine by Ada Example\n");
    assert!(
        automated
            .text("summary")
            .contains("commits of somebody else")
    );
}

#[test]
fn what_github_does_not_permit_is_said_and_is_no_failure() {
    let automated = proposing(&[]);
    let refusal = "GitHub Actions is not permitted to create or approve pull requests";
    let calls = automated.proposed("1.99.0", &[("NUMBER", ""), ("REFUSAL", refusal)]);
    assert_eq!(calls.len(), 1);
    assert!(automated.text("summary").contains("the branch is pushed"));
    assert_eq!(
        automated.pushed(),
        "Update to 1.99.0 by github-actions[bot]\n"
    );

    let automated = proposing(&[]);
    let hook =
        "#!/bin/sh\necho 'Permission to acme/d.git denied to github-actions[bot].' >&2\nexit 1\n";
    automated.sandbox.write("remote/hooks/pre-receive", hook);
    make_executable(&automated, "remote/hooks/pre-receive");
    let calls = automated.proposed("1.99.0", &[("NUMBER", ""), ("REFUSAL", "")]);
    assert!(calls.is_empty(), "{calls:?}");
    let summary = automated.text("summary");
    assert!(summary.contains("read and write permissions"), "{summary}");

    // Anything else that fails is a failure.
    automated
        .sandbox
        .write("remote/hooks/pre-receive", "#!/bin/sh\nexit 1\n");
    drop(automated.update("release", &[("NEW", "1.99.0")]).success());
    drop(
        automated
            .propose(&[("NUMBER", ""), ("REFUSAL", "")])
            .exit(1),
    );
}

fn make_executable(automated: &Automated, file: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = automated.sandbox.path(file);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_conflict_is_a_failure_that_says_what_to_do() {
    let automated = proposing(&[]);
    let variables = [("NEW", "1.99.0"), ("CODE", "3")];
    let done = automated.update("release", &variables).exit(3);
    let error = "run `floxwright update --latest` on your machine";
    assert!(done.stdout.contains(error), "{}", done.stdout);
    assert_eq!(automated.text("output"), "");
    drop(
        automated
            .update("release", &[("NEW", ""), ("CODE", "1")])
            .exit(1),
    );
}

#[test]
fn nixpkgs_moves_with_the_lock_of_flox() {
    let automated = proposing(&[]);
    automated.sandbox.write("d/.flox/env/manifest.lock", "{}");
    automated
        .sandbox
        .git("d", &["add", "--force", ".flox/env/manifest.lock"]);
    automated
        .sandbox
        .git("d", &["commit", "--quiet", "-m", "Lock nixpkgs"]);
    automated.program(
        "flox",
        "[ -n \"$FLOX_FLOXHUB_TOKEN\" ] && echo '{\"moved\": 1}' > .flox/env/manifest.lock",
    );
    drop(
        automated
            .update("nixpkgs", &[("NEW", ""), ("FLOX_FLOXHUB_TOKEN", "t")])
            .success(),
    );
    assert_eq!(automated.text("output"), "found=true\n");
    assert_eq!(automated.calls()[0], "flox upgrade");
    assert_eq!(
        automated.calls()[1],
        "floxwright update --nixpkgs --dry-run --format markdown"
    );
    let subjects = automated
        .sandbox
        .git("d", &["log", "--format=%s", "main.."]);
    assert_eq!(subjects, "Move nixpkgs\n");

    // Without the secret Flox may refuse: that is said, and nothing is opened.
    drop(
        automated
            .update("nixpkgs", &[("NEW", ""), ("FLOX_FLOXHUB_TOKEN", "")])
            .success(),
    );
    assert_eq!(automated.text("output"), "found=false\n");
    assert!(
        automated
            .text("summary")
            .contains("FLOX_FLOXHUB_TOKEN is not set")
    );

    let floating = proposing(&["--nixpkgs", "floating"]);
    drop(floating.update("nixpkgs", &[("NEW", "")]).success());
    assert_eq!(floating.calls().len(), 2);
}
