//! Rules about conditions and lists.

use super::{Rule, cast};
use rnix::SyntaxNode;
use rnix::ast::{BinOp, BinOpKind, Expr, IfElse, UnaryOp, UnaryOpKind};

pub(super) const BOOL_COMPARISON: Rule = Rule {
    code: "W01",
    name: "bool_comparison",
    meaning: "a comparison with `true` or `false`",
    breaks: |node| {
        operands(node, &[BinOpKind::Equal, BinOpKind::NotEqual])
            .is_some_and(|both| both.iter().any(is_boolean))
    },
    fires: &[
        "a == true",
        "false != a",
        "f a == false",
        "true == true",
        "[ (a != true) ]",
    ],
    passes: &[
        "a == b",
        "a && true",
        "a == \"true\"",
        "a == null",
        "a == b.true",
    ],
};

pub(super) const BOOL_SIMPLIFICATION: Rule = Rule {
    code: "W18",
    name: "bool_simplification",
    meaning: "`!(a == b)`, which `a != b` says",
    breaks: |node| {
        let Some(negated) = cast::<UnaryOp>(node) else {
            return false;
        };
        let Some(Expr::Paren(inner)) = negated.expr() else {
            return false;
        };
        negated.operator() == Some(UnaryOpKind::Invert)
            && matches!(inner.expr(), Some(Expr::BinOp(inner)) if inner.operator() == Some(BinOpKind::Equal))
    },
    fires: &["!(a == b)", "a && !(b == 1)"],
    passes: &["a != b", "!(a != b)", "!(a < b)", "!a == b", "!(f a)"],
};

pub(super) const USELESS_HAS_ATTR: Rule = Rule {
    code: "W19",
    name: "useless_has_attr",
    meaning: "`if a ? b then a.b else c`, which `a.b or c` says",
    breaks: useless_has_attr,
    fires: &[
        "if a ? b then a.b else 1",
        "if a ? b.c then a.b.c else d",
        "if (f a) ? b then (f a).b else [ ]",
    ],
    passes: &[
        "if a ? b then a.c else 1",
        "if a ? b then c.b else 1",
        "if a ? b then f a.b else 1",
        "if a ? b && c then a.b else 1",
        "a.b or 1",
    ],
};

pub(super) const EMPTY_LIST_CONCAT: Rule = Rule {
    code: "W23",
    name: "empty_list_concat",
    meaning: "`++` with an empty list",
    breaks: |node| {
        operands(node, &[BinOpKind::Concat]).is_some_and(|both| both.iter().any(is_empty_list))
    },
    fires: &[
        "[ ] ++ a",
        "a ++ [ ]",
        "[ 1 ] ++ a ++ [ ]",
        "[\n# none\n] ++ a",
    ],
    passes: &[
        "[ 1 ] ++ a",
        "a ++ b",
        "f [ ] ++ a",
        "a == [ ]",
        "[ [ ] ] ++ a",
    ],
};

/// Both sides of an operator that is one of `kinds`.
fn operands(node: &SyntaxNode, kinds: &[BinOpKind]) -> Option<[Expr; 2]> {
    let operation = cast::<BinOp>(node)?;
    kinds.contains(&operation.operator()?).then_some(())?;
    Some([operation.lhs()?, operation.rhs()?])
}

fn is_boolean(side: &Expr) -> bool {
    matches!(side, Expr::Ident(name) if ["true", "false"].contains(&name.to_string().as_str()))
}

fn is_empty_list(side: &Expr) -> bool {
    matches!(side, Expr::List(list) if list.items().next().is_none())
}

fn useless_has_attr(node: &SyntaxNode) -> bool {
    let Some(choice) = cast::<IfElse>(node) else {
        return false;
    };
    let (Some(Expr::HasAttr(asked)), Some(Expr::Select(taken))) =
        (choice.condition(), choice.body())
    else {
        return false;
    };
    let (Some(set), Some(path)) = (asked.expr(), asked.attrpath()) else {
        return false;
    };
    taken.to_string() == format!("{set}.{path}")
}
