//! Reading a `setup.py` without running it: the expressions that lead to the arguments of `setup` are evaluated here,
//! and whatever needs Python is unknown. Something unknown is an error as soon as the metadata depends on it.

mod call;
mod comprehension;
mod container;
mod evaluator;
mod exec;
mod expression;
mod item;
mod mentions;
mod native;
mod operator;
mod path;
mod said;
mod statement;
#[cfg(test)]
mod tests;
mod text_method;
mod together;
mod value;

use std::sync::Arc;

use ruff_python_ast::ModModule;
use ruff_python_parser::{Parsed, parse_module};

use super::{Declared, Place, Source, SourceTree};
use crate::diagnostic::Problem;
use crate::python::PythonVersion;
use evaluator::{Evaluator, World};

/// The minor versions of Python 3 that are considered where a file asks for the version.
const MINORS: std::ops::RangeInclusive<u32> = 0..=30;

/// The stack on which files are parsed and evaluated: both recurse, and so does the freeing of what was parsed. A file
/// of 64 KiB cannot nest deeper than this is large.
const STACK: usize = 128 << 20;

/// What a `setup.py` passes to `setup`; what it requires may depend on the Python that runs it.
///
/// # Errors
/// Whatever the metadata depends on and cannot be known without running Python, with its place.
pub(super) fn read(
    tree: &SourceTree,
    folder: &str,
    source: &Arc<Source>,
) -> Result<Declared, Vec<Problem>> {
    stacker::grow(STACK, || {
        let module = parse(source).map_err(|problem| vec![problem])?;
        let newest = PythonVersion {
            major: 3,
            minor: *MINORS.end(),
        };
        let (first, asked) = one(tree, folder, source, (module.syntax(), newest));
        if !asked {
            return first;
        }
        // In the order of versions, so that what is only said for old ones stands where it was read first.
        let all = MINORS.map(|minor| PythonVersion { major: 3, minor });
        let read = all.map(|python| {
            let (declared, _) = one(tree, folder, source, (module.syntax(), python));
            (python, declared)
        });
        together::together(read.collect())
    })
}

/// The value of a name after a file has run; for versions that stand in a file of their own.
///
/// # Errors
/// Text that is no Python, a name that is not bound, a value that is no text or cannot be known.
pub(super) fn text_of(
    tree: &SourceTree,
    folder: &str,
    (source, name): (&Arc<Source>, &str),
) -> Result<(String, Place), Problem> {
    stacker::grow(STACK, || {
        let python = PythonVersion {
            major: 3,
            minor: *MINORS.end(),
        };
        let world = World::new(tree, folder, python);
        let names = exec::defined(&world, source).map_err(Problem::new)?;
        let found = names.into_iter().find(|(other, _)| other == name);
        let Some((_, value)) = found else {
            let problem = Problem::new(format!("`{name}` is not set in this file"));
            return Err(problem.at(Place::start(source).span()));
        };
        match value.as_text() {
            Some(text) if !world.asked.get() => Ok((text.to_owned(), value.place.clone())),
            _ => Err(said::unreadable(&format!("`{name}`"), &value)),
        }
    })
}

/// Evaluates the file for one Python; also whether it asked which one it is.
fn one(
    tree: &SourceTree,
    folder: &str,
    source: &Arc<Source>,
    (module, python): (&ModModule, PythonVersion),
) -> (Result<Declared, Vec<Problem>>, bool) {
    let world = World::new(tree, folder, python);
    let mut evaluator = Evaluator::new(&world, source);
    let ended = evaluator.run_module(module);
    let declared = said::declared(&evaluator.setups, ended.as_ref(), source);
    (declared, world.asked.get())
}

/// Parses a file.
fn parse(source: &Arc<Source>) -> Result<Parsed<ModModule>, Problem> {
    parse_module(&source.text).map_err(|error| {
        let range = error.location.start().to_usize()..error.location.end().to_usize();
        let place = Place::new(source, range);
        place.problem(format!("`{}` is not Python: {}", source.path, error.error))
    })
}
