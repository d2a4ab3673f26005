//! Answers files that cannot be taken: each problem with line and column.

use super::{refuses, refuses_flags};
use crate::sandbox::Sandbox;

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("latin", b"[publish]\nhandle = \"caf\xe9\"\n");
    std::os::unix::fs::symlink("loop", sandbox.path("loop")).unwrap();
    for (file, says) in [
        ("nowhere.toml", "No such file"),
        (".", "it is not a regular file"),
        ("/dev/null", "it is not a regular file"),
        ("loop", "cannot be read"),
        ("latin", "invalid utf-8"),
        ("", "cannot be read"),
    ] {
        let told = refuses_flags(
            &sandbox,
            &["--answers", file],
            1,
            &["the answers file", says],
        );
        assert_eq!(told, 1, "{file}");
    }
}

/// What a file holds, and each problem with its place.
const FILES: &[(&str, &[&str])] = &[
    (
        "[build]\nlayout = \n",
        &["it is not TOML", "answers.toml:2:10"],
    ),
    ("[build\n", &["it is not TOML", "answers.toml:1:7"]),
    (
        "[build]\nlayout = \"split\"\nlayout = \"single\"\n",
        &["it is not TOML", "answers.toml:3:1"],
    ),
    (
        "schema = 2\n",
        &[
            "schema 2 is not known; this program reads schema 1",
            "answers.toml:1:10",
        ],
    ),
    (
        "schema = \"1\"\n",
        &["`schema` is a number", "answers.toml:1:10"],
    ),
    (
        "zz = 1\n[build]\nlayout = 3\nlayuot = \"x\"\nsystems = \"x86_64-linux\"\n[publish]\npackages = [1]\n[zz.b]\nc = 1\n",
        &[
            "there is no key `zz`",
            "answers.toml:1:1",
            "`build.layout` is a text, not integer",
            "answers.toml:3:10",
            "there is no key `build.layuot`; did you mean `build.layout`?",
            "answers.toml:4:1",
            "`build.systems` is a list of texts, not string",
            "answers.toml:5:11",
            "`publish.packages` is a list of texts",
            "answers.toml:7:12",
        ],
    ),
    (
        "[build]\nlayout = \"x\"\npython = \"py\"\n[documents]\nset = \"no\"\n",
        &[
            "`x` is not one of split, single",
            "answers.toml:2:10",
            "`py` is not a Python",
            "answers.toml:3:10",
            "`no` is not one of core, all",
            "answers.toml:5:7",
        ],
    ),
    (
        "[package.dagster]\nrelaxx = []\n",
        &[
            "there is no key `package.dagster.relaxx`",
            "answers.toml:2:10",
        ],
    ),
    (
        "[override]\nclick = 8\n",
        &[
            "`override.click` is a version in quotes",
            "answers.toml:2:9",
        ],
    ),
    (
        "[nixpkgs]\nversion = {}\n",
        &["did you mean `nixpkgs.versions`"],
    ),
    ("build = 3\n", &["there is no key `build`"]),
    (
        "[workspace]\nname = \"a\\nb\"\n",
        &["`a\\nb` cannot be a name", "answers.toml:2:8"],
    ),
];

#[test]
fn every_problem_has_its_line_and_column() {
    let sandbox = Sandbox::new();
    for (text, says) in FILES.iter().filter(|(text, _)| !text.starts_with("zz")) {
        sandbox.write("answers.toml", text);
        refuses_flags(&sandbox, &["--answers", "answers.toml"], 2, says);
    }
    let (text, says) = FILES
        .iter()
        .find(|(text, _)| text.starts_with("zz"))
        .unwrap();
    sandbox.write(
        "answers.toml",
        text.replace("[zz.b]\nc = 1\n", "[zzz.b]\nc = 1\n"),
    );
    let told = refuses_flags(&sandbox, &["--answers", "answers.toml"], 2, says);
    assert_eq!(told, 6, "all are told at once");
}

#[test]
fn a_flag_over_a_file_is_the_one_that_is_blamed() {
    let sandbox = Sandbox::new();
    sandbox.write("answers.toml", "[build]\nlayout = \"x\"\n");
    refuses_flags(
        &sandbox,
        &["--answers", "answers.toml", "--layout", "y"],
        2,
        &["`--layout`: `y` is not one of"],
    );
    drop(
        sandbox
            .run(&[
                "new",
                "d",
                "--yes",
                "--answers",
                "answers.toml",
                "--layout",
                "single",
            ])
            .success(),
    );
}

#[test]
fn without_yes_the_file_alone_must_say_enough() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "answers.toml",
        "directory = \"d\"\n[build]\nlayout = \"single\"\n",
    );
    let bad = super::Bad {
        arguments: &["--answers", "answers.toml"],
        exit: 5,
        says: &["`upstream.release`", "`build.packages`"],
    };
    let done = refuses(&sandbox, &bad);
    assert!(!done.stderr.contains("build.layout"), "{}", done.stderr);
}

/// Tables that are well-formed and cannot be followed: text, exit code, what is said.
const TABLES: &[(&str, i32, &[&str])] = &[
    (
        "[package.nope]\nrelax = [\"x\"]\n",
        2,
        &["`[package.nope]`: there is no package `nope`"],
    ),
    (
        "[package.dagster]\nrelax = [\"grpcio\"]\n",
        1,
        &["`grpcio` cannot be relaxed", "grpcio-health-checking"],
    ),
    (
        "[package.dagster]\nremove-dependencies = [\"grpcio\"]\n",
        1,
        &["`grpcio` cannot be removed", "grpcio-health-checking"],
    ),
    (
        "[package.dagster]\nremove-dependencies = [\"pandas\"]\n",
        1,
        &["it does not require `pandas`"],
    ),
    (
        "[package.dagster-pipes]\nextra-dependencies = [\"dagster-webserver\"]\n",
        1,
        &["it requires itself, through an added dependency"],
    ),
    (
        "[nixpkgs.versions]\nclick = \"4.0\"\n",
        1,
        &[
            "it requires `click",
            "4.0 (floxwright.toml): only an upper bound can be relaxed",
        ],
    ),
];

#[test]
fn tables_that_cannot_be_followed_are_refused() {
    let sandbox = Sandbox::new();
    for (text, exit, says) in TABLES {
        sandbox.write("answers.toml", text);
        let bad = super::Bad {
            arguments: &["d", "--yes", "--answers", "answers.toml"],
            exit: *exit,
            says,
        };
        drop(refuses(&sandbox, &bad));
    }
}

#[test]
fn an_added_dependency_is_resolved_like_any_other() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "answers.toml",
        "[package.dagster-webserver]\nextra-dependencies = [\"dagster-postgres\", \"pandas\", \"no-such-thing\"]\n",
    );
    let done = sandbox
        .run(&["new", "d", "--yes", "--answers", "answers.toml"])
        .success();
    assert!(
        done.stderr.contains("`no-such-thing` is not in the index"),
        "{}",
        done.stderr
    );
    let tree = sandbox.tree("d");
    assert!(
        tree.text(".flox/pkgs/dagster-postgres.nix").is_some(),
        "it comes along"
    );
    let webserver = tree
        .text(".flox/pkgs/dagster-webserver.nix")
        .unwrap_or_default();
    assert!(
        webserver.contains("    dagster-postgres\n") && webserver.contains("    pandas\n"),
        "{webserver}"
    );
}
