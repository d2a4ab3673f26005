//! Rules about what `let` and sets bind.

use super::{Rule, cast};
use rnix::SyntaxNode;
use rnix::ast::{Attr, AttrSet, AttrpathValue, Expr, HasEntry, Inherit, LegacyLet, LetIn};

pub(super) const EMPTY_LET_IN: Rule = Rule {
    code: "W02",
    name: "empty_let_in",
    meaning: "a `let` that binds nothing",
    breaks: |node| cast::<LetIn>(node).is_some_and(|bound| bound.entries().next().is_none()),
    fires: &["let in 1", "let # nothing yet\nin a", "{ x = let in [ ]; }"],
    passes: &["let x = 1; in x", "let inherit (a) x; in x"],
};

pub(super) const MANUAL_INHERIT: Rule = Rule {
    code: "W03",
    name: "manual_inherit",
    meaning: "`x = x;`, which `inherit x;` says",
    breaks: |node| {
        key_and_value(node).is_some_and(
            |(key, value)| matches!(&value, Expr::Ident(value) if value.to_string() == key),
        )
    },
    fires: &[
        "{ x = x; }",
        "x: rec { y = 1; x = x; }",
        "let lib = lib; in lib",
    ],
    passes: &[
        "{ x = y; }",
        "{ inherit x; }",
        "{ a.x = x; }",
        "{ \"x\" = x; }",
        "{ x = \"x\"; }",
    ],
};

pub(super) const MANUAL_INHERIT_FROM: Rule = Rule {
    code: "W04",
    name: "manual_inherit_from",
    meaning: "`x = a.x;`, which `inherit (a) x;` says",
    breaks: |node| {
        key_and_value(node)
            .is_some_and(|(key, value)| single_selected(&value).is_some_and(|name| name == key))
    },
    fires: &[
        "{ x = a.x; }",
        "let x = (f a).x; in x",
        "{ x = { x = 1; }.x; }",
        "{ x = a.x or 1; }",
    ],
    passes: &[
        "{ x = a.y; }",
        "{ x = a.b.x; }",
        "{ a.x = b.x; }",
        "{ x = a.\"x\"; }",
        "{ ${x} = a.${x}; }",
    ],
};

pub(super) const LEGACY_LET_SYNTAX: Rule = Rule {
    code: "W05",
    name: "legacy_let_syntax",
    meaning: "`let { body = …; }`, which nobody documents",
    breaks: |node| {
        cast::<LegacyLet>(node).is_some_and(|bound| {
            let mut entries = bound.attrpath_values();
            entries.any(|entry| head(&entry).is_some_and(|name| name == "body"))
        })
    },
    fires: &[
        "let { body = 1; }",
        "let { x = 1; body = x; }",
        "let { body.x = 1; }",
    ],
    passes: &[
        "let body = 1; in body",
        "{ body = 1; }",
        "rec { body = 1; }.body",
    ],
};

pub(super) const COLLAPSIBLE_LET_IN: Rule = Rule {
    code: "W06",
    name: "collapsible_let_in",
    meaning: "a `let` whose body is a `let`",
    breaks: |node| {
        let body = cast::<LetIn>(node).and_then(|bound| bound.body());
        matches!(body, Some(Expr::LetIn(_)))
    },
    fires: &[
        "let a = 1; in let b = a; in b",
        "x: let a = x; in let b = a; in b",
    ],
    passes: &[
        "let a = 1; in x: let b = a; in b",
        "let a = 1; in { x = let b = a; in b; }",
        "let a = let b = 1; in b; in a",
    ],
};

pub(super) const EMPTY_INHERIT: Rule = Rule {
    code: "W14",
    name: "empty_inherit",
    meaning: "`inherit;`",
    breaks: |node| {
        cast::<Inherit>(node)
            .is_some_and(|inherit| inherit.from().is_none() && inherit.attrs().next().is_none())
    },
    fires: &["{ inherit; }", "let inherit; in a"],
    passes: &["{ inherit x; }", "{ inherit (a); }", "{ inherit (a) x; }"],
};

pub(super) const REPEATED_KEYS: Rule = Rule {
    code: "W20",
    name: "repeated_keys",
    meaning: "one key at the head of three or more paths of a set",
    breaks: repeated_keys,
    fires: &[
        "{ a.x = 1; a.y = 2; a.z = 3; }",
        "{ a.x = 1; b = 2; a = { }; inherit c; a.z.y = 3; }",
        "{ a.x = 1; a.y = 2; a.z = 3; a.w = 4; }",
    ],
    passes: &[
        "{ a.x = 1; a.y = 2; b.z = 3; }",
        "rec { a.x = 1; a.y = 2; a.z = 3; }",
        "let a.x = 1; a.y = 2; a.z = 3; in a",
        "{ a = { }; a.y = 2; a.z = 3; }",
        "{ \"a\".x = 1; \"a\".y = 2; \"a\".z = 3; }",
    ],
};

/// Tells of the first path of each key, as statix does: where that is the bare key, it says nothing.
fn repeated_keys(node: &SyntaxNode) -> bool {
    let Some(first) = cast::<AttrpathValue>(node) else {
        return false;
    };
    let (Some(key), Some(set)) = (
        head(&first),
        node.parent().and_then(|set| cast::<AttrSet>(&set)),
    ) else {
        return false;
    };
    let components = first.attrpath().map_or(0, |path| path.attrs().count());
    let mut same = set
        .attrpath_values()
        .filter(|entry| head(entry).as_ref() == Some(&key));
    components > 1 && set.rec_token().is_none() && same.next() == Some(first) && same.count() >= 2
}

/// The name with which a binding's path begins.
fn head(entry: &AttrpathValue) -> Option<String> {
    match entry.attrpath()?.attrs().next()? {
        Attr::Ident(name) => Some(name.to_string()),
        Attr::Dynamic(_) | Attr::Str(_) => None,
    }
}

/// The key of a binding whose path is one name, and its value.
fn key_and_value(node: &SyntaxNode) -> Option<(String, Expr)> {
    let entry = cast::<AttrpathValue>(node)?;
    let single = entry.attrpath()?.attrs().count() == 1;
    Some((head(&entry).filter(|_| single)?, entry.value()?))
}

/// The name that is selected, where it is one name.
fn single_selected(value: &Expr) -> Option<String> {
    let Expr::Select(select) = value else {
        return None;
    };
    let path = select.attrpath()?;
    match (path.attrs().next()?, path.attrs().count()) {
        (Attr::Ident(name), 1) => Some(name.to_string()),
        _ => None,
    }
}
