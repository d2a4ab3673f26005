//! Running statements: assignments, functions, conditions, loops, `with`, and what cannot be followed.

use std::collections::BTreeMap;

use ruff_python_ast::{
    ElifElseClause, Expr, Stmt, StmtFor, StmtFunctionDef, StmtIf, StmtImport, StmtImportFrom,
    StmtWith,
};

use super::call::leads_to_setup;
use super::evaluator::{Evaluator, Setup};
use super::expression::iterated;
use super::mentions::Mentions;
use super::value::{Kind, Value};

/// How a statement ends.
pub(super) enum Flow {
    /// The next one follows.
    Next,
    /// The function returns, or the file ends.
    Return(Value),
    /// The loop ends.
    Break,
    /// The loop goes on.
    Continue,
}

impl<'a> Evaluator<'a> {
    /// Runs statements one after the other.
    pub(super) fn run(&mut self, statements: &'a [Stmt]) -> Flow {
        for statement in statements {
            let flow = self.deeper(
                |this| this.statement(statement),
                |this, why| Flow::Return(this.unknown(statement, why)),
            );
            if !matches!(flow, Flow::Next) {
                return flow;
            }
        }
        Flow::Next
    }

    fn statement(&mut self, statement: &'a Stmt) -> Flow {
        match statement {
            Stmt::Expr(statement) => drop(self.eval(&statement.value)),
            Stmt::Assign(statement) => {
                let value = self.eval(&statement.value);
                for target in &statement.targets {
                    self.assign(target, value.clone());
                }
            }
            Stmt::AnnAssign(statement) => {
                if let Some(value) = &statement.value {
                    let value = self.eval(value);
                    self.assign(&statement.target, value);
                }
            }
            Stmt::AugAssign(statement) => {
                let before = self.eval(&statement.target);
                let more = self.eval(&statement.value);
                let after = self.augmented(statement, &before, &more);
                self.assign(&statement.target, after);
            }
            Stmt::FunctionDef(function) => self.define(function),
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::If(condition) => return self.condition(condition),
            Stmt::For(statement) => return self.repeat(statement),
            Stmt::With(with) => return self.with(with),
            Stmt::Return(statement) => {
                let value = statement.value.as_ref().map(|value| self.eval(value));
                return Flow::Return(value.unwrap_or_else(|| Kind::None.at(self.place(statement))));
            }
            Stmt::Break(_) => return Flow::Break,
            Stmt::Continue(_) => return Flow::Continue,
            Stmt::Raise(_) => return Flow::Return(self.unknown(statement, "it raises an error")),
            Stmt::Global(statement) => {
                let names = statement.names.iter().map(ToString::to_string);
                if let Some(frame) = self.frames.last_mut() {
                    frame.globals.extend(names);
                }
            }
            Stmt::Pass(_) | Stmt::Assert(_) => {}
            other => {
                return self.give_up(
                    std::slice::from_ref(other),
                    "a static reader does not follow this statement",
                );
            }
        }
        Flow::Next
    }

    /// Binds the names of a target; what cannot be followed makes what it names unknown.
    pub(super) fn assign(&mut self, target: &'a Expr, value: Value) {
        match target {
            Expr::Name(name) => self.bind(&name.id, value),
            Expr::Tuple(_) | Expr::List(_) => {
                let targets: &[Expr] = match target {
                    Expr::Tuple(tuple) => &tuple.elts,
                    Expr::List(list) => &list.elts,
                    _ => &[],
                };
                let members = value.members().filter(|members| {
                    members.len() == targets.len() && !targets.iter().any(Expr::is_starred_expr)
                });
                let why = value.as_unknown().unwrap_or_else(|| {
                    self.unknown(target, "these names cannot be matched with the values")
                });
                for (at, target) in targets.iter().enumerate() {
                    let member = members.as_ref().and_then(|members| members.get(at));
                    self.assign(target, member.cloned().unwrap_or_else(|| why.clone()));
                }
            }
            Expr::Subscript(subscript) => {
                let holder = self.eval(&subscript.value);
                let key = self.eval(&subscript.slice);
                self.set_item(target, &holder, (key, value));
            }
            other => {
                let why = self.unknown(other, "a static reader does not follow this assignment");
                self.spoil_mentions(&Mentions::of_expression(other), &why);
            }
        }
    }

    fn define(&mut self, function: &'a StmtFunctionDef) {
        let followed = function.decorator_list.is_empty()
            && !function.is_async
            && !Mentions::of(&function.body).yields;
        let value = if followed {
            self.functions.push(function);
            Kind::Function(self.id, self.functions.len() - 1)
        } else {
            Kind::unknown("a static reader does not follow this kind of function")
        };
        let value = value.at(self.place(&function.name));
        self.bind(&function.name, value);
    }

