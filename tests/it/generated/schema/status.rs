//! Schema of what `status --format json` prints.

use super::{names, number};
use crate::generated::shapes::{list, maybe_text, object, schema, text, word};
use serde_json::{Value, json};

/// What a file is in.
const STATES: [&str; 4] = ["conflicted", "missing", "drifted", "edited"];

/// What is found.
const KINDS: [&str; 12] = [
    "killed",
    "conflicted",
    "lock",
    "behind-intent",
    "intent",
    "missing",
    "drifted",
    "untracked",
    "refused-release",
    "behind-release",
    "flox-lock",
    "nixpkgs",
];

/// The result of `status`.
pub(in crate::generated) fn status() -> Value {
    let root = [
        ("schema", true, number()),
        ("command", true, word("The command", &["status"])),
        (
            "state",
            true,
            word(
                "Whether anything was found; then the run ends with 4",
                &["clean", "found"],
            ),
        ),
        ("directory", true, text("The repository")),
        ("release", true, release()),
        ("nixpkgs", true, nixpkgs()),
        (
            "files",
            true,
            list("Files that are not as they were made", &file()),
        ),
        (
            "untracked",
            true,
            maybe_names("Files below `.flox` that git does not track; null where there is no git"),
        ),
        (
            "unknown",
            true,
            maybe_names("Why it is not known what would be made now; null where it is"),
        ),
        (
            "notes",
            true,
            names("What ought to be known, one sentence each"),
        ),
        (
            "findings",
            true,
            list("What somebody ought to see to", &finding()),
        ),
    ];
    schema(
        "Result of `floxwright status --format json`",
        object("How a repository stands", &root),
    )
}

fn finding() -> Value {
    object(
        "One thing to see to",
        &[
            ("kind", true, word("What it is", &KINDS)),
            ("text", true, text("The same in a sentence")),
            ("about", true, names("What it is about")),
            (
                "mend",
                true,
                text("The command that mends it; empty where a person has to decide"),
            ),
        ],
    )
}

fn file() -> Value {
    object(
        "One file",
        &[
            ("path", true, text("Its path")),
            (
                "states",
                true,
                list("What it is in", &word("One of them", &STATES)),
            ),
        ],
    )
}

fn release() -> Value {
    object(
        "The release",
        &[
            ("here", true, text("The repository's")),
            (
                "newest",
                true,
                maybe_text("The newest that is known offline"),
            ),
            ("from", true, maybe_text("Where that is known from")),
            ("behind", true, yes("Whether the newest is newer")),
        ],
    )
}

fn nixpkgs() -> Value {
    object(
        "The nixpkgs of the predictions, and the one of the builds",
        &[
            ("index", true, text("The index in one line")),
            (
                "described",
                true,
                maybe_text("The commit that the index describes"),
            ),
            ("locked", true, maybe_text("The commit in Flox's lock")),
            ("apart", true, yes("Whether the two differ")),
        ],
    )
}

fn yes(about: &str) -> Value {
    json!({ "description": about, "type": "boolean" })
}

fn maybe_names(about: &str) -> Value {
    let items = text("One of them");
    json!({ "description": about, "type": ["array", "null"], "items": items })
}
