//! Merging three texts: what floxwright last made, what the person made of it, what floxwright would make now.

use super::text::{dressed, plain};
use crate::tree::File;
use git2::{MergeFileInput, MergeFileOptions, Oid, merge_file};

/// Who stands on the sides of a conflict, for its markers.
pub(super) const SIDES: [&str; 3] = ["yours", "as last made", "new"];

/// What came of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Merged {
    /// One text that holds both changes, with the person's line ends.
    Clean(String),
    /// Both changed the same place; the text has markers.
    Marked(String),
    /// One of the three is no text.
    Binary,
}

/// Merges `new` into `yours`.
pub(super) fn merge(base: &File, yours: &File, new: &File) -> Merged {
    let (Some(a), Some(o), Some(b)) = (plain(base), plain(yours), plain(new)) else {
        return Merged::Binary;
    };
    let length = [&a, &o, &b]
        .map(|text| longest_mark(text))
        .into_iter()
        .max();
    let length = length.unwrap_or_default().max(6) + 1;
    match texts([&a, &o, &b], length) {
        Some((text, true)) => Merged::Clean(dressed(&text, yours)),
        Some((text, false)) => Merged::Marked(dressed(&text, yours)),
        None => Merged::Binary,
    }
}

/// Merges three texts as git does, with markers of this length; tells whether there are none. The library takes an empty text for
/// a failure, so that a line stands below all three where it fails.
fn texts(sides: [&str; 3], length: usize) -> Option<(String, bool)> {
    const LAST: &str = "\nfloxwright\n";
    three_way(sides, length).or_else(|| {
        let longer = sides.map(|side| format!("{side}{LAST}"));
        let [base, yours, new] = &longer;
        let (text, is_clean) = three_way([base, yours, new], length)?;
        Some((text.strip_suffix(LAST)?.to_owned(), is_clean))
    })
}

fn three_way([base, yours, new]: [&str; 3], length: usize) -> Option<(String, bool)> {
    // Whatever comes first of the library has to start it; this does.
    drop(Oid::from_bytes(&[0; 20]));
    let input = |text| {
        let mut input = MergeFileInput::new();
        input.content(str::as_bytes(text));
        input
    };
    let [your_label, base_label, new_label] = SIDES;
    let mut options = MergeFileOptions::new();
    options
        .style_diff3(true)
        .marker_size(u16::try_from(length).ok()?)
        .ancestor_label(base_label)
        .our_label(your_label)
        .their_label(new_label);
    let merged = merge_file(&input(base), &input(yours), &input(new), Some(&mut options)).ok()?;
    let text = String::from_utf8(merged.content().to_vec()).ok()?;
    Some((text, merged.is_automergeable()))
}

/// The longest run of one character that a marker is made of, at the beginning of a line.
fn longest_mark(text: &str) -> usize {
    let run = |line: &str| {
        let first = line.chars().next().filter(|c| "<|=>".contains(*c));
        first.map_or(0, |first| line.chars().take_while(|c| *c == first).count())
    };
    text.lines().map(run).max().unwrap_or_default()
}

/// Whether a text holds markers of a conflict, this program's or git's.
pub fn is_marked(text: &str) -> bool {
    let begins = |mark: char| {
        let head = mark.to_string().repeat(7);
        text.lines().any(|line| {
            line.strip_prefix(&head)
                .is_some_and(|rest| rest.trim_start_matches(mark).starts_with(' '))
        })
    };
    begins('<') && begins('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: [&str; 3], expected: &Merged) {
        let [base, yours, new] = texts.map(File::text);
        assert_eq!(merge(&base, &yours, &new), *expected, "{texts:?}");
    }

    fn clean(text: &str) -> Merged {
        Merged::Clean(text.to_owned())
    }

    #[test]
    fn both_changes_are_kept_or_both_are_shown() {
        check(["a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n"], &clean("A\nb\nC\n"));
        check(
            ["a\nb\nc\n", "A\r\nb\r\nc\r\n", "a\nb\nC\n"],
            &clean("A\r\nb\r\nC\r\n"),
        );
        check(
            ["a\n", "\u{feff}a\nmine\n", "new\na\n"],
            &clean("\u{feff}new\na\nmine\n"),
        );
        check(["a\n", "b\n", "b\n"], &clean("b\n"));
        check(["a\n", "a\0", "b\n"], &Merged::Binary);
        let marked = "<<<<<<< yours\nb\n||||||| as last made\na\n=======\nc\n>>>>>>> new\n";
        check(["a\n", "b\n", "c\n"], &Merged::Marked(marked.to_owned()));
        check(["a", "b", "c"], &Merged::Marked(marked.to_owned()));
        assert!(is_marked(marked));
    }

    #[test]
    fn markers_are_longer_than_what_looks_like_one() {
        let Merged::Marked(text) = merge(
            &File::text("=======\na\n"),
            &File::text("=======\nb\n"),
            &File::text("=======\nc\n"),
        ) else {
            panic!("no conflict");
        };
        assert!(
            text.contains("<<<<<<<< yours\n") && is_marked(&text),
            "{text}"
        );
    }

    #[test]
    fn a_heading_is_no_marker() {
        for text in [
            "=======\n",
            "<<<<<<<\n>>>>>>>\n",
            "a <<<<<<< b\n>>>>>>> c\n",
            "<<<<<<< a\n",
        ] {
            assert!(!is_marked(text), "{text}");
        }
    }

    /// Three blocks that look alike, an edit in the second, which goes: what a replayed patch puts into the first.
    #[test]
    fn an_edit_never_lands_in_another_block() {
        let block = |name: &str, x: &str| format!("[{name}]\nx = {x}\ny = 2\n\n");
        let base = ["a", "b", "c"].map(|name| block(name, "1")).concat();
        let yours = base.replace("[b]\nx = 1", "[b]\nx = edited");
        let new = ["a", "c"].map(|name| block(name, "1")).concat();
        let merged = merge(&File::text(base), &File::text(yours), &File::text(new));
        assert!(matches!(merged, Merged::Marked(text) if text.contains("edited")));
    }
}
