//! Nix string literals.

/// `text` as a Nix string literal, so that Nix reads back exactly `text`.
pub fn nix_string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' if rest.peek() == Some(&'{') => quoted.push_str("\\$"),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nix_would_read_as_code_is_escaped() {
        for (text, literal) in [
            ("plain", r#""plain""#),
            ("${evil}", r#""\${evil}""#),
            ("$$ {", r#""$$ {""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("two\nlines\tand\r", r#""two\nlines\tand\r""#),
        ] {
            assert_eq!(nix_string(text), literal);
        }
    }
}
