//! The schemas of the files that the program reads and writes.

use super::shapes::{Property, hash, list, maybe_text, object, schema, table, text, word};
use super::tables::{aliases, choices, tables};
use floxwright::ask::{Field, Shape};
use serde_json::{Value, json};

const VERSION: &str = "^[0-9][0-9A-Za-z.!+_-]*$";

/// Who may leave keys out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Every key is optional, and there are keys for one run.
    Answers,
    /// Every key is there.
    Intent,
}

/// An answers file.
pub(super) fn answers() -> Value {
    schema("Answers for floxwright new", fields(Kind::Answers))
}

/// `floxwright.toml`.
pub(super) fn intent() -> Value {
    schema(
        "Intent of a floxwright workspace: floxwright.toml",
        fields(Kind::Intent),
    )
}

fn number() -> Value {
    json!({ "description": "Number of the format", "const": 1 })
}

fn fields(kind: Kind) -> Value {
    let needed = kind == Kind::Intent;
    let mut root: Vec<Property> = vec![("schema", needed, number())];
    for (name, fields) in tables() {
        let fields = fields
            .into_iter()
            .filter(|(_, field)| !(needed && field.is_transient()));
        let properties: Vec<Property> = fields
            .map(|(key, field)| (key, needed, value(field, kind)))
            .collect();
        if name.is_empty() {
            root.extend(properties);
        } else if !properties.is_empty() {
            root.push((
                name,
                needed,
                object(&format!("Table [{name}]"), &properties),
            ));
        }
    }
    root.extend(without_flags());
    object("Every key is explained in docs/reference/answers.md", &root)
}

fn value(field: Field, kind: Kind) -> Value {
    let mut words: Vec<&str> = choices(field).into_iter().map(|(name, _)| name).collect();
    if kind == Kind::Answers && !words.is_empty() {
        words.extend(aliases(field));
    }
    let one = |about: &str| match (field, words.is_empty()) {
        (Field::Handle, _) => {
            json!({ "description": about, "type": "string", "pattern": "^([A-Za-z0-9_-]{3,63})?$" })
        }
        (_, true) => text(about),
        (_, false) => word(about, &words),
    };
    match field.shape() {
        Shape::Text => one(field.help()),
        Shape::List => list(field.help(), &one("One of them")),
    }
}

fn without_flags() -> Vec<Property> {
    let texts = |about: &str| list(about, &text("One name"));
    let version = json!({ "type": "string", "pattern": VERSION });
    let tweaks = object(
        "Changes to one package",
        &[
            (
                "extra-dependencies",
                false,
                texts("nixpkgs attributes to add to its dependencies"),
            ),
            (
                "relax",
                false,
                texts("Requirements whose bounds are dropped"),
            ),
            (
                "remove-dependencies",
                false,
                texts("Requirements to take out"),
            ),
        ],
    );
    let versions = table(
        "Corrections of the nixpkgs index, by distribution",
        &version,
    );
    vec![
        (
            "package",
            false,
            table("Changes to single packages, by name", &tweaks),
        ),
        (
            "override",
            false,
            table("Python dependencies at another version, by name", &version),
        ),
        (
            "nixpkgs",
            false,
            object("Table [nixpkgs]", &[("versions", false, versions)]),
        ),
    ]
}

