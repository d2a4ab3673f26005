//! What a repository on a server has, by the `git` program: so the person's credentials, proxies and `insteadOf` apply.

use super::git_program::{Amount, GitProgram, RemoteError};
use super::world::World;
use std::collections::BTreeMap;
use std::time::Duration;

/// The tags of a repository, each with the commit that it leads to. Nobody is asked for a password.
///
/// `patience` is how long a server may be silent.
///
/// # Errors
/// git cannot be started, does not get there, is asked for a password, or takes too long.
pub fn tags(
    address: &str,
    patience: Duration,
    world: &World,
) -> Result<BTreeMap<String, String>, RemoteError> {
    let list = list(&["--tags"], address, patience, world)?;
    let refs = read(&list).into_iter();
    let tags =
        refs.filter_map(|(name, commit)| Some((name.strip_prefix("tags/")?.to_owned(), commit)));
    Ok(tags.collect())
}

/// The branches and tags of a repository, as `heads/NAME` and `tags/NAME`, each with the commit that it leads to.
///
/// # Errors
/// As for [`tags`].
pub fn refs(
    address: &str,
    patience: Duration,
    world: &World,
) -> Result<BTreeMap<String, String>, RemoteError> {
    Ok(read(&list(
        &["--heads", "--tags"],
        address,
        patience,
        world,
    )?))
}

/// The commit that a repository shows first; `None` where it has none.
///
/// # Errors
/// As for [`tags`].
pub fn head(
    address: &str,
    patience: Duration,
    world: &World,
) -> Result<Option<String>, RemoteError> {
    let list = list(&[], address, patience, world)?;
    let mut lines = list.lines();
    Ok(lines.find_map(|line| Some(line.strip_suffix("\tHEAD")?.to_ascii_lowercase())))
}

/// What git lists.
fn list(
    kinds: &[&str],
    address: &str,
    patience: Duration,
    world: &World,
) -> Result<String, RemoteError> {
    let git = GitProgram::new(world, address, patience);
    let words = [&["ls-remote"], kinds, &["--", address]].concat();
    git.there(None, &words, Amount::List)
}

/// The branches and tags of a list. Of a tag that is an object of its own, what it leads to counts, which the list has with
/// `^{}` behind it.
fn read(list: &str) -> BTreeMap<String, String> {
    let mut refs = BTreeMap::new();
    for line in list.lines() {
        let Some((commit, name)) = line.split_once("\trefs/") else {
            continue;
        };
        if !matches!(commit.len(), 40 | 64) || !commit.bytes().all(|b| b.is_ascii_hexdigit()) {
            continue;
        }
        let commit = commit.to_ascii_lowercase();
        match name.strip_suffix("^{}") {
            Some(name) => drop(refs.insert(name.to_owned(), commit)),
            None => drop(refs.entry(name.to_owned()).or_insert(commit)),
        }
    }
    refs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_a_commit() {
        let (one, two) = ("1".repeat(40), "2".repeat(40));
        let list = format!(
            "{one}\trefs/tags/1.0\n{one}\trefs/tags/1.1\n{two}\trefs/tags/1.1^{{}}\n{one}\trefs/heads/main\nwarning\nxyz\trefs/tags/2.0\n"
        );
        let expected = [
            ("heads/main", one.clone()),
            ("tags/1.0", one),
            ("tags/1.1", two),
        ];
        let expected = expected.map(|(name, commit)| (name.to_owned(), commit));
        assert_eq!(read(&list), BTreeMap::from(expected));
    }
}
