//! Requirements in the spelling that a build backend gives them in METADATA.
//!
//! nixpkgs' hooks match by that spelling, so a release read from a tree has to have it too.

use super::Said;
use crate::python::{PythonVersion, Requirement, RequirementError};

/// Whose spelling it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// setuptools keeps the author's spelling of the name.
    Setuptools,
    /// hatchling normalises names, and quotes with `'`.
    Hatchling,
}

/// A requirement as METADATA has it: with its extra, and with the Pythons for which it is said as a marker.
///
/// # Errors
/// None in practice: it is made of parts that were parsed.
pub(super) fn requirement(
    said: &Said,
    style: Style,
    considered: &[PythonVersion],
) -> Result<Requirement, RequirementError> {
    let of = &said.requirement;
    let (written, marker) = split(of.raw());
    let mut text = match style {
        Style::Setuptools => of.spelling().to_owned(),
        Style::Hatchling => of.name().to_string(),
    };
    if !of.extras().is_empty() {
        let mut extras: Vec<String> = match style {
            Style::Setuptools => written_extras(written),
            Style::Hatchling => of.extras().iter().map(ToString::to_string).collect(),
        };
        extras.sort();
        text.extend(["[", &extras.join(","), "]"]);
    }
    if let Some(link) = of.link() {
        text.extend([" @ ", link]);
    }
    let mut specifiers: Vec<String> = of.specifiers().iter().map(ToString::to_string).collect();
    specifiers.sort();
    text.push_str(&specifiers.join(","));
    let quote = match style {
        Style::Setuptools => '"',
        Style::Hatchling => '\'',
    };
    let mut marker = spaced(marker, quote);
    if let Some(pythons) = &said.pythons {
        marker = both(&marker, &pythons_marker(pythons, considered, quote));
    }
    if let Some(extra) = &said.extra {
        let extra = format!("extra == {quote}{extra}{quote}");
        marker = match style {
            _ if marker.is_empty() => extra,
            // setuptools drops the parentheses that are not needed.
            Style::Setuptools if !marker.contains(" or ") => format!("{marker} and {extra}"),
            _ => format!("({marker}) and {extra}"),
        };
    }
    with_marker(&text, &marker).parse()
}

/// A requirement with one more condition.
pub(super) fn with_marker(text: &str, marker: &str) -> String {
    let (text, before) = split(text);
    match (before, marker) {
        ("", "") => text.to_owned(),
        // Where a link ends has to be seen (PEP 508).
        (before, marker) if text.contains('@') => format!("{text} ; {}", both(before, marker)),
        (before, marker) => format!("{text}; {}", both(before, marker)),
    }
}

/// Two conditions that must both hold; either can be missing.
fn both(a: &str, b: &str) -> String {
    match (a, b) {
        ("", only) | (only, "") => only.to_owned(),
        (a, b) => format!("({a}) and ({b})"),
    }
}

/// The text before the marker, and the marker. The semicolon of a link needs a space before it (PEP 508).
fn split(text: &str) -> (&str, &str) {
    let at = if text.contains('@') {
        text.find(" ;")
    } else {
        text.find(';')
    };
    let (before, after) = at.map_or((text, ""), |at| text.split_at(at));
    (
        before.trim(),
        after.trim_start().trim_start_matches(';').trim(),
    )
}

/// The extras as they are written between brackets.
fn written_extras(text: &str) -> Vec<String> {
    let inside = text
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'));
    let extras = inside.map_or("", |(extras, _)| extras).split(',');
    extras.map(|extra| extra.trim().to_owned()).collect()
}

/// A marker with single spaces between its words, and one kind of quotes.
fn spaced(marker: &str, quote: char) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut chars = marker.chars().peekable();
    while let Some(c) = chars.next() {
        let mut word = String::from(c);
        match c {
            '"' | '\'' => {
                let inside: String = chars.by_ref().take_while(|other| *other != c).collect();
                let quote = if inside.contains(quote) { c } else { quote };
                word = format!("{quote}{inside}{quote}");
            }
            '<' | '>' | '=' | '!' | '~' => {
                while let Some(more) = chars.next_if(|c| matches!(c, '<' | '>' | '=' | '!' | '~')) {
                    word.push(more);
                }
            }
            '(' | ')' => {}
            c if c.is_whitespace() => continue,
            _ => {
                let letter = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
                while let Some(more) = chars.next_if(letter) {
                    word.push(more);
                }
            }
        }
        words.push(word);
    }
    words.join(" ").replace("( ", "(").replace(" )", ")")
}

