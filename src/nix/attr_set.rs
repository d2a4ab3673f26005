//! Looking into a Nix file and adding to it, by the positions that its parser gives: nothing else of the text changes.

use rnix::ast::{Attr, AttrSet, Entry, Expr, HasEntry};
use rowan::ast::AstNode;
use std::collections::BTreeSet;

/// The attribute set that a file gives, behind its arguments, `with` and `let`.
#[derive(Debug)]
pub struct TopSet<'a> {
    text: &'a str,
    set: AttrSet,
}

/// Why a file cannot be worked on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TopSetError {
    /// The parser refuses it.
    #[error("it is not valid Nix: {0}")]
    Syntax(String),
    /// It gives something else.
    #[error("it does not give an attribute set")]
    NoSet,
}

impl<'a> TopSet<'a> {
    /// The set that `text` gives.
    ///
    /// # Errors
    /// Text that does not parse, or gives no attribute set.
    pub fn of(text: &'a str) -> Result<Self, TopSetError> {
        let parsed = rnix::Root::parse(text);
        if let Some(error) = parsed.errors().first() {
            return Err(TopSetError::Syntax(error.to_string()));
        }
        let mut expression = parsed.tree().expr().ok_or(TopSetError::NoSet)?;
        loop {
            let inner = match expression {
                Expr::AttrSet(set) => return Ok(Self { text, set }),
                Expr::Lambda(lambda) => lambda.body(),
                Expr::With(with) => with.body(),
                Expr::LetIn(bindings) => bindings.body(),
                Expr::Paren(parentheses) => parentheses.expr(),
                Expr::Apply(call) => call.argument(),
                _ => None,
            };
            expression = inner.ok_or(TopSetError::NoSet)?;
        }
    }

    /// The names in the set: what is bound, and what is inherited.
    pub fn names(&self) -> BTreeSet<String> {
        let inherited = self.set.entries().filter_map(|entry| match entry {
            Entry::Inherit(inherit) => Some(inherit),
            Entry::AttrpathValue(_) => None,
        });
        let inherited = inherited.flat_map(|inherit| inherit.attrs().collect::<Vec<_>>());
        let bound = self.bound().map(|(name, _)| name);
        bound
            .chain(inherited.filter_map(|attr| name(&attr)))
            .collect()
    }

    /// The text of the string that `wanted` is bound to.
    pub fn string(&self, wanted: &str) -> Option<String> {
        self.set.attrpath_values().find_map(|entry| {
            let mut path = entry.attrpath()?.attrs();
            let first = name(&path.next()?)?;
            let value = entry.value()?;
            let text = value.syntax().text().to_string();
            let plain = text.strip_prefix('"')?.strip_suffix('"')?;
            let is_it = first == wanted && path.next().is_none() && !plain.contains(['$', '\\']);
            is_it.then(|| plain.to_owned())
        })
    }

    /// The file's text with these bindings, each one a name and its formatted lines without indentation. Each comes
    /// after the one with the nearest smaller name, so that what is sorted stays sorted, with an empty line between.
    #[must_use]
    pub fn with(&self, bindings: &[(String, String)]) -> String {
        let known: Vec<(String, usize)> = self.bound().collect();
        let mut inserts: Vec<(usize, &str, &str)> = Vec::new();
        for (name, lines) in bindings {
            let before = known.iter().filter(|(other, _)| sorted_before(other, name));
            let nearest = before.max_by(|(a, _), (b, _)| a.to_lowercase().cmp(&b.to_lowercase()));
            let at = match nearest {
                Some((_, end)) => self.line_end(*end),
                None => self.line_end(self.opening()),
            };
            inserts.push((at, name, lines));
        }
        inserts.sort_by_key(|(at, name, _)| (*at, name.to_lowercase()));
        let mut text = String::new();
        let mut done = 0;
        for (at, _, lines) in inserts {
            text.push_str(self.text.get(done..at).unwrap_or_default());
            done = at;
            text.push('\n');
            for line in lines.lines() {
                text.push_str("\n  ");
                text.push_str(line);
            }
        }
        text + self.text.get(done..).unwrap_or_default()
    }

    /// What is bound to a single name, with the place where its text ends.
    fn bound(&self) -> impl Iterator<Item = (String, usize)> {
        self.set.attrpath_values().filter_map(|entry| {
            let mut path = entry.attrpath()?.attrs();
            let first = name(&path.next()?)?;
            Some((first, usize::from(entry.syntax().text_range().end())))
        })
    }

    /// The place behind the opening brace.
    fn opening(&self) -> usize {
        let brace = self.set.l_curly_token();
        brace.map_or(0, |brace| usize::from(brace.text_range().end()))
    }

    /// The end of the line that a place is in: what is said there of an entry stays with it.
    fn line_end(&self, place: usize) -> usize {
        let rest = self.text.get(place..).unwrap_or_default();
        place + rest.find('\n').unwrap_or(rest.len())
    }
}

fn sorted_before(one: &str, other: &str) -> bool {
    one.to_lowercase() < other.to_lowercase()
}

fn name(attr: &Attr) -> Option<String> {
    match attr {
        Attr::Ident(ident) => Some(ident.ident_token()?.text().to_owned()),
        Attr::Str(text) => {
            let text = text.syntax().text().to_string();
            Some(text.trim_matches('"').to_owned())
        }
        Attr::Dynamic(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# The set.
self: super: with self; {

  bootstrap = lib.recurseIntoAttrs { z = 1; };

  setuptools = callPackage ../setuptools { };

  a = callPackage ../a { }; # stays

  # about c
  c = callPackage ../c { };

  inherit (c) d;

  \"3to2\" = null;
}
";

    #[test]
    fn bindings_find_their_places() {
        let set = TopSet::of(FILE).unwrap();
        let names: Vec<String> = set.names().into_iter().collect();
        assert_eq!(names, ["3to2", "a", "bootstrap", "c", "d", "setuptools"]);
        let binding = |name: &str| (name.to_owned(), format!("{name} = 1;"));
        let text = set.with(&[binding("b-two"), binding("b"), binding("c-x"), binding("0")]);
        let expected = FILE
            .replace("# stays\n", "# stays\n\n  b = 1;\n\n  b-two = 1;\n")
            .replace("../c { };\n", "../c { };\n\n  c-x = 1;\n")
            .replace("with self; {\n", "with self; {\n\n  0 = 1;\n");
        assert_eq!(text, expected);
    }

    #[test]
    fn other_files_are_told_apart() {
        assert_eq!(TopSet::of("1").unwrap_err(), TopSetError::NoSet);
        assert!(matches!(
            TopSet::of("{ a = ").unwrap_err(),
            TopSetError::Syntax(_)
        ));
        for (text, expected) in [
            (
                "{ lib }: build (finalAttrs: { version = \"1.0\"; })",
                Some("1.0"),
            ),
            ("{ lib }: build rec { version = \"1.0\"; }", Some("1.0")),
            ("{ version = \"${x}\"; }", None),
            ("{ version.a = \"1\"; }", None),
        ] {
            let set = TopSet::of(text).unwrap();
            assert_eq!(set.string("version").as_deref(), expected, "{text}");
        }
    }
}
