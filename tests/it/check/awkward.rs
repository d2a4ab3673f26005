//! Repositories in which something is in the way, and what git says of real ones.

use super::command::json;
use super::seeds::REPORTED;
use crate::adopt::{files, handmade};
use crate::sandbox::{Sandbox, new_yes};
use serde_json::Value;

/// What is found by some rules: the rule, the file where there is one, and the sentence.
fn found(sandbox: &Sandbox, rules: &str) -> Vec<String> {
    let told = json(sandbox, &["--deny", "none", "--select", rules], 0);
    let findings = told["findings"].as_array().unwrap().iter();
    let line = |one: &Value| {
        let path = one["place"]["path"].as_str().unwrap_or_default();
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        format!("{} {path}: {}", text("rule"), text("message"))
    };
    findings.map(line).collect()
}

#[test]
fn what_git_says_is_seen() {
    let sandbox = handmade(&files("split"));
    let rules = "publish-refused,file-untracked,package-ignored,git-missing";
    let alone = "publish-refused : the branch `main` follows none of a server, and Flox publishes what is there";
    assert_eq!(found(&sandbox, rules), [alone]);

    sandbox.write("d/.flox/.gitignore", "lib/\n");
    sandbox.write("d/.flox/pkgs/lib/a.nix", "{ x }: x\n");
    sandbox.write("d/.flox/pkgs/new.nix", "{ x }: x\n");
    sandbox.write("d/README.md", "changed\n");
    drop(sandbox.shell("cd d && git add README.md").success());
    let told = found(&sandbox, rules);
    let expected = [
        "package-ignored .flox/pkgs/lib/a.nix: git ignores this file, as everything below a directory `lib` in `.flox`: Flox does not see it",
        "file-untracked .flox/.gitignore: git does not track this file: builds do not see it, and Flox does not publish",
        "file-untracked .flox/pkgs/new.nix: git does not track this file: builds do not see it, and Flox does not publish",
        "publish-refused : `README.md` is changed and not committed",
        alone,
    ];
    assert_eq!(told, expected);

    let commands = "git init --quiet --bare ../server && cd ../d && git remote add origin ../server && git add . && git commit --quiet -m x && git push --quiet -u origin main";
    drop(sandbox.shell(&format!("cd d && {commands}")).success());
    assert_eq!(found(&sandbox, "publish-refused"), Vec::<String>::new());
    let commit = "git commit --quiet --allow-empty -m y";
    drop(sandbox.shell(&format!("cd d && {commit}")).success());
    let ahead = "publish-refused : the server lacks 1 commit of `main`, as far as is known here";
    assert_eq!(found(&sandbox, "publish-refused"), [ahead]);
    drop(
        sandbox
            .shell("cd d && git checkout --quiet --detach")
            .success(),
    );
    let detached = "publish-refused : no branch is checked out, and Flox publishes from a branch";
    assert_eq!(found(&sandbox, "publish-refused"), [detached]);
    drop(sandbox.shell("rm -rf d/.git").success());
    let missing = "git-missing : there is no git repository here, and Flox builds from git";
    assert_eq!(found(&sandbox, rules), [missing]);
}

