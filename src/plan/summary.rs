//! A plan as a list of files.

use super::{Change, Plan};
use crate::tree::RelPath;

/// One line for each file, or link: `+` created, `~` replaced, `-` removed.
pub fn summary(plan: &Plan) -> String {
    let targets = plan
        .links()
        .map(|(path, target)| (path, format!("+ {path} → {}", target.escape_debug())));
    let mut lines: Vec<(&RelPath, String)> = plan
        .iter()
        .map(|(path, change)| {
            let mark = match change {
                Change::Create(_) => '+',
                Change::Replace { .. } => '~',
                Change::Remove(_) => '-',
            };
            (path, format!("{mark} {path}"))
        })
        .chain(targets)
        .collect();
    lines.sort_by(|one, other| one.0.cmp(other.0));
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    lines.join("\n")
}

/// How many files are created, replaced and removed; links count with those that are created.
pub fn counts(plan: &Plan) -> (usize, usize, usize) {
    plan.iter().fold(
        (plan.links().count(), 0, 0),
        |(created, replaced, removed), (_, change)| match change {
            Change::Create(_) => (created + 1, replaced, removed),
            Change::Replace { .. } => (created, replaced + 1, removed),
            Change::Remove(_) => (created, replaced, removed + 1),
        },
    )
}
