//! A plan as a patch that `git apply` takes.

use super::{Change, Plan};
use crate::tree::{File, Mode, RelPath};
use similar::TextDiff;
use std::fmt::Write;

/// The plan as a patch. Files that are not text are named only.
pub fn diff(plan: &Plan) -> String {
    let mut patches: Vec<(&RelPath, String)> = Vec::new();
    for (path, change) in plan.iter() {
        let (before, after) = match change {
            Change::Create(after) => (None, Some(after)),
            Change::Replace { before, after } => (Some(before), Some(after)),
            Change::Remove(before) => (Some(before), None),
        };
        let mut patch = String::new();
        one(&mut patch, path, before, after);
        patches.push((path, patch));
    }
    patches.extend(
        plan.links()
            .map(|(path, target)| (path, link(path, target))),
    );
    patches.sort_by(|one, other| one.0.cmp(other.0));
    patches.into_iter().map(|(_, patch)| patch).collect()
}

/// A link that comes into being: to git its text is its target.
fn link(path: &RelPath, target: &str) -> String {
    let lines = target.replace('\n', "\n+");
    let count = match target.split('\n').count() {
        1 => String::new(),
        count => format!(",{count}"),
    };
    format!(
        "diff --git a/{path} b/{path}\nnew file mode 120000\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1{count} @@\n+{lines}\n\\ No newline at end of file\n"
    )
}

fn one(out: &mut String, path: &RelPath, before: Option<&File>, after: Option<&File>) {
    let _ = writeln!(out, "diff --git a/{path} b/{path}");
    match (before, after) {
        (None, Some(file)) => {
            let _ = writeln!(out, "new file mode {}", mode(file));
        }
        (Some(file), None) => {
            let _ = writeln!(out, "deleted file mode {}", mode(file));
        }
        (Some(old), Some(new)) if old.mode != new.mode => {
            let _ = writeln!(out, "old mode {}\nnew mode {}", mode(old), mode(new));
        }
        _ => {}
    }
    let text = |file: Option<&File>| {
        file.map_or(Ok(String::new()), |file| {
            String::from_utf8(file.bytes.clone())
        })
    };
    let (Ok(old), Ok(new)) = (text(before), text(after)) else {
        let _ = writeln!(out, "Binary files differ");
        return;
    };
    let name = |side: &str, file: Option<&File>| match file {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    if old != new {
        let texts = TextDiff::from_lines(&old, &new);
        let _ = write!(
            out,
            "{}",
            texts
                .unified_diff()
                .header(&name("a", before), &name("b", after))
        );
    }
}

fn mode(file: &File) -> &'static str {
    match file.mode {
        Mode::Plain => "100644",
        Mode::Executable => "100755",
    }
}
