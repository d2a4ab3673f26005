//! Looking into downloaded wheels and sdists, in memory and within limits.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};

use flate2::read::GzDecoder;
use zip::ZipArchive;

/// The largest text that is read out of an archive.
const MAX_TEXT: u64 = 8 << 20;

/// The largest sdist, unpacked.
const MAX_UNPACKED: u64 = 4 << 30;

/// The most files that a wheel may have.
const MAX_FILES: usize = 200_000;

/// What is read out of a wheel.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Not a gzipped tar file, or a damaged one.
    #[error("the sdist cannot be read: {0}")]
    Tar(io::Error),
    /// A text in the archive is not UTF-8, or cannot be unpacked.
    #[error("`{0}` in the archive cannot be read: {1}")]
    Text(String, io::Error),
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
    pub fn read(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        if archive.len() > MAX_FILES {
            return Err(ArchiveError::TooLarge("more than 200000 files"));
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
fn zip_text(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, ArchiveError> {
    text(archive.by_name(name)?, name)
}

/// Reads a text of at most [`MAX_TEXT`] bytes.
fn text(reader: impl Read, name: &str) -> Result<String, ArchiveError> {
    let mut text = String::new();
    let read = reader.take(MAX_TEXT + 1).read_to_string(&mut text);
    let length = read.map_err(|error| ArchiveError::Text(name.to_owned(), error))?;
    if u64::try_from(length).is_ok_and(|length| length <= MAX_TEXT) {
        Ok(text)
    } else {
        Err(ArchiveError::TooLarge("a text of more than 8 MiB"))
    }
}

/// The modules at the top of a wheel's file list, sorted: packages with Python code, and single files.
///
/// Left out are the folders of the wheel itself (`*.dist-info`, `*.data`), what no `import` can name, and tests.
pub fn modules<'a>(files: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found = BTreeSet::new();
    for file in files {
        let (top, inside) = file
            .split_once('/')
            .map_or((file, None), |(top, rest)| (top, Some(rest)));
        let name = match inside {
            Some(rest) if is_code(rest) => top,
            None if is_code(top) => top.split('.').next().unwrap_or_default(),
            _ => continue,
        };
        if is_identifier(name) && !is_test(name) {
            found.insert(name.to_owned());
        }
    }
    found.into_iter().collect()
}

/// Whether a file is Python code, as source or compiled.
fn is_code(file: &str) -> bool {
    file.rsplit_once('.')
        .is_some_and(|(_, ending)| matches!(ending, "py" | "so"))
}

/// Whether an `import` can name it.
fn is_identifier(name: &str) -> bool {
    let rest = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars().all(rest)
        && name
            .chars()
            .next()
            .is_some_and(|first| !first.is_ascii_digit())
}

/// Whether the name is one that tests are usually packed under.
fn is_test(name: &str) -> bool {
    matches!(name, "test" | "tests") || name.ends_with("_test") || name.ends_with("_tests")
}

impl Sdist {
    /// Reads a gzipped tar file once from front to back; `guards` are paths below the tree's root.
    ///
    /// # Errors
    /// A damaged archive, a limit exceeded.
    pub fn read(bytes: &[u8], guards: &[String]) -> Result<Self, ArchiveError> {
        let unpacked = GzDecoder::new(bytes).take(MAX_UNPACKED);
        let mut archive = tar::Archive::new(unpacked);
        let mut files: BTreeMap<String, bool> =
            guards.iter().map(|guard| (guard.clone(), false)).collect();
        let mut pyproject = None;
        for entry in archive.entries().map_err(ArchiveError::Tar)? {
            let entry = entry.map_err(ArchiveError::Tar)?;
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let path = path.strip_prefix("./").unwrap_or(&path);
            let Some((_root, inside)) = path.split_once('/') else {
                continue;
            };
            if !entry.header().entry_type().is_file() {
                continue;
            }
            if let Some(there) = files.get_mut(inside) {
                *there = true;
            }
            if inside == "pyproject.toml" {
                pyproject = Some(text(entry, inside)?);
            }
        }
        if archive.into_inner().limit() == 0 {
            return Err(ArchiveError::TooLarge(
                "an sdist of more than 4 GiB unpacked",
            ));
        }
        Ok(Self { pyproject, files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_modules(files: &[&str], expected: &[&str]) {
        assert_eq!(modules(files.iter().copied()), expected, "{files:?}");
    }

    #[test]
    fn modules_are_what_can_be_imported() {
        check_modules(&[], &[]);
        check_modules(
            &[
                "b/__init__.py",
                "a.py",
                "a-1.dist-info/METADATA",
                "a-1.data/scripts/x.py",
            ],
            &["a", "b"],
        );
        check_modules(
            &["_fast.cpython-313-x86_64-linux-gnu.so", "ns/deep/x.py"],
            &["_fast", "ns"],
        );
        check_modules(
            &["tests/a.py", "test/b.py", "x_tests/c.py", "test_utils/d.py"],
            &["test_utils"],
        );
        check_modules(
            &[
                "data/file.json",
                "py.typed",
                "x.pth",
                "with-dash.py",
                "2to3.py",
                ".py",
            ],
            &[],
        );
    }

    #[test]
    fn what_is_no_archive_is_an_error() {
        for bytes in [&b""[..], b"text", &[0x1f, 0x8b, 8]] {
            assert!(Wheel::read(bytes).is_err());
            assert!(Sdist::read(bytes, &[]).is_err());
        }
    }
}
