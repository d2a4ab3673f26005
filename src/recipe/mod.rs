//! What a repository's Nix files say of packages, read from their text by the parser's tree: which packages they build, from which
//! source, in which version, with which requirements, each with its place. Nothing is evaluated, and what cannot be read is said.

mod attribute;
mod bounds;
mod build;
mod comment;
mod environment;
mod fetch;
mod free;
mod given;
mod lists;
mod meta;
mod scope;
mod source;
mod unbound;
mod unused;
mod walk;

#[cfg(test)]
mod tests;

pub use attribute::Attribute;
pub use build::{Build, Format, Relaxed};
pub use comment::Comment;
pub use environment::Environment;
pub use fetch::{Fetch, Hash};
pub use given::Given;
pub use lists::Named;
pub use meta::Meta;
pub use source::SourceText;
pub use unused::{Binder, Unused};

use std::ops::Range;

/// Something that a file says, with the bytes where it says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub range: Range<usize>,
}

impl<T> Said<T> {
    pub(crate) fn new(value: T, range: Range<usize>) -> Self {
        Self { value, range }
    }
}

/// What a file gives, behind its arguments, `let`, `with` and parentheses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gives {
    /// The package of this number.
    Build(usize),
    /// The source of this number.
    Fetch(usize),
    /// The environment of this number.
    Environment(usize),
    /// Anything else.
    #[default]
    Other,
}

/// One file, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipe {
    /// Why the parser refuses it, with the place; what could be read all the same is there.
    pub fault: Option<Said<String>>,
    /// Whether the parser was not asked, as the text is too large or too deep; it may well be Nix.
    pub is_beyond: bool,
    /// The names that it takes as a function.
    pub arguments: Vec<Said<String>>,
    /// The packages that it builds, in the order of the text.
    pub builds: Vec<Build>,
    /// The sources that it fetches.
    pub fetches: Vec<Fetch>,
    /// The environments over several packages.
    pub environments: Vec<Environment>,
    /// Every mention of one of nixpkgs' Python sets or interpreters: `python313Packages`, `python3`.
    pub pythons: Vec<Said<String>>,
    /// What it gives.
    pub gives: Gives,
    /// What the derivation is told that it gives.
    pub given: Given,
    /// Its comments.
    pub comments: Vec<Comment>,
    /// Names that it binds and never uses.
    pub unused: Vec<Unused>,
    /// Names that it uses and nothing binds.
    pub unbound: Vec<Said<String>>,
}

/// The stack that reading takes at most; the parser ends at a fixed depth of nesting.
const STACK: usize = 32 << 20;

impl Recipe {
    /// Reads a file. Text that is not Nix is a recipe with a fault.
    pub fn read(text: &str) -> Self {
        if let Some(excess) = bounds::excess(text) {
            return Self {
                is_beyond: excess.is_balanced,
                fault: Some(excess.why),
                ..Self::default()
            };
        }
        stacker::grow(STACK, || walk::read(text))
    }

    /// The name of what a list names: a package that the file binds is called by its own name.
    pub fn meant<'a>(&'a self, named: &'a Named) -> &'a str {
        let mut builds = self.builds.iter();
        let bound = builds
            .find(|build| named.set.is_empty() && build.binding.as_ref() == Some(&named.name));
        bound.and_then(Build::name).unwrap_or(&named.name)
    }

    /// The package that is called so: by its `pname`, or by what it is bound to.
    pub fn build(&self, name: &str) -> Option<&Build> {
        self.builds.iter().find(|build| build.name() == Some(name))
    }
}

/// The number of the line, from 1, in which a place of a text is.
pub fn line(text: &str, place: usize) -> usize {
    let before = text.get(..text.floor_char_boundary(place));
    1 + before.unwrap_or_default().matches('\n').count()
}
