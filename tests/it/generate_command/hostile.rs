//! What means harm, as data: templates, directories and files of a command line that hold the run for ever, lead out, or repeat themselves. One error
//! each, soon, with the documented code; nothing is changed, and nothing outside is seen.

use super::small;
use crate::sandbox::{PROGRAM, Sandbox};

/// A shell line that makes the harm in a sandbox with the template `t`; what is run; how it ends, with what it says.
type Row = (&'static str, &'static str, i32, &'static str);

/// Where a set-up is not allowed, a device say, the row says nothing.
const NOT_HERE: i32 = 77;

const ROWS: [Row; 38] = [
    // What is no file.
    (
        "mknod t/dev c 1 3 || exit 77",
        "generate t -n p",
        1,
        "it is a device",
    ),
    ("mkfifo t/src/pipe", "generate t -n p", 1, "it is a pipe"),
    (
        "mkfifo t/cargo-generate.toml",
        "generate t -n p",
        1,
        "it is a pipe",
    ),
    (
        "mkfifo t/cargo-generate.toml",
        "generate t -n p --compat",
        1,
        "it is a pipe",
    ),
    ("mkfifo t/.genignore", "generate t -n p", 1, "it is a pipe"),
    (
        "mkfifo t/pipe; touch t/cargo-generate.toml",
        "new p --yes --scaffold ./t",
        1,
        "it is a pipe",
    ),
    // What the command line names.
    (
        "mkfifo v",
        "generate t -n p --values-file v",
        1,
        "cannot be read",
    ),
    (
        "mkfifo v",
        "generate t -n p --config v",
        1,
        "cannot be read",
    ),
    (
        "mkdir v",
        "generate t -n p --values-file v",
        1,
        "cannot be read",
    ),
    ("mkfifo v", "generate v -n p", 1, "cannot be"),
    ("mkfifo v", "generate --path v -n p", 1, "cannot be read"),
    ("mkfifo v", "generate t -n v", 1, "exists"),
    ("ln -s v v", "generate --path v -n p", 1, "cannot be read"),
    // What is in the directory that is written into.
    (
        "mkdir d; mkfifo d/src",
        "generate t -n p --init --destination d",
        1,
        "something else stands there",
    ),
    (
        "mkdir d; ln -s ../t d/src",
        "generate t -n p --init --destination d",
        1,
        "a link stands there",
    ),
    (
        "mkdir d; ln -s src d/src",
        "generate t -n p --init --destination d",
        1,
        "a link stands there",
    ),
    (
        "mkdir -p d/run",
        "generate t -n p --init --destination d --overwrite",
        1,
        "a directory stands there",
    ),
    (
        "mkdir d; mkfifo d/.floxwright-into",
        "generate t -n p --init --destination d",
        1,
        "none of floxwright's",
    ),
    (
        "mkdir d; ln -s ../t d/.floxwright-into",
        "generate t -n p --init --destination d",
        1,
        "none of floxwright's",
    ),
    (
        "mkdir -p d/.floxwright; mkfifo d/.floxwright/generate.toml",
        "-C d generate --update",
        1,
        "cannot be read",
    ),
    (
        "mkdir -p d/.floxwright; ln -s generate.toml d/.floxwright/generate.toml",
        "-C d generate --update",
        1,
        "cannot be read",
    ),
    (
        "mkdir -p d/.floxwright; mkdir d/.floxwright/generate.toml",
        "-C d generate --update",
        1,
        "cannot be read",
    ),
    // Links that lead out or to themselves.
    (
        "ln -s / t/root",
        "generate t -n p",
        1,
        "which is not inside the project",
    ),
    (
        "ln -s ../../../../../../etc t/src/out",
        "generate t -n p",
        1,
        "which is not inside the project",
    ),
    (
        "ln -s /dev/zero t/zero",
        "generate t -n p",
        1,
        "which is not inside the project",
    ),
    // Paths that lead out.
    ("true", "generate t ../.. -n p", 2, "Invalid subfolder"),
    ("true", "generate t /etc -n p", 2, "Invalid subfolder"),
    (
        "true",
        "generate t -n ../p --force",
        2,
        "cannot be the name of a directory",
    ),
    (
        "true",
        "generate t -n .. --force",
        2,
        "cannot be the name of a directory",
    ),
    (
        "printf '[template]\\nsub_templates = [\"../x\"]' > t/cargo-generate.toml",
        "generate t -n p --silent",
        2,
        "Invalid subfolder",
    ),
    (
        "printf '[template]\\nignore = [\"../../x\"]' > t/cargo-generate.toml",
        "generate t -n p",
        2,
        "is not inside the template",
    ),
    (
        "printf '[hooks]\\npre = [\"../x.rhai\"]' > t/cargo-generate.toml",
        "generate t -n p --allow-hooks",
        1,
        "x.rhai",
    ),
    (
        "printf '[hooks]\\npre = [\"/etc/passwd\"]' > t/cargo-generate.toml",
        "generate t -n p --allow-hooks",
        1,
        "passwd",
    ),
    // Texts that repeat themselves.
    (
        "printf '{%% include \"a.liquid\" %%}' > t/a.liquid",
        "generate t -n p --strict",
        1,
        "a",
    ),
    (
        "printf '{%% render \"a.liquid\" %%}' > t/a.liquid",
        "generate t -n p --strict",
        1,
        "a",
    ),
    (
        "printf '{%% include \"b\" %%}' > t/a; printf '{%% include \"a\" %%}' > t/b",
        "generate t -n p --strict",
        1,
        "a",
    ),
    (
        "printf '{%% include \"/etc/passwd\" %%}' > t/a",
        "generate t -n p --strict",
        1,
        "a",
    ),
    (
        "printf '{%% include \"../../x\" %%}' > t/a",
        "generate t -n p --strict",
        1,
        "a",
    ),
];

/// What looks like harm and does none: what is done in its place, as a shell line that ends well.
const HARMLESS: [(&str, &str, &str); 7] = [
    (
        "ln -s loop t/loop",
        "generate t -n p",
        "test $(readlink p/loop) = loop",
    ),
    (
        "ln -s b t/a; ln -s a t/b",
        "generate t -n p",
        "test $(readlink p/a) = b",
    ),
    (
        "ln -s . t/src/here",
        "generate t -n p",
        "test $(readlink p/src/here) = .",
    ),
    (
        "ln -s ../src t/src/up",
        "generate t -n p",
        "test -L p/src/up",
    ),
    (
        "mkfifo t/.git",
        "generate t -n p --vcs none",
        "test ! -e p/.git",
    ),
    (
        "mkdir d; mkfifo d/run",
        "generate t -n p --init --destination d",
        "test -p d/run",
    ),
    (
        "mkdir d; mkfifo d/run; ln -s /dev/zero d/Cargo.toml",
        "generate t -n p --init --destination d --overwrite --no-workspace",
        "test -f d/run -a ! -L d/Cargo.toml",
    ),
];

#[test]
fn what_does_no_harm_is_done() {
    for (set_up, line, then) in HARMLESS {
        let sandbox: Sandbox = small();
        drop(sandbox.shell(set_up).success());
        drop(
            sandbox
                .shell(&format!("timeout 30 {PROGRAM} {line} < /dev/null"))
                .success(),
        );
        drop(sandbox.shell(then).success());
    }
}

#[test]
fn harm_ends_soon_and_changes_nothing() {
    let mut wrong = Vec::new();
    for (set_up, line, code, says) in ROWS {
        let sandbox: Sandbox = small();
        let made = sandbox.shell(set_up);
        if made.code == Some(NOT_HERE) {
            continue;
        }
        drop(made.success());
        let before = sandbox.entries();
        let done = sandbox.shell(&format!("timeout 30 {PROGRAM} {line} < /dev/null"));
        let is_same = sandbox.entries() == before;
        if done.code != Some(code) || !done.stderr.contains(says) || !is_same {
            let told = (done.code, is_same);
            wrong.push(format!("{set_up}\n{line}: {told:?}\n{}", done.stderr));
        }
        assert!(!done.stderr.contains("floxwright has a bug") && !done.stderr.contains("root:"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
}
