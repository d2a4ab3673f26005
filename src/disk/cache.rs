//! A folder of things that can be had again: lost, damaged or unwritable, it only costs time.
//!
//! Each entry begins with a line that holds the time of keeping and the hash of the rest, so that a truncated or changed entry
//! is known. Entries are written beside their place and renamed, so that two processes never see half of one.

use super::cache_part::{LARGE, Part, WholeFile};
use super::error::{Context, DiskError};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{Error, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

/// The first word of an entry.
const MARK: &str = "floxwright-cache-1";

/// The largest entry that is read, in bytes.
const LARGEST: u64 = 600 << 20;

/// For how many seconds an entry is kept.
const KEPT: u64 = 90 * 24 * 3600;

/// A cache in a folder.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    now: i64,
    fault: Mutex<Option<DiskError>>,
    written: AtomicU64,
}

impl Cache {
    /// The cache in `folder`, which need not be there; `now` in seconds since 1970.
    pub fn new(folder: &Path, now: i64) -> Self {
        Self {
            folder: folder.to_owned(),
            now,
            fault: Mutex::default(),
            written: AtomicU64::new(0),
        }
    }

    /// What was kept under a name, and for how many seconds; `None` too where the entry is damaged.
    pub fn load(&self, kind: &str, name: &str) -> Option<(Vec<u8>, Option<u64>)> {
        let path = self.place(kind, name)?;
        if !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let mut entry = Vec::new();
        let file = fs::File::open(&path).ok()?;
        file.take(LARGEST).read_to_end(&mut entry).ok()?;
        let end = entry.iter().position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(entry.get(..end)?).ok()?.to_owned();
        let bytes = entry.split_off(end + 1);
        let saved = head.split(' ').nth(1)?.parse::<i64>().ok()?;
        (head == first_line(saved, &bytes)).then(|| {
            let age = self
                .now
                .checked_sub(saved)
                .and_then(|age| age.try_into().ok());
            (bytes, age)
        })
    }

    /// Keeps something under a name. What goes wrong is remembered, see [`Cache::fault`].
    pub fn save(&self, kind: &str, name: &str, bytes: &[u8]) {
        let Some(path) = self.place(kind, name) else {
            return;
        };
        if let Err(error) = self.write(&path, bytes) {
            let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
            fault.get_or_insert(error);
        }
    }

    /// A large file that is to come in, as far as it has come.
    ///
    /// # Errors
    /// There is no place for it.
    pub fn part(&self, name: &str) -> Result<Part, DiskError> {
        if !is_plain(name) {
            let odd = Error::new(ErrorKind::InvalidInput, "the name is odd");
            return Err(odd).context("write", &self.folder.join(name));
        }
        let part = Part::open(&self.folder, name);
        for folder in LARGE {
            sweep(&self.folder.join(folder), self.now);
        }
        part
    }

    /// A large file by the SHA-256 of its content, in hexadecimal.
    pub fn whole(&self, sha256: &str) -> Option<WholeFile> {
        is_plain(sha256)
            .then(|| WholeFile::find(&self.folder, sha256))
            .flatten()
    }

    /// The first thing that could not be kept, and why.
    pub fn fault(&self) -> Option<DiskError> {
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        fault.take()
    }

    /// Names come from hashes; anything else is not kept.
    fn place(&self, kind: &str, name: &str) -> Option<PathBuf> {
        is_plain(name).then(|| self.folder.join(kind).join(name))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let folder = path.parent().unwrap_or(path);
        fs::create_dir_all(folder).context("make the directory", folder)?;
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        if number == 0 {
            sweep(folder, self.now);
        }
        let beside = folder.join(format!(".{}-{number}", std::process::id()));
        // A leftover of a killed process with the same number.
        let _ = fs::remove_file(&beside);
        let mut options = fs::OpenOptions::new();
        let written = options
            .write(true)
            .create_new(true)
            .open(&beside)
            .and_then(|mut file| {
                file.write_all(format!("{}\n", first_line(self.now, bytes)).as_bytes())?;
                file.write_all(bytes)
            })
            .and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written.context("write", path)
    }
}

