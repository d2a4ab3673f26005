//! `--compat`, and the program under cargo-generate's name.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests start the program under another name"
)]
#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use super::{SMALL, commit, generate, refuses, small, template};
use crate::sandbox::{Done, PROGRAM, Sandbox};
use std::os::unix::fs::symlink;
use std::process::Command;

/// Runs the program through a link with cargo-generate's name.
fn cargo_generate(sandbox: &Sandbox, line: &str) -> Done {
    let program = sandbox.root().join("cargo-generate");
    symlink(PROGRAM, &program).ok();
    let mut command = Command::new(program);
    command.args(line.split_whitespace());
    sandbox.surround(&mut command);
    sandbox.done(&command.output().unwrap())
}

#[test]
fn the_program_is_cargo_generate_under_its_name() {
    let sandbox = small();
    for (number, line) in ["generate t", "gen --path t", "t"].iter().enumerate() {
        let done = cargo_generate(&sandbox, &format!("{line} --name p{number}")).success();
        assert!(
            done.stdout.contains("Done! New project created"),
            "{}",
            done.stdout
        );
        assert_eq!(sandbox.tree(&format!("p{number}")).len(), 3);
    }
    let done = cargo_generate(&sandbox, "generate t --name p0").exit(1);
    assert_eq!(
        done.stderr,
        "Error: Target directory already exists, aborting!\n"
    );
    for line in ["--version", "-V", "generate --version"] {
        let done = cargo_generate(&sandbox, line).success();
        assert_eq!(done.stdout, "cargo generate 0.23.14\n", "{line}");
    }
    for line in ["help", "help generate", "generate --help", "--help"] {
        let done = cargo_generate(&sandbox, line).success();
        assert!(
            done.stdout.contains("--allow-commands"),
            "{line}: {}",
            done.stdout
        );
    }
    let own = sandbox.run(&["--version"]).success();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(own.stdout, format!("floxwright {version}\n"));
    drop(cargo_generate(&sandbox, "generate --nonsense").exit(2));
}

#[test]
fn everything_is_said_as_cargo_generate_says_it() {
    let sandbox = small();
    let done = generate(&sandbox, "--compat t -n p").success();
    let target = sandbox.path("p").display().to_string();
    let first = "Favorite `t` not found in config, using it as a local path: t\n";
    assert!(done.stdout.starts_with(first), "{}", done.stdout);
    let last = format!("Done! New project created {target}\n");
    assert!(done.stdout.ends_with(&last), "{}", done.stdout);
    refuses(
        &sandbox,
        "--compat --git none -n q",
        1,
        &["Error: Please check if the Git user / repository exists."],
    );
    refuses(&sandbox, "--compat t", 1, &["Error: "]);
}

#[test]
fn only_the_directory_above_counts_as_a_workspace() {
    let sandbox = small();
    sandbox.write(
        "Cargo.toml",
        "# kept\n[workspace]\nmembers = [\"z\", \"a\"]\n",
    );
    drop(generate(&sandbox, "--compat t -n p").success());
    let expected = "# kept\n[workspace]\nmembers = [\n    \"a\",\n    \"p\",\n    \"z\",\n]\n";
    assert_eq!(sandbox.tree(".").text("Cargo.toml"), Some(expected));
    assert!(!sandbox.path("p/.git").exists());
    template(&sandbox, "text", "//- text\nno package\n");
    refuses(
        &sandbox,
        "--compat text -n q",
        1,
        &["Error: Failed to read"],
    );
}

#[test]
fn a_branch_nobody_names_is_gits_old_one() {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", SMALL);
    let head = |line: &str| {
        drop(generate(&sandbox, &format!("{line} -n p")).success());
        let head = sandbox.git("p", &["symbolic-ref", "--short", "HEAD"]);
        drop(sandbox.shell("rm -r p").success());
        head.trim().to_owned()
    };
    assert_eq!(
        (head("t"), head("t --compat")),
        ("main".into(), "master".into())
    );
    sandbox.git_config("[user]\n\tname = A\n[init]\n\tdefaultBranch = first\n");
    assert_eq!(
        (head("t"), head("t --compat")),
        ("first".into(), "first".into())
    );
    sandbox.git_config("[user]\n\tname = A\n\temail = a@example.org\n");
    commit(&sandbox, "t");
    assert_eq!(
        (head("t"), head("t --compat")),
        ("trunk".into(), "trunk".into())
    );
}

#[test]
fn a_test_runs_in_a_directory_of_its_own() {
    let sandbox = small().with_env("CARGO_GENERATE_TEST_CMD", "test -e");
    let before = sandbox.entries();
    drop(generate(&sandbox, "t --test run").success());
    drop(generate(&sandbox, "t --test none").exit(1));
    assert_eq!(sandbox.entries(), before);
    let sandbox = sandbox.working_in("t");
    drop(generate(&sandbox, "--test src/tested_project.rs").success());
}
