//! Source trees in tar files: read once from front to back, in bounded memory, without unpacking anything.

use std::io::Read;

use super::archive::{ArchiveError, MAX_FILES};
use super::archive_hash::{self, Opener, TreeHash};
use super::tarball::{Kind, Limits, Links, Member, Walk, walk};
use crate::source_tree::{MAX_TEXT, SourceTree};
use crate::tree::RelPath;

/// The largest source tree, unpacked.
const MAX_UNPACKED: u64 = 4 << 30;

/// The most bytes that are kept of all texts together.
const MAX_KEPT: u64 = 64 << 20;

/// What the one directory at the top of an archive holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds<'a> {
    /// A monorepo with packages in these folders; the rest is passed over.
    Packages(&'a [&'a str]),
    /// One package, whose files get this folder in front.
    Package(&'a str),
}

/// Reads an archive with one directory at its top, as GitHub and PyPI have them.
///
/// # Errors
/// A damaged archive; one that leads out of itself, has devices or more than one directory at its top; a limit exceeded.
pub fn read(archive: impl Read, holds: Holds<'_>) -> Result<SourceTree, ArchiveError> {
    read_within(archive, holds, MAX_UNPACKED)
}

/// Hashes the tree in an archive as Nix does it, and reads it when the archive is read for the first time.
///
/// # Errors
/// As for [`archive_hash::hash`], and a text that cannot be read.
pub fn hash_and_read(
    open: &Opener<'_>,
    holds: Holds<'_>,
) -> Result<(TreeHash, SourceTree), ArchiveError> {
    let mut reading = Reading::new(holds);
    let hash =
        archive_hash::hash_and_see(open, &mut |member, content| reading.add(member, content))?;
    Ok((hash, reading.tree))
}

fn read_within(
    archive: impl Read,
    holds: Holds<'_>,
    limit: u64,
) -> Result<SourceTree, ArchiveError> {
    let limits = Limits {
        bytes: limit,
        members: MAX_FILES,
    };
    let mut reading = Reading::new(holds);
    let mut top = Top::default();
    walk(archive, limits, Links::Inside, &mut |member, content| {
        top.check(member)?;
        reading.add(member, content)?;
        Ok(Walk::On)
    })?;
    Ok(reading.tree)
}

/// The one directory at the top of an archive.
#[derive(Debug, Default)]
pub(super) struct Top(Option<Vec<u8>>);

impl Top {
    /// Whether there is none yet.
    pub(super) fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a member lies where the others do. What lies beside the directory, as a file, is passed over.
    ///
    /// # Errors
    /// A second directory.
    pub(super) fn check(&mut self, member: &Member) -> Result<(), ArchiveError> {
        let (first, inside) = member.top();
        if inside.is_none() && member.kind != Kind::Directory {
            return Ok(());
        }
        let top = self.0.get_or_insert_with(|| first.to_owned());
        if top == first {
            return Ok(());
        }
        let shown = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        Err(ArchiveError::Tops(shown(top), shown(first)))
    }
}

/// A source tree as far as it is read.
pub(super) struct Reading<'a> {
    holds: Holds<'a>,
    pub(super) tree: SourceTree,
    /// The bytes of all texts so far.
    kept: u64,
}

impl<'a> Reading<'a> {
    pub(super) fn new(holds: Holds<'a>) -> Self {
        Self {
            holds,
            tree: SourceTree::new(),
            kept: 0,
        }
    }

    /// Adds a member. Links are not followed: what they lead to stands in the archive itself.
    ///
    /// # Errors
    /// A text that cannot be read, and too many of them.
    pub(super) fn add(
        &mut self,
        member: &Member,
        content: &mut dyn Read,
    ) -> Result<(), ArchiveError> {
        let path = member.shown();
        let (Kind::File { .. }, Some((_, inside))) = (&member.kind, path.split_once('/')) else {
            return Ok(());
        };
        let Some((path, below)) = place(inside, self.holds) else {
            return Ok(());
        };
        if !SourceTree::keeps(&below) {
            self.tree.insert_path(&path);
            return Ok(());
        }
        let mut bytes = Vec::new();
        let read = content.take(MAX_TEXT + 1).read_to_end(&mut bytes);
        self.kept += read.map_err(|error| ArchiveError::Text(path.to_string(), error))? as u64;
        if self.kept > MAX_KEPT {
            return Err(ArchiveError::TooLarge("texts of more than 64 MiB"));
        }
        self.tree.insert(&path, bytes);
        Ok(())
    }
}

