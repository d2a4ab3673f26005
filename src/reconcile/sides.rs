//! Texts in which git left the markers of a conflict, taken apart again.

use super::merge::{Merged, merge};
use super::text::plain;
use crate::tree::File;

/// Where a line of a marked text belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Both,
    First,
    Base,
    Second,
}

/// The two texts of a text with the markers of one or more conflicts; `None` where there are none, or where they do not pair.
pub fn sides_of(text: &str) -> Option<[String; 2]> {
    let [mut first, mut second] = [String::new(), String::new()];
    let (mut at, mut found) = (At::Both, false);
    for line in text.split_inclusive('\n') {
        at = match (at, marker(line)) {
            (At::Both, Some('<')) => At::First,
            (At::First, Some('|')) => At::Base,
            (At::First | At::Base, Some('=')) => At::Second,
            (At::Second, Some('>')) => {
                found = true;
                At::Both
            }
            // A row of `=` outside of a conflict is a heading.
            (At::Both, Some('=')) | (_, None) => {
                if matches!(at, At::Both | At::First) {
                    first.push_str(line);
                }
                if matches!(at, At::Both | At::Second) {
                    second.push_str(line);
                }
                at
            }
            _ => return None,
        };
    }
    (found && at == At::Both).then_some([first, second])
}

/// The character that a line is a marker of.
fn marker(line: &str) -> Option<char> {
    let line = line.trim_end_matches(['\n', '\r']);
    let first = line.chars().next().filter(|c| "<|=>".contains(*c))?;
    let rest = line.trim_start_matches(first);
    let is_long = line.len() - rest.len() >= 7;
    let is_closed = if first == '=' {
        rest.is_empty()
    } else {
        rest.is_empty() || rest.starts_with(' ')
    };
    (is_long && is_closed).then_some(first)
}

/// What becomes of a file that git merged into one with markers, when its base was merged in the same way: the edits of both sides
/// in what would be made now. `None` where they exclude each other.
pub fn remade(base: &File, current: &File, new: &File) -> Option<File> {
    let [old_first, old_second] = sides_of(&plain(base)?)?.map(File::text);
    let [first, second] = sides_of(&plain(current)?)?.map(File::text);
    let edited = |old: &File, side: &File| match merge(old, side, new) {
        Merged::Clean(text) => Some(File::text(text)),
        Merged::Marked(_) | Merged::Binary => None,
    };
    let (first, second) = (edited(&old_first, &first)?, edited(&old_second, &second)?);
    match merge(new, &first, &second) {
        Merged::Clean(text) => Some(File::text(text).with_mode(current.mode)),
        Merged::Marked(_) | Merged::Binary => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<[&str; 2]>) {
        let expected = expected.map(|sides| sides.map(str::to_owned));
        assert_eq!(sides_of(text), expected, "{text:?}");
    }

    #[test]
    fn marked_texts_come_apart() {
        check("a\nb\n", None);
        check(
            "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n",
            Some(["a\nb\nd\n", "a\nc\nd\n"]),
        );
        check(
            "<<<<<<< x\nb\n||||||| y\na\n=======\n>>>>>>> z\n",
            Some(["b\n", ""]),
        );
        check("=======\n<<<<<<< x\nb\n", None);
        check(">>>>>>> x\n", None);
        check(
            "<<<<<<< a\r\n1\r\n=======\r\n2\r\n>>>>>>> b\r\n",
            Some(["1\r\n", "2\r\n"]),
        );
        check(
            "Head\n=======\n<<<<<<< a\n=======\n>>>>>>> b\n",
            Some(["Head\n=======\n"; 2]),
        );
    }

    #[test]
    fn edits_of_both_sides_are_kept() {
        let marked = |one: &str, two: &str| {
            File::text(format!(
                "top\n<<<<<<< a\n{one}=======\n{two}>>>>>>> b\nend\n"
            ))
        };
        let new = File::text("top\nxy\nend\n");
        let found = remade(&marked("x\n", "y\n"), &marked("x\n", "y\n"), &new);
        assert_eq!(found, Some(new.clone()));
        let base = File::text("top\n1\n2\n3\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\nend\n");
        let yours = File::text("top\nmine\n1\n2\n3\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\nend\n");
        let new = File::text("top\n1\n2\n3\nxy\nend\n");
        let expected = File::text("top\nmine\n1\n2\n3\nxy\nend\n");
        assert_eq!(remade(&base, &yours, &new), Some(expected));
        let clash = marked("x edited\n", "y\n");
        assert_eq!(
            remade(&marked("x\n", "y\n"), &clash, &File::text("top\nxy\nend\n")),
            None
        );
    }
}
