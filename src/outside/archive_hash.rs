//! The NAR hash of the tree that an archive holds, without unpacking it to disk.
//!
//! A NAR wants its files in one order, and an archive has them in its own: git's differs where a directory `a` has a
//! neighbour `a.b`, and others have none at all. So the archive is read at least twice. The first time it is only learnt what
//! stands where; that is also when a caller looks at contents, and when check sums are compared. After that files are hashed
//! as they come by. One that comes before its turn waits in memory, and there is room for 32 MiB of such; what has no
//! room is met the next time that the archive is read. A file whose turn it is flows through, however large it is. For an
//! archive made by git two times are enough, unless far more than that waits.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use super::archive::ArchiveError;
use super::archived_tree::{ArchivedTree, Content, Node};
use super::tarball::{Limits, Links, Member, Walk, walk};
use crate::nar::{Digested, Place, Writer, digest};

/// How many bytes may wait in memory for their turn.
const ROOM: u64 = 32 << 20;

/// How large a tree may be.
const LIMITS: Limits = Limits {
    bytes: 1 << 40,
    members: 2_000_000,
};

/// Opens an archive at its beginning, as often as it is wanted.
pub type Opener<'a> = dyn Fn() -> io::Result<Box<dyn Read + 'a>> + 'a;

/// What is known of a tree that was hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeHash {
    /// Its NAR hash, SRI.
    pub sri: String,
    /// How many files it has.
    pub files: u64,
    /// How many bytes these have together.
    pub bytes: u64,
    /// How often the archive was read.
    pub reads: usize,
}

/// Hashes the tree in an archive, the directory at its top left out.
///
/// # Errors
/// An archive that cannot be read or holds no tree.
pub fn hash(open: &Opener<'_>) -> Result<TreeHash, ArchiveError> {
    hash_and_see(open, &mut |_, _| Ok(()))
}

/// The same; `see` is shown every member once.
pub(super) fn hash_and_see(
    open: &Opener<'_>,
    see: &mut dyn FnMut(&Member, &mut dyn Read) -> Result<(), ArchiveError>,
) -> Result<TreeHash, ArchiveError> {
    hash_within(open, see, ROOM)
}

fn hash_within(
    open: &Opener<'_>,
    see: &mut dyn FnMut(&Member, &mut dyn Read) -> Result<(), ArchiveError>,
    room: u64,
) -> Result<TreeHash, ArchiveError> {
    let mut tree = ArchivedTree::default();
    let archive = open().map_err(ArchiveError::Tar)?;
    walk(archive, LIMITS, Links::Anywhere, &mut |member, content| {
        tree.add(member)?;
        see(member, content)?;
        Ok(Walk::On)
    })?;
    let nodes = tree.nodes()?;
    let mut reads = 1;
    let digested: Digested = digest(|sink| {
        let mut writing = Writing::begin(&nodes, sink)?;
        while writing.next < nodes.len() {
            reads += 1;
            writing.read(open().map_err(ArchiveError::Tar)?, room)?;
        }
        writing.writer.finish().map_err(ArchiveError::Tar)
    })?;
    let contents = nodes.iter().filter_map(|(_, node)| content(node));
    Ok(TreeHash {
        sri: digested.sri,
        files: contents.clone().count() as u64,
        bytes: contents.map(|content| content.size).sum(),
        reads,
    })
}

/// The content of a file.
fn content(node: &Node) -> Option<Content> {
    match node {
        Node::File(content) => Some(*content),
        _ => None,
    }
}

/// A NAR that is being written.
struct Writing<'a> {
    nodes: &'a [(&'a [u8], &'a Node)],
    writer: Writer<&'a mut dyn Write>,
    /// The node whose turn it is.
    next: usize,
    /// Contents that came before their turn, by node.
    waiting: BTreeMap<usize, Vec<u8>>,
}

impl<'a> Writing<'a> {
    fn begin(
        nodes: &'a [(&'a [u8], &'a Node)],
        sink: &'a mut dyn Write,
    ) -> Result<Self, ArchiveError> {
        let writer = Writer::new(sink).and_then(|mut writer| {
            writer.directory(Place::ROOT)?;
            Ok(writer)
        });
        let mut writing = Self {
            nodes,
            writer: writer.map_err(ArchiveError::Tar)?,
            next: 0,
            waiting: BTreeMap::new(),
        };
        writing.go_on()?;
        Ok(writing)
    }

