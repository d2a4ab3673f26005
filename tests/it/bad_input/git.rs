//! git as people have configured it: no identity, and settings that would change, hide or sign what is committed.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use super::{Bad, refuses};
use crate::sandbox::{Sandbox, new_yes};
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn nobody_to_commit_is_told_with_the_flags() {
    let sandbox = Sandbox::anonymous();
    let bad = Bad {
        arguments: &["d", "--yes"],
        exit: 5,
        says: &[
            "`--git-name` gives it",
            "`--git-email` gives it",
            "hint: `--no-commit` leaves the commit to you",
        ],
    };
    let done = refuses(&sandbox, &bad);
    assert_eq!(done.stderr.matches("error: ").count(), 2);
    let wrong = Bad {
        arguments: &["d", "--yes", "--git-name", "a<b", "--git-email", "a\nb"],
        exit: 2,
        says: &["`--git-name`: git takes no", "`--git-email`: git takes no"],
    };
    drop(refuses(&sandbox, &wrong));
    drop(
        sandbox
            .run(&new_yes("uncommitted", &["--no-commit"]))
            .success(),
    );
    assert!(
        sandbox
            .git("uncommitted", &["status", "--porcelain"])
            .lines()
            .all(|line| line.starts_with("A  "))
    );
    drop(sandbox.run(&new_yes("bare", &["--no-git"])).success());
    assert!(!sandbox.path("bare/.git").exists());
    let flags = ["--git-name", "Ada", "--git-email", "ada@example.org"];
    drop(sandbox.run(&new_yes("named", &flags)).success());
    let who = sandbox.git("named", &["log", "--format=%an <%ae> %cn <%ce> %at"]);
    assert_eq!(
        who.trim(),
        format!(
            "Ada <ada@example.org> Ada <ada@example.org> {}",
            crate::sandbox::EPOCH
        )
    );
}

#[test]
fn the_environment_knows_who_commits() {
    let sandbox = Sandbox::anonymous()
        .with_env("GIT_AUTHOR_NAME", "Grace")
        .with_env("GIT_COMMITTER_EMAIL", "grace@example.org");
    drop(sandbox.run(&new_yes("d", &[])).success());
    let who = sandbox.git("d", &["log", "--format=%an <%ae>"]);
    assert_eq!(who.trim(), "Grace <grace@example.org>");
}

/// A configuration with everything in it that has ever spoilt a generated repository.
fn hostile(sandbox: &Sandbox) {
    let hook = "#!/bin/sh\ntouch \"$HOME/hook-ran\"\nexit 1\n";
    for name in [
        "pre-commit",
        "commit-msg",
        "post-commit",
        "reference-transaction",
        "post-checkout",
    ] {
        for directory in ["template/hooks", "hooks"] {
            sandbox.write(&format!("{directory}/{name}"), hook);
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(sandbox.path(&format!("{directory}/{name}")), mode).unwrap();
        }
    }
    sandbox.write("ignore", "*\n*.lock\n*.nix\n.flox/\n");
    sandbox.write("attributes", "* text eol=crlf filter=rot ident\n");
    let path = |name: &str| sandbox.path(name).display().to_string();
    sandbox.git_config(&format!(
        "[user]\n\tname = Ada\n\temail = ada@example.org\n\tsigningKey = none\n\
         [core]\n\texcludesFile = {}\n\tattributesFile = {}\n\tautocrlf = true\n\teol = crlf\n\thooksPath = {}\n\tfileMode = false\n\tsafecrlf = true\n\
         [commit]\n\tgpgSign = true\n[gpg]\n\tprogram = false\n[init]\n\ttemplateDir = {}\n\tdefaultBranch = other\n\
         [filter \"rot\"]\n\tclean = tr a-z b-za\n\tsmudge = tr b-za a-z\n\trequired = true\n",
        path("ignore"), path("attributes"), path("hooks"), path("template"),
    ));
}

#[test]
fn a_hostile_configuration_changes_nothing_in_the_commit() {
    let (plain, sandbox) = (Sandbox::new(), Sandbox::anonymous());
    hostile(&sandbox);
    drop(plain.run(&new_yes("d", &[])).success());
    drop(sandbox.run(&new_yes("d", &[])).success());
    assert!(sandbox.tree("d") == plain.tree("d"));
    let tree = |sandbox: &Sandbox| sandbox.git("d", &["rev-parse", "HEAD^{tree}"]);
    assert_eq!(tree(&sandbox), tree(&plain));
    assert!(!sandbox.root().join("home/hook-ran").exists(), "a hook ran");
    assert!(
        !sandbox.path("d/.git/hooks/pre-commit").exists(),
        "a hook was installed"
    );
    assert_eq!(
        sandbox.git("d", &["branch", "--show-current"]).trim(),
        "main"
    );
    assert_eq!(sandbox.git("d", &["log", "--format=%G?"]).trim(), "N");
    // Byte for byte: what git has stored is what stands on the disk.
    for (path, file) in sandbox.tree("d").iter() {
        let stored = sandbox.git("d", &["cat-file", "blob", &format!("HEAD:{path}")]);
        assert_eq!(stored.as_bytes(), file.bytes, "{path}");
    }
}

#[test]
fn a_broken_configuration_is_no_reason_to_fail_when_it_is_not_needed() {
    let sandbox = Sandbox::anonymous();
    sandbox.git_config("[user\nname = ");
    let flags = ["--git-name", "Ada", "--git-email", "ada@example.org"];
    drop(sandbox.run(&new_yes("d", &flags)).success());
    let bad = Bad {
        arguments: &["e", "--yes"],
        exit: 5,
        says: &["`--git-name` gives it"],
    };
    drop(refuses(&sandbox, &bad));
}

#[test]
fn the_remote_becomes_origin_and_nothing_is_pushed() {
    let sandbox = Sandbox::new();
    let url = "git@example.org:acme/dagster-build.git";
    drop(sandbox.run(&new_yes("d", &["--remote", url])).success());
    assert_eq!(
        sandbox.git("d", &["remote", "get-url", "origin"]).trim(),
        url
    );
    assert_eq!(
        sandbox.git("d", &["status", "--porcelain", "--ignored"]),
        ""
    );
}
