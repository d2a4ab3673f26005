//! Evaluating expressions.

use std::rc::Rc;

use ruff_python_ast::{
    Expr, ExprDict, ExprFString, ExprList, FStringPart, InterpolatedStringElement, Number,
};

use super::evaluator::{Evaluator, MAX_LENGTH};
use super::value::{Kind, Pairs, Value};

impl<'a> Evaluator<'a> {
    /// The value of an expression; where it cannot be known, a value that says why.
    pub(super) fn eval(&mut self, expression: &'a Expr) -> Value {
        let value = self.deeper(
            |this| this.eval_here(expression),
            |this, why| this.unknown(expression, why),
        );
        self.charge(&value);
        let long = match &value.kind {
            Kind::Text(text) => text.len() > MAX_LENGTH,
            Kind::Tuple(values) => values.len() > MAX_LENGTH,
            Kind::List(values) => values.borrow().len() > MAX_LENGTH,
            Kind::Dict(pairs) => pairs.borrow().len() > MAX_LENGTH,
            _ => false,
        };
        if long {
            return self.unknown(expression, "it is longer than 100000");
        }
        value
    }

    fn eval_here(&mut self, expression: &'a Expr) -> Value {
        let place = self.place(expression);
        if let Some(kind) = literal(expression) {
            return kind.at(place);
        }
        let kind = match expression {
            Expr::FString(text) => return self.formatted(text).unwrap_or_else(|why| why),
            Expr::List(list) => return self.list(list),
            Expr::Tuple(tuple) => match self.members(&tuple.elts) {
                Ok(values) => Kind::Tuple(values.into()),
                Err(why) => return why,
            },
            Expr::Dict(dict) => return self.dict(dict),
            Expr::Name(name) => return self.name(expression, &name.id),
            Expr::Attribute(attribute) => {
                let of = self.eval(&attribute.value);
                return self.attribute(expression, of, &attribute.attr);
            }
            Expr::Subscript(subscript) => {
                let of = self.eval(&subscript.value);
                return self.item(expression, &of, &subscript.slice);
            }
            Expr::Call(call) => return self.call(call),
            Expr::BinOp(operation) => {
                let left = self.eval(&operation.left);
                let right = self.eval(&operation.right);
                return self.binary(expression, operation.op, (&left, &right));
            }
            Expr::UnaryOp(operation) => {
                let operand = self.eval(&operation.operand);
                return self.unary(expression, operation.op, &operand);
            }
            Expr::BoolOp(operation) => return self.logic(operation),
            Expr::Compare(compare) => return self.compare(compare),
            Expr::If(choice) => {
                let test = self.eval(&choice.test);
                return match self.decide(&choice.test, &test) {
                    Ok(true) => self.eval(&choice.body),
                    Ok(false) => self.eval(&choice.orelse),
                    Err(why) => why,
                };
            }
            Expr::Named(named) => {
                let value = self.eval(&named.value);
                self.assign(&named.target, value.clone());
                return value;
            }
            Expr::ListComp(of) => {
                return self.comprehension(expression, &of.elt, &of.generators);
            }
            Expr::Generator(of) => {
                return self.comprehension(expression, &of.elt, &of.generators);
            }
            _ => Kind::unknown("a static reader does not evaluate this expression"),
        };
        kind.at(place)
    }

    fn name(&self, expression: &Expr, name: &str) -> Value {
        if let Some(value) = self.lookup(name) {
            return value.clone();
        }
        let kind = match name {
            "__name__" => Kind::text("__main__"),
            "__file__" => Kind::Path("setup.py".into()),
            "dict" | "len" | "list" | "open" | "sorted" | "str" | "tuple" | "exec" => {
                Kind::Named(format!("builtins.{name}").into())
            }
            _ => Kind::unknown(format!("`{name}` is not known here")),
        };
        kind.at(self.place(expression))
    }

    fn list(&mut self, list: &'a ExprList) -> Value {
        match self.members(&list.elts) {
            Ok(values) => Kind::list(values).at(self.place(list)),
            Err(why) => why,
        }
    }

    /// The members of a list or tuple, `*other` spread out.
    fn members(&mut self, elements: &'a [Expr]) -> Result<Vec<Value>, Value> {
        let mut values = Vec::new();
        for element in elements {
            match element {
                Expr::Starred(starred) => {
                    let spread = self.eval(&starred.value);
                    let members = iterated(&spread);
                    values.extend(members.ok_or_else(|| {
                        spread
                            .as_unknown()
                            .unwrap_or_else(|| self.unknown(element, "this cannot be spread out"))
                    })?);
                }
                // An unknown member stays one member, so that the others are known.
                other => values.push(self.eval(other)),
            }
            if values.len() > MAX_LENGTH {
                return Err(self.unknown(element, "it is longer than 100000"));
            }
        }
        Ok(values)
    }

