//! A plan as a list of files.

use super::{Change, Plan};

/// One line for each file: `+` created, `~` replaced, `-` removed.
pub fn summary(plan: &Plan) -> String {
    let lines: Vec<String> = plan
        .iter()
        .map(|(path, change)| {
            let mark = match change {
                Change::Create(_) => '+',
                Change::Replace { .. } => '~',
                Change::Remove(_) => '-',
            };
            format!("{mark} {path}")
        })
        .collect();
    lines.join("\n")
}

/// How many files are created, replaced and removed.
pub fn counts(plan: &Plan) -> (usize, usize, usize) {
    plan.iter().fold(
        (0, 0, 0),
        |(created, replaced, removed), (_, change)| match change {
            Change::Create(_) => (created + 1, replaced, removed),
            Change::Replace { .. } => (created, replaced + 1, removed),
            Change::Remove(_) => (created, replaced, removed + 1),
        },
    )
}
