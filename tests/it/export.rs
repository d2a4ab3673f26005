//! `export`: packages in a checkout of nixpkgs, a commit for each, and what it refuses.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]

use crate::sandbox::{Done, Sandbox};
use serde_json::Value;
use std::fs;

/// The list of Python packages of a small nixpkgs: with what the packages here require, and what stands around them.
const LIST: &str = include_str!("../nix/python-packages.nix");

/// A sandbox with a checkout `nixpkgs` that has one commit.
fn checkout() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("nixpkgs/pkgs/top-level/python-packages.nix", LIST);
    sandbox.write(
        "nixpkgs/maintainers/maintainer-list.nix",
        "{\n  ada = {\n    name = \"Ada Example\";\n  };\n}\n",
    );
    sandbox.git("nixpkgs", &["init", "--quiet", "--initial-branch", "work"]);
    sandbox.git("nixpkgs", &["add", "--all"]);
    sandbox.git("nixpkgs", &["commit", "--quiet", "--message", "before"]);
    sandbox
}

fn export(sandbox: &Sandbox, arguments: &[&str]) -> Done {
    let fixed = ["export", "--nixpkgs", "nixpkgs", "--release", "1.12.0"];
    sandbox.run(&[&fixed[..], arguments].concat())
}

fn file(sandbox: &Sandbox, package: &str) -> String {
    let path = format!("nixpkgs/pkgs/development/python-modules/{package}/default.nix");
    fs::read_to_string(sandbox.path(&path)).unwrap_or_default()
}

#[test]
fn each_package_is_a_commit_and_those_it_requires_come_first() {
    let sandbox = checkout();
    let done = export(&sandbox, &["dagster-webserver", "dagster-postgres"]).success();
    for words in [
        "6 packages written to nixpkgs",
        "6 commits by Ada Example",
        "1.12.0",
    ] {
        assert!(done.stdout.contains(words), "{words} in {}", done.stdout);
    }
    let log = sandbox.git("nixpkgs", &["log", "--reverse", "--format=%s", "work"]);
    let expected = [
        "before",
        "python3Packages.dagster-pipes: init at 1.12.0",
        "python3Packages.dagster-shared: init at 1.12.0",
        "python3Packages.dagster: init at 1.12.0",
        "python3Packages.dagster-graphql: init at 1.12.0",
        "python3Packages.dagster-postgres: init at 0.28.0",
        "python3Packages.dagster-webserver: init at 1.12.0",
    ];
    assert_eq!(log.lines().collect::<Vec<_>>(), expected);
    // Each commit holds its own file, and two lines of the list.
    for (back, package) in ["dagster-webserver", "dagster-postgres", "dagster-graphql"]
        .into_iter()
        .enumerate()
    {
        let commit = format!("work~{back}");
        let stat = sandbox.git("nixpkgs", &["show", "--format=", "--numstat", &commit]);
        assert_eq!(stat.lines().count(), 2, "{stat}");
        assert!(stat.contains(&format!("python-modules/{package}/default.nix")));
        assert!(
            stat.contains("2\t0\tpkgs/top-level/python-packages.nix"),
            "{stat}"
        );
    }
    assert_eq!(sandbox.git("nixpkgs", &["status", "--porcelain"]), "");
    sandbox.git("nixpkgs", &["fsck", "--strict"]);
}

#[test]
fn the_list_stays_sorted_and_otherwise_as_it_was() {
    let sandbox = checkout();
    drop(export(&sandbox, &["--no-commit", "dagster"]).success());
    let list = fs::read_to_string(sandbox.path("nixpkgs/pkgs/top-level/python-packages.nix"));
    let list = list.unwrap_or_default();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let added: Vec<String> = ["dagster", "dagster-pipes", "dagster-shared"]
        .map(|name| format!("  {name} = callPackage ../development/python-modules/{name} {{ }};"))
        .to_vec();
    let at = lines(&list).iter().position(|line| *line == added[0]);
    let names: Vec<String> = lines(&list)
        .into_iter()
        .skip(at.unwrap_or_default())
        .filter(|line| !line.is_empty())
        .take(3)
        .collect();
    assert_eq!(names, added);
    let without = added
        .iter()
        .fold(list, |text, line| text.replace(&format!("{line}\n\n"), ""));
    assert_eq!(without, LIST);
    assert_eq!(sandbox.git("nixpkgs", &["log", "--format=%s"]), "before\n");
}

