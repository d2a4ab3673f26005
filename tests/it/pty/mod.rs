//! The prompts on a real pseudo-terminal: however a question ends, the terminal is left as it was found.
//!
//! Driven is `examples/prompts.rs`, which `cargo test` builds. Every wait has an end.

mod adopting;
mod driver;
mod generating;
mod grid;
mod plain_wizard;
mod update;
mod wizard;

use crate::routes::assert_same;
use crate::sandbox::{Sandbox, new_yes};
use driver::{Prompts, run};
use expectrl::process::unix::Signal;
use std::time::Duration;

/// What the terminal shows of each kind of prompt, by its name in the example.
const PROMPTS: [(&str, &str); 7] = [
    ("line", "What is the repository called?"),
    ("one", "How are the builds laid out?"),
    ("many", "Which packages beside the core?"),
    ("words", "Which Python libraries"),
    ("yes-no", "Shall the first commit be made?"),
    ("review", "Is this right?"),
    ("pager", "Space next page"),
];

const CONTROL_C: &[u8] = b"\x03";
const CONTROL_D: &[u8] = b"\x04";
/// Panics in a debug build.
const PANIC: &[u8] = b"\x1c";

/// What the wizard made is what these flags make, in the sandbox that is returned.
#[track_caller]
fn assert_made_by_flags(sandbox: &Sandbox, directory: &str, flags: &[&str]) -> Sandbox {
    let other = Sandbox::new();
    drop(other.run(&new_yes(directory, flags)).success());
    assert_same(&sandbox.tree(directory), &other.tree(directory), directory);
    other
}

/// Ends every kind of prompt in this way.
fn end_all(way: &str, code: i32, end: impl Fn(&mut Prompts)) {
    for (kind, text) in PROMPTS {
        let mut prompts = Prompts::start(&[kind]);
        prompts.wait_for_prompt(text);
        end(&mut prompts);
        let context = format!("{way} at {kind}");
        assert_eq!(prompts.end(), code, "{context}:\n{:?}", prompts.seen);
        prompts.assert_restored(&context);
    }
}

#[test]
fn control_c_ends_every_prompt() {
    end_all("Ctrl-C", 130, |prompts| prompts.press(CONTROL_C));
}

#[test]
fn control_d_ends_every_prompt() {
    end_all("Ctrl-D", 130, |prompts| prompts.press(CONTROL_D));
}

#[test]
fn signals_end_every_prompt() {
    end_all("SIGTERM", 130, |prompts| prompts.signal(Signal::SIGTERM));
    end_all("SIGINT", 130, |prompts| prompts.signal(Signal::SIGINT));
}

#[test]
fn the_terminal_going_away_ends_the_prompt() {
    let mut prompts = Prompts::start(&["many"]);
    prompts.wait_for_prompt("Which packages");
    prompts.signal(Signal::SIGHUP);
    assert_eq!(prompts.end(), 130);
    prompts.assert_restored("SIGHUP");
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "the panic key exists in debug builds only"
)]
fn a_panic_restores_the_terminal_at_every_prompt() {
    end_all("panic", 1, |prompts| prompts.press(PANIC));
    let mut prompts = Prompts::start(&["line"]);
    prompts.wait_for_prompt("What is the repository called?");
    prompts.press(PANIC);
    prompts.end();
    let said: Vec<&str> = prompts.seen.lines().rev().take(2).collect();
    assert!(
        said[1].contains("error: floxwright has a bug: the panic key was pressed"),
        "{said:?}"
    );
    assert!(said[0].starts_with("hint: please report it"), "{said:?}");
}

#[test]
fn escape_goes_back_to_the_question_before() {
    let mut prompts = Prompts::start(&["line", "one", "many", "words", "yes-no", "review"]);
    let mut at = prompts.wait_for("(1/6)", 0);
    for step in 2..=5 {
        prompts.press(b"\r");
        at = prompts.wait_for(&format!("({step}/6)"), at);
    }
    prompts.press(b"\r");
    at = prompts.wait_for("Is this right?", at);
    for step in (1..=5).rev() {
        prompts.press(b"\x1b");
        at = prompts.wait_for(&format!("({step}/6)"), at);
    }
    prompts.press(b"\x1b");
    assert_eq!(prompts.end(), 130);
    prompts.assert_restored("Esc at the first question");
}

#[test]
fn answers_reach_standard_output_and_keys_may_come_early() {
    let mut prompts = Prompts::start(&["line", "one", "many", "yes-no"]);
    prompts.wait_for_prompt("What is the repository called?");
    // All at once, as if pasted: a name with an arrow in it, the second choice, one package found and taken, no.
    prompts.press("flöx\x1b[Dy\r2\rmysql \rn".as_bytes());
    assert_eq!(prompts.end(), 0, "{:?}", prompts.seen);
    for answer in [
        "line=flöyx",
        "one=single",
        "many=acme-postgres, acme-mysql",
        "yes-no=no",
    ] {
        assert!(
            prompts.seen.contains(answer),
            "{answer}: {:?}",
            prompts.seen
        );
    }
    prompts.assert_restored("the proper end");
}

