//! Comprehensions.

use ruff_python_ast::{Comprehension, Expr};

use super::evaluator::{Evaluator, MAX_LENGTH};
use super::expression::iterated;
use super::mentions::Mentions;
use super::value::{Kind, Value};

impl<'a> Evaluator<'a> {
    /// A list comprehension, or a generator, which is read as one.
    pub(super) fn comprehension(
        &mut self,
        whole: &'a Expr,
        element: &'a Expr,
        generators: &'a [Comprehension],
    ) -> Value {
        let mut values = Vec::new();
        match self.generate(element, generators, &mut values) {
            Ok(()) => Kind::list(values).at(self.place(whole)),
            Err(why) => why,
        }
    }

    fn generate(
        &mut self,
        element: &'a Expr,
        generators: &'a [Comprehension],
        values: &mut Vec<Value>,
    ) -> Result<(), Value> {
        let Some((first, rest)) = generators.split_first() else {
            values.push(self.eval(element));
            return Ok(());
        };
        let source = self.eval(&first.iter);
        let members = iterated(&source).filter(|_| !first.is_async);
        let members = members.ok_or_else(|| {
            source
                .as_unknown()
                .unwrap_or_else(|| self.unknown(&first.iter, "this cannot be iterated over"))
        })?;
        // The names of a comprehension are its own: what they were bound to before comes back.
        let names = Mentions::of_expression(&first.target).names;
        let before: Vec<_> = names
            .iter()
            .map(|name| (name.clone(), self.unbind(name)))
            .collect();
        let mut result = Ok(());
        'members: for member in members {
            self.assign(&first.target, member);
            for test in &first.ifs {
                let value = self.eval(test);
                match self.decide(test, &value) {
                    Ok(true) => {}
                    Ok(false) => continue 'members,
                    Err(why) => {
                        result = Err(why);
                        break 'members;
                    }
                }
            }
            result = self.generate(element, rest, values);
            if result.is_err() || values.len() > MAX_LENGTH {
                break;
            }
        }
        for (name, value) in before {
            self.unbind(&name);
            if let Some(value) = value {
                self.bind(&name, value);
            }
        }
        result
    }

    /// Takes a name out of the innermost frame.
    fn unbind(&mut self, name: &str) -> Option<Value> {
        self.frames.last_mut()?.names.remove(name)
    }
}
