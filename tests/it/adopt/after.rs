//! After it, the repository is one like any other.

use super::{FIXTURES, adopt, commit, files, handmade, tree};
use crate::routes::assert_same;
use floxwright::tree::{File, RelPath};

#[test]
fn it_is_a_repository_like_any_other() {
    let sandbox = handmade(&files("split"));
    drop(adopt(&sandbox, &["--yes"]).success());
    drop(
        adopt(&sandbox, &["--yes"])
            .exit(1)
            .says(&["is a repository of floxwright already"]),
    );
    commit(&sandbox);
    let before = tree(&sandbox);
    let there = |arguments: &[&str]| sandbox.run(&[&["-C", "d"], arguments].concat());
    drop(there(&["add", "dagster-aws"]).success());
    let patched = tree(&sandbox);
    let dagster = patched.text(".flox/pkgs/dagster.nix").unwrap();
    assert!(
        dagster.contains("patches = [ ./quiet.patch ];"),
        "{dagster}"
    );
    drop(there(&["remove", "dagster-aws"]).success());
    assert_same(&before, &tree(&sandbox), "add and remove");
    drop(there(&["remove", "dagster-postgres"]).success());
    drop(there(&["explain", "pendulum"]).success());
    drop(there(&["list", "packages"]).success());
    drop(there(&["graph"]).success());
}

/// Patches where floxwright looks for them are what its own patches are: named once, and kept up to date.
#[test]
fn patches_in_their_place_are_taken_over() {
    let named = "patches = [ ../patches/dagster/loud.patch ];";
    for (fixture, already) in [("by hand", true), ("by nobody", false)] {
        let mut before = files("split");
        let path: RelPath = ".flox/pkgs/dagster.nix".parse().unwrap();
        let text = before.text(path.as_str()).unwrap();
        let instead = if already { named } else { "" };
        let text = text.replace("patches = [ ./quiet.patch ];", instead);
        before.insert(path.clone(), File::text(text));
        let loud = ".flox/patches/dagster/loud.patch".parse().unwrap();
        before.insert(loud, File::text("--- a/x\n+++ b/x\n"));
        let sandbox = handmade(&before);
        drop(adopt(&sandbox, &["--yes"]).success());
        let adopted = tree(&sandbox);
        let text = adopted.text(path.as_str()).unwrap();
        assert_eq!(text.matches(named).count(), 1, "{fixture}: {text}");
        let again = sandbox.run(&["-C", "d", "sync", "--yes"]).success();
        assert!(again.stdout.contains("nothing to do"), "{}", again.stdout);
    }
}

/// Making the same repository from nothing gives the same files wherever nothing of the person's is in them.
#[test]
fn what_nobody_wrote_is_as_new_makes_it() {
    for (name, _) in FIXTURES.iter().filter(|(name, _)| *name != "awkward") {
        let sandbox = handmade(&files(name));
        drop(adopt(&sandbox, &["--yes"]).success());
        let adopted = tree(&sandbox);
        sandbox.write("answers.toml", adopted.text("floxwright.toml").unwrap());
        drop(
            sandbox
                .run(&["new", "e", "--yes", "--answers", "answers.toml"])
                .success(),
        );
        let made = sandbox.tree("e");
        assert_eq!(
            adopted.text("floxwright.lock"),
            made.text("floxwright.lock"),
            "{name}"
        );
        let base = floxwright::generate::BASE;
        assert_same(&made.below(base), &adopted.below(base), name);
        assert_eq!(
            adopted.text("floxwright.toml"),
            made.text("floxwright.toml"),
            "{name}"
        );
    }
}

