//! The state of one evaluation: what names are bound to, what was passed to `setup`, and how much work is left.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use ruff_python_ast::{ModModule, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::statement::Flow;
use super::value::{Kind, Value};
use crate::python::PythonVersion;
use crate::source_tree::{Place, Source, SourceTree};

/// The most expressions and statements that are evaluated.
const MAX_STEPS: u32 = 100_000;

/// The deepest nesting of expressions and calls.
const MAX_DEPTH: u32 = 150;

/// The longest text and the longest list.
pub(super) const MAX_LENGTH: usize = 100_000;

/// What the evaluations of several files share.
pub(super) struct World<'a> {
    /// The tree in which files are opened.
    pub tree: &'a SourceTree,
    /// The package's folder in it.
    pub folder: &'a str,
    /// The Python whose version the file asks for.
    pub python: PythonVersion,
    /// Whether the file asked.
    pub asked: Cell<bool>,
    steps: Cell<u32>,
    depth: Cell<u32>,
    evaluations: Cell<u32>,
}

/// What was passed to `setup`.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    /// The call.
    pub place: Place,
    /// The arguments by name.
    pub arguments: BTreeMap<String, Value>,
    /// An argument whose name cannot be known, such as `**options`.
    pub unknown: Option<Value>,
}

/// The names of one function, or of the file.
#[derive(Default)]
pub(super) struct Frame {
    /// What they are bound to.
    pub names: BTreeMap<String, Value>,
    /// Those that a `global` statement gives to the file.
    pub globals: BTreeSet<String>,
}

/// The evaluation of one file.
pub(super) struct Evaluator<'a> {
    /// What it shares with those of other files.
    pub world: &'a World<'a>,
    /// Its number among the evaluations of this world.
    pub id: u32,
    /// The file.
    pub source: Arc<Source>,
    /// The functions that the file defines.
    pub functions: Vec<&'a StmtFunctionDef>,
    /// The names: of the file, then of each function that is being called.
    pub frames: Vec<Frame>,
    /// What was passed to `setup`, call by call.
    pub setups: Vec<Setup>,
}

impl<'a> World<'a> {
    /// The beginning of an evaluation.
    pub(super) fn new(tree: &'a SourceTree, folder: &'a str, python: PythonVersion) -> Self {
        Self {
            tree,
            folder,
            python,
            asked: Cell::new(false),
            steps: Cell::new(0),
            depth: Cell::new(0),
            evaluations: Cell::new(0),
        }
    }

    /// The path in the tree of a path below the package's folder.
    pub(super) fn path(&self, below: &str) -> String {
        format!("{}{below}", crate::source_tree::files::prefix(self.folder))
    }
}

impl<'a> Evaluator<'a> {
    /// An evaluation of a file of which nothing has run.
    pub(super) fn new(world: &'a World<'a>, source: &Arc<Source>) -> Self {
        let id = world.evaluations.get();
        world.evaluations.set(id.saturating_add(1));
        Self {
            world,
            id,
            source: Arc::clone(source),
            functions: Vec::new(),
            frames: vec![Frame::default()],
            setups: Vec::new(),
        }
    }

    /// Runs the whole file. What comes back is why it ended early, if it did.
    pub(super) fn run_module(&mut self, module: &'a ModModule) -> Option<Value> {
        match self.run(&module.body) {
            Flow::Return(why) => Some(why),
            _ => None,
        }
    }

    /// The place of a node.
    pub(super) fn place(&self, node: &impl Ranged) -> Place {
        let range = node.range();
        Place::new(
            &self.source,
            Range {
                start: range.start().to_usize(),
                end: range.end().to_usize(),
            },
        )
    }

    /// A value that cannot be known, at a node.
    pub(super) fn unknown(&self, node: &impl Ranged, why: impl AsRef<str>) -> Value {
        Kind::unknown(why).at(self.place(node))
    }

    /// Does something one level deeper; where it is too deep or too much, says so instead.
    pub(super) fn deeper<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> T,
        refuse: impl FnOnce(&Self, &'static str) -> T,
    ) -> T {
        let (steps, depth) = (&self.world.steps, &self.world.depth);
        if steps.get() >= MAX_STEPS {
            return refuse(self, "it takes more than 100000 steps to evaluate");
        }
        if depth.get() >= MAX_DEPTH {
            return refuse(self, "it is nested too deeply");
        }
        steps.set(steps.get() + 1);
        depth.set(depth.get() + 1);
        let result = work(self);
        let depth = &self.world.depth;
        depth.set(depth.get() - 1);
        result
    }

    /// Counts the making of a value as work, by its length.
    pub(super) fn charge(&self, value: &Value) {
        let cost = match &value.kind {
            Kind::Text(text) => text.len() / 256,
            Kind::Tuple(values) => values.len() / 16,
            Kind::List(values) => values.borrow().len() / 16,
            Kind::Dict(pairs) => pairs.borrow().len() / 16,
            _ => 0,
        };
        let steps = &self.world.steps;
        let cost = u32::try_from(cost).unwrap_or(u32::MAX);
        steps.set(steps.get().saturating_add(cost));
    }

    /// What a name is bound to.
    pub(super) fn lookup(&self, name: &str) -> Option<&Value> {
        let local = self.frames.last().and_then(|frame| frame.names.get(name));
        local.or_else(|| self.frames.first()?.names.get(name))
    }

    /// Binds a name where Python would.
    pub(super) fn bind(&mut self, name: &str, value: Value) {
        let local = self
            .frames
            .last()
            .is_some_and(|frame| !frame.globals.contains(name));
        let frame = if local {
            self.frames.last_mut()
        } else {
            self.frames.first_mut()
        };
        if let Some(frame) = frame {
            frame.names.insert(name.to_owned(), value);
        }
    }

    /// Makes unknown whatever a name leads to: it may have been changed in a way that cannot be followed.
    pub(super) fn spoil_name(&mut self, name: &str, why: &Value) {
        let bound = self.lookup(name).cloned();
        if let Some(value) = &bound {
            spoil(value, why);
        }
        let outside = |value: &Value| matches!(value.kind, Kind::Function(..) | Kind::Named(_));
        if !bound.as_ref().is_some_and(outside) {
            self.bind(name, why.clone());
        }
    }
}

/// Makes the content of a list or a dictionary unknown, and of those in it.
pub(super) fn spoil(value: &Value, why: &Value) {
    let mut tuples = BTreeSet::new();
    let mut open = vec![value.clone()];
    while let Some(value) = open.pop() {
        match &value.kind {
            // What is spoiled holds nothing but the reason, so this ends also where a list is in itself.
            Kind::List(values) => open.append(&mut values.replace(vec![why.clone()])),
            Kind::Dict(pairs) => {
                let pairs = pairs.replace(vec![(why.clone(), why.clone())]);
                open.extend(pairs.into_iter().map(|(_, value)| value));
            }
            Kind::Tuple(values) if tuples.insert(Rc::as_ptr(values).cast::<Value>()) => {
                open.extend(values.iter().cloned());
            }
            Kind::Method(of, _) => open.push(Value::clone(of)),
            _ => {}
        }
    }
}
