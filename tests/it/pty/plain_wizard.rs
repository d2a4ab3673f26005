//! The wizard on plain lines: no escape sequence, every answer explained when it is not taken.

use super::assert_made_by_flags;
use super::driver::Prompts;
use crate::sandbox::Sandbox;

/// Lines of input, each after the prompt that it answers.
const LINES: [&str; 17] = [
    "con",
    "d",
    "latest",
    "1.12.0",
    "?",
    "9",
    "single",
    "mysql-nonsense",
    "21, dagster-mysql",
    "a b",
    "pandas",
    "<",
    "",
    "1",
    "x",
    "-",
    "maybe",
];

fn walk(arguments: &[&str], environment: &str) -> (Sandbox, Prompts) {
    let sandbox = Sandbox::new();
    let mut wizard = Prompts::program(&sandbox, &[&["new"], arguments].concat(), environment);
    let mut at = 0;
    for line in LINES {
        at = wizard.wait_for("> ", at);
        wizard.press(format!("{line}\n").as_bytes());
    }
    at = wizard.wait_for("> ", at);
    wizard.press(b"a\n");
    at = wizard.wait_for("The same again", at);
    wizard.wait_for("Publish", at);
    assert_eq!(wizard.end(), 0, "{}", wizard.seen);
    wizard.assert_plain();
    wizard.assert_restored("plain");
    (sandbox, wizard)
}

#[test]
fn the_transcript_of_a_plain_walk() {
    let (sandbox, wizard) = walk(&["--plain"], "TERM=xterm");
    insta::assert_snapshot!(wizard.seen.replace("\r\n", "\n"));
    drop(assert_made_by_flags(
        &sandbox,
        "d",
        &[
            "--release",
            "1.12.0",
            "--layout",
            "single",
            "--package",
            "dagster-mysql,dagster-postgres",
            "--with-python",
            "pandas",
        ],
    ));
}

#[test]
fn dumb_and_accessible_terminals_are_plain() {
    let (_, dumb) = walk(&[], "TERM=dumb");
    let (_, accessible) = walk(&[], "TERM=xterm ACCESSIBLE=1");
    assert_eq!(dumb.seen, accessible.seen);
}

#[test]
fn leaving_a_plain_walk_leaves_nothing() {
    for (keys, lines) in [("\x03", 0), ("\x04", 0), ("\x03", 4), ("\x04", 4)] {
        let sandbox = Sandbox::new();
        let before = sandbox.entries();
        let mut wizard = Prompts::program(&sandbox, &["new", "--plain"], "TERM=xterm");
        let mut at = 0;
        for line in &LINES[..lines] {
            at = wizard.wait_for("> ", at);
            wizard.press(format!("{line}\n").as_bytes());
        }
        wizard.wait_for("> ", at);
        wizard.press(keys.as_bytes());
        assert_eq!(wizard.end(), 130, "{}", wizard.seen);
        wizard.assert_plain();
        wizard.assert_restored("plain");
        assert_eq!(sandbox.entries(), before);
    }
}