#[test]
fn a_conflict_is_settled_or_aborted() {
    let sandbox = handmade(&files("awkward"));
    let before = tree(&sandbox);
    drop(adopt(&sandbox, &["--yes"]).exit(3));
    drop(sandbox.run(&["-C", "d", "add", "dagster-aws"]).exit(3));
    drop(sandbox.run(&["-C", "d", "abort"]).success());
    assert_same(&before, &tree(&sandbox), "abort");

    drop(adopt(&sandbox, &["--yes"]).exit(3));
    let waiting = tree(&sandbox);
    for path in waiting
        .paths()
        .map(RelPath::as_str)
        .filter(|path| path.ends_with(".floxwright-new"))
    {
        let to = path.trim_end_matches(".floxwright-new");
        sandbox.write(&format!("d/{to}"), waiting.text(path).unwrap());
        drop(sandbox.shell(&format!("rm d/{path}")).success());
    }
    drop(sandbox.run(&["-C", "d", "continue"]).success());
    commit(&sandbox);
    drop(
        sandbox
            .run(&["-C", "d", "add", "dagster-aws", "--dry-run"])
            .success(),
    );
}

/// The person may say that the made text is taken in any case.
#[test]
fn what_cannot_go_along_may_be_given_up() {
    let sandbox = handmade(&files("awkward"));
    let done = adopt(
        &sandbox,
        &[
            "--yes",
            "--replace",
            ".flox/pkgs/dagster.nix",
            "--replace",
            "nowhere",
        ],
    )
    .exit(3)
    .says(&["`--replace nowhere`: there is no such file"]);
    assert!(
        done.stdout
            .contains("replaced .flox/pkgs/dagster.nix: as you said"),
        "{}",
        done.stdout
    );
    assert!(
        !done.stderr.contains("conflict in `.flox/pkgs/dagster.nix`"),
        "{}",
        done.stderr
    );
    drop(sandbox.run(&["-C", "d", "undo"]).success());
    drop(adopt(&sandbox, &["--yes", "--replace", "all"]).success());
}

/// The hash that is there for the tag of the release is taken, and nothing is downloaded.
#[test]
fn a_known_hash_is_kept() {
    let hash = "sha256-hR3QRm5ihtTcAO6zHSVKGNUiL+MEflC4Bm1YqQ+lvf4=";
    let text = files("awkward")
        .to_fixture()
        .replace("lib.fakeHash", &format!("\"{hash}\""));
    let sandbox = handmade(&floxwright::tree::Tree::from_fixture(&text).unwrap());
    let done = adopt(&sandbox, &["--yes", "--replace", "all"]).success();
    assert!(
        done.stdout.contains("source github: certain"),
        "{}",
        done.stdout
    );
    let after = tree(&sandbox);
    let release = after.text(".flox/pkgs/release.json").unwrap();
    assert!(release.contains(hash), "{release}");
    let intent = after.text("floxwright.toml").unwrap();
    assert!(intent.contains("source = \"github\""), "{intent}");
}

/// A closure that has the name of a package in it, and that another file names, as people have them.
#[test]
fn a_closure_with_the_name_of_a_package() {
    let closure = "//- .flox/pkgs/dagster.nix\n{ python312, python312Packages, fetchPypi, symlinkJoin }:\nlet\n  pipes = python312Packages.buildPythonPackage { pname = \"dagster-pipes\"; version = \"1.12.0\"; src = fetchPypi { hash = \"\"; }; propagatedBuildInputs = [ shared ]; };\n  shared = python312Packages.buildPythonPackage { pname = \"dagster-shared\"; version = \"1.12.0\"; };\n  together = python312.withPackages (ps: [ pipes shared ps.pandas ]);\nin\nsymlinkJoin { name = \"dagster-1.12.0\"; paths = [ together ]; }\n";
    for (more, layout, expected) in [
        (
            "",
            "single",
            "removed .flox/pkgs/dagster.nix: the environment is made as `dagster-complete`",
        ),
        ("", "split", "replaced .flox/pkgs/dagster.nix"),
        (
            "//- flake.nix\n{ outputs = _: import ./.flox/pkgs/dagster.nix; }\n",
            "single",
            "kept .flox/pkgs/dagster.nix: `flake.nix` needs it",
        ),
    ] {
        let text = format!("{closure}{more}");
        let sandbox = handmade(&floxwright::tree::Tree::from_fixture(&text).unwrap());
        let done = adopt(&sandbox, &["--yes", "--layout", layout]).success();
        assert!(done.stdout.contains(expected), "{}", done.stdout);
        assert!(done.stdout.contains("libraries pandas"), "{}", done.stdout);
        assert!(!done.stdout.contains("only links files"), "{}", done.stdout);
    }
}
