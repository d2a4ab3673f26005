//! Attribute names.

use super::nix_string;

/// Words that the grammar keeps for itself.
const KEYWORDS: [&str; 10] = [
    "assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with",
];

/// Whether `name` can stand in Nix without quotes, as an attribute or an argument.
pub fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '\''))
        && !KEYWORDS.contains(&name)
}

/// `name` as an attribute name, quoted where it must be.
pub fn nix_attr(name: &str) -> String {
    if is_identifier(name) {
        name.to_owned()
    } else {
        nix_string(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_quotes_gets_them() {
        for (name, attr) in [
            ("universal-pathlib", "universal-pathlib"),
            ("_x'", "_x'"),
            ("3to2", "\"3to2\""),
            ("with", "\"with\""),
            ("a.b", "\"a.b\""),
            ("", "\"\""),
        ] {
            assert_eq!(nix_attr(name), attr);
        }
    }
}
