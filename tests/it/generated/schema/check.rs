//! Schema of what `check --format json` prints.

use super::number;
use crate::generated::shapes::{list, maybe_text, object, schema, text, word};
use floxwright::check::{RULES, Severity};
use serde_json::{Value, json};

/// The result of `check`.
pub(in crate::generated) fn check() -> Value {
    let states = ["clean", "found", "denied"];
    let root = [
        ("schema", true, number()),
        ("command", true, word("The command", &["check"])),
        (
            "state",
            true,
            word(
                "Whether anything was found, and whether that is denied; then the run ends with 4",
                &states,
            ),
        ),
        ("directory", true, text("The repository")),
        (
            "upstream",
            true,
            maybe_text("Whose packages they are; null where none is recognised"),
        ),
        (
            "release",
            true,
            maybe_text("The release that they are compared with"),
        ),
        ("python", true, text("The Python that they are built for")),
        ("counts", true, counts()),
        (
            "mendable",
            true,
            count("How many of the findings `--fix` mends"),
        ),
        ("allowed", true, count("How many findings comments allow")),
        (
            "mended",
            true,
            list("What `--fix` mended, or would", &mended()),
        ),
        (
            "files",
            true,
            list("The files that `--fix` changed, or would", &file()),
        ),
        (
            "findings",
            true,
            list("What was found, the worst first", &finding()),
        ),
    ];
    schema(
        "Result of `floxwright check --format json`",
        object("What is wrong with a repository", &root),
    )
}

fn count(about: &str) -> Value {
    json!({ "description": about, "type": "integer", "minimum": 0 })
}

fn counts() -> Value {
    let of = |severity: Severity| (severity.name(), true, count("Findings of this severity"));
    object("How much was found", &Severity::ALL.map(of))
}

fn finding() -> Value {
    let severities = Severity::ALL.map(Severity::name);
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    object(
        "One finding",
        &[
            ("rule", true, word("The rule that found it", &ids)),
            ("severity", true, word("How bad it is", &severities)),
            ("message", true, text("What is wrong, in one sentence")),
            ("place", true, maybe(&place())),
            ("notes", true, list("What to know besides", &note())),
            ("help", true, maybe_text("What to do")),
            ("fix", true, maybe(&fix())),
        ],
    )
}

fn maybe(shape: &Value) -> Value {
    json!({ "anyOf": [shape, { "type": "null" }] })
}

fn place() -> Value {
    let at = |about: &str| json!({ "description": about, "type": "integer", "minimum": 1 });
    object(
        "A piece of a file",
        &[
            ("path", true, text("The file")),
            ("line", true, at("Its first line, from 1")),
            (
                "column",
                true,
                at("Its first character in that line, from 1"),
            ),
            ("end-line", true, at("The line in which it ends")),
            ("end-column", true, at("The character behind its last one")),
        ],
    )
}

fn file() -> Value {
    object(
        "A file that changes",
        &[
            ("path", true, text("Its path")),
            ("change", true, word("What happens to it", &["replace"])),
            ("bytes", true, count("How long it becomes")),
            ("sha256", true, text("Its SHA-256 afterwards")),
            (
                "executable",
                true,
                json!({ "description": "Whether it is executable", "type": "boolean" }),
            ),
        ],
    )
}

fn mended() -> Value {
    object(
        "One thing that was mended",
        &[
            ("path", true, text("The file")),
            ("title", true, text("What was done")),
        ],
    )
}

fn note() -> Value {
    object(
        "One thing to know",
        &[
            ("text", true, text("One sentence")),
            ("place", true, maybe(&place())),
        ],
    )
}

fn fix() -> Value {
    let edit = object(
        "A piece of a file that becomes another text",
        &[
            ("place", true, place()),
            ("text", true, text("What comes in its place")),
        ],
    );
    object(
        "What mends it, and brings no other finding",
        &[
            ("title", true, text("What is done")),
            ("edits", true, list("The edits; they do not overlap", &edit)),
        ],
    )
}
