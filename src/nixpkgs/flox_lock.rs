//! `manifest.lock`, as Flox writes it: which nixpkgs the builds of a repository get.

use serde::Deserialize;

/// Where Flox keeps its lock.
pub const FLOX_LOCK: &str = ".flox/env/manifest.lock";

/// The group of packages whose nixpkgs is the one of expression builds.
const GROUP: &str = "toplevel";

/// The nixpkgs that a lock pins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// The commit.
    pub revision: String,
    /// The commit's day, `YYYY-MM-DD`, where the lock says it.
    pub date: Option<String>,
}

#[derive(Deserialize)]
struct FloxLock {
    #[serde(default)]
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    group: String,
    #[serde(default)]
    locked_url: String,
    #[serde(default)]
    rev_date: Option<String>,
}

/// The nixpkgs that the text of a lock pins; `None` where it pins none.
///
/// # Errors
/// The text is no lock of Flox.
pub fn pinned(text: &str) -> Result<Option<Pinned>, serde_json::Error> {
    let lock: FloxLock = serde_json::from_str(text)?;
    let mut packages = lock.packages.iter().filter(|one| one.group == GROUP);
    Ok(packages.find_map(|package| {
        let (_, after) = package.locked_url.split_once("rev=")?;
        let revision: String = after.chars().take_while(char::is_ascii_hexdigit).collect();
        let date = package.rev_date.as_ref().and_then(|date| date.get(..10));
        (!revision.is_empty()).then(|| Pinned {
            revision,
            date: date.map(str::to_owned),
        })
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, Option<&str>)>) {
        let found = pinned(text).unwrap();
        let found = found.map(|pinned| (pinned.revision, pinned.date));
        let expected =
            expected.map(|(revision, date)| (revision.to_owned(), date.map(str::to_owned)));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_group_of_builds_pins() {
        check(r#"{"lockfile-version": 1, "packages": []}"#, None);
        check(r#"{"lockfile-version": 1}"#, None);
        let package = |group: &str, rest: &str| {
            format!(r#"{{"packages": [{{"group": "{group}", "install_id": "git"{rest}}}]}}"#)
        };
        let url = r#", "locked_url": "https://github.com/flox/nixpkgs?rev=0a1b2c""#;
        check(&package("toplevel", url), Some(("0a1b2c", None)));
        check(&package("other", url), None);
        check(&package("toplevel", ""), None);
        let dated = format!(r#"{url}, "rev_date": "2026-11-01T10:00:00Z""#);
        check(
            &package("toplevel", &dated),
            Some(("0a1b2c", Some("2026-11-01"))),
        );
        assert!(pinned("<html>").is_err());
    }
}
