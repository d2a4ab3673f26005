//! Names at the top of nixpkgs that other packages are built with. A package file of such a name takes its place everywhere.

/// The names, between spaces, with a comment that says where they are from.
const NAMES: &str = include_str!("top_level.txt");

/// The names, one by one.
fn names() -> impl Iterator<Item = &'static str> {
    let lines = NAMES.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace)
}

/// Whether a name at the top of nixpkgs is one that other packages are built with: one of those that are known, an interpreter of
/// Python or its set.
pub fn is_top_level(name: &str) -> bool {
    is_python(name) || names().any(|known| known == name)
}

/// Whether a name is that of an interpreter or a set of nixpkgs: `python3`, `python313`, `python313Packages`.
pub fn is_python(name: &str) -> bool {
    let rest = name.strip_prefix("python3").map(|rest| {
        let rest = rest.strip_suffix("Packages").unwrap_or(rest);
        rest.strip_suffix("Full").unwrap_or(rest)
    });
    rest.is_some_and(|rest| rest.len() <= 2 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_there_once() {
        let mut names: Vec<&str> = names().collect();
        let count = names.len();
        assert!(count > 800, "{count}");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        let quoted = names
            .iter()
            .find(|name| crate::nix::nix_attr(name) != **name);
        assert_eq!(quoted, None);
    }

    #[test]
    fn names_are_known() {
        for name in [
            "openssl",
            "python3",
            "python313",
            "python313Packages",
            "python3Packages",
        ] {
            assert!(is_top_level(name), "{name}");
        }
        for name in ["acme", "python", "python3-x", "python3131", "click"] {
            assert!(!is_top_level(name), "{name}");
        }
    }
}