/// What single files must hold.
const PARTS: [(&str, &str); 8] = [
    ("dagster", "    tag = finalAttrs.version;\n"),
    ("dagster", "    # coloredlogs<=14.0,>=6.1; nixpkgs has "),
    ("dagster-postgres", "    tag = \"1.12.0\";\n"),
    ("dagster-postgres", "  pythonRemoveDeps = [\n"),
    ("dagster-webserver", "    inherit (finalAttrs) version;\n"),
    (
        "dagster-webserver",
        "  ++ uvicorn.optional-dependencies.standard;\n",
    ),
    (
        "dagster-webserver",
        "${python.sitePackages}/dagster_webserver/webapp/build/index.html",
    ),
    (
        "dagster-webserver",
        "    mainProgram = \"dagster-webserver\";\n",
    ),
];

#[test]
fn files_are_as_reviewers_want_them() {
    let sandbox = checkout();
    let done = export(
        &sandbox,
        &[
            "--maintainer",
            "ada",
            "dagster-webserver",
            "dagster-postgres",
            "dagster-mysql",
        ],
    );
    drop(done.success());
    let packages = [
        "dagster",
        "dagster-graphql",
        "dagster-pipes",
        "dagster-postgres",
        "dagster-shared",
        "dagster-webserver",
    ];
    for package in packages {
        let text = file(&sandbox, package);
        for wanted in [
            "buildPythonPackage (finalAttrs: {",
            "  pyproject = true;\n",
            "  __structuredAttrs = true;\n",
            "  version = \"",
            "    maintainers = [ lib.maintainers.ada ];\n",
            "    license = lib.licenses.asl20;\n",
            "  pythonImportsCheck = [ \"",
        ] {
            assert!(text.contains(wanted), "{wanted} in {package}:\n{text}");
        }
        for unwanted in [
            "= with ",
            "importJSON",
            "python313",
            "rec {",
            "throw",
            "\n\n\n",
            "versionAtLeast",
        ] {
            assert!(!text.contains(unwanted), "{unwanted} in {package}:\n{text}");
        }
    }
    for (package, part) in PARTS {
        let text = file(&sandbox, package);
        assert!(text.contains(part), "{part} in {package}:\n{text}");
    }
    insta::assert_snapshot!("export-webserver", file(&sandbox, "dagster-webserver"));
    insta::assert_snapshot!("export-postgres", file(&sandbox, "dagster-postgres"));
}

#[test]
fn nobody_is_named_until_somebody_is() {
    let sandbox = checkout();
    let done = export(&sandbox, &["dagster-pipes"]).success();
    let text = file(&sandbox, "dagster-pipes");
    assert!(text.contains("maintainers = throw \"dagster-pipes: nobody is named who maintains it"));
    let search = done.stdout.lines().find(|line| line.contains("grep -rln"));
    let found = sandbox.shell(&format!(
        "cd nixpkgs && {}",
        search.unwrap_or("false").trim()
    ));
    assert_eq!(
        found.success().stdout,
        "pkgs/development/python-modules/dagster-pipes/default.nix\n"
    );
}

#[test]
fn what_is_there_stays() {
    let sandbox = checkout();
    drop(export(&sandbox, &["dagster"]).success());
    let again = export(&sandbox, &["dagster"]).exit(1);
    drop(again.says(&["error: `dagster` is there already, at 1.12.0\n"]));
    let more = export(&sandbox, &["--format", "json", "dagster-graphql"]).success();
    let result: Value = serde_json::from_str(&more.stdout).unwrap_or_default();
    assert_eq!(
        result["packages"].as_array().map(Vec::len),
        Some(1),
        "{result}"
    );
    assert_eq!(result["packages"][0]["name"], "dagster-graphql");
    assert_eq!(
        result["notes"].as_array().map(Vec::len),
        Some(3),
        "{result}"
    );
    let other = sandbox.run(&[
        "export",
        "--nixpkgs",
        "nixpkgs",
        "--release",
        "1.12.22",
        "dagster-webserver",
    ]);
    drop(other.exit(1).says(&[
        "`dagster` is there already, at 1.12.0, and the packages of the release require 1.12.22",
    ]));
}

