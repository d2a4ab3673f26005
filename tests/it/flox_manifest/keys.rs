//! The keys of schema 1.10.0. What came with a later schema is left out: `services.auto-start`, `hook.on-deactivate`,
//! `profile.deactivate`, `plugins`.

/// What may stand at a key.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Text,
    Whole,
    Truth,
    Texts,
    /// A table from any names to this.
    Each(&'static Shape),
    /// A closed table: key, whether it has to be there, shape.
    Closed(&'static [(&'static str, bool, Shape)]),
    /// One of these.
    Either(&'static [Shape]),
}

use Shape::{Closed, Each, Either, Text, Texts, Truth, Whole};

const CATALOG: Shape = Closed(&[
    ("pkg-path", true, Text),
    ("pkg-group", false, Text),
    ("version", false, Text),
    ("priority", false, Whole),
    ("systems", false, Texts),
    ("outputs", false, Either(&[Text, Texts])),
]);
const FLAKE: Shape = Closed(&[
    ("flake", true, Text),
    ("priority", false, Whole),
    ("systems", false, Texts),
    ("outputs", false, Either(&[Text, Texts])),
]);
const STORE_PATH: Shape = Closed(&[
    ("store-path", true, Text),
    ("priority", false, Whole),
    ("systems", false, Texts),
]);
const INSTALL: Shape = Either(&[CATALOG, FLAKE, STORE_PATH]);
const SHUTDOWN: Shape = Closed(&[("command", true, Text)]);
const SERVICE: Shape = Closed(&[
    ("command", true, Text),
    ("vars", false, Each(&Text)),
    ("is-daemon", false, Truth),
    ("shutdown", false, SHUTDOWN),
    ("systems", false, Texts),
]);
const PROFILE: Shape = Closed(&[
    ("common", false, Text),
    ("bash", false, Text),
    ("zsh", false, Text),
    ("fish", false, Text),
    ("tcsh", false, Text),
]);
const INCLUDED: Shape = Either(&[
    Closed(&[("dir", true, Text), ("name", false, Text)]),
    Closed(&[
        ("remote", true, Text),
        ("name", false, Text),
        ("generation", false, Whole),
    ]),
]);
const BUILD: Shape = Closed(&[
    ("command", true, Text),
    (
        "version",
        false,
        Either(&[
            Text,
            Closed(&[("file", true, Text)]),
            Closed(&[("command", true, Text)]),
        ]),
    ),
    ("description", false, Text),
    ("license", false, Texts),
    ("sandbox", false, Text),
    ("runtime-packages", false, Texts),
]);
const OPTIONS: Shape = Closed(&[
    ("systems", false, Texts),
    ("activate", false, Closed(&[("mode", false, Text)])),
    (
        "allow",
        false,
        Closed(&[
            ("unfree", false, Truth),
            ("broken", false, Truth),
            ("licenses", false, Texts),
        ]),
    ),
    (
        "semver",
        false,
        Closed(&[("allow-pre-releases", false, Truth)]),
    ),
    ("cuda-detection", false, Truth),
]);
/// The whole manifest.
pub(super) const MANIFEST: Shape = Closed(&[
    ("schema-version", true, Text),
    ("minimum-cli-version", false, Text),
    ("install", false, Each(&INSTALL)),
    ("vars", false, Each(&Text)),
    ("hook", false, Closed(&[("on-activate", false, Text)])),
    ("profile", false, PROFILE),
    ("services", false, Each(&SERVICE)),
    (
        "include",
        false,
        Closed(&[("environments", true, Each(&INCLUDED))]),
    ),
    ("build", false, Each(&BUILD)),
    ("options", false, OPTIONS),
]);
