//! Golden files: what `new` makes, in fixture form. Nix and Flox files stand apart from documents, so that a change of words is
//! never mixed with a change of builds. To take a change over: `INSTA_UPDATE=always cargo test`.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::cases::{CASES, Case, Golden};
use floxwright::tree::{File, RelPath, Tree};

const BASE: &str = ".floxwright/base/";

/// Lines of the lock that change with every change of a template; `rules` checks them one by one.
fn without_digests(text: &str) -> String {
    let (head, files) = text.split_once("[files]\n").unwrap();
    // That a document exists is said by the snapshot of the documents.
    let files = files
        .lines()
        .filter(|line| !is_document(line.trim_start_matches('"')));
    let lines = head.lines().chain(["[files]"]).chain(files).map(|line| {
        let digest = "sha256 = \"";
        match (line.starts_with("scaffold-digest = "), line.find(digest)) {
            (true, _) => "scaffold-digest = \"…\"".to_owned(),
            (false, Some(at)) => format!("{}…\" }}", &line[..at + digest.len()]),
            (false, None) => line.to_owned(),
        }
    });
    lines.map(|line| line + "\n").collect()
}

/// A licence is a long text that is not ours; its first line and its length are enough.
fn abridged(path: &RelPath, file: &File) -> File {
    let text = String::from_utf8_lossy(&file.bytes);
    let text = match path.as_str() {
        "LICENSE" => format!(
            "{}\n… {} lines\n",
            text.lines().next().unwrap_or_default().trim(),
            text.lines().count()
        ),
        "floxwright.lock" => without_digests(&text),
        _ => return file.clone(),
    };
    File::text(text).with_mode(file.mode)
}

fn is_package(path: &str) -> bool {
    path.starts_with(".flox/pkgs/")
}

/// What people read and run, apart from the Nix and Flox files of the repository itself.
fn is_document(path: &str) -> bool {
    let ours = [".flox/", "floxwright.", ".git"];
    !ours.iter().any(|prefix| path.starts_with(prefix)) || path.starts_with(".github/")
}

/// One snapshot of the part of a case that `wanted` picks.
fn compare(case: &Case, part: &str, wanted: impl Fn(&str) -> bool) {
    let files: Tree = case
        .tree()
        .iter()
        .filter(|(path, _)| !path.as_str().starts_with(BASE) && wanted(path.as_str()))
        .map(|(path, file)| (path.clone(), abridged(path, file)))
        .collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(format!("floxwright new {}", case.flags().join(" ")));
    settings.bind(|| insta::assert_snapshot!(format!("{}.{part}", case.name), files.to_fixture()));
}

/// Compares the cases of one kind, and tells of all that differ and not of the first only.
fn compare_all(part: &str, of: &[Golden], wanted: impl Fn(&str) -> bool) {
    let cases = CASES.iter().filter(|case| of.contains(&case.golden));
    let different: Vec<_> = cases
        .filter_map(|case| {
            let compared = std::panic::AssertUnwindSafe(|| compare(case, part, &wanted));
            std::panic::catch_unwind(compared).err().map(|_| case.name)
        })
        .collect();
    assert!(different.is_empty(), "{part} differ: {different:?}");
}

#[test]
fn packages_are_as_they_were() {
    compare_all("packages", &[Golden::Whole, Golden::Packages], is_package);
}

#[test]
fn files_of_flox_git_and_floxwright_are_as_they_were() {
    compare_all("workspace", &[Golden::Whole], |path| {
        !is_package(path) && !is_document(path)
    });
}

#[test]
fn documents_are_as_they_were() {
    compare_all("documents", &[Golden::Whole], is_document);
}

#[test]
fn the_base_repeats_every_file_that_is_kept_up_to_date() {
    for case in &CASES {
        let tree = case.tree();
        let kept: Tree = tree
            .iter()
            .filter(|(path, _)| {
                let path = path.as_str();
                !path.starts_with(BASE) && path != "LICENSE" && path != "floxwright.lock"
            })
            .map(|(path, file)| (path.clone(), file.clone()))
            .collect();
        let base = tree.below(BASE.trim_end_matches('/'));
        for (path, file) in base.iter() {
            assert_eq!(kept.get(path), Some(file), "{}: {path}", case.name);
        }
        let absent: Vec<_> = kept
            .paths()
            .filter(|path| base.get(path).is_none())
            .collect();
        let lock = tree.text("floxwright.lock").unwrap();
        for path in absent {
            let line = lock
                .lines()
                .find(|line| line.trim_matches('"').starts_with(path.as_str()));
            assert!(
                line.is_some_and(|line| line.contains("owner = \"yours\"")),
                "{}: {path} is not in the base",
                case.name
            );
        }
    }
}

#[test]
fn no_golden_file_is_left_of_a_case_that_went() {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden");
    let tree = floxwright::disk::read_tree(&directory).unwrap();
    for path in tree.paths() {
        let (name, part) = path
            .as_str()
            .trim_end_matches(".snap")
            .rsplit_once('.')
            .unwrap();
        let case = CASES.iter().find(|case| case.name == name);
        let whole = case.is_some_and(|case| case.golden == Golden::Whole);
        assert!(
            case.is_some() && (part == "packages" || whole),
            "{path} belongs to no case"
        );
    }
}