/// Whether a name is one that a hash has.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Removes what has not been written for long, leftovers of killed processes included.
fn sweep(folder: &Path, now: i64) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let now = Duration::from_secs(u64::try_from(now).unwrap_or_default());
    for entry in entries.flatten() {
        let written = entry.metadata().and_then(|metadata| metadata.modified());
        let written = written
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let age = written.and_then(|written| now.checked_sub(written));
        if age.is_some_and(|age| age.as_secs() > KEPT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn first_line(saved: i64, bytes: &[u8]) -> String {
    let digest = HEXLOWER.encode(&Sha256::digest(bytes));
    format!("{MARK} {saved} {digest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(folder: &Path, now: i64) -> Cache {
        Cache::new(&folder.join("cache"), now)
    }

    #[test]
    fn what_is_kept_comes_back_with_its_age() {
        let folder = tempfile::tempdir().unwrap();
        let old = cache(folder.path(), 1000);
        assert_eq!(old.load("pages", "a1"), None);
        old.save("pages", "a1", b"two\nlines");
        old.save("files", "a1", b"");
        let now = cache(folder.path(), 1060);
        let kept = |kind: &str| now.load(kind, "a1").unwrap();
        assert_eq!(kept("pages"), (b"two\nlines".to_vec(), Some(60)));
        assert_eq!(kept("files"), (Vec::new(), Some(60)));
        assert_eq!(cache(folder.path(), 9).load("files", "a1").unwrap().1, None);
        assert!(now.fault().is_none());
        let left = fs::read_dir(folder.path().join("cache/pages")).unwrap();
        assert_eq!(left.count(), 1);
    }

    /// Spoils an entry; it must not come back, and must be writable again.
    fn check_spoilt(spoil: impl Fn(&Path)) {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), 1000);
        cache.save("pages", "a1", b"a page of the index");
        spoil(&folder.path().join("cache/pages/a1"));
        assert_eq!(cache.load("pages", "a1"), None);
        cache.save("pages", "a1", b"again");
        assert_eq!(cache.load("pages", "a1").unwrap().0, b"again");
    }

    #[test]
    fn a_damaged_entry_is_none() {
        let change = |path: &Path, change: &dyn Fn(&mut Vec<u8>)| {
            let mut bytes = fs::read(path).unwrap();
            change(&mut bytes);
            fs::write(path, bytes).unwrap();
        };
        check_spoilt(|path| change(path, &|bytes| bytes.truncate(bytes.len() - 1)));
        check_spoilt(|path| change(path, &|bytes| bytes.truncate(10)));
        check_spoilt(|path| change(path, &Vec::clear));
        check_spoilt(|path| change(path, &|bytes| *bytes.last_mut().unwrap() ^= 1));
        check_spoilt(|path| change(path, &|bytes| bytes[0] ^= 1));
        check_spoilt(|path| fs::remove_file(path).unwrap());
        check_spoilt(|path| {
            let other = path.with_file_name("b2");
            fs::rename(path, &other).unwrap();
            std::os::unix::fs::symlink(other, path).unwrap();
        });
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_remembered_and_nothing_more() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("cache");
        fs::write(&taken, "a file").unwrap();
        let cache = Cache::new(&taken, 1000);
        cache.save("pages", "a1", b"text");
        cache.save("pages", "a2", b"text");
        assert_eq!(cache.load("pages", "a1"), None);
        assert!(cache.fault().is_some());
        assert!(cache.fault().is_none());
    }

    #[test]
    fn two_that_write_the_same_leave_a_whole_entry() {
        let folder = tempfile::tempdir().unwrap();
        let texts = [vec![b'a'; 300_000], vec![b'b'; 300_000]];
        std::thread::scope(|scope| {
            for text in &texts {
                scope.spawn(|| {
                    let cache = cache(folder.path(), 1000);
                    for number in 0..20 {
                        // Each process counts for itself; here the numbers keep the two apart.
                        cache
                            .written
                            .store(number * 2 + u64::from(text[0]) % 2, Ordering::Relaxed);
                        cache.save("files", "a1", text);
                        let found = cache.load("files", "a1").unwrap().0;
                        assert!(texts.contains(&found));
                    }
                });
            }
        });
    }

    #[test]
    fn old_entries_are_swept_and_odd_names_are_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        cache(folder.path(), 1000).save("pages", "a1", b"text");
        let written = fs::metadata(folder.path().join("cache/pages/a1")).unwrap();
        let written = written
            .modified()
            .unwrap()
            .duration_since(UNIX_EPOCH)
            .unwrap();
        let later = i64::try_from(written.as_secs() + KEPT + 2).unwrap();
        let later = cache(folder.path(), later);
        later.save("pages", "../a3", b"text");
        later.save("pages", "a2", b"text");
        assert_eq!(later.load("pages", "a1"), None);
        assert!(later.load("pages", "a2").is_some());
        assert!(!folder.path().join("cache/a3").exists());
    }
}
