//! Generated Nix files as the rules look at them: packages, their attributes, tokens without comments.

use crate::cases::Case;
use rnix::{SyntaxKind, SyntaxNode};
use std::collections::BTreeMap;

/// One call of `buildPythonPackage`.
pub(super) struct Package {
    /// Its attribute set, at the left margin.
    pub(super) body: String,
    /// Its own attributes: name and text of the value. An inherited one has an empty value.
    pub(super) attributes: BTreeMap<String, String>,
}

/// The tree of a text.
pub(super) fn parse(text: &str) -> SyntaxNode {
    let parse = rnix::Root::parse(text);
    assert!(parse.errors().is_empty(), "{:?}", parse.errors());
    parse.syntax()
}

/// The Nix files of a case, path and text.
pub(super) fn files(case: &Case) -> impl Iterator<Item = (&str, &str)> {
    case.tree().iter().filter_map(|(path, file)| {
        let ours = path.as_str().starts_with(".flox/pkgs/") && path.extension() == Some("nix");
        ours.then(|| (path.as_str(), std::str::from_utf8(&file.bytes).unwrap()))
    })
}

/// The packages of a case, by their `pname`.
pub(super) fn packages(case: &Case) -> BTreeMap<String, Package> {
    let mut packages = BTreeMap::new();
    for (path, text) in files(case) {
        for node in parse(text).descendants() {
            if let Some(package) = package(text, &node) {
                let name = package.attributes["pname"].trim_matches('"').to_owned();
                let twice = packages.insert(name, package);
                assert!(twice.is_none(), "{}: {path} has a package twice", case.name);
            }
        }
    }
    packages
}

fn package(text: &str, node: &SyntaxNode) -> Option<Package> {
    let mut children = (node.kind() == SyntaxKind::NODE_APPLY).then(|| node.children())?;
    let (function, argument) = (children.next()?, children.next()?);
    if !function.text().to_string().ends_with("buildPythonPackage") {
        return None;
    }
    let start = usize::from(node.text_range().start());
    let line = text[..start].rsplit('\n').next().unwrap_or_default();
    let margin = line.len() - line.trim_start().len();
    Some(Package {
        body: dedent(&argument.text().to_string(), margin),
        attributes: attributes(&argument),
    })
}

fn dedent(text: &str, margin: usize) -> String {
    let lines = text.lines().enumerate().map(|(number, line)| {
        let spaces = line.len() - line.trim_start().len();
        let cut = if number == 0 { 0 } else { margin.min(spaces) };
        line[cut..].to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn attributes(set: &SyntaxNode) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    for entry in set.children() {
        let mut parts = entry.children();
        if entry.kind() == SyntaxKind::NODE_INHERIT {
            let names = parts.filter(|part| part.kind() == SyntaxKind::NODE_IDENT);
            attributes.extend(names.map(|name| (name.text().to_string(), String::new())));
        } else if let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            attributes.insert(name.text().to_string(), value.text().to_string());
        }
    }
    attributes
}

/// The tokens that say something, in order: no space and no comment.
pub(super) fn tokens(text: &str) -> Vec<(SyntaxKind, String)> {
    parse(text)
        .descendants_with_tokens()
        .filter_map(rnix::SyntaxElement::into_token)
        .filter(|token| {
            !matches!(
                token.kind(),
                SyntaxKind::TOKEN_WHITESPACE | SyntaxKind::TOKEN_COMMENT
            )
        })
        .map(|token| (token.kind(), token.text().to_owned()))
        .collect()
}

/// The quoted texts in a piece of Nix, in order.
pub(super) fn strings(text: &str) -> Vec<String> {
    let contents = tokens(text)
        .into_iter()
        .filter(|(kind, _)| *kind == SyntaxKind::TOKEN_STRING_CONTENT);
    contents.map(|(_, content)| content).collect()
}

/// The words in a piece of Nix that name something.
pub(super) fn identifiers(text: &str) -> Vec<String> {
    let names = tokens(text)
        .into_iter()
        .filter(|(kind, _)| *kind == SyntaxKind::TOKEN_IDENT);
    names.map(|(_, name)| name).collect()
}
