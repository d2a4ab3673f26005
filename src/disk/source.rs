//! Reading source trees: directories, and the archives that hold them.

use super::error::{Context, DiskError};
use crate::source_tree::{MAX_TEXT, SourceTree};
use crate::tree::RelPath;
use std::fs;
use std::io::{BufReader, Error, ErrorKind, Read};
use std::path::Path;

/// The most files below the folders that are read.
const MAX_FILES: usize = 500_000;

/// Folders that hold nothing of a source tree.
const PASSED_OVER: [&str; 3] = [".git", "node_modules", "__pycache__"];

/// The packages in some folders of a directory. Links and special files are passed over.
///
/// # Errors
/// A directory or file that cannot be read; far too many files.
pub fn read_source(root: &Path, folders: &[&str]) -> Result<SourceTree, DiskError> {
    fs::read_dir(root).context("read", root)?;
    let mut tree = SourceTree::new();
    let mut count = 0;
    for folder in folders {
        let start = root.join(folder);
        if !start.is_dir() {
            continue;
        }
        let mut open = vec![(start, String::new())];
        while let Some((directory, prefix)) = open.pop() {
            for entry in fs::read_dir(&directory).context("read", &directory)? {
                let entry = entry.context("read", &directory)?;
                let path = entry.path();
                let kind = entry.file_type().context("read", &path)?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let below = format!("{prefix}{name}");
                count += 1;
                if count > MAX_FILES {
                    let many = Error::new(ErrorKind::InvalidData, "it has more than 500000 files");
                    return Err(many).context("read", root);
                }
                if kind.is_dir() && !PASSED_OVER.contains(&name.as_str()) {
                    open.push((path, format!("{below}/")));
                } else if kind.is_file() {
                    add(&mut tree, &path, (folder, &below))?;
                }
            }
        }
    }
    Ok(tree)
}

/// Adds a file. A name that no repository can hold is passed over.
fn add(tree: &mut SourceTree, path: &Path, (folder, below): (&str, &str)) -> Result<(), DiskError> {
    let Ok(place) = format!("{}/{below}", folder.trim_end_matches('/')).parse::<RelPath>() else {
        return Ok(());
    };
    if SourceTree::keeps(below) {
        let mut bytes = Vec::new();
        let file = fs::File::open(path).context("read", path)?;
        file.take(MAX_TEXT + 1)
            .read_to_end(&mut bytes)
            .context("read", path)?;
        tree.insert(&place, bytes);
    } else {
        tree.insert_path(&place);
    }
    Ok(())
}

/// What stands at a path from which a source tree is to be read.
#[derive(Debug)]
pub enum SourcePlace {
    /// A directory.
    Directory,
    /// A file, opened.
    File(BufReader<fs::File>),
}

/// Looks at a path from which a source tree is to be read.
///
/// # Errors
/// There is nothing, or what is there cannot be opened.
pub fn open_source(path: &Path) -> Result<SourcePlace, DiskError> {
    let metadata = fs::metadata(path).context("read", path)?;
    if metadata.is_dir() {
        return Ok(SourcePlace::Directory);
    }
    if !metadata.is_file() {
        let odd = Error::new(
            ErrorKind::InvalidInput,
            "it is neither a directory nor a file",
        );
        return Err(odd).context("read", path);
    }
    let file = fs::File::open(path).context("read", path)?;
    Ok(SourcePlace::File(BufReader::new(file)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn only_files_of_the_folders_are_read() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        for (path, text) in [
            ("lib/a/setup.py", "x = 1"),
            ("lib/a/a/code.py", "x"),
            ("lib/a/node_modules/b/setup.py", "x"),
            ("lib/c/setup.py", "x"),
        ] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        symlink("/etc", root.join("lib/a/etc")).unwrap();
        let tree = read_source(root, &["lib/a", "lib/missing"]).unwrap();
        assert_eq!(tree.len(), 2);
        assert!(tree.contains("lib/a/setup.py") && tree.contains("lib/a/a/code.py"));
        assert!(read_source(&root.join("missing"), &[]).is_err());
        assert!(open_source(&root.join("missing")).is_err());
    }
}
