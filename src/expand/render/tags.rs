//! Where the tags of a Liquid text stand, and what variables they name. Bodies of `raw` and `comment` have none.

use std::ops::Range;

/// One `{{ … }}` or `{% … %}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Where it stands, with its braces.
    pub(super) range: Range<usize>,
    /// Whether it prints something, `{{ … }}`.
    pub(super) prints: bool,
}

impl Tag {
    /// What is between the braces.
    pub(super) fn raw<'a>(&self, text: &'a str) -> &'a str {
        &text[self.range.start + 2..self.range.end - 2]
    }

    /// The same without hyphens and spaces.
    pub(super) fn inner<'a>(&self, text: &'a str) -> &'a str {
        let inner = self.raw(text);
        let inner = inner.strip_prefix('-').unwrap_or(inner);
        inner.strip_suffix('-').unwrap_or(inner).trim()
    }

    /// The first word of it.
    pub(super) fn word<'a>(&self, text: &'a str) -> &'a str {
        self.inner(text)
            .split_whitespace()
            .next()
            .unwrap_or_default()
    }
}

/// All tags, in order.
pub(super) fn all(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    let mut closing: Option<&str> = None;
    while let Some(tag) = next(text, at) {
        at = tag.range.end;
        let word = if tag.prints { "" } else { tag.word(text) };
        match closing {
            Some(end) if word == end => closing = None,
            Some(_) => {
                // Within a body that is not Liquid, every brace may begin the end.
                at = tag.range.start + 1;
                continue;
            }
            None if word == "raw" => closing = Some("endraw"),
            None if word == "comment" => closing = Some("endcomment"),
            None => {}
        }
        tags.push(tag);
    }
    tags
}

/// A tag as a text of its own, with what closes its block; `None` where it is a part of another.
pub(super) fn alone(tag: &Tag, text: &str) -> Option<String> {
    let whole = &text[tag.range.clone()];
    if tag.prints {
        return Some(whole.to_owned());
    }
    match tag.word(text) {
        "else" | "elsif" | "when" | "break" | "continue" | "raw" | "comment" => None,
        word if word.starts_with("end") => None,
        word @ ("if" | "unless" | "for" | "case" | "capture" | "tablerow" | "ifchanged") => {
            let body = if word == "case" { "{% when 1 %}" } else { "" };
            Some(format!("{whole}{body}{{% end{word} %}}"))
        }
        _ => Some(whole.to_owned()),
    }
}

/// The first tag from `at` on that is closed.
fn next(text: &str, mut at: usize) -> Option<Tag> {
    loop {
        let start = at + text[at..].find('{')?;
        let rest = &text[start..];
        let close = match rest.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                at = start + 1;
                continue;
            }
        };
        match rest[2..].find(close) {
            Some(end) => {
                return Some(Tag {
                    range: start..start + end + 4,
                    prints: close == "}}",
                });
            }
            None => at = start + 2,
        }
    }
}

/// The variables that an expression names: not filters, not names of arguments, not what is behind a dot, not literals.
pub(super) fn variables(expression: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut names = Vec::new();
    let mut before = ' ';
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        let length = if c == '\'' || c == '"' {
            rest[1..].find(c).map_or(rest.len(), |end| end + 2)
        } else if is_name(c) {
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            let name = &rest[..end];
            let is_argument = rest[end..].trim_start().starts_with(':');
            let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
            if starts && before != '|' && before != '.' && !is_argument && !is_literal(name) {
                names.push(name);
            }
            end
        } else {
            c.len_utf8()
        };
        if !c.is_whitespace() {
            // A range, `(1..n)`, has two dots, and what is behind them is no index.
            before = if c == '.' && before == '.' { ' ' } else { c };
        }
        rest = &rest[length..];
    }
    names
}

fn is_literal(name: &str) -> bool {
    matches!(name, "nil" | "null" | "true" | "false" | "empty" | "blank")
}

/// The variables on which a tag depends.
pub(super) fn condition<'a>(tag: &Tag, text: &'a str) -> Vec<&'a str> {
    const WORDS: [&str; 5] = ["in", "contains", "and", "or", "reversed"];
    let inner = tag.inner(text);
    let Some((word, rest)) = inner.split_once(' ') else {
        return Vec::new();
    };
    if !matches!(
        word,
        "if" | "unless" | "elsif" | "case" | "when" | "for" | "assign"
    ) {
        return Vec::new();
    }
    let mut names = variables(rest);
    names.retain(|name| !WORDS.contains(name));
    names
}

/// The names that the text itself gives values: loops, assignments, captures, counters.
pub(super) fn assigned<'a>(text: &'a str, tags: &[Tag]) -> Vec<&'a str> {
    let mut names = vec!["forloop", "tablerowloop", "tablerow"];
    for tag in tags.iter().filter(|tag| !tag.prints) {
        let mut words = tag
            .inner(text)
            .split(|c: char| c.is_whitespace() || c == '=');
        let first = words.next();
        if let Some("assign" | "capture" | "for" | "tablerow" | "increment" | "decrement") = first {
            names.extend(words.find(|word| !word.is_empty()));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_outside_raw_and_comment() {
        for (text, expected) in [
            ("a {{ b }} c {% if d %}", vec!["{{ b }}", "{% if d %}"]),
            (
                "{% raw %}{{ x }}{% endraw %}{{y}}",
                vec!["{% raw %}", "{% endraw %}", "{{y}}"],
            ),
            (
                "{%- comment -%}{% x {{ %}{%endcomment%}{{-y-}}",
                vec!["{%- comment -%}", "{%endcomment%}", "{{-y-}}"],
            ),
            ("{ {{ open", vec![]),
            ("{{a}}}}{%", vec!["{{a}}"]),
        ] {
            let found: Vec<&str> = all(text)
                .iter()
                .map(|tag| &text[tag.range.clone()])
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn variables_are_told_from_other_names() {
        for (expression, expected) in [
            ("a-b | append: c | replace: 'x', \"y\"", vec!["a-b", "c"]),
            ("github.event.a", vec!["github"]),
            ("a[b].c", vec!["a", "b"]),
            ("true", vec![]),
            ("3.5 | plus: n", vec!["n"]),
            ("for i in (1..n) limit: m", vec!["for", "i", "in", "n", "m"]),
        ] {
            assert_eq!(variables(expression), expected, "{expression}");
        }
    }
}
