//! The tree that an archive holds, as it would lie on disk: what stands where, and which member has its content.
//!
//! The one directory at the top is left out, as `fetchFromGitHub` does it. What comes later replaces what came before.

use std::collections::BTreeMap;

use super::archive::ArchiveError;
use super::member_path::{place, split_top};
use super::source_archive::Top;
use super::tarball::{Kind, Member};

/// What stands at one place of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A directory.
    Directory,
    /// A symbolic link.
    Symlink(Vec<u8>),
    /// A file.
    File(Content),
}

/// Where the content of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Content {
    /// The number of the member that has it; several files can share one.
    pub(super) member: usize,
    /// Its length.
    pub(super) size: u64,
    /// Whether the file is executable by its owner.
    pub(super) executable: bool,
}

/// A tree. Its keys are paths with NUL for the slash: then the order of the keys is that of a NAR.
#[derive(Debug, Default)]
pub(super) struct ArchivedTree {
    nodes: BTreeMap<Vec<u8>, Node>,
    top: Top,
}

/// A path as a key.
fn key(path: &[u8]) -> Vec<u8> {
    let separated = |byte: &u8| if *byte == b'/' { 0 } else { *byte };
    path.iter().map(separated).collect()
}

impl ArchivedTree {
    /// Adds a member.
    ///
    /// # Errors
    /// What no file system could hold: a second directory at the top, a file in a file, a hard link to nothing.
    pub(super) fn add(&mut self, member: &Member) -> Result<(), ArchiveError> {
        self.top.check(member)?;
        let (_, Some(inside)) = member.top() else {
            return match member.kind {
                Kind::Directory => Ok(()),
                _ => Err(ArchiveError::Top(member.shown())),
            };
        };
        let blocked = || ArchiveError::Blocked(member.shown());
        for (at, _) in inside.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            let folder = self.nodes.entry(key(&inside[..at]));
            if *folder.or_insert(Node::Directory) != Node::Directory {
                return Err(blocked());
            }
        }
        let node = match &member.kind {
            Kind::Directory => Node::Directory,
            Kind::Symlink(target) => Node::Symlink(target.clone()),
            Kind::File { executable } => Node::File(Content {
                member: member.number,
                size: member.size,
                executable: *executable,
            }),
            Kind::Hardlink(target) => self.linked(target).ok_or_else(blocked)?,
        };
        let key = key(inside);
        let there = self.nodes.get(&key);
        let is_directory = node == Node::Directory;
        if there.is_some_and(|there| (*there == Node::Directory) != is_directory) {
            return Err(blocked());
        }
        self.nodes.insert(key, node);
        Ok(())
    }

    /// What a hard link is another name of.
    fn linked(&self, target: &[u8]) -> Option<Node> {
        let target = place(target)?;
        let node = self.nodes.get(&key(split_top(&target).1?))?;
        (*node != Node::Directory).then(|| node.clone())
    }

    /// Everything in the order of a NAR: where, and what. There is nothing where no member was added.
    ///
    /// # Errors
    /// Nothing was added at all.
    pub(super) fn nodes(&self) -> Result<Vec<(&[u8], &Node)>, ArchiveError> {
        if self.top.is_none() {
            return Err(ArchiveError::Empty);
        }
        let nodes = self.nodes.iter();
        Ok(nodes.map(|(key, node)| (key.as_slice(), node)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: Kind = Kind::File { executable: false };

    fn check(members: &[(&str, Kind)], expected: Result<&[&str], &str>) {
        let mut tree = ArchivedTree::default();
        let added = members
            .iter()
            .enumerate()
            .try_for_each(|(number, (path, kind))| {
                tree.add(&Member {
                    number,
                    path: path.as_bytes().to_owned(),
                    kind: kind.clone(),
                    size: 1,
                })
            });
        let found = added.and_then(|()| tree.nodes()).map(|nodes| {
            let shown = nodes.into_iter().map(|(key, node)| {
                let path = String::from_utf8_lossy(key).replace('\0', "/");
                match node {
                    Node::Directory => format!("{path}/"),
                    Node::Symlink(target) => format!("{path} -> {}", target.escape_ascii()),
                    Node::File(content) => format!("{path} {}", content.member),
                }
            });
            shown.collect::<Vec<_>>()
        });
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(error), Err(expected)) => assert_eq!(error.to_string(), expected),
            (found, _) => panic!("{found:?}"),
        }
    }

    #[test]
    fn the_order_is_that_of_names_and_not_of_paths() {
        check(
            &[
                ("r/a.b", FILE),
                ("r/a-b/x", FILE),
                ("r/a/z", FILE),
                ("r/a", Kind::Directory),
                ("r/A", Kind::Symlink(b"/etc".to_vec())),
            ],
            Ok(&["A -> /etc", "a/", "a/z 2", "a-b/", "a-b/x 1", "a.b 0"]),
        );
        check(&[("r", Kind::Directory)], Ok(&[]));
    }

    #[test]
    fn what_comes_later_counts_and_hard_links_share() {
        check(
            &[
                ("r/a", FILE),
                ("r/b", Kind::Hardlink(b"./r/a".to_vec())),
                ("r/a", FILE),
                ("r/c", Kind::Symlink(b"a".to_vec())),
                ("r/d", Kind::Hardlink(b"r/c".to_vec())),
            ],
            Ok(&["a 2", "b 0", "c -> a", "d -> a"]),
        );
    }

    #[test]
    fn what_no_file_system_holds_is_refused() {
        check(&[], Err("the archive is empty"));
        check(
            &[("a", FILE)],
            Err("`a` lies at the top of the archive, where one directory is wanted"),
        );
        check(
            &[("r/a", FILE), ("s/a", FILE)],
            Err("the archive has more than one directory at its top, `r` and `s`"),
        );
        let blocked = Err(
            "`r/a/b` in the archive has no place: something else stands in its way, or what it links to is missing",
        );
        check(&[("r/a", FILE), ("r/a/b", FILE)], blocked);
        check(
            &[("r/a", Kind::Symlink(b"..".to_vec())), ("r/a/b", FILE)],
            blocked,
        );
        check(&[("r/a/b", Kind::Hardlink(b"r/c".to_vec()))], blocked);
        check(&[("r/a/b", Kind::Hardlink(b"r/a".to_vec()))], blocked);
        check(&[("r/a/b", Kind::Directory), ("r/a/b", FILE)], blocked);
        check(&[("r/a/b", FILE), ("r/a/b", Kind::Directory)], blocked);
    }
}
