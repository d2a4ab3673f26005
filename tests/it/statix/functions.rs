//! Rules about functions: what they take, and how they are called.

use super::{Rule, cast};
use rnix::SyntaxNode;
use rnix::ast::{Apply, AttrSet, Expr, HasEntry, Lambda, Param, Pattern};

pub(super) const ETA_REDUCTION: Rule = Rule {
    code: "W07",
    name: "eta_reduction",
    meaning: "a function that only hands its argument to another, named one",
    breaks: eta_reduction,
    fires: &["x: f x", "map (x: f x) xs", "a: x: f x"],
    passes: &[
        "x: x x",
        "x: f y",
        "x: f a x",
        "x: a.f x",
        "x: (f a) x",
        "{ x }: f x",
        "x: f (g x)",
    ],
};

pub(super) const EMPTY_PATTERN: Rule = Rule {
    code: "W10",
    name: "empty_pattern",
    meaning: "`{ }:`, which takes no argument by name",
    breaks: empty_pattern,
    fires: &[
        "{ }: 1",
        "{ ... }: 1",
        "{ }: { import = [ ]; }",
        "a: { ... }: a",
    ],
    passes: &[
        "{ a }: a",
        "{ a, ... }: a",
        "_: 1",
        "all@{ }: all",
        "{ ... }: { imports = [ ]; }",
    ],
};

pub(super) const REDUNDANT_PATTERN_BIND: Rule = Rule {
    code: "W11",
    name: "redundant_pattern_bind",
    meaning: "`all@{ ... }:`, which `all:` says",
    breaks: |node| {
        cast::<Pattern>(node).is_some_and(|pattern| {
            pattern.pat_entries().next().is_none()
                && pattern.ellipsis_token().is_some()
                && pattern.pat_bind().is_some()
        })
    },
    fires: &["all@{ ... }: all", "{ ... }@all: all"],
    passes: &["all@{ a, ... }: all // a", "all@{ }: all", "all: all"],
};

pub(super) const DEPRECATED_TO_PATH: Rule = Rule {
    code: "W17",
    name: "deprecated_to_path",
    meaning: "a call of `toPath`",
    breaks: |node| {
        let function = cast::<Apply>(node).and_then(|call| call.lambda());
        function.is_some_and(|function| {
            ["toPath", "builtins.toPath"].contains(&function.to_string().as_str())
        })
    },
    fires: &["builtins.toPath \"/a\"", "toPath \"/a\"", "[ (toPath a) ]"],
    passes: &["lib.toPath a", "toPath", "map toPath xs", "toString ./a"],
};

fn eta_reduction(node: &SyntaxNode) -> bool {
    let Some(lambda) = cast::<Lambda>(node) else {
        return false;
    };
    let (Some(Param::IdentParam(taken)), Some(Expr::Apply(call))) = (lambda.param(), lambda.body())
    else {
        return false;
    };
    let (Some(Expr::Ident(function)), Some(Expr::Ident(handed))) = (call.lambda(), call.argument())
    else {
        return false;
    };
    let taken = taken.to_string();
    handed.to_string() == taken && function.to_string() != taken
}

/// A body with `imports` is a module of NixOS, which is written so.
fn empty_pattern(node: &SyntaxNode) -> bool {
    let Some(pattern) = cast::<Pattern>(node) else {
        return false;
    };
    let function = node.parent().and_then(|parent| cast::<Lambda>(&parent));
    let body = function.and_then(|function| function.body());
    pattern.pat_entries().next().is_none()
        && pattern.pat_bind().is_none()
        && !matches!(body, Some(Expr::AttrSet(set)) if is_module(&set))
}

fn is_module(set: &AttrSet) -> bool {
    set.attrpath_values()
        .filter_map(|entry| entry.attrpath())
        .any(|path| path.to_string() == "imports")
}
