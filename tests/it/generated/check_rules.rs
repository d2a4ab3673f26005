//! `docs/rules.md`: every rule of `check`, as `floxwright explain` tells it.

use super::HEAD;
use crate::project;
use floxwright::check::{RULES, Severity};
use std::fmt::Write;

/// What stands before the rules.
const ABOUT: &str = "`floxwright check` looks for these in any packaging repository, made by floxwright or by hand. \
`floxwright explain RULE` tells one of them, `floxwright list rules` lists them.\n\n\
A finding that is no fault is allowed by a comment with its reason, before what it is about or behind it on the same line; at the \
head of a file it is about the whole file:\n\n```nix\n# floxwright: allow(unused-argument): the next release needs it\n```\n\n\
TOML, YAML and `.gitignore` take the same comment, about its line or the next; Markdown takes \
`<!-- floxwright: allow(RULE): reason -->`, about what follows up to an empty line.\n\n\
`--select` and `--ignore` take rules and severities. A run ends with 4 when something of the severity of `--deny` or a worse one is \
found; without it that is `medium`.\n";

#[test]
fn the_page_of_rules_is_up_to_date() {
    let mut text = format!(
        "# Rules of check\n\n{HEAD}\n{ABOUT}\n| Rule | Severity | What is wrong |\n|---|---|---|\n"
    );
    for severity in Severity::ALL {
        for rule in RULES.iter().filter(|rule| rule.severity == severity) {
            let id = rule.id;
            let _ = writeln!(text, "| [`{id}`](#{id}) | {severity} | {} |", rule.title);
        }
    }
    for rule in RULES {
        let _ = write!(text, "\n## {}\n\n{}", rule.id, rule.explanation());
    }
    project::keep("docs/rules.md", &text);
}
