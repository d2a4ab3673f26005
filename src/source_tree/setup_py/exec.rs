//! Reading files of the tree, and `exec` of what was read.

use std::rc::Rc;
use std::sync::Arc;

use ruff_python_ast::ExprCall;

use super::evaluator::{Evaluator, World};
use super::expression::put;
use super::parse;
use super::value::{Kind, Value};
use crate::source_tree::{Place, Source};

/// The text of a file below the package's folder. Its place is the file, so that `exec` can name its lines.
pub(super) fn read(evaluator: &Evaluator<'_>, call: &ExprCall, path: &str) -> Result<Value, Value> {
    let path = evaluator.world.path(path);
    match evaluator.world.tree.text(&path) {
        Ok(Some(source)) => {
            let place = Place::new(source, 0..source.text.len());
            Ok(Kind::text(&source.text).at(place))
        }
        Ok(None) => Err(evaluator.unknown(call, format!("`{path}` is not in the tree"))),
        Err(problem) => Err(evaluator.unknown(call, problem.message)),
    }
}

/// `exec(text, names)`: the names of the file get into the dictionary.
pub(super) fn run(
    evaluator: &Evaluator<'_>,
    text: &Value,
    names: Option<&Value>,
) -> Result<Kind, Value> {
    let odd = |why: &str| Kind::unknown(why).at(text.place.clone());
    let code = text
        .as_text()
        .ok_or_else(|| odd("a static reader executes nothing but texts"))?;
    let Some(Value {
        kind: Kind::Dict(pairs),
        ..
    }) = names
    else {
        return Err(odd(
            "a static reader executes only with a dictionary for the names",
        ));
    };
    let source = if text.place.text() == code {
        Arc::clone(text.place.source())
    } else {
        Arc::new(Source {
            path: text.place.path().to_owned(),
            text: code.to_owned(),
        })
    };
    for (name, value) in defined(evaluator.world, &source).map_err(|problem| odd(&problem))? {
        let key = Kind::Text(Rc::from(name)).at(value.place.clone());
        put(&mut pairs.borrow_mut(), key, value)?;
    }
    Ok(Kind::None)
}

/// What the names of a file are bound to after it has run.
pub(super) fn defined(
    world: &World<'_>,
    source: &Arc<Source>,
) -> Result<Vec<(String, Value)>, String> {
    let module = parse(source).map_err(|problem| problem.message)?;
    let mut inner = Evaluator::new(world, source);
    // What an early end leaves out is not bound, which is told where it is missed.
    let _ = inner.run_module(module.syntax());
    let names = inner.frames.into_iter().next().unwrap_or_default().names;
    Ok(names.into_iter().collect())
}
