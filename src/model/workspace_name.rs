//! Names of workspaces.

use std::fmt;
use std::str::FromStr;

/// A workspace's name: letters, digits, `.`, `_` and `-`, beginning with a letter or digit, at most 200 bytes.
///
/// Nix, Flox, git and every common file system take such a name, and there is room for the suffix of the directory in which
/// the repository is prepared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkspaceName(String);

/// Why a text is no [`WorkspaceName`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` cannot be a name: {rule}", shown(.given))]
pub struct NameError {
    /// What was given.
    pub given: String,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// A name like it that is allowed, where there is one.
    pub proposal: Option<String>,
}

/// Names of devices that Windows keeps; a clone there would fail.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "clock$", "conin$"];

/// The text with control characters made visible, cut to a readable length.
pub fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|n| n.len() == 1 && n.starts_with(|c: char| c.is_ascii_digit()))
    };
    RESERVED.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

fn fault(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        Some("it is empty")
    } else if name.len() > 200 {
        Some("it has more than 200 bytes")
    } else if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        Some("it does not begin with a letter or digit")
    } else if !name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
    {
        Some("only letters, digits, `.`, `_` and `-` are allowed")
    } else if matches!(name.rsplit_once('.'), Some((_, "" | "git" | "lock"))) {
        Some("it must not end in `.`, `.git` or `.lock`")
    } else if is_device(name) {
        Some("it is the name of a device on Windows")
    } else {
        None
    }
}

/// Why a repository cannot be made at `path`, as far as its text tells; `None` when it can.
pub fn directory_fault(path: &str) -> Option<&'static str> {
    let mut parts = path.trim_end_matches('/').rsplit('/');
    let name = parts.next().unwrap_or_default();
    if path.trim().is_empty() {
        Some("it is empty")
    } else if path.chars().any(char::is_control) {
        Some("control characters are not allowed")
    } else if name.len() > 200 {
        Some("its name has more than 200 bytes")
    } else if parts.any(|part| part.len() > 255) {
        Some("a name in it has more than 255 bytes")
    } else if is_device(name) {
        Some("it is the name of a device on Windows")
    } else {
        None
    }
}

/// `text` with everything that is not allowed replaced.
fn propose(text: &str) -> Option<String> {
    let name: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') {
                c
            } else {
                '-'
            }
        })
        .take(200)
        .collect();
    let name = name
        .trim_matches(|c| matches!(c, '.' | '-' | '_'))
        .to_owned();
    let name = if is_device(&name) {
        format!("{name}-build")
    } else {
        name
    };
    fault(&name).is_none().then_some(name)
}

impl WorkspaceName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WorkspaceName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        match fault(text) {
            None => Ok(Self(text.to_owned())),
            Some(rule) => Err(NameError {
                given: text.to_owned(),
                rule,
                proposal: propose(text),
            }),
        }
    }
}

impl fmt::Display for WorkspaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_something_refuses_are_refused_here() {
        let long = "x".repeat(201);
        for (given, proposal) in [
            ("", None),
            ("..", None),
            (".hidden", Some("hidden")),
            ("-rf", Some("rf")),
            ("/etc/passwd", Some("etc-passwd")),
            ("a b", Some("a-b")),
            ("a\nb", Some("a-b")),
            ("a\0b", Some("a-b")),
            ("con", Some("con-build")),
            ("COM1.txt", None),
            ("ünï", Some("n")),
            ("x.git", None),
            ("x.", Some("x")),
        ] {
            let error = given.parse::<WorkspaceName>().unwrap_err();
            assert_eq!(error.proposal.as_deref(), proposal, "{given:?}: {error}");
        }
        assert!(long.parse::<WorkspaceName>().is_err());
        for bad in [
            "",
            " ",
            "a\nb",
            "a/con",
            "nul/",
            &long,
            &format!("{long}{long}/a"),
        ] {
            assert!(directory_fault(bad).is_some(), "{bad:?}");
        }
        for good in ["a", "/", ".", "..", "a b/ü", "con/a", &format!("{long}/a")] {
            assert_eq!(directory_fault(good), None, "{good:?}");
        }
        for good in ["a", "acme-build", "A.b_c-9", "7zip", "comm"] {
            assert_eq!(good.parse::<WorkspaceName>().unwrap().as_str(), good);
        }
    }
}
