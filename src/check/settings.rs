//! Which rules are looked at, and from which severity on a run ends with a finding.

use super::rules::{RULES, rule};
use super::{Rule, Severity};
use crate::ask::CheckTable;
use crate::diagnostic::did_you_mean;
use std::collections::BTreeSet;
use std::str::FromStr;

/// From which severity on a run does not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deny {
    /// From this one on.
    From(Severity),
    /// Whatever is found is only told.
    Nothing,
}

impl Deny {
    /// All that can be said.
    pub const NAMES: [&'static str; 5] = ["critical", "high", "medium", "low", "none"];

    /// Whether something of a severity is denied.
    pub fn denies(self, severity: Severity) -> bool {
        match self {
            Self::From(least) => severity >= least,
            Self::Nothing => false,
        }
    }
}

impl Default for Deny {
    /// What is low is told and does not end a run.
    fn default() -> Self {
        Self::From(Severity::Medium)
    }
}

impl FromStr for Deny {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "none" {
            return Ok(Self::Nothing);
        }
        let severity: Result<Severity, _> = text.parse();
        severity.map(Self::From).map_err(|_| {
            format!(
                "`{}` is no level: there are critical, high, medium, low and none",
                text.escape_debug()
            )
        })
    }
}

/// Which rules are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Only these, where any is named.
    pub select: BTreeSet<&'static str>,
    /// Not these.
    pub ignore: BTreeSet<&'static str>,
    /// From which severity on a run does not end well.
    pub deny: Deny,
}

impl Settings {
    /// The rules that a word means: one, or all of a severity.
    ///
    /// # Errors
    /// It means none; the nearest is named.
    pub fn named(word: &str) -> Result<Vec<&'static str>, String> {
        if let Some(rule) = rule(word) {
            return Ok(vec![rule.id]);
        }
        if let Ok(severity) = word.parse::<Severity>() {
            let of = RULES.iter().filter(|rule| rule.severity == severity);
            return Ok(of.map(|rule| rule.id).collect());
        }
        let near = did_you_mean(word, RULES.iter().map(|rule| rule.id));
        let near = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        Err(format!("there is no rule `{}`{near}", word.escape_debug()))
    }

    /// The settings of flags over those that the repository keeps: what a flag says takes the place of the table's key.
    ///
    /// # Errors
    /// Words of the table that mean no rule or no level, one sentence each.
    pub fn over(self, table: &CheckTable, deny: Option<Deny>) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let mut named = |key: &str, words: &[String]| {
            let mut all = BTreeSet::new();
            for word in words {
                match Self::named(word) {
                    Ok(rules) => all.extend(rules),
                    Err(message) => problems.push(format!("`check.{key}`: {message}")),
                }
            }
            all
        };
        let (select, ignore) = (
            named("select", &table.select),
            named("ignore", &table.ignore),
        );
        let own = table.deny.as_deref().map(str::parse::<Deny>).transpose();
        let own = own.unwrap_or_else(|message| {
            problems.push(format!("`check.deny`: {message}"));
            None
        });
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            select: if self.select.is_empty() {
                select
            } else {
                self.select
            },
            ignore: self.ignore.union(&ignore).copied().collect(),
            deny: deny.or(own).unwrap_or_default(),
        })
    }

    /// Whether a rule is looked at.
    pub fn takes(&self, rule: &Rule) -> bool {
        (self.select.is_empty() || self.select.contains(rule.id)) && !self.ignore.contains(rule.id)
    }
}
