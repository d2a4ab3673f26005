//! Paths of a template: the order in which they are worked off, and names that every file system takes.

use std::cmp::Ordering;

/// The longest name in bytes.
const MAX_NAME: usize = 255;

/// The order of the work: by the names of each directory, what is in a directory before the directory itself.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        match (left.next(), right.next()) {
            (Some(x), Some(y)) if x == y => {}
            (Some(x), Some(y)) => return x.cmp(y),
            (Some(_), None) => return Ordering::Less,
            (None, Some(_)) => return Ordering::Greater,
            (None, None) => return Ordering::Equal,
        }
    }
}

/// `name` as one component: what some file system refuses becomes `_`, and it is cut to 255 bytes.
pub(super) fn sanitized(name: &str) -> String {
    if !name.is_empty() && name.chars().all(|c| c == '.') {
        return "_".to_owned();
    }
    let mut clean: String = name
        .chars()
        .map(|c| {
            let refused = matches!(c, '/' | '?' | '<' | '>' | '\\' | ':' | '*' | '|' | '"');
            if refused || (c.is_control() && c != '\u{7f}') {
                '_'
            } else {
                c
            }
        })
        .collect();
    clean.truncate(clean.floor_char_boundary(MAX_NAME));
    clean
}

/// The directory of `path`; empty at the top.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// What `path` means in `directory`, both seen from the same top: `.` and `..` are worked off, the empty path is the top. `None` for an
/// absolute path and for one that leads above the top.
pub(super) fn resolved(directory: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\0') {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for name in directory.split('/').chain(path.split('/')) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// `name` in `directory`, which may be the top.
pub(super) fn join(directory: &str, name: &str) -> String {
    match (directory, name) {
        ("", name) => name.to_owned(),
        (directory, "") => directory.to_owned(),
        _ => format!("{directory}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_comes_first() {
        let mut paths = ["a-b", "a", "a/x", "{{n}}", "a/x/y", "B", "a/w"];
        paths.sort_by(|a, b| order(a, b));
        assert_eq!(paths, ["B", "a/w", "a/x/y", "a/x", "a", "a-b", "{{n}}"]);
    }

    #[test]
    fn names_are_made_harmless() {
        let long = "é".repeat(200);
        for (name, expected) in [
            ("a:b.txt", "a_b.txt"),
            ("a/../b", "a_.._b"),
            ("..", "_"),
            ("...", "_"),
            ("", ""),
            ("a?<>\\*|\"b", "a_______b"),
            ("x\u{7f}\u{85}\u{9f}\u{a0}y", "x\u{7f}__\u{a0}y"),
            ("con", "con"),
            ("trailing. ", "trailing. "),
        ] {
            assert_eq!(sanitized(name), expected, "{name:?}");
        }
        assert_eq!(sanitized(&long).len(), 254);
    }
}
