//! Bad input: one clear error, the documented exit code, and nothing written.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests make and look at files"
)]

mod answers;
mod catalogue;
mod git;
mod index;
mod rows;
mod values;

use crate::cases::SEVERAL;
use crate::sandbox::{Done, Sandbox};
use std::fs;

/// One way to ask for what cannot be.
struct Bad<'a> {
    /// Everything after `new`.
    arguments: &'a [&'a str],
    /// The documented exit code.
    exit: i32,
    /// What standard error must hold.
    says: &'a [&'a str],
}

/// Runs `new` in a sandbox and sees that it says what is wrong, and that nothing is there afterwards that was not there before.
#[track_caller]
fn refuses(sandbox: &Sandbox, bad: &Bad<'_>) -> Done {
    let before = sandbox.entries();
    let done = sandbox.run(&[&["new"], bad.arguments].concat());
    let context = format!("{:?}:\n{}", bad.arguments, done.stderr);
    assert_eq!(done.code, Some(bad.exit), "{context}");
    for part in bad.says {
        assert!(done.stderr.contains(part), "no {part:?} in {context}");
    }
    assert_eq!(sandbox.entries(), before, "{context}");
    assert!(done.stdout.is_empty(), "{context}\n{}", done.stdout);
    let clean = done.stderr.starts_with("error: ")
        && !done.stderr.contains(['\x1b', '\0'])
        && !done.stderr.contains("panicked")
        && !done.stderr.contains("has a bug");
    assert!(clean, "{context}");
    assert!(done.stderr.len() < 3000, "too much is said: {context}");
    done
}

/// The same for `new d --yes` and some flags; returns how many problems were told.
#[track_caller]
fn refuses_flags(sandbox: &Sandbox, flags: &[&str], exit: i32, says: &[&str]) -> usize {
    let arguments = [&["d", "--yes"], flags].concat();
    let done = refuses(
        sandbox,
        &Bad {
            arguments: &arguments,
            exit,
            says,
        },
    );
    done.stderr.matches("error: ").count()
}

#[test]
fn a_target_must_be_absent_or_an_empty_directory() {
    let sandbox = Sandbox::new();
    sandbox.write("full/file", "x");
    sandbox.write("file", "x");
    sandbox.write("repository/.git/HEAD", "ref: refs/heads/main\n");
    sandbox.write("linked/file", "x");
    fs::create_dir(sandbox.path("empty")).unwrap();
    std::os::unix::fs::symlink("linked", sandbox.path("link")).unwrap();
    std::os::unix::fs::symlink("empty", sandbox.path("link-to-empty")).unwrap();
    std::os::unix::fs::symlink("nowhere", sandbox.path("dangling")).unwrap();
    for (target, says) in [
        ("full", "`full` exists and is not an empty directory"),
        ("full/", "exists and is not an empty directory"),
        ("./full/../full", "exists and is not an empty directory"),
        ("file", "`file` exists and is not an empty directory"),
        ("link", "`link` exists"),
        ("link-to-empty", "`link-to-empty` exists"),
        ("dangling", "`dangling` exists"),
        ("repository", "exists and is not an empty directory"),
        ("repository/x", "lies inside the git repository"),
        ("repository/x/y/z", "lies inside the git repository"),
        (".", "exists and is not an empty directory"),
        ("..", "exists and is not an empty directory"),
        ("/", "exists and is not an empty directory"),
        ("file/below", "`file/below` cannot be looked at"),
        ("file/far/below", "Not a directory"),
        ("/dev/null/x", "Not a directory"),
    ] {
        let bad = Bad {
            arguments: &[target, "--yes"],
            exit: 1,
            says: &[says],
        };
        drop(refuses(&sandbox, &bad));
    }
}

#[test]
fn inside_another_repository_force_is_needed_and_is_enough() {
    let sandbox = Sandbox::new();
    sandbox.write("outer/.git/HEAD", "ref: refs/heads/main\n");
    let done = sandbox.run(&["new", "outer/inner", "--yes"]).exit(1);
    assert!(done.stderr.contains("--force"), "{}", done.stderr);
    let done = sandbox.run(&["new", "outer/inner", "--yes", "--force"]);
    assert!(done.success().stderr.is_empty());
    assert!(sandbox.path("outer/inner/.git/HEAD").exists());
}