/// `floxwright.lock`, read as TOML.
pub(super) fn lock() -> Value {
    let names = |about: &str| list(about, &text("One of them"));
    let environment = [
        (
            "name",
            true,
            text("Name of the package in which everything runs together"),
        ),
        ("programs", true, names("Programs that it links, sorted")),
        (
            "libraries",
            true,
            table(
                "Libraries of the person's own code: attribute and version",
                &text("Version, or empty"),
            ),
        ),
        (
            "extras",
            false,
            names("Extras that it takes: package[extra]"),
        ),
    ];
    let third_party = object(
        "A distribution that is packaged beside the others",
        &[
            ("description", true, text("One line about it")),
            ("homepage", false, text("Its home page")),
            ("package", true, locked_package()),
        ],
    );
    let file = object(
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
            (
                "sha256",
                true,
                json!({ "description": "SHA-256 of its text", "type": "string", "pattern": "^[0-9a-f]{64}$" }),
            ),
        ],
    );
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
        ("release", true, locked_release()),
        ("environment", true, object("The environment", &environment)),
        (
            "packages",
            true,
            table("What is built, by name", &locked_package()),
        ),
        (
            "third-party",
            false,
            table(
                "What nixpkgs lacks or has in another version, by name",
                &third_party,
            ),
        ),
        ("files", false, table("What is generated, by path", &file)),
    ];
    schema(
        "Lock of a floxwright workspace: floxwright.lock",
        object("What floxwright.toml resolved to", &root),
    )
}

fn locked_release() -> Value {
    let source = object(
        "The monorepo at one tag",
        &[
            ("owner", true, text("The repository's owner")),
            ("repo", true, text("The repository's name")),
            ("tag", true, text("The tag")),
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

fn locked_package() -> Value {
    let names = |about: &str| list(about, &text("One of them"));
    let sdist = object(
        "Its sdist on the package index",
        &[
            ("name", true, text("File name without version and ending")),
            ("hash", true, hash("Flat SHA-256")),
        ],
    );
    let requires = list("What it requires", &locked_requirement());
    object(
        "One package",
        &[
            ("version", true, text("Its own version")),
            ("because", true, text("Why it is built")),
            ("path", false, text("Its directory in the monorepo")),
            ("sdist", false, sdist),
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
                "extras",
                false,
                table("Extras that it offers, by name", &requires),
            ),
        ],
    )
}

fn locked_requirement() -> Value {
    let names = |about: &str| list(about, &text("One of them"));
    let decisions = [
        "sibling",
        "nixpkgs",
        "substituted",
        "excluded",
        "removed",
        "added",
    ];
    let systems: Vec<&str> = choices(Field::Systems)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let bound = object(
        "Its upper bound",
        &[
            (
                "test",
                true,
                word("How it is decided", &["at-least", "past", "always", "kept"]),
            ),
            ("version", true, text("The version; empty for always")),
        ],
    );
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
            (
                "systems",
                false,
                list(
                    "Systems on which it holds; all where it is missing",
                    &word("One of them", &systems),
                ),
            ),
            ("bound", false, bound),
            ("index", false, text("Version that the index has")),
            (
                "prediction",
                true,
                word(
                    "What the index predicts",
                    &["satisfied", "relaxed", "unknown", "none"],
                ),
            ),
            (
                "reason",
                false,
                text("Why, where that is not plain from the rest"),
            ),
        ],
    )
}

/// A file of `catalogue/releases/` of a scaffold.
pub(super) fn release() -> Value {
    let names = |about: &str| list(about, &text("One of them"));
    let date = |about: &str| json!({ "description": about, "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
    let file = |about: &str| {
        object(
            about,
            &[
                ("file", true, text("The file's name")),
                ("hash", true, hash("Flat SHA-256")),
            ],
        )
    };
    let package = object(
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
            (
                "extras",
                true,
                table("What each extra requires besides", &names("Requirements")),
            ),
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
            ("sdist", true, file("The source distribution")),
            ("wheel", true, file("The wheel from which the facts come")),
            (
                "files",
                true,
                table(
                    "Whether each guarded file stands in the sdist",
                    &json!({ "type": "boolean" }),
                ),
            ),
            (
                "yanked",
                true,
                json!({ "description": "Whether upstream withdrew it", "type": "boolean" }),
            ),
        ],
    );
    let read = object(
        "Where the facts were read, and when",
        &[
            ("from", true, word("The source", &["pypi"])),
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
        ("packages", true, table("The packages by name", &package)),
    ];
    schema(
        "Release file of a floxwright scaffold",
        object("Facts about one upstream release", &root),
    )
}
