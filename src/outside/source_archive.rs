//! Source trees in gzipped tar files: read once from front to back, in bounded memory, without unpacking anything.

use std::io::Read;

use flate2::read::GzDecoder;

use super::archive::{ArchiveError, Bounded, MAX_FILES, check_place};
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

fn read_within(
    archive: impl Read,
    holds: Holds<'_>,
    limit: u64,
) -> Result<SourceTree, ArchiveError> {
    let unpacked = Bounded {
        inner: GzDecoder::new(archive),
        left: limit,
    };
    let mut archive = tar::Archive::new(unpacked);
    let mut tree = SourceTree::new();
    let (mut top, mut kept) = (None::<String>, 0);
    for (number, entry) in archive.entries().map_err(ArchiveError::Tar)?.enumerate() {
        let entry = entry.map_err(ArchiveError::Tar)?;
        if number >= MAX_FILES {
            return Err(ArchiveError::TooLarge("more than 200000 files"));
        }
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        check_place(&path, &entry)?;
        let Some((first, inside)) = path.trim_start_matches("./").split_once('/') else {
            continue;
        };
        match &top {
            Some(top) if top != first => {
                return Err(ArchiveError::Tops(top.clone(), first.to_owned()));
            }
            _ => top = Some(first.to_owned()),
        }
        // Links are not followed: what they lead to stands in the archive itself.
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let Some((path, below)) = place(inside, holds) else {
            continue;
        };
        if SourceTree::keeps(&below) {
            let mut bytes = Vec::new();
            let read = entry.take(MAX_TEXT + 1).read_to_end(&mut bytes);
            kept += read.map_err(|error| ArchiveError::Text(path.to_string(), error))? as u64;
            if kept > MAX_KEPT {
                return Err(ArchiveError::TooLarge("texts of more than 64 MiB"));
            }
            tree.insert(&path, bytes);
        } else {
            tree.insert_path(&path);
        }
    }
    Ok(tree)
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
