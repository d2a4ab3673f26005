//! Lines of at most so many characters, and rows whose wide cells move the rest to the next line.

/// The width that every terminal has.
pub(super) const WIDTH: usize = 80;

/// A text in lines, each with the same indentation.
pub(super) fn lines(text: &str, indent: usize) -> String {
    let mut wrapped = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let length = line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && indent + length > WIDTH {
            push(&mut wrapped, &line, indent);
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        push(&mut wrapped, &line, indent);
    }
    wrapped
}

fn push(text: &mut String, line: &str, indent: usize) {
    text.push_str(&" ".repeat(indent));
    text.push_str(line);
    text.push('\n');
}

/// Cells in columns of these widths, two spaces apart; what follows a cell that is too wide begins a new line.
pub(super) fn row(cells: &[&str], widths: &[usize]) -> String {
    let (mut text, mut line) = (String::new(), String::new());
    let mut at = 0;
    for (cell, width) in cells.iter().zip(widths) {
        if line.chars().count() > at {
            push(&mut text, line.trim_end(), 0);
            line.clear();
        }
        let padding = at - line.chars().count();
        line.push_str(&" ".repeat(padding));
        line.push_str(cell);
        at += width + 2;
    }
    push(&mut text, line.trim_end(), 0);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_wrapped_at_words() {
        assert_eq!(lines("", 2), "");
        assert_eq!(lines("a  b\nc", 2), "  a b c\n");
        let word = "x".repeat(40);
        let text = lines(&format!("{word} {word} {word}"), 1);
        assert_eq!(text, format!(" {word}\n {word}\n {word}\n"));
        assert_eq!(
            lines(&"y".repeat(90), 4),
            format!("    {}\n", "y".repeat(90))
        );
    }

    #[test]
    fn a_wide_cell_moves_the_rest_down() {
        assert_eq!(row(&["a", "b", "c"], &[3, 3, 3]), "a    b    c\n");
        assert_eq!(row(&["a", "", "c"], &[3, 3, 3]), "a         c\n");
        assert_eq!(row(&["abcdef", "b", ""], &[3, 3, 3]), "abcdef\n     b\n");
        assert_eq!(row(&["abc", "b"], &[3, 3]), "abc  b\n");
    }
}
