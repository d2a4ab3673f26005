//! Text in an SVG picture: how wide it is, and how it is written.

/// Width of a character of a monospaced font, in hundredths of the font's size. No usual one is wider.
const ADVANCE: i64 = 61;

/// How wide a text is in a monospaced font of this size, in pixels.
pub(super) fn width(text: &str, size: i64) -> i64 {
    let chars = i64::try_from(text.chars().count()).unwrap_or(i64::MAX / 1000);
    (chars * ADVANCE * size + 99) / 100
}

/// Text as XML takes it.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
