//! Looking into downloaded wheels and sdists, in memory and within limits.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::tarball::{Kind, Limits, Links, Walk, walk};
use crate::python::modules;

/// The largest text that is read out of an archive.
const MAX_TEXT: u64 = 8 << 20;

/// The largest sdist, unpacked.
const MAX_UNPACKED: u64 = 1 << 30;

/// The most files that a wheel may have.
pub(super) const MAX_FILES: usize = 200_000;

/// What is read out of a wheel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wheel {
    /// The text of METADATA.
    pub metadata: String,
    /// The text of `entry_points.txt`; empty where there is none.
    pub entry_points: String,
    /// The modules that can be imported, see [`modules`].
    pub modules: Vec<String>,
}

/// What is read out of a source distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sdist {
    /// The text of `pyproject.toml` beside the tree's root.
    pub pyproject: Option<String>,
    /// For each file asked for, whether it is there.
    pub files: BTreeMap<String, bool>,
}

/// An archive cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Not a zip file, or a damaged one.
    #[error("the wheel cannot be read: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A damaged tar file.
    #[error("the archive cannot be read: {0}")]
    Tar(io::Error),
    /// Neither a gzipped tar file nor a plain one, by its beginning.
    #[error("the archive cannot be read: it is no tar file, and begins with `{}`", .0.escape_debug())]
    NoArchive(String),
    /// A text in the archive is not UTF-8, or cannot be unpacked.
    #[error("`{0}` in the archive cannot be read: {1}")]
    Text(String, io::Error),
    /// A file that would be written outside of the tree.
    #[error("`{}` in the archive leads out of it", .0.escape_debug())]
    Outside(String),
    /// Something that this program does not know, by the letter of the tar file.
    #[error("`{}` in the archive is of the unknown kind `{}`", .0.escape_debug(), .1.escape_ascii())]
    Kind(String, u8),
    /// A file in pieces with holes between them, or with another length than its header has.
    #[error("`{}` in the archive is written in pieces, and is not put together here", .0.escape_debug())]
    Sparse(String),
    /// Neither a file nor a directory nor a link.
    #[error("`{}` in the archive is a device", .0.escape_debug())]
    Device(String),
    /// More than one directory at the top of a source tree's archive.
    #[error("the archive has more than one directory at its top, `{0}` and `{1}`")]
    Tops(String, String),
    /// It has more members than it may.
    #[error("the archive is too large: more than {0} files")]
    Members(usize),
    /// Nothing is in it.
    #[error("the archive is empty")]
    Empty,
    /// Something else than a directory at the top.
    #[error("`{}` lies at the top of the archive, where one directory is wanted", .0.escape_debug())]
    Top(String),
    /// Something that no file system could hold.
    #[error("`{}` in the archive has no place: something else stands in its way, or what it links to is missing", .0.escape_debug())]
    Blocked(String),
    /// A limit is exceeded.
    #[error("the archive is too large: {0}")]
    TooLarge(&'static str),
    /// A wheel without its metadata, or with two.
    #[error("the wheel has {0} METADATA files at its top, and one is wanted")]
    Metadata(usize),
}

impl Wheel {
    /// Reads a wheel.
    ///
    /// # Errors
    /// A damaged archive, no single METADATA, a limit exceeded.
    pub fn read(file: impl Read + Seek) -> Result<Self, ArchiveError> {
        let mut archive = ZipArchive::new(file)?;
        if archive.len() > MAX_FILES {
            return Err(ArchiveError::Members(MAX_FILES));
        }
        let mut names = Vec::new();
        for name in archive.file_names() {
            names.push(name?.into_owned());
        }
        let infos: Vec<&str> = names
            .iter()
            .filter_map(|name| name.strip_suffix(".dist-info/METADATA"))
            .collect();
        let infos: Vec<&str> = infos
            .into_iter()
            .filter(|info| !info.contains('/'))
            .collect();
        let [info] = infos.as_slice() else {
            return Err(ArchiveError::Metadata(infos.len()));
        };
        let metadata = zip_text(&mut archive, &format!("{info}.dist-info/METADATA"))?;
        let entry_points = format!("{info}.dist-info/entry_points.txt");
        let entry_points = if names.contains(&entry_points) {
            zip_text(&mut archive, &entry_points)?
        } else {
            String::new()
        };
        Ok(Self {
            metadata,
            entry_points,
            modules: modules(names.iter().map(String::as_str)),
        })
    }
}

/// The text of one file of a zip archive.
fn zip_text(
    archive: &mut ZipArchive<impl Read + Seek>,
    name: &str,
) -> Result<String, ArchiveError> {
    text(archive.by_name(name)?, name)
}

/// Reads a text of at most [`MAX_TEXT`] bytes.
pub(super) fn text(reader: impl Read, name: &str) -> Result<String, ArchiveError> {
    let mut text = String::new();
    let read = reader.take(MAX_TEXT + 1).read_to_string(&mut text);
    let length = read.map_err(|error| ArchiveError::Text(name.to_owned(), error))?;
    if u64::try_from(length).is_ok_and(|length| length <= MAX_TEXT) {
        Ok(text)
    } else {
        Err(ArchiveError::TooLarge("a text of more than 8 MiB"))
    }
}

