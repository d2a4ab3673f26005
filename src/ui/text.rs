//! Text as the terminal shows it: harmless, measured in columns, wrapped and cut.

/// The width of a text in columns.
pub fn width(text: &str) -> usize {
    console::measure_text_width(text)
}

/// The width of one character in columns.
pub(super) fn char_width(c: char) -> usize {
    width(c.encode_utf8(&mut [0; 4]))
}

/// The text without anything that could steer the terminal or turn the direction of writing. Line ends stay, tabs
/// become spaces. Texts come from files that somebody else wrote.
pub(super) fn harmless(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' => clean.push(c),
            '\t' => clean.push_str("    "),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                clean.push('\u{fffd}');
            }
            c if c.is_control() => clean.push('\u{fffd}'),
            c => clean.push(c),
        }
    }
    clean
}

/// The text within so many columns; what does not fit is replaced by the mark.
pub(super) fn fit(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (head, _) = split_at_width(text, columns.saturating_sub(width(mark)));
    if columns < width(mark) {
        return String::new();
    }
    format!("{}{mark}", head.trim_end())
}

/// The text filled up with spaces to so many columns.
pub(super) fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// The text in lines of at most so many columns, broken between words; a longer word is broken inside. An empty text
/// has no lines.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    text.lines()
        .flat_map(|line| wrap_line(line, columns.max(1)))
        .collect()
}

/// Like [`wrap`], but every line keeps its spaces and is cut only where the columns end.
pub(super) fn chop(text: &str, columns: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        loop {
            let (head, tail) = split_at_width(rest, columns.max(2));
            pieces.push(head.to_owned());
            if tail.is_empty() {
                break;
            }
            rest = tail;
        }
    }
    pieces
}

fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let joined = width(&current) + usize::from(!current.is_empty()) + width(word);
        if !current.is_empty() && joined > columns {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
        while width(&current) > columns {
            let (head, tail) = split_at_width(&current, columns);
            let (head, tail) = (head.to_owned(), tail.to_owned());
            if head.is_empty() {
                break;
            }
            lines.push(head);
            current = tail;
        }
    }
    lines.push(current);
    lines
}

/// The longest beginning of at most so many columns, and what follows.
fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += char_width(c);
        if used > columns {
            return text.split_at(at);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_lose_their_power() {
        assert_eq!(
            harmless("a\x1b[2Jb\tc\r\nd\u{202e}"),
            "a\u{fffd}[2Jb    c\nd\u{fffd}"
        );
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(width("日本 e\u{301}"), 6);
        assert_eq!(fit("日本語", 5, "…"), "日本…");
        assert_eq!(fit("日本語", 6, "…"), "日本語");
        assert_eq!(chop("日本語", 4), ["日本", "語"]);
    }

    #[test]
    fn lines_break_between_words_and_long_words_inside() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a\n\nb", 7), ["a", "", "b"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), Vec::<String>::new());
        assert_eq!(wrap("日本", 1), ["日本"]);
    }
}
