//! What a check found, as text and for programs.

use super::super::json as values;
use crate::diagnostic::Failure;
use crate::lint::{Finding, Kind};
use serde_json::json as object;

/// What a check found.
pub(super) struct Checked {
    /// The scaffold, as it was given.
    pub(super) scaffold: String,
    pub(super) templates: usize,
    pub(super) combinations: usize,
    pub(super) rendered: usize,
    pub(super) findings: Vec<Finding>,
}

impl Checked {
    /// How many of the findings are faults.
    pub(super) fn faults(&self) -> usize {
        let faults = self
            .findings
            .iter()
            .filter(|finding| finding.kind.is_fault());
        faults.count()
    }
}

/// Text: a line for each finding, and what was tried.
pub(super) fn text(checked: &Checked, with_notes: bool) -> String {
    let shown = checked.findings.iter();
    let shown = shown.filter(|finding| with_notes || finding.kind.is_fault());
    let mut lines: Vec<String> = shown.map(line).collect();
    let faults = checked.faults();
    let notes = checked.findings.len() - faults;
    lines.push(format!(
        "{}: {} of {} combinations rendered, {} templates; {}, {}",
        checked.scaffold,
        checked.rendered,
        checked.combinations,
        checked.templates,
        counted(faults, "fault"),
        counted(notes, "note"),
    ));
    if notes > 0 && !with_notes {
        let hint = "`--notes` shows the notes: branches that depend on facts, and were not tried";
        lines.push(hint.to_owned());
    }
    lines.join("\n") + "\n"
}

fn line(finding: &Finding) -> String {
    let grade = if finding.kind.is_fault() {
        ""
    } else {
        "note: "
    };
    let what = finding.text.replace('\n', "\n  ");
    format!("{}: {grade}{what}", place(finding))
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

fn place(finding: &Finding) -> String {
    match finding.line {
        0 => finding.file.clone(),
        line => format!("{}:{line}", finding.file),
    }
}

/// JSON: the same, with the kinds.
pub(super) fn json(checked: &Checked) -> Result<String, Failure> {
    let findings = checked.findings.iter().map(|finding| {
        let Finding {
            file,
            line,
            kind,
            text,
        } = finding;
        object!({ "file": file, "line": line, "kind": kind, "fault": Kind::is_fault(*kind), "text": text })
    });
    values::text(&object!({
        "schema": 1,
        "scaffold": checked.scaffold,
        "templates": checked.templates,
        "combinations": checked.combinations,
        "rendered": checked.rendered,
        "faults": checked.faults(),
        "findings": findings.collect::<Vec<_>>(),
    }))
}
