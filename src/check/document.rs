//! The documents of a repository: Markdown and plain text, with the blocks of code in them.

use super::Repository;
use crate::reconcile::plain;
use crate::tree::RelPath;
use std::ops::Range;

/// Names of documents that tell of the past.
const HISTORIES: [&str; 4] = ["changelog", "changes", "history", "news"];

/// The largest document that is read.
const LARGEST: usize = 1 << 20;

/// One document.
#[derive(Clone, Debug)]
pub(super) struct Document<'a> {
    /// Its file.
    pub(super) path: &'a RelPath,
    /// Its text, with plain line ends.
    pub(super) text: String,
}

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// What stands behind the fence: `bash`.
    pub(super) language: String,
    /// The lines between the fences.
    pub(super) range: Range<usize>,
}

/// The documents at the top and in `docs`, those aside that tell of the past.
pub(super) fn documents<'a>(repository: &Repository<'a>) -> Vec<Document<'a>> {
    let files = repository.survey.files.iter();
    let files = files.filter(|(path, file)| is_document(path) && file.bytes.len() <= LARGEST);
    files
        .filter_map(|(path, file)| {
            let text = plain(file)?;
            Some(Document { path, text })
        })
        .collect()
}

fn is_document(path: &RelPath) -> bool {
    let stem = path.name().split('.').next().unwrap_or_default();
    matches!(path.extension(), Some("md" | "rst" | "txt"))
        && path.parent().is_none_or(|parent| !parent.starts_with('.'))
        && !HISTORIES.contains(&stem.to_lowercase().as_str())
}

/// The lines of a piece of a text, each with its place, without the line ends.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = range.start;
    let piece = text.get(range).unwrap_or_default();
    piece.split_inclusive('\n').map(move |line| {
        let place = start..start + line.trim_end_matches('\n').len();
        start += line.len();
        (place, line.trim_end_matches('\n'))
    })
}

impl Document<'_> {
    /// Its lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        lines(&self.text, 0..self.text.len())
    }

    /// Its blocks of code. One that is never closed goes to the end.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut found = Vec::new();
        let mut open: Option<(&str, String, usize)> = None;
        for (place, line) in self.lines() {
            let line = line.trim_start();
            let fence = fence(line);
            match (&open, fence) {
                (None, Some(fence)) => {
                    let language = line.get(fence.len()..).unwrap_or_default();
                    let word = language.split_whitespace().next().unwrap_or_default();
                    open = Some((fence, word.to_lowercase(), place.end + 1));
                }
                (Some((opened, language, start)), Some(fence))
                    if fence.starts_with(opened) && line.trim_end() == fence =>
                {
                    found.push(Block {
                        language: language.clone(),
                        range: *start..place.start.max(*start),
                    });
                    open = None;
                }
                _ => {}
            }
        }
        if let Some((_, language, start)) = open {
            let range = start.min(self.text.len())..self.text.len();
            found.push(Block { language, range });
        }
        found
    }
}

/// The fence at the beginning of a line.
fn fence(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == sign).count();
    line.get(..length).filter(|_| length >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_between_their_fences() {
        let text =
            "a\n```bash\none\n```\n~~~\n```\ntwo\n~~~\n  ````md\n```\nthree\n  ````\n```sh\nlast";
        let path: RelPath = "a.md".parse().unwrap();
        let document = Document {
            path: &path,
            text: text.to_owned(),
        };
        let blocks = document.blocks();
        let told: Vec<(&str, &str)> = blocks
            .iter()
            .map(|block| {
                (
                    block.language.as_str(),
                    text.get(block.range.clone()).unwrap(),
                )
            })
            .collect();
        let expected = [
            ("bash", "one\n"),
            ("", "```\ntwo\n"),
            ("md", "```\nthree\n"),
            ("sh", "last"),
        ];
        assert_eq!(told, expected);
    }
}
