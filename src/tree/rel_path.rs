//! Paths inside a tree.

use std::fmt;
use std::str::FromStr;

/// A path inside a repository: relative, `/`-separated, without `.` or `..`, of at most 255 bytes a component.
///
/// Such a path can neither leave the repository nor name a file that a common file system refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(String);

/// Why a text is no [`RelPath`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not a path inside a repository: {rule}", path.escape_debug())]
pub struct RelPathError {
    /// The text.
    pub path: String,
    /// The rule that it breaks.
    pub rule: &'static str,
}

impl RelPath {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last component.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The components, outermost first.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// The directory that holds the file, `None` at the top.
    pub fn parent(&self) -> Option<&str> {
        self.0.rsplit_once('/').map(|(parent, _)| parent)
    }

    /// What follows the last dot of the name.
    pub fn extension(&self) -> Option<&str> {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => Some(extension),
            _ => None,
        }
    }
}

/// Why `name` cannot be one component of a path, or `None` when it can.
fn component_fault(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        Some("a component is empty")
    } else if name == "." || name == ".." {
        Some("`.` and `..` are not allowed")
    } else if name.len() > 255 {
        Some("a component has more than 255 bytes")
    } else if name.chars().any(char::is_control) {
        Some("control characters are not allowed")
    } else if name.contains('\\') {
        Some("a backslash is not allowed")
    } else {
        None
    }
}

impl FromStr for RelPath {
    type Err = RelPathError;

    fn from_str(path: &str) -> Result<Self, RelPathError> {
        match path.split('/').find_map(component_fault) {
            Some(rule) => Err(RelPathError {
                path: path.to_owned(),
                rule,
            }),
            None => Ok(Self(path.to_owned())),
        }
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for RelPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for RelPath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_paths_are_refused() {
        let long = "x".repeat(256);
        for path in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "a/../b",
            "a//b",
            "a/",
            ".",
            "a/./b",
            "a\nb",
            "a\\b",
            "a\0b",
            &long,
        ] {
            assert!(path.parse::<RelPath>().is_err(), "{path:?}");
        }
    }

    #[test]
    fn ordinary_paths_are_taken_as_they_are() {
        for path in ["a", ".flox/pkgs/a.nix", "a b/ü", "…", "..."] {
            let parsed: RelPath = path.parse().unwrap();
            assert_eq!(parsed.as_str(), path);
        }
        let path: RelPath = ".flox/env/manifest.toml".parse().unwrap();
        assert_eq!(
            (path.name(), path.parent(), path.extension()),
            ("manifest.toml", Some(".flox/env"), Some("toml"))
        );
        let hidden: RelPath = ".gitignore".parse().unwrap();
        assert_eq!(hidden.extension(), None);
    }
}
