//! `graph`: from a release and from a workspace, in every form; what it refuses.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]

use crate::project;
use crate::sandbox::{Sandbox, new_yes};
use serde_json::Value;
use std::collections::BTreeSet;

const TREE: &str = "\
dagster-complete
└── dagster-webserver 1.12.0
    ├── dagster 1.12.0
    │   ├── dagster-pipes 1.12.0
    │   └── dagster-shared 1.12.0
    └── dagster-graphql 1.12.0
        └── dagster 1.12.0 (*)

(*) unfolded above
";

#[test]
fn a_tree_is_the_first_thing_that_is_seen() {
    let sandbox = Sandbox::new();
    let arguments = ["graph", "--release", "1.12.0", "--nixpkgs", "none"];
    let tree = sandbox.run(&arguments).success();
    assert_eq!(tree.stdout, TREE);
    let ascii = sandbox
        .run(&[&arguments[..], &["--ascii"]].concat())
        .success();
    assert!(ascii.stdout.is_ascii());
    assert!(
        ascii
            .stdout
            .contains("\n    |   `-- dagster-shared 1.12.0\n")
    );
    let latin = Sandbox::new().with_env("LC_ALL", "C");
    assert_eq!(latin.run(&arguments).success().stdout, ascii.stdout);
    let listed = sandbox.run(&["graph", "--release", "1.12.0"]).success();
    assert!(
        listed
            .stdout
            .contains("nixpkgs: click, starlette, uvicorn[standard]\n")
    );
    assert!(listed.stdout.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn packages_and_depth_choose_a_part() {
    let sandbox = Sandbox::new();
    for (arguments, expected) in [
        (
            &["dagster-shared", "--nixpkgs", "none"][..],
            "dagster-shared 1.13.27\n",
        ),
        (
            &["dagster-postgres", "--depth", "1", "--nixpkgs", "nodes"],
            "dagster-postgres 0.29.27\n├── dagster 1.13.27\n└── psycopg2\n",
        ),
        (
            &["dagster-postgres[aws]", "dagster-mysql", "--depth", "1"],
            "dagster-postgres 0.29.27\n├── dagster 1.13.27\n└── nixpkgs: boto3?, psycopg2\n\
             dagster-mysql 0.29.27\n├── dagster 1.13.27\n└── nixpkgs: mysql-connector-python\n\n? only on some systems, or with an extra\n",
        ),
    ] {
        let done = sandbox.run(&[&["graph", "--release", "1.13.27"], arguments].concat());
        let shown = done.success().stdout;
        assert!(shown.starts_with(expected), "{arguments:?}\n{shown}");
    }
}

#[test]
fn a_workspace_is_drawn_from_its_lock() {
    let sandbox = Sandbox::new();
    drop(
        sandbox
            .run(&new_yes(
                "d",
                &[
                    "--release",
                    "1.12.0",
                    "--package",
                    "dagster-postgres",
                    "--with-python",
                    "pandas",
                    "--environment",
                    "mine",
                ],
            ))
            .success(),
    );
    let before = sandbox.entries();
    for directory in ["d", "d/.flox/pkgs"] {
        let done = sandbox
            .run(&["-C", directory, "graph", "--format", "json"])
            .success();
        let graph: Value = serde_json::from_str(&done.stdout).unwrap();
        let names: BTreeSet<&str> = graph["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["id"].as_str().unwrap())
            .collect();
        for name in [
            "mine",
            "dagster-postgres",
            "nixpkgs:pandas",
            "nixpkgs:psycopg2",
        ] {
            assert!(names.contains(name), "{name} in {names:?}");
        }
        let ends = graph["edges"].as_array().unwrap().iter();
        assert!(ends.clone().count() > 40);
        for end in ends.flat_map(|edge| [&edge["from"], &edge["to"]]) {
            assert!(names.contains(end.as_str().unwrap()), "{end}");
        }
    }
    let other = sandbox.run(&[
        "-C",
        "d",
        "graph",
        "--release",
        "1.13.27",
        "--nixpkgs",
        "none",
    ]);
    assert!(other.success().stdout.starts_with("dagster-complete\n"));
    assert_eq!(sandbox.entries(), before);
}

#[test]
fn a_picture_goes_to_a_file_and_is_the_same_every_time() {
    let sandbox = Sandbox::new();
    for format in ["svg", "dot", "mermaid", "json"] {
        let arguments = [
            "graph",
            "dagster-mysql",
            "dagster-dg-cli",
            "--format",
            format,
        ];
        let printed = sandbox.run(&arguments).success();
        drop(
            sandbox
                .run(&[&arguments[..], &["--output", "picture"]].concat())
                .success(),
        );
        let written = std::fs::read_to_string(sandbox.path("picture")).unwrap();
        assert_eq!(written, printed.stdout, "{format}");
        for package in ["dagster-mysql", "dagster-dg-cli"] {
            assert!(written.contains(package), "{package} in {format}");
        }
    }
}

#[test]
fn the_figure_is_what_the_program_draws() {
    let sandbox = Sandbox::new();
    let arguments = ["graph", "--release", "1.13.27", "--format", "svg"];
    project::keep(
        "docs/figures/graph.svg",
        &sandbox.run(&arguments).success().stdout,
    );
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let sandbox = Sandbox::new();
    for place in ["newer", "broken"] {
        sandbox.write(&format!("{place}/floxwright.toml"), "schema = 1\n");
    }
    sandbox.write("newer/floxwright.lock", "schema = 99\n");
    sandbox.write("broken/floxwright.lock", "schema = \n");
    std::fs::create_dir(sandbox.path("directory")).unwrap();
    for (arguments, exit, says) in [
        (
            &["graph", "dagster-postgre"][..],
            2,
            "did you mean `dagster-postgres`?",
        ),
        (&["graph", "a b"], 2, "`a b` is not a Python package name"),
        (&["graph", "dagster[nothing]"], 2, "nothing"),
        (&["graph", "--release", "1.12.16"], 2, "1.12.17"),
        (&["graph", "--release", "x"], 2, "x"),
        (&["graph", "--format", "png"], 2, "invalid value 'png'"),
        (&["graph", "--depth", "-1"], 2, "-1"),
        (
            &["graph", "--output", "no/such/file"],
            1,
            "`no/such/file` cannot be written",
        ),
        (
            &["graph", "--output", "directory"],
            1,
            "`directory` cannot be written",
        ),
        (
            &["-C", "newer", "graph"],
            1,
            "use the floxwright that made it, or a newer one",
        ),
        (
            &["-C", "broken", "graph"],
            1,
            "`floxwright.lock` cannot be read",
        ),
    ] {
        let before = sandbox.entries();
        let done = sandbox.run(arguments).exit(exit).says(&["error: ", says]);
        assert!(done.stdout.is_empty(), "{arguments:?}");
        assert_eq!(sandbox.entries(), before, "{arguments:?}");
    }
}
