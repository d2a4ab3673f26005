//! `import`: other scripts of the template, and none from elsewhere.

use super::without_shebang;
use crate::expand::state::Shared;
use rhai::{Engine, EvalAltResult, Module, ModuleResolver, Position, Scope, Shared as Counted};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How deep scripts may import each other.
const DEPTH: usize = 32;

/// The scripts of a template as modules.
pub(super) struct Imports {
    shared: Shared,
    known: RefCell<BTreeMap<String, Counted<Module>>>,
    open: RefCell<Vec<String>>,
}

impl Imports {
    pub(super) fn new(shared: Shared) -> Self {
        Self {
            shared,
            known: RefCell::default(),
            open: RefCell::default(),
        }
    }

    fn read(
        &self,
        engine: &Engine,
        path: &str,
        at: Position,
    ) -> Result<Module, Box<EvalAltResult>> {
        let inner = |error| EvalAltResult::ErrorInModule(path.to_owned(), error, at);
        let text = self
            .shared
            .script(&file_of(path))
            .map_err(|_| EvalAltResult::ErrorModuleNotFound(path.to_owned(), at))?;
        let mut script = engine
            .compile(without_shebang(&text))
            .map_err(|error| inner(error.into()))?;
        script.set_source(path);
        let module = Module::eval_ast_as_new(Scope::new(), &script, engine).map_err(inner)?;
        Ok(module)
    }
}

/// The file of a module: the extension is `rhai`, whatever the path says.
fn file_of(path: &str) -> String {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    match directory {
        "" if path.starts_with('/') => format!("/{stem}.rhai"),
        "" => format!("{stem}.rhai"),
        _ => format!("{directory}/{stem}.rhai"),
    }
}

impl ModuleResolver for Imports {
    fn resolve(
        &self,
        engine: &Engine,
        _: Option<&str>,
        path: &str,
        at: Position,
    ) -> Result<Counted<Module>, Box<EvalAltResult>> {
        if let Some(module) = self.known.borrow().get(path) {
            return Ok(module.clone());
        }
        if self.open.borrow().len() >= DEPTH {
            return Err(EvalAltResult::ErrorTooManyModules(at).into());
        }
        self.open.borrow_mut().push(path.to_owned());
        let read = self.read(engine, path, at);
        self.open.borrow_mut().pop();
        let module: Counted<Module> = read?.into();
        let mut known = self.known.borrow_mut();
        known.insert(path.to_owned(), module.clone());
        Ok(module)
    }
}
