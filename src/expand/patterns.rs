//! Lines of patterns, as git ignores files by them: the last line that matches a path decides.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// What a list says of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// It matches.
    Yes,
    /// It is excepted, by a line that begins with `!`.
    No,
}

/// One line.
#[derive(Clone, Copy, Debug)]
struct Line {
    excepts: bool,
    only_directories: bool,
}

/// A list of patterns.
#[derive(Clone, Debug)]
pub(super) struct Patterns {
    set: GlobSet,
    lines: Vec<Line>,
}

/// Gathers the lines of a list.
#[derive(Debug)]
pub(super) struct PatternsBuilder {
    set: GlobSetBuilder,
    lines: Vec<Line>,
}

impl PatternsBuilder {
    /// No line.
    pub(super) fn new() -> Self {
        Self {
            set: GlobSetBuilder::new(),
            lines: Vec::new(),
        }
    }

    /// Adds a line; comments and empty lines say nothing.
    ///
    /// # Errors
    /// A line that is no pattern.
    pub(super) fn add(&mut self, text: &str) -> Result<(), globset::Error> {
        if text.starts_with('#') {
            return Ok(());
        }
        let mut text = if text.ends_with("\\ ") {
            text
        } else {
            text.trim_end()
        };
        if text.is_empty() {
            return Ok(());
        }
        let escaped = text.starts_with("\\!") || text.starts_with("\\#");
        let mut line = Line {
            excepts: false,
            only_directories: false,
        };
        if escaped {
            text = &text[1..];
        } else if let Some(rest) = text.strip_prefix('!') {
            line.excepts = true;
            text = rest;
        }
        let mut anchored = false;
        if let (false, Some(rest)) = (escaped, text.strip_prefix('/')) {
            anchored = true;
            text = rest;
        }
        if let Some(rest) = text.strip_suffix('/') {
            line.only_directories = true;
            text = rest.strip_suffix('\\').unwrap_or(rest);
        }
        let glob = GlobBuilder::new(&glob_of(text, anchored))
            .literal_separator(true)
            .backslash_escape(true)
            .build()?;
        self.set.add(glob);
        self.lines.push(line);
        Ok(())
    }

    /// The list.
    ///
    /// # Errors
    /// Patterns that are too large together.
    pub(super) fn build(self) -> Result<Patterns, globset::Error> {
        Ok(Patterns {
            set: self.set.build()?,
            lines: self.lines,
        })
    }
}

/// A pattern without a slash matches at any depth; one for all that is in a directory does not match the directory.
fn glob_of(text: &str, anchored: bool) -> String {
    let anywhere = !anchored && !text.contains('/') && !text.starts_with("**/");
    let start = if anywhere { "**/" } else { "" };
    let end = if text.ends_with("/**") { "/*" } else { "" };
    format!("{start}{text}{end}")
}

impl Patterns {
    /// What the list says of `path` itself.
    pub(super) fn of(&self, path: &str, is_directory: bool) -> Option<Says> {
        let matches = self.set.matches(path).into_iter().rev();
        let lines = matches.map(|number| self.lines[number]);
        let mut counting = lines.filter(|line| is_directory || !line.only_directories);
        counting
            .next()
            .map(|line| if line.excepts { Says::No } else { Says::Yes })
    }

    /// What the list says of the file `path`, or of the nearest directory above it of which it says something. The top is one of them.
    pub(super) fn of_file_or_above(&self, path: &str) -> Option<Says> {
        let above = path.rmatch_indices('/').map(|(at, _)| &path[..at]);
        let above = above.chain([""]);
        self.of(path, false)
            .or_else(|| above.into_iter().find_map(|parent| self.of(parent, true)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_git() {
        for (lines, path, expected) in [
            ("*.rs", "src/a.rs", Some(Says::Yes)),
            ("/*.rs", "src/a.rs", None),
            ("src", "src/a/b", Some(Says::Yes)),
            ("src/", "src/a", Some(Says::Yes)),
            ("src/", "src", None),
            ("*\n!a.rs", "a.rs", Some(Says::No)),
            ("!a.rs\n*", "a.rs", Some(Says::Yes)),
            ("src/**", "src/a", Some(Says::Yes)),
            ("**/b", "a/b", Some(Says::Yes)),
            ("a/b", "x/a/b", None),
            ("\\!x", "!x", Some(Says::Yes)),
            ("# no", "# no", None),
            ("a ", "a", Some(Says::Yes)),
            ("{{a}}/*.rs", "{{a}}/x.rs", None),
            ("/", "a/b", Some(Says::Yes)),
        ] {
            let mut builder = PatternsBuilder::new();
            for line in lines.lines() {
                builder.add(line).unwrap();
            }
            let patterns = builder.build().unwrap();
            assert_eq!(patterns.of_file_or_above(path), expected, "{lines}: {path}");
        }
    }
}
