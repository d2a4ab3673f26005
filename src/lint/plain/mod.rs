//! What is wrong with a plain template, in cargo-generate's format: it is expanded with many answers, and its texts are read.

mod answers;
mod unused;

use super::branches::{self, Branch};
use super::matrix::pairwise;
use super::{Finding, Kind};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::expand::{
    CrateType, Declared, Expanded, Mode, Order, Staged, StagedFile, declared, expand,
};
use crate::generate;
use answers::{Answerer, Row, values};
use std::collections::{BTreeMap, BTreeSet};

/// Above so many combinations, only the pairs are tried.
const MOST: usize = 256;

/// The configuration.
const CONFIG: &str = "cargo-generate.toml";

/// What was tried and found.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// The files of the template.
    pub files: usize,
    /// The combinations of answers.
    pub combinations: usize,
    /// How many of them gave a project.
    pub rendered: usize,
    /// What is wrong, sorted.
    pub findings: Vec<Finding>,
}

/// Tries a plain template. Its hooks run where `allow_hooks`, their commands never; else a template with hooks is read only.
///
/// # Errors
/// A configuration that is not of the format; sub-templates, which are checked one by one.
pub fn plain(staged: &Staged, allow_hooks: bool) -> Result<Tried, Failure> {
    let declared = declared(staged)?;
    if let [first, ..] = declared.sub_templates.as_slice() {
        return Err(Failure::invalid(
            "the template consists of others, which are checked one by one",
        )
        .hint(format!("the first of them is `{first}`")));
    }
    let mut tried = Tried {
        files: staged.files().count(),
        findings: unused::unused(staged, &declared),
        ..Tried::default()
    };
    if !declared.scripts.is_empty() && !allow_hooks {
        tried.findings.push(about(
            Kind::NeverTaken,
            "it has hooks, and nothing was rendered; `--allow-hooks` runs them".to_owned(),
        ));
        return Ok(tried);
    }
    let mut trial = Trial::new(&declared);
    let (rows, is_whole) = rows(&declared);
    tried.combinations = rows.len();
    let mut branches = Vec::new();
    let marked = marked(staged, &mut branches);
    for row in &rows {
        if trial.plain(staged, row) {
            tried.rendered += 1;
            trial.marked(&marked, row);
        }
    }
    if tried.rendered > 0 {
        trial.never(&declared, &branches, is_whole);
    }
    tried.findings.extend(trial.findings);
    tried.findings.sort();
    tried.findings.dedup();
    Ok(tried)
}

fn about(kind: Kind, text: String) -> Finding {
    Finding {
        file: CONFIG.to_owned(),
        line: 0,
        kind,
        text,
    }
}

/// The answers of each trial, and whether they are all that there are.
fn rows(declared: &Declared) -> (Vec<Row>, bool) {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for question in &declared.placeholders {
        let size = sizes.entry(&question.name).or_default();
        *size = (*size).max(values(question).len());
    }
    let of: Vec<usize> = sizes.values().copied().collect();
    let all = of
        .iter()
        .try_fold(1usize, |all, size| all.checked_mul(*size));
    let is_whole = all.is_some_and(|all| all <= MOST);
    let rows = if is_whole {
        product(&of)
    } else {
        pairwise(&of)
    };
    let named = |row: Vec<usize>| {
        let names = sizes.keys().map(|name| (*name).to_owned());
        names.zip(row).collect()
    };
    (rows.into_iter().map(named).collect(), is_whole)
}

fn product(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new()];
    for size in sizes {
        let longer = |row: Vec<usize>| {
            (0..*size).map(move |place| {
                let mut row = row.clone();
                row.push(place);
                row
            })
        };
        rows = rows.into_iter().flat_map(longer).collect();
    }
    rows
}

/// The template with a mark in each branch of its files.
fn marked(staged: &Staged, all: &mut Vec<Branch>) -> Staged {
    let mut marked = staged.clone();
    for (path, file) in staged.files() {
        let Some(text) = staged.text(path).filter(|_| is_content(path)) else {
            continue;
        };
        let bytes = branches::marked((path, text), all).into_bytes();
        let file = StagedFile {
            bytes,
            mode: file.mode,
        };
        // It stood there before.
        drop(marked.insert_file(path, file));
    }
    marked
}

/// Whether a file is rendered, and not what says how.
fn is_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ![CONFIG, ".genignore"].contains(&name) && !is_script(path)
}

/// Whether a file is a hook, or what hooks import.
fn is_script(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| ending == "rhai")
}

/// What the trials tell.
struct Trial {
    /// Placeholders whose values are all tried.
    closed: BTreeSet<String>,
    taken: BTreeSet<usize>,
    held: BTreeSet<String>,
    findings: Vec<Finding>,
}

impl Trial {
    fn new(declared: &Declared) -> Self {
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
    fn plain(&mut self, staged: &Staged, row: &Row) -> bool {
        let mut answerer = Answerer::new(row);
        let expanded = expanded(staged, &mut answerer, Mode::Strict);
        let with = answerer.shown();
        match &expanded {
            Ok(expanded) => {
                self.held.extend(expanded.held.iter().cloned());
                self.parse(expanded, &with);
            }
            Err(failure) => {
                let kind = if failure.exit == Exit::NeedsInput {
                    Kind::NeverTaken
                } else {
                    Kind::NotRendered
                };
                for problem in &failure.problems {
                    let (place, text) = told(problem);
                    self.add(kind, place, &text, &with);
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
    fn marked(&mut self, marked: &Staged, row: &Row) {
        let Ok(expanded) = expanded(marked, &mut Answerer::new(row), Mode::Careful) else {
            return;
        };
        for (_, file) in expanded.tree.files() {
            branches::taken(&String::from_utf8_lossy(&file.bytes), &mut self.taken);
        }
    }

    /// What no answers led to.
    fn never(&mut self, declared: &Declared, branches: &[Branch], is_whole: bool) {
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

#[cfg(test)]
mod tests;
