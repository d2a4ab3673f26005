//! Decisions with a few possible answers. Each is an enum with its names, its aliases and what it means, in one table.

use std::fmt;
use std::str::FromStr;

/// A word that is none of the possible answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not one of {}", .given.escape_debug(), .allowed.join(", "))]
pub struct NotAChoice {
    /// What was given.
    pub given: String,
    /// What is possible.
    pub allowed: Vec<&'static str>,
}

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$default:meta])? $variant:ident = $text:literal $([$($alias:literal),*])? : $note:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$default])? #[doc = $note] $variant,)*
        }

        impl $name {
            /// All answers, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in flags and files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// What it means or costs, in one line.
            pub fn note(self) -> &'static str {
                match self { $(Self::$variant => $note),* }
            }
        }

        impl FromStr for $name {
            type Err = NotAChoice;

            fn from_str(text: &str) -> Result<Self, NotAChoice> {
                match text.trim() {
                    $($text $($(| $alias)*)? => Ok(Self::$variant),)*
                    _ => Err(NotAChoice {
                        given: text.to_owned(),
                        allowed: Self::ALL.iter().map(|choice| choice.name()).collect(),
                    }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

choices! {
    /// How the Nix files are laid out.
    Layout {
        #[default] Split = "split" ["both", "separate"]: "one file per package and an environment over them; every package can be built and published alone",
        Single = "single" ["closure"]: "one self-contained file that builds everything; one package to build, publish and install",
    }
}

choices! {
    /// Where the sources come from.
    Source {
        #[default] Auto = "auto": "github where the catalogue knows the tag's hash, else pypi",
        Github = "github": "the monorepo at its tag: one hash, one large download",
        Pypi = "pypi": "each package's sdist: one hash per package, small downloads",
    }
}

choices! {
    /// What to do about a requirement that nixpkgs lacks.
    Missing {
        #[default] Package = "package": "package it beside the others",
        Fail = "fail": "stop and name it",
    }
}

choices! {
    /// Where nixpkgs comes from.
    Nixpkgs {
        #[default] Pinned = "pinned": "Flox's lock pins it and `flox upgrade` moves it; needs one online `flox` command before the first build",
        Floating = "floating": "the newest stable one at each build; nothing to lock, but builds move on their own",
    }
}

choices! {
    /// What the environment's bin directory holds.
    Expose {
        #[default] ProgramsAndPython = "programs+python": "the packages' programs, and the interpreter under a name of its own",
        Programs = "programs": "the packages' programs only",
        All = "all": "everything, bin/python3 included, which collides with a Python installed beside it",
    }
}

choices! {
    /// Which documents are written.
    Documents {
        #[default] Core = "core": "README, runtime requirements, update workflow, build patterns, dependencies",
        All = "all": "also installation, quick start, troubleshooting and contributing to nixpkgs",
    }
}

choices! {
    /// Where runs and events are stored.
    Storage {
        #[default] Sqlite = "sqlite": "files under the instance's home; nothing to install",
        Postgres = "postgres": "a PostgreSQL server; adds the package that talks to it",
        Mysql = "mysql": "a MySQL server; adds the package that talks to it",
    }
}

choices! {
    /// Further parts of the repository.
    With {
        #[default] Runtime = "runtime": "a Flox environment, with services, for those who use the published package",
        Workflows = "workflows": "GitHub workflows that build and publish",
        Flake = "flake": "flake.nix and default.nix, for those who use Nix without Flox",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_aliases_are_read_and_others_named() {
        assert_eq!("closure".parse(), Ok(Layout::Single));
        assert_eq!("both".parse(), Ok(Layout::Split));
        let error = "nested".parse::<Layout>().unwrap_err();
        assert_eq!(error.to_string(), "`nested` is not one of split, single");
        for layout in Layout::ALL {
            assert_eq!(layout.name().parse(), Ok(*layout));
        }
    }
}
