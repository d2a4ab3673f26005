//! Everything that can be asked for, from one definition: the flag, the key in the answers file, the question, the help
//! and the JSON schema all come from this table.

/// How a field's value looks in the answers file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// A list of strings.
    List,
}

macro_rules! fields {
    ($($variant:ident { key: $key:literal, flag: $flag:literal, value: $value:literal, shape: $shape:ident, label: $label:literal, help: $help:literal })*) => {
        /// One thing to know. The order is the order in which answers are listed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $(#[doc = $help] $variant,)*
        }

        impl Field {
            /// All fields, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The key in the answers file, with its table: `build.layout`.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }

            /// The flag, with its dashes. The directory is an argument and shows its name instead.
            pub fn flag(self) -> &'static str {
                match self { $(Self::$variant => $flag),* }
            }

            /// How the flag's value is called in the help.
            pub fn value_name(self) -> &'static str {
                match self { $(Self::$variant => $value),* }
            }

            /// Whether the value is one text or a list.
            pub fn shape(self) -> Shape {
                match self { $(Self::$variant => Shape::$shape),* }
            }

            /// A word or two for the review.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }

            /// One line of help.
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help),* }
            }
        }
    };
}

fields! {
    Directory { key: "directory", flag: "DIR", value: "DIR", shape: Text, label: "Directory", help: "Where the repository is made; it must not exist, or be an empty directory" }
    Name { key: "workspace.name", flag: "--name", value: "NAME", shape: Text, label: "Name", help: "Name of the repository and of its Flox environment" }
    Scaffold { key: "workspace.scaffold", flag: "--scaffold", value: "SCAFFOLD", shape: Text, label: "Scaffold", help: "What is packaged: a built-in scaffold, or the path of one" }
    Release { key: "upstream.release", flag: "--release", value: "RELEASE", shape: Text, label: "Release", help: "Upstream release to package" }
    Rev { key: "upstream.rev", flag: "--rev", value: "REV", shape: Text, label: "Revision", help: "Branch, tag or commit of the monorepo to package instead of the release, which lends its number and what only releases have; may be empty" }
    Source { key: "upstream.source", flag: "--source", value: "SOURCE", shape: Text, label: "Source", help: "Where the sources come from: the monorepo at its tag, or each package's sdist" }
    Layout { key: "build.layout", flag: "--layout", value: "LAYOUT", shape: Text, label: "Layout", help: "One file per package with the environment over them, or one self-contained file" }
    Packages { key: "build.packages", flag: "--package", value: "PKG", shape: List, label: "Packages", help: "Packages beside the core; repeatable, commas allowed, `all`, `category:NAME`, `PKG[EXTRA]`" }
    Python { key: "build.python", flag: "--python", value: "PYTHON", shape: Text, label: "Python", help: "Python that everything is built for" }
    Systems { key: "build.systems", flag: "--system", value: "SYSTEM", shape: List, label: "Systems", help: "Systems that the repository builds on; repeatable" }
    Missing { key: "build.missing", flag: "--missing", value: "WHAT", shape: Text, label: "Missing", help: "What to do about a requirement that nixpkgs lacks: package it, or fail" }
    Nixpkgs { key: "build.nixpkgs", flag: "--nixpkgs", value: "MODE", shape: Text, label: "nixpkgs", help: "Whether the repository pins nixpkgs through Flox's lock, or follows it" }
    EnvironmentName { key: "environment.name", flag: "--environment", value: "NAME", shape: Text, label: "Environment", help: "Name of the package in which everything runs together" }
    Expose { key: "environment.expose", flag: "--expose", value: "WHAT", shape: Text, label: "Exposes", help: "What the environment's bin directory holds" }
    WithPython { key: "environment.python", flag: "--with-python", value: "LIB", shape: List, label: "Libraries", help: "Python libraries that your own code imports, from nixpkgs; repeatable, commas allowed" }
    Storage { key: "documents.storage", flag: "--storage", value: "STORAGE", shape: Text, label: "Storage", help: "Where runs and events are stored; adds the package that it needs" }
    Documents { key: "documents.set", flag: "--docs", value: "SET", shape: Text, label: "Documents", help: "Which documents are written" }
    DocumentsDir { key: "documents.dir", flag: "--docs-dir", value: "DIR", shape: Text, label: "Documents in", help: "Directory of the documents; `.` puts them at the root" }
    With { key: "documents.with", flag: "--with", value: "PART", shape: List, label: "With", help: "Further parts: the user's runtime environment, GitHub workflows, flake.nix; or `none`" }
    Publish { key: "publish.packages", flag: "--publish", value: "PKG", shape: List, label: "Published", help: "Packages that the documents publish; `all`, or names" }
    Handle { key: "publish.handle", flag: "--handle", value: "HANDLE", shape: Text, label: "Handle", help: "FloxHub handle or organisation that publishes; may be empty" }
    License { key: "publish.license", flag: "--license", value: "SPDX", shape: Text, label: "License", help: "Licence of the packaging repository itself, an SPDX identifier" }
    Remote { key: "publish.remote", flag: "--remote", value: "URL", shape: Text, label: "Remote", help: "git remote to set as origin; nothing is pushed; may be empty" }
    Lock { key: "flox.lock", flag: "--lock", value: "yes|no", shape: Text, label: "Lock now", help: "Let Flox, where it is on PATH, lock nixpkgs before the commit" }
    GitName { key: "git.name", flag: "--git-name", value: "NAME", shape: Text, label: "Committer", help: "Name for the first commit, where git knows none" }
    GitEmail { key: "git.email", flag: "--git-email", value: "EMAIL", shape: Text, label: "E-mail", help: "E-mail address for the first commit, where git knows none" }
}

impl Field {
    /// The field with this key in the answers file.
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// The flag without its dashes, as clap knows it.
    pub fn id(self) -> &'static str {
        self.flag().trim_start_matches("--")
    }

    /// Whether the answer steers one run only and is not part of the intent.
    pub fn is_transient(self) -> bool {
        matches!(
            self,
            Self::Directory | Self::Lock | Self::GitName | Self::GitEmail
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn keys_flags_and_help_are_complete_and_unique() {
        let keys: BTreeSet<_> = Field::ALL.iter().map(|f| f.key()).collect();
        let flags: BTreeSet<_> = Field::ALL.iter().map(|f| f.flag()).collect();
        assert_eq!(
            (keys.len(), flags.len()),
            (Field::ALL.len(), Field::ALL.len())
        );
        for field in Field::ALL {
            assert!(
                !field.help().ends_with('.') && !field.help().is_empty(),
                "{field:?}"
            );
            assert_eq!(Field::by_key(field.key()), Some(*field));
        }
    }
}
