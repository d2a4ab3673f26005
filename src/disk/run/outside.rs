//! The one file that a change touches outside what is renamed by the journal: git's index. It is made ready with everything
//! else, and comes after the confirmation, by git's own protocol: the new one is `FILE.lock` for a moment, then `FILE`. Because
//! the new one has a second name here, the next run knows whose lock it is that a killed one left, and brings the index up to date.

use super::{Run, own};
use crate::disk::error::{Context, DiskError};
use crate::tree::{Found, RelPath};
use rustix::fs::{self, AtFlags, CWD, Mode as Bits, OFlags};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where the new file waits until the change is confirmed, below the run's directory.
const READY: &str = "outside";

/// A file that comes after the confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follower {
    /// Where it is, an absolute path.
    pub place: PathBuf,
    /// The digest of what is there now; empty where there is nothing.
    pub before: String,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// There was nothing to do.
    Nothing,
    /// The new file is there.
    Done,
    /// Somebody else holds the lock.
    Locked,
    /// The file is not what the new one was made from.
    Changed,
}

impl Follower {
    /// For the file at `place`.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of(place: PathBuf) -> Result<Self, DiskError> {
        let before = digest(&place)?;
        Ok(Self { place, before })
    }

    fn lock(&self) -> PathBuf {
        let mut lock = self.place.clone().into_os_string();
        lock.push(".lock");
        lock.into()
    }
}

impl Run {
    /// Where the new file has to be put before the change is applied. What is there goes if the change does not come about.
    ///
    /// # Errors
    /// The system refuses.
    pub fn ready(&self) -> Result<PathBuf, DiskError> {
        self.root.make(&own("now"))?;
        Ok(self.root.path.join(own(&format!("now/{READY}")).as_str()))
    }

    /// Lets the file follow the confirmed change, if there is one that has not yet.
    ///
    /// # Errors
    /// The system refuses; the file is as it was then, and is not tried again.
    pub fn follow(&self) -> Result<Followed, DiskError> {
        let ready = own(&format!("last/{READY}"));
        if !self.root.is_there(&ready)? {
            return Ok(Followed::Nothing);
        }
        let journal = self.journal("last")?;
        let followed = match journal.and_then(|journal| journal.follower) {
            Some(follower) => self.publish(&ready, &follower),
            None => Ok(Followed::Nothing),
        };
        let gone = self.root.unlink(&ready);
        let followed = followed?;
        gone?;
        Ok(followed)
    }

    fn publish(&self, ready: &RelPath, follower: &Follower) -> Result<Followed, DiskError> {
        let lock = follower.lock();
        if !self.lock_as(ready, &lock)? {
            return Ok(Followed::Locked);
        }
        let published = self.publish_locked(follower, &lock);
        if !matches!(published, Ok(Followed::Done)) && self.root.gate.pass("remove").is_ok() {
            let _ = fs::unlink(&lock);
        }
        published
    }

    /// Makes the new file the lock; `false` where somebody else holds it.
    fn lock_as(&self, ready: &RelPath, lock: &Path) -> Result<bool, DiskError> {
        self.root.gate.pass("lock").context("lock", lock)?;
        let held = self.root.held(ready)?;
        match fs::linkat(&held, ready.name(), CWD, lock, AtFlags::empty()) {
            Ok(()) => Ok(true),
            Err(Errno::EXIST) => {
                let ours = fs::statat(&held, ready.name(), AtFlags::SYMLINK_NOFOLLOW);
                let ours = ours.map_err(io::Error::from).context("look at", lock)?;
                let there = fs::lstat(lock)
                    .map_err(io::Error::from)
                    .context("look at", lock)?;
                Ok((ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino))
            }
            // Another file system, or one without such names: a copy.
            Err(Errno::XDEV | Errno::PERM | Errno::OPNOTSUPP | Errno::MLINK | Errno::NOSYS) => {
                self.copy_as(ready, lock)
            }
            Err(error) => Err(io::Error::from(error)).context("lock", lock),
        }
    }

    fn copy_as(&self, ready: &RelPath, lock: &Path) -> Result<bool, DiskError> {
        let Found::File(file) = self.root.look(ready)? else {
            return Ok(false);
        };
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        match fs::openat(CWD, lock, flags, Bits::from_raw_mode(0o666)) {
            Err(Errno::EXIST) => Ok(false),
            opened => {
                let mut opened: std::fs::File = opened
                    .map(Into::into)
                    .map_err(io::Error::from)
                    .context("lock", lock)?;
                let written = opened.write_all(&file.bytes).context("write", lock);
                if written.is_err() {
                    let _ = fs::unlink(lock);
                }
                written.map(|()| true)
            }
        }
    }

