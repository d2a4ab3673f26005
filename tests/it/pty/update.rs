//! `update` on a terminal: the report is read before anything is written, and leaving leaves nothing.

use super::driver::Prompts;
use crate::routes::assert_same;
use crate::sandbox::{Sandbox, new_yes};

fn behind() -> Sandbox {
    let sandbox = Sandbox::new();
    drop(
        sandbox
            .run(&new_yes("d", &["--release", "1.12.22"]))
            .success(),
    );
    sandbox
}

fn start(sandbox: &Sandbox, more: &[&str]) -> Prompts {
    let arguments = [&["-C", "d", "update", "1.13.27"], more].concat();
    Prompts::program(sandbox, &arguments, "TERM=xterm")
}

#[test]
fn what_is_reviewed_is_applied() {
    let sandbox = behind();
    let mut prompts = start(&sandbox, &["--commit"]);
    let at = prompts.wait_drawn("Is this right?", 0);
    assert!(
        prompts.seen.contains("Update to 1.13.27"),
        "{:?}",
        prompts.seen
    );
    prompts.press(b"a");
    let at = prompts.wait_for("The same again", at);
    prompts.wait_for("tests/verify", at);
    assert_eq!(prompts.end(), 0, "{:?}", prompts.seen);
    prompts.assert_restored("the end");
    assert_eq!(sandbox.git("d", &["status", "--porcelain"]), "");
    let other = Sandbox::new();
    drop(other.run(&new_yes("d", &[])).success());
    let own = |sandbox: &Sandbox| {
        let files = sandbox.tree("d").into_iter();
        files
            .filter(|(path, _)| !path.as_str().starts_with(".floxwright/run/"))
            .collect()
    };
    assert_same(&own(&other), &own(&sandbox), "reviewed");
}

#[test]
fn leaving_leaves_all_as_it_was() {
    for keys in ["q", "\x1b", "\x03"] {
        let sandbox = behind();
        let before = sandbox.tree("d");
        let mut prompts = start(&sandbox, &[]);
        prompts.wait_drawn("Is this right?", 0);
        prompts.press(keys.as_bytes());
        assert_eq!(prompts.end(), 130, "{keys:?}: {:?}", prompts.seen);
        prompts.assert_restored(keys);
        assert!(sandbox.tree("d") == before, "{keys:?}");
    }
}

#[test]
fn who_said_yes_is_not_asked() {
    let sandbox = behind();
    let mut prompts = start(&sandbox, &["--yes"]);
    prompts.wait_for("tests/verify", 0);
    assert_eq!(prompts.end(), 0, "{:?}", prompts.seen);
    assert!(
        !prompts.seen.contains("Is this right?"),
        "{:?}",
        prompts.seen
    );
}
