//! The methods of lists and dictionaries.

use ruff_python_ast::ExprCall;

use super::call::get;
use super::evaluator::Evaluator;
use super::expression::put;
use super::value::{Kind, Value};

impl Evaluator<'_> {
    /// Calls a method of a list or a dictionary.
    pub(super) fn container_method(
        &self,
        call: &ExprCall,
        (of, name): (&Value, &str),
        given: &[Value],
    ) -> Result<Value, Value> {
        let place = self.place(call);
        let kind = match (&of.kind, name, given) {
            (Kind::List(values), "append", [value]) => {
                values.borrow_mut().push(value.clone());
                Kind::None
            }
            (Kind::List(values), "extend", [more]) => {
                let more = self.through(call, more)?;
                values.borrow_mut().extend(more);
                Kind::None
            }
            (Kind::Dict(pairs), "get", [key, rest @ ..]) => match get(&pairs.borrow(), key)? {
                Some(value) => return Ok(value),
                None => rest.first().map_or(Kind::None, |value| value.kind.clone()),
            },
            (Kind::Dict(pairs), "keys", []) => {
                Kind::list(pairs.borrow().iter().map(|(key, _)| key.clone()).collect())
            }
            (Kind::Dict(pairs), "values", []) => Kind::list(
                pairs
                    .borrow()
                    .iter()
                    .map(|(_, value)| value.clone())
                    .collect(),
            ),
            (Kind::Dict(pairs), "items", []) => {
                let pairs = pairs.borrow();
                let tuple = |(key, value): &(Value, Value)| {
                    Kind::Tuple([key.clone(), value.clone()].into()).at(key.place.clone())
                };
                Kind::list(pairs.iter().map(tuple).collect())
            }
            (Kind::Dict(pairs), "update", [more]) => {
                let Kind::Dict(more) = &more.kind else {
                    return Err(
                        self.unknown(call, "a static reader does not follow these arguments")
                    );
                };
                let more = more.borrow().clone();
                for (key, value) in more {
                    put(&mut pairs.borrow_mut(), key, value)?;
                }
                Kind::None
            }
            _ => {
                return Err(self.unknown(call, format!("a static reader does not call `{name}`")));
            }
        };
        Ok(kind.at(place))
    }
}
