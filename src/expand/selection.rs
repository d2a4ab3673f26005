//! Which files are rendered, and which are taken away before: `include`, `exclude`, `ignore` and `.genignore`.

use super::Staged;
use super::config::{CONFIG, Rules, place_of};
use super::order::Mode;
use super::paths::{join, resolved};
use super::patterns::{Patterns, PatternsBuilder, Says};
use super::staged::Entry;
use crate::diagnostic::{Exit, Failure, Problem};

/// The file with lines of what is taken away.
const GENIGNORE: &str = ".genignore";

/// Files at the top of a template that are never part of a project.
const NEVER: [&str; 3] = [GENIGNORE, CONFIG, ".cargo-ok"];

/// Which files are rendered.
pub(super) enum Selection {
    /// All.
    All,
    /// Those that match.
    Only(Patterns),
    /// Those that do not match.
    AllBut(Patterns),
}

impl Selection {
    /// The selection that the rules of `config`, a path and its text, make. With both lists, `include` counts.
    ///
    /// # Errors
    /// A line that is no pattern.
    pub(super) fn new(rules: &Rules, config: (&str, &str)) -> Result<Self, Failure> {
        match (&rules.include, &rules.exclude) {
            (Some(lines), _) => Ok(Self::Only(matcher("include", lines, config)?)),
            (None, Some(lines)) => Ok(Self::AllBut(matcher("exclude", lines, config)?)),
            (None, None) => Ok(Self::All),
        }
    }

    /// Whether what stands at `path` is rendered. Everything is matched as a file, and as what is below a directory.
    pub(super) fn renders(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(lines) => lines.of_file_or_above(path) == Some(Says::Yes),
            Self::AllBut(lines) => lines.of_file_or_above(path) != Some(Says::Yes),
        }
    }
}

fn matcher(list: &str, lines: &[String], config: (&str, &str)) -> Result<Patterns, Failure> {
    let mut builder = PatternsBuilder::new();
    let mut problems = Vec::new();
    for line in lines {
        if let Err(error) = builder.add(line) {
            problems.push(Problem {
                cause: Some(error.to_string()),
                span: place_of(config, list, line),
                ..Problem::new(format!("`{line}` in `{list}` is not a pattern"))
            });
        }
    }
    if !problems.is_empty() {
        return Err(Failure::all(Exit::Invalid, problems));
    }
    builder.build().map_err(|error| {
        Failure::invalid(format!("the patterns of `{list}` cannot be used")).because(error)
    })
}

/// What is not part of a project, taken away.
#[derive(Debug, Default)]
pub(super) struct Removed {
    /// Paths with the reason, in the order in which they went.
    pub(super) paths: Vec<(String, String)>,
    /// Entries of `ignore` that lead out of the template, and were passed over.
    pub(super) outside: Vec<String>,
}

/// Takes away what is not part of a project.
///
/// # Errors
/// Entries of `ignore` that lead out of the template, except for [`Mode::Compat`]; the template itself.
pub(super) fn remove(
    stage: &mut Staged,
    rules: &Rules,
    mode: Mode,
    config: (&str, &str),
) -> Result<Removed, Failure> {
    let mut unwanted: Vec<(String, String)> = Vec::new();
    for name in NEVER {
        unwanted.push((name.to_owned(), "it belongs to the template".to_owned()));
    }
    if stage.get(GENIGNORE).is_some() {
        let ignored = genignored(stage).into_iter();
        unwanted.extend(ignored.map(|path| (path, format!("`{GENIGNORE}` says so"))));
    }
    let mut removed = Removed::default();
    let mut problems = Vec::new();
    for entry in rules.ignore.iter().flatten() {
        match resolved("", entry) {
            Some(path) if !path.is_empty() => {
                unwanted.push((path, "`ignore` says so".to_owned()));
            }
            None if mode == Mode::Compat => removed.outside.push(entry.clone()),
            _ => problems.push(Problem {
                span: place_of(config, "ignore", entry),
                ..Problem::new(format!(
                    "`{}` in `ignore` is not inside the template",
                    entry.escape_debug()
                ))
            }),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::all(Exit::Invalid, problems));
    }
    for (path, why) in unwanted {
        if stage.remove(&path).is_some() {
            removed.paths.push((path, why));
        }
    }
    Ok(removed)
}

/// What the files `.genignore` name; of a directory, the directory alone.
fn genignored(stage: &Staged) -> Vec<String> {
    let mut ignored = Vec::new();
    let mut open: Vec<(String, Vec<(String, Patterns)>)> = vec![(String::new(), Vec::new())];
    while let Some((directory, mut matchers)) = open.pop() {
        if let Some(text) = stage.file(&join(&directory, GENIGNORE)) {
            let text = String::from_utf8_lossy(&text.bytes);
            matchers.extend(lines_of(&text).map(|lines| (directory.clone(), lines)));
        }
        for name in stage.names(&directory) {
            let path = join(&directory, &name);
            let is_directory = stage.get(&path) == Some(&Entry::Directory);
            if is_ignored(&matchers, &path, is_directory) {
                ignored.push(path);
            } else if is_directory {
                open.push((path, matchers.clone()));
            }
        }
    }
    ignored
}

/// Lines that are no patterns are passed over; so are all, where they are too large together.
fn lines_of(text: &str) -> Option<Patterns> {
    let mut builder = PatternsBuilder::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        let _ = builder.add(line);
    }
    builder.build().ok()
}

/// The nearest file that says something about a path decides.
fn is_ignored(matchers: &[(String, Patterns)], path: &str, is_directory: bool) -> bool {
    let mut nearest = matchers.iter().rev();
    nearest
        .find_map(|(directory, lines)| {
            let inner = match directory.as_str() {
                "" => path,
                _ => path
                    .strip_prefix(directory.as_str())?
                    .trim_start_matches('/'),
            };
            lines.of(inner, is_directory).map(|says| says == Says::Yes)
        })
        .unwrap_or(false)
}

/// Whether `path` or a directory above it is called `.git`, which nothing touches.
pub(super) fn is_git(path: &str) -> bool {
    path.split('/').any(|name| name == ".git")
}
