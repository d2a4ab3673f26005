//! What is looked for.

use super::{Finding, Repository, Severity};

/// What a person reads about a rule, in `explain`, in the documents and in reports for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// What is found, and when.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// How it is mended.
    pub mend: &'static str,
    /// Lines in which it is found.
    pub example: &'static str,
}

/// One thing that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, in lower case with dashes. It never changes.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// The rest of what is to be said.
    pub text: Text,
    /// Looks for it.
    pub(super) run: fn(&Repository<'_>) -> Vec<Finding>,
}

impl Rule {
    /// A finding of this rule.
    pub(super) fn found(&'static self, message: impl Into<String>) -> Finding {
        Finding {
            rule: self,
            message: message.into(),
            place: None,
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// The page of the rule as Markdown, without its name.
    pub fn explanation(&self) -> String {
        let Text {
            what,
            why,
            mend,
            example,
        } = self.text;
        let example = example.trim_matches('\n');
        format!(
            "{}: **{}**\n\n{what}\n\nWhy: {why}\n\nMend: {mend}\n\n```nix\n{example}\n```\n",
            self.severity, self.title
        )
    }
}