/// The condition that one of these Pythons runs, out of all that were considered; both are sorted.
fn pythons_marker(pythons: &[PythonVersion], considered: &[PythonVersion], quote: char) -> String {
    let said = |at: usize| {
        considered
            .get(at)
            .is_some_and(|python| pythons.contains(python))
    };
    let mut runs = Vec::new();
    let mut at = 0;
    while at < considered.len() {
        let first = at;
        while said(at) {
            at += 1;
        }
        if at > first {
            let lower = considered.get(first).filter(|_| first > 0);
            let lower = lower.map(|python| format!("python_version >= {quote}{python}{quote}"));
            let upper = considered.get(at);
            let upper = upper.map(|python| format!("python_version < {quote}{python}{quote}"));
            let bounds: Vec<String> = lower.into_iter().chain(upper).collect();
            runs.push(bounds.join(" and "));
        }
        at += 1;
    }
    match runs.as_slice() {
        [only] => only.clone(),
        runs => {
            let runs: Vec<String> = runs.iter().map(|run| format!("({run})")).collect();
            runs.join(" or ")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::python::PyName;
    use crate::source_tree::{Place, Source};

    fn minors(minors: &[u32]) -> Vec<PythonVersion> {
        let of = |minor: &u32| PythonVersion {
            major: 3,
            minor: *minor,
        };
        minors.iter().map(of).collect()
    }

    fn said(text: &str, extra: Option<&str>, pythons: Option<&[u32]>) -> Said {
        Said {
            requirement: text.parse().unwrap(),
            extra: extra.map(|extra| extra.parse::<PyName>().unwrap()),
            pythons: pythons.map(minors),
            place: Place::start(&Arc::new(Source {
                path: "setup.py".to_owned(),
                text: String::new(),
            })),
        }
    }

    /// `expected`: as setuptools and as hatchling write it.
    fn check(said: &Said, expected: [&str; 2]) {
        let considered = minors(&[9, 10, 11, 12, 13]);
        let styles = [Style::Setuptools, Style::Hatchling];
        let found = styles.map(|style| {
            requirement(said, style, &considered)
                .unwrap()
                .raw()
                .to_owned()
        });
        assert_eq!(found, expected, "{said:?}");
    }

    #[test]
    fn it_is_spelled_as_in_metadata() {
        check(&said("Jinja2", None, None), ["Jinja2", "jinja2"]);
        check(
            &said("universal_pathlib >= 0.2, <0.4", None, None),
            ["universal_pathlib<0.4,>=0.2", "universal-pathlib<0.4,>=0.2"],
        );
        check(
            &said("gql[Requests,all]>=3", None, None),
            ["gql[Requests,all]>=3", "gql[all,requests]>=3"],
        );
        check(
            &said("tomli>=1.1.0;python_version<'3.11'", None, None),
            [
                "tomli>=1.1.0; python_version < \"3.11\"",
                "tomli>=1.1.0; python_version < '3.11'",
            ],
        );
        check(
            &said("a @ https://example.org/a;b ; os_name=='nt'", None, None),
            [
                "a @ https://example.org/a;b ; os_name == \"nt\"",
                "a @ https://example.org/a;b ; os_name == 'nt'",
            ],
        );
    }

    #[test]
    fn extras_and_pythons_are_markers() {
        check(
            &said("a", Some("Web_UI"), None),
            ["a; extra == \"web-ui\"", "a; extra == 'web-ui'"],
        );
        check(
            &said("a; (os_name=='nt')or os_name == \"x\"", Some("b"), None),
            [
                "a; ((os_name == \"nt\") or os_name == \"x\") and extra == \"b\"",
                "a; ((os_name == 'nt') or os_name == 'x') and extra == 'b'",
            ],
        );
        check(
            &said("a", None, Some(&[12, 13])),
            [
                "a; python_version >= \"3.12\"",
                "a; python_version >= '3.12'",
            ],
        );
        check(
            &said("a", Some("b"), Some(&[9, 10])),
            [
                "a; python_version < \"3.11\" and extra == \"b\"",
                "a; (python_version < '3.11') and extra == 'b'",
            ],
        );
        check(
            &said("a", None, Some(&[9, 11, 12])),
            [
                "a; (python_version < \"3.10\") or (python_version >= \"3.11\" and python_version < \"3.13\")",
                "a; (python_version < '3.10') or (python_version >= '3.11' and python_version < '3.13')",
            ],
        );
    }
}
