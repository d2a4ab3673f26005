//! The plain asker: numbered lines and whole lines of input. Nothing moves and no escape sequence is ever written, so that
//! a screen reader, a braille line or a dumb terminal can follow.
//!
//! Ctrl-C is a signal here and the guard's business; the end of input (Ctrl-D) arrives as such.

use super::paint::Paint;
use super::review_body::{REPLIES, rows};
use super::select::matches;
use super::text::harmless;
use super::widget::failed;
use crate::ask::{Asker, Choice, Kind, Question, Reply, Review, ReviewReply, Stopped, Value};
use crate::diagnostic::did_you_mean;
use std::io::{BufRead, Write};

/// Lines of the review are not longer.
const COLUMNS: usize = 78;

/// What a line of input came to.
enum Heard {
    /// An answer.
    Answer(Value),
    /// `<`.
    Back,
    /// `?`.
    Help,
    /// Nothing that fits, and why.
    Wrong(String),
}

/// Asks with whole lines.
pub(super) struct PlainAsker<I, O> {
    input: I,
    output: O,
}

impl<I: BufRead, O: Write> PlainAsker<I, O> {
    /// Reads from `input` and writes to `output`.
    pub(super) fn new(input: I, output: O) -> Self {
        Self { input, output }
    }

    fn say(&mut self, line: &str) -> Result<(), Stopped> {
        writeln!(self.output, "{}", harmless(line)).map_err(failed)
    }

    /// One line, without the spaces around it.
    fn hear(&mut self) -> Result<String, Stopped> {
        write!(self.output, "> ").map_err(failed)?;
        self.output.flush().map_err(failed)?;
        let mut bytes = Vec::new();
        let count = self.input.read_until(b'\n', &mut bytes).map_err(failed)?;
        if count == 0 {
            self.say("")?;
            return Err(Stopped::Interrupted);
        }
        let line = String::from_utf8_lossy(&bytes).trim().to_owned();
        assert!(
            !(cfg!(debug_assertions) && line == "\u{1c}"),
            "the panic key was pressed"
        );
        Ok(line)
    }

    fn introduce(&mut self, question: &Question) -> Result<(), Stopped> {
        let (step, of) = question.step;
        let count = if of == 0 {
            String::new()
        } else {
            format!("Question {step} of {of}: ")
        };
        self.say("")?;
        self.say(&format!("{count}{}", question.prompt))?;
        for line in question.help.lines() {
            self.say(&format!("  {line}"))?;
        }
        let choices = choices(&question.kind);
        for (number, choice) in choices.iter().enumerate() {
            self.say(&format!("  {}. {}", number + 1, described(choice)))?;
        }
        self.say(&how_to_answer(question))
    }
}

impl<I: BufRead, O: Write> Asker for PlainAsker<I, O> {
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Reply, Stopped> {
        if let Some(problem) = problem {
            self.say(&format!("Not taken: {problem}"))?;
        }
        self.introduce(question)?;
        loop {
            let line = self.hear()?;
            match understand(question, &line) {
                Heard::Answer(value) => return Ok(Reply::Value(value)),
                Heard::Back => return Ok(Reply::Back),
                Heard::Help => self.introduce(question)?,
                Heard::Wrong(why) => self.say(&format!("Not taken: {why}"))?,
            }
        }
    }

    fn review(&mut self, review: &Review) -> Result<ReviewReply, Stopped> {
        self.say("")?;
        for row in rows(review, COLUMNS) {
            self.say(row.painted(Paint::default()).trim_end())?;
        }
        self.say("")?;
        self.say("Is this right?")?;
        for (number, (_, words, _)) in REPLIES.iter().enumerate() {
            self.say(&format!("  {}. {words}", number + 1))?;
        }
        self.say("Type a number or a word. Enter for: apply")?;
        loop {
            let line = self.hear()?.to_lowercase();
            if let Some(reply) = review_reply(&line) {
                return Ok(reply);
            }
            self.say("Not taken: type a number from 1 to 5")?;
        }
    }

    fn show(&mut self, text: &str) -> Result<(), Stopped> {
        text.lines().try_for_each(|line| self.say(line))
    }
}

fn review_reply(line: &str) -> Option<ReviewReply> {
    if line.is_empty() {
        return Some(ReviewReply::Apply);
    }
    if line == "<" {
        return Some(ReviewReply::Back);
    }
    let mut replies = REPLIES.iter().enumerate();
    let fits = |number: usize, key: char, words: &str| {
        line == (number + 1).to_string() || line == key.to_string() || line == words
    };
    replies
        .find(|(number, (key, words, _))| {
            fits(*number, *key, words) || line == "diff" && *key == 'd'
        })
        .map(|(_, (.., reply))| *reply)
}

