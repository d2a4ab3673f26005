//! Rust text without what is not code: comments, and the content of strings.

use crate::project;
use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

/// The code alone. Comments go, strings become `""`; lines stay where they are.
pub(super) fn code(source: &str) -> String {
    let mut out = String::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => line_comment(&mut chars),
            '/' if chars.peek() == Some(&'*') => block_comment(&mut chars, &mut out),
            '"' => {
                out.push_str("\"\"");
                string(&mut chars, &mut out);
            }
            'r' if !ends_in_word(&out) && matches!(chars.peek(), Some('"' | '#')) => {
                raw_string(&mut chars, &mut out);
            }
            '\'' => character(&mut chars, &mut out),
            other => out.push(other),
        }
    }
    out
}

/// The code before the tests of a file.
pub(super) fn without_tests(code: &str) -> &str {
    let mut from = 0;
    while let Some(at) = code[from..].find("#[cfg(test)]") {
        let start = from + at;
        let rest = code[start..]
            .trim_start_matches("#[cfg(test)]")
            .trim_start();
        let inline = rest
            .find(['{', ';'])
            .is_some_and(|end| rest[end..].starts_with('{'));
        if rest.starts_with("mod ") && inline {
            return &code[..start];
        }
        from = start + 1;
    }
    code
}

/// The Rust files that are tests as a whole: below `tests/`, or declared under `#[cfg(test)]`, with what is below those.
pub(super) fn tests_only() -> BTreeSet<String> {
    let files = project::rust_files(&["src/", "tests/"]);
    let mut places = vec!["tests/".to_owned()];
    for file in files.iter().filter(|file| file.ends_with("/mod.rs")) {
        let folder = file.trim_end_matches("mod.rs");
        let text = code(&project::read(file));
        for (at, mark) in text.match_indices("#[cfg(test)]") {
            let declaration = text[at + mark.len()..].split(['{', ';']).next();
            let name = declaration.and_then(|line| line.split_once("mod "));
            places.extend(name.map(|(_, name)| format!("{folder}{}", name.trim())));
        }
    }
    let below = |file: &String| {
        let rest = places
            .iter()
            .find_map(|place| file.strip_prefix(place.as_str()));
        rest.is_some_and(|rest| {
            rest == ".rs" || rest.starts_with('/') || file.starts_with("tests/")
        })
    };
    files.into_iter().filter(below).collect()
}

fn ends_in_word(out: &str) -> bool {
    out.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn line_comment(chars: &mut Peekable<Chars<'_>>) {
    while chars.peek().is_some_and(|c| *c != '\n') {
        chars.next();
    }
}

fn block_comment(chars: &mut Peekable<Chars<'_>>, out: &mut String) {
    let mut last = ' ';
    for c in chars.by_ref().skip(1) {
        if c == '\n' {
            out.push(c);
        }
        if last == '*' && c == '/' {
            return;
        }
        last = c;
    }
}

fn string(chars: &mut Peekable<Chars<'_>>, out: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '"' => return,
            '\\' => out.extend(chars.next().filter(|escaped| *escaped == '\n')),
            '\n' => out.push('\n'),
            _ => {}
        }
    }
}

/// After an `r`: a raw string, or a raw name.
fn raw_string(chars: &mut Peekable<Chars<'_>>, out: &mut String) {
    let mut hashes = 0;
    while chars.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    if chars.next_if_eq(&'"').is_none() {
        return;
    }
    out.push_str("\"\"");
    while let Some(c) = chars.next() {
        if c == '\n' {
            out.push('\n');
        }
        if c == '"' {
            let mut left = hashes;
            while left > 0 && chars.next_if_eq(&'#').is_some() {
                left -= 1;
            }
            if left == 0 {
                return;
            }
        }
    }
}

/// After a `'`: a character, or a lifetime.
fn character(chars: &mut Peekable<Chars<'_>>, out: &mut String) {
    let mut ahead = chars.clone();
    let first = ahead.next();
    if first == Some('\\') {
        chars.next();
        chars.next();
        while chars.next_if(|c| *c != '\'').is_some() {}
        chars.next();
    } else if ahead.next() == Some('\'') {
        chars.next();
        chars.next();
    } else {
        out.push('\'');
    }
}

#[test]
fn comments_and_strings_go() {
    for (source, expected) in [
        ("a // b\nc", "a \nc"),
        ("a /* b\nc */ d", "a \n d"),
        (r#"f("x \" // y") // z"#, r#"f("") "#),
        ("f(r#\"a \" b\"#, '\"', '\\'', 'c')", "f(\"\", , , )"),
        ("fn f<'a>(x: &'a str)", "fn f<'a>(x: &'a str)"),
        ("for r in 1..2 {}", "for r in 1..2 {}"),
    ] {
        assert_eq!(code(source), expected);
    }
}

#[test]
fn files_of_tests_are_known() {
    let tests = tests_only();
    assert!(tests.contains("tests/it/main.rs") && tests.contains("src/ui/tests/mod.rs"));
    assert!(tests.contains("src/outside/test_server.rs") && !tests.contains("src/ui/mod.rs"));
}

#[test]
fn only_tests_written_in_the_file_are_cut_off() {
    let text = "#[cfg(test)]\nmod tests;\npub fn f() {}\n#[cfg(test)]\nmod more { }";
    assert_eq!(
        without_tests(text),
        "#[cfg(test)]\nmod tests;\npub fn f() {}\n"
    );
}
