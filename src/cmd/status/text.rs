//! The report of `status`, readable at a glance.

use super::findings::{Finding, Report, short};
use crate::cmd::repository::State;
use std::fmt::Write as _;

/// So many lines are shown of one finding.
const SHOWN: usize = 8;

/// The report as text.
pub(super) fn text(report: &Report, findings: &[Finding]) -> String {
    let mut text = head(report);
    for finding in findings {
        let _ = writeln!(text, "\n! {}", finding.text);
        for line in finding.lines.iter().take(SHOWN) {
            let _ = writeln!(text, "    {line}");
        }
        if finding.lines.len() > SHOWN {
            let _ = writeln!(text, "    and {} more", finding.lines.len() - SHOWN);
        }
        if !finding.mend.is_empty() {
            let _ = writeln!(text, "  → {}", finding.mend);
        }
    }
    if findings.is_empty() {
        text.push_str("\nnothing to see to\n");
    }
    text
}

/// What is so, and is nobody's fault.
fn head(report: &Report) -> String {
    let repository = &report.repository;
    let mut text = format!(
        "{}: {} {}, {}\n",
        repository.intent.name,
        repository.scaffold.catalogue.upstream.name,
        report.release.here,
        repository.intent.layout.name(),
    );
    let pinned = match &report.nixpkgs.pinned {
        Some(pinned) => {
            let date = pinned.date.as_ref().map(|date| format!(" of {date}"));
            format!(
                "Flox builds with nixpkgs {}{}",
                short(&pinned.revision),
                date.unwrap_or_default()
            )
        }
        None => "Flox has locked no nixpkgs".to_owned(),
    };
    let _ = writeln!(text, "index: {}; {pinned}", report.nixpkgs.stamp);
    let mut deleted = report.in_state(State::Missing);
    deleted.retain(|path| repository.is_document(path));
    for (paths, what) in [
        (
            report.in_state(State::Edited),
            "edited by you, which is fine",
        ),
        (deleted, "deleted by you, which is fine"),
    ] {
        if !paths.is_empty() {
            let paths: Vec<String> = paths.iter().map(ToString::to_string).collect();
            let _ = writeln!(text, "{what}: {}", paths.join(", "));
        }
    }
    if let Err(failure) = &report.standing.desired
        && failure.exit == crate::diagnostic::Exit::Refused
    {
        let why = failure.problems.first().map(|one| one.message.as_str());
        let _ = writeln!(
            text,
            "what would be made now cannot be told offline: {}",
            why.unwrap_or_default()
        );
    }
    for note in &report.standing.notes {
        let _ = writeln!(text, "{note}");
    }
    text
}
