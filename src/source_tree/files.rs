//! The files of a source tree, as far as a static reader needs them: every path, and the texts that declare something.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Source;
use crate::diagnostic::Problem;
use crate::tree::RelPath;

/// The largest text that is kept, in bytes. The largest `setup.py` that is known has 6 KiB.
pub const MAX_TEXT: u64 = 64 << 10;

/// How deep below a package's folder a text that declares something can stand.
const MAX_DEPTH: usize = 4;

/// The same of what is called after the version, which packages of a deep namespace have deep.
const MAX_DEPTH_OF_VERSION: usize = 10;

/// A source tree: one upstream's monorepo, or a single package of it at its place.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    paths: BTreeSet<String>,
    texts: BTreeMap<String, Kept>,
}

/// A text that was kept, or why it was not.
#[derive(Clone, Debug)]
enum Kept {
    Text(Arc<Source>),
    Binary,
    TooLarge,
}

impl SourceTree {
    /// A tree without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the bytes of a file should be given to [`SourceTree::insert`], by its path below the folder of a package.
    ///
    /// It holds for what declares metadata, and for what is commonly read from there: versions and lists of requirements.
    pub fn keeps(below_package: &str) -> bool {
        let name = below_package.rsplit('/').next().unwrap_or(below_package);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let stem = stem.to_ascii_lowercase();
        let declares = match ending {
            "py" => {
                stem == "setup"
                    || stem == "__init__"
                    || stem.contains("version")
                    || stem.contains("about")
            }
            "toml" => stem == "pyproject",
            "cfg" => stem == "setup",
            "txt" => stem.contains("requirements") || stem.contains("version"),
            "" => stem == "version",
            _ => false,
        };
        let folder = below_package.rsplit('/').nth(1).unwrap_or_default();
        let is_version = ending == "py" && (stem.contains("version") || folder == "version");
        let depth = if is_version {
            MAX_DEPTH_OF_VERSION
        } else {
            MAX_DEPTH
        };
        declares && below_package.split('/').count() <= depth
    }

    /// Adds a file whose bytes do not matter.
    pub fn insert_path(&mut self, path: &RelPath) {
        self.paths.insert(path.as_str().to_owned());
    }

    /// Adds a file that [`SourceTree::keeps`] asks for; of a file larger than [`MAX_TEXT`] the beginning is enough.
    pub fn insert(&mut self, path: &RelPath, bytes: Vec<u8>) {
        let kept = if u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_TEXT) {
            String::from_utf8(bytes).map_or(Kept::Binary, |text| {
                let text = text
                    .strip_prefix('\u{feff}')
                    .map_or(text.clone(), str::to_owned);
                Kept::Text(Arc::new(Source {
                    path: path.as_str().to_owned(),
                    text,
                }))
            })
        } else {
            Kept::TooLarge
        };
        self.insert_path(path);
        self.texts.insert(path.as_str().to_owned(), kept);
    }

    /// Puts a text in the place of another, in all texts that are kept.
    pub fn rewrite(&mut self, from: &str, to: &str) {
        for kept in self.texts.values_mut() {
            if let Kept::Text(source) = kept
                && source.text.contains(from)
            {
                *source = Arc::new(Source {
                    path: source.path.clone(),
                    text: source.text.replace(from, to),
                });
            }
        }
    }

    /// Whether there is a file at a path.
    pub fn contains(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// The paths of all files below a folder, without the folder, sorted.
    pub(super) fn below<'t>(&'t self, folder: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        let prefix = prefix(folder);
        self.paths
            .range(prefix.clone()..)
            .map_while(move |path| path.strip_prefix(&prefix))
    }

    /// A text; `None` where there is no such file.
    ///
    /// # Errors
    /// A file that is there and cannot be read.
    pub(super) fn text(&self, path: &str) -> Result<Option<&Arc<Source>>, Problem> {
        let problem = |why: &str| Err(Problem::new(format!("`{path}` {why}")));
        match self.texts.get(path) {
            Some(Kept::Text(source)) => Ok(Some(source)),
            Some(Kept::Binary) => problem("is not UTF-8"),
            Some(Kept::TooLarge) => problem("has more than 64 KiB, and is not read"),
            None if self.paths.contains(path) => {
                problem("is not of those files that a static reader looks into")
            }
            None => Ok(None),
        }
    }
}

/// What the paths below a folder begin with.
pub(super) fn prefix(folder: &str) -> String {
    match folder.trim_end_matches('/') {
        "" | "." => String::new(),
        folder => format!("{folder}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_declares_something_is_kept() {
        for (path, kept) in [
            ("setup.py", true),
            ("pyproject.toml", true),
            ("setup.cfg", true),
            ("one/version.py", true),
            ("src/one/__about__.py", true),
            ("one/core_version.py", true),
            ("requirements-dev.txt", true),
            ("VERSION", true),
            ("one/code.py", false),
            ("README.md", false),
            ("a/b/c/d/__init__.py", false),
            ("src/a/b/c/d/version/__init__.py", true),
            ("a/b/c/d/e/f/g/h/i/j/version.py", false),
            ("one.toml", false),
        ] {
            assert_eq!(SourceTree::keeps(path), kept, "{path}");
        }
    }

    #[test]
    fn a_text_that_cannot_be_read_says_why() {
        let mut tree = SourceTree::new();
        let path = |text: &str| text.parse::<RelPath>().unwrap();
        tree.insert(&path("a/setup.py"), b"\xef\xbb\xbfx = 1".to_vec());
        tree.insert(&path("b/setup.py"), vec![0xff]);
        tree.insert(&path("c/setup.py"), vec![b' '; 65 << 10]);
        tree.insert_path(&path("d/code.py"));
        let check = |path: &str, expected: &str| {
            let found = match tree.text(path) {
                Ok(source) => source.map_or("nothing".to_owned(), |source| source.text.clone()),
                Err(problem) => problem.message,
            };
            assert_eq!(found, expected);
        };
        check("a/setup.py", "x = 1");
        check("b/setup.py", "`b/setup.py` is not UTF-8");
        check(
            "c/setup.py",
            "`c/setup.py` has more than 64 KiB, and is not read",
        );
        check(
            "d/code.py",
            "`d/code.py` is not of those files that a static reader looks into",
        );
        check("e/setup.py", "nothing");
        assert_eq!(tree.below("d").collect::<Vec<_>>(), ["code.py"]);
        assert_eq!(tree.below("").count(), 4);
    }
}
