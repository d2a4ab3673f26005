//! What becomes of a file of the repository that is taken over.

use crate::tree::RelPath;

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there as it would be made.
    Same,
    /// The made text takes its place.
    Replaced,
    /// The made text takes its place, with what was made by hand in it.
    Carried,
    /// The person's text stays, with what is made added to it.
    Merged,
    /// It stays as it is, and is the person's.
    Kept,
    /// It goes to another path.
    Moved(RelPath),
    /// It goes: what it says is said elsewhere.
    Removed,
    /// Both are kept, and the person decides.
    Conflict,
}

impl Fate {
    /// One word for it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Replaced => "replaced",
            Self::Carried => "carried",
            Self::Merged => "merged",
            Self::Kept => "kept",
            Self::Moved(_) => "moved",
            Self::Removed => "removed",
            Self::Conflict => "conflict",
        }
    }
}

/// A file and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFate {
    /// Where it is.
    pub path: RelPath,
    /// What becomes of it.
    pub fate: Fate,
    /// Why, one sentence each.
    pub because: Vec<String>,
}
