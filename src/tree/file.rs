//! One file: its bytes and whether it may be executed.

/// Whether a file may be executed. The bit is compared like content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// An ordinary file (0644).
    #[default]
    Plain,
    /// A program (0755).
    Executable,
}

impl Mode {
    /// The permission bits.
    pub fn bits(self) -> u32 {
        match self {
            Self::Plain => 0o644,
            Self::Executable => 0o755,
        }
    }
}

/// A file's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The bytes, unchanged.
    pub bytes: Vec<u8>,
    /// Whether it may be executed.
    pub mode: Mode,
}

impl File {
    /// An ordinary text file.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            bytes: text.into().into_bytes(),
            mode: Mode::Plain,
        }
    }

    /// The same file with another mode.
    #[must_use]
    pub fn with_mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }
}