    fn publish_locked(&self, follower: &Follower, lock: &Path) -> Result<Followed, DiskError> {
        let place = &follower.place;
        if digest(place)? != follower.before {
            return Ok(Followed::Changed);
        }
        let passed = self.root.gate.pass("replace");
        let renamed = passed.and_then(|()| Ok(fs::rename(lock, place)?));
        renamed.context("replace", place)?;
        Ok(Followed::Done)
    }
}

/// The digest of a file; empty where there is none.
fn digest(place: &Path) -> Result<String, DiskError> {
    match std::fs::read(place) {
        Ok(bytes) => Ok(data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error).context("read", place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::gate::Gate;
    use crate::disk::root::Root;
    use crate::disk::run::{Applied, Swap, Wanted};
    use crate::tree::File;
    use std::cell::Cell;
    use std::rc::Rc;

    /// A place with a file outside, and a change that it follows.
    struct Outside {
        folder: tempfile::TempDir,
    }

    impl Outside {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            std::fs::create_dir(folder.path().join("inside")).unwrap();
            std::fs::write(folder.path().join("index"), "old").unwrap();
            Self { folder }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn text(&self, name: &str) -> Option<String> {
            std::fs::read_to_string(self.path(name)).ok()
        }

        /// Applies the change, and lets the file follow; dies before a step.
        fn run(&self, dies: usize) -> (Result<Followed, DiskError>, usize) {
            let mut root = Root::open(&self.path("inside")).unwrap();
            let count = Rc::new(Cell::new(0));
            let counted = Rc::clone(&count);
            root.gate = Gate::asking(move |_| {
                counted.set(counted.get() + 1);
                if counted.get() > dies {
                    return Err(io::Error::from_raw_os_error(28));
                }
                Ok(())
            });
            let done = Run::begin_at(root).and_then(|run| {
                let follower = Follower::of(self.path("index"))?;
                std::fs::write(run.ready()?, "new").unwrap();
                let path: RelPath = "a".parse().unwrap();
                let swap = Swap {
                    path: path.clone(),
                    before: None,
                    after: Some(File::text("a")),
                };
                let wanted = Wanted {
                    files: vec![swap],
                    inputs: [(path, Found::Absent)].into(),
                    follower: Some(follower),
                    ..Wanted::default()
                };
                assert_eq!(run.apply(&wanted, &|| false)?, Applied::Done);
                run.follow()
            });
            (done, count.get())
        }
    }

    #[test]
    fn it_follows_what_was_confirmed_wherever_the_process_dies() {
        let mut followed = 0;
        for dies in 0.. {
            let outside = Outside::new();
            let (done, count) = outside.run(dies);
            drop(Run::begin(&outside.path("inside")).unwrap());
            let is_new = outside.text("inside/a").is_some();
            let expected = if is_new { "new" } else { "old" };
            assert_eq!(outside.text("index").as_deref(), Some(expected), "{dies}");
            assert_eq!(outside.text("index.lock"), None, "{dies}");
            assert_eq!(outside.text("inside/.floxwright/run/last/outside"), None);
            followed += usize::from(is_new);
            if count <= dies {
                assert_eq!(done.unwrap(), Followed::Done);
                assert!(followed > 4, "{followed}");
                break;
            }
        }
    }

    #[test]
    fn what_somebody_else_holds_or_changed_is_left_alone() {
        let outside = Outside::new();
        std::fs::write(outside.path("index.lock"), "theirs").unwrap();
        assert_eq!(outside.run(usize::MAX).0.unwrap(), Followed::Locked);
        assert_eq!(outside.text("index").as_deref(), Some("old"));
        assert_eq!(outside.text("index.lock").as_deref(), Some("theirs"));

        let outside = Outside::new();
        let run = Run::begin(&outside.path("inside")).unwrap();
        let follower = Follower::of(outside.path("index")).unwrap();
        std::fs::write(run.ready().unwrap(), "new").unwrap();
        std::fs::write(outside.path("index"), "changed").unwrap();
        let wanted = Wanted {
            follower: Some(follower),
            ..Wanted::default()
        };
        assert_eq!(run.apply(&wanted, &|| false).unwrap(), Applied::Done);
        assert_eq!(run.follow().unwrap(), Followed::Changed);
        assert_eq!(run.follow().unwrap(), Followed::Nothing);
        assert_eq!(outside.text("index").as_deref(), Some("changed"));
        assert_eq!(outside.text("index.lock"), None);
    }
}
