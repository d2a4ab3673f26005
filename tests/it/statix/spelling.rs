//! Rules about how something is written.

use super::{Rule, cast, node};
use rnix::SyntaxNode;
use rnix::ast::{AttrpathValue, Expr, LetIn, Literal, LiteralKind, Paren};

pub(super) const USELESS_PARENS: Rule = Rule {
    code: "W08",
    name: "useless_parens",
    meaning: "parentheses that change nothing",
    breaks: |node| cast::<Paren>(node).is_some_and(|parens| is_useless(&parens)),
    fires: &[
        "{ x = (f a); }",
        "let x = (1 + 2); in x",
        "let x = 1; in (f x)",
        "f (a)",
        "f ([ ])",
        "f ({ })",
        "f (\"a\")",
        "f (a.b)",
        "f ((a + b))",
    ],
    passes: &[
        "f (a b)",
        "(a + b) * c",
        "f (a.b or c)",
        "f (x: x)",
        "f (-1)",
        "f (1)",
        "f (./a)",
        "{ inherit (a) x; }",
        "{ x = (f a).b; }",
        "{ x = f (a b); }",
    ],
};

pub(super) const UNQUOTED_URI: Rule = Rule {
    code: "W12",
    name: "unquoted_uri",
    meaning: "an address outside a string",
    breaks: |node| {
        cast::<Literal>(node).is_some_and(|literal| matches!(literal.kind(), LiteralKind::Uri(_)))
    },
    fires: &["https://example.org/a", "{ url = github:a/b; }"],
    passes: &["\"https://example.org/a\"", "x: a", "./a"],
};

/// Around a binding's value and around a `let`'s body none are needed; elsewhere, around what stands by itself.
fn is_useless(parens: &Paren) -> bool {
    let around = node(parens).parent();
    let binds = |around: &SyntaxNode| {
        cast::<AttrpathValue>(around).is_some() || cast::<LetIn>(around).is_some()
    };
    around.as_ref().is_some_and(binds)
        || match parens.expr() {
            Some(
                Expr::AttrSet(_) | Expr::Ident(_) | Expr::List(_) | Expr::Paren(_) | Expr::Str(_),
            ) => true,
            Some(Expr::Select(select)) => select.or_token().is_none(),
            _ => false,
        }
}
