//! Tones and signs. A text carries a tone; whether a tone becomes an escape sequence is decided here, once per stream.

/// How a piece of text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Ordinary text.
    Plain,
    /// What the eye should find first.
    Strong,
    /// What may be overlooked.
    Quiet,
    /// What is chosen or can be typed.
    Accent,
    /// What is new or went well.
    Good,
    /// What deserves care.
    Warn,
    /// What is wrong or goes away.
    Bad,
}

impl Tone {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Quiet => "2",
            Self::Accent => "36",
            Self::Good => "32",
            Self::Warn => "33",
            Self::Bad => "31",
        }
    }
}

/// What one stream can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Paint {
    /// Whether tones become escape sequences.
    pub(super) styled: bool,
    /// Whether signs may be more than ASCII.
    pub(super) utf8: bool,
}

impl Paint {
    /// The text in its tone.
    pub(super) fn tone(self, tone: Tone, text: &str) -> String {
        if self.styled && !tone.code().is_empty() && !text.is_empty() {
            format!("\x1b[{}m{text}\x1b[0m", tone.code())
        } else {
            text.to_owned()
        }
    }

    /// Says that something was cut off.
    pub(super) fn more(self) -> &'static str {
        if self.utf8 { "…" } else { "..." }
    }

    /// Stands before what would be taken.
    pub(super) fn pointer(self) -> &'static str {
        if self.utf8 { "❯" } else { ">" }
    }

    /// Stands between two things in a line.
    pub(super) fn dot(self) -> &'static str {
        if self.utf8 { " · " } else { " | " }
    }

    /// The keys that go up and down.
    pub(super) fn up_down(self) -> &'static str {
        if self.utf8 { "↑↓" } else { "Up/Down" }
    }

    /// The keys that go left and right.
    pub(super) fn left_right(self) -> &'static str {
        if self.utf8 { "←→" } else { "Left/Right" }
    }

    /// A horizontal line.
    pub(super) fn rule(self, columns: usize) -> String {
        if self.utf8 { "─" } else { "-" }.repeat(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_styles_there_is_not_one_escape() {
        let paint = Paint::default();
        for tone in [Tone::Strong, Tone::Quiet, Tone::Bad] {
            assert_eq!(paint.tone(tone, "x"), "x");
        }
        let styled = Paint {
            styled: true,
            utf8: false,
        };
        assert_eq!(styled.tone(Tone::Bad, "x"), "\x1b[31mx\x1b[0m");
        assert_eq!(styled.tone(Tone::Plain, "x"), "x");
    }
}
