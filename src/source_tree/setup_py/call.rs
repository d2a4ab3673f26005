//! Calls: of `setup`, of functions of the file, and of the few functions from outside whose result is known.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, ExprCall, StmtFunctionDef};

use super::evaluator::{Evaluator, Frame, Setup, spoil};
use super::expression::iterated;
use super::statement::Flow;
use super::value::{Kind, Pairs, Value};

/// The arguments of a call.
#[derive(Default)]
pub(super) struct Arguments {
    /// Those without a name.
    pub positional: Vec<Value>,
    /// Those with a name.
    pub named: BTreeMap<String, Value>,
    /// One whose name or number cannot be known.
    pub unknown: Option<Value>,
}

/// Whether a value is the function that takes a package's metadata.
pub(super) fn is_setup(value: &Value) -> bool {
    let names = ["setuptools.setup", "distutils.core.setup"];
    matches!(&value.kind, Kind::Named(name) if names.contains(&&**name))
}

/// Whether a name that is bound to this value can lead to a call of `setup`.
pub(super) fn leads_to_setup(value: &Value) -> bool {
    let modules = ["setuptools", "distutils", "distutils.core"];
    is_setup(value) || matches!(&value.kind, Kind::Named(name) if modules.contains(&&**name))
}

/// The entry of a key; an error where that cannot be known.
pub(super) fn get(pairs: &Pairs, key: &Value) -> Result<Option<Value>, Value> {
    for (other, value) in pairs {
        match other.equals(key) {
            Some(true) => return Ok(Some(value.clone())),
            Some(false) => {}
            None => {
                let unknown = other.as_unknown().or_else(|| key.as_unknown());
                return Err(unknown.unwrap_or_else(|| {
                    Kind::unknown("this key cannot be compared with the others")
                        .at(key.place.clone())
                }));
            }
        }
    }
    Ok(None)
}

impl<'a> Evaluator<'a> {
    /// The value of a call.
    pub(super) fn call(&mut self, call: &'a ExprCall) -> Value {
        let function = self.eval(&call.func);
        let arguments = self.arguments(call);
        if is_setup(&function) {
            self.setups.push(Setup {
                place: self.place(&*call.func),
                unknown: arguments.positional.first().cloned().or(arguments.unknown),
                arguments: arguments.named,
            });
            return Kind::None.at(self.place(call));
        }
        let known = arguments.unknown.clone().map_or(Ok(()), Err);
        let result = known.and_then(|()| match &function.kind {
            Kind::Function(id, number) if *id == self.id => {
                Ok(self.call_own(call, *number, &arguments))
            }
            Kind::Function(..) => Err(self.unknown(
                call,
                "a static reader does not follow functions of other files",
            )),
            Kind::Named(name) => self.call_outside(call, name, &arguments),
            Kind::Method(of, name) => self.call_method(call, (of, name), &arguments),
            Kind::Unknown(_) => Err(function.clone()),
            _ => Err(self.unknown(call, "this cannot be called")),
        });
        result.unwrap_or_else(|why| {
            // What is unknown can have changed whatever it was given.
            let given = arguments.positional.iter().chain(arguments.named.values());
            given
                .chain([&function])
                .for_each(|value| spoil(value, &why));
            why
        })
    }

    fn arguments(&mut self, call: &'a ExprCall) -> Arguments {
        let mut arguments = Arguments::default();
        for argument in &call.arguments.args {
            if let Expr::Starred(starred) = argument {
                let spread = self.eval(&starred.value);
                match iterated(&spread) {
                    Some(members) => arguments.positional.extend(members),
                    None => arguments.unknown = Some(self.cannot_spread(argument, &spread)),
                }
            } else {
                let value = self.eval(argument);
                arguments.positional.push(value);
            }
        }
        for keyword in &call.arguments.keywords {
            let value = self.eval(&keyword.value);
            match (&keyword.arg, &value.kind) {
                (Some(name), _) => drop(arguments.named.insert(name.to_string(), value)),
                (None, Kind::Dict(pairs)) => {
                    for (key, value) in pairs.borrow().iter() {
                        match key.as_text() {
                            Some(name) => {
                                arguments.named.insert(name.to_owned(), value.clone());
                            }
                            None => {
                                arguments.unknown = Some(self.cannot_spread(&keyword.value, key));
                            }
                        }
                    }
                }
                (None, _) => arguments.unknown = Some(self.cannot_spread(&keyword.value, &value)),
            }
        }
        arguments
    }

    fn cannot_spread(&self, at: &Expr, value: &Value) -> Value {
        value
            .as_unknown()
            .unwrap_or_else(|| self.unknown(at, "this cannot be spread out"))
    }

    /// Calls a function of the file.
    fn call_own(&mut self, call: &'a ExprCall, number: usize, arguments: &Arguments) -> Value {
        let Some(function) = self.functions.get(number).copied() else {
            return self.unknown(call, "this cannot be called");
        };
        let Some(names) = self.bound(function, arguments) else {
            return self.unknown(call, "a static reader does not follow these arguments");
        };
        self.frames.push(Frame {
            names,
            ..Frame::default()
        });
        let flow = self.run(&function.body);
        self.frames.pop();
        match flow {
            Flow::Return(value) => value,
            _ => Kind::None.at(self.place(call)),
        }
    }

    /// The parameters of a function with what they are given.
    fn bound(
        &mut self,
        function: &'a StmtFunctionDef,
        arguments: &Arguments,
    ) -> Option<BTreeMap<String, Value>> {
        let parameters = &function.parameters;
        if parameters.vararg.is_some() || parameters.kwarg.is_some() {
            return None;
        }
        let mut names = BTreeMap::new();
        let mut positional = arguments.positional.iter();
        let mut by_word = arguments.named.clone();
        let by_place = parameters.posonlyargs.iter().chain(&parameters.args);
        let by_place = by_place.map(|parameter| (parameter, true));
        let by_name = parameters.kwonlyargs.iter();
        for (parameter, by_place) in by_place.chain(by_name.map(|parameter| (parameter, false))) {
            let name = parameter.name().as_str();
            let given = if by_place {
                positional.next().cloned()
            } else {
                None
            };
            let value = match given.or_else(|| by_word.remove(name)) {
                Some(value) => value,
                None => self.eval(parameter.default.as_deref()?),
            };
            names.insert(name.to_owned(), value);
        }
        (by_word.is_empty() && positional.next().is_none()).then_some(names)
    }
}
