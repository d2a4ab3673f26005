//! Commands that change a repository: what they change, what they leave alone, how they end.

mod algebra;
mod conflicts;
mod crowded;
mod documents;
mod git_states;
mod kept;
mod killed;
mod members;
mod refused;
mod second_upstream;
mod standing;
mod synced;
mod taken_back;
mod update;
mod weak_cases;

use crate::sandbox::{Done, Sandbox, new_yes};
use floxwright::tree::Tree;

/// Surroundings with a repository `d` in them.
fn made(flags: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    drop(sandbox.run(&new_yes("d", flags)).success());
    sandbox
}

impl Sandbox {
    /// Runs the program in the repository `d`.
    fn there(&self, arguments: &[&str]) -> Done {
        self.run(&[&["-C", "d"], arguments].concat())
    }

    /// The files of the repository `d`, without what a run keeps for itself.
    fn files(&self) -> Tree {
        let files = self.tree("d").into_iter();
        files
            .filter(|(path, _)| !path.as_str().starts_with(".floxwright/run/"))
            .collect()
    }

    /// The text of a file of the repository `d`.
    fn text(&self, path: &str) -> String {
        let tree = self.tree("d");
        tree.text(path)
            .unwrap_or_else(|| panic!("no text in {path}"))
            .to_owned()
    }

    /// Replaces a part of a file of the repository `d`; it has to be there.
    #[track_caller]
    pub(super) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path} has no {from:?}:\n{text}");
        self.write(&format!("d/{path}"), text.replacen(from, to, 1));
    }

    /// A command changes nothing: not a file, not git's index.
    #[track_caller]
    fn nothing_changes(&self, arguments: &[&str]) -> Done {
        let (files, status) = (
            self.files(),
            self.git("d", &["status", "--porcelain", "--ignored"]),
        );
        let done = self.there(arguments);
        assert!(self.files() == files, "{arguments:?} changed files");
        assert_eq!(
            self.git("d", &["status", "--porcelain", "--ignored"]),
            status,
            "{arguments:?}"
        );
        done
    }
}