#[test]
fn what_is_no_regular_file_is_told() {
    let sandbox = handmade(&files("split"));
    let commands = "cd d/.flox && mkfifo pkgs/pipe.nix && ln -s dagster.nix pkgs/link.nix && mv env/manifest.toml env/real && ln -s real env/manifest.toml";
    drop(sandbox.shell(commands).success());
    let told = found(&sandbox, "file-unreadable,package-ignored,environment-file");
    let expected = [
        "package-ignored .flox/pkgs/link.nix: Flox does not follow the link `link.nix`",
        "file-unreadable .flox/env/manifest.toml: this is a link, and a regular file is wanted",
        "file-unreadable .flox/pkgs/pipe.nix: this is a special file, and a regular file is wanted",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_is_no_text_or_too_long_is_survived() {
    let sandbox = handmade(&files("split"));
    let long = "x".repeat(2 << 20);
    sandbox.write("d/.flox/env/manifest.toml", b"version = 1\n# \xff\n");
    sandbox.write("d/.flox/env/manifest.lock", format!("[\"{long}\"]"));
    sandbox.write("d/README.md", format!("```bash\nflox build {long}\n"));
    sandbox.write("d/docs/a.md", format!("| dagster | {long}"));
    sandbox.write("d/docs/b.md", b"flox build \xff\n");
    sandbox.write("d/dagster.yaml", "[".repeat(1 << 20));
    sandbox.write(
        "d/.github/workflows/a.yml",
        format!("env:\n  A_TOKEN: {long}y\n"),
    );
    sandbox.write("d/.gitignore", format!("{}\n{long}\n", "[".repeat(9000)));
    let told = found(&sandbox, "file-unreadable,lock-behind,manifest-invalid");
    let expected = [
        "file-unreadable .flox/env/manifest.toml: this is no text in UTF-8",
        "lock-behind .flox/env/manifest.lock: this is no lock of Flox",
    ];
    assert_eq!(told, expected);
    let done = sandbox
        .run(&["-C", "d", "check", "--deny", "none"])
        .success();
    assert!(done.stdout.len() < 100_000, "{}", done.stdout.len());
}

#[test]
fn a_secret_is_found_and_not_printed() {
    let sandbox = handmade(&files("split"));
    let secret = format!("ghp_{}", "aB3dE6".repeat(6));
    sandbox.write("d/README.md", format!("token {secret}\n"));
    let done = sandbox.run(&["-C", "d", "check"]).exit(4);
    assert!(done.stdout.contains("this looks like a token of GitHub"));
    assert!(!done.stdout.contains(&secret) && done.stdout.contains("ghp_****"));
}

#[test]
fn a_release_that_no_file_says_is_not_guessed() {
    let package = |version: &str| {
        format!(
            "let release = {{ {version} }}; in {{ python313Packages }}: python313Packages.buildPythonPackage {{ pname = \"dagster\"; version = release.version; pyproject = true; build-system = [ python313Packages.setuptools ]; }}\n"
        )
    };
    let sandbox = Sandbox::new();
    sandbox.write("d/.flox/pkgs/dagster.nix", package(""));
    let run = |arguments: &[&str]| {
        let all = [
            &["-C", "d", "check", "--deny", "none", "--format", "json"],
            arguments,
        ]
        .concat();
        sandbox.run(&all).success()
    };
    let done = run(&["--select", "build-system,requirement-missing"]);
    assert!(
        done.stderr
            .contains("no file says of which release the packages are")
    );
    let told: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(told["state"], "clean", "{told}");
    sandbox.write("d/.flox/pkgs/dagster.nix", package("tag = \"1.12.0\";"));
    let done = run(&["--select", "build-system,requirement-missing"]);
    assert_eq!(done.stderr, "");
    let told: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(told["release"], "1.12.0");
}

#[test]
fn documents_of_floxwright_are_told_when_they_are_stale() {
    let sandbox = Sandbox::new();
    drop(sandbox.run(&new_yes("d", &[])).success());
    assert_eq!(found(&sandbox, "document-stale"), Vec::<String>::new());
    drop(
        sandbox
            .shell("cd d && sed -i 's/^expose = .*/expose = \"programs\"/' floxwright.toml")
            .success(),
    );
    let told = found(&sandbox, "document-stale");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("document-stale floxwright.toml: "),
        "{told:?}"
    );
}

#[test]
fn what_the_repository_keeps_of_nixpkgs_is_what_counts() {
    let sandbox = handmade(&floxwright::tree::Tree::from_fixture(REPORTED).unwrap());
    let bounds = || found(&sandbox, "bound-violated");
    let before = bounds();
    assert!(
        !before.iter().any(|line| line.contains("watchdog")),
        "{before:?}"
    );
    let kept = r#"{"schema":1,"source":"a test","revision":null,"date":"2026-11-20","python":"python312","packages":{"watchdog":{"attribute":"watchdog","version":"7.1.0"}}}"#;
    sandbox.write("d/.floxwright/nixpkgs.json", kept);
    let after = bounds();
    assert!(
        after.iter().any(|line| line.contains("watchdog")),
        "{after:?}"
    );
}
