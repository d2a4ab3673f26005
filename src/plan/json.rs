//! A plan for programs.

use super::{Change, Plan};
use crate::tree::{File, Mode, RelPath};
use serde_json::{Value, json as object};
use sha2::{Digest, Sha256};

/// The plan as JSON: for each file what happens to it, and length, SHA-256 and mode of what it becomes; for a link its target.
pub fn json(plan: &Plan) -> Value {
    let changes = plan.iter().map(|(path, change)| {
        let (what, after) = match change {
            Change::Create(after) => ("create", Some(after)),
            Change::Replace { after, .. } => ("replace", Some(after)),
            Change::Remove(_) => ("remove", None),
        };
        let mut entry = object!({ "path": path.as_str(), "change": what });
        if let (Some(entry), Some(after)) = (entry.as_object_mut(), after) {
            entry.extend(facts(after));
        }
        (path, entry)
    });
    let links = plan.links().map(|(path, target)| {
        let mut entry = object!({ "path": path.as_str(), "change": "create", "link": target });
        if let Some(entry) = entry.as_object_mut() {
            entry.extend(facts(&File::text(target)));
        }
        (path, entry)
    });
    let mut entries: Vec<(&RelPath, Value)> = changes.chain(links).collect();
    entries.sort_by(|one, other| one.0.cmp(other.0));
    Value::Array(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn facts(file: &File) -> [(String, Value); 3] {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&file.bytes));
    [
        ("bytes".to_owned(), Value::from(file.bytes.len())),
        ("sha256".to_owned(), Value::from(digest)),
        (
            "executable".to_owned(),
            Value::from(file.mode == Mode::Executable),
        ),
    ]
}