fn choices(kind: &Kind) -> &[Choice] {
    match kind {
        Kind::One(choices) | Kind::Many(choices) => choices,
        Kind::Text | Kind::Words | Kind::YesNo => &[],
    }
}

/// `split: one file per package`; the value is named where the label is another word.
fn described(choice: &Choice) -> String {
    let mut text = choice.value.clone();
    if choice.label != choice.value && !choice.label.is_empty() {
        text = format!("{text}: {}", choice.label);
    }
    if !choice.note.is_empty() {
        let sign = if text == choice.value { ": " } else { ". " };
        text = format!("{text}{sign}{}", choice.note);
    }
    text
}

fn how_to_answer(question: &Question) -> String {
    let default = question.default.line();
    let nothing = if default.is_empty() {
        ""
    } else {
        ", - for nothing"
    };
    let how = match question.kind {
        Kind::Text => format!("Type a text{nothing}"),
        Kind::One(_) => "Type a number or a value".into(),
        Kind::Many(_) => format!("Type numbers or values with commas between{nothing}"),
        Kind::Words => format!("Type words with commas between{nothing}"),
        Kind::YesNo => "Type yes or no".into(),
    };
    let enter = if default.is_empty() {
        "nothing"
    } else {
        &default
    };
    format!("{how}, < to go back, ? to read this again. Enter for: {enter}")
}

fn understand(question: &Question, line: &str) -> Heard {
    let empty = match question.kind {
        Kind::Many(_) | Kind::Words => Value::Many(Vec::new()),
        Kind::Text | Kind::One(_) | Kind::YesNo => Value::one(""),
    };
    match (line, &question.kind) {
        ("", _) => Heard::Answer(question.default.clone()),
        ("<", _) => Heard::Back,
        ("?", _) => Heard::Help,
        ("-", Kind::Text | Kind::Words | Kind::Many(_)) => Heard::Answer(empty),
        (text, Kind::Text) => Heard::Answer(Value::one(text)),
        (text, Kind::Words) => Heard::Answer(Value::words(text)),
        (text, Kind::YesNo) => yes_or_no(text),
        (text, Kind::One(choices)) => match pick(text, choices) {
            Ok(values) if values.len() == 1 => Heard::Answer(Value::One(values.concat())),
            Ok(_) => Heard::Wrong("only one can be chosen".into()),
            Err(why) => Heard::Wrong(why),
        },
        (text, Kind::Many(choices)) => several(text, choices),
    }
}

fn yes_or_no(text: &str) -> Heard {
    match text.to_lowercase().as_str() {
        "y" | "yes" => Heard::Answer(Value::one("yes")),
        "n" | "no" => Heard::Answer(Value::one("no")),
        _ => Heard::Wrong("type yes or no".into()),
    }
}

/// The choices that are named, in the order of the list, each once.
fn several(text: &str, choices: &[Choice]) -> Heard {
    let mut values = Vec::new();
    for word in Value::words(text).texts() {
        match pick(word, choices) {
            Ok(found) => values.extend(found),
            Err(why) => return Heard::Wrong(why),
        }
    }
    let in_order = choices.iter().map(|choice| choice.value.clone());
    Heard::Answer(Value::Many(
        in_order.filter(|value| values.contains(value)).collect(),
    ))
}

/// What a word names: a value, a label, a number, or two numbers with a dash.
fn pick(word: &str, choices: &[Choice]) -> Result<Vec<String>, String> {
    let same = |choice: &&Choice| {
        choice.value.eq_ignore_ascii_case(word) || choice.label.eq_ignore_ascii_case(word)
    };
    if let Some(choice) = choices.iter().find(same) {
        return Ok(vec![choice.value.clone()]);
    }
    let (first, last) = word.split_once('-').unwrap_or((word, word));
    if let (Ok(first), Ok(last)) = (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
        let range = first
            .checked_sub(1)
            .and_then(|start| choices.get(start..last))
            .filter(|range| !range.is_empty());
        return range
            .map(|range| range.iter().map(|choice| choice.value.clone()).collect())
            .ok_or_else(|| format!("`{word}` is not among 1 to {}", choices.len()));
    }
    Err(unknown(word, choices))
}

fn unknown(word: &str, choices: &[Choice]) -> String {
    let values = choices.iter().map(|choice| choice.value.as_str());
    if let Some(near) = did_you_mean(word, values) {
        return format!("`{word}` is none of the choices; did you mean `{near}`?");
    }
    let found = choices.iter().filter(|choice| matches(choice, word));
    let found: Vec<&str> = found.map(|choice| choice.value.as_str()).take(8).collect();
    if found.is_empty() {
        return format!("`{word}` is none of the choices");
    }
    format!(
        "`{word}` is none of the choices; it occurs in: {}",
        found.join(", ")
    )
}
