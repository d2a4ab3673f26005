//! Who works: the variables `authors` and `username`, from the environment and from git.

use super::values::mentions;
use crate::cmd::Context;
use crate::diagnostic::Failure;
use crate::expand::Staged;
use crate::outside::git_start::author;
use std::collections::BTreeMap;

/// The variables.
const NAMES: [&str; 2] = ["authors", "username"];

/// What the variables hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Authors {
    /// `Name <email>`, or the name alone.
    pub(super) authors: String,
    /// The name.
    pub(super) username: String,
}

/// Who works here. Where nobody knows, that matters to templates that name one of the variables; to cargo-generate, always.
pub(super) fn authors(
    template: &Staged,
    is_compat: bool,
    context: &Context<'_>,
) -> Result<Authors, Failure> {
    let found = joined(&context.world.env, author(context.world));
    let is_named = || NAMES.into_iter().any(|name| mentions(template, name));
    let found = found.or_else(|| (!is_compat && !is_named()).then(Authors::default));
    found.ok_or_else(|| {
        Failure::refused("nobody knows who works here: the template's `authors` has no name")
            .hint("`git config --global user.name` sets it for every project")
            .hint("`CARGO_NAME` and `CARGO_EMAIL` set it for one run")
    })
}

/// A variable that is set to nothing counts as set.
fn joined(
    environment: &BTreeMap<String, String>,
    (name, email): (Option<String>, Option<String>),
) -> Option<Authors> {
    let first = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| environment.get(*name).cloned())
    };
    let name = first(&["CARGO_NAME", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"])
        .or(name)
        .or_else(|| first(&["USER", "USERNAME", "NAME"]))?;
    let email = first(&["CARGO_EMAIL", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"])
        .or(email)
        .or_else(|| first(&["EMAIL"]));
    let username = name.trim().to_owned();
    let authors = match email {
        None => username.clone(),
        Some(email) => {
            let email = email.trim();
            let bare = email
                .strip_prefix('<')
                .and_then(|bare| bare.strip_suffix('>'));
            format!("{username} <{}>", bare.unwrap_or(email))
        }
    };
    Some(Authors { authors, username })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `environment` has variables as `NAME=value`, separated by semicolons.
    fn check(environment: &str, git: (Option<&str>, Option<&str>), expected: Option<&str>) {
        let variables = environment.split(';').filter_map(|one| one.split_once('='));
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let git = (git.0.map(str::to_owned), git.1.map(str::to_owned));
        let found = joined(&variables.collect(), git).map(|authors| authors.authors);
        assert_eq!(found.as_deref(), expected, "{environment}");
    }

    #[test]
    fn who_works_is_found_in_this_order() {
        let git = (Some("Git"), Some("git@example.org"));
        let nobody = (None, None);
        check("", nobody, None);
        check("", git, Some("Git <git@example.org>"));
        check("USER=u;EMAIL=e", nobody, Some("u <e>"));
        check("USER=u;EMAIL=e", git, Some("Git <git@example.org>"));
        check("CARGO_NAME= c ;CARGO_EMAIL= <e> ", git, Some("c <e>"));
        check(
            "GIT_AUTHOR_NAME=a;GIT_COMMITTER_NAME=c",
            git,
            Some("a <git@example.org>"),
        );
        check("CARGO_NAME=;USER=u", nobody, Some(""));
        check("USERNAME=n", nobody, Some("n"));
    }
}
