//! The run of all rules over a repository.

use super::allow::{Allowance, all_allowances};
use super::edited::is_safe;
use super::rules::RULES;
use super::{Finding, Repository, Rule, Settings, Severity};
use crate::parallel::{in_parallel, processors};
use crate::tree::RelPath;
use std::collections::BTreeMap;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, the worst first, then by file and place.
    pub findings: Vec<Finding>,
    /// How many findings comments allow.
    pub allowed: usize,
}

impl Report {
    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let of = |finding: &&Finding| finding.rule.severity == severity;
        self.findings.iter().filter(of).count()
    }

    /// How many findings can be mended.
    pub fn mendable(&self) -> usize {
        self.findings.iter().filter(|one| one.fix.is_some()).count()
    }

    /// Whether something is found that the settings deny.
    pub fn is_denied(&self, settings: &Settings) -> bool {
        let mut severities = self.findings.iter().map(|finding| finding.rule.severity);
        severities.any(|severity| settings.deny.denies(severity))
    }
}

/// A fix that cannot be made without harm becomes advice.
fn honest(mut finding: Finding, repository: &Repository<'_>) -> Finding {
    let unsafe_fix = finding
        .fix
        .take_if(|fix| !is_safe(fix, &repository.survey.files));
    if let Some(fix) = unsafe_fix {
        finding.help.get_or_insert(fix.title);
    }
    finding
}

/// Looks for everything that the settings take.
pub fn check(repository: &Repository<'_>, settings: &Settings) -> Report {
    let allowed: BTreeMap<&RelPath, Vec<Allowance>> = all_allowances(repository)
        .into_iter()
        .map(|(path, all)| (path, all.into_iter().flatten().collect()))
        .collect();
    let is_allowed = |finding: &Finding| {
        let place = finding.place.as_ref();
        place.is_some_and(|place| {
            let mut here = allowed.get(&place.path).into_iter().flatten();
            here.any(|one| one.allows(finding.rule.id, &place.range()))
        })
    };
    let mut report = Report::default();
    let rules: Vec<&Rule> = RULES
        .iter()
        .copied()
        .filter(|rule| settings.takes(rule))
        .collect();
    let found = in_parallel(&rules, processors(), |rule| (rule.run)(repository));
    let (allowed, found): (Vec<Finding>, Vec<Finding>) =
        found.into_iter().flatten().partition(is_allowed);
    report.allowed = allowed.len();
    report.findings = in_parallel(&found, processors(), |finding| {
        honest(finding.clone(), repository)
    });
    report.findings.sort_by(|one, other| {
        let severity = other.rule.severity.cmp(&one.rule.severity);
        severity
            .then_with(|| one.place.cmp(&other.place))
            .then_with(|| one.rule.id.cmp(other.rule.id))
            .then_with(|| one.message.cmp(&other.message))
    });
    report
}