#[test]
fn a_plan_writes_nothing() {
    let sandbox = checkout();
    let before = sandbox.entries();
    let plan = export(&sandbox, &["--dry-run", "dagster-shared"]).success();
    let expected = "+ pkgs/development/python-modules/dagster-shared/default.nix\n\
                    ~ pkgs/top-level/python-packages.nix\n\n\
                    commit python3Packages.dagster-shared: init at 1.12.0\n";
    assert_eq!(plan.stdout, expected);
    let patch = export(&sandbox, &["--diff", "dagster-shared"]).success();
    assert_eq!(sandbox.entries(), before);
    sandbox.write("patch", &patch.stdout);
    sandbox.git("nixpkgs", &["apply", "--check", "../patch"]);
}

#[test]
fn without_a_repository_files_are_written() {
    let sandbox = Sandbox::anonymous();
    sandbox.write("nixpkgs/pkgs/top-level/python-packages.nix", LIST);
    let done = export(&sandbox, &["dagster-pipes"]).success();
    assert!(done.stdout.contains("nothing committed"), "{}", done.stdout);
    assert!(file(&sandbox, "dagster-pipes").contains("pname = \"dagster-pipes\""));
}

/// Arguments, exit code, and a part of what is said.
const REFUSED: &[(&[&str], i32, &str)] = &[
    (
        &["--nixpkgs", "nowhere", "dagster"],
        1,
        "`nowhere` is no checkout of nixpkgs",
    ),
    (
        &["--nixpkgs", "file", "dagster"],
        1,
        "`file` is no checkout of nixpkgs",
    ),
    (
        &["--nixpkgs", "broken", "dagster"],
        1,
        "it is not valid Nix",
    ),
    (
        &["--nixpkgs", "other", "dagster"],
        1,
        "does not give an attribute set",
    ),
    (&["--nixpkgs", "nixpkgs"], 2, "PKG"),
    (&["dagster"], 2, "--nixpkgs <DIR>"),
    (
        &["--nixpkgs", "nixpkgs", "dagster-postgre"],
        2,
        "did you mean `dagster-postgres`?",
    ),
    (
        &["--nixpkgs", "nixpkgs", "dagster[docker]"],
        2,
        "name the package alone",
    ),
    (
        &["--nixpkgs", "nixpkgs", "--release", "1.12.16", "dagster"],
        2,
        "1.12.17",
    ),
    (
        &["--nixpkgs", "nixpkgs", "--maintainer", "a b", "dagster"],
        2,
        "`--maintainer`",
    ),
    (
        &["--nixpkgs", "nixpkgs", "--maintainer", "adda", "dagster"],
        1,
        "did you mean `ada`?",
    ),
    (
        &["--nixpkgs", "nixpkgs", "--git-name", "<x>", "dagster"],
        2,
        "`--git-name`",
    ),
];

#[test]
fn what_cannot_be_exported_is_told() {
    let sandbox = checkout();
    sandbox.write("broken/pkgs/top-level/python-packages.nix", "self: {");
    sandbox.write("other/pkgs/top-level/python-packages.nix", "1");
    sandbox.write("file", "");
    for (arguments, exit, says) in REFUSED {
        let before = sandbox.entries();
        let done = sandbox.run(&[&["export"], *arguments].concat()).exit(*exit);
        let done = done.says(&["error: ", says]);
        assert!(done.stdout.is_empty(), "{arguments:?}");
        assert_eq!(sandbox.entries(), before, "{arguments:?}");
    }
    sandbox.git_config("");
    drop(
        export(&sandbox, &["dagster"])
            .exit(5)
            .says(&["`--git-name` says it", "--no-commit"]),
    );
    sandbox.write("nixpkgs/maintainers/maintainer-list.nix", "{ }\n");
    drop(
        export(&sandbox, &["dagster"])
            .exit(1)
            .says(&["changes that are not committed", "maintainer-list.nix"]),
    );
    assert_eq!(file(&sandbox, "dagster"), "");
}
