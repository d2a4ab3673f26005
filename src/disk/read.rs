//! Reading files and trees.

use super::error::{Context, DiskError};
use crate::tree::{File, Mode, RelPath, Tree};
use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Larger files are not read: nothing that floxwright works on is near this size. A lock of Flox for some hundred packages and four systems has
/// four megabytes.
pub(super) const LARGEST: u64 = 64 << 20;

/// The text of a file.
///
/// # Errors
/// No such file, no regular file, more than 64 MiB, not UTF-8.
pub fn read_text(path: &Path) -> Result<String, DiskError> {
    let bytes = read_bytes(path)?;
    String::from_utf8(bytes)
        .map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))
        .context("read", path)
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, DiskError> {
    let metadata = fs::metadata(path).context("read", path)?;
    if !metadata.is_file() {
        let kind =
            std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is not a regular file");
        return Err(kind).context("read", path);
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).context("read", path)?;
    file.take(LARGEST)
        .read_to_end(&mut bytes)
        .context("read", path)?;
    if bytes.len() as u64 == LARGEST {
        let large = std::io::Error::new(std::io::ErrorKind::InvalidData, "it has more than 64 MiB");
        return Err(large).context("read", path);
    }
    Ok(bytes)
}

/// All regular files below a directory. `.git` is passed over, and so are links and special files.
///
/// # Errors
/// A directory or file that cannot be read. A name that is not valid inside a repository is an error too.
pub fn read_tree(root: &Path) -> Result<Tree, DiskError> {
    let mut tree = Tree::new();
    let mut open = vec![(root.to_owned(), String::new())];
    while let Some((directory, prefix)) = open.pop() {
        for entry in fs::read_dir(&directory).context("read", &directory)? {
            let entry = entry.context("read", &directory)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let (path, kind) = (
                entry.path(),
                entry.file_type().context("read", &entry.path())?,
            );
            if name == ".git" {
                continue;
            }
            let relative = format!("{prefix}{name}");
            if kind.is_dir() {
                open.push((path, format!("{relative}/")));
            } else if kind.is_file() {
                let relative: RelPath = relative
                    .parse()
                    .map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidInput, error))
                    .context("read", &path)?;
                let executable = entry
                    .metadata()
                    .context("read", &path)?
                    .permissions()
                    .mode()
                    & 0o100
                    != 0;
                let file = File {
                    bytes: read_bytes(&path)?,
                    mode: if executable {
                        Mode::Executable
                    } else {
                        Mode::Plain
                    },
                };
                tree.insert(relative, file);
            }
        }
    }
    Ok(tree)
}