impl Sdist {
    /// Reads a tar file once from front to back; `guards` are paths below the tree's root.
    ///
    /// # Errors
    /// A damaged archive, a limit exceeded.
    pub fn read(bytes: &[u8], guards: &[String]) -> Result<Self, ArchiveError> {
        Self::read_within(bytes, guards, MAX_UNPACKED)
    }

    fn read_within(bytes: &[u8], guards: &[String], limit: u64) -> Result<Self, ArchiveError> {
        let limits = Limits {
            bytes: limit,
            members: MAX_FILES,
        };
        let mut files: BTreeMap<String, bool> =
            guards.iter().map(|guard| (guard.clone(), false)).collect();
        let mut pyproject = None;
        walk(bytes, limits, Links::Inside, &mut |member, content| {
            let path = member.shown();
            if let (Kind::File { .. }, Some((_, inside))) = (&member.kind, path.split_once('/')) {
                if let Some(there) = files.get_mut(inside) {
                    *there = true;
                }
                if inside == "pyproject.toml" {
                    pyproject = Some(text(content, inside)?);
                }
            }
            Ok(Walk::On)
        })?;
        Ok(Self { pyproject, files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::write::GzEncoder;
    use std::io;

    #[test]
    fn what_is_no_archive_is_an_error() {
        for bytes in [&b""[..], b"text", &[0x1f, 0x8b, 8]] {
            assert!(Wheel::read(io::Cursor::new(bytes)).is_err());
            assert!(Sdist::read(bytes, &[]).is_err());
        }
    }

    /// Reads an sdist of one entry.
    fn check_entry(path: &str, link: Option<(tar::EntryType, &str)>, expected: Result<(), &str>) {
        let mut builder =
            tar::Builder::new(GzEncoder::new(Vec::new(), flate2::Compression::fast()));
        let mut header = tar::Header::new_gnu();
        header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_size(0);
        if let Some((kind, target)) = link {
            header.set_entry_type(kind);
            header.set_link_name_literal(target).unwrap();
        }
        header.set_cksum();
        builder.append(&header, io::empty()).unwrap();
        let bytes = builder.into_inner().unwrap().finish().unwrap();
        let found = Sdist::read(&bytes, &[])
            .map(drop)
            .map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{path} {link:?}");
    }

    #[test]
    fn what_leads_out_of_the_tree_is_refused() {
        use tar::EntryType::{Link, Symlink};
        check_entry("root/a", None, Ok(()));
        check_entry("root/a..b", None, Ok(()));
        check_entry(
            "root/../../a",
            None,
            Err("`root/../../a` in the archive leads out of it"),
        );
        check_entry(
            "/etc/a",
            None,
            Err("`/etc/a` in the archive leads out of it"),
        );
        check_entry("root/sub/a", Some((Symlink, "../b")), Ok(()));
        check_entry("root/b", Some((Link, "root/a")), Ok(()));
        let out = Err("`root/a` in the archive leads out of it");
        check_entry("root/a", Some((Symlink, "../../b")), out);
        check_entry("root/a", Some((Symlink, "/etc/passwd")), out);
        check_entry("root/a", Some((Link, "../b")), out);
    }

    #[test]
    fn a_bomb_is_given_up() {
        let mut builder =
            tar::Builder::new(GzEncoder::new(Vec::new(), flate2::Compression::fast()));
        let mut header = tar::Header::new_gnu();
        header.set_size(9 << 20);
        let zeros = io::repeat(0).take(9 << 20);
        builder
            .append_data(&mut header, "root/zeros", zeros)
            .unwrap();
        let bytes = builder.into_inner().unwrap().finish().unwrap();
        assert!(bytes.len() < 1 << 20);
        assert!(Sdist::read_within(&bytes, &[], 10 << 20).is_ok());
        let error = Sdist::read_within(&bytes, &[], 8 << 20).unwrap_err();
        let expected = "the archive cannot be read: it is too large when it is unpacked";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_truncated_archive_is_an_error() {
        let mut builder =
            tar::Builder::new(GzEncoder::new(Vec::new(), flate2::Compression::fast()));
        let mut header = tar::Header::new_gnu();
        header.set_size(5000);
        let noise: Vec<u8> = (0..5000_u32).map(|n| (n * n % 251) as u8).collect();
        builder
            .append_data(&mut header, "root/a", noise.as_slice())
            .unwrap();
        let bytes = builder.into_inner().unwrap().finish().unwrap();
        assert!(Sdist::read(&bytes, &[]).is_ok());
        for length in [bytes.len() / 2, bytes.len() / 4, 30] {
            assert!(Sdist::read(&bytes[..length], &[]).is_err(), "{length}");
        }
    }
}
