//! What a text may ask of the machine: blocks recurse, and a loop over a range holds every number of it.

use std::ops::Range;

/// Deeper blocks are refused.
const MAX_DEPTH: usize = 500;

/// More brackets in one tag are refused; they recurse too.
const MAX_BRACKETS: usize = 500;

/// Numbers of more digits are refused in a range.
const RANGE_DIGITS: usize = 6;

/// What is said of a range that is too wide.
pub(super) const TOO_WIDE: &str = "it loops over a range of more than 999999 numbers";

/// More is not looked at of one tag.
const LONGEST: usize = 1 << 16;

/// What is refused, and where it stands.
pub(super) type Refused = (Range<usize>, &'static str);

/// Refuses what could exhaust the machine.
pub(super) fn check(text: &str) -> Result<(), Refused> {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some((tag, inner)) = next(text, at) {
        at = tag.end;
        let body = &text[inner.clone()];
        if text[tag.start..].starts_with("{%") {
            let word = body.trim_start_matches('-').split_whitespace().next();
            match word.unwrap_or_default() {
                "if" | "unless" | "for" | "case" | "capture" | "tablerow" | "ifchanged" => {
                    depth += 1;
                }
                "raw" => at += end_of("endraw", &text[at..]),
                "comment" => at += end_of("endcomment", &text[at..]),
                word if word.starts_with("end") => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if depth > MAX_DEPTH {
            return Err((tag, "its blocks are nested more than 500 deep"));
        }
        tokens(body).map_err(|(place, why)| {
            let place = inner.start + place.start..inner.start + place.end;
            (place, why)
        })?;
    }
    Ok(())
}

/// The next tag from `from` on, and what is between its braces. One that is never closed goes on to the end, as far as it counts.
fn next(text: &str, from: usize) -> Option<(Range<usize>, Range<usize>)> {
    let (start, close) = text[from..].match_indices('{').find_map(|(at, _)| {
        let start = from + at;
        match text.as_bytes().get(start + 1) {
            Some(b'{') => Some((start, "}}")),
            Some(b'%') => Some((start, "%}")),
            _ => None,
        }
    })?;
    let inner = &text[start + 2..];
    let inner = &inner[..inner.floor_char_boundary(LONGEST)];
    let end = closed(inner, close).or_else(|| inner.find(close));
    let inner = start + 2..start + 2 + end.unwrap_or(inner.len());
    let after = end.map_or(start + 2, |_| inner.end + 2);
    Some((start..after, inner))
}

/// Where a tag is closed, outside of its texts.
fn closed(inner: &str, close: &str) -> Option<usize> {
    let mut open = None;
    for (at, c) in inner.char_indices() {
        match (c, open) {
            ('\'' | '"', None) => open = Some(c),
            (c, Some(quote)) if c == quote => open = None,
            (_, None) if inner[at..].starts_with(close) => return Some(at),
            _ => {}
        }
    }
    None
}

/// Where the tag begins that ends a body which is no Liquid; 0 where nothing ends it.
fn end_of(word: &str, text: &str) -> usize {
    let mut ends = text.match_indices(word);
    let end = ends.find_map(|(at, _)| {
        let before = text[..at].trim_end();
        let before = before.strip_suffix('-').unwrap_or(before);
        before.ends_with("{%").then(|| before.len() - 2)
    });
    end.unwrap_or_default()
}

/// Looks at brackets and numbers of a tag; names and texts are neither.
fn tokens(inner: &str) -> Result<(), Refused> {
    let bytes = inner.as_bytes();
    let (mut at, mut brackets) = (0, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let run = |from: usize, is: fn(u8) -> bool| {
            let rest = &bytes[from..];
            from + rest.iter().position(|c| !is(*c)).unwrap_or(rest.len())
        };
        match byte {
            b'\'' | b'"' => {
                let rest = &bytes[at + 1..];
                let end = rest.iter().position(|c| *c == byte);
                at += end.map_or(1, |end| end + 2);
                continue;
            }
            b'[' | b'(' => brackets += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => {
                at = run(at, |c| c.is_ascii_alphanumeric() || c == b'_' || c == b'-');
                continue;
            }
            b'0'..=b'9' => {
                at = run(at, |c| c.is_ascii_digit());
                let digits = &inner[start..at];
                let is_range = {
                    let (before, after) = (inner[..start].trim_end(), inner[at..].trim_start());
                    before.ends_with("..") || after.starts_with("..")
                };
                if is_range && digits.len() > RANGE_DIGITS {
                    return Err((start..at, TOO_WIDE));
                }
                if digits.parse::<i64>().is_err() {
                    return Err((
                        start..at,
                        "the number has more digits than can be counted with",
                    ));
                }
                if bytes.get(at) == Some(&b'.') && !is_range {
                    at = run(at + 1, |c| c.is_ascii_digit());
                }
                continue;
            }
            _ => {}
        }
        if brackets > MAX_BRACKETS {
            return Err((start..start + 1, "a tag of it has more than 500 brackets"));
        }
        at += 1;
    }
    Ok(())
}

/// The range in a tag of which an end is no number: how wide it is is known when the text is rendered.
pub(super) fn open_range(inner: &str) -> Option<&str> {
    let start = inner.find('(')?;
    let end = start + inner[start..].find(')')?;
    let (from, to) = inner[start + 1..end].split_once("..")?;
    let is_number = |end: &str| end.trim().bytes().all(|byte| byte.is_ascii_digit());
    (!is_number(from) || !is_number(to)).then(|| &inner[start..=end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_exhaust_the_machine_is_refused() {
        let deep = "{% if a %}".repeat(501);
        let flat = "{% if a %}{% endif %}".repeat(1000);
        let brackets = format!("{{{{ {}", "a[".repeat(501));
        for (text, good) in [
            (deep.as_str(), false),
            (&flat, true),
            (&brackets, false),
            ("{% for i in (1..100000000000) %}{% endfor %}", false),
            ("{% for i in (1..100) %}{{ i }}{% endfor %}", true),
            ("{{ 12345678901234567890 }}", false),
            ("{ 12345678901234567890 }", true),
            ("{{ 'id-12345678901234567890' }}", true),
            ("{% raw %}{{ 12345678901234567890 }}{%- endraw %}", true),
            ("{% raw %}{%endraw%}{{ 12345678901234567890 }}", false),
            (
                "{% comment %}{{ 12345678901234567890 }}{% endcomment %}",
                true,
            ),
            ("{% if a == '3.14159265358979323846' %}", true),
            ("{{ 3.14159265358979323846 }}", true),
            ("{% assign a12345678901234567890 = 1 %}", true),
            ("{{ a-12345678901234567890 }}", true),
            ("{{ 1000000000000000000 }}", true),
            ("{{ '1..99999999' }}", true),
            ("{{ '}}' | append: 12345678901234567890 }}", false),
            ("{% for i in (1 .. 9999999) %}", false),
            ("{% for i in (1..9999999) %}", false),
        ] {
            assert_eq!(check(text).is_ok(), good, "{}", &text[..text.len().min(40)]);
        }
    }
}
