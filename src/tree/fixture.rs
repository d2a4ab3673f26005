//! A tree as one text, for tests and snapshots: each file begins with a line `//- path`.

use super::{File, Mode, Tree};

const HEAD: &str = "//- ";
const EXECUTABLE: &str = " (executable)";

impl Tree {
    /// Reads a tree from its text form. Lines before the first head are ignored.
    ///
    /// # Errors
    /// A head that is not a path.
    pub fn from_fixture(text: &str) -> Result<Self, super::RelPathError> {
        let mut tree = Self::new();
        for part in format!("\n{text}").split(&format!("\n{HEAD}")).skip(1) {
            let (head, body) = part.split_once('\n').unwrap_or((part, ""));
            let (path, mode) = match head.strip_suffix(EXECUTABLE) {
                Some(path) => (path, Mode::Executable),
                None => (head, Mode::Plain),
            };
            let body = if body.is_empty() || body.ends_with('\n') {
                body.to_owned()
            } else {
                format!("{body}\n")
            };
            tree.insert(path.parse()?, File::text(body).with_mode(mode));
        }
        Ok(tree)
    }

    /// The tree as one text. Files that are not UTF-8 are shown by their length.
    pub fn to_fixture(&self) -> String {
        let mut text = String::new();
        for (path, file) in self.iter() {
            text.push_str(HEAD);
            text.push_str(path.as_str());
            if file.mode == Mode::Executable {
                text.push_str(EXECUTABLE);
            }
            text.push('\n');
            match std::str::from_utf8(&file.bytes) {
                Ok(body) => text.push_str(body),
                Err(_) => text.extend(["(", &file.bytes.len().to_string(), " bytes)"]),
            }
            if !text.ends_with('\n') {
                text.push_str("\n(no newline at the end)\n");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_is_read_back() {
        let text = "//- a.nix\n{ }\n//- bin/run (executable)\n#!/bin/sh\nexit 0\n";
        let tree = Tree::from_fixture(text).unwrap();
        assert_eq!(tree.len(), 2);
        assert_eq!(tree.to_fixture(), text);
    }
}
