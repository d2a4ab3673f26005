//! One package within a file: the expression that makes it, without the header and the bindings around it. It is the same text in
//! a file of its own and among others, but for its indentation.

use rnix::ast::{Expr, HasEntry, LetIn};
use rowan::ast::AstNode;
use std::ops::Range;

/// Where the expression stands that a file gives, behind its arguments and `let`.
fn whole(text: &str) -> Option<Range<usize>> {
    Some(range(&inner(parsed(text)?)?))
}

/// Where the call stands that `name` is bound to in a file of several packages; `None` where there is none, or more than one.
fn bound(text: &str, name: &str) -> Option<Range<usize>> {
    let root = parsed(text)?;
    let mut found = Vec::new();
    for bindings in root.syntax().descendants().filter_map(LetIn::cast) {
        found.extend(bindings.attrpath_values());
    }
    for set in root
        .syntax()
        .descendants()
        .filter_map(rnix::ast::AttrSet::cast)
    {
        found.extend(set.attrpath_values());
    }
    let mut calls = found.into_iter().filter_map(|entry| {
        let path = entry.attrpath()?.syntax().text().to_string();
        let is_it = path.trim().trim_matches('"') == name;
        entry
            .value()
            .filter(|value| is_it && matches!(value, Expr::Apply(_)))
    });
    let only = calls.next().filter(|_| calls.next().is_none())?;
    // What is called with a whole file in parentheses is that file.
    let nested = only
        .syntax()
        .descendants()
        .filter_map(Expr::cast)
        .find_map(|one| match one {
            Expr::Lambda(lambda) => lambda.body(),
            _ => None,
        });
    let is_file = only.syntax().text().to_string().contains("callPackage (");
    let expression = match nested {
        Some(body) if is_file => body,
        _ => only,
    };
    Some(range(&inner(expression)?))
}

fn parsed(text: &str) -> Option<Expr> {
    let parsed = rnix::Root::parse(text);
    parsed.errors().is_empty().then(|| parsed.tree().expr())?
}

fn inner(mut expression: Expr) -> Option<Expr> {
    loop {
        expression = match expression {
            Expr::Lambda(lambda) => lambda.body()?,
            Expr::LetIn(bindings) => bindings.body()?,
            Expr::Paren(parentheses) => parentheses.expr()?,
            other => return Some(other),
        };
    }
}

fn range(expression: &Expr) -> Range<usize> {
    let range = expression.syntax().text_range();
    usize::from(range.start())..usize::from(range.end())
}

/// Which part of a file is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// The file is one package.
    Whole,
    /// The package of this name among others.
    Named(&'a str),
}

impl Part<'_> {
    fn range(self, text: &str) -> Option<Range<usize>> {
        match self {
            Self::Whole => whole(text),
            Self::Named(name) => bound(text, name),
        }
    }

    /// The part, without its indentation; `None` where the file has no such part.
    pub fn of(self, text: &str) -> Option<String> {
        let range = self.range(text)?;
        let indent = indentation(text, range.start);
        let mut lines = text.get(range)?.split_inclusive('\n');
        let mut part = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            let bare = line.strip_prefix(&indent);
            part.push_str(bare.or_else(|| line.trim().is_empty().then_some(line))?);
        }
        Some(part)
    }

    /// The file with another text in the place of the part.
    pub fn replaced(self, text: &str, part: &str) -> Option<String> {
        let range = self.range(text)?;
        let indent = indentation(text, range.start);
        let mut lines = part.split_inclusive('\n');
        let mut new = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            if !line.trim().is_empty() {
                new.push_str(&indent);
            }
            new.push_str(line);
        }
        let (before, after) = (text.get(..range.start)?, text.get(range.end..)?);
        Some([before, &new, after].concat())
    }
}

/// The white space at the beginning of the line at a place.
fn indentation(text: &str, at: usize) -> String {
    let line = text.get(..at).unwrap_or_default();
    let line = line.rsplit('\n').next().unwrap_or_default();
    line.chars().take_while(|c| *c == ' ').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "{ lib, python }:\n\nlet\n  release = 1;\nin\npython.build {\n  a = ''\n    x\n\n    y\n  '';\n}\n";
    const AMONG: &str = "{ lib, python }:\n\nlet\n  release.packages = {\n    b = {\n      version = 1;\n    };\n  };\n\n  b = python.build {\n    a = ''\n      x\n\n      y\n    '';\n  };\n\n  set = python.extend (final: _: {\n    c = final.callPackage (\n      { lib, build }:\n\n      build {\n        a = 1;\n      }\n    ) { };\n  });\nin\nb\n";

    #[test]
    fn a_part_is_the_same_in_both_places() {
        let own = Part::Whole.of(OWN).unwrap();
        assert_eq!(own, "python.build {\n  a = ''\n    x\n\n    y\n  '';\n}");
        assert_eq!(Part::Named("b").of(AMONG), Some(own.clone()));
        assert_eq!(Part::Named("c").of(AMONG).unwrap(), "build {\n  a = 1;\n}");
        assert_eq!(Part::Named("d").of(AMONG), None);
        assert_eq!(Part::Whole.of("{"), None);
        assert_eq!(Part::Named("b").replaced(AMONG, &own).unwrap(), AMONG);
        let changed = Part::Named("b").replaced(AMONG, "python.build {\n  z = 1;\n}");
        assert!(
            changed
                .unwrap()
                .contains("  b = python.build {\n    z = 1;\n  };\n")
        );
    }
}
