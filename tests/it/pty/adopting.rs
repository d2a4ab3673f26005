//! `adopt` on a terminal: what the files leave open is asked, the whole is shown, nothing happens before it is confirmed.

use super::driver::Prompts;
use crate::adopt::handmade;
use crate::sandbox::Sandbox;
use floxwright::tree::Tree;

/// Two packages that contradict each other in their release and in their Python.
const OPEN: &str = "//- .flox/pkgs/dagster.nix\n{ python312Packages }: python312Packages.buildPythonPackage { pname = \"dagster\"; version = \"1.12.0\"; }\n//- .flox/pkgs/dagster-pipes.nix\n{ python313Packages }: python313Packages.buildPythonPackage { pname = \"dagster-pipes\"; version = \"1.12.22\"; }\n";

fn begin() -> (Sandbox, Prompts) {
    let sandbox = handmade(&Tree::from_fixture(OPEN).expect("it is a fixture"));
    let prompts = Prompts::program(&sandbox, &["-C", "d", "adopt", "--plain"], "TERM=xterm");
    (sandbox, prompts)
}

#[test]
fn what_is_open_is_asked_and_the_whole_is_confirmed() {
    let (sandbox, mut prompts) = begin();
    let mut at = prompts.wait_for("the files contradict each other: 1.12.0", 0);
    at = prompts.wait_for("Which release?", at);
    at = prompts.wait_for("> ", at);
    prompts.press(b"1.12.22\n");
    at = prompts.wait_for("Which Python?", at);
    at = prompts.wait_for("> ", at);
    prompts.press(b"python313\n");
    // The review: every answer with where it comes from, every correction, every file.
    at = prompts.wait_for("certain, .flox/pkgs/dagster-pipes.nix:1", at);
    at = prompts.wait_for("`python312Packages` becomes", at);
    at = prompts.wait_for("`1.12.0` becomes `1.12.22`", at);
    at = prompts.wait_for("> ", at);
    assert!(!sandbox.path("d/floxwright.toml").exists());
    // Back to the questions: everything is proposed as it is.
    prompts.press(b"c\n");
    at = prompts.wait_for("Question 1 of", at);
    at = prompts.wait_for("> ", at);
    prompts.press(b"\x03");
    assert_eq!(prompts.end(), 130, "{} {at}", prompts.seen);
    assert!(!sandbox.path("d/floxwright.toml").exists());

    let arguments = [
        "-C",
        "d",
        "adopt",
        "--plain",
        "--release",
        "1.12.22",
        "--python",
        "3.13",
    ];
    let mut prompts = Prompts::program(&sandbox, &arguments, "TERM=xterm");
    let at = prompts.wait_for("> ", 0);
    prompts.press(b"a\n");
    prompts.wait_for("is taken over, Dagster 1.12.22", at);
    assert_eq!(prompts.end(), 0, "{}", prompts.seen);
    prompts.assert_plain();
    prompts.assert_restored("adopt");
    assert!(sandbox.path("d/floxwright.toml").exists());
}

#[test]
fn leaving_it_leaves_nothing() {
    for keys in ["\x03", "\x04"] {
        let (sandbox, mut prompts) = begin();
        prompts.wait_for("> ", 0);
        prompts.press(keys.as_bytes());
        assert_eq!(prompts.end(), 130, "{}", prompts.seen);
        assert!(!sandbox.path("d/floxwright.toml").exists());
        assert!(!sandbox.path("d/.floxwright").exists());
    }
}
