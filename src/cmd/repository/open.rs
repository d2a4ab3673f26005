//! Finding a repository and reading what it says of itself.

use super::lock::{FoundLock, Trust, found};
use super::patches::patches;
use crate::ask::{Answers, Field, FieldProblem, Origin, Value, fill_defaults, intent_from};
use crate::cmd::disk_failure::unchanged as failed;
use crate::cmd::{Context, kept, scaffolds};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::disk::Root;
use crate::model::{Intent, Lock};
use crate::nixpkgs::{INDEX_FILE, Index};
use crate::reconcile::{Current, is_marked, plain};
use crate::scaffold::{RELEASE_FILE, Scaffold};
use crate::tree::{Found, RelPath};
use crate::workspace::{INTENT_FILE, LOCK_FILE, read_answers};
use std::cell::RefCell;
use std::path::Path;

/// A repository, as it was found.
pub(in crate::cmd) struct Repository {
    pub(in crate::cmd) root: Root,
    /// `floxwright.toml` as it stands there.
    pub(in crate::cmd) intent_file: crate::tree::File,
    /// The same as plain text.
    pub(in crate::cmd) intent_text: String,
    pub(in crate::cmd) intent: Intent,
    /// The lock; `None` where there is none, or none that can be read.
    pub(in crate::cmd) lock: Option<Lock>,
    /// What there is to know of a lock that has to be made anew.
    pub(in crate::cmd) lost: FoundLock,
    pub(in crate::cmd) scaffold: Scaffold,
    /// What is known of nixpkgs here.
    pub(in crate::cmd) index: Index,
    /// Everything that was looked at so far.
    pub(super) seen: RefCell<Current>,
}

impl Repository {
    /// Reads the repository at `root`.
    pub(in crate::cmd) fn open(
        root: &Path,
        trust: Trust,
        context: &Context<'_>,
    ) -> Result<Self, Failure> {
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
        let mut lost = match look(&root, &seen, &own(LOCK_FILE))? {
            Found::File(file) => found(&file, trust)?,
            Found::Absent => FoundLock {
                because: Some(format!("there was no `{LOCK_FILE}`; it is made anew")),
                ..FoundLock::default()
            },
            other => return Err(no_file(LOCK_FILE, &other)),
        };
        let lock = lost.lock.take();
        let mut scaffold = scaffold(root.path(), &answers.answers, context)?;
        for path in kept::FILES {
            let found = look(&root, &seen, &own(path))?;
            // Torn by a merge of git, it is read again like the lock.
            if trust == Trust::Rebuild && is_torn(&found) {
                continue;
            }
            let Some(text) = text_of(path, &found)? else {
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
            lost,
            scaffold,
            index,
            seen,
        })
    }

    /// The lock; where it is lost, what it still tells of itself.
    pub(in crate::cmd) fn locks(&self) -> Vec<&Lock> {
        self.lock.iter().chain(&self.lost.remains).collect()
    }

    /// Whether a path is a document: its output says so.
    pub(in crate::cmd) fn is_document(&self, path: &RelPath) -> bool {
        let ids = self
            .locks()
            .into_iter()
            .filter_map(|lock| lock.files.get(path));
        ids.into_iter()
            .any(|file| self.scaffold.is_document(&file.id))
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
fn is_torn(found: &Found) -> bool {
    let text = found.file().and_then(plain);
    text.is_some_and(|text| is_marked(&text))
}

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

/// The scaffold that an intent names.
pub(in crate::cmd) fn scaffold(
    root: &Path,
    answers: &Answers,
    context: &Context<'_>,
) -> Result<Scaffold, Failure> {
    let given = answers.text(Field::Scaffold);
    // A path is meant from the file that holds it.
    let given = given.map(|given| {
        if scaffolds::is_path(&given) {
            let path = crate::cmd::path::normal(&root.join(&given));
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
    let intent = intent_from(&answers, &file.tables, scaffold).map_err(|problems| {
        let place = |(field, problem): FieldProblem| match file.spans.get(&field) {
            Some(span) => problem.at(span.clone()),
            None => Problem::new(format!("`{}`: {}", field.key(), problem.message)),
        };
        Failure::all(Exit::Invalid, problems.into_iter().map(place).collect())
    })?;
    Ok(Intent {
        patches: patches(root)?,
        ..intent
    })
}
