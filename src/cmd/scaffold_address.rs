//! A scaffold in a git repository on a server: `URL`, `URL#REV`, `URL#REV:DIRECTORY`. What a repository records names one commit, and
//! what was fetched once is there without the server.

use super::Context;
use super::git_address::is_git_address;
use super::git_failure::git_failure;
use crate::diagnostic::{Failure, did_you_mean};
use crate::outside::git::GitError;
use crate::outside::git_program::RemoteError;
use crate::outside::git_remote;
use crate::outside::git_store::GitStore;
use crate::tree::Tree;
use std::collections::BTreeSet;
use std::fmt;

/// The digits of a commit.
const DIGITS: usize = 40;

/// Where a scaffold stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    url: String,
    /// A branch, a tag or a commit; empty for what the server shows first.
    rev: String,
    /// The directory in the repository; empty for its top.
    directory: String,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.url, self.rev)?;
        if !self.directory.is_empty() {
            write!(f, ":{}", self.directory)?;
        }
        Ok(())
    }
}

impl Address {
    /// The address that is given; `None` where it is none of git's.
    pub(super) fn of(given: &str) -> Option<Self> {
        if !is_git_address(given) {
            return None;
        }
        let (url, behind) = given.split_once('#').unwrap_or((given, ""));
        let (rev, directory) = behind.split_once(':').unwrap_or((behind, ""));
        Some(Self {
            url: url.to_owned(),
            rev: rev.to_owned(),
            directory: directory.trim_matches('/').to_owned(),
        })
    }

    /// The last name of the address, without its ending.
    fn name(&self) -> String {
        let path = if self.directory.is_empty() {
            self.url.trim_end_matches('/')
        } else {
            &self.directory
        };
        let last = path.rsplit(['/', ':']).next().unwrap_or(path);
        last.strip_suffix(".git").unwrap_or(last).to_owned()
    }

    /// The address of a directory in it, as a person says it.
    pub(super) fn within(&self, directory: &str) -> String {
        let inside = [self.directory.as_str(), directory].map(str::to_owned);
        let inside: Vec<String> = inside.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}#{}:{}", self.url, self.rev, inside.join("/"))
    }

    /// The repository, the revision and the directory in it.
    pub(super) fn parts(&self) -> (&str, &str, &str) {
        (&self.url, &self.rev, &self.directory)
    }

    fn is_pinned(&self) -> bool {
        self.rev.len() == DIGITS && self.rev.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    /// The same at one commit. Of what is a branch now, another commit may be tomorrow.
    pub(super) fn pinned(self, context: &Context<'_>) -> Result<Self, Failure> {
        if self.is_pinned() {
            return Ok(self);
        }
        if context.is_offline() {
            return Err(Failure::refused(format!(
                "which commit `{self}` is cannot be asked without the network"
            ))
            .hint("name the commit, with its 40 digits behind `#`"));
        }
        let (patience, world) = (context.patience(), context.world);
        let read = |error: RemoteError| {
            let failure = Failure::refused(format!("the repository `{}` cannot be read", self.url));
            git_failure(failure, error)
        };
        let found = if self.rev.is_empty() {
            git_remote::head(&self.url, patience, world).map_err(read)?
        } else {
            let refs = git_remote::refs(&self.url, patience, world).map_err(read)?;
            let both = ["heads", "tags"].map(|kind| format!("{kind}/{}", self.rev));
            let found = both.iter().find_map(|name| refs.get(name).cloned());
            if found.is_none() {
                let names = refs.keys().filter_map(|name| name.split_once('/'));
                let near = did_you_mean(&self.rev, names.map(|(_, name)| name));
                let near = near.map(|near| format!("; did you mean `{near}`?"));
                return Err(Failure::refused(format!(
                    "`{}` has no branch and no tag `{}`{}",
                    self.url,
                    self.rev.escape_debug(),
                    near.unwrap_or_default()
                )));
            }
            found
        };
        let rev = found.ok_or_else(|| {
            Failure::refused(format!("the repository `{}` has no commit", self.url))
        })?;
        Ok(Self { rev, ..self })
    }

    /// The name and the files of the scaffold.
    pub(super) fn files(self, context: &Context<'_>) -> Result<(String, Tree), Failure> {
        let address = self.pinned(context)?;
        let tree = address.read(context, &|store| {
            store.tree(&address.rev, &address.directory)
        })?;
        Ok((address.name(), tree))
    }

    /// The names of what stands directly in it, without a look at what that is.
    pub(super) fn names(&self, context: &Context<'_>) -> Result<BTreeSet<String>, Failure> {
        self.read(context, &|store| store.names(&self.rev, &self.directory))
    }

    /// Reads something of a commit, which is fetched if it is not there.
    fn read<T>(
        &self,
        context: &Context<'_>,
        read: &dyn Fn(&GitStore<'_>) -> Result<Option<T>, GitError>,
    ) -> Result<T, Failure> {
        let place = context.store().ok_or_else(|| {
            Failure::refused(format!("there is no place to keep `{}`", self.url))
                .hint("set HOME or XDG_CACHE_HOME")
        })?;
        let store = GitStore::new(&place, context.patience(), context.world);
        let read = || {
            read(&store).map_err(|error| {
                Failure::refused(format!("the scaffold `{self}` cannot be read"))
                    .because(error)
                    .hint("a scaffold consists of plain files, 64 MiB at most: no links, no submodules")
            })
        };
        if let Some(found) = read()? {
            return Ok(found);
        }
        let failed = || Failure::refused(format!("the scaffold `{self}` cannot be fetched"));
        if context.is_offline() {
            return Err(failed().because("it was not fetched before, and nobody may be asked"));
        }
        let progress = context.ui.spinner(&format!("fetching {}", self.url));
        let fetched = store.fetch(&self.url, &self.rev);
        drop(progress);
        fetched.map_err(|error| git_failure(failed(), error))?;
        read()?.ok_or_else(|| failed().because("the server does not give that commit"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, expected: Option<(&str, &str, &str, &str)>) {
        let address = Address::of(given);
        let found = address.as_ref().map(|address| {
            let Address {
                url,
                rev,
                directory,
            } = address;
            (url.as_str(), rev.as_str(), directory.as_str())
        });
        assert_eq!(
            found,
            expected.map(|(url, rev, directory, _)| (url, rev, directory))
        );
        let name = address.map(|address| address.name());
        assert_eq!(name.as_deref(), expected.map(|(.., name)| name), "{given}");
    }

    #[test]
    fn addresses_are_told_from_paths() {
        let url = "https://example.org/acme/scaffold.git";
        check(url, Some((url, "", "", "scaffold")));
        check(&format!("{url}#v1"), Some((url, "v1", "", "scaffold")));
        check(
            &format!("{url}#main:python/mine/"),
            Some((url, "main", "python/mine", "mine")),
        );
        check(
            "git@example.org:acme/x.git#1",
            Some(("git@example.org:acme/x.git", "1", "", "x")),
        );
        for path in ["./mine", "a/b", "dagger", "ext::sh", "ftp://x/y", ""] {
            check(path, None);
        }
    }
}
