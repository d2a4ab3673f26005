//! Schema of a file of `catalogue/releases/` of a scaffold.

use super::{names, number};
use crate::generated::shapes::{hash, maybe_text, object, schema, table, text, word};
use serde_json::{Value, json};

/// A release file.
pub(in crate::generated) fn release() -> Value {
    let read = object(
        "Where the facts were read, and when",
        &[
            ("from", true, word("The source", &["pypi", "tree"])),
            ("date", true, date("Day of reading")),
        ],
    );
    let root = [
        ("schema", true, number()),
        (
            "release",
            true,
            text("The version that upstream gives the whole"),
        ),
        ("read", true, read),
        ("commit", false, commit()),
        ("packages", true, table("The packages by name", &package())),
    ];
    schema(
        "Release file of a floxwright scaffold",
        object("Facts about one upstream release", &root),
    )
}

fn commit() -> Value {
    let loan = object(
        "What a release lends to a package",
        &[
            (
                "version",
                true,
                text("The package's version at the release"),
            ),
            (
                "sdist",
                true,
                artifact("The source distribution that holds it"),
            ),
        ],
    );
    object(
        "The commit that this is, where nobody released it",
        &[
            (
                "asked",
                true,
                text("The branch, tag or commit that was asked for"),
            ),
            ("commit", true, text("The commit, 40 digits")),
            ("hash", true, hash("NAR hash of its tree")),
            ("lender", true, text("The release that lends its number")),
            ("loans", true, table("What it lends, by package", &loan)),
        ],
    )
}

fn date(about: &str) -> Value {
    json!({ "description": about, "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
}

fn truth(about: &str) -> Value {
    json!({ "description": about, "type": "boolean" })
}

fn artifact(about: &str) -> Value {
    object(
        about,
        &[
            ("file", true, text("The file's name")),
            ("hash", true, hash("Flat SHA-256")),
        ],
    )
}

fn package() -> Value {
    let extras = table("What each extra requires besides", &names("Requirements"));
    let files = table(
        "Whether each guarded file stands in the sdist",
        &truth("Whether it does"),
    );
    object(
        "What was read of one package",
        &[
            ("version", true, text("Its own version")),
            ("uploaded", true, date("Day of the first upload")),
            ("summary", false, maybe_text("The one-line description")),
            ("homepage", false, maybe_text("The home page")),
            (
                "license",
                false,
                maybe_text("SPDX expression of its licence"),
            ),
            (
                "requires-python",
                false,
                maybe_text("Python versions that it supports"),
            ),
            ("requires", true, names("What it requires in any case")),
            ("extras", true, extras),
            ("programs", true, names("Programs that it installs, sorted")),
            (
                "modules",
                true,
                names("Modules that can be imported from it, sorted"),
            ),
            (
                "build-backend",
                true,
                text("The build backend's object path"),
            ),
            ("build-requires", true, names("What the backend needs")),
            (
                "sdist",
                false,
                artifact("The source distribution; absent at a commit"),
            ),
            (
                "wheel",
                false,
                artifact("The wheel from which the facts come"),
            ),
            ("files", true, files),
            ("yanked", true, truth("Whether upstream withdrew it")),
        ],
    )
}
