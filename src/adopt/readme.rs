//! What the documents of a repository say: where they stand, and who publishes.

use super::evidence::{Inference, Place, Sure};
use super::infer::{Look, one};
use crate::ask::{Field, Value};
use crate::tree::RelPath;

/// Whether a file is a document.
pub(super) fn is_document(path: &RelPath) -> bool {
    matches!(path.extension(), Some("md" | "txt" | "rst"))
}

/// Where the documents stand: at the root, where one that a scaffold would make stands there, or one that it takes the place of.
pub(super) fn documents_dir(look: &Look<'_>) -> Option<Inference> {
    let names: Vec<String> = look
        .scaffold
        .outputs
        .iter()
        .filter(|output| output.path.contains("documents.prefix"))
        .flat_map(|output| {
            let own = output.path.rsplit(['}', '/', ' ']).next();
            own.map(str::to_owned)
                .into_iter()
                .chain(output.aliases.iter().cloned())
        })
        .collect();
    let is_known = |path: &&RelPath| names.iter().any(|name| name == path.name());
    let found = look.survey.files.paths().find(is_known)?;
    let directory = found.parent().unwrap_or(".");
    let because = "its documents stand there";
    Some(
        one(
            Field::DocumentsDir,
            Value::one(directory),
            Sure::Certain,
            because,
        )
        .at([Place::top(found)]),
    )
}

/// The organisation that a document publishes for; words that stand for a name are none.
pub(super) fn handle(look: &Look<'_>) -> Option<Inference> {
    let documents = look
        .survey
        .files
        .iter()
        .filter(|(path, _)| is_document(path));
    for (path, _) in documents {
        let text = look.survey.text(path.as_str())?;
        for (at, line) in text.lines().enumerate() {
            let Some((_, rest)) = line.split_once("flox publish ") else {
                continue;
            };
            let mut words = rest.split_whitespace();
            let flag = words.by_ref().find(|word| ["-o", "--org"].contains(word));
            let name = flag
                .and_then(|_| words.next())
                .map(|word| word.trim_matches('`'));
            if let Some(name) = name.filter(|name| is_name(name)) {
                let place = Place {
                    path: path.clone(),
                    line: at + 1,
                };
                let because = "the documents publish for it";
                return Some(
                    one(Field::Handle, Value::one(name), Sure::Guess, because).at([place]),
                );
            }
        }
    }
    None
}

fn is_name(word: &str) -> bool {
    let stands_for = ["my", "your", "user", "<", "$", "org", "handle"];
    !stands_for
        .iter()
        .any(|start| word.to_lowercase().starts_with(start))
        && (3..=63).contains(&word.len())
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
