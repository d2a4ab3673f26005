//! Every route to a repository gives the same bytes: flags, an answers file, `--yes`, the wizard, the command that is printed at
//! the end, and the intent of a repository that is there; whatever the surroundings are.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

mod interview;
mod releases;

use crate::sandbox::{Sandbox, new_yes};
use floxwright::tree::{File, Tree};

/// One meaning, as flags and as an answers file.
struct Meaning {
    flags: &'static [&'static str],
    file: &'static str,
}

const MEANINGS: [Meaning; 3] = [
    Meaning {
        flags: &[],
        file: "directory = \"d\"\n",
    },
    Meaning {
        flags: &[
            "--release",
            "1.12.0",
            "--layout",
            "single",
            "--package",
            "dagster-postgres",
            "--package",
            "dagster-dg-cli",
            "--with-python",
            "pandas,pytest",
            "--handle",
            "acme",
        ],
        file: "schema = 1\ndirectory = \"d\"\n[upstream]\nrelease = \"1.12.0\"\n[build]\nlayout = \"closure\"\n\
               packages = [\"dagster-dg-cli\", \"dagster-postgres\"]\n[environment]\npython = [\"pytest\", \"pandas\"]\n\
               [publish]\nhandle = \"acme\"\n",
    },
    Meaning {
        flags: &[
            "--name",
            "acme-dagster",
            "--release",
            "v1.13.27",
            "--source",
            "pypi",
            "--package",
            "dagster-postgres[aws,gcp]",
            "--python",
            "3.12",
            "--system",
            "x86_64-linux",
            "--missing",
            "fail",
            "--nixpkgs",
            "floating",
            "--environment",
            "acme",
            "--expose",
            "programs",
            "--storage",
            "postgres",
            "--docs",
            "all",
            "--docs-dir",
            "documents/",
            "--with",
            "flake,workflows",
            "--publish",
            "all",
            "--license",
            "mit",
            "--remote",
            "https://example.org/a.git",
        ],
        file: "directory = \"d\"\nworkspace = { name = \"acme-dagster\", scaffold = \"dagster\" }\n\
               upstream = { release = \"1.13.27\", source = \"pypi\" }\n\
               [build]\npackages = [\"dagster-postgres[gcp,aws]\"]\npython = \"python312\"\nsystems = [\"x86_64-linux\"]\n\
               missing = \"fail\"\nnixpkgs = \"floating\"\n[environment]\nname = \"acme\"\nexpose = \"programs\"\n\
               [documents]\nset = \"all\"\ndir = \"documents\"\nstorage = \"postgres\"\nwith = [\"workflows\", \"flake\"]\n\
               [publish]\npackages = [\"all\"]\nlicense = \"MIT\"\nremote = \"https://example.org/a.git\"\n",
    },
];

/// Makes `d` in a sandbox and returns its files.
fn made(sandbox: &Sandbox, arguments: &[&str]) -> Tree {
    drop(sandbox.run(arguments).success());
    sandbox.tree("d")
}

/// Fails with the first line that differs.
#[track_caller]
pub(super) fn assert_same(one: &Tree, other: &Tree, what: &str) {
    let names = |tree: &Tree| tree.paths().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{what}");
    for (path, file) in one.iter() {
        let there = other.get(path).unwrap();
        let text = |file: &File| String::from_utf8_lossy(&file.bytes).into_owned();
        let (one, other) = (text(file), text(there));
        let different = one
            .lines()
            .zip(other.lines())
            .find(|(one, other)| one != other);
        assert!(file == there, "{what}: {path}: {different:#?}");
    }
}

fn by_flags(meaning: &Meaning) -> (Sandbox, Tree) {
    let sandbox = Sandbox::new();
    let tree = made(&sandbox, &new_yes("d", meaning.flags));
    (sandbox, tree)
}

#[test]
fn an_answers_file_says_the_same_as_flags() {
    for meaning in &MEANINGS {
        let (_, flags) = by_flags(meaning);
        let sandbox = Sandbox::new();
        sandbox.write("answers.toml", meaning.file);
        let file = made(&sandbox, &["new", "--answers", "answers.toml", "--yes"]);
        assert_same(&flags, &file, meaning.file);
    }
}

