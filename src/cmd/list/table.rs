//! Lists as text of so many columns: aligned, and broken between words.

use super::packages::{Listed, Row};
use crate::scaffold::{Category, Release, Scaffold};
use crate::ui::{width, wrap};
use serde_json::Value;

/// A description has at least so many columns, however long the names are.
const LEAST: usize = 24;

/// More packages that cannot be had are listed by their names alone.
const REASONS: usize = 12;

/// Before a package that the repository builds.
const BUILT: &str = "* ";

/// Rows of texts; the last text of each is broken. What else a row holds, which the note repeats, is for programs.
pub(super) fn rows(rows: &[Value], columns: usize) -> String {
    let cells = |row: &Value| -> Vec<String> {
        let cells = row.as_object().into_iter().flatten();
        let cells = cells.filter(|(key, _)| ["name", "note"].contains(&key.as_str()));
        cells
            .filter_map(|(_, value)| value.as_str().map(str::to_owned))
            .collect()
    };
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    aligned(&rows, "", columns)
}

/// Packages by category, and below them what cannot be had.
pub(super) fn packages(
    scaffold: &Scaffold,
    release: &Release,
    listed: &Listed<'_>,
    columns: usize,
) -> String {
    let upstream = &scaffold.catalogue.upstream.name;
    let built = listed.packages.iter().any(|row| row.because.is_some());
    let count = match listed.packages.len() {
        0 => "no package".to_owned(),
        1 => "1 package".to_owned(),
        count => format!("{count} packages"),
    };
    let legend = if built { "; * built here" } else { "" };
    let mut text = format!("{upstream} {}: {count}{legend}\n", release.release);
    for category in &scaffold.catalogue.category {
        let inside = listed.packages.iter();
        let inside = inside.filter(|row| row.package.category == category.name);
        let inside: Vec<&Row<'_>> = inside.collect();
        if !inside.is_empty() {
            text.push('\n');
            text += &heading(category);
            text += &aligned(&cells(&inside), "", columns);
        }
    }
    text + others(&listed.others, columns).as_str()
}

fn heading(category: &Category) -> String {
    let Category { name, title } = category;
    if name == title {
        format!("{title}\n")
    } else {
        format!("{title} ({name})\n")
    }
}

/// What cannot be had: a few with their reasons, many by their names.
fn others(others: &[(String, String)], columns: usize) -> String {
    let rows: Vec<Vec<String>> = match others.len() {
        0 => return String::new(),
        1..=REASONS => {
            let told = others.iter();
            told.map(|(name, because)| vec![name.clone(), because.clone()])
                .collect()
        }
        _ => {
            let names: Vec<&str> = others.iter().map(|(name, _)| name.as_str()).collect();
            vec![vec![names.join(", ")]]
        }
    };
    let hint = if others.len() > REASONS {
        "; `floxwright list packages NAME` says why"
    } else {
        ""
    };
    format!("\nnot to be had{hint}\n{}", aligned(&rows, "  ", columns))
}

/// The cells of each package; a fault is a line of its own.
fn cells(rows: &[&Row<'_>]) -> Vec<Vec<String>> {
    let cells = rows.iter().map(|row| {
        let mark = if row.because.is_some() { BUILT } else { "  " };
        let faults = row
            .known
            .iter()
            .map(|known| format!("\nknown: {}", known.text));
        vec![
            format!("{mark}{}", row.name),
            row.released.version.to_string(),
            format!("{}{}", row.package.description, faults.collect::<String>()),
        ]
    });
    cells.collect()
}

/// Rows as columns; the last cell of each takes what is left, in as many lines as it needs.
fn aligned(rows: &[Vec<String>], indent: &str, columns: usize) -> String {
    let column = |index: usize| {
        let heads = rows.iter().filter(|row| index + 1 < row.len());
        let widths = heads
            .filter_map(|row| row.get(index))
            .map(|cell| width(cell));
        widths.max().unwrap_or_default()
    };
    let mut text = String::new();
    for row in rows {
        let Some((last, heads)) = row.split_last() else {
            continue;
        };
        let mut head = indent.to_owned();
        for (index, cell) in heads.iter().enumerate() {
            let space = " ".repeat(column(index).saturating_sub(width(cell)) + 2);
            head.push_str(cell);
            head.push_str(&space);
        }
        let left = columns.saturating_sub(width(&head)).max(LEAST);
        let space = " ".repeat(width(&head));
        for (number, line) in wrap(last, left).iter().enumerate() {
            let before = if number == 0 { &head } else { &space };
            text += format!("{before}{line}").trim_end();
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_last_cell_takes_what_is_left() {
        let rows = [
            json!({"name": "a", "note": "one two three four five six seven", "state": "x"}),
            json!({"name": "long-name", "note": "short"}),
            json!({"name": "alone"}),
        ];
        let expected =
            "a          one two three four five\n           six seven\nlong-name  short\nalone\n";
        assert_eq!(super::rows(&rows, 36), expected);
    }

    #[test]
    fn many_that_cannot_be_had_are_only_named() {
        let all = |count: usize| -> Vec<(String, String)> {
            let names = (0..count).map(|number| (format!("p{number}"), "gone".to_owned()));
            names.collect()
        };
        assert_eq!(others(&[], 80), "");
        assert_eq!(others(&all(1), 80), "\nnot to be had\n  p0  gone\n");
        let many = others(&all(REASONS + 1), 40);
        assert!(many.contains("says why\n  p0, p1, "), "{many}");
        assert!(!many.contains("gone"), "{many}");
        assert!(many.lines().skip(2).all(|line| line.len() <= 40), "{many}");
    }
}