    /// Reads the archive once, and writes as much as there is room for.
    fn read(&mut self, archive: impl Read, room: u64) -> Result<(), ArchiveError> {
        let wanted = self.window(room);
        let (mut left, before) = (wanted.len(), self.next);
        walk(archive, LIMITS, Links::Anywhere, &mut |member, content| {
            if let Some(nodes) = wanted.get(&member.number) {
                left -= 1;
                self.take(nodes, content)?;
                self.go_on()?;
            }
            Ok(if left == 0 { Walk::Stop } else { Walk::On })
        })?;
        if self.next == before {
            // Somebody changed the archive between two readings.
            let changed = io::Error::other("it changes while it is read");
            return Err(ArchiveError::Tar(changed));
        }
        Ok(())
    }

    /// The files that can be written with the next reading, by the member that has their content.
    fn window(&self, room: u64) -> BTreeMap<usize, Vec<usize>> {
        let mut wanted: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let (mut last, mut waiting) = (None, 0);
        let files = self.nodes.iter().enumerate().skip(self.next);
        for (at, (_, node)) in files {
            let Some(content) = content(node) else {
                continue;
            };
            if last.is_some_and(|last| content.member <= last) {
                // It comes by before, or together with, one whose turn is earlier.
                waiting += content.size;
                if waiting > room {
                    break;
                }
            }
            last = last.max(Some(content.member));
            wanted.entry(content.member).or_default().push(at);
        }
        wanted
    }

    /// Takes the content that these files have: writes it where the turn of the only one has come, else keeps it.
    fn take(&mut self, nodes: &[usize], content: &mut dyn Read) -> Result<(), ArchiveError> {
        if *nodes == [self.next] {
            return self.file(content);
        }
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes).map_err(ArchiveError::Tar)?;
        let sharing = nodes.iter().map(|node| (*node, bytes.clone()));
        self.waiting.extend(sharing);
        Ok(())
    }

    /// Writes whatever can be written without reading.
    fn go_on(&mut self) -> Result<(), ArchiveError> {
        while let Some((key, node)) = self.nodes.get(self.next) {
            let place = place(key);
            let written = match node {
                Node::Directory => self.writer.directory(place),
                Node::Symlink(target) => self.writer.symlink(place, target),
                Node::File(_) => {
                    let Some(bytes) = self.waiting.remove(&self.next) else {
                        return Ok(());
                    };
                    self.file(&mut bytes.as_slice())?;
                    continue;
                }
            };
            written.map_err(ArchiveError::Tar)?;
            self.next += 1;
        }
        Ok(())
    }

    /// Writes the file whose turn it is.
    fn file(&mut self, bytes: &mut dyn Read) -> Result<(), ArchiveError> {
        let Some((key, Node::File(content))) = self.nodes.get(self.next) else {
            return Ok(());
        };
        self.writer
            .file(place(key), content.executable, content.size, bytes)
            .map_err(ArchiveError::Tar)?;
        self.next += 1;
        Ok(())
    }
}

