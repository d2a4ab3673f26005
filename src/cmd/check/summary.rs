//! The end of a report for a person: how much was found, and what ends the run.

use super::args::Options;
use crate::check::{Report, Repository, Severity};
use std::fmt::Write as _;

/// The summary, a line each.
pub(super) fn summary(report: &Report, repository: &Repository<'_>, options: &Options) -> String {
    let mut text = String::new();
    let subject = repository.subject;
    if subject.is_recognised && !subject.release.is_empty() {
        let name = &repository.scaffold.catalogue.upstream.name;
        let _ = writeln!(
            text,
            "compared with {name} {}: {}",
            subject.release, subject.because
        );
    }
    if report.findings.is_empty() {
        text.push_str("nothing found");
    } else {
        let counts = Severity::ALL.iter().filter_map(|severity| {
            let count = report.count(*severity);
            (count > 0).then(|| format!("{count} {severity}"))
        });
        let counts: Vec<String> = counts.collect();
        let total = report.findings.len();
        let word = if total == 1 { "finding" } else { "findings" };
        let _ = write!(text, "{total} {word}: {}", counts.join(", "));
    }
    if report.allowed > 0 {
        let _ = write!(text, "; {} allowed by comments", report.allowed);
    }
    text.push('\n');
    if !report.findings.is_empty() {
        let mendable = report.mendable();
        if mendable > 0 && !options.fixes {
            let _ = writeln!(text, "`floxwright check --fix` mends {mendable} of them");
        }
        text.push_str("`floxwright explain RULE` explains a rule\n");
    }
    if !report.findings.is_empty() && !report.is_denied(&options.settings) {
        text.push_str("nothing of it is denied\n");
    }
    text
}
