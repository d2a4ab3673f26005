//! statix has nothing to say about what is generated: its rules, written anew, over every Nix file of many repositories.
//!
//! statix is not on the crate registry, so nothing here needs it. These are all the rules of statix 0.5.8, by its own codes and names:
//!
//! - W01 `bool_comparison`: a comparison with `true` or `false`
//! - W02 `empty_let_in`: a `let` that binds nothing
//! - W03 `manual_inherit`: `x = x;`, which `inherit x;` says
//! - W04 `manual_inherit_from`: `x = a.x;`, which `inherit (a) x;` says
//! - W05 `legacy_let_syntax`: `let { body = …; }`, which nobody documents
//! - W06 `collapsible_let_in`: a `let` whose body is a `let`
//! - W07 `eta_reduction`: a function that only hands its argument to another, named one
//! - W08 `useless_parens`: parentheses that change nothing
//! - W10 `empty_pattern`: `{ }:`, which takes no argument by name
//! - W11 `redundant_pattern_bind`: `all@{ ... }:`, which `all:` says
//! - W12 `unquoted_uri`: an address outside a string
//! - W14 `empty_inherit`: `inherit;`
//! - W17 `deprecated_to_path`: a call of `toPath`
//! - W18 `bool_simplification`: `!(a == b)`, which `a != b` says
//! - W19 `useless_has_attr`: `if a ? b then a.b else c`, which `a.b or c` says
//! - W20 `repeated_keys`: one key at the head of three or more paths of a set
//! - W23 `empty_list_concat`: `++` with an empty list

mod bindings;
mod functions;
mod operators;
mod repositories;
mod spelling;

use rnix::SyntaxNode;
use rnix::ast::AstNode;

/// One rule of statix, with what it finds and what it passes over.
struct Rule {
    /// statix' number of it.
    code: &'static str,
    /// statix' name of it.
    name: &'static str,
    /// What it finds, in one line.
    meaning: &'static str,
    /// Whether this node breaks it.
    breaks: fn(&SyntaxNode) -> bool,
    /// Expressions that break it, and no other rule.
    fires: &'static [&'static str],
    /// Expressions near to those that break no rule at all.
    passes: &'static [&'static str],
}

/// Every rule, in the order of the codes.
const RULES: [&Rule; 17] = [
    &operators::BOOL_COMPARISON,
    &bindings::EMPTY_LET_IN,
    &bindings::MANUAL_INHERIT,
    &bindings::MANUAL_INHERIT_FROM,
    &bindings::LEGACY_LET_SYNTAX,
    &bindings::COLLAPSIBLE_LET_IN,
    &functions::ETA_REDUCTION,
    &spelling::USELESS_PARENS,
    &functions::EMPTY_PATTERN,
    &functions::REDUNDANT_PATTERN_BIND,
    &spelling::UNQUOTED_URI,
    &bindings::EMPTY_INHERIT,
    &functions::DEPRECATED_TO_PATH,
    &operators::BOOL_SIMPLIFICATION,
    &operators::USELESS_HAS_ATTR,
    &bindings::REPEATED_KEYS,
    &operators::EMPTY_LIST_CONCAT,
];

/// The node as a `T`, where it is one.
fn cast<T: AstNode>(node: &SyntaxNode) -> Option<T> {
    T::cast(node.clone())
}

/// The node of something that has a type.
fn node(typed: &impl AstNode) -> &SyntaxNode {
    typed.syntax()
}

/// A rule that is broken, and where: line and column, from 1.
struct Finding {
    rule: &'static Rule,
    line: usize,
    column: usize,
}

impl Finding {
    fn new(rule: &'static Rule, text: &str, node: &SyntaxNode) -> Self {
        let before = &text[..usize::from(node.text_range().start())];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            rule,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Rule {
            code,
            name,
            meaning,
            ..
        } = self.rule;
        write!(f, "{}:{}: {code} {name}: {meaning}", self.line, self.column)
    }
}

/// Everything that the rules find in a text, which must be Nix, in the order of the text.
fn findings(text: &str) -> Vec<Finding> {
    let parsed = rnix::Root::parse(text);
    assert!(parsed.errors().is_empty(), "{text}: {:?}", parsed.errors());
    let nodes = parsed.syntax().descendants();
    nodes
        .flat_map(|node| {
            let broken = RULES.into_iter().filter(|rule| (rule.breaks)(&node));
            let found: Vec<_> = broken.map(|rule| Finding::new(rule, text, &node)).collect();
            found
        })
        .collect()
}

/// The codes that the rules find in an expression, each once.
fn codes(expression: &str) -> Vec<&'static str> {
    let mut codes: Vec<_> = findings(expression)
        .iter()
        .map(|finding| finding.rule.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The rule finds what it is for, and nothing near to it.
fn check(rule: &Rule) {
    for expression in rule.fires {
        assert_eq!(
            codes(expression),
            [rule.code],
            "{}: {expression}",
            rule.name
        );
    }
    for expression in rule.passes {
        assert!(
            codes(expression).is_empty(),
            "{}: {expression}: {:?}",
            rule.name,
            codes(expression)
        );
    }
}

#[test]
fn every_rule_finds_what_it_is_for_and_nothing_near_to_it() {
    RULES.into_iter().for_each(check);
}

#[test]
fn the_rules_are_those_listed_above() {
    let listed = include_str!("mod.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! - "));
    let rules = RULES.map(|rule| format!("{} `{}`: {}", rule.code, rule.name, rule.meaning));
    assert_eq!(listed.collect::<Vec<_>>(), rules);
}

#[test]
fn a_finding_says_where_it_is() {
    let found: Vec<_> = findings("{\n  e = \"é\"; x = x;\n}")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        found,
        ["2:12: W03 manual_inherit: `x = x;`, which `inherit x;` says"]
    );
}
