//! Looking into a source distribution that has no wheel beside it: what it says of itself, and which modules it holds.

use std::collections::BTreeSet;

use super::archive::{ArchiveError, MAX_FILES, text};
use super::tarball::{Kind, Limits, Links, Walk, walk};
use crate::python::modules;

/// The largest sdist, unpacked.
const MAX_UNPACKED: u64 = 4 << 30;

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
    /// Reads a tar file once from front to back. Links are not followed, and nothing is unpacked.
    ///
    /// # Errors
    /// A damaged archive, one that leads out of itself, a text that is not UTF-8, a limit exceeded.
    pub fn read(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let limits = Limits {
            bytes: MAX_UNPACKED,
            members: MAX_FILES,
        };
        let mut found = Self::default();
        let (mut files, mut top_level) = (BTreeSet::new(), String::new());
        walk(bytes, limits, Links::Inside, &mut |member, content| {
            let path = member.shown();
            if let (Kind::File { .. }, Some((_, inside))) = (&member.kind, path.split_once('/')) {
                if let Some(wanted) = found.wanted(inside, &mut top_level) {
                    *wanted = text(content, inside)?;
                }
                files.insert(inside.to_owned());
            }
            Ok(Walk::On)
        })?;
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
    fn what_leads_out_of_the_tree_is_refused() {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        builder.append_link(&mut header, "x-1/etc", "/etc").unwrap();
        let bytes = builder.into_inner().unwrap().finish().unwrap();
        let error = SdistTexts::read(&bytes).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`x-1/etc` in the archive leads out of it"
        );
    }

    #[test]
    fn what_is_no_archive_is_an_error() {
        for bytes in [&b""[..], b"text", &[0x1f, 0x8b, 8]] {
            assert!(SdistTexts::read(bytes).is_err());
        }
    }
}
