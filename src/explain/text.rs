//! What is explained, as text for people: at most 80 columns wide.

use super::wrapped::{WIDTH, lines, row};
use super::{Asker, Explained, Row};
use std::fmt::Write;

/// The widest column of names and of bounds; what is wider moves the rest to the next line.
const WIDEST: usize = 24;

/// The text.
pub fn text(explained: &Explained) -> String {
    let mut text = head(explained);
    if !explained.requires.is_empty() {
        text.push_str(&table("Requires", &explained.requires));
    }
    for extra in &explained.extras {
        let taken = if extra.taken { " (taken)" } else { "" };
        let title = format!("Extra {}{taken}", extra.name);
        text.push_str(&table(&title, &extra.requires));
    }
    if !explained.required_by.is_empty() {
        text.push_str(&askers(&explained.required_by));
    }
    if !explained.known.is_empty() {
        text.push_str("\nKnown faults\n");
        for known in &explained.known {
            text.push_str(&lines(known, 2));
        }
    }
    text
}

fn head(explained: &Explained) -> String {
    let Explained { name, version, .. } = explained;
    let version = if version.is_empty() {
        "version unknown"
    } else {
        version
    };
    let mut text = format!("{name} {version}, {}\n", explained.kind.words());
    text.push_str(&lines(&explained.description, 2));
    let programs = explained.programs.join(", ");
    let license = explained.license.as_deref().unwrap_or_default();
    for (label, value) in [
        ("Here:", explained.because.as_str()),
        ("From:", &explained.origin),
        ("Python:", &explained.requires_python),
        ("Licence:", license),
        ("Programs:", &programs),
    ] {
        if !value.is_empty() {
            let wrapped = lines(value, 12);
            // Writing to a string cannot fail.
            let _ = write!(text, "  {label:<10}{}", wrapped.trim_start());
        }
    }
    text
}

/// The width of a column, of which some are too wide.
fn width<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    let widths = cells.map(|cell| cell.chars().count());
    widths.filter(|width| *width <= WIDEST).max().unwrap_or(0)
}

fn shown(bound: &str) -> &str {
    if bound.is_empty() { "any" } else { bound }
}

fn index(row: &Row) -> &str {
    if row.index.is_empty() {
        "-"
    } else {
        &row.index
    }
}

/// Requirements: what is wanted, what there is, what came of it; then why, where there is more to say.
fn table(title: &str, rows: &[Row]) -> String {
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    aligned(title, &names, rows)
}

fn askers(askers: &[Asker]) -> String {
    let names: Vec<String> = askers
        .iter()
        .map(|asker| match &asker.extra {
            Some(extra) => format!("{}[{extra}]", asker.name),
            None => asker.name.clone(),
        })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let rows: Vec<Row> = askers.iter().map(|asker| asker.row.clone()).collect();
    aligned("Required by", &names, &rows)
}

fn aligned(title: &str, names: &[&str], rows: &[Row]) -> String {
    let heads = ["", "wants", "index", "verdict"];
    let widths = [
        width(names.iter().copied()),
        width(rows.iter().map(|row| shown(&row.bound)).chain([heads[1]])),
        width(rows.iter().map(index).chain([heads[2]])),
        WIDTH,
    ];
    if rows.is_empty() {
        return format!("\n{title}\n  nothing\n");
    }
    // The title stands in front of the columns' names, a little to the left of the names below it.
    let head = row(&heads, &widths);
    let head = indented(&head);
    let length = title.chars().count();
    let mut text = match head.get(length..) {
        Some(rest) if head.chars().take(length + 2).all(|c| c == ' ') => {
            format!("\n{title}{rest}")
        }
        _ => format!("\n{title}\n{head}"),
    };
    for (name, one) in names.iter().zip(rows) {
        let cells = [name, shown(&one.bound), index(one), one.verdict];
        let body = row(&cells, &widths);
        text.push_str(&indented(&body));
        let systems = (!one.systems.is_empty()).then(|| format!("on {}", one.systems.join(", ")));
        let stand_in = (one.verdict == "stand-in").then(|| format!("`{}` instead", one.attribute));
        let reason = (!one.reason.is_empty()).then(|| one.reason.clone());
        let more: Vec<String> = systems.into_iter().chain(stand_in).chain(reason).collect();
        text.push_str(&lines(&more.join(": "), 6));
    }
    text
}

fn indented(body: &str) -> String {
    body.lines()
        .fold(String::new(), |text, line| text + "  " + line + "\n")
}
