//! Where GitHub has things: built in one place, so that another server of the same shape can stand in for it.

/// What is asked unless somebody says otherwise.
const DEFAULT: &str = "https://github.com";

/// GitHub, or what stands in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Github {
    base: String,
}

/// A base address that cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no address: it begins with `https://` or `http://`, has a server, no `?` and no `#`", .0.escape_debug())]
pub struct BaseError(String);

impl Default for Github {
    fn default() -> Self {
        Self {
            base: DEFAULT.to_owned(),
        }
    }
}

impl Github {
    /// What stands in for it at a base address; a slash at its end does not matter.
    ///
    /// # Errors
    /// It is no address of the web.
    pub fn at(base: &str) -> Result<Self, BaseError> {
        let rest = base
            .strip_prefix("https://")
            .or(base.strip_prefix("http://"));
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#');
        match rest {
            Some(rest) if !rest.is_empty() && !rest.starts_with('/') && !rest.contains(odd) => {
                Ok(Self {
                    base: base.trim_end_matches('/').to_owned(),
                })
            }
            _ => Err(BaseError(base.to_owned())),
        }
    }

    /// A repository, for git.
    pub fn repository(&self, owner: &str, repo: &str) -> String {
        format!("{}/{owner}/{repo}.git", self.base)
    }

    /// The archive of a commit, from which `fetchFromGitHub` takes the tree.
    pub fn archive_of_commit(&self, owner: &str, repo: &str, commit: &str) -> String {
        format!("{}/{owner}/{repo}/archive/{commit}.tar.gz", self.base)
    }

    /// The archive of a tag, from which `fetchFromGitHub` takes the tree.
    pub fn archive_of_tag(&self, owner: &str, repo: &str, tag: &str) -> String {
        format!(
            "{}/{owner}/{repo}/archive/refs/tags/{tag}.tar.gz",
            self.base
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_that_nixpkgs_uses() {
        let github = Github::default();
        let archive = "https://github.com/o/r/archive/refs/tags/1.0.tar.gz";
        assert_eq!(github.archive_of_tag("o", "r", "1.0"), archive);
        let archive = "https://github.com/o/r/archive/0123.tar.gz";
        assert_eq!(github.archive_of_commit("o", "r", "0123"), archive);
        assert_eq!(github.repository("o", "r"), "https://github.com/o/r.git");
        let other = Github::at("http://127.0.0.1:8000/git/").unwrap();
        assert_eq!(
            other.repository("o", "r"),
            "http://127.0.0.1:8000/git/o/r.git"
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for base in [
            "",
            "github.com",
            "https://",
            "https:///x",
            "ftp://h",
            "-u",
            "ext::sh",
            "https://h?x",
            "https://h\n",
        ] {
            assert!(Github::at(base).is_err(), "{base}");
        }
    }
}
