//! Failures, outcomes and the two streams.

use crate::diagnostic::{Exit, Failure, Problem, Span};
use crate::ui::{Color, NextStep, Outcome, Settings, Ui};
use insta::assert_snapshot;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Memory {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// What arrives on standard output and standard error.
fn written(color: Color, say: impl FnOnce(&Ui)) -> (String, String) {
    let settings = Settings {
        color,
        ..Settings::default()
    };
    let (out, err) = (Memory::default(), Memory::default());
    let ui = Ui::with_writers(settings, Box::new(out.clone()), Box::new(err.clone()));
    say(&ui);
    (out.text(), err.text())
}

fn failure() -> Failure {
    let text = "[build]\n# überall\nlayout = \"spilt\" # why\npackages = [\"acme-postgress\"]\n";
    let at = |what: &str| {
        let start = text.find(what).unwrap();
        Span {
            origin: "answers.toml".into(),
            text: text.into(),
            range: start..start + what.len(),
        }
    };
    let problems = vec![
        Problem::new("`spilt` is no layout").at(at("\"spilt\"")),
        Problem::new("there is no package `acme-postgress`").at(at("acme-postgress")),
        Problem::new("`acme` is a directory with files in it"),
    ];
    Failure::all(Exit::Invalid, problems)
        .because("three answers\ndo not fit")
        .hint("write `split` or `single`")
        .hint("did you mean `acme-postgres`?")
}

fn outcome() -> Outcome {
    Outcome {
        title: "Made acme-flox".into(),
        facts: vec![
            ("Directory".into(), "./acme-flox".into()),
            (
                "Verified".into(),
                "22 files parse\nplanning again finds nothing".into(),
            ),
        ],
        reproduce: "floxwright new acme-flox --release 1.2.3 --yes".into(),
        next: vec![
            NextStep {
                what: "Build everything".into(),
                command: "flox build acme-complete".into(),
            },
            NextStep {
                what: "Push it where you want it".into(),
                command: String::new(),
            },
        ],
    }
}

#[test]
fn failures_go_to_standard_error_and_read_well_without_colour() {
    let (out, err) = written(Color::Never, |ui| ui.failure(&failure()));
    assert_eq!(out, "");
    assert_snapshot!("failure", err);
}

#[test]
fn an_interruption_needs_no_words() {
    let (out, err) = written(Color::Always, |ui| ui.failure(&Failure::interrupted()));
    assert_eq!((out.as_str(), err.as_str()), ("", ""));
}

#[test]
fn a_span_that_cannot_be_is_survived() {
    for range in [0..0, 3..4, 90..99, 4..2_000] {
        let span = Span {
            origin: "a\x1b[2J".into(),
            text: "日本".into(),
            range,
        };
        let failure = Failure::all(Exit::Invalid, vec![Problem::new("no").at(span)]);
        let (_, err) = written(Color::Never, |ui| ui.failure(&failure));
        assert!(err.contains("1 | 日本") && !err.contains('\x1b'), "{err}");
    }
}

#[test]
fn outcomes_go_to_standard_output() {
    let (out, err) = written(Color::Never, |ui| ui.outcome(&outcome()).unwrap());
    assert_eq!(err, "");
    assert_snapshot!("outcome", out);
}

#[test]
fn without_colour_nothing_holds_an_escape_and_with_it_everything_does() {
    let say = |ui: &Ui| {
        ui.failure(&failure());
        ui.warn("careful\x1b[2J");
        ui.outcome(&outcome()).unwrap();
        drop(ui.spinner("working"));
    };
    for color in [Color::Auto, Color::Never] {
        let (out, err) = written(color, say);
        assert!(!out.contains('\x1b') && !err.contains('\x1b'));
    }
    let (out, err) = written(Color::Always, say);
    assert!(out.contains("\x1b[32m") && err.contains("\x1b[31m"));
}

#[test]
fn a_result_is_printed_as_it_is() {
    let (out, err) = written(Color::Never, |ui| ui.result("{\"a\": 1}\n").unwrap());
    assert_eq!((out.as_str(), err.as_str()), ("{\"a\": 1}\n", ""));
}

/// A stream that cannot be written to.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_left_is_no_failure_but_a_full_disk_is() {
    let result = |kind| {
        let broken = Box::new(Broken(kind));
        Ui::with_writers(Settings::default(), broken, Box::new(io::sink())).result("x")
    };
    assert_eq!(result(io::ErrorKind::BrokenPipe), Ok(()));
    let full = result(io::ErrorKind::StorageFull).unwrap_err();
    assert_eq!(full.exit, Exit::Refused);
}
