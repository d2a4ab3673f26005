//! Which commit a branch, a tag or the beginning of a commit is.

use super::SHORT;
use crate::cmd::Context;
use crate::cmd::git_failure::git_failure;
use crate::diagnostic::{Failure, did_you_mean};
use crate::outside::git_remote;
use crate::scaffold::Scaffold;
use std::collections::{BTreeMap, BTreeSet};

/// The commit that a branch, a tag or a commit's beginning leads to.
pub(super) fn commit(
    rev: &str,
    scaffold: &Scaffold,
    context: &Context<'_>,
) -> Result<String, Failure> {
    if is_hex(rev) && rev.len() == 40 {
        return Ok(rev.to_ascii_lowercase());
    }
    let upstream = &scaffold.catalogue.upstream;
    let address = context.github().repository(&upstream.owner, &upstream.repo);
    if context.is_offline() {
        return Err(Failure::refused(format!(
            "floxwright was told to stay offline, and only `{address}` knows which commit `{rev}` is"
        ))
        .hint("a commit's 40 digits are known without asking"));
    }
    let progress = context.ui.spinner(&format!("looking for {rev}"));
    let refs = git_remote::refs(&address, context.patience(), context.world);
    drop(progress);
    let refs = refs.map_err(|error| {
        let failure = Failure::refused(format!("the branches of `{address}` cannot be read"));
        git_failure(failure, error)
    })?;
    found(rev, &refs).map_err(|wrong| {
        let failure = Failure::refused(format!("`{address}` {}", wrong.what));
        wrong.hints.into_iter().fold(failure, Failure::hint)
    })
}

/// Why no commit is found: the end of a sentence, and what to do.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    what: String,
    hints: Vec<String>,
}

/// The commit of a name among the refs of a repository.
fn found(rev: &str, refs: &BTreeMap<String, String>) -> Result<String, Wrong> {
    if let Some(commit) = refs.get(rev) {
        return Ok(commit.clone());
    }
    let full = ["heads", "tags"].map(|kind| format!("{kind}/{rev}"));
    let exact = full.iter().filter_map(|name| refs.get(name));
    let exact: BTreeSet<&String> = exact.collect();
    let starts = |commit: &&String| is_hex(rev) && rev.len() >= SHORT && commit.starts_with(rev);
    let commits: BTreeSet<&String> = match exact.len() {
        0 => refs.values().filter(starts).collect(),
        _ => exact,
    };
    let mut commits = commits.into_iter();
    match (commits.next(), commits.next()) {
        (Some(commit), None) => Ok(commit.clone()),
        (Some(one), Some(other)) => Err(Wrong {
            what: format!("has several commits for `{rev}`, {one} and {other} among them"),
            hints: vec![format!(
                "`heads/{rev}` is the branch, `tags/{rev}` the tag; 40 digits are one commit"
            )],
        }),
        (None, _) => {
            let names = refs.keys();
            let names = names.filter_map(|name| Some(name.split_once('/')?.1));
            let near = did_you_mean(rev, names).map(|near| format!("did you mean `{near}`?"));
            let digits = is_hex(rev).then(|| {
                "only the heads of branches and tags are listed: of another commit give all 40 digits"
                    .to_owned()
            });
            Err(Wrong {
                what: format!("has no branch and no tag `{rev}`"),
                hints: near.into_iter().chain(digits).collect(),
            })
        }
    }
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rev: &str, expected: Result<char, &str>) {
        let refs = [
            ("heads/master", '1'),
            ("heads/both", '2'),
            ("tags/both", '3'),
            ("heads/same", '4'),
            ("tags/same", '4'),
            ("heads/a/b", 'a'),
        ];
        let refs = refs.map(|(name, digit)| (name.to_owned(), digit.to_string().repeat(40)));
        let commit = found(rev, &BTreeMap::from(refs));
        match expected {
            Ok(digit) => assert_eq!(commit, Ok(digit.to_string().repeat(40)), "{rev}"),
            Err(says) => {
                let wrong = commit.unwrap_err();
                let told = format!("{} {}", wrong.what, wrong.hints.join(" "));
                assert!(told.contains(says), "{rev}: {told}");
            }
        }
    }

    #[test]
    fn a_name_leads_to_one_commit() {
        check("master", Ok('1'));
        check("heads/both", Ok('2'));
        check("tags/both", Ok('3'));
        check("same", Ok('4'));
        check("a/b", Ok('a'));
        check("aaaaaaa", Ok('a'));
        check("both", Err("several commits for `both`"));
        check("mastre", Err("did you mean `master`?"));
        check("aaaaaa", Err("give all 40 digits"));
        check("bbbbbbb", Err("no branch and no tag `bbbbbbb`"));
    }
}
