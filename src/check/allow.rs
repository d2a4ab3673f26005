//! Comments by which a person allows what a rule finds: `# floxwright: allow(RULE): reason`.

use super::Repository;
use crate::recipe::{Comment, Recipe};
use crate::reconcile::plain;
use crate::tree::RelPath;
use std::collections::BTreeMap;
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

/// The comments of a Nix file that allow something, or want to.
pub(super) fn allowances(recipe: &Recipe) -> Vec<Result<Allowance, Unclear>> {
    recipe.comments.iter().filter_map(read).collect()
}

/// The comments of all files that allow something, or want to.
pub(super) fn all_allowances<'a>(
    repository: &Repository<'a>,
) -> BTreeMap<&'a RelPath, Vec<Result<Allowance, Unclear>>> {
    let recipes = repository.survey.recipes.iter();
    let recipes = recipes.map(|(path, read)| (path, allowances(&read.recipe)));
    let files = repository.survey.files.iter();
    let texts = files.filter_map(|(path, file)| {
        let sign = Sign::of(path)?;
        let text = plain(file).filter(|text| text.contains(MARK))?;
        let comments = sign.comments(&text);
        Some((path, comments.iter().filter_map(read).collect()))
    });
    recipes.chain(texts).collect()
}

/// How a comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// From `#` to the end of the line: TOML, YAML, ignore files. It is about its line, or about the next.
    Hash,
    /// Between `<!--` and `-->`: Markdown. It is about what follows up to an empty line.
    Markup,
}

impl Sign {
    fn of(path: &RelPath) -> Option<Self> {
        match path.extension() {
            Some("toml" | "yaml" | "yml") => Some(Self::Hash),
            None if path.name() == ".gitignore" => Some(Self::Hash),
            Some("md") => Some(Self::Markup),
            _ => None,
        }
    }

    /// The comments of a text that begin with the mark.
    fn comments(self, text: &str) -> Vec<Comment> {
        let (start, end) = match self {
            Self::Hash => ("# floxwright:", "\n"),
            Self::Markup => ("<!-- floxwright:", "-->"),
        };
        let starts = text.match_indices(start).map(|(at, _)| at);
        let comment = |at: usize| {
            let rest = text.get(at..)?;
            let length = rest.find(end).unwrap_or(rest.len());
            let words = rest.get(..length)?;
            let words = words.trim_start_matches(['#', '<', '!', '-']).trim();
            let range = at..at + length;
            Some(Comment {
                text: words.to_owned(),
                covers: self.covers(text, &range),
                range,
            })
        };
        starts.filter_map(comment).collect()
    }

    /// What a comment is about.
    fn covers(self, text: &str, range: &Range<usize>) -> Range<usize> {
        let before = text.get(..range.start).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let is_behind = !before.get(line..).unwrap_or_default().trim().is_empty();
        let rest = text.get(range.end..).unwrap_or_default();
        let here = range.end + rest.find('\n').map_or(rest.len(), |at| at + 1);
        let below = text.get(here..).unwrap_or_default();
        match self {
            _ if is_behind => line..here,
            Self::Hash => line..here + below.find('\n').unwrap_or(below.len()),
            Self::Markup => line..here + below.find("\n\n").unwrap_or(below.len()),
        }
    }
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

    #[track_caller]
    fn check_text(sign: Sign, text: &str, expected: &[&str]) {
        let comments = sign.comments(text);
        let covered = comments
            .iter()
            .map(|one| text.get(one.covers.clone()).unwrap());
        assert_eq!(covered.collect::<Vec<_>>(), expected, "{text}");
        assert!(
            comments
                .iter()
                .all(|one| one.text == "floxwright: allow(a): b")
        );
    }

    #[test]
    fn other_files_have_such_comments() {
        check_text(
            Sign::Hash,
            "a = 1\n# floxwright: allow(a): b\nc = 2\nd = 3 # floxwright: allow(a): b\n",
            &[
                "# floxwright: allow(a): b\nc = 2",
                "d = 3 # floxwright: allow(a): b\n",
            ],
        );
        check_text(
            Sign::Markup,
            "<!-- floxwright: allow(a): b -->\none\ntwo\n\nthree\n",
            &["<!-- floxwright: allow(a): b -->\none\ntwo"],
        );
        check_text(Sign::Markup, "`# floxwright: allow(a): b`\n", &[]);
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
