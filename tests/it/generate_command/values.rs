//! Values from everywhere that they can be given.

use super::{generate, refuses, template};
use crate::sandbox::Sandbox;

/// The value of `v` that a file of the project gets.
#[track_caller]
fn check(sandbox: &Sandbox, line: &str, expected: &str) {
    drop(generate(sandbox, &format!("{line} --name p")).success());
    assert_eq!(sandbox.tree("p").text("f"), Some(expected), "{line}");
    drop(sandbox.shell("rm -r p").success());
}

#[test]
fn the_nearest_value_counts() {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", "//- f\n{{v}}\n");
    sandbox.write(
        "c.toml",
        "[values]\nv = 'configuration'\n[favorites.plain]\npath = 't'\n[favorites.own]\npath = 't'\n[favorites.own.values]\nv = 'favorite'\n",
    );
    sandbox.write("one.toml", "[values]\nv = 'file of the environment'\n");
    sandbox.write("two.toml", "[values]\nv = 'file'\n");
    check(&sandbox, "plain -c c.toml", "configuration\n");
    check(&sandbox, "own -c c.toml", "favorite\n");
    let sandbox = sandbox.with_env("CARGO_GENERATE_TEMPLATE_VALUES_FILE", "one.toml");
    check(&sandbox, "own -c c.toml", "file of the environment\n");
    let sandbox = sandbox.with_env("CARGO_GENERATE_VALUE_V", "environment");
    check(&sandbox, "own -c c.toml", "environment\n");
    check(&sandbox, "own -c c.toml --values-file two.toml", "file\n");
    check(
        &sandbox,
        "own -c c.toml --template-values-file two.toml -d v=flag",
        "flag\n",
    );
    check(
        &sandbox,
        "own -c c.toml -d v=one --define v=two=2",
        "two=2\n",
    );
    check(&sandbox, "own -c c.toml -d v=", "\n");
}

#[test]
fn the_name_comes_from_the_environment_too() {
    let sandbox = Sandbox::new().with_env("CARGO_GENERATE_VALUE_PROJECT_NAME", "from-there");
    template(&sandbox, "t", "//- f\n{{project-name}}\n");
    drop(generate(&sandbox, "t").success());
    assert_eq!(sandbox.tree("from-there").text("f"), Some("from-there\n"));
}

#[test]
fn what_is_no_value_is_shown() {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", "//- f\n{{v}}\n");
    sandbox.write("no-table.toml", "v = 'x'\n");
    sandbox.write("no-toml.toml", "[values]\nv = \n");
    sandbox.write(
        "no-favorite.toml",
        "[favorites.a]\n[favorites.b]\ngit = 'x'\npath = 'y'\n",
    );
    sandbox.write("no-vcs.toml", "[favorites.a]\ngit = 'x'\nvcs = 'svn'\n");
    let cases: [(&str, i32, &[&str]); 8] = [
        ("-d v", 2, &["error: `--define v` is not `KEY=VALUE`"]),
        ("-d 1=2 -d =x", 2, &["`--define 1=2`", "`--define =x`"]),
        (
            "--values-file none.toml",
            1,
            &["the values file", "cannot be read"],
        ),
        (
            "--values-file no-table.toml",
            2,
            &["error: the values file is not valid: missing field `values`"],
        ),
        (
            "--values-file no-toml.toml",
            2,
            &["no-toml.toml:2:5", "2 | v ="],
        ),
        ("-c none.toml", 1, &["the configuration", "cannot be read"]),
        (
            "-c no-favorite.toml",
            2,
            &["the favorite `a` has neither", "the favorite `b` has both"],
        ),
        (
            "-c no-vcs.toml",
            2,
            &["unknown variant `svn`", "no-vcs.toml:3:7"],
        ),
    ];
    for (flags, code, says) in cases {
        refuses(&sandbox, &format!("t -n p {flags}"), code, says);
    }
}

#[test]
fn nobody_is_no_author() {
    let sandbox = Sandbox::anonymous();
    template(&sandbox, "t", "//- f\n{{authors}}|{{username}}\n");
    refuses(&sandbox, "t -n p", 1, &["nobody knows who works here"]);
    // A template that does not ask has no use for it. cargo-generate refuses.
    template(&sandbox, "u", "//- f\n{{project-name}}\n");
    refuses(
        &sandbox,
        "u -n p --compat",
        1,
        &["nobody knows who works here"],
    );
    drop(generate(&sandbox, "u -n q").success());
    let sandbox = sandbox
        .with_env("USER", "ada")
        .with_env("CARGO_EMAIL", "<ada@example.org>");
    check(&sandbox, "t", "ada <ada@example.org>|ada\n");
}
