//! Large files in the cache: as far as they have come in, and by the hash of their content when they are complete.

use super::error::{Context, DiskError};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Where files are that come in.
const PARTS: &str = "parts";

/// Where files are that are complete.
const WHOLE: &str = "whole";

/// The folders of large files.
pub(super) const LARGE: [&str; 2] = [PARTS, WHOLE];

/// The largest stamp of a server that is kept, in bytes.
const LONGEST_STAMP: u64 = 1024;

/// A file that comes in. Nobody else writes it meanwhile.
#[derive(Debug)]
pub struct Part {
    folder: PathBuf,
    path: PathBuf,
    file: File,
    length: u64,
    stamp: Option<String>,
}

/// A file that is complete.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

impl Part {
    /// The file of this name in the cache at `folder`: as it was left, or empty.
    pub(super) fn open(folder: &Path, name: &str) -> Result<Self, DiskError> {
        let parts = folder.join(PARTS);
        fs::create_dir_all(&parts).context("make the directory", &parts)?;
        let mut path = parts.join(name);
        let mut file = open(&path)?;
        if file.try_lock().is_err() {
            // Another run is fetching the same; this one does so for itself.
            path = parts.join(format!("{name}-{}", std::process::id()));
            file = open(&path)?;
        }
        let length = file.seek(SeekFrom::End(0)).context("read", &path)?;
        Ok(Self {
            folder: folder.to_owned(),
            stamp: read_stamp(&stamp_path(&path)),
            path,
            file,
            length,
        })
    }

    /// How many bytes are there.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// What was noted when it began.
    pub fn stamp(&self) -> Option<&str> {
        self.stamp.as_deref()
    }

    /// Begins anew, with another note.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn restart(&mut self, stamp: Option<&str>) -> Result<(), DiskError> {
        self.file.set_len(0).context("write", &self.path)?;
        self.file.rewind().context("write", &self.path)?;
        self.length = 0;
        let beside = stamp_path(&self.path);
        self.stamp = stamp.map(str::to_owned);
        fs::write(&beside, stamp.unwrap_or_default()).context("write", &beside)
    }

    /// Adds bytes at the end.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), DiskError> {
        self.file.write_all(bytes).context("write", &self.path)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Puts the complete file where it is found by its content.
    ///
    /// # Errors
    /// It cannot be read again, or put there.
    pub fn finish(mut self) -> Result<WholeFile, DiskError> {
        self.file.rewind().context("read", &self.path)?;
        let sha256 = hash(&mut self.file).context("read", &self.path)?;
        let whole = self.folder.join(WHOLE);
        fs::create_dir_all(&whole).context("make the directory", &whole)?;
        let path = whole.join(&sha256);
        fs::rename(&self.path, &path).context("write", &path)?;
        let _ = fs::remove_file(stamp_path(&self.path));
        Ok(WholeFile { path, sha256 })
    }
}

impl WholeFile {
    /// The file with this content in the cache at `folder`. One with another content is removed.
    pub(super) fn find(folder: &Path, sha256: &str) -> Option<Self> {
        let path = folder.join(WHOLE).join(sha256);
        if !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let found = hash(&mut File::open(&path).ok()?).ok()?;
        if found != sha256 {
            let _ = fs::remove_file(&path);
            return None;
        }
        let sha256 = sha256.to_owned();
        Some(Self { path, sha256 })
    }

    /// Opens it at its beginning.
    ///
    /// # Errors
    /// It is gone, or cannot be read.
    pub fn open(&self) -> io::Result<File> {
        File::open(&self.path)
    }
}

fn open(path: &Path) -> Result<File, DiskError> {
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true).create(true).truncate(false);
    options.open(path).context("write", path)
}

fn stamp_path(path: &Path) -> PathBuf {
    path.with_extension("stamp")
}

fn read_stamp(path: &Path) -> Option<String> {
    let mut stamp = String::new();
    let file = File::open(path).ok()?;
    file.take(LONGEST_STAMP).read_to_string(&mut stamp).ok()?;
    (!stamp.is_empty()).then_some(stamp)
}

fn hash(file: &mut File) -> io::Result<String> {
    let mut sha = Sha256::new();
    let mut chunk = vec![0; 256 << 10];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(HEXLOWER.encode(&sha.finalize()));
        }
        sha.update(&chunk[..read]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cache;
    use super::*;

    #[test]
    fn what_had_come_in_is_there_the_next_time() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path(), 0);
        let mut part = cache.part("a1").unwrap();
        assert_eq!((part.length(), part.stamp()), (0, None));
        part.restart(Some("\"one\"")).unwrap();
        part.append(b"some").unwrap();
        // Somebody else who fetches the same is not in the way.
        let mut other = cache.part("a1").unwrap();
        assert_eq!((other.length(), other.stamp()), (0, None));
        other.restart(None).unwrap();
        other.append(b"other").unwrap();
        drop((part, other));
        let mut part = cache.part("a1").unwrap();
        assert_eq!((part.length(), part.stamp()), (4, Some("\"one\"")));
        part.append(b" text").unwrap();
        let whole = part.finish().unwrap();
        let mut text = String::new();
        whole.open().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "some text");
        assert!(cache.whole(&whole.sha256).is_some());
        let part = cache.part("a1").unwrap();
        assert_eq!((part.length(), part.stamp()), (0, None));
    }

    #[test]
    fn what_was_changed_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path(), 0);
        let mut part = cache.part("a1").unwrap();
        part.append(b"text").unwrap();
        let whole = part.finish().unwrap();
        fs::write(folder.path().join(WHOLE).join(&whole.sha256), "texT").unwrap();
        assert!(cache.whole(&whole.sha256).is_none());
        assert!(!folder.path().join(WHOLE).join(&whole.sha256).exists());
        assert!(cache.whole("../parts").is_none());
        assert!(cache.part("../a").is_err());
    }
}