#[test]
fn the_intent_of_a_repository_makes_it_again() {
    for meaning in &MEANINGS {
        let (_, first) = by_flags(meaning);
        let sandbox = Sandbox::new();
        sandbox.write("floxwright.toml", first.text("floxwright.toml").unwrap());
        let again = made(
            &sandbox,
            &["new", "d", "--answers", "floxwright.toml", "--yes"],
        );
        assert_same(&first, &again, meaning.file);
        // Every question is answered by it, so nobody has to say yes.
        let sandbox = Sandbox::new();
        sandbox.write("floxwright.toml", first.text("floxwright.toml").unwrap());
        assert_same(
            &first,
            &made(&sandbox, &["new", "d", "--answers", "floxwright.toml"]),
            "without --yes",
        );
    }
}

#[test]
fn the_printed_command_makes_it_again() {
    for meaning in &MEANINGS {
        for directory in ["d", "it's a \"test\" $HOME"] {
            let sandbox = Sandbox::new();
            let done = sandbox.run(&new_yes(directory, meaning.flags)).success();
            let again = Sandbox::new();
            drop(again.shell(done.same_again()).success());
            assert_same(
                &sandbox.tree(directory),
                &again.tree(directory),
                done.same_again(),
            );
        }
    }
}

#[test]
fn nothing_is_said_as_none() {
    let flags = [
        "--with",
        "none",
        "--package",
        "none",
        "--with-python",
        "none",
        "--handle",
        "",
    ];
    let sandbox = Sandbox::new();
    let done = sandbox.run(&new_yes("d", &flags)).success();
    let intent = sandbox
        .tree("d")
        .text("floxwright.toml")
        .unwrap()
        .to_owned();
    assert_eq!(intent.matches("= []").count(), 3, "{intent}");
    let again = Sandbox::new();
    drop(again.shell(done.same_again()).success());
    assert_same(&sandbox.tree("d"), &again.tree("d"), done.same_again());
}

#[test]
fn tables_of_the_file_come_along() {
    let sandbox = Sandbox::new();
    let answers = "directory = \"d\"\n[package.dagster]\nextra-dependencies = [\"pandas\"]\nrelax = [\"rich\"]\nremove-dependencies = [\"tqdm\"]\n\
                   [nixpkgs.versions]\nprotobuf = \"6.0\"\n";
    sandbox.write("answers.toml", answers);
    let done = sandbox
        .run(&["new", "--answers", "answers.toml", "--yes"])
        .success();
    let first = sandbox.tree("d");
    let package = first.text(".flox/pkgs/dagster.nix").unwrap();
    assert!(
        package.contains("pandas")
            && package.contains("\"rich\"")
            && !package.contains("      tqdm\n"),
        "{package}"
    );
    let again = Sandbox::new();
    again.write("answers.toml", answers);
    drop(again.shell(done.same_again()).success());
    assert_same(&first, &again.tree("d"), "tables");
    let other = Sandbox::new();
    other.write("own.toml", first.text("floxwright.toml").unwrap());
    assert_same(
        &first,
        &made(&other, &["new", "d", "--answers", "own.toml", "--yes"]),
        "tables of the intent",
    );
}

#[test]
fn the_surroundings_do_not_matter() {
    let meaning = &MEANINGS[1];
    let (plain, first) = by_flags(meaning);
    let commit = |sandbox: &Sandbox| sandbox.git("d", &["rev-parse", "HEAD"]);
    for sandbox in [
        Sandbox::new()
            .with_env("LC_ALL", "tr_TR.UTF-8")
            .with_env("LANG", "tr_TR.UTF-8")
            .with_env("TZ", "Pacific/Kiritimati"),
        Sandbox::new()
            .with_env("LC_ALL", "C")
            .with_env("TZ", "America/St_Johns"),
        Sandbox::new().after_shell("umask 077"),
        Sandbox::new().after_shell("umask 000"),
        Sandbox::new().working_in("some/where else/ünter"),
        Sandbox::new()
            .with_env("COLUMNS", "20")
            .with_env("TERM", "dumb"),
    ] {
        let tree = made(&sandbox, &new_yes("d", meaning.flags));
        assert_same(&first, &tree, "surroundings");
        assert_eq!(commit(&plain), commit(&sandbox), "the commit");
    }
    // The day has no place in a file that is not the licence, and the time is in the commit only.
    let later = Sandbox::new().with_env("SOURCE_DATE_EPOCH", "1893456000");
    let tree = made(&later, &new_yes("d", meaning.flags));
    let changed: Vec<_> = tree
        .iter()
        .filter(|(path, file)| first.get(path) != Some(file))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(changed, Vec::<&str>::new());
    assert_ne!(commit(&plain), commit(&later));
}
