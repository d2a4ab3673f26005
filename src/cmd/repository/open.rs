//! Finding a repository and reading what it says of itself.

use crate::ask::{Answers, Field, FieldProblem, Origin, Value, fill_defaults, intent_from};
use crate::cmd::{Context, kept, scaffolds};
use crate::diagnostic::{Exit, Failure, Problem, Span};
use crate::disk::{DiskError, Root, Run};
use crate::model::{Intent, Lock};
use crate::nixpkgs::{INDEX_FILE, Index};
use crate::reconcile::{Current, is_marked, plain};
use crate::scaffold::{RELEASE_FILE, Scaffold};
use crate::tree::{Found, RelPath};
use crate::workspace::{INTENT_FILE, LOCK_FILE, LockError, read_answers, read_lock};
use std::cell::RefCell;
use std::path::Path;

/// Puts back what a killed run left, if there is anything.
pub(in crate::cmd) fn recover(root: &Path, context: &Context<'_>) -> Result<(), Failure> {
    if !Run::is_due(root).map_err(|error| failed(&error))? {
        return Ok(());
    }
    let run = Run::begin(root).map_err(|error| failed(&error))?;
    recovered(&run, context);
    Ok(())
}

/// Says what was put back.
pub(super) fn recovered(run: &Run, context: &Context<'_>) {
    if run.recovered {
        context
            .ui
            .warn("an earlier run was killed; what it had changed has been put back");
    }
    for path in &run.left {
        context.ui.warn(&format!(
            "`{path}` was changed after the killed run, and was left as it is"
        ));
    }
}

/// A failure of the disk, as a failure of the command.
pub(in crate::cmd) fn failed(error: &DiskError) -> Failure {
    match error {
        DiskError::Interrupted => Failure::interrupted(),
        DiskError::Busy(_) | DiskError::Locked(_) => {
            Failure::new(Exit::Locked, error.to_string()).hint("wait until it is done")
        }
        DiskError::Exists(_) | DiskError::Io { .. } => {
            Failure::refused(scaffolds::chain(error)).hint("nothing was changed")
        }
    }
}

/// A repository, as it was found.
pub(in crate::cmd) struct Repository {
    pub(in crate::cmd) root: Root,
    /// `floxwright.toml` as it stands there.
    pub(in crate::cmd) intent_file: crate::tree::File,
    /// The same as plain text.
    pub(in crate::cmd) intent_text: String,
    pub(in crate::cmd) intent: Intent,
    /// The lock; `None` where there is none.
    pub(in crate::cmd) lock: Option<Lock>,
    pub(in crate::cmd) scaffold: Scaffold,
    /// What is known of nixpkgs here.
    pub(in crate::cmd) index: Index,
    /// Everything that was looked at so far.
    pub(super) seen: RefCell<Current>,
}

impl Repository {
    /// Reads the repository at `root`.
    pub(in crate::cmd) fn open(root: &Path, context: &Context<'_>) -> Result<Self, Failure> {
        let root = Root::open(root).map_err(|error| failed(&error))?;
        let seen = RefCell::default();
        let intent_file = match look(&root, &seen, &own(INTENT_FILE))? {
            Found::File(file) => file,
            other => return Err(no_file(INTENT_FILE, &other)),
        };
        let intent_text = plain(&intent_file)
            .ok_or_else(|| Failure::invalid(format!("`{INTENT_FILE}` is no text")))?;
        marked(INTENT_FILE, &intent_text, "decide which lines hold")?;
        let answers = read_answers(INTENT_FILE, &intent_text);
        let mut scaffold = scaffold(&root, &answers.answers, context)?;
        let lock = match look(&root, &seen, &own(LOCK_FILE))? {
            Found::File(file) => Some(lock(&file)?),
            Found::Absent => None,
            other => return Err(no_file(LOCK_FILE, &other)),
        };
        for path in kept::FILES {
            let Some(text) = text_of(path, &look(&root, &seen, &own(path))?)? else {
                continue;
            };
            match path {
                RELEASE_FILE => kept::learn_release(&mut scaffold, &text, lock.as_ref())?,
                _ => kept::learn_third_parties(&mut scaffold, &text)?,
            }
        }
        let intent = intent(&root, &intent_text, &scaffold)?;
        let index = match look(&root, &seen, &own(INDEX_FILE))? {
            Found::File(file) => {
                let text = plain(&file)
                    .ok_or_else(|| Failure::refused(format!("`{INDEX_FILE}` is no text")))?;
                marked(
                    INDEX_FILE,
                    &text,
                    "`floxwright index refresh` after it is gone makes it anew",
                )?;
                crate::cmd::index::with_file(Some(&text))?
            }
            Found::Absent => crate::cmd::index::with_file(None)?,
            other => return Err(no_file(INDEX_FILE, &other)),
        };
        Ok(Self {
            root,
            intent_file,
            intent_text,
            intent,
            lock,
            scaffold,
            index,
            seen,
        })
    }

    /// What stands at a path. What was looked at is an input of the plan.
    pub(super) fn look(&self, path: &RelPath) -> Result<Found, Failure> {
        look(&self.root, &self.seen, path)
    }

