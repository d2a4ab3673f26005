//! Trees that are not a release, and releases that cannot be read: told before the index is asked, and nothing written.

use crate::project;
use crate::sandbox::Sandbox;

/// A tree with one package, whose `setup.py` has these requirements.
fn tree(sandbox: &Sandbox, version: &str, requirements: &str) {
    let file = |name: &str, text: &str| {
        sandbox.write(&format!("tree/python_modules/dagster-pipes/{name}"), text);
    };
    let set = format!("__version__ = \"{version}\"\n");
    file("dagster_pipes/version.py", &set);
    file(
        "setup.py",
        &format!(
            "from setuptools import setup\n\nabout = {{}}\nexec(open(\"dagster_pipes/version.py\").read(), about)\nsetup(\n    name=\"dagster-pipes\",\n    version=about[\"__version__\"],\n    install_requires={requirements},\n)\n"
        ),
    );
}

/// Runs both commands; `says` has to stand in what they say.
#[track_caller]
fn check(sandbox: &Sandbox, arguments: &[&str], exit: i32, says: &[&str]) {
    let scaffold = format!("{}/scaffolds/dagster", project::root().display());
    let before = sandbox.entries();
    for command in ["read", "check"] {
        let asked = ["catalogue", command, "--scaffold", &scaffold];
        let mut all = [&asked[..], arguments].concat();
        if command == "read" {
            all.extend(["--output", "release.json"]);
        }
        let done = sandbox.run(&all);
        let context = format!("{all:?}:\n{}", done.stderr);
        assert_eq!(done.code, Some(exit), "{context}");
        for part in says {
            assert!(done.stderr.contains(part), "no {part:?} in {context}");
        }
        assert!(
            done.stdout.is_empty() && !done.stderr.contains("panicked"),
            "{context}"
        );
        assert_eq!(sandbox.entries(), before, "{context}");
    }
}

#[test]
fn a_tree_that_is_not_the_release_is_refused() {
    let sandbox = Sandbox::new();
    let from = ["--release", "1.12.0", "--from", "tree"];
    for version in ["1!0+dev", "1.12.1", "0.27.0"] {
        tree(&sandbox, version, "[]");
        let says = format!(
            "error: `dagster-pipes` says the version {version}, which it does not have at the release 1.12.0"
        );
        let place = " --> python_modules/dagster-pipes/dagster_pipes/version.py:1:15";
        check(
            &sandbox,
            &from,
            1,
            &[&says, place, "hint: `git checkout 1.12.0`"],
        );
    }
    // It could be the release; what is missing is known to the index alone, which nobody answers for here.
    tree(&sandbox, "1.12.0", "[]");
    check(
        &sandbox,
        &from,
        1,
        &["cannot be read from the package index", "cannot fetch"],
    );
}

#[test]
fn a_requirement_that_cannot_be_read_is_named_with_its_line() {
    let sandbox = Sandbox::new();
    tree(&sandbox, "1.12.0", "[\"a\", unknown]");
    check(
        &sandbox,
        &["--release", "1.12.0", "--from", "tree"],
        1,
        &[
            "error: a member of `install_requires` cannot be read without running Python",
            "cause: `unknown` is not known here",
            " --> python_modules/dagster-pipes/setup.py:8:28",
        ],
    );
}

#[test]
fn what_is_no_tree_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("empty/README.md", "");
    sandbox.write("text.tar.gz", "text");
    let from = |from| ["--release", "1.12.0", "--from", from];
    check(
        &sandbox,
        &from("empty"),
        1,
        &["`empty` has no directory of the catalogue's packages"],
    );
    check(
        &sandbox,
        &from("text.tar.gz"),
        1,
        &[
            "`text.tar.gz` cannot be read",
            "cause: the archive cannot be read",
        ],
    );
    check(
        &sandbox,
        &from("missing"),
        1,
        &["`missing` cannot be read", "No such file or directory"],
    );
    check(
        &sandbox,
        &["--release", "1.12.16"],
        1,
        &["1.12.16 must not be packaged", "hint: `--release 1.12.17`"],
    );
    check(
        &sandbox,
        &["--release", "one"],
        2,
        &["`--release`: `one` is not a version"],
    );
}
