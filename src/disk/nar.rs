//! Reading a tree for its NAR: every name as bytes, no link followed.

use super::error::{Context, DiskError};
use crate::nar::{Place, Writer};
use rustix::fs::OFlags;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::{Error, ErrorKind, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::vec::IntoIter;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files.
    pub files: u64,
    /// How many bytes they have together.
    pub bytes: u64,
    /// What stands at the path itself.
    pub root: Option<RootKind>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootKind {
    /// A directory.
    Directory,
    /// A file.
    File,
    /// A symbolic link, which is not followed.
    Symlink,
}

/// Writes the NAR of what stands at a path: a directory with all that is in it, a file, or a symbolic link.
///
/// # Errors
/// What cannot be read, what is neither file nor directory nor link, and a file that changes meanwhile.
pub fn write_nar(path: &Path, sink: &mut dyn Write) -> Result<Written, DiskError> {
    let mut writer = Writer::new(sink).context("read", path)?;
    let mut written = Written::default();
    let mut open: Vec<(PathBuf, IntoIter<OsString>)> = Vec::new();
    let root = node(path, Place::ROOT, &mut writer, &mut written)?;
    written.root = Some(root);
    if root == RootKind::Directory {
        open.push((path.to_owned(), names(path)?));
    }
    while let Some((folder, left)) = open.last_mut() {
        let Some(name) = left.next() else {
            open.pop();
            continue;
        };
        let path = folder.join(&name);
        let place = Place {
            depth: open.len(),
            name: name.as_bytes(),
        };
        if node(&path, place, &mut writer, &mut written)? == RootKind::Directory {
            let names = names(&path)?;
            open.push((path, names));
        }
    }
    writer.finish().context("read", path)?;
    Ok(written)
}

/// The names in a directory, in the order of their bytes.
fn names(folder: &Path) -> Result<IntoIter<OsString>, DiskError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).context("read", folder)? {
        names.push(entry.context("read", folder)?.file_name());
    }
    names.sort_by(|a, b| a.as_bytes().cmp(b.as_bytes()));
    Ok(names.into_iter())
}

/// Writes one node. What is in a directory is left to the caller.
fn node(
    path: &Path,
    place: Place<'_>,
    writer: &mut Writer<&mut dyn Write>,
    written: &mut Written,
) -> Result<RootKind, DiskError> {
    let metadata = fs::symlink_metadata(path).context("read", path)?;
    let kind = metadata.file_type();
    if kind.is_dir() {
        writer.directory(place).context("read", path)?;
        return Ok(RootKind::Directory);
    }
    if kind.is_symlink() {
        let target = fs::read_link(path).context("read", path)?;
        let target = target.into_os_string().into_vec();
        writer.symlink(place, &target).context("read", path)?;
        return Ok(RootKind::Symlink);
    }
    if let Some(odd) = odd(&metadata) {
        let odd = Error::new(ErrorKind::InvalidInput, format!("it is a {odd}"));
        return Err(odd).context("read", path);
    }
    // Whoever puts something else there meanwhile makes nobody wait, and no link is followed.
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    let mut options = fs::OpenOptions::new();
    let options = options.read(true).custom_flags(flags.cast_signed());
    let mut file = options.open(path).context("read", path)?;
    let metadata = file.metadata().context("read", path)?;
    let executable = metadata.permissions().mode() & 0o100 != 0;
    let size = metadata.len();
    writer
        .file(place, executable, size, &mut file)
        .context("read", path)?;
    written.files += 1;
    written.bytes += size;
    Ok(RootKind::File)
}

/// What neither a NAR nor a repository can hold.
fn odd(metadata: &Metadata) -> Option<&'static str> {
    let kind = metadata.file_type();
    match () {
        () if kind.is_file() => None,
        () if kind.is_fifo() => Some("named pipe"),
        () if kind.is_socket() => Some("socket"),
        () => Some("device"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nar::digest;
    use std::os::unix::fs::symlink;

    fn hash(path: &Path) -> Result<(String, Written), DiskError> {
        let mut written = Written::default();
        let digested = digest(|sink| {
            written = write_nar(path, sink)?;
            Ok(())
        })?;
        Ok((digested.sri, written))
    }

    /// What Nix says of the same tree, by `nix hash path`.
    #[test]
    fn hashes_are_those_of_nix() {
        let directory = tempfile::tempdir().unwrap();
        let top = directory.path();
        fs::create_dir_all(top.join("d/e")).unwrap();
        fs::create_dir(top.join("a")).unwrap();
        for (name, text) in [
            ("f", "hello\n"),
            ("d/x", "#!/bin/sh\n"),
            ("d/empty", ""),
            ("a.b", ""),
        ] {
            fs::write(top.join(name), text).unwrap();
        }
        // Only the owner's bit counts.
        fs::set_permissions(top.join("d/x"), fs::Permissions::from_mode(0o744)).unwrap();
        fs::set_permissions(top.join("a.b"), fs::Permissions::from_mode(0o655)).unwrap();
        symlink("../f", top.join("d/l")).unwrap();
        for (path, expected) in [
            (".", "sha256-BH/p/dK9wpVuNfYhea2As/m3SsvSx6pwEIQEC0vEtgM="),
            ("f", "sha256-HDfQGvQL4ugGkd48w99EN3ppmvuxfGjwgJZLL9Bx/BM="),
            ("d/l", "sha256-k1Wi4rFw0EOWM39/mBoTOjpdZlKCzXquLIBI9yLY9zM="),
            ("d/e", "sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo="),
            ("d/x", "sha256-YoPBZoJg+QPRqJXAzWuCL6S2h2K7CxfO3vLTnZfiZVQ="),
            (
                "d/empty",
                "sha256-d6xi4mKdjkX2JFicDIv5niSzpyI0m/Hnm8GGAIU04kY=",
            ),
        ] {
            assert_eq!(hash(&top.join(path)).unwrap().0, expected, "{path}");
        }
        let (_, written) = hash(top).unwrap();
        let expected = Written {
            files: 4,
            bytes: 16,
            root: Some(RootKind::Directory),
        };
        assert_eq!(written, expected);
    }

    #[test]
    fn a_link_in_a_circle_is_a_link() {
        let directory = tempfile::tempdir().unwrap();
        symlink("round", directory.path().join("round")).unwrap();
        assert!(hash(directory.path()).is_ok());
        assert!(hash(&directory.path().join("round")).is_ok());
    }

    #[test]
    fn what_is_no_file_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let socket = directory.path().join("s");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for path in [directory.path(), &socket] {
            let error = hash(path).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("cannot read `{}`", socket.display())
            );
            let cause = std::error::Error::source(&error).unwrap();
            assert_eq!(cause.to_string(), "it is a socket");
        }
        assert!(hash(&directory.path().join("missing")).is_err());
        assert!(hash(Path::new("/dev/null")).is_err());
    }
}
