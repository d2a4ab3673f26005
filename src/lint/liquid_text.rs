//! Templates as text: their tags with their places, and the variables that an expression names. Nothing is rendered.

/// What stands between two braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The name of a `{% tag %}`; empty for `{{ output }}`.
    pub(super) name: &'a str,
    /// What stands behind the name.
    pub(super) rest: &'a str,
    /// Where it ends in the text, its braces included.
    pub(super) end: usize,
    /// The line that it begins in, from 1.
    pub(super) line: usize,
}

/// The tags of a text, in order. What is raw or a comment has none.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    let mut until: Option<&str> = None;
    while let Some(tag) = next(text, at, line) {
        let after = &text[at..tag.end];
        let (start, end) = (at, tag.end);
        line += text[start..end].matches('\n').count();
        at += after.len();
        match until {
            Some(closing) if tag.name == closing => until = None,
            Some(_) => {}
            None if tag.name == "raw" => until = Some("endraw"),
            None if tag.name == "comment" => until = Some("endcomment"),
            None => found.push(tag),
        }
    }
    found
}

/// The next tag from a place; `line` is that of the place.
fn next(text: &str, from: usize, line: usize) -> Option<Tag<'_>> {
    let rest = &text[from..];
    let start = rest.find("{{").into_iter().chain(rest.find("{%")).min()?;
    let is_output = rest[start..].starts_with("{{");
    let closing = if is_output { "}}" } else { "%}" };
    // What opens a tag does not close it, as in `{%}`.
    let length = 2 + rest[start + 2..].find(closing)?;
    let inside = &rest[start + 2..start + length];
    let inside = inside.trim_start_matches('-').trim_end_matches('-').trim();
    let name_end = inside.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    let (name, behind) = if is_output {
        ("", inside)
    } else {
        inside.split_at(name_end.unwrap_or(inside.len()))
    };
    Some(Tag {
        name,
        rest: behind.trim(),
        end: from + start + length + 2,
        line: line + rest[..start].matches('\n').count(),
    })
}

/// The words of an expression: texts in quotes stay whole, and so do paths.
pub(super) fn words(expression: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = expression.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if matches!(first, '"' | '\'') {
            rest[1..].find(first).map_or(rest.len(), |at| at + 2)
        } else if is_of_path(first) {
            rest.find(|c: char| !is_of_path(c) && c != '[' && c != ']')
                .unwrap_or(rest.len())
        } else if rest.starts_with("..") {
            2
        } else {
            let sign = rest.find(|c: char| !matches!(c, '=' | '!' | '<' | '>'));
            sign.unwrap_or(rest.len()).max(first.len_utf8())
        };
        let (word, behind) = rest.split_at(length);
        words.push(word);
        rest = behind.trim_start();
    }
    words
}

fn is_of_path(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// The variables that an expression names, each as its path. Filters, names of parameters, texts and numbers are none.
pub(super) fn variables(expression: &str) -> Vec<Vec<&str>> {
    let words = words(expression);
    let mut found = Vec::new();
    let mut after_pipe = false;
    for (at, word) in words.iter().enumerate() {
        let is_parameter = words.get(at + 1) == Some(&":");
        let is_filter = std::mem::replace(&mut after_pipe, *word == "|");
        if !is_filter && !is_parameter && is_variable(word) {
            let parts = word.split(['.', '[', ']']);
            found.push(parts.filter(|part| !part.is_empty()).collect());
        }
    }
    found
}

fn is_variable(word: &str) -> bool {
    const WORDS: [&str; 12] = [
        "true", "false", "nil", "null", "empty", "blank", "and", "or", "contains", "in", "with",
        "reversed",
    ];
    let first = word.chars().next();
    first.is_some_and(|c| c.is_alphabetic() || c == '_') && !WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_their_lines() {
        let text = "a {{ x.y | up: z }}\n{%- if a == \"%\" -%}\n{% raw %}{{ no }}{% endraw %}{% comment %}{% if %}{% endcomment %}\n{% endif %}";
        let found: Vec<(&str, &str, usize)> = tags(text)
            .iter()
            .map(|tag| (tag.name, tag.rest, tag.line))
            .collect();
        assert_eq!(
            found,
            [
                ("", "x.y | up: z", 1),
                ("if", "a == \"%\"", 2),
                ("endif", "", 4)
            ]
        );
        for open in ["{{ open", "{%}", "x {%}", "{{}", "{%", "{{"] {
            assert_eq!(tags(open), [], "{open}");
        }
        assert_eq!(tags("{%%}{{}}").len(), 2);
    }

    #[test]
    fn variables_are_paths() {
        for (expression, expected) in [
            ("a.b[0].c | append: d | join: \", \"", "a.b.0.c d"),
            (
                "workspace.layout == 'split' and x contains y",
                "workspace.layout x y",
            ),
            ("\"upstream/x\" list: package.lists", "package.lists"),
            ("one in many limit:2", "one many"),
            ("a>=b or c != nil", "a b c"),
            ("project-name", "project-name"),
            ("4 | plus: 1.5", ""),
        ] {
            let found: Vec<String> = variables(expression)
                .iter()
                .map(|path| path.join("."))
                .collect();
            assert_eq!(found.join(" "), expected, "{expression}");
        }
    }
}
