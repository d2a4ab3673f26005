//! The prompts by themselves: `cargo run --example prompts -- many`. Also what the tests drive through a pseudo-terminal.
//!
//! Arguments: the kinds of prompts to show, in order (`line`, `one`, `many`, `words`, `yes-no`, `review`, `pager`;
//! without any: all), and `--plain`, `--color never`, `--write` (pretends to write files for a while), `--progress`.

#![expect(
    clippy::disallowed_methods,
    reason = "this is a `main`, it reads the world"
)]

mod subject;

use floxwright::ask::{Asker, Kind, Question, Reply, ReviewReply, Stopped};
use floxwright::diagnostic::{Exit, Failure, Problem, Span};
use floxwright::ui::{Color, Guard, Settings, Stream, TerminalFacts, Ui};
use std::process::ExitCode;
use std::time::Duration;
use subject::{outcome, patch, question, review};

const KINDS: [&str; 7] = ["line", "one", "many", "words", "yes-no", "review", "pager"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let settings = Settings {
        color: if has("never") {
            Color::Never
        } else {
            Color::Auto
        },
        plain: has("--plain"),
        facts: facts(),
    };
    let ui = Ui::new(settings);
    let guard = match Guard::install() {
        Ok(guard) => guard,
        Err(error) => {
            ui.failure(&Failure::refused("cannot listen to signals").because(error));
            return ExitCode::FAILURE;
        }
    };
    let code = guard.run(|| {
        let result = if has("--write") {
            write(&ui, &guard)
        } else if has("--progress") {
            progress(&ui)
        } else {
            ask(&ui, &guard, &arguments)
        };
        match result {
            Ok(()) => 0,
            Err(failure) => {
                ui.failure(&failure);
                failure.exit.code()
            }
        }
    });
    ExitCode::from(code)
}

fn facts() -> TerminalFacts {
    let variable = |name: &str| std::env::var(name).ok();
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable);
    TerminalFacts {
        stdin: Stream::of(&std::io::stdin()),
        stdout: Stream::of(&std::io::stdout()),
        stderr: Stream::of(&std::io::stderr()),
        term: variable("TERM"),
        no_color: variable("NO_COLOR"),
        accessible: variable("ACCESSIBLE"),
        ci: variable("CI"),
        locale: locale.into_iter().find(|value| !value.is_empty()),
    }
}

/// The loop of a wizard in small: forwards with an answer, backwards with Esc.
fn ask(ui: &Ui, guard: &Guard, arguments: &[String]) -> Result<(), Failure> {
    if !ui.can_ask() {
        return Err(Failure::new(
            Exit::NeedsInput,
            "answers are needed and there is no terminal to ask on",
        ));
    }
    let named: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| KINDS.contains(argument))
        .collect();
    let kinds = if named.is_empty() {
        KINDS.to_vec()
    } else {
        named
    };
    let mut asker = ui.asker(guard);
    let mut answers = Vec::new();
    let mut at = 0;
    while let Some(kind) = kinds.get(at) {
        let step = (at + 1, kinds.len());
        match prompt(asker.as_mut(), kind, step).map_err(|why| stopped(&why))? {
            Some(answer) => {
                answers.push(format!("{kind}={answer}\n"));
                at += 1;
            }
            None if at == 0 => {
                ui.talk("back at the first question");
                return Err(Failure::interrupted());
            }
            None => {
                answers.pop();
                at -= 1;
            }
        }
    }
    ui.result(&answers.concat())?;
    ui.outcome(&outcome())
}

fn stopped(stopped: &Stopped) -> Failure {
    match stopped {
        Stopped::Interrupted => Failure::interrupted(),
        Stopped::Terminal(_) => Failure::refused(stopped.to_string()),
    }
}

fn prompt(
    asker: &mut dyn Asker,
    kind: &str,
    step: (usize, usize),
) -> Result<Option<String>, Stopped> {
    match kind {
        "review" => loop {
            match asker.review(&review())? {
                ReviewReply::Diff => asker.show(&patch())?,
                ReviewReply::Back => return Ok(None),
                reply => return Ok(Some(format!("{reply:?}"))),
            }
        },
        "pager" => asker.show(&patch()).map(|()| Some("shown".into())),
        kind => answer(asker, &question(kind, step)),
    }
}

fn answer(asker: &mut dyn Asker, question: &Question) -> Result<Option<String>, Stopped> {
    let mut problem = None;
    loop {
        let Reply::Value(value) = asker.ask(question, problem)? else {
            return Ok(None);
        };
        if question.kind == Kind::Text && value.line().contains(' ') {
            problem = Some("a name has no spaces; write for example `acme-flox`");
            continue;
        }
        return Ok(Some(value.line()));
    }
}

/// Pretends to write files, and undoes that when a signal comes.
fn write(ui: &Ui, guard: &Guard) -> Result<(), Failure> {
    let interrupts = guard.interrupts();
    let _writing = interrupts.writing();
    ui.talk("writing");
    for _ in 0..100 {
        if interrupts.interrupted() {
            std::thread::sleep(Duration::from_millis(300));
            ui.talk("undone");
            return Err(Failure::interrupted());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    ui.talk("written");
    Ok(())
}

fn progress(ui: &Ui) -> Result<(), Failure> {
    let spinner = ui.spinner("looking at the release");
    std::thread::sleep(Duration::from_millis(600));
    drop(spinner);
    let text = "[build]\nlayout = \"spilt\"\n";
    let span = Span {
        origin: "answers.toml".into(),
        text: text.into(),
        range: 17..24,
    };
    let problem = Problem::new("`spilt` is no layout").at(span);
    let failure = Failure::all(Exit::Invalid, vec![problem]);
    Err(failure.hint("write `split` or `single`"))
}