#[test]
fn plain_questions_have_no_escape_sequence() {
    for (arguments, environment) in [
        (&["--plain"][..], "TERM=xterm"),
        (&[][..], "TERM=dumb"),
        (&[][..], "TERM=xterm ACCESSIBLE=1"),
    ] {
        let mut prompts = Prompts::start_with(arguments, environment);
        let mut at = prompts.wait_for("Enter for: acme-flox", 0);
        prompts.press(b"\n");
        for (question, answer) in [
            ("Enter for: split", "2"),
            ("Enter for: acme-postgres", "mysql\n1,2"),
            ("Enter for: pandas, polars", "-"),
            ("Enter for: yes", "n"),
            ("Enter for: apply", "d\n1"),
        ] {
            at = prompts.wait_for(question, at);
            prompts.press(format!("{answer}\n").as_bytes());
        }
        assert_eq!(prompts.end(), 0, "{}", prompts.seen);
        for answer in [
            "one=single",
            "many=acme-postgres, acme-mysql",
            "words=\r\n",
            "yes-no=no",
            "review=Apply",
        ] {
            assert!(prompts.seen.contains(answer), "{answer}: {}", prompts.seen);
        }
        prompts.assert_plain();
        prompts.assert_restored("plain");
    }
}

#[test]
fn plain_questions_end_like_the_others() {
    let ways: [(&str, i32, &[u8]); 2] = [("Ctrl-C", 130, CONTROL_C), ("Ctrl-D", 130, CONTROL_D)];
    for (kind, _) in PROMPTS.iter().filter(|(kind, _)| *kind != "pager") {
        for (way, code, keys) in ways {
            let mut prompts = Prompts::start(&["--plain", kind]);
            prompts.wait_for("> ", 0);
            prompts.press(keys);
            assert_eq!(prompts.end(), code, "{way} at {kind}: {}", prompts.seen);
            prompts.assert_plain();
            prompts.assert_restored(way);
        }
        let mut prompts = Prompts::start(&["--plain", kind]);
        prompts.wait_for("> ", 0);
        prompts.signal(Signal::SIGTERM);
        assert_eq!(prompts.end(), 130);
        prompts.assert_plain();
    }
}

#[test]
#[cfg_attr(
    not(debug_assertions),
    ignore = "the panic key exists in debug builds only"
)]
fn a_panic_at_a_plain_question_is_one_sentence() {
    let mut prompts = Prompts::start(&["--plain", "line"]);
    prompts.wait_for("> ", 0);
    // Ctrl-V lets the line have the key.
    prompts.press(b"\x16\x1c\n");
    assert_eq!(prompts.end(), 1, "{}", prompts.seen);
    prompts.assert_plain();
    prompts.assert_restored("plain panic");
}

#[test]
fn a_writer_undoes_its_work_and_a_second_signal_does_not_wait() {
    let mut prompts = Prompts::start(&["--write"]);
    prompts.wait_for("writing", 0);
    prompts.signal(Signal::SIGTERM);
    prompts.wait_for("undone", 0);
    assert_eq!(prompts.end(), 130);

    let mut prompts = Prompts::start(&["--write"]);
    prompts.wait_for("writing", 0);
    prompts.press(CONTROL_C);
    std::thread::sleep(Duration::from_millis(100));
    prompts.press(CONTROL_C);
    assert_eq!(prompts.end(), 130);
    assert!(!prompts.seen.contains("undone"), "{:?}", prompts.seen);
}

#[test]
fn progress_moves_on_a_terminal_and_nowhere_else() {
    let mut prompts = Prompts::start(&["--progress"]);
    prompts.wait_for("looking at the release", 0);
    assert_eq!(prompts.end(), 2);
    assert!(prompts.seen.contains("\x1b["), "{:?}", prompts.seen);
    for (arguments, environment) in [
        (&["--progress", "--color", "never"][..], "TERM=xterm"),
        (&["--progress"][..], "TERM=xterm NO_COLOR=1"),
        (&["--progress"][..], "TERM=dumb"),
    ] {
        let mut prompts = Prompts::start_with(arguments, environment);
        prompts.wait_for("hint: write", 0);
        assert_eq!(prompts.end(), 2);
        assert!(!prompts.seen.contains("looking"), "{:?}", prompts.seen);
        prompts.assert_plain();
    }
}

#[test]
fn without_a_terminal_nothing_moves_and_nobody_is_asked() {
    let progress = run(&["--progress"]);
    assert_eq!(progress.status.code(), Some(2));
    assert!(!progress.stderr.contains(&b'\x1b') && progress.stderr.starts_with(b"error: "));
    let asked = run(&["line"]);
    assert_eq!(asked.status.code(), Some(5));
    assert!(asked.stdout.is_empty() && !asked.stderr.contains(&b'\x1b'));
}

#[test]
fn prompts_without_colour_move_the_cursor_and_nothing_else() {
    for (arguments, environment) in [
        (&["many"][..], "TERM=xterm NO_COLOR=1"),
        (&["many", "--color", "never"][..], "TERM=xterm"),
    ] {
        let mut prompts = Prompts::start_with(arguments, environment);
        prompts.wait_for_prompt("Which packages beside the core?");
        prompts.press(CONTROL_C);
        assert_eq!(prompts.end(), 130);
        let sequences = prompts.seen.split("\x1b[").skip(1);
        let ends = sequences.filter_map(|rest| rest.chars().find(char::is_ascii_alphabetic));
        assert!(ends.into_iter().all(|end| end != 'm'), "{:?}", prompts.seen);
    }
}
