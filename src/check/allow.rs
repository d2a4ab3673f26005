//! Comments by which a person allows what a rule finds: `# floxwright: allow(RULE): reason`.

use crate::recipe::{Comment, Recipe};
use std::ops::Range;

/// How such a comment begins.
const MARK: &str = "floxwright:";

/// What a comment allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    /// The rules, as they are written.
    pub(super) rules: Vec<String>,
    /// Why; empty where nothing is said.
    pub(super) reason: String,
    /// The comment.
    pub(super) range: Range<usize>,
    /// Where it holds.
    pub(super) covers: Range<usize>,
}

/// A comment that begins like one and is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unclear {
    /// The comment.
    pub(super) range: Range<usize>,
}

impl Allowance {
    /// Whether it allows what a rule finds at a place. What concerns a file as a whole is allowed at its beginning.
    pub(super) fn allows(&self, rule: &str, place: &Range<usize>) -> bool {
        let inside = self.covers.start <= place.start && place.start < self.covers.end;
        let whole = place.is_empty() && place.start == 0 && self.range.start == 0;
        (inside || whole) && self.rules.iter().any(|name| name == rule)
    }
}

/// The comments of a file that allow something, or want to.
pub(super) fn allowances(recipe: &Recipe) -> Vec<Result<Allowance, Unclear>> {
    recipe.comments.iter().filter_map(read).collect()
}

fn read(comment: &Comment) -> Option<Result<Allowance, Unclear>> {
    let rest = comment.text.strip_prefix(MARK)?.trim();
    let unclear = || Unclear {
        range: comment.range.clone(),
    };
    Some(parts(rest, comment).ok_or_else(unclear))
}

fn parts(text: &str, comment: &Comment) -> Option<Allowance> {
    let inner = text.strip_prefix("allow")?.trim_start().strip_prefix('(')?;
    let (rules, rest) = inner.split_once(')')?;
    let rules: Vec<String> = rules
        .split(',')
        .map(|rule| rule.trim().to_owned())
        .collect();
    let reason = rest.trim().strip_prefix(':').unwrap_or_default().trim();
    Some(Allowance {
        rules,
        reason: reason.to_owned(),
        range: comment.range.clone(),
        covers: comment.covers.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rule: &str, at: &str, expected: bool) {
        let recipe = Recipe::read(text);
        let start = text.find(at).unwrap();
        let place = start..start + at.len();
        let mut all = allowances(&recipe).into_iter().flatten();
        assert_eq!(all.any(|one| one.allows(rule, &place)), expected, "{text}");
    }

    #[test]
    fn a_comment_is_about_what_begins_behind_it() {
        let text = "{\n  # floxwright: allow(a, b): so it is\n  x = [\n    one\n  ];\n  y = two; # floxwright: allow(c)\n  z = three;\n}\n";
        check(text, "a", "one", true);
        check(text, "b", "x = [", true);
        check(text, "c", "one", false);
        check(text, "a", "two", false);
        check(text, "c", "two", true);
        check(text, "c", "three", false);
        check(
            "# floxwright: allow(a): all of it\n{ x }:\nx + 1\n",
            "a",
            "1",
            true,
        );
        check(
            "# floxwright allow(a): not so\n{ y }: y\n",
            "a",
            "{ y",
            false,
        );
    }

    #[test]
    fn what_is_not_clear_is_told() {
        for (text, expected) in [
            ("# floxwright: allow(a): b\n1", true),
            ("/* floxwright: allow(a) */ 1", true),
            ("# floxwright: allow a\n1", false),
            ("# floxwright: deny(a)\n1", false),
        ] {
            let all = allowances(&Recipe::read(text));
            assert_eq!(all.len(), 1, "{text}");
            assert_eq!(all[0].is_ok(), expected, "{text}");
        }
    }
}
