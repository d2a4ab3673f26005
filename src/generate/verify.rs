//! Every generated file is what its name says: Nix, TOML, JSON and YAML parse; Nix is in its official format.

use crate::nix::{check_nix, format_nix};
use crate::tree::RelPath;

/// A generated file that is not what its name says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the generated file `{path}` is not valid: {cause}")]
pub struct Invalid {
    /// The file.
    pub path: RelPath,
    /// What its parser says.
    pub cause: String,
}

/// The final form of a rendered text: Nix formatted, Markdown without runs of empty lines, one line end at the end.
pub(super) fn formatted(path: &RelPath, text: &str) -> Result<String, Invalid> {
    let invalid = |cause: String| Invalid {
        path: path.clone(),
        cause,
    };
    let text = match path.extension() {
        Some("nix") => format_nix(text).map_err(|error| invalid(error.to_string()))?,
        Some("md") => without_runs_of_empty_lines(text),
        _ => format!("{}\n", text.trim_end()),
    };
    check(path, &text).map_err(invalid)?;
    Ok(text)
}

/// Whether files of this name are parsed before they are written, so that they have to stay parseable.
pub fn is_parsed(path: &RelPath) -> bool {
    matches!(
        path.extension(),
        Some("nix" | "lock" | "json" | "toml" | "yml" | "yaml")
    )
}

/// Whether a text is what the file's name says.
///
/// # Errors
/// What the parser says.
pub fn check(path: &RelPath, text: &str) -> Result<(), String> {
    match path.extension() {
        Some("nix") => check_nix(text).map_err(|error| error.to_string()),
        // Flox's lock is JSON.
        Some("lock") if path.name() == "manifest.lock" => json(text),
        Some("json") => json(text),
        Some("toml" | "lock") => text
            .parse::<toml_edit::DocumentMut>()
            .map(drop)
            .map_err(|error| error.to_string()),
        Some("yml" | "yaml") => yaml(text),
        _ => Ok(()),
    }
}

fn json(text: &str) -> Result<(), String> {
    serde_json::from_str::<serde_json::Value>(text)
        .map(drop)
        .map_err(|error| error.to_string())
}

fn yaml(text: &str) -> Result<(), String> {
    saphyr_parser::Parser::new_from_str(text)
        .try_for_each(|event| event.map(drop))
        .map_err(|error| error.to_string())
}

/// Templates leave empty lines where a part is left out; a reader wants one at a time. Code blocks stay as they are.
fn without_runs_of_empty_lines(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut in_code = false;
    for line in text.trim().lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        let empty = line.trim().is_empty();
        if in_code || !empty || kept.last().is_some_and(|last| !last.trim().is_empty()) {
            kept.push(if in_code { line } else { line.trim_end() });
        }
    }
    format!("{}\n", kept.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_file(path: &str, text: &str, expected: Result<&str, ()>) {
        let formatted = formatted(&path.parse().unwrap(), text);
        assert_eq!(formatted.as_deref().map_err(drop), expected, "{path}");
    }

    #[test]
    fn files_are_what_their_names_say() {
        check_file("a.nix", "{a}:a", Ok("{ a }: a\n"));
        check_file("a.nix", "{", Err(()));
        check_file("a.toml", "a = 1\n\n\n", Ok("a = 1\n"));
        check_file("a.toml", "a = ", Err(()));
        check_file("a.json", "{\"a\": 1}", Ok("{\"a\": 1}\n"));
        check_file("a.json", "{a: 1}", Err(()));
        check_file("a.yml", "a:\n  - 1", Ok("a:\n  - 1\n"));
        check_file("a.yml", "a: [1", Err(()));
        check_file("manifest.lock", "{}", Ok("{}\n"));
        check_file(
            "a.md",
            "\n\n# a\n\n\n\nb  \n```\n\n\n```\n\n",
            Ok("# a\n\nb\n```\n\n\n```\n"),
        );
        check_file("LICENSE", "text", Ok("text\n"));
    }
}
