//! What the workflows themselves may hold: what GitHub reads cannot be run here.

use crate::project;
use crate::sandbox::{Sandbox, new_yes};
use floxwright::tree::{RelPath, Tree};
use std::sync::LazyLock;

/// The repositories whose workflows are looked at.
const FLAGS: [&[&str]; 3] = [
    &["--package", "dagster-postgres", "--handle", "acme"],
    &["--layout", "single", "--nixpkgs", "floating"],
    &["--system", "x86_64-linux", "--publish", "none"],
];

/// The files of each, made once.
static MADE: LazyLock<Vec<Tree>> = LazyLock::new(|| {
    let made = |flags: &&[&str]| {
        let sandbox = Sandbox::new();
        let flags = [&["--with", "workflows", "--no-git"], *flags].concat();
        drop(sandbox.run(&new_yes("d", &flags)).success());
        sandbox.tree("d")
    };
    FLAGS.iter().map(made).collect()
});

fn workflows(look: impl Fn(&str, &str, &Tree)) {
    for tree in MADE.iter() {
        let paths = tree.paths().map(RelPath::as_str);
        let paths: Vec<&str> = paths
            .filter(|path| path.starts_with(".github/workflows/"))
            .collect();
        assert!((2..=3).contains(&paths.len()), "{paths:?}");
        for path in paths {
            look(path, tree.text(path).unwrap(), tree);
        }
    }
}

#[test]
fn the_pinned_floxwright_is_this_one() {
    workflows(|path, text, _| {
        let expected = format!("FLOXWRIGHT_VERSION: \"{}\"", env!("CARGO_PKG_VERSION"));
        let pins = text.matches("FLOXWRIGHT_VERSION: ").count();
        assert_eq!(pins, usize::from(path.ends_with("update.yml")), "{path}");
        assert_eq!(text.contains(&expected), pins == 1, "{path}: {expected}");
    });
}

#[test]
fn actions_are_pinned_by_commit_and_scripts_exist() {
    workflows(|path, text, tree| {
        for line in text.lines().map(str::trim) {
            let line = line.trim_start_matches("- ");
            if let Some(action) = line.strip_prefix("uses: ") {
                let (_, commit) = action.split_once('@').unwrap();
                let (commit, version) = commit.split_once(" # v").unwrap();
                assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()));
                assert!(version.split('.').count() == 3, "{path}: {line}");
            }
            if let Some(script) = line
                .split(['"', ' '])
                .find(|word| word.starts_with(".github/scripts/"))
                && line.starts_with("run: ")
            {
                assert!(tree.text(script).is_some(), "{path}: {script}");
            }
        }
    });
}

/// What runs takes what GitHub says from variables, so that no text of a person becomes a command.
#[test]
fn no_command_holds_an_expression() {
    workflows(|path, text, _| {
        for line in text.lines().filter(|line| line.contains("run: ")) {
            assert!(
                !line.contains("${{") && !line.ends_with('|'),
                "{path}: {line}"
            );
        }
    });
}

#[test]
fn every_job_may_do_little_and_ends() {
    workflows(|path, text, _| {
        let head = text.split("\njobs:\n").next().unwrap();
        assert!(
            head.contains("\npermissions:\n  contents: read\n\n"),
            "{path}"
        );
        assert!(head.contains("\nconcurrency:\n"), "{path}");
        let jobs = text.matches("runs-on: ").count();
        assert_eq!(text.matches("timeout-minutes: ").count(), jobs, "{path}");
        let writes = text.matches(": write").count();
        assert_eq!(
            writes,
            if path.ends_with("update.yml") { 2 } else { 0 },
            "{path}"
        );
        for trigger in ["pull_request_target", "workflow_run"] {
            assert!(!text.contains(trigger), "{path}");
        }
    });
}

#[test]
fn nothing_is_published_where_nothing_is_named() {
    workflows(|path, _, tree| {
        let publishes = tree.text(".github/workflows/publish.yml").is_some();
        for script in ["publish", "to-publish"] {
            let script = tree.text(&format!(".github/scripts/{script}"));
            assert_eq!(script.is_some(), publishes, "{path}");
        }
    });
}

/// GitHub lets no workflow change a workflow: what a release changes must stand elsewhere.
#[test]
fn a_release_changes_no_workflow() {
    let sandbox = Sandbox::new();
    let made = |directory, release, packages| {
        let flags = [
            "--with",
            "workflows",
            "--no-git",
            "--release",
            release,
            "--package",
            packages,
            "--publish",
            "all",
        ];
        drop(sandbox.run(&new_yes(directory, &flags)).success());
        let tree = sandbox.tree(directory).into_iter();
        let tree: Tree = tree
            .filter(|(path, _)| path.as_str().starts_with(".github/workflows/"))
            .collect();
        assert!(tree.paths().count() == 3);
        tree.to_fixture()
    };
    let old = made("old", "1.12.0", "dagster-postgres");
    assert_eq!(old, made("new", "1.13.27", "dagster-mysql,dagster-dg-cli"));
    assert!(
        project::files()
            .iter()
            .any(|file| file.ends_with("update.yml.liquid"))
    );
}
