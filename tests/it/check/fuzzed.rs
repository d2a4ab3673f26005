//! `check` over any files: it never panics, every place lies in its file, the reports can be made, and mending ends, breaks no file
//! that could be read, and leaves nothing that it could mend. The fuzzer includes this file: `tests/fuzz`.
//!
//! An input is a tree as text: `//- PATH` begins a file. What does not begin so is one Nix file.

use floxwright::check::{
    Found, Known, Repository, Settings, Subject, check, json, markdown, mended, sarif, survey,
};
use floxwright::nixpkgs::Index;
use floxwright::recipe::Recipe;
use floxwright::reconcile::plain;
use floxwright::scaffold::{Scaffold, built_in, built_in_names};
use floxwright::tree::{File, Mode, RelPath, Tree};
use std::sync::OnceLock;

/// What an input without a head is.
const ONE_FILE: &str = ".flox/pkgs/fuzzed.nix";

/// Tries one input; `false` where it holds no file.
///
/// # Panics
/// Something does not hold.
pub(super) fn holds(data: &[u8]) -> bool {
    let mut found = Found {
        files: tree(data),
        directory: "fuzzed".to_owned(),
        ..Found::default()
    };
    look_at(&found);
    let first = mended(&found, known(), &Settings::default());
    for (path, file) in first.files.iter() {
        let before = found.files.get(path).and_then(plain);
        if before.is_some_and(|text| can_be_read(path, &text)) {
            let after = plain(file).unwrap_or_default();
            assert!(can_be_read(path, &after), "`{path}` was broken:\n{after}");
        }
        found.files.insert(path.clone(), file.clone());
    }
    look_at(&found);
    let again = mended(&found, known(), &Settings::default());
    assert!(again.files.is_empty(), "mended twice: {:?}", again.done);
    !found.files.is_empty()
}

/// The files of an input.
fn tree(data: &[u8]) -> Tree {
    let mut tree = Tree::new();
    if !data.starts_with(b"//- ") {
        tree.insert(
            ONE_FILE.parse().unwrap(),
            File {
                bytes: data.to_vec(),
                mode: Mode::Plain,
            },
        );
        return tree;
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return tree;
    };
    Tree::from_fixture(text).unwrap_or_default()
}

/// What a check rests on besides the files.
fn known() -> Known<'static> {
    static SCAFFOLD: OnceLock<Scaffold> = OnceLock::new();
    static INDEX: OnceLock<Index> = OnceLock::new();
    Known {
        scaffold: SCAFFOLD.get_or_init(|| {
            let name = built_in_names()[0];
            Scaffold::load(name, &built_in(name).unwrap()).unwrap()
        }),
        index: INDEX.get_or_init(|| Index::built_in().unwrap()),
        release: None,
    }
}

/// Looks for everything, and makes every report of it.
fn look_at(found: &Found) {
    let known = known();
    let survey = survey(found, known.scaffold);
    let subject = Subject::of(&survey, known.scaffold, None);
    let repository = Repository::new(&survey, (known.scaffold, known.index), &subject, found);
    let settings = Settings::default();
    let report = check(&repository, &settings);
    for finding in &report.findings {
        let fixes = finding.fix.iter().flat_map(|fix| &fix.edits);
        for place in finding.place.iter().chain(fixes.map(|edit| &edit.place)) {
            if let Some(text) = survey.text(place.path.as_str()) {
                let inside = text.get(place.range());
                assert!(inside.is_some(), "{}: {place:?}", finding.rule.id);
            }
        }
    }
    json(&report, &repository, &settings, "fuzzed");
    sarif(&report, &repository);
    markdown(&report, &repository);
}

/// Whether a file is Nix that can be read.
fn can_be_read(path: &RelPath, text: &str) -> bool {
    path.extension() == Some("nix") && Recipe::read(text).fault.is_none()
}
