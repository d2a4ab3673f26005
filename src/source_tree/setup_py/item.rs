//! Attributes, items and slices.

use std::rc::Rc;

use ruff_python_ast::Expr;

use super::evaluator::{Evaluator, spoil};
use super::expression::put;
use super::value::{Kind, Value};

impl<'a> Evaluator<'a> {
    /// `of.name`.
    pub(super) fn attribute(&self, at: &Expr, of: Value, name: &str) -> Value {
        let kind = match (&of.kind, name) {
            (Kind::Unknown(_), _) => return of,
            (Kind::Named(module), "version_info") if &**module == "sys" => Kind::Python,
            (Kind::Named(outer), _) => Kind::Named(format!("{outer}.{name}").into()),
            (Kind::Python, "major") => Kind::Int(self.python()[0]),
            (Kind::Python, "minor") => Kind::Int(self.python()[1]),
            (Kind::Path(path), "parent") => {
                return super::path::parent(path)
                    .map_or_else(|why| self.unknown(at, why), |kind| kind.at(self.place(at)));
            }
            (Kind::Text(_) | Kind::List(_) | Kind::Dict(_) | Kind::Path(_) | Kind::File(_), _) => {
                Kind::Method(Rc::new(of), name.into())
            }
            _ => Kind::unknown(format!("the attribute `{name}` is not known here")),
        };
        kind.at(self.place(at))
    }

    /// `of[slice]`.
    pub(super) fn item(&mut self, at: &'a Expr, of: &Value, slice: &'a Expr) -> Value {
        if let Some(why) = of.as_unknown() {
            return why;
        }
        if let Expr::Slice(slice) = slice {
            let mut bound = |bound: &'a Option<Box<Expr>>| match bound {
                None => Some(None),
                Some(bound) => match self.eval(bound).kind {
                    Kind::Int(number) => usize::try_from(number).ok().map(Some),
                    _ => None,
                },
            };
            let bounds = (bound(&slice.lower), bound(&slice.upper), &slice.step);
            let (Some(lower), Some(upper), None) = bounds else {
                return self.unknown(at, "a static reader does not follow this slice");
            };
            return self.slice(at, of, (lower.unwrap_or(0), upper));
        }
        let key = self.eval(slice);
        if let Some(why) = key.as_unknown() {
            return why;
        }
        let found = match (&of.kind, &key.kind) {
            (Kind::Dict(pairs), _) => super::call::get(&pairs.borrow(), &key),
            (Kind::List(_) | Kind::Tuple(_), Kind::Int(index)) => {
                let members = of.members().unwrap_or_default();
                let length = i64::try_from(members.len()).unwrap_or(i64::MAX);
                let index = if *index < 0 { index + length } else { *index };
                let index = usize::try_from(index).ok();
                Ok(index.and_then(|index| members.get(index).cloned()))
            }
            (Kind::Python, Kind::Int(index @ (0 | 1))) => {
                let number = self.python()[usize::from(*index == 1)];
                return Kind::Int(number).at(self.place(at));
            }
            _ => Ok(None),
        };
        match found {
            Ok(Some(value)) => value,
            Ok(None) => self.unknown(at, "there is no such item that a static reader can see"),
            Err(why) => why,
        }
    }

    fn slice(&self, at: &Expr, of: &Value, (lower, upper): (usize, Option<usize>)) -> Value {
        let members = match &of.kind {
            Kind::Python if upper.is_some_and(|upper| upper <= 2) => self
                .python()
                .map(|number| Kind::Int(number).at(self.place(at)))
                .to_vec(),
            Kind::List(_) | Kind::Tuple(_) => of.members().unwrap_or_default(),
            _ => return self.unknown(at, "a static reader does not follow this slice"),
        };
        let upper = upper.unwrap_or(members.len()).min(members.len());
        let part = members.get(lower..upper).unwrap_or_default().to_vec();
        let kind = match &of.kind {
            Kind::List(_) => Kind::list(part),
            _ => Kind::Tuple(part.into()),
        };
        kind.at(self.place(at))
    }

    /// `holder[key] = value`.
    pub(super) fn set_item(&self, at: &Expr, holder: &Value, (key, value): (Value, Value)) {
        let done = match &holder.kind {
            Kind::Dict(pairs) => put(&mut pairs.borrow_mut(), key, value),
            Kind::Unknown(_) => Ok(()),
            _ => Err(self.unknown(at, "a static reader does not follow this assignment")),
        };
        if let Err(why) = done {
            spoil(holder, &why);
        }
    }
}
