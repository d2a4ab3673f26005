//! `new --scaffold` with a plain template makes what `generate` makes of it.

use super::{commit, small};
use crate::sandbox::Sandbox;

/// A run of `new`, by words separated by blanks.
fn new(sandbox: &Sandbox, line: &str) -> crate::sandbox::Done {
    let words = std::iter::once("new").chain(line.split_whitespace());
    sandbox.run(&words.collect::<Vec<_>>())
}

/// The project in `one`, without its repository, as a text.
fn made(sandbox: &Sandbox, directory: &str) -> String {
    sandbox.tree(directory).to_fixture()
}

#[test]
fn a_plain_template_comes_from_everywhere() {
    let sandbox = small();
    sandbox.write("t/cargo-generate.toml", "");
    commit(&sandbox, "t");
    drop(
        sandbox
            .run(&["generate", "--path", "t", "--name", "one", "--silent"])
            .success(),
    );
    let expected = made(&sandbox, "one");
    let address = format!("file://{}", sandbox.path("t").display());
    let pinned = format!("{address}#trunk");
    for (name, given) in [("two", "./t"), ("six", &address), ("ten", &pinned)] {
        drop(new(&sandbox, &format!("{name} --scaffold {given} --yes")).success());
        assert_eq!(
            made(&sandbox, name),
            expected.replace("one", name),
            "{given}"
        );
    }
    // The built-in one; by path it is the same.
    let carried = crate::project::root().join("scaffolds/flox-package");
    drop(new(&sandbox, "a --scaffold flox-package --yes").success());
    drop(
        new(
            &sandbox,
            &format!("b --scaffold {} --yes", carried.display()),
        )
        .success(),
    );
    drop(
        sandbox
            .run(&["generate", "flox-package", "--name", "c", "--silent"])
            .success(),
    );
    let paths = |name: &str| {
        let text = made(&sandbox, name).replace(&format!("bin/{name}"), "bin/NAME");
        let text = text.replace(&format!("pkgs/{name}/"), "pkgs/NAME/");
        let lines = text.lines().filter(|line| line.starts_with("//- "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(paths("a").contains(&"//- bin/NAME (executable)".to_owned()));
    assert_eq!(paths("a"), paths("b"));
    assert_eq!(paths("a"), paths("c"));
}

#[test]
fn the_flags_of_new_mean_what_they_mean() {
    let sandbox = small();
    sandbox.write("t/cargo-generate.toml", "");
    let before = sandbox.entries();
    let plan = new(&sandbox, "my-app --scaffold ./t --yes --dry-run").success();
    assert!(plan.stdout.contains("+ Cargo.toml\n"), "{}", plan.stdout);
    let diff = new(&sandbox, "my-app --scaffold ./t --yes --diff").success();
    assert!(
        diff.stdout.contains("+name = \"my-app\"\n"),
        "{}",
        diff.stdout
    );
    let json = new(&sandbox, "x --scaffold ./t --yes --dry-run --format json").success();
    assert!(
        json.stdout.contains("\"state\": \"planned\""),
        "{}",
        json.stdout
    );
    assert_eq!(sandbox.entries(), before);
    drop(new(&sandbox, "--name called --scaffold ./t --yes --no-git").success());
    assert!(sandbox.path("called/Cargo.toml").exists());
    assert!(!sandbox.path("called/.git").exists());
}

#[test]
fn what_says_nothing_to_a_plain_template_is_refused() {
    let sandbox = small();
    sandbox.write("t/cargo-generate.toml", "");
    let before = sandbox.entries();
    for (line, code, says) in [
        (
            "x --scaffold ./t --yes --release 1.0",
            2,
            "`--release` says nothing to the plain template `./t`",
        ),
        (
            "x --scaffold ./t --yes --no-commit",
            2,
            "`--no-commit` says nothing",
        ),
        (
            "x --scaffold ./t --yes --name y",
            2,
            "the project cannot be called `y` and be made in `x`",
        ),
        ("--scaffold ./t --yes", 5, "the project has no name"),
        ("--scaffold ./t", 5, "the project has no name"),
        (
            "My_App --scaffold ./t --yes",
            2,
            "`My_App` is no name for a project",
        ),
        (
            "far/away --scaffold ./t --yes",
            1,
            "the destination `far` is not a directory",
        ),
        ("t --scaffold ./t --yes", 1, "`t`"),
        ("x --scaffold ./absent --yes", 1, "absent` cannot be read"),
    ] {
        drop(new(&sandbox, line).exit(code).says(&["error: ", says]));
        assert_eq!(sandbox.entries(), before, "{line}");
    }
    // Those who want a catalogue say that there is none.
    for line in [
        "list packages --scaffold flox-package",
        "explain dagster --scaffold flox-package",
        "graph --scaffold flox-package",
    ] {
        let words: Vec<&str> = line.split_whitespace().collect();
        drop(
            sandbox
                .run(&words)
                .exit(2)
                .says(&["is a plain template, and packages no upstream", "hint: "]),
        );
    }
}

#[test]
fn an_empty_directory_is_taken() {
    let sandbox = small();
    sandbox.write("t/cargo-generate.toml", "");
    drop(sandbox.shell("mkdir empty here").success());
    drop(new(&sandbox, "empty --scaffold ./t --yes").success());
    assert!(sandbox.path("empty/Cargo.toml").exists());
    assert!(sandbox.path("empty/.git").exists());
    let inside = sandbox.working_in("here");
    drop(new(&inside, ". --scaffold ../t --yes --no-git").success());
    assert!(inside.path("Cargo.toml").exists());
    assert!(!inside.path(".git").exists());
}

#[test]
fn flags_of_generate_are_told_as_such() {
    let sandbox = small();
    sandbox.write(
        "t/cargo-generate.toml",
        "[placeholders.a]\nprompt = \"A\"\n",
    );
    let done = new(&sandbox, "x --scaffold ./t --yes").exit(5);
    drop(done.says(&[
        "`--define a=VALUE`",
        "these are flags of `floxwright generate`",
    ]));
}
