//! What mending makes of files that are written oddly: nothing is lost, nothing is broken, and what cannot be mended is not promised.

use super::{everything, known};
use crate::sandbox::{Sandbox, new_yes};
use floxwright::check::{Found, Settings, mended, rule};
use floxwright::tree::{File, Tree};

/// One file, the rules that mend it, and what it becomes; nothing where it stays.
#[track_caller]
fn check(rules: &str, before: &str, after: Option<&str>) {
    let path = ".flox/pkgs/a.nix".parse().unwrap();
    let mut found = Found {
        files: Tree::new(),
        ..Found::default()
    };
    found.files.insert(path, File::text(before));
    let settings = Settings {
        select: rules.split(' ').map(|id| rule(id).unwrap().id).collect(),
        ..Settings::default()
    };
    let made = mended(&found, known(), &settings).files;
    assert_eq!(made.text(".flox/pkgs/a.nix"), after, "{before}");
    let mut promised = everything(&found).findings;
    promised.retain(|one| settings.takes(one.rule) && one.fix.is_some());
    assert_eq!(
        promised.is_empty(),
        after.is_none(),
        "{before}: {promised:?}"
    );
}

#[test]
fn names_that_are_not_used_leave_nothing_behind() {
    let rule = "unused-binding";
    check(rule, "let a=1;b=2;in b\n", Some("let b=2;in b\n"));
    let whole = "let inherit ({x=1;y=3;})x y z;b=2;in b\n";
    check(rule, whole, Some("let b=2;in b\n"));
    let some = "let inherit ({x=1;y=3;}) x y;b=2;in b+y\n";
    check(rule, some, Some("let inherit ({x=1;y=3;}) y;b=2;in b+y\n"));
    check(rule, "let inherit ({x=1;}) x;in 2\n", Some("2\n"));
    check(
        rule,
        "let /* why */ a=1; b=2; in b\n",
        Some("let /* why */ b=2; in b\n"),
    );
}

#[test]
fn a_line_end_in_a_text_stays_what_it_is() {
    check("nix-unformatted", "{a,b}:''\n  q\r\n  r\n''\n", None);
    let crlf = "{a,b}:a+b\r\n";
    check("nix-unformatted", crlf, Some("{ a, b }: a + b\r\n"));
}

/// The packages of a release made by floxwright, without what is floxwright's own, one of them changed by a line of the shell.
fn changed(line: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let new = new_yes(
        "d",
        &[
            "--offline",
            "--release",
            "1.12.0",
            "--package",
            "dagster-postgres",
        ],
    );
    drop(sandbox.run(&new).success());
    let line = format!("cd d && rm -rf floxwright.* .floxwright && cd .flox/pkgs && {line}");
    drop(sandbox.shell(&line).success());
    sandbox
}

/// What `check --fix` makes of the package.
fn fixed(sandbox: &Sandbox, rules: &str) -> String {
    drop(
        sandbox
            .run(&[
                "-C", "d", "check", "--fix", "--deny", "none", "--select", rules,
            ])
            .success(),
    );
    sandbox
        .tree("d")
        .text(".flox/pkgs/dagster-postgres.nix")
        .unwrap()
        .to_owned()
}

#[test]
fn a_requirement_that_comes_back_keeps_its_argument() {
    let sandbox =
        changed(r"sed -i 's/dependencies = .*/dependencies = [ ];/' dagster-postgres.nix");
    let text = fixed(&sandbox, "requirement-missing,unused-argument");
    let (head, body) = text.split_once("}:").unwrap();
    assert!(
        head.contains("dagster,") && body.contains("dagster\n") || body.contains("[ dagster ]"),
        "{text}"
    );
}

#[test]
fn a_comment_stays_with_what_it_is_about() {
    let sandbox = changed(
        r"sed -i 's/dependencies = .*/dependencies = [\n dagster # the core\n python313Packages.six # for one\n ];/' dagster-postgres.nix",
    );
    let before = sandbox
        .tree("d")
        .text(".flox/pkgs/dagster-postgres.nix")
        .unwrap()
        .to_owned();
    let text = fixed(&sandbox, "requirement-missing");
    assert_ne!(text, before);
    for line in before.lines().filter(|line| line.contains('#')) {
        assert!(text.contains(line.trim()), "`{line}` is gone: {text}");
    }
}

#[test]
fn a_comment_in_a_list_is_not_thrown_away() {
    let sandbox = changed(
        r"sed -i 's/build-system = .*/build-system = [\n # tool\n python313Packages.hatchling ];/' dagster-postgres.nix",
    );
    let text = fixed(&sandbox, "build-system");
    assert!(
        text.contains("# tool") && text.contains("hatchling"),
        "{text}"
    );
}

#[test]
fn a_document_does_not_follow_a_version_that_is_wrong() {
    let sandbox = changed(
        r#"sed -i 's/inherit (release.*) version;/version = "1.12.0";/' dagster-postgres.nix"#,
    );
    let before = sandbox.tree("d").text("README.md").unwrap().to_owned();
    let select = [
        "-C",
        "d",
        "check",
        "--deny",
        "none",
        "--select",
        "document-stale",
    ];
    let done = sandbox.run(&select).success();
    assert!(
        done.stdout.contains("says `dagster-postgres` 0.28.0"),
        "{}",
        done.stdout
    );
    drop(fixed(&sandbox, "document-stale"));
    assert_eq!(sandbox.tree("d").text("README.md").unwrap(), before);
}
