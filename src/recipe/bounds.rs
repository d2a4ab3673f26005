//! Which texts are not read: the parser takes the square or the cube of the time for some that are deep or long, and no person writes
//! such. Told from the words alone, in one pass.

use super::Said;
use rnix::SyntaxKind as Kind;
use rnix::tokenize;

/// Larger files are not read. Generated ones have a few megabytes.
pub(super) const LARGEST: usize = 4 << 20;

/// So many brackets, braces, strings and `let` may stand one in the other.
const DEEPEST: usize = 300;

/// So many words may stand in one expression, those of its brackets aside; a list or a text may have any number.
const LONGEST: usize = 600;

/// So many letters may stand without a space or a bracket: at each, whether a path or an address begins is looked for up to their end.
const WIDEST: usize = 8 << 10;

/// What is open at a place.
struct Level {
    /// Whether what it holds stands side by side.
    is_list: bool,
    /// The words since the last end of an expression.
    words: usize,
    /// `with` and `assert` whose `;` does not end the expression.
    prefixes: usize,
}

impl Level {
    fn new(kind: Kind) -> Self {
        Self {
            is_list: matches!(kind, Kind::TOKEN_L_BRACK | Kind::TOKEN_STRING_START),
            words: 0,
            prefixes: 0,
        }
    }
}

/// Why a text is not read.
pub(super) struct Excess {
    /// What is too much, with the place from which on it is.
    pub(super) why: Said<String>,
    /// Whether every bracket is closed, so that the text may be Nix.
    pub(super) is_balanced: bool,
}

/// Why a text is not read, if it is not.
pub(super) fn excess(text: &str) -> Option<Excess> {
    if text.len() > LARGEST {
        let why = format!("it has more than {} MiB", LARGEST >> 20);
        let why = Said::new(why, 0..0);
        return Some(Excess {
            why,
            is_balanced: true,
        });
    }
    let mut found = None;
    if let Some(start) = widest(text) {
        let why = format!("more than {} KiB stand without a space", WIDEST >> 10);
        let why = Said::new(why, start..start);
        return Some(Excess {
            why,
            is_balanced: true,
        });
    }
    let mut levels = vec![Level::new(Kind::TOKEN_L_PAREN)];
    let mut at = 0;
    for (kind, word) in tokenize(text) {
        let place = at..at + word.len();
        at = place.end;
        take(&mut levels, kind);
        if found.is_some() {
            continue;
        }
        let words = levels.last().map_or(0, |level| level.words);
        let why = if levels.len() > DEEPEST {
            format!("more than {DEEPEST} brackets stand one in the other")
        } else if words > LONGEST {
            format!("an expression has more than {LONGEST} words")
        } else {
            continue;
        };
        found = Some(Said::new(why, place));
    }
    let is_balanced = levels.len() == 1;
    found.map(|why| Excess { why, is_balanced })
}

/// Where a piece begins that is too wide.
fn widest(text: &str) -> Option<usize> {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"[](){};\"".contains(byte);
    let mut start = 0;
    for piece in text.as_bytes().split(is_end) {
        if piece.len() > WIDEST {
            return Some(text.floor_char_boundary(start));
        }
        start += piece.len() + 1;
    }
    None
}

/// Takes one word.
fn take(levels: &mut Vec<Level>, kind: Kind) {
    let is_inside = levels.len() > 1;
    let Some(level) = levels.last_mut() else {
        return;
    };
    match kind {
        Kind::TOKEN_WHITESPACE | Kind::TOKEN_COMMENT => {}
        Kind::TOKEN_L_BRACE
        | Kind::TOKEN_L_BRACK
        | Kind::TOKEN_L_PAREN
        | Kind::TOKEN_INTERPOL_START
        | Kind::TOKEN_STRING_START
        | Kind::TOKEN_LET => {
            level.words += usize::from(!level.is_list);
            levels.push(Level::new(kind));
        }
        Kind::TOKEN_R_BRACE
        | Kind::TOKEN_R_BRACK
        | Kind::TOKEN_R_PAREN
        | Kind::TOKEN_INTERPOL_END
        | Kind::TOKEN_STRING_END
        | Kind::TOKEN_IN => {
            // One too many is for the parser to tell, many are not.
            if is_inside {
                levels.pop();
            } else {
                level.words += 1;
            }
        }
        Kind::TOKEN_SEMICOLON if level.prefixes > 0 => level.prefixes -= 1,
        Kind::TOKEN_SEMICOLON | Kind::TOKEN_COMMA => level.words = 0,
        Kind::TOKEN_WITH | Kind::TOKEN_ASSERT => {
            level.prefixes += 1;
            level.words += 1;
        }
        _ => level.words += usize::from(!level.is_list),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_deep_or_too_long_is_told_before_it_is_read() {
        let around = |open: &str, close: &str, count| {
            format!("{}a{}", open.repeat(count), close.repeat(count))
        };
        let many = 100_000;
        for (text, is_too_much) in [
            (around("[", "]", many), true),
            ("[".repeat(many), true),
            ("(".repeat(many), true),
            (around("-", "", many), true),
            (around("", "+1", many), true),
            ("a ".repeat(many), true),
            (around("", ".b", many), true),
            (around("x: ", "", many), true),
            (around("with a; ", "", many), true),
            (around("let a = 1; in ", "", many), true),
            ("let ".repeat(many), true),
            ("\"${".repeat(many), true),
            ("{ a = ".repeat(many), true),
            (around("if a then b else ", "", many), true),
            (" ".repeat(LARGEST + 1), true),
            (format!("[ {} ]", "a ".repeat(many)), false),
            (format!("{{ {} }}", "a = with b; c d; ".repeat(many)), false),
            (format!("{{ {} }}: a", "a ? 1, ".repeat(many)), false),
            (format!("''{}''", "line ${a} \n".repeat(many)), false),
            (
                format!("let {} in a", "a = [ { b = 1; } ]; ".repeat(many)),
                false,
            ),
            (around("[", "]", 200), false),
            ("}".repeat(many), true),
        ] {
            let told = excess(&text);
            let start: String = text.chars().take(20).collect();
            assert_eq!(told.is_some(), is_too_much, "{start}");
        }
    }
}
