//! Paths in archives, as bytes: made plain, and kept from leading out.

/// The first part of a path, and the rest where there is one.
pub(super) fn split_top(path: &[u8]) -> (&[u8], Option<&[u8]>) {
    match path.iter().position(|byte| *byte == b'/') {
        Some(at) => (&path[..at], Some(&path[at + 1..])),
        None => (path, None),
    }
}

/// A path without empty parts and `.`; `None` where it leads out of the archive or cannot be a path.
pub(super) fn place(path: &[u8]) -> Option<Vec<u8>> {
    if path.starts_with(b"/") || path.contains(&0) {
        return None;
    }
    let parts = path.split(|byte| *byte == b'/');
    let parts: Vec<&[u8]> = parts.filter(|part| !matches!(*part, b"" | b".")).collect();
    (!parts.contains(&&b".."[..])).then(|| parts.join(&b'/'))
}

/// The folder of a path; empty at the top.
pub(super) fn folder(path: &[u8]) -> &[u8] {
    let end = path.iter().rposition(|byte| *byte == b'/');
    &path[..end.unwrap_or_default()]
}

/// Whether paths, one after the other, go above where they began.
pub(super) fn climbs_out(paths: &[&[u8]]) -> bool {
    let mut depth = 0_i64;
    let parts = paths
        .iter()
        .flat_map(|path| path.split(|byte| *byte == b'/'));
    parts.into_iter().any(|part| {
        depth += match part {
            b"" | b"." => 0,
            b".." => -1,
            _ => 1,
        };
        depth < 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_plain_or_refused() {
        for (path, expected) in [
            ("a/b", Some("a/b")),
            ("./a//b/", Some("a/b")),
            ("a/./b/.", Some("a/b")),
            ("a/..b", Some("a/..b")),
            (".", Some("")),
            ("", Some("")),
            ("/a", None),
            ("a/../b", None),
            ("..", None),
            ("a\0b", None),
        ] {
            let found = place(path.as_bytes());
            assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{path:?}");
        }
    }

    #[test]
    fn climbing_is_counted_over_all_parts() {
        for (paths, expected) in [
            (&["a/b", "../c"][..], false),
            (&["a/b", "../../c"], false),
            (&["a/b", "../../../c"], true),
            (&["", ".."], true),
            (&["a", "./../b/../.."], true),
        ] {
            let bytes: Vec<&[u8]> = paths.iter().map(|path| path.as_bytes()).collect();
            assert_eq!(climbs_out(&bytes), expected, "{paths:?}");
        }
    }
}
