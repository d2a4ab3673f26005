//! Bad input and bad surroundings: one clear error with its exit code, and nothing changes.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make links and pipes"
)]

use super::{adopt, files, handmade};
use crate::sandbox::{Done, Sandbox};
use floxwright::tree::{File, Tree};
use std::os::unix::fs::symlink;

/// Nothing changes, not even a directory.
fn unchanged(sandbox: &Sandbox, arguments: &[&str]) -> Done {
    let before = sandbox.entries();
    let done = adopt(sandbox, arguments);
    assert_eq!(sandbox.entries(), before, "{arguments:?}");
    done
}

fn with(tree: Tree, path: &str, text: impl Into<Vec<u8>>) -> Tree {
    let mut tree = tree;
    let file = File {
        bytes: text.into(),
        ..File::text("")
    };
    tree.insert(path.parse().unwrap(), file);
    tree
}

#[test]
fn what_is_no_such_repository_is_told_apart() {
    let sandbox = Sandbox::new();
    sandbox.write("d/x", "");
    drop(unchanged(&sandbox, &["--yes"]).exit(1).says(&[
        "there is nothing to take over",
        "has no `.flox`",
        "floxwright new DIR",
    ]));
    drop(
        sandbox
            .run(&["-C", "nowhere", "adopt"])
            .exit(1)
            .says(&["there is no directory"]),
    );

    for (path, file) in files("split").iter() {
        sandbox.write(&format!("d/{path}"), &file.bytes);
    }
    drop(
        unchanged(&sandbox, &["--yes"])
            .exit(1)
            .says(&["is in no git repository", "git init"]),
    );

    for (text, parts) in [
        (
            "//- .flox/env/manifest.toml\nversion = 1\n",
            &[
                "no file below `.flox/pkgs` builds a package of Dagster",
                "there is no Nix file",
            ][..],
        ),
        (
            "//- .flox/pkgs/hello.nix\n{ hello }: hello\n",
            &["no file below `.flox/pkgs`", "1 Nix file was read"],
        ),
        (
            "//- .flox/pkgs/prefect.nix\n{ python313Packages, fetchFromGitHub }: python313Packages.buildPythonPackage { pname = \"prefect\"; version = \"3\"; src = fetchFromGitHub { owner = \"PrefectHQ\"; repo = \"prefect\"; rev = \"3\"; hash = \"\"; }; }\n",
            &["builds a package of Dagster"],
        ),
        (
            "//- .flox/pkgs/dagster.nix\n{ python313Packages }:\npython313Packages.buildPythonPackage {\n  pname = \"dagster\"\n}\n",
            &[
                "builds a package of Dagster",
                "this cannot be read as Nix",
                ".flox/pkgs/dagster.nix:4:1",
            ],
        ),
        (
            "//- .flox/pkgs/x.nix\n{ }: { }\n//- floxwright.lock\nschema = 1\n",
            &[
                "`floxwright.lock` is there, and `floxwright.toml` is missing",
                "git checkout",
            ],
        ),
    ] {
        let sandbox = handmade(&Tree::from_fixture(text).unwrap());
        drop(unchanged(&sandbox, &["--yes"]).exit(1).says(parts));
    }
}

#[test]
fn what_is_said_has_to_fit() {
    let sandbox = handmade(&files("split"));
    for (arguments, code, parts) in [
        (
            &["--yes", "--release", "nope"][..],
            2,
            &["`--release`", "`nope` is not a version"][..],
        ),
        (
            &["--yes", "--layout", "round"],
            2,
            &["`--layout`", "`round` is not one of split, single"],
        ),
        (&["--yes", "--python", "2.7"], 2, &["`--python`"]),
        (
            &["--yes", "--package", "dagster-postgress"],
            2,
            &["did you mean `dagster-postgres`?"],
        ),
        (&["--yes", "--release", "1.12.16"], 2, &["1.12.17"]),
        (&["--yes", "--release", "1.11.0"], 1, &["ready-made"]),
        (
            &["--yes", "--scaffold", "acme"],
            2,
            &["there is no scaffold `acme`"],
        ),
        (&["--yes", "--replace", "../x"], 2, &["`--replace`"]),
        (&["--directory", "x"], 2, &["unexpected argument"]),
        (&[], 5, &["`--yes` takes over as inferred", "`--dry-run`"]),
        (&["--format", "json"], 5, &["`--yes`"]),
    ] {
        let done = unchanged(&sandbox, arguments).exit(code).says(parts);
        assert_eq!(done.stdout, "", "{arguments:?}");
    }
}

#[test]
fn contradictions_are_named_with_their_flags() {
    let text = "//- .flox/pkgs/dagster.nix\n{ python312Packages }: python312Packages.buildPythonPackage { pname = \"dagster\"; version = \"1.12.0\"; }\n//- .flox/pkgs/dagster-pipes.nix\n{ python313Packages }: python313Packages.buildPythonPackage { pname = \"dagster-pipes\"; version = \"1.12.22\"; }\n";
    let sandbox = handmade(&Tree::from_fixture(text).unwrap());
    for arguments in [&["--yes"][..], &["--dry-run"], &[]] {
        drop(unchanged(&sandbox, arguments).exit(5).says(&[
            "the files contradict each other: 1.12.0 (.flox/pkgs/dagster.nix:1), 1.12.22 (.flox/pkgs/dagster-pipes.nix:1)",
            "`--release` says which",
            "the files contradict each other: python312",
            "`--python` says which",
        ]));
    }
    let done = adopt(
        &sandbox,
        &["--yes", "--release", "1.12.22", "--python", "3.13"],
    )
    .success();
    assert!(
        done.stdout
            .contains("floxwright adopt --yes --release 1.12.22 --python 3.13"),
        "{}",
        done.stdout
    );
}

