//! What becomes of a template with some answers, and what no answers led to.

use super::answers::{self, Answerer, Row};
use super::{CONFIG, about, unused};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::expand::{CrateType, Declared, Expanded, Mode, Order, Staged, expand};
use crate::generate;
use crate::lint::branches::{self, Branch};
use crate::lint::{Finding, Kind};
use std::collections::BTreeSet;

/// What the trials tell.
pub(super) struct Trial {
    /// Placeholders whose values are all tried.
    closed: BTreeSet<String>,
    taken: BTreeSet<usize>,
    held: BTreeSet<String>,
    pub(super) findings: Vec<Finding>,
}

impl Trial {
    pub(super) fn new(declared: &Declared) -> Self {
        let closed = declared.placeholders.iter();
        let closed = closed.filter(|question| answers::is_closed(question));
        Self {
            closed: closed.map(|question| question.name.clone()).collect(),
            taken: BTreeSet::new(),
            held: BTreeSet::new(),
            findings: Vec::new(),
        }
    }

    /// Expands the template with some answers; whether it gives a project.
    pub(super) fn plain(&mut self, staged: &Staged, row: &Row) -> bool {
        let mut answerer = Answerer::new(row);
        let expanded = expanded(staged, &mut answerer, Mode::Strict);
        let with = answerer.shown();
        match &expanded {
            Ok(expanded) => {
                self.held.extend(expanded.held.iter().cloned());
                self.parse(expanded, &with);
            }
            Err(failure) => {
                for problem in &failure.problems {
                    let (place, mut text) = told(problem);
                    if failure.exit == Exit::NeedsInput {
                        text.push_str(": no text that was tried fits; a default would");
                    }
                    self.add(Kind::NotRendered, place, &text, &with);
                }
            }
        }
        expanded.is_ok()
    }

    /// What files of known kinds are not what their names say.
    fn parse(&mut self, expanded: &Expanded, with: &str) {
        for (path, file) in expanded.tree.files() {
            let parsed = path.parse().ok().zip(std::str::from_utf8(&file.bytes).ok());
            let checked = parsed.map(|(path, text)| generate::check(&path, text));
            if let Some(Err(cause)) = checked {
                let mut made = expanded.files.iter();
                let source = made.find(|made| made.path.as_deref() == Some(path));
                let source = source.map_or(path, |made| made.source.as_str()).to_owned();
                let text = format!("`{path}` does not parse: {cause}");
                self.add(Kind::NotParsed, (source, 0), &text, with);
            }
        }
    }

    /// Which branches the same answers take.
    pub(super) fn marked(&mut self, marked: &Staged, row: &Row) {
        let Ok(expanded) = expanded(marked, &mut Answerer::new(row), Mode::Careful) else {
            return;
        };
        for (_, file) in expanded.tree.files() {
            branches::taken(&String::from_utf8_lossy(&file.bytes), &mut self.taken);
        }
    }

    /// What no answers led to.
    pub(super) fn never(&mut self, declared: &Declared, branches: &[Branch], is_whole: bool) {
        let is_judged = |depends: &BTreeSet<String>| {
            let tried = is_whole || depends.len() <= 2;
            !depends.is_empty() && tried && depends.iter().all(|name| self.closed.contains(name))
        };
        let mut found = branches::never(branches, &self.taken, is_judged);
        for condition in &declared.conditions {
            if self.held.contains(condition) {
                continue;
            }
            let depends = unused::names(condition);
            let (kind, text) = if is_judged(&depends) {
                (
                    Kind::Unreachable,
                    format!("no answers lead to the condition `{condition}`"),
                )
            } else {
                (
                    Kind::NeverTaken,
                    format!("the condition `{condition}` did not hold in any rendering"),
                )
            };
            found.push(about(kind, text));
        }
        self.findings.append(&mut found);
    }

    /// A finding, once, with the first answers that led to it.
    fn add(&mut self, kind: Kind, (file, line): (String, usize), text: &str, with: &str) {
        let is_known = |known: &Finding| {
            (known.kind, &known.file, known.line) == (kind, &file, line)
                && known.text.starts_with(text)
        };
        if self.findings.iter().any(is_known) {
            return;
        }
        self.findings.push(Finding {
            file,
            line,
            kind,
            text: format!("{text}\nwith {with}"),
        });
    }
}

/// The file, the line and the words of a problem.
fn told(problem: &Problem) -> ((String, usize), String) {
    let text = match &problem.cause {
        Some(cause) => format!("{}: {cause}", problem.message),
        None => problem.message.clone(),
    };
    match &problem.span {
        Some(span) => ((span.origin.clone(), span.line_column().0), text),
        None => ((CONFIG.to_owned(), 0), text),
    }
}

/// Expands the template with the answers that are given.
fn expanded(staged: &Staged, answerer: &mut Answerer<'_>, mode: Mode) -> Result<Expanded, Failure> {
    let order = Order {
        mode,
        name: Some("example".to_owned()),
        crate_type: CrateType::Bin,
        authors: "Example".to_owned(),
        username: "example".to_owned(),
        os_arch: "linux-x86_64".to_owned(),
        working_directory: "/template".to_owned(),
        destination: "/projects".to_owned(),
        ..Order::default()
    };
    expand(staged.clone(), &order, answerer)
}
