//! Schema of what `update --format json` prints.

use super::{names, number};
use crate::generated::shapes::{list, maybe_text, object, schema, text, word};
use serde_json::{Value, json};

/// The result of `update`.
pub(in crate::generated) fn update() -> Value {
    let any = |about: &str| json!({ "description": about, "type": "array", "items": { "type": "object" } });
    let root = [
        ("schema", true, number()),
        ("command", true, word("The command", &["update"])),
        (
            "state",
            true,
            word(
                "What became of the plan; `unchanged`: there is nothing to do",
                &["planned", "written", "unchanged"],
            ),
        ),
        ("directory", true, text("The repository")),
        (
            "title",
            true,
            text("What it is, in one line: the subject of the commit"),
        ),
        ("before", true, text("The release before")),
        ("release", true, text("The release after")),
        (
            "changelog",
            true,
            maybe_text("Address of the notes on the release, where it moves"),
        ),
        ("changes", true, changes()),
        (
            "conflicts",
            true,
            any("Edits and changes that exclude each other"),
        ),
        (
            "merged",
            true,
            names("Files that keep a person's edits and take a change beside them"),
        ),
        (
            "notes",
            true,
            names("What ought to be known, one sentence each"),
        ),
        ("commit", true, maybe_text("The commit that was made")),
        ("tag", true, maybe_text("The tag that was made")),
        (
            "reproduce",
            true,
            text("The command that does the same again"),
        ),
        ("files", true, any("The plan; see plan.schema.json")),
    ];
    schema(
        "Result of `floxwright update --format json`",
        object("What an update changes", &root),
    )
}

fn changes() -> Value {
    let moves = |about: &str| maybe(&step(about, &[]));
    let root = [
        ("release", true, moves("The release")),
        (
            "source",
            true,
            maybe(&step(
                "Where the sources come from",
                &[("because", true, text("Why"))],
            )),
        ),
        ("index", true, moves("The index of nixpkgs")),
        ("versions", true, shared("Versions of packages", &[])),
        ("came", true, named("Packages that are built from now on")),
        ("went", true, named("Packages that are built no more")),
        (
            "offered",
            true,
            maybe(&object(
                "What the release offers, where both are known as a whole",
                &[
                    ("came", true, names("New packages")),
                    ("went", true, names("Packages that are no more")),
                ],
            )),
        ),
    ];
    let root = [&root[..], &of_requirements(), &of_others()].concat();
    object("What changes from one lock to the other", &root)
}

fn of_requirements() -> Vec<Property> {
    vec![
        ("requirements", true, list("Requirements", &requirement())),
        (
            "build-systems",
            true,
            shared("Build systems: attributes of nixpkgs", &[]),
        ),
        (
            "pythons",
            true,
            shared("The Pythons that packages support", &[]),
        ),
        (
            "programs",
            true,
            list(
                "Programs",
                &object(
                    "One program",
                    &[
                        (
                            "change",
                            true,
                            word("What happens to it", &["came", "went"]),
                        ),
                        ("program", true, text("Its name")),
                        ("packages", true, names("The packages")),
                    ],
                ),
            ),
        ),
        (
            "passed",
            true,
            list("Upper bounds that nixpkgs is past from now on", &passed()),
        ),
        (
            "kept",
            true,
            list("Upper bounds that nixpkgs is no longer past", &passed()),
        ),
    ]
}

fn of_others() -> Vec<Property> {
    vec![
        ("faults", true, list("Known faults that come", &fault())),
        ("mended", true, list("Known faults that are gone", &fault())),
        (
            "third-parties-came",
            true,
            named("Distributions that are packaged from now on"),
        ),
        (
            "third-parties-went",
            true,
            named("Distributions that are packaged no more"),
        ),
        (
            "third-parties-moved",
            true,
            list("Distributions that move", &moved()),
        ),
        (
            "nixpkgs",
            true,
            list(
                "Distributions of nixpkgs of which the index knows another version",
                &moved(),
            ),
        ),
    ]
}

fn maybe(value: &Value) -> Value {
    json!({ "oneOf": [value, { "type": "null" }] })
}

type Property = (&'static str, bool, Value);

fn step(about: &str, more: &[Property]) -> Value {
    let own = [
        ("from", true, text("What it was")),
        ("to", true, text("What it becomes")),
    ];
    object(about, &[&own[..], more].concat())
}

/// Steps that packages have in common.
fn shared(about: &str, more: &[Property]) -> Value {
    let packages = ("packages", true, names("The packages that take it"));
    list(about, &step("One step", &[&[packages][..], more].concat()))
}

fn named(about: &str) -> Value {
    let one = [
        ("name", true, text("Its name")),
        ("version", true, text("Its version")),
        ("because", true, text("Why it is there, or was")),
    ];
    list(about, &object("One of them", &one))
}

fn moved() -> Value {
    let more = [
        ("name", true, text("Its name")),
        ("homepage", false, text("Its home page")),
    ];
    step("One of them", &more)
}

fn requirement() -> Value {
    let part = word("A part of a requirement", &["bounds", "extras", "marker"]);
    object(
        "One change",
        &[
            (
                "change",
                true,
                word("What happens", &["added", "removed", "changed"]),
            ),
            (
                "requirement",
                false,
                text("As the metadata says it; added and removed"),
            ),
            ("from", false, text("As the metadata said it; changed")),
            ("to", false, text("As the metadata says it; changed")),
            (
                "parts",
                false,
                list("What of it is otherwise; changed", &part),
            ),
            ("packages", true, names("The packages")),
        ],
    )
}

fn passed() -> Value {
    let relaxed = json!({ "description": "Whether Nix relaxes it; if not, the build fails", "type": "boolean" });
    object(
        "One bound",
        &[
            ("requirement", true, text("As the metadata says it")),
            ("nixpkgs", true, text("The version that the index knows")),
            ("relaxed", true, relaxed),
            ("packages", true, names("The packages")),
        ],
    )
}

fn fault() -> Value {
    object(
        "One fault",
        &[
            ("package", true, text("The package")),
            ("text", true, text("What it is, and who found it")),
        ],
    )
}