/// Something odd beside the packages is said, and left where it is.
#[test]
fn odd_files_are_left_alone() {
    let deep = format!("{}1{}", "(".repeat(20_000), ")".repeat(20_000));
    let odd = [
        (
            ".flox/pkgs/broken.nix",
            b"{ a = ".to_vec(),
            "it cannot be read as Nix",
        ),
        (".flox/pkgs/binary.nix", vec![0xff, 0, 1], "it is no text"),
        (
            ".flox/pkgs/deep.nix",
            deep.into_bytes(),
            "it is not looked at: more than 300 brackets",
        ),
        (
            ".flox/pkgs/large.nix",
            vec![b' '; 5 << 20],
            "it has more than 4 MiB",
        ),
    ];
    let tree = odd.iter().fold(files("split"), |tree, (path, bytes, _)| {
        with(tree, path, bytes.clone())
    });
    let sandbox = handmade(&tree);
    symlink("dagster.nix", sandbox.path("d/.flox/pkgs/link.nix")).unwrap();
    symlink("/", sandbox.path("d/.flox/pkgs/root")).unwrap();
    drop(sandbox.shell("mkfifo d/.flox/pkgs/pipe.nix").success());
    let done = adopt(&sandbox, &["--yes"]).success();
    for (path, bytes, because) in &odd {
        let told = done
            .stdout
            .lines()
            .find(|line| line.contains(&format!("kept {path}")));
        assert!(
            told.is_some_and(|line| line.contains(because)),
            "{path}: {told:?}"
        );
        assert_eq!(
            &std::fs::read(sandbox.path(&format!("d/{path}"))).unwrap(),
            bytes
        );
    }
    for (path, because) in [
        ("link.nix", "it is a link"),
        ("root", "it is a link"),
        ("pipe.nix", "it is a special file"),
    ] {
        assert!(
            done.stdout
                .contains(&format!("kept .flox/pkgs/{path}: {because}")),
            "{}",
            done.stdout
        );
    }
}

#[test]
fn something_odd_in_the_place_of_a_package_is_a_conflict_or_refused() {
    let sandbox = handmade(&files("split"));
    drop(sandbox.shell("mv d/.flox/pkgs/dagster-pipes.nix d/pipes && ln -s ../../pipes d/.flox/pkgs/dagster-pipes.nix && git -C d add -A && git -C d commit -qm x").success());
    let done = adopt(&sandbox, &["--dry-run"]).exit(3);
    assert!(
        done.stdout
            .contains("conflict .flox/pkgs/dagster-pipes.nix: it is a link"),
        "{}",
        done.stdout
    );

    let sandbox = handmade(&files("split"));
    drop(
        sandbox
            .shell("mv d/.flox/pkgs d/pkgs && ln -s ../pkgs d/.flox/pkgs")
            .success(),
    );
    drop(
        unchanged(&sandbox, &["--yes"])
            .exit(1)
            .says(&["`.flox/pkgs` is a link"]),
    );

    let sandbox = handmade(&files("split"));
    drop(
        sandbox
            .shell("truncate -s 65M d/.flox/pkgs/huge.nix")
            .success(),
    );
    drop(
        unchanged(&sandbox, &["--yes"])
            .exit(1)
            .says(&["huge.nix", "it has more than 64 MiB"]),
    );
}

/// A manifest that cannot be read is the person's to mend.
#[test]
fn a_manifest_that_is_no_toml_is_a_conflict() {
    let sandbox = handmade(&with(
        files("split"),
        ".flox/env/manifest.toml",
        "[install\n",
    ));
    let done = adopt(&sandbox, &["--dry-run"]).exit(3);
    assert!(
        done.stdout.contains("conflict .flox/env/manifest.toml"),
        "{}",
        done.stdout
    );
    let sandbox = handmade(&with(files("split"), ".flox/env.json", "{"));
    let done = adopt(&sandbox, &["--dry-run"]).exit(3);
    assert!(
        done.stdout
            .contains("conflict .flox/env.json: it is no JSON"),
        "{}",
        done.stdout
    );
}

/// An environment that lives on FloxHub is kept, and said.
#[test]
fn an_environment_on_floxhub_is_said() {
    let text = "{\"name\": \"acme\", \"owner\": \"acme\", \"version\": 1}";
    let sandbox = handmade(&with(files("split"), ".flox/env.json", text));
    let done = adopt(&sandbox, &["--dry-run"]).success();
    assert!(
        done.stdout
            .contains("kept .flox/env.json: the environment lives on FloxHub"),
        "{}",
        done.stdout
    );
}

/// It works from below, and for a directory inside a larger git repository.
#[test]
fn it_is_found_from_below_and_inside_a_larger_repository() {
    let sandbox = Sandbox::new();
    for (path, file) in files("closure").iter() {
        sandbox.write(&format!("d/sub/dir/{path}"), &file.bytes);
    }
    sandbox.git("d", &["init", "--quiet", "--initial-branch", "main"]);
    super::commit(&sandbox);
    let done = sandbox
        .run(&["-C", "d/sub/dir/.flox/pkgs", "adopt", "--yes"])
        .success();
    assert!(done.stdout.contains("is taken over"), "{}", done.stdout);
    assert!(sandbox.path("d/sub/dir/floxwright.toml").exists());
    let status = sandbox.git("d", &["status", "--porcelain"]);
    assert!(status.contains(" A sub/dir/floxwright.toml"), "{status}");
}
