//! The review as text, for both ways of asking: first what deserves care, then the answers, what happens, the files.

use super::paint::Tone;
use super::row::Row;
use super::text::{pad, width};
use crate::ask::{Review, ReviewReply};

/// The replies: key, words, meaning.
pub(super) const REPLIES: [(char, &str, ReviewReply); 5] = [
    ('a', "apply", ReviewReply::Apply),
    ('d', "show the diff", ReviewReply::Diff),
    ('c', "customise", ReviewReply::Customise),
    ('b', "back", ReviewReply::Back),
    ('q', "quit", ReviewReply::Quit),
];

/// The rows of the review, for so many columns.
pub(super) fn rows(review: &Review, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for warning in &review.warnings {
        rows.extend(Row::wrapped(
            Tone::Warn,
            &format!("warning: {warning}"),
            0,
            columns,
        ));
    }
    section(&mut rows, "Answers", answers(review, columns));
    let actions = review.actions.iter();
    let actions = actions.flat_map(|action| Row::wrapped(Tone::Plain, action, 2, columns));
    section(&mut rows, "What happens", actions.collect());
    section(&mut rows, &files_heading(&review.tree), files(&review.tree));
    rows
}

fn section(rows: &mut Vec<Row>, heading: &str, body: Vec<Row>) {
    if body.is_empty() {
        return;
    }
    if !rows.is_empty() {
        rows.push(Row::empty());
    }
    rows.push(Row::of(Tone::Strong, heading));
    rows.extend(body);
}

/// Label, value, origin. A value that does not fit is continued below, so that nothing is hidden here.
fn answers(review: &Review, columns: usize) -> Vec<Row> {
    let widest = |texts: &mut dyn Iterator<Item = &String>| texts.map(|text| width(text)).max();
    let label = widest(&mut review.answers.iter().map(|(label, ..)| label)).unwrap_or_default();
    let origin = widest(&mut review.answers.iter().map(|(.., origin)| origin)).unwrap_or_default();
    let longest = widest(&mut review.answers.iter().map(|(_, value, _)| value)).unwrap_or_default();
    let space = columns.saturating_sub(label + origin + 6).max(10);
    let value_width = longest.min(space);
    let mut rows = Vec::new();
    for (name, value, from) in &review.answers {
        let mut lines = Row::wrapped(Tone::Plain, value, 0, value_width).into_iter();
        let first = lines.next().unwrap_or_else(|| Row::of(Tone::Quiet, "-"));
        let gap = " ".repeat(value_width.saturating_sub(first.width()) + 2);
        let row = Row::of(Tone::Quiet, &format!("  {}  ", pad(name, label)));
        rows.push(row.joined(first).and(Tone::Quiet, &format!("{gap}{from}")));
        let indent = " ".repeat(label + 4);
        rows.extend(lines.map(|line| Row::of(Tone::Plain, &indent).joined(line)));
    }
    rows
}

fn files_heading(tree: &str) -> String {
    let count = |sign: char| {
        tree.lines()
            .filter(|line| sign_of(line) == Some(sign))
            .count()
    };
    let counts = [
        (count('+'), "new"),
        (count('~'), "changed"),
        (count('-'), "removed"),
        (count('='), "unchanged"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if counts.is_empty() {
        "Files".into()
    } else {
        format!("Files: {}", counts.join(", "))
    }
}

fn files(tree: &str) -> Vec<Row> {
    let tone = |line: &str| match sign_of(line) {
        Some('+') => Tone::Good,
        Some('~') => Tone::Warn,
        Some('-') => Tone::Bad,
        Some('=') => Tone::Quiet,
        _ => Tone::Plain,
    };
    tree.lines()
        .map(|line| Row::of(tone(line), &format!("  {line}")))
        .collect()
}

/// The sign that a line of the tree begins with.
fn sign_of(line: &str) -> Option<char> {
    let mut chars = line.trim_start().chars();
    let sign = chars.next().filter(|c| "+~=-".contains(*c))?;
    chars.next().filter(|c| *c == ' ').map(|_| sign)
}
