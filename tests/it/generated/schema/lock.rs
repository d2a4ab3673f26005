//! Schema of `floxwright.lock`, read as TOML.

use super::{names, number};
use crate::generated::shapes::{hash, list, object, schema, table, text, word};
use floxwright::ask::Field;
use serde_json::{Value, json};

/// `floxwright.lock`.
pub(in crate::generated) fn lock() -> Value {
    let root = [
        ("schema", true, number()),
        ("scaffold", true, text("Name of the scaffold")),
        (
            "scaffold-digest",
            true,
            text("SHA-256 over the scaffold's files"),
        ),
        (
            "index",
            true,
            text("The nixpkgs index that predicted: its source and its date"),
        ),
        ("release", true, release()),
        ("environment", true, environment()),
        (
            "packages",
            true,
            table("What is built, by name", &package()),
        ),
        (
            "third-party",
            false,
            table(
                "What nixpkgs lacks or has in another version, by name",
                &third_party(),
            ),
        ),
        ("files", false, table("What is generated, by path", &file())),
    ];
    let root = object("What floxwright.toml resolved to", &root);
    schema("Lock of a floxwright workspace: floxwright.lock", root)
}

fn environment() -> Value {
    let libraries = table(
        "Libraries of the person's own code: attribute and version",
        &text("Version, or empty"),
    );
    object(
        "The environment",
        &[
            (
                "name",
                true,
                text("Name of the package in which everything runs together"),
            ),
            ("programs", true, names("Programs that it links, sorted")),
            ("libraries", true, libraries),
            (
                "extras",
                false,
                names("Extras that it takes: package[extra]"),
            ),
        ],
    )
}

fn third_party() -> Value {
    object(
        "A distribution that is packaged beside the others",
        &[
            ("description", true, text("One line about it")),
            ("homepage", false, text("Its home page")),
            ("package", true, package()),
        ],
    )
}

fn file() -> Value {
    let digest = json!({ "description": "SHA-256 of its text", "type": "string", "pattern": "^[0-9a-f]{64}$" });
    object(
        "One generated file",
        &[
            (
                "id",
                true,
                text("Stable name of the output, by which a rename is known"),
            ),
            (
                "owner",
                true,
                word(
                    "Who it belongs to after it was written",
                    &["generated", "yours"],
                ),
            ),
            ("sha256", true, digest),
        ],
    )
}

fn release() -> Value {
    let source = object(
        "The monorepo at one tag or commit",
        &[
            ("owner", true, text("The repository's owner")),
            ("repo", true, text("The repository's name")),
            ("tag", false, text("The tag; absent for a commit")),
            ("rev", false, text("The commit; absent for a tag")),
            ("hash", true, hash("NAR hash of the tree")),
        ],
    );
    object(
        "The upstream release",
        &[
            ("version", true, text("Version of its core packages")),
            ("source", false, source),
            ("because", true, text("Why the sources come from there")),
        ],
    )
}

fn systems(description: &str) -> Value {
    let systems: Vec<&str> = Field::Systems
        .choices()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    list(description, &word("One of them", &systems))
}

fn lent() -> Value {
    let sdist = object(
        "Its sdist on the package index",
        &[
            ("name", true, text("File name without version and ending")),
            ("hash", true, hash("Flat SHA-256")),
        ],
    );
    object(
        "What a release lends to it, because the tree at a commit does not hold it",
        &[
            ("version", true, text("The version of the sdist")),
            ("sdist", true, sdist),
            (
                "directory",
                true,
                text("The directory that is taken from it"),
            ),
        ],
    )
}

fn origin() -> Value {
    let sdist = object(
        "Its sdist on the package index",
        &[
            ("name", true, text("File name without version and ending")),
            ("hash", true, hash("Flat SHA-256")),
        ],
    );
    let wheel = object(
        "A wheel on the package index: the parts of its file's name",
        &[
            (
                "name",
                true,
                text("The distribution, in the spelling of the file's name"),
            ),
            ("python", true, text("Tag of the Pythons")),
            ("abi", true, text("Tag of the binary interface")),
            ("platform", true, text("Tag of the platforms")),
            ("hash", true, hash("Flat SHA-256")),
            (
                "binaries",
                false,
                systems("Systems for which it carries machine code that its tags do not tell"),
            ),
        ],
    );
    let mut origin = object(
        "Where its files come from: one of these",
        &[
            ("path", false, text("Its directory in the monorepo")),
            ("sdist", false, sdist),
            ("wheel", false, wheel.clone()),
            (
                "wheels",
                false,
                table("A wheel for each system that has one", &wheel),
            ),
        ],
    );
    origin["minProperties"] = json!(1);
    origin["maxProperties"] = json!(1);
    origin
}

fn package() -> Value {
    let requires = list("What it requires", &requirement());
    object(
        "One package",
        &[
            ("version", true, text("Its own version")),
            ("because", true, text("Why it is built")),
            ("origin", true, origin()),
            ("lent", false, lent()),
            (
                "build-system",
                true,
                names("nixpkgs attributes of its build system"),
            ),
            (
                "requires-python",
                true,
                text("Python versions that it supports"),
            ),
            ("license", false, text("SPDX identifier of its licence")),
            ("module", true, text("Module that is imported to prove it")),
            ("programs", true, names("Its programs, sorted")),
            ("requires", true, requires.clone()),
            (
                "patches",
                false,
                names("Patches of the person, in the order in which they are applied"),
            ),
            (
                "extras",
                false,
                table("Extras that it offers, by name", &requires),
            ),
        ],
    )
}

fn bound() -> Value {
    let tests = ["at-least", "past", "always", "kept"];
    object(
        "Its upper bound",
        &[
            ("test", true, word("How it is decided", &tests)),
            ("version", true, text("The version; empty for always")),
        ],
    )
}

fn requirement() -> Value {
    let decisions = [
        "sibling",
        "nixpkgs",
        "substituted",
        "excluded",
        "removed",
        "added",
    ];
    let predictions = ["satisfied", "relaxed", "unknown", "none"];
    let systems = systems("Systems on which it holds; all where it is missing");
    object(
        "One requirement and what became of it",
        &[
            (
                "requirement",
                true,
                text("The requirement as the metadata says it"),
            ),
            ("decision", true, word("What became of it", &decisions)),
            (
                "spelling",
                true,
                text("The name in the metadata's spelling"),
            ),
            (
                "attribute",
                false,
                text("Attribute in the Python set, or the sibling's name"),
            ),
            (
                "extras",
                false,
                names("Extras of the attribute that are taken along"),
            ),
            ("systems", false, systems),
            ("bound", false, bound()),
            ("index", false, text("Version that the index has")),
            (
                "prediction",
                true,
                word("What the index predicts", &predictions),
            ),
            (
                "reason",
                false,
                text("Why, where that is not plain from the rest"),
            ),
        ],
    )
}
