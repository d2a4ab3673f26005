//! What a node is, and how that looks.

use serde::Serialize;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The environment in which the packages run together.
    Environment,
    /// A package that is always built.
    Core,
    /// A package that was asked for.
    Integration,
    /// A program, or what programs share.
    Tool,
    /// A distribution that nixpkgs lacks, packaged beside the others.
    ThirdParty,
    /// A package of nixpkgs.
    Nixpkgs,
}

/// Colours of a kind, as `#rrggbb`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colours {
    /// Behind the name.
    pub(super) fill: &'static str,
    /// Of the frame.
    pub(super) line: &'static str,
}

impl Kind {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 6] = [
        Self::Environment,
        Self::Core,
        Self::Integration,
        Self::Tool,
        Self::ThirdParty,
        Self::Nixpkgs,
    ];

    /// A word for programs and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Core => "core",
            Self::Integration => "integration",
            Self::Tool => "tool",
            Self::ThirdParty => "third-party",
            Self::Nixpkgs => "nixpkgs",
        }
    }

    /// The words of the legend.
    pub fn label(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Core => "core package",
            Self::Integration => "integration",
            Self::Tool => "tool",
            Self::ThirdParty => "third party, packaged here",
            Self::Nixpkgs => "from nixpkgs",
        }
    }

    /// Several of them, as a heading.
    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Environment => "Environments",
            Self::Core => "Core packages",
            Self::Integration => "Integrations",
            Self::Tool => "Tools",
            Self::ThirdParty => "Third parties, packaged here",
            Self::Nixpkgs => "From nixpkgs",
        }
    }

    /// On a light ground. Hue and lightness both differ, so that the kinds can be told apart without seeing all hues.
    pub(super) fn light(self) -> Colours {
        let (fill, line) = match self {
            Self::Environment => ("#e6e0f5", "#6a51a3"),
            Self::Core => ("#d8e8fa", "#1f5fa8"),
            Self::Integration => ("#d9f0e2", "#1b7f4d"),
            Self::Tool => ("#f7ecc4", "#8a6d00"),
            Self::ThirdParty => ("#fbe0d3", "#b3461b"),
            Self::Nixpkgs => ("#eef1f4", "#66737f"),
        };
        Colours { fill, line }
    }

    /// On a dark ground.
    pub(super) fn dark(self) -> Colours {
        let (fill, line) = match self {
            Self::Environment => ("#3a3160", "#b9aaea"),
            Self::Core => ("#173a5e", "#82b6f0"),
            Self::Integration => ("#14452d", "#6bcb9b"),
            Self::Tool => ("#4a3d0a", "#dcc04f"),
            Self::ThirdParty => ("#5c2a14", "#f29e78"),
            Self::Nixpkgs => ("#262d35", "#98a7b6"),
        };
        Colours { fill, line }
    }
}
