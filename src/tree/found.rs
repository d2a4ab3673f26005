//! What stands at a path of a repository.

use super::{File, RelPath};

/// What stands at a path. Links are seen, never followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    #[default]
    Absent,
    /// A regular file.
    File(File),
    /// Something that is no regular file.
    Other(Kind),
    /// Nothing can stand there: what should be a directory on the way is none.
    Behind(RelPath, Kind),
}

/// What is no regular file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A regular file, where a directory is needed.
    File,
    /// A directory, where a file is needed.
    Directory,
    /// A symbolic link.
    Link,
    /// A device, a pipe, a socket.
    Special,
}

impl Kind {
    /// In a person's words, with its article.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::Directory => "a directory",
            Self::Link => "a link",
            Self::Special => "a special file",
        }
    }
}

impl Found {
    /// The regular file, if that is what stands there.
    pub fn file(&self) -> Option<&File> {
        match self {
            Self::File(file) => Some(file),
            _ => None,
        }
    }
}
