//! Files that are lists of lines: what is made joins what is there.

/// The person's text with the made lines at its end that it does not have. Comments go along with the lines below them.
pub(super) fn joined(yours: &str, made: &str) -> String {
    let known: Vec<&str> = yours.lines().map(str::trim).collect();
    let mut text = yours.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let mut comments: Vec<&str> = Vec::new();
    for line in made.lines() {
        let bare = line.trim();
        if bare.starts_with('#') {
            comments.push(line);
            continue;
        }
        let about = std::mem::take(&mut comments);
        if bare.is_empty() || known.contains(&bare) {
            continue;
        }
        let about = about
            .into_iter()
            .filter(|comment| !known.contains(&comment.trim()));
        for line in about.chain([line]) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_added() {
        for (yours, made, expected) in [
            ("a\n", "a\n", "a\n"),
            ("", "# x\na\n", "# x\na\n"),
            ("b", "# x\na\n# y\nb\n", "b\n# x\na\n"),
            ("!a\n# x\n", "# x\na\n\nc\n", "!a\n# x\na\nc\n"),
        ] {
            assert_eq!(joined(yours, made), expected, "{yours:?}");
            assert_eq!(joined(expected, made), expected, "twice: {yours:?}");
        }
    }
}