    /// Everything that was looked at.
    pub(super) fn inputs(&self) -> Current {
        self.seen.borrow().clone()
    }

    /// The intent that another text of `floxwright.toml` gives.
    pub(in crate::cmd) fn intent_of(&self, text: &str) -> Result<Intent, Failure> {
        self.intent_by(text, &self.scaffold)
    }

    /// The same by a scaffold of which more is known.
    pub(in crate::cmd) fn intent_by(
        &self,
        text: &str,
        scaffold: &Scaffold,
    ) -> Result<Intent, Failure> {
        intent(&self.root, text, scaffold)
    }
}

/// What stands at a path, looked at once.
pub(super) fn look(root: &Root, seen: &RefCell<Current>, path: &RelPath) -> Result<Found, Failure> {
    if let Some(found) = seen.borrow().get(path) {
        return Ok(found.clone());
    }
    let found = root.look(path).map_err(|error| failed(&error))?;
    seen.borrow_mut().insert(path.clone(), found.clone());
    Ok(found)
}

/// The text of a file that keeps facts, if it is there.
fn text_of(path: &str, found: &Found) -> Result<Option<String>, Failure> {
    let file = match found {
        Found::File(file) => file,
        Found::Absent => return Ok(None),
        other => return Err(no_file(path, other)),
    };
    let text = plain(file)
        .ok_or_else(|| Failure::refused(format!("`{path}` is no text")).hint(kept::mend(path)))?;
    marked(path, &text, "without the file PyPI is read again")?;
    Ok(Some(text))
}

/// A path of floxwright's own.
pub(super) fn own(path: &str) -> RelPath {
    path.parse().expect("floxwright's own files have paths")
}

fn no_file(name: &str, found: &Found) -> Failure {
    let is = match found {
        Found::Other(kind) | Found::Behind(_, kind) => kind.name(),
        Found::Absent | Found::File(_) => "missing",
    };
    Failure::refused(format!("`{name}` is {is}, and should be a file"))
}

fn marked(name: &str, text: &str, hint: &str) -> Result<(), Failure> {
    if is_marked(text) {
        return Err(Failure::new(
            Exit::Conflicts,
            format!("`{name}` holds the markers of a conflict"),
        )
        .hint(hint));
    }
    Ok(())
}

fn scaffold(root: &Root, answers: &Answers, context: &Context<'_>) -> Result<Scaffold, Failure> {
    let given = answers.text(Field::Scaffold);
    // A path is meant from the file that holds it.
    let given = given.map(|given| {
        if scaffolds::is_path(&given) {
            let path = crate::cmd::path::normal(&root.path().join(&given));
            path.to_string_lossy().into_owned()
        } else {
            given
        }
    });
    scaffolds::find(given.as_deref(), context)
}

fn intent(root: &Root, text: &str, scaffold: &Scaffold) -> Result<Intent, Failure> {
    let file = read_answers(INTENT_FILE, text);
    if !file.problems.is_empty() {
        return Err(Failure::all(Exit::Invalid, file.problems));
    }
    let mut answers = file.answers;
    if answers.get(Field::Directory).is_none() {
        let place = root.path().to_string_lossy();
        answers.set(Field::Directory, Value::one(place), Origin::Default);
    }
    fill_defaults(&mut answers, scaffold);
    intent_from(&answers, &file.tables, scaffold).map_err(|problems| {
        let place = |(field, problem): FieldProblem| match file.spans.get(&field) {
            Some(span) => problem.at(span.clone()),
            None => Problem::new(format!("`{}`: {}", field.key(), problem.message)),
        };
        Failure::all(Exit::Invalid, problems.into_iter().map(place).collect())
    })
}

fn lock(file: &crate::tree::File) -> Result<Lock, Failure> {
    let refused = |cause: &dyn std::fmt::Display| {
        Failure::refused(format!("`{LOCK_FILE}` cannot be read")).because(cause)
    };
    let mend = format!("`git checkout -- {LOCK_FILE}` brings back the committed one");
    let Some(text) = plain(file) else {
        return Err(refused(&"it is no text").hint(mend));
    };
    marked(
        LOCK_FILE,
        &text,
        "take either side, for example with `git checkout --ours floxwright.lock`; the next command makes it anew",
    )?;
    read_lock(&text).map_err(|error| match error {
        LockError::Newer(_) => {
            refused(&error).hint("use the floxwright that made it, or a newer one")
        }
        LockError::Invalid(message) => {
            let short = message.lines().next().unwrap_or_default();
            let problem = Problem::new(format!("`{LOCK_FILE}` cannot be read: {short}"));
            let problem = match place(&message, &text) {
                Some(range) => problem.at(Span {
                    origin: LOCK_FILE.to_owned(),
                    text: text.clone(),
                    range,
                }),
                None => problem,
            };
            Failure::all(Exit::Refused, vec![problem]).hint(mend)
        }
    })
}

/// The line that a parser names with `at line N`.
fn place(message: &str, text: &str) -> Option<std::ops::Range<usize>> {
    let after = message.split_once("line ")?.1;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    let number: usize = digits.parse().ok()?;
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if at + 1 == number {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}