/// Where a node stands in the NAR. The root is no node of its own here.
fn place(key: &[u8]) -> Place<'_> {
    let name = key.rsplit(|byte| *byte == 0).next().unwrap_or(key);
    Place {
        depth: key.split(|byte| *byte == 0).count(),
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tar::{Builder, EntryType, Header};

    /// An archive of members: kind, path, mode, content or target.
    fn archive(members: &[(EntryType, &str, u32, &str)]) -> Vec<u8> {
        let mut builder = Builder::new(Vec::new());
        for (kind, path, mode, content) in members {
            let mut header = Header::new_gnu();
            header.set_entry_type(*kind);
            header.set_mode(*mode);
            if kind.is_file() {
                header.set_size(content.len() as u64);
                let content = content.as_bytes();
                builder.append_data(&mut header, path, content).unwrap();
            } else if content.is_empty() {
                header.set_size(0);
                builder.append_data(&mut header, path, io::empty()).unwrap();
            } else {
                header.set_size(0);
                builder.append_link(&mut header, path, content).unwrap();
            }
        }
        builder.into_inner().unwrap()
    }

    fn hashed(bytes: &[u8], room: u64) -> TreeHash {
        hash_within(&|| Ok(Box::new(bytes)), &mut |_, _| Ok(()), room).unwrap()
    }

    const FILE: EntryType = EntryType::Regular;

    /// The tree of the test of `disk`, in an order that nobody would choose, with its hash by Nix.
    #[test]
    fn the_hash_is_that_of_the_tree_on_disk() {
        let members = [
            (EntryType::XGlobalHeader, "pax_global_header", 0o644, ""),
            (FILE, "r/f", 0o644, "hello\n"),
            (FILE, "r/d/x", 0o700, "#!/bin/sh\n"),
            (EntryType::Symlink, "r/d/l", 0o777, "../f"),
            (EntryType::Directory, "r/d/e", 0o755, ""),
            (FILE, "r/a.b", 0o655, ""),
            (EntryType::Link, "r/d/empty", 0o755, "r/a.b"),
            (EntryType::Directory, "r/a", 0o755, ""),
        ];
        let found = hashed(&archive(&members), ROOM);
        let expected = TreeHash {
            sri: "sha256-BH/p/dK9wpVuNfYhea2As/m3SsvSx6pwEIQEC0vEtgM=".to_owned(),
            files: 4,
            bytes: 16,
            reads: 2,
        };
        assert_eq!(found, expected);
    }

    /// The members' numbers in the order of the archive; how often it is read with room for so many bytes.
    fn check_reads(order: &[usize], room: u64, expected: usize) {
        let names: Vec<String> = order.iter().map(|n| format!("r/{n}")).collect();
        let texts: Vec<String> = order.iter().map(|n| n.to_string().repeat(10)).collect();
        let members = names.iter().zip(&texts);
        let members: Vec<_> = members
            .map(|(name, text)| (FILE, name.as_str(), 0o644, text.as_str()))
            .collect();
        let found = hashed(&archive(&members), room);
        let mut sorted = members;
        sorted.sort_by_key(|(_, path, _, _)| *path);
        assert_eq!(found.sri, hashed(&archive(&sorted), 0).sri, "{order:?}");
        assert_eq!(found.reads, expected, "{order:?} with {room}");
    }

    #[test]
    fn what_has_no_room_is_met_again() {
        check_reads(&[0, 1, 2, 3, 4, 5], 0, 2);
        check_reads(&[5, 4, 3, 2, 1, 0], 50, 2);
        check_reads(&[5, 4, 3, 2, 1, 0], 49, 3);
        check_reads(&[5, 4, 3, 2, 1, 0], 10, 4);
        check_reads(&[5, 4, 3, 2, 1, 0], 0, 7);
        check_reads(&[3, 4, 5, 0, 1, 2], 29, 3);
        check_reads(&[3, 4, 5, 0, 1, 2], 30, 2);
    }

    #[test]
    fn files_that_share_a_content_are_all_written() {
        let members = [
            (FILE, "r/a", 0o755, "some text"),
            (EntryType::Link, "r/b", 0o644, "r/a"),
            (FILE, "r/b0", 0o644, "between"),
            (EntryType::Link, "r/c", 0o644, "r/a"),
        ];
        let apart = [
            (FILE, "r/a", 0o755, "some text"),
            (FILE, "r/b", 0o755, "some text"),
            (FILE, "r/b0", 0o644, "between"),
            (FILE, "r/c", 0o755, "some text"),
        ];
        let expected = hashed(&archive(&apart), ROOM).sri;
        for room in [0, 9, 18, 100] {
            assert_eq!(hashed(&archive(&members), room).sri, expected, "{room}");
        }
    }

    #[test]
    fn an_archive_that_changes_between_two_readings_is_an_error() {
        let first = archive(&[(FILE, "r/a", 0o644, "one")]);
        for second in [
            archive(&[(FILE, "r/a", 0o644, "longer")]),
            archive(&[(EntryType::Directory, "r/a", 0o755, "")]),
        ] {
            let opened = std::cell::Cell::new(0);
            let open = || {
                opened.set(opened.get() + 1);
                let bytes = if opened.get() == 1 { &first } else { &second };
                Ok(Box::new(bytes.as_slice()) as Box<dyn Read>)
            };
            assert!(hash(&open).is_err());
        }
    }
}