/// Root may write everywhere but where no file system is: below /proc nobody makes a directory.
#[test]
#[cfg(target_os = "linux")]
fn a_parent_that_cannot_be_written_is_named() {
    let sandbox = Sandbox::new();
    for target in ["/proc/floxwright", "/proc/self/floxwright/x"] {
        let bad = Bad {
            arguments: &[target, "--yes"],
            exit: 1,
            says: &[
                "cannot be made",
                "cannot make the directory `/proc/",
                "nothing was left behind",
            ],
        };
        drop(refuses(&sandbox, &bad));
    }
}

/// A limit on the size of files stands in for a disk that is full: a write fails half-way.
#[test]
fn a_write_that_fails_leaves_nothing() {
    for blocks in [0, 2, 8, 16] {
        let sandbox = Sandbox::new().after_shell(&format!("ulimit -f {blocks}"));
        let bad = Bad {
            arguments: &["far/away/d", "--yes", "--package", SEVERAL],
            exit: 1,
            says: &[
                "`far/away/d` cannot be made",
                "hint: nothing was left behind",
            ],
        };
        drop(refuses(&sandbox, &bad));
    }
}

#[test]
fn names_of_directories_that_something_refuses_are_refused() {
    let sandbox = Sandbox::new();
    let long = "x".repeat(256);
    let lengthy = "x".repeat(201);
    for (target, rule) in [
        ("", "it is empty"),
        ("  ", "it is empty"),
        ("a\nb", "control characters"),
        ("a\x1b[31mb", "control characters"),
        ("a\x7f", "control characters"),
        ("con", "device"),
        ("sub/NUL", "device"),
        ("com1.txt", "device"),
        (&long, "more than 200 bytes"),
        (&lengthy, "more than 200 bytes"),
        (&format!("{long}/a"), "more than 255 bytes"),
    ] {
        let bad = Bad {
            arguments: &[target, "--yes"],
            exit: 2,
            says: &["no repository can be made at `", rule],
        };
        drop(refuses(&sandbox, &bad));
    }
}

#[test]
fn without_a_terminal_every_missing_value_is_named_at_once() {
    let sandbox = Sandbox::anonymous();
    let bad = Bad {
        arguments: &[],
        exit: 5,
        says: &[
            "`directory`: the argument `DIR`",
            "`upstream.release`: `--release RELEASE`; one of 1.13.27, 1.12.22, 1.12.0",
            "`build.layout`: `--layout LAYOUT`; one of split, single",
            "`build.packages`: `--package PKG`; none, all, category:NAME, or some of the 68 that `floxwright list packages` names",
            "`environment.python`: `--with-python LIB`",
            "`documents.storage`: `--storage STORAGE`; one of sqlite, postgres, mysql",
            "`publish.handle`: `--handle HANDLE`",
            "`git.name`: `--git-name NAME`",
            "`git.email`: `--git-email EMAIL`",
            "hint: `--yes` takes every default",
        ],
    };
    let done = refuses(&sandbox, &bad);
    assert_eq!(done.stderr.matches("error: ").count(), 9, "{}", done.stderr);
    // On a busy machine one run may wait; that all of them do would be the program's fault.
    let time = || {
        let start = std::time::Instant::now();
        drop(refuses(&sandbox, &bad));
        start.elapsed()
    };
    let fastest = (0..5).map(|_| time()).min();
    assert!(
        fastest < Some(std::time::Duration::from_secs(1)),
        "{fastest:?}"
    );
    let some = Bad {
        arguments: &[
            "d",
            "--release",
            "1.12.0",
            "--layout",
            "single",
            "--no-commit",
            "--handle",
            "",
        ],
        exit: 5,
        says: &[
            "`build.packages`",
            "`environment.python`",
            "`documents.storage`",
        ],
    };
    let done = refuses(&sandbox, &some);
    assert_eq!(done.stderr.matches("error: ").count(), 3, "{}", done.stderr);
}
