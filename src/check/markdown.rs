//! Findings as Markdown: a summary for a pull request or a job's page.

use super::region::region;
use super::{Finding, Report, Repository, Severity};
use std::fmt::Write as _;

/// The findings, a table for each severity.
pub fn markdown(report: &Report, repository: &Repository<'_>) -> String {
    let mut text = "# What floxwright check found\n".to_owned();
    let subject = repository.subject;
    if subject.is_recognised && !subject.release.is_empty() {
        let name = &repository.scaffold.catalogue.upstream.name;
        let _ = writeln!(text, "\nCompared with {name} {}.", subject.release);
    }
    if report.findings.is_empty() {
        text.push_str("\nNothing.\n");
        return text;
    }
    let mendable = report.mendable();
    if mendable > 0 {
        let all = report.findings.len();
        let _ = writeln!(
            text,
            "\n`floxwright check --fix` mends {mendable} of {all}."
        );
    }
    for severity in Severity::ALL {
        let of = report.findings.iter();
        let of: Vec<&Finding> = of.filter(|one| one.rule.severity == severity).collect();
        if of.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n## {} {severity}\n", of.len());
        text.push_str("| Where | What | Rule |\n|---|---|---|\n");
        for finding in of {
            let place = finding.place.as_ref();
            let place = place.map_or_else(String::new, |place| {
                let line = region(place, repository).line;
                format!("`{}:{line}`", place.path)
            });
            let help = finding.help.as_deref().map(|help| format!("<br>{help}"));
            let what = format!("{}{}", finding.message, help.unwrap_or_default());
            let rule = finding.rule.id;
            let _ = writeln!(text, "| {} | {} | `{rule}` |", cell(&place), cell(&what));
        }
    }
    text
}

/// A text inside a table, on one line.
fn cell(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.replace('|', "\\|")
}