    fn import(&mut self, import: &StmtImport) {
        for alias in &import.names {
            let full = alias.name.as_str();
            let top = full.split('.').next().unwrap_or(full);
            let renamed = alias.asname.as_ref().map(|name| (name.as_str(), full));
            let (name, meant) = renamed.unwrap_or((top, top));
            let value = Kind::Named(meant.into()).at(self.place(alias));
            self.bind(name, value);
        }
    }

    fn import_from(&mut self, import: &StmtImportFrom) {
        let module = import.module.as_ref().map_or("", |module| module.as_str());
        for alias in &import.names {
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            let value = if import.level > 0 {
                Kind::unknown("a static reader does not follow relative imports")
            } else {
                Kind::Named(format!("{module}.{}", alias.name).into())
            };
            let value = value.at(self.place(alias));
            self.bind(name, value);
        }
    }

    fn condition(&mut self, condition: &'a StmtIf) -> Flow {
        let test = self.eval(&condition.test);
        let mut clauses = condition.elif_else_clauses.as_slice();
        let mut decided = (self.decide(&condition.test, &test), &condition.body[..]);
        loop {
            match decided {
                (Ok(true), body) => return self.run(body),
                (Ok(false), _) => {}
                (Err(why), body) => {
                    let open =
                        std::iter::once(body).chain(clauses.iter().map(|clause| &clause.body[..]));
                    let mut flow = Flow::Next;
                    for body in open {
                        flow = self.give_up_because(body, &why, flow);
                    }
                    return flow;
                }
            }
            let Some((clause, rest)) = clauses.split_first() else {
                return Flow::Next;
            };
            clauses = rest;
            decided = (self.clause(clause), &clause.body[..]);
        }
    }

    /// Whether an `elif` or `else` is taken.
    fn clause(&mut self, clause: &'a ElifElseClause) -> Result<bool, Value> {
        clause.test.as_ref().map_or(Ok(true), |test| {
            let value = self.eval(test);
            self.decide(test, &value)
        })
    }

    /// The truth of a condition, or why it cannot be known.
    pub(super) fn decide(&self, test: &Expr, value: &Value) -> Result<bool, Value> {
        value.truth().ok_or_else(|| {
            value
                .as_unknown()
                .unwrap_or_else(|| self.unknown(test, "this condition cannot be decided"))
        })
    }

    fn repeat(&mut self, statement: &'a StmtFor) -> Flow {
        let values = self.eval(&statement.iter);
        let Some(members) = iterated(&values) else {
            let why = values
                .as_unknown()
                .unwrap_or_else(|| self.unknown(&*statement.iter, "this cannot be iterated over"));
            self.spoil_mentions(&Mentions::of_expression(&statement.target), &why);
            return self.give_up_because(&statement.body, &why, Flow::Next);
        };
        for member in members {
            self.assign(&statement.target, member);
            match self.run(&statement.body) {
                Flow::Next | Flow::Continue => {}
                Flow::Break => return Flow::Next,
                returned @ Flow::Return(_) => return returned,
            }
        }
        self.run(&statement.orelse)
    }

    fn with(&mut self, with: &'a StmtWith) -> Flow {
        for item in &with.items {
            let value = self.eval(&item.context_expr);
            let value = match value.kind {
                Kind::File(_) | Kind::Unknown(_) => value,
                _ => self.unknown(
                    &item.context_expr,
                    "a static reader does not follow this context",
                ),
            };
            if let Some(target) = &item.optional_vars {
                self.assign(target, value);
            }
        }
        self.run(&with.body)
    }

    /// Passes over statements, and makes unknown all that they may have changed.
    fn give_up(&mut self, statements: &'a [Stmt], why: &str) -> Flow {
        let Some(first) = statements.first() else {
            return Flow::Next;
        };
        let why = self.unknown(first, why);
        self.give_up_because(statements, &why, Flow::Next)
    }

    /// The same, for a known reason; what may have returned returns something unknown.
    fn give_up_because(&mut self, statements: &'a [Stmt], why: &Value, flow: Flow) -> Flow {
        let mentions = Mentions::of(statements);
        let is_setup = |name: &String| self.lookup(name).is_some_and(leads_to_setup);
        if mentions.names.iter().any(is_setup) {
            self.setups.push(Setup {
                place: why.place.clone(),
                arguments: BTreeMap::new(),
                unknown: Some(why.clone()),
            });
        }
        self.spoil_mentions(&mentions, why);
        if mentions.leaves {
            return Flow::Return(why.clone());
        }
        flow
    }

    /// Makes unknown whatever these names lead to.
    pub(super) fn spoil_mentions(&mut self, mentions: &Mentions, why: &Value) {
        for name in &mentions.names {
            self.spoil_name(name, why);
        }
    }
}