/// Where a file belongs in the tree, and its path below its package. A name that no repository can hold is passed over.
fn place(inside: &str, holds: Holds<'_>) -> Option<(RelPath, String)> {
    match holds {
        Holds::Packages(folders) => {
            let below = folders.iter().find_map(|folder| {
                let rest = inside.strip_prefix(folder.trim_end_matches('/'))?;
                rest.strip_prefix('/')
            })?;
            Some((inside.parse().ok()?, below.to_owned()))
        }
        Holds::Package(folder) => {
            let path = format!("{folder}/{inside}");
            Some((path.parse().ok()?, inside.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use tar::EntryType;

    use super::*;

    /// An archive of entries: kind, path as it stands in the header, content or target.
    fn archive(entries: &[(EntryType, &str, &str)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (kind, path, content) in entries {
            let mut header = tar::Header::new_ustar();
            // The safe way refuses hostile names, so they are put in as bytes.
            header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_entry_type(*kind);
            header.set_mode(0o644);
            if kind.is_file() {
                header.set_size(content.len() as u64);
                header.set_cksum();
                builder.append(&header, content.as_bytes()).unwrap();
            } else {
                header.as_old_mut().linkname[..content.len()].copy_from_slice(content.as_bytes());
                header.set_size(0);
                header.set_cksum();
                builder.append(&header, std::io::empty()).unwrap();
            }
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    const FILE: EntryType = EntryType::Regular;

    fn files(entries: &[(EntryType, &str, &str)], holds: Holds<'_>) -> Vec<String> {
        let tree = read(archive(entries).as_slice(), holds).unwrap();
        let paths = [
            "lib/a/setup.py",
            "lib/a/a/code.py",
            "lib/b/setup.py",
            "a-1/setup.py",
        ];
        let there = paths.iter().filter(|path| tree.contains(path));
        there.map(|path| (*path).to_owned()).collect()
    }

    #[test]
    fn only_the_wanted_packages_are_kept() {
        let entries = [
            (EntryType::XGlobalHeader, "pax_global_header", ""),
            (EntryType::Directory, "repo-1/", ""),
            (FILE, "repo-1/lib/a/setup.py", "x = 1"),
            (FILE, "repo-1/lib/a/a/code.py", "x"),
            (FILE, "repo-1/lib/b/setup.py", "x"),
            (FILE, "repo-1/lib/ab/setup.py", "x"),
            (EntryType::Symlink, "repo-1/lib/link", "a"),
        ];
        let holds = Holds::Packages(&["lib/a"]);
        assert_eq!(
            files(&entries, holds),
            ["lib/a/setup.py", "lib/a/a/code.py"]
        );
        let entries = [(FILE, "./a-1.0/setup.py", "x = 1")];
        assert_eq!(files(&entries, Holds::Package("a-1")), ["a-1/setup.py"]);
    }

    fn check_error(bytes: &[u8], expected: &str) {
        let error = read_within(bytes, Holds::Package("x"), 1 << 20).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn hostile_archives_are_refused() {
        let good = (FILE, "a/setup.py", "x = 1");
        let with = |entry| archive(&[good, entry]);
        check_error(b"text", "the archive cannot be read: ");
        let whole = archive(&[good]);
        check_error(&whole[..whole.len() / 2], "the archive cannot be read");
        check_error(
            &with((FILE, "a/../../x", "")),
            "`a/../../x` in the archive leads out",
        );
        check_error(
            &with((FILE, "/etc/x", "")),
            "`/etc/x` in the archive leads out",
        );
        check_error(
            &with((EntryType::Symlink, "a/x", "../../y")),
            "`a/x` in the archive leads out",
        );
        check_error(
            &with((EntryType::Link, "a/x", "/etc/passwd")),
            "`a/x` in the archive leads out",
        );
        check_error(
            &with((EntryType::Char, "a/x", "")),
            "`a/x` in the archive is a device",
        );
        check_error(
            &with((FILE, "b/setup.py", "")),
            "more than one directory at its top, `a` and `b`",
        );
        let bomb = " ".repeat(2 << 20);
        check_error(&with((FILE, "a/big", &bomb)), "too large");
        let texts: Vec<String> = (0..1100).map(|at| format!("a/v{at}/version.py")).collect();
        let large = " ".repeat(64 << 10);
        let entries: Vec<_> = texts
            .iter()
            .map(|path| (FILE, path.as_str(), large.as_str()))
            .collect();
        let error = read(archive(&entries).as_slice(), Holds::Package("x")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the archive is too large: texts of more than 64 MiB"
        );
    }
}
