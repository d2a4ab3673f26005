//! What the program knows of its terminal, and what follows from it. Nothing here looks at the world: `main` hands it in.

use std::io::IsTerminal;

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// Where the stream is a terminal and nothing speaks against it.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// What a standard stream is connected to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stream {
    /// A terminal.
    Terminal,
    /// A file, a pipe, nothing.
    #[default]
    Elsewhere,
}

impl Stream {
    /// What this stream is connected to.
    pub fn of(stream: &impl IsTerminal) -> Self {
        if stream.is_terminal() {
            Self::Terminal
        } else {
            Self::Elsewhere
        }
    }

    fn is_terminal(self) -> bool {
        self == Self::Terminal
    }
}

/// The facts about the terminal, collected once by `main`. Values of variables are as they are set, `None` when unset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalFacts {
    /// Standard input.
    pub stdin: Stream,
    /// Standard output.
    pub stdout: Stream,
    /// Standard error.
    pub stderr: Stream,
    /// `TERM`.
    pub term: Option<String>,
    /// `NO_COLOR`.
    pub no_color: Option<String>,
    /// `ACCESSIBLE`.
    pub accessible: Option<String>,
    /// `CI`.
    pub ci: Option<String>,
    /// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set and not empty.
    pub locale: Option<String>,
}

/// Everything that [`Ui`](super::Ui) is built from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `--color`.
    pub color: Color,
    /// `--plain`: numbered lines, no cursor movement.
    pub plain: bool,
    /// The terminal.
    pub facts: TerminalFacts,
}

impl Settings {
    /// Whether questions are asked on plain lines.
    pub fn is_plain(&self) -> bool {
        self.plain || self.is_dumb() || says_yes(self.facts.accessible.as_deref())
    }

    /// Whether somebody is there to be asked: input and talk are on a terminal, and it is no CI job.
    pub fn can_ask(&self) -> bool {
        self.facts.stdin.is_terminal()
            && self.facts.stderr.is_terminal()
            && !says_yes(self.facts.ci.as_deref())
    }

    /// Whether escape sequences may go to standard output.
    pub(super) fn styles_stdout(&self) -> bool {
        self.styles(self.facts.stdout)
    }

    /// Whether escape sequences may go to standard error.
    pub(super) fn styles_stderr(&self) -> bool {
        self.styles(self.facts.stderr)
    }

    /// Whether something may move on standard error.
    pub(super) fn animates(&self) -> bool {
        self.styles_stderr()
            && self.facts.stderr.is_terminal()
            && !self.is_plain()
            && !says_yes(self.facts.ci.as_deref())
    }

    /// Whether the terminal shows more than ASCII.
    pub(super) fn is_utf8(&self) -> bool {
        let locale = self.facts.locale.as_deref().unwrap_or_default();
        let locale = locale.to_ascii_lowercase();
        locale.ends_with("utf-8") || locale.ends_with("utf8")
    }

    fn styles(&self, stream: Stream) -> bool {
        match self.color {
            Color::Always => !self.is_plain(),
            Color::Never => false,
            Color::Auto => {
                let forbidden = self.facts.no_color.as_deref();
                stream.is_terminal() && forbidden.is_none_or(str::is_empty) && !self.is_plain()
            }
        }
    }

    fn is_dumb(&self) -> bool {
        self.facts.term.as_deref() == Some("dumb")
    }
}

/// Whether a variable is switched on: set, and not to nothing, `0` or `false`.
fn says_yes(value: Option<&str>) -> bool {
    value.is_some_and(|value| !matches!(value, "" | "0" | "false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_a_terminal() -> Settings {
        Settings {
            facts: TerminalFacts {
                stdin: Stream::Terminal,
                stdout: Stream::Terminal,
                stderr: Stream::Terminal,
                term: Some("xterm".into()),
                locale: Some("C.UTF-8".into()),
                ..TerminalFacts::default()
            },
            ..Settings::default()
        }
    }

    #[test]
    fn a_terminal_has_everything() {
        let settings = on_a_terminal();
        assert!(settings.styles_stdout() && settings.styles_stderr() && settings.animates());
        assert!(settings.can_ask() && !settings.is_plain() && settings.is_utf8());
    }

    #[test]
    fn the_two_outputs_are_decided_separately() {
        let mut settings = on_a_terminal();
        settings.facts.stdout = Stream::Elsewhere;
        assert!(!settings.styles_stdout() && settings.styles_stderr());
        settings.color = Color::Always;
        assert!(settings.styles_stdout());
    }

    #[test]
    fn every_way_to_say_no_is_heard() {
        let ways: [fn(&mut Settings); 5] = [
            |s| s.facts.no_color = Some("1".into()),
            |s| s.facts.term = Some("dumb".into()),
            |s| s.color = Color::Never,
            |s| s.plain = true,
            |s| s.facts.accessible = Some("1".into()),
        ];
        for (number, way) in ways.into_iter().enumerate() {
            let mut settings = on_a_terminal();
            way(&mut settings);
            let quiet = !settings.styles_stdout() && !settings.styles_stderr();
            assert!(quiet && !settings.animates(), "way {number}");
        }
    }

    #[test]
    fn nobody_is_asked_without_a_terminal_or_in_a_ci_job() {
        let ways: [fn(&mut Settings); 3] = [
            |s| s.facts.stdin = Stream::Elsewhere,
            |s| s.facts.stderr = Stream::Elsewhere,
            |s| s.facts.ci = Some("true".into()),
        ];
        for way in ways {
            let mut settings = on_a_terminal();
            way(&mut settings);
            assert!(!settings.can_ask());
        }
    }
}
