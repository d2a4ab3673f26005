//! Cases of a rule: small repositories in one text, with what is found in them.
//!
//! A case begins with `=== fires: NAME` or `=== quiet: NAME`. Lines that begin with `! ` say what the rule finds, `BLESS=1` writes
//! them. Lines such as `untracked: PATH` say what git or the system says of a path; then the files follow.

use floxwright::check::{Branch, Found, Git, Unevaluated};
use floxwright::tree::{Kind, RelPath, Tree};

/// One small repository.
pub(super) struct Case {
    /// What it is about.
    pub(super) name: String,
    /// Whether something is found.
    pub(super) fires: bool,
    /// What is there.
    pub(super) found: Found,
    /// The lines from the first behind what is expected.
    rest: String,
}

/// The cases of a text.
pub(super) fn cases(text: &str) -> Vec<Case> {
    let parts = text.split("\n=== ");
    let parts = parts.map(|part| part.strip_prefix("=== ").unwrap_or(part));
    parts.map(case).collect()
}

fn case(part: &str) -> Case {
    let (head, body) = part.split_once('\n').unwrap();
    let (kind, name) = head.split_once(": ").unwrap();
    assert!(kind == "fires" || kind == "quiet", "{head}");
    let lines = body.lines().take_while(|line| line.starts_with("! "));
    let skipped: usize = lines.map(|line| line.len() + 1).sum();
    let rest = &body[skipped..];
    let at = rest.find("//- ").unwrap_or(rest.len());
    let (said, files) = rest.split_at(at);
    let mut found = Found {
        files: Tree::from_fixture(files).unwrap(),
        directory: "case".to_owned(),
        git: Some(Git::default()),
        ..Found::default()
    };
    said.lines().for_each(|line| say(line, &mut found));
    Case {
        name: name.to_owned(),
        fires: kind == "fires",
        found,
        rest: rest.to_owned(),
    }
}

/// Takes what Nix says: `PACKAGE PATH LINE COLUMN MESSAGE`.
fn complain(line: &str, found: &mut Found) {
    let words: Vec<&str> = line.splitn(5, ' ').collect();
    let [package, path, line, column, message] = words.as_slice() else {
        panic!("{line}");
    };
    found.unevaluated.push(Unevaluated {
        package: (*package).to_owned(),
        message: (*message).to_owned(),
        place: Some((
            path.parse().unwrap(),
            line.parse().unwrap(),
            column.parse().unwrap(),
        )),
    });
}

/// Takes one line about a path.
fn say(line: &str, found: &mut Found) {
    if line.is_empty() {
        return;
    }
    let (word, paths) = line.split_once(": ").unwrap();
    if word == "nix" {
        return complain(paths, found);
    }
    match word {
        "git" => return found.git = None,
        "branch" => return found.git.as_mut().unwrap().branch = branch(paths),
        "inside" => return found.git.as_mut().unwrap().below = paths.into(),
        _ => {}
    }
    for path in paths.split(", ") {
        let path: RelPath = path.parse().unwrap();
        let git = found.git.as_mut();
        let _ = match word {
            "untracked" => git.unwrap().untracked.insert(path),
            "ignored" => git.unwrap().ignored.insert(path),
            "changed" => git.unwrap().changed.insert(path),
            "stale" => found
                .stale
                .insert(path, "the lock was changed".to_owned())
                .is_none(),
            "link" => found.others.insert(path, Kind::Link).is_none(),
            "special" => found.others.insert(path, Kind::Special).is_none(),
            "unreadable" => found
                .unreadable
                .insert(path, "permission denied".to_owned())
                .is_none(),
            other => panic!("`{other}` says nothing of a path"),
        };
    }
}

/// How a branch stands to a server.
fn branch(word: &str) -> Branch {
    let name = || "main".to_owned();
    match word {
        "unborn" => Branch::Unborn,
        "detached" => Branch::Detached,
        "alone" => Branch::Alone(name()),
        "ahead" => Branch::Ahead(name(), 2),
        other => panic!("`{other}` says nothing of a branch"),
    }
}

impl Case {
    /// The case as text, with what is found.
    pub(super) fn blessed(&self, lines: &[String]) -> String {
        let kind = if self.fires { "fires" } else { "quiet" };
        let lines = lines.iter().flat_map(|line| ["! ", line, "\n"]);
        let lines: String = lines.collect();
        let rest = self.rest.trim_end_matches('\n');
        format!("=== {kind}: {}\n{lines}{rest}\n", self.name)
    }
}
