//! Texts without what editors and checkouts change about them: line ends and the byte order mark.

use crate::tree::File;
use similar::{Algorithm, DiffTag, capture_diff_slices};

const MARK: &str = "\u{feff}";

/// The text of a file with `\n` at the end of its lines and without a byte order mark; `None` where it is no text.
pub fn plain(file: &File) -> Option<String> {
    let text = std::str::from_utf8(&file.bytes).ok()?;
    let text = text.strip_prefix(MARK).unwrap_or(text);
    (!text.contains('\0')).then(|| text.replace("\r\n", "\n"))
}

/// Whether two files hold the same, line ends and byte order mark aside.
pub(super) fn same_content(one: &File, other: &File) -> bool {
    one.bytes == other.bytes
        || matches!((plain(one), plain(other)), (Some(one), Some(other)) if one == other)
}

/// Whether two files are the same: content, line ends aside, and mode.
pub fn same(one: &File, other: &File) -> bool {
    one.mode == other.mode && same_content(one, other)
}

/// A plain text in the form of a file that it comes from: lines that were there keep their ends, new ones get the usual one.
pub fn dressed(text: &str, like: &File) -> String {
    let raw = std::str::from_utf8(&like.bytes).unwrap_or_default();
    let (mark, raw) = match raw.strip_prefix(MARK) {
        Some(rest) => (MARK, rest),
        None => ("", raw),
    };
    let windows = raw.matches("\r\n").count();
    let unix = raw.matches('\n').count() - windows;
    let body = match (windows, unix) {
        (0, _) => text.to_owned(),
        (_, 0) => text.replace('\n', "\r\n"),
        _ => mixed(text, raw, windows > unix),
    };
    format!("{mark}{body}")
}

/// The same for a file with both kinds of line ends.
fn mixed(text: &str, raw: &str, is_windows: bool) -> String {
    let old: Vec<&str> = raw.split_inclusive('\n').collect();
    let old_plain: Vec<String> = old.iter().map(|line| line.replace("\r\n", "\n")).collect();
    let old_plain: Vec<&str> = old_plain.iter().map(String::as_str).collect();
    let new: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out = String::new();
    for step in capture_diff_slices(Algorithm::Myers, &old_plain, &new) {
        let old_lines = old.get(step.old_range()).unwrap_or_default();
        let new_lines = new.get(step.new_range()).unwrap_or_default();
        match step.tag() {
            DiffTag::Equal => out.extend(old_lines.iter().copied()),
            DiffTag::Delete => {}
            DiffTag::Insert | DiffTag::Replace if is_windows => {
                out.extend(new_lines.iter().map(|line| line.replace('\n', "\r\n")));
            }
            DiffTag::Insert | DiffTag::Replace => out.extend(new_lines.iter().copied()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, like: &str, expected: &str) {
        assert_eq!(dressed(text, &File::text(like)), expected, "{like:?}");
    }

    #[test]
    fn lines_keep_their_ends() {
        check("a\nb\n", "a\n", "a\nb\n");
        check("a\nb\n", "a\r\n", "a\r\nb\r\n");
        check("a\nb", "\u{feff}a\r\n", "\u{feff}a\r\nb");
        check("a\nx\nb\nc\n", "a\r\nb\nc\r\n", "a\r\nx\r\nb\nc\r\n");
        check("x\na\nb\n", "a\r\nb\nc\nd\n", "x\na\r\nb\n");
        check("", "a\r\n", "");
    }

    #[test]
    fn what_is_no_text_is_compared_by_its_bytes() {
        let binary = |bytes: &[u8]| File {
            bytes: bytes.to_vec(),
            ..File::text("")
        };
        assert!(same_content(&File::text("a\r\n"), &File::text("a\n")));
        assert!(!same_content(&binary(b"a\0\r\n"), &binary(b"a\0\n")));
        assert!(same_content(&binary(b"\xff"), &binary(b"\xff")));
        assert_eq!(plain(&binary(b"\xff")), None);
    }
}
