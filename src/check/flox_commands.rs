//! The commands that a document tells a person to type: what stands in its blocks of shell.

use super::document::{Document, lines};
use std::ops::Range;

/// Languages of such blocks.
const SHELLS: [&str; 7] = ["", "bash", "console", "sh", "shell", "shell-session", "zsh"];

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command<'a> {
    /// Its words, with the place of each.
    pub(super) words: Vec<(Range<usize>, &'a str)>,
}

/// The commands of a document. What is written into a file or read from one is none.
pub(super) fn commands<'a>(document: &'a Document<'_>) -> Vec<Command<'a>> {
    let mut found = Vec::new();
    for block in document.blocks() {
        if !SHELLS.contains(&block.language.as_str()) {
            continue;
        }
        let mut end: Option<&str> = None;
        for (place, line) in lines(&document.text, block.range) {
            if let Some(word) = end {
                if line.trim() == word {
                    end = None;
                }
                continue;
            }
            let line = uncommented(line);
            end = here_document(line);
            found.extend(split(line, place.start));
        }
    }
    found
}

/// A line without the comment at its end.
fn uncommented(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    line.find(" #")
        .and_then(|at| line.get(..at))
        .unwrap_or(line)
}

/// The word that ends what is written into a file from here on.
fn here_document(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("<<")?;
    let word = rest.trim_start_matches('-').split_whitespace().next()?;
    Some(word.trim_matches(['\'', '"']))
}

/// The commands of a line.
fn split(line: &str, start: usize) -> Vec<Command<'_>> {
    let mut commands = vec![Command { words: Vec::new() }];
    let mut at = 0;
    for piece in line.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let place = start + at..start + at + word.len();
        at += piece.len();
        let is_prompt = matches!(word, "$" | ">") && at == piece.len();
        if word.is_empty() || is_prompt {
            continue;
        }
        if matches!(word, "&&" | "||" | "|" | ";") {
            commands.push(Command { words: Vec::new() });
            continue;
        }
        let ends = word.ends_with(';');
        let word = word.trim_end_matches(';');
        if let Some(last) = commands.last_mut() {
            let end = place.start + word.len();
            last.words.push((place.start..end, word));
        }
        if ends {
            commands.push(Command { words: Vec::new() });
        }
    }
    commands.retain(|command| !command.words.is_empty());
    commands
}

impl<'a> Command<'a> {
    /// Whether it begins with these words.
    pub(super) fn starts_with(&self, words: &[&str]) -> bool {
        let own = self.words.iter().map(|(_, word)| *word);
        own.take(words.len()).eq(words.iter().copied())
    }

    /// What is behind its first `skipped` words and is no flag. The word behind a flag of `valued` belongs to the flag.
    pub(super) fn operands(&self, skipped: usize, valued: &[&str]) -> Vec<(Range<usize>, &'a str)> {
        let mut found = Vec::new();
        let mut words = self.words.iter().skip(skipped);
        while let Some((place, word)) = words.next() {
            if valued.contains(word) {
                words.next();
            } else if !word.starts_with('-') {
                found.push((place.clone(), *word));
            }
        }
        found
    }

    /// From its first word to its last.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.words.first().map_or(0, |(place, _)| place.start);
        start..self.words.last().map_or(start, |(place, _)| place.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::RelPath;

    #[test]
    fn commands_are_read_word_by_word() {
        let path: RelPath = "a.md".parse().unwrap();
        let text = "```bash\n$ flox build one # builds\n# no\ncat > x <<'EOF'\nflox build two\nEOF\ngit add . && flox publish -o acme three; true\n```\n```nix\nflox build four\n```\n";
        let document = Document {
            path: &path,
            text: text.to_owned(),
        };
        let told: Vec<String> = commands(&document)
            .iter()
            .map(|command| text.get(command.range()).unwrap().to_owned())
            .collect();
        let expected = [
            "flox build one",
            "cat > x <<'EOF'",
            "git add .",
            "flox publish -o acme three",
            "true",
        ];
        assert_eq!(told, expected);
        let all = commands(&document);
        let publish = all.iter().find(|one| one.starts_with(&["flox", "publish"]));
        let operands = publish.unwrap().operands(2, &["-o"]);
        assert_eq!(
            operands.iter().map(|(_, word)| *word).collect::<Vec<_>>(),
            ["three"]
        );
    }
}
