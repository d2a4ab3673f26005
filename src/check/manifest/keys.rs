//! The keys of Flox's manifest, each with the schema that brought it. Every table is closed, as it is for Flox.

/// What may stand at a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// A text.
    Text,
    /// One of these texts.
    Word(&'static [&'static str]),
    /// A number from 0.
    Whole,
    /// `true` or `false`.
    Truth,
    /// A list of texts.
    Texts,
    /// A list of systems.
    Systems,
    /// A text or a list of texts.
    TextOrTexts,
    /// A table from any names to this.
    Each(&'static Shape),
    /// A list of tables.
    List(&'static Shape),
    /// A table with these keys and no others.
    Closed(&'static [Key]),
    /// A table with these keys, and under any other name this.
    Besides(&'static [Key], &'static Shape),
    /// A text, or a table with these keys.
    TextOr(&'static [Key]),
    /// One of these tables, told apart by their first key.
    Kinds(&'static [&'static [Key]]),
    /// Whatever it is.
    Open,
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// Its name.
    pub(super) name: &'static str,
    /// Whether it has to be there.
    pub(super) is_needed: bool,
    /// The first schema with it, by the middle number; 0 is `version = 1`.
    pub(super) since: u32,
    /// What may stand there.
    pub(super) shape: Shape,
}

const fn key(name: &'static str, shape: Shape) -> Key {
    since(0, name, shape)
}

const fn since(since: u32, name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        is_needed: false,
        since,
        shape,
    }
}

const fn needed(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        is_needed: true,
        since: 0,
        shape,
    }
}

use Shape::{
    Besides, Closed, Each, Kinds, List, Open, Systems, Text, TextOr, TextOrTexts, Texts, Truth,
    Whole, Word,
};

const INSTALLED: Shape = Kinds(&[
    &[
        needed("pkg-path", Text),
        key("pkg-group", Text),
        key("version", Text),
        key("priority", Whole),
        key("systems", Systems),
        since(10, "outputs", TextOrTexts),
    ],
    &[
        needed("flake", Text),
        key("priority", Whole),
        key("systems", Systems),
        since(10, "outputs", TextOrTexts),
    ],
    &[
        needed("store-path", Text),
        key("priority", Whole),
        key("systems", Systems),
        since(10, "outputs", TextOrTexts),
    ],
]);

const INCLUDED: Shape = Kinds(&[
    &[needed("dir", Text), key("name", Text)],
    &[
        needed("remote", Text),
        key("name", Text),
        key("generation", Whole),
    ],
    &[
        needed("reference", Text),
        key("name", Text),
        key("generation", Whole),
    ],
]);

const SHELLS: [Key; 5] = [
    key("common", Text),
    key("bash", Text),
    key("zsh", Text),
    key("fish", Text),
    key("tcsh", Text),
];

const PROFILE: Shape = Closed(&[
    SHELLS[0],
    SHELLS[1],
    SHELLS[2],
    SHELLS[3],
    SHELLS[4],
    since(13, "deactivate", Closed(&SHELLS)),
]);

const SERVICE: Shape = Closed(&[
    needed("command", Text),
    key("vars", Each(&Text)),
    key("is-daemon", Truth),
    key("shutdown", Closed(&[needed("command", Text)])),
    key("systemd", Open),
    key("systems", Systems),
]);

const BUILD: Shape = Closed(&[
    needed("command", Text),
    key(
        "version",
        TextOr(&[key("file", Text), key("command", Text)]),
    ),
    key("description", Text),
    key("license", Open),
    key("sandbox", Text),
    since(13, "sandbox-allow", Open),
    key("runtime-packages", Texts),
]);

const CONTAINER: Shape = Closed(&[key(
    "config",
    Closed(&[
        key("user", Open),
        key("exposed-ports", Open),
        key("cmd", Open),
        key("volumes", Open),
        key("working-dir", Open),
        key("labels", Open),
        key("stop-signal", Open),
    ]),
)]);

const OPTIONS: Shape = Closed(&[
    key("systems", Systems),
    key("activate", Closed(&[key("mode", Word(&["dev", "run"]))])),
    key(
        "allow",
        Closed(&[
            key("unfree", Truth),
            key("broken", Truth),
            key("licenses", Texts),
        ]),
    ),
    key("semver", Closed(&[key("allow-pre-releases", Truth)])),
    key("cuda-detection", Truth),
]);

/// The manifest as a whole.
pub(super) const MANIFEST: Shape = Closed(&[
    key("version", Open),
    key("schema-version", Open),
    since(10, "minimum-cli-version", Open),
    key("install", Each(&INSTALLED)),
    key("vars", Each(&Text)),
    key(
        "hook",
        Closed(&[key("on-activate", Text), since(15, "on-deactivate", Text)]),
    ),
    key("profile", PROFILE),
    key(
        "services",
        Besides(&[since(12, "auto-start", Truth)], &SERVICE),
    ),
    key("include", Closed(&[key("environments", List(&INCLUDED))])),
    key("build", Each(&BUILD)),
    key("containerize", CONTAINER),
    key("options", OPTIONS),
    since(14, "plugins", Open),
]);
