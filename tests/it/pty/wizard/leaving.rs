//! Leaving the wizard: whatever the way and the place, nothing is written and the terminal is as it was.

use super::{REVIEW, SHORT_FORM, Wizard};
use crate::pty::grid::screen;
use crate::sandbox::Sandbox;
use expectrl::process::unix::Signal;
use std::collections::BTreeSet;

/// Nothing is there that was not there before, and the terminal is as it was.
#[track_caller]
fn left(wizard: &mut Wizard, sandbox: &Sandbox, before: &BTreeSet<String>, context: &str) {
    assert_eq!(
        wizard.prompts.end(),
        130,
        "{context}:\n{:?}",
        wizard.prompts.seen
    );
    wizard.prompts.assert_restored(context);
    assert_eq!(&sandbox.entries(), before, "{context}");
}

#[test]
fn back_from_the_first_question_asks_whether_to_leave() {
    let sandbox = Sandbox::new();
    let before = sandbox.entries();
    let mut wizard = Wizard::start(&sandbox, &[]);
    wizard.walk(&[
        (SHORT_FORM[0].0, "\x1b"),
        ("Leave without making anything?", "n"),
        (SHORT_FORM[0].0, "\r"),
        (SHORT_FORM[1].0, "\x1b"),
        (SHORT_FORM[0].0, "\x1b"),
        ("Leave without making anything?", "y"),
    ]);
    left(&mut wizard, &sandbox, &before, "leaving");
}

#[test]
fn leaving_leaves_nothing() {
    let ways: [(&str, Option<&str>, Option<Signal>); 3] = [
        ("Ctrl-C", Some("\x03"), None),
        ("Ctrl-D", Some("\x04"), None),
        ("SIGTERM", None, Some(Signal::SIGTERM)),
    ];
    for (way, keys, signal) in ways {
        for (place, count) in [
            ("the first question", 0),
            ("a middle question", 3),
            ("the review", 7),
        ] {
            let sandbox = Sandbox::new();
            let before = sandbox.entries();
            let mut wizard = Wizard::start(&sandbox, &[]);
            wizard.walk(&SHORT_FORM[..count]);
            wizard.wait(
                SHORT_FORM
                    .get(count)
                    .map_or(REVIEW, |(question, _)| question),
            );
            match (keys, signal) {
                (Some(keys), _) => wizard.prompts.press(keys.as_bytes()),
                (None, signal) => wizard.prompts.signal(signal.unwrap()),
            }
            left(&mut wizard, &sandbox, &before, &format!("{way} at {place}"));
        }
    }
}

#[test]
fn what_only_the_world_can_say_is_asked_again_too() {
    let sandbox = Sandbox::new();
    let before = sandbox.entries();
    let mut wizard = Wizard::start(
        &sandbox,
        &[
            "d",
            "--release",
            "1.12.0",
            "--layout",
            "single",
            "--package",
            "none",
            "--with-python",
            "claude-code-sdk",
            "--storage",
            "sqlite",
        ],
    );
    wizard.walk(&[SHORT_FORM[6]]);
    wizard.at = wizard
        .prompts
        .wait_for("`claude-code-sdk` cannot be packaged", wizard.at);
    wizard.walk(&[("Change an answer?", "n")]);
    let code = wizard.prompts.end();
    assert_eq!(
        (code, sandbox.entries()),
        (1, before),
        "{:?}",
        wizard.prompts.seen
    );
    wizard.prompts.assert_restored("a refusal");
}

#[test]
fn the_patch_is_shown_and_the_review_comes_back() {
    let sandbox = Sandbox::new();
    let before = sandbox.entries();
    let mut wizard = Wizard::start(&sandbox, &["d", "--layout", "single"]);
    wizard.walk(&[
        SHORT_FORM[1],
        SHORT_FORM[3],
        SHORT_FORM[4],
        SHORT_FORM[5],
        SHORT_FORM[6],
        (REVIEW, "d"),
    ]);
    wizard.wait("Space next page");
    let shown = screen(&wizard.prompts.seen);
    assert!(
        shown.contains("diff --git a/.flox/.gitattributes b/.flox/.gitattributes"),
        "{shown}"
    );
    wizard.prompts.press(b"q");
    wizard.walk(&[(REVIEW, "b"), (SHORT_FORM[6].0, "\r"), (REVIEW, "q")]);
    left(&mut wizard, &sandbox, &before, "quit");
}