    fn dict(&mut self, dict: &'a ExprDict) -> Value {
        let mut pairs = Pairs::new();
        for item in &dict.items {
            let value = self.eval(&item.value);
            match (&item.key, &value.kind) {
                (Some(key), _) => {
                    let key = self.eval(key);
                    if let Err(why) = put(&mut pairs, key, value) {
                        return why;
                    }
                }
                (None, Kind::Dict(more)) => {
                    for (key, value) in more.borrow().iter().cloned() {
                        if let Err(why) = put(&mut pairs, key, value) {
                            return why;
                        }
                    }
                }
                (None, _) => {
                    return value
                        .as_unknown()
                        .unwrap_or_else(|| self.unknown(dict, "this cannot be spread out"));
                }
            }
        }
        Kind::dict(pairs).at(self.place(dict))
    }

    fn formatted(&mut self, text: &'a ExprFString) -> Result<Value, Value> {
        let mut result = String::new();
        for part in &text.value {
            let elements = match part {
                FStringPart::Literal(literal) => {
                    result.push_str(literal);
                    continue;
                }
                FStringPart::FString(formatted) => &formatted.elements,
            };
            for element in elements {
                match element {
                    InterpolatedStringElement::Literal(literal) => result.push_str(&literal.value),
                    InterpolatedStringElement::Interpolation(inner) => {
                        let plain = inner.conversion.to_byte().is_none_or(|byte| byte == b's')
                            && inner.format_spec.is_none()
                            && inner.debug_text.is_none();
                        if !plain {
                            return Err(
                                self.unknown(inner, "a static reader does not follow this format")
                            );
                        }
                        let value = self.eval(&inner.expression);
                        result.push_str(&as_str(&value)?);
                    }
                }
                if result.len() > MAX_LENGTH {
                    return Err(self.unknown(text, "it is longer than 100000"));
                }
            }
        }
        Ok(Kind::text(result).at(self.place(text)))
    }
}

/// The value of a literal; `None` for every other expression.
fn literal(expression: &Expr) -> Option<Kind> {
    Some(match expression {
        Expr::NoneLiteral(_) => Kind::None,
        Expr::BooleanLiteral(literal) => Kind::Bool(literal.value),
        Expr::StringLiteral(literal) => Kind::text(literal.value.to_str()),
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(number) => number
                .as_i64()
                .map_or_else(|| Kind::unknown("this number is too large"), Kind::Int),
            _ => Kind::unknown("a static reader does not calculate with fractions"),
        },
        _ => return None,
    })
}

/// Sets an entry. A key that cannot be known spoils the whole.
pub(super) fn put(pairs: &mut Pairs, key: Value, value: Value) -> Result<(), Value> {
    for (other, old) in pairs.iter_mut() {
        match other.equals(&key) {
            Some(true) => {
                *old = value;
                return Ok(());
            }
            Some(false) => {}
            None => {
                let unknown = key.as_unknown().or_else(|| other.as_unknown());
                return Err(unknown.unwrap_or_else(|| {
                    Kind::unknown("this key cannot be compared with the others")
                        .at(key.place.clone())
                }));
            }
        }
    }
    if let Some(why) = key.as_unknown() {
        return Err(why);
    }
    pairs.push((key, value));
    Ok(())
}

/// What `str` makes of a value.
pub(super) fn as_str(value: &Value) -> Result<Rc<str>, Value> {
    match &value.kind {
        Kind::Text(text) => Ok(Rc::clone(text)),
        Kind::Int(number) => Ok(number.to_string().into()),
        Kind::Bool(true) => Ok("True".into()),
        Kind::Bool(false) => Ok("False".into()),
        Kind::None => Ok("None".into()),
        Kind::Unknown(_) => Err(value.clone()),
        _ => Err(Kind::unknown("this cannot be turned into a text").at(value.place.clone())),
    }
}

/// What a loop over a value goes through.
pub(super) fn iterated(value: &Value) -> Option<Vec<Value>> {
    match &value.kind {
        Kind::Dict(pairs) => Some(pairs.borrow().iter().map(|(key, _)| key.clone()).collect()),
        _ => value.members(),
    }
}
