//! What a command did, for a person to read at its end.

use super::paint::{Paint, Tone};
use super::text::{harmless, pad, width};

/// One thing to do next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextStep {
    /// What and why, in one sentence.
    pub what: String,
    /// The command; may be empty.
    pub command: String,
}

impl NextStep {
    /// A sentence and its command.
    pub fn new(what: &str, command: impl Into<String>) -> Self {
        Self {
            what: what.to_owned(),
            command: command.into(),
        }
    }
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What was made, in one line.
    pub title: String,
    /// Labels and values: where it is, what was verified.
    pub facts: Vec<(String, String)>,
    /// The command that does the same again, as one line for a shell; may be empty.
    pub reproduce: String,
    /// What to do next.
    pub next: Vec<NextStep>,
}

/// The outcome as text. Commands stand alone on their lines, unbroken, so that they can be copied.
pub(super) fn outcome_text(outcome: &Outcome, paint: Paint) -> String {
    let Outcome {
        title,
        facts,
        reproduce,
        next,
    } = outcome;
    let mut text = String::new();
    let mut line = |line: &str| {
        text.push_str(line.trim_end());
        text.push('\n');
    };
    let title = harmless(title);
    line(&paint.tone(Tone::Good, &title));
    line(&paint.tone(Tone::Quiet, &paint.rule(width(&title).clamp(1, 60))));
    let label = facts.iter().map(|(label, _)| width(label)).max();
    let label = label.unwrap_or_default();
    for (name, value) in facts {
        let name = paint.tone(Tone::Quiet, &pad(&format!("{name}:"), label + 1));
        let value = harmless(value).replace('\n', &format!("\n{}", " ".repeat(label + 4)));
        line(&format!("  {name} {value}"));
    }
    if !reproduce.is_empty() {
        line("");
        line(&paint.tone(Tone::Strong, "The same again:"));
        line(&format!("  {}", harmless(reproduce)));
    }
    if !next.is_empty() {
        line("");
        line(&paint.tone(Tone::Strong, "Next:"));
    }
    for (number, step) in next.iter().enumerate() {
        let number = format!("{}.", number + 1);
        line(&format!("  {number} {}", harmless(&step.what)));
        if !step.command.is_empty() {
            let command = paint.tone(Tone::Accent, &harmless(&step.command));
            line(&format!("{}{command}", " ".repeat(width(&number) + 3)));
        }
    }
    text
}
