//! Templates in cargo-generate's format, expanded in memory: conformance as data.
//!
//! `cases/*.txt` hold templates with what they give, each checked against the real cargo-generate by the proof `generate`.
//! `BLESS=1` writes what is given now.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "cases are files, and a test ends when its own data is wrong"
)]

pub(crate) mod case;
mod hostile;
mod interface;
pub(crate) mod staged_text;
mod table_world;

pub(crate) use table_world::TableWorld;

use case::Case;
use std::path::PathBuf;

/// The files of cases.
pub(crate) fn case_files() -> Vec<PathBuf> {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/expand/cases");
    let entries = std::fs::read_dir(directory).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// All cases of a file.
pub(crate) fn cases(file: &std::path::Path) -> Vec<Case> {
    case::read(&std::fs::read_to_string(file).unwrap())
}

#[test]
fn every_case_gives_what_it_says() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in case_files() {
        let mut cases = cases(&file);
        for case in &mut cases {
            count += 1;
            let gives = case.run();
            if bless {
                case.gives = gives;
            } else if case.gives != gives {
                let title = &case.title;
                wrong.push(format!("{title}:\n{gives}\ninstead of\n{}", case.gives));
            }
        }
        if bless {
            std::fs::write(&file, case::write(&cases)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 100, "{count} cases");
}
