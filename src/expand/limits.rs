//! How much a template can hold, wherever it is read from.

/// The most files and directories that a template can hold.
pub const MOST_ENTRIES: usize = 200_000;

/// The most bytes, of all files together.
pub const MOST_BYTES: u64 = 2 << 30;

/// The most directories one inside the other.
pub const DEEPEST: usize = 100;
