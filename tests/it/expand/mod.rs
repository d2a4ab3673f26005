//! Templates in cargo-generate's format, expanded in memory: conformance as data.

#![expect(clippy::unwrap_used, reason = "a test ends when its own data is wrong")]

mod table_world;

use floxwright::expand::{Entry, Order, Staged, StagedFile, expand};
use table_world::TableWorld;

/// Files as text, each after a line `//- path`, and `//- path (755)` where the permissions are not 644.
fn staged(fixture: &str) -> Staged {
    let mut staged = Staged::new();
    for part in format!("\n{fixture}").split("\n//- ").skip(1) {
        let (head, body) = part.split_once('\n').unwrap_or((part, ""));
        let (path, mode) = match head.strip_suffix(')').and_then(|h| h.rsplit_once(" (")) {
            Some((path, mode)) => (path, u32::from_str_radix(mode, 8).unwrap()),
            None => (head, 0o644),
        };
        let bytes = if body.is_empty() {
            String::new()
        } else {
            format!("{body}\n")
        };
        let bytes = bytes.into_bytes();
        staged
            .insert_file(path, StagedFile { bytes, mode })
            .unwrap();
    }
    staged
}

#[test]
fn files_and_names_are_rendered() {
    let source = staged(
        "//- src/{{crate_name}}.rs.liquid (755)\n// {{project-name}} {{none}}!\n//- b.txt\nb",
    );
    let order = Order {
        name: Some("My Thing".to_owned()),
        ..Order::default()
    };
    let made = expand(source, &order, &mut TableWorld::default()).unwrap();
    let files: Vec<String> = made
        .tree
        .iter()
        .map(|(path, entry)| match entry {
            Entry::Directory => format!("{path}/"),
            Entry::File(file) => {
                let text = String::from_utf8_lossy(&file.bytes);
                format!("{path} {:o} {}", file.mode, text.trim())
            }
        })
        .collect();
    assert_eq!(made.project.directory, "my-thing");
    assert_eq!(
        files,
        ["b.txt 644 b", "src/", "src/my_thing.rs 755 // my-thing !"]
    );
}
