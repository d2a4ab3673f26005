//! What statements speak of, for those that are passed over.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

/// What is found in statements without running them.
#[derive(Default)]
pub(super) struct Mentions {
    /// Every name: bound, changed or only used.
    pub names: BTreeSet<String>,
    /// Whether it may end the function or the loop. A `raise` does not count: what was released got past it.
    pub leaves: bool,
    /// Whether it makes a function a generator.
    pub yields: bool,
}

impl Mentions {
    /// Of statements.
    pub(super) fn of(statements: &[Stmt]) -> Self {
        let mut found = Self::default();
        found.visit_body(statements);
        found
    }

    /// Of an expression.
    pub(super) fn of_expression(expression: &Expr) -> Self {
        let mut found = Self::default();
        found.visit_expr(expression);
        found
    }
}

impl<'a> Visitor<'a> for Mentions {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_) => self.leaves = true,
            Stmt::FunctionDef(function) => {
                self.names.insert(function.name.to_string());
            }
            Stmt::ClassDef(class) => {
                self.names.insert(class.name.to_string());
            }
            Stmt::Import(import) => {
                let names = import.names.iter();
                self.names.extend(names.map(|alias| {
                    let top = alias.name.split('.').next().unwrap_or_default();
                    alias
                        .asname
                        .as_ref()
                        .map_or(top, |name| name.as_str())
                        .to_owned()
                }));
            }
            Stmt::ImportFrom(import) => {
                let names = import.names.iter();
                self.names.extend(
                    names.map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).to_string()),
                );
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => {
                self.names.insert(name.id.to_string());
            }
            Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Await(_) => self.yields = true,
            _ => {}
        }
        walk_expr(self, expression);
    }
}
