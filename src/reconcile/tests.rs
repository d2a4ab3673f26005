//! The table, line by line, and what holds for all trees.

use super::*;
use crate::tree::Mode;
use proptest::prelude::*;

/// The change that one path gets, as text: `create`, `=`, `-`, `!cause`, or the content.
fn told(path: &str, base: Option<&str>, current: Found, desired: Option<&str>) -> String {
    let path: RelPath = path.parse().unwrap();
    let tree = |text: Option<&str>| {
        let files = text.map(|text| (path.clone(), File::text(text)));
        files.into_iter().collect::<Tree>()
    };
    let current = Current::from([(path.clone(), current)]);
    let done = reconcile(Sides {
        base: &tree(base),
        current: &current,
        desired: &tree(desired),
        moves: &[],
        contents: &Contents::new(),
    });
    let text = |file: &Option<File>| match file {
        Some(file) => String::from_utf8_lossy(&file.bytes).into_owned(),
        None => "-".to_owned(),
    };
    let mut words: Vec<String> = done
        .conflicts
        .iter()
        .map(|one| format!("!{}", one.cause.name()))
        .collect();
    words.extend(
        done.blocked
            .iter()
            .map(|one| format!("blocked by {}", one.by)),
    );
    words.extend(done.changes.iter().map(|(at, file)| {
        let at = at.as_str().strip_prefix(path.as_str()).unwrap();
        format!("{at}{}", text(file))
    }));
    if words.is_empty() {
        "=".to_owned()
    } else {
        words.join(" ")
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn the_table_holds() {
    let file = |text: &str| Found::File(File::text(text));
    let behind = || Found::Behind("up".parse().unwrap(), Kind::Link);
    for (path, base, current, desired, expected) in [
        ("a.md", None, Found::Absent, Some("n"), "n"),
        ("a.md", None, file("n\r\n"), Some("n\n"), "="),
        (
            "a.md",
            None,
            file("u"),
            Some("n"),
            "!both-added .floxwright-newn",
        ),
        ("a.md", Some("b"), file("b"), Some("n"), "n"),
        ("a.md", Some("b\n"), file("b\r\n"), Some("n\n"), "n\r\n"),
        ("a.md", Some("b"), file("b"), None, "-"),
        ("a.md", Some("b"), file("u"), Some("b"), "="),
        (
            "a.md",
            Some("a\nb\nc\n"),
            file("u\nb\nc\n"),
            Some("a\nb\nn\n"),
            "u\nb\nn\n",
        ),
        (
            "a.md",
            Some("b\n"),
            file("u\n"),
            Some("n\n"),
            "!both-changed <<<<<<< yours\nu\n||||||| as last made\nb\n=======\nn\n>>>>>>> new\n",
        ),
        (
            "a.nix",
            Some("1\n"),
            file("2\n"),
            Some("3\n"),
            "!both-changed .floxwright-new3\n",
        ),
        (
            "a.md",
            Some("b"),
            file("u\0"),
            Some("n"),
            "!binary .floxwright-newn",
        ),
        ("a.md", Some("b"), file("u"), None, "!no-longer-made"),
        ("a.md", Some("b"), file("n"), Some("n"), "="),
        ("a.md", Some("b"), Found::Absent, Some("b"), "="),
        ("a.md", Some("b"), Found::Absent, None, "="),
        ("a.md", Some("b"), Found::Absent, Some("n"), "!deleted"),
        ("a.md", Some("b"), Found::Other(Kind::Link), Some("b"), "="),
        (
            "a.md",
            Some("b"),
            Found::Other(Kind::Directory),
            Some("n"),
            "!no-file .floxwright-newn",
        ),
        (
            "a.md",
            None,
            Found::Other(Kind::Link),
            Some("n"),
            "!no-file .floxwright-newn",
        ),
        (
            "a.md",
            Some("b"),
            Found::Other(Kind::Link),
            None,
            "!no-file",
        ),
        ("up/a.md", Some("b"), behind(), Some("b"), "="),
        ("up/a.md", Some("b"), behind(), None, "="),
        ("up/a.md", Some("b"), behind(), Some("n"), "blocked by up"),
        (
            "a.toml",
            Some("a = 1\n\n\nc = 1\n"),
            file("x = 2\na = 1\n\n\nc = 1\n"),
            Some("a = 1\n\n\nc = 1\nx = 1\n"),
            "!unparseable .floxwright-newa = 1\n\n\nc = 1\nx = 1\n",
        ),
    ] {
        assert_eq!(
            told(path, base, current.clone(), desired),
            expected,
            "{path} {base:?} {current:?} {desired:?}"
        );
    }
}

#[test]
fn the_mode_is_compared_like_content() {
    let path: RelPath = "run".parse().unwrap();
    let tree = |mode: Mode, text: &str| {
        Tree::from_iter([(path.clone(), File::text(text).with_mode(mode))])
    };
    let (plain, executable) = (Mode::Plain, Mode::Executable);
    for (base, yours, new, expected) in [
        (
            (plain, "b"),
            (executable, "b"),
            (plain, "n"),
            Some((executable, "n")),
        ),
        (
            (plain, "b"),
            (plain, "u"),
            (executable, "b"),
            Some((executable, "u")),
        ),
        ((plain, "b"), (executable, "b"), (plain, "b"), None),
        (
            (executable, "b"),
            (plain, "b"),
            (executable, "n"),
            Some((plain, "n")),
        ),
    ] {
        let current = Current::from([(
            path.clone(),
            Found::File(File::text(yours.1).with_mode(yours.0)),
        )]);
        let (base, desired) = (tree(base.0, base.1), tree(new.0, new.1));
        let done = reconcile(Sides {
            base: &base,
            current: &current,
            desired: &desired,
            moves: &[],
            contents: &Contents::new(),
        });
        let becomes = done.changes.get(&path).map(|file| file.clone().unwrap());
        assert_eq!(
            becomes,
            expected.map(|(mode, text)| File::text(text).with_mode(mode))
        );
        assert!(done.conflicts.is_empty());
    }
}

#[test]
fn an_edit_goes_along_when_its_file_moves() {
    let (from, to): (RelPath, RelPath) = ("old.md".parse().unwrap(), "new.md".parse().unwrap());
    let base = Tree::from_fixture("//- old.md\na\nb\nc\n").unwrap();
    let desired = Tree::from_fixture("//- new.md\na\nb\nC\n").unwrap();
    for (yours, expected) in [("a\nb\nc\n", "a\nb\nC\n"), ("A\nb\nc\n", "A\nb\nC\n")] {
        let current = Current::from([(from.clone(), Found::File(File::text(yours)))]);
        let done = reconcile(Sides {
            base: &base,
            current: &current,
            desired: &desired,
            moves: &[(from.clone(), to.clone())],
            contents: &Contents::new(),
        });
        assert_eq!(done.changes.get(&from), Some(&None));
        assert_eq!(done.changes.get(&to), Some(&Some(File::text(expected))));
        assert!(done.conflicts.is_empty());
    }
}

/// Texts of a few different lines, so that sides meet often.
fn texts() -> impl Strategy<Value = File> {
    let lines = proptest::collection::vec(prop_oneof!["[abc]\n", "[abc]\r\n", "x = [12]\n"], 0..7);
    (lines, any::<bool>()).prop_map(|(lines, executable)| {
        let mode = if executable {
            Mode::Executable
        } else {
            Mode::Plain
        };
        File::text(lines.concat()).with_mode(mode)
    })
}

fn trees() -> impl Strategy<Value = Tree> {
    let paths = prop_oneof![Just("a.md"), Just("b.toml"), Just("c.json"), Just("d/e.md")];
    proptest::collection::btree_map(paths, texts(), 0..4).prop_map(|files| {
        files
            .into_iter()
            .map(|(path, file)| (path.parse().unwrap(), file))
            .collect()
    })
}

fn current(tree: &Tree) -> Current {
    tree.iter()
        .map(|(path, file)| (path.clone(), Found::File(file.clone())))
        .collect()
}

fn applied(done: &Reconciled, tree: &Tree) -> Tree {
    let mut tree = tree.clone();
    for (path, file) in &done.changes {
        match file {
            Some(file) => tree.insert(path.clone(), file.clone()),
            None => tree.remove(path),
        };
    }
    tree
}

fn run(base: &Tree, there: &Tree, desired: &Tree) -> Reconciled {
    reconcile(Sides {
        base,
        current: &current(there),
        desired,
        moves: &[],
        contents: &Contents::new(),
    })
}

fn is_same(one: &Tree, other: &Tree) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .all(|(path, file)| other.get(path).is_some_and(|there| same(file, there)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn untouched_files_become_what_is_wanted(base in trees(), desired in trees()) {
        let done = run(&base, &base, &desired);
        prop_assert!(done.conflicts.is_empty());
        prop_assert!(is_same(&applied(&done, &base), &desired));
    }

    #[test]
    fn the_second_time_there_is_nothing_to_do(base in trees(), there in trees(), desired in trees()) {
        let first = applied(&run(&base, &there, &desired), &there);
        let second = run(&desired, &first, &desired);
        prop_assert_eq!(second, Reconciled::default());
    }

    #[test]
    fn what_nobody_wants_changed_is_not_touched(base in trees(), there in trees()) {
        prop_assert_eq!(run(&base, &there, &base), Reconciled::default());
    }

    /// A line that only the person has is in the result, in its place or between markers.
    #[test]
    fn no_line_of_the_person_is_lost(base in trees(), mut there in trees(), desired in trees(), at in 0_usize..8) {
        let paths: Vec<RelPath> = there.paths().cloned().collect();
        for path in &paths {
            let mut file = there.get(path).unwrap().clone();
            let text = String::from_utf8(file.bytes.clone()).unwrap();
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            lines.insert(at.min(lines.len()), "# mine\n");
            file.bytes = lines.concat().into_bytes();
            there.insert(path.clone(), file);
        }
        let after = applied(&run(&base, &there, &desired), &there);
        for path in &paths {
            let text = after.text(path.as_str());
            prop_assert!(text.is_some_and(|text| text.contains("# mine\n")), "{}: {:?}", path, text);
        }
    }

    /// Where both sides changed different files, both changes are there.
    #[test]
    fn what_the_person_added_stays(base in trees(), desired in trees()) {
        let mut there = base.clone();
        there.insert("mine".parse().unwrap(), File::text("mine"));
        let after = applied(&run(&base, &there, &desired), &there);
        prop_assert_eq!(after.text("mine"), Some("mine"));
    }
}
