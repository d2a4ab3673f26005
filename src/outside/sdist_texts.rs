//! Looking into a source distribution that has no wheel beside it: what it says of itself, and which modules it holds.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::GzDecoder;

use super::archive::ArchiveError;
use crate::python::modules;

/// The largest text that is read out of it.
const MAX_TEXT: u64 = 8 << 20;

/// The largest sdist, unpacked.
const MAX_UNPACKED: u64 = 4 << 30;

/// The most files that it may have.
const MAX_FILES: usize = 200_000;

/// What is read out of a source distribution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SdistTexts {
    /// `PKG-INFO` at the root.
    pub pkg_info: Option<String>,
    /// `pyproject.toml` at the root.
    pub pyproject: Option<String>,
    /// `requires.txt` of setuptools; empty where its directory has none.
    pub egg_requires: Option<String>,
    /// `entry_points.txt` of setuptools; empty where there is none.
    pub entry_points: String,
    /// The modules that can be imported: those that setuptools names, else those that lie at the root or in `src`.
    pub modules: Vec<String>,
}

impl SdistTexts {
    /// Reads a gzipped tar file once from front to back. Links are not followed, and nothing is unpacked.
    ///
    /// # Errors
    /// A damaged archive, a text that is not UTF-8, a limit exceeded.
    pub fn read(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let mut archive = tar::Archive::new(GzDecoder::new(bytes).take(MAX_UNPACKED));
        let mut found = Self::default();
        let (mut files, mut top_level, mut count) = (BTreeSet::new(), String::new(), 0);
        for entry in archive.entries().map_err(ArchiveError::Tar)? {
            let entry = entry.map_err(ArchiveError::Tar)?;
            count += 1;
            if count > MAX_FILES {
                return Err(ArchiveError::TooLarge("more than 200000 files"));
            }
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let path = path.strip_prefix("./").unwrap_or(&path);
            let Some((_, inside)) = path.split_once('/') else {
                continue;
            };
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let inside = inside.to_owned();
            if let Some(text) = found.wanted(&inside, &mut top_level) {
                *text = read_text(entry, &inside)?;
            }
            files.insert(inside);
        }
        if archive.into_inner().limit() == 0 {
            return Err(ArchiveError::TooLarge(
                "an sdist of more than 4 GiB unpacked",
            ));
        }
        found.modules = named(&top_level);
        if found.modules.is_empty() {
            found.modules = importable(&files);
        }
        Ok(found)
    }

    /// Where the text of a file belongs, if it is one that is wanted.
    fn wanted<'a>(&'a mut self, path: &str, top_level: &'a mut String) -> Option<&'a mut String> {
        let path = path.strip_prefix("src/").unwrap_or(path);
        if let Some((directory, file)) = path.split_once('/') {
            if !directory.ends_with(".egg-info") {
                return None;
            }
            let requires = self.egg_requires.get_or_insert_default();
            return match file {
                "requires.txt" => Some(requires),
                "entry_points.txt" => Some(&mut self.entry_points),
                "top_level.txt" => Some(top_level),
                _ => None,
            };
        }
        match path {
            "PKG-INFO" => Some(self.pkg_info.get_or_insert_default()),
            "pyproject.toml" => Some(self.pyproject.get_or_insert_default()),
            _ => None,
        }
    }
}

fn read_text(reader: impl Read, name: &str) -> Result<String, ArchiveError> {
    let mut text = String::new();
    let read = reader.take(MAX_TEXT + 1).read_to_string(&mut text);
    let length = read.map_err(|error| ArchiveError::Text(name.to_owned(), error))?;
    if u64::try_from(length).is_ok_and(|length| length <= MAX_TEXT) {
        Ok(text)
    } else {
        Err(ArchiveError::TooLarge("a text of more than 8 MiB"))
    }
}

/// The modules of a `top_level.txt`.
fn named(top_level: &str) -> Vec<String> {
    let files: Vec<String> = top_level
        .lines()
        .map(|line| format!("{}/__init__.py", line.trim()))
        .collect();
    modules(files.iter().map(String::as_str))
}

/// Packages with an `__init__.py`, and single files beside what builds them.
fn importable(files: &BTreeSet<String>) -> Vec<String> {
    let inner = files
        .iter()
        .map(|file| file.strip_prefix("src/").unwrap_or(file));
    let is_module = |file: &&str| match file.split_once('/') {
        Some((_, rest)) => rest == "__init__.py",
        None => !matches!(
            *file,
            "setup.py" | "conftest.py" | "noxfile.py" | "tasks.py"
        ),
    };
    modules(inner.filter(is_module))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    fn sdist(files: &[(&str, &str)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (name, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            builder
                .append_data(&mut header, name, text.as_bytes())
                .unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn what_setuptools_wrote_is_read() {
        let read = SdistTexts::read(&sdist(&[
            ("x-1/PKG-INFO", "Name: x"),
            ("x-1/x.egg-info/PKG-INFO", "Name: other"),
            ("x-1/x.egg-info/top_level.txt", "x_main\ntests\n"),
            (
                "x-1/x.egg-info/entry_points.txt",
                "[console_scripts]\nrun = x:y",
            ),
            ("x-1/docs/conf.py", ""),
            ("x-1/x_main/__init__.py", ""),
            ("x-1/sub/pyproject.toml", "not this one"),
        ]))
        .unwrap();
        assert_eq!(read.pkg_info.as_deref(), Some("Name: x"));
        assert_eq!(read.egg_requires.as_deref(), Some(""));
        assert_eq!(read.entry_points, "[console_scripts]\nrun = x:y");
        assert_eq!(
            (read.modules, read.pyproject),
            (vec!["x_main".to_owned()], None)
        );
    }

    #[test]
    fn without_setuptools_the_files_tell_the_modules() {
        let read = SdistTexts::read(&sdist(&[
            ("x-1/pyproject.toml", "[project]"),
            ("x-1/src/one/__init__.py", ""),
            ("x-1/src/one/deep/__init__.py", ""),
            ("x-1/two.py", ""),
            ("x-1/setup.py", ""),
            ("x-1/tests/__init__.py", ""),
            ("x-1/examples/a.py", ""),
        ]))
        .unwrap();
        assert_eq!(read.modules, ["one", "two"]);
        assert_eq!((read.pkg_info, read.egg_requires), (None, None));
        assert_eq!(read.pyproject.as_deref(), Some("[project]"));
    }

    #[test]
    fn what_is_no_archive_is_an_error() {
        for bytes in [&b""[..], b"text", &[0x1f, 0x8b, 8]] {
            assert!(SdistTexts::read(bytes).is_err());
        }
    }
}
