//! Operators, comparisons, attributes and items.

use std::cmp::Ordering;

use ruff_python_ast::{
    BoolOp, CmpOp, Expr, ExprBoolOp, ExprCompare, Operator, StmtAugAssign, UnaryOp,
};

use super::evaluator::{Evaluator, spoil};
use super::expression::{as_str, iterated, put};
use super::value::{Kind, Value};

impl<'a> Evaluator<'a> {
    /// The value of a binary operation.
    pub(super) fn binary(&self, at: &Expr, operator: Operator, sides: (&Value, &Value)) -> Value {
        let (left, right) = sides;
        if let Some(why) = left.as_unknown().or_else(|| right.as_unknown()) {
            return why;
        }
        let kind = match (operator, &left.kind, &right.kind) {
            (Operator::Add, Kind::Text(a), Kind::Text(b)) => Kind::text(format!("{a}{b}")),
            (Operator::Add, Kind::List(a), Kind::List(b)) => {
                Kind::list([a.borrow().as_slice(), b.borrow().as_slice()].concat())
            }
            (Operator::Add, Kind::Tuple(a), Kind::Tuple(b)) => {
                Kind::Tuple([&a[..], &b[..]].concat().into())
            }
            (Operator::Add, Kind::Int(a), Kind::Int(b)) => a
                .checked_add(*b)
                .map_or_else(|| Kind::unknown("this number is too large"), Kind::Int),
            (Operator::Div, Kind::Path(a), Kind::Text(b)) => {
                return super::path::join(a, b)
                    .map_or_else(|why| self.unknown(at, why), |kind| kind.at(self.place(at)));
            }
            (Operator::BitOr, Kind::Dict(a), Kind::Dict(b)) => {
                let mut pairs = a.borrow().clone();
                for (key, value) in b.borrow().iter().cloned() {
                    if let Err(why) = put(&mut pairs, key, value) {
                        return why;
                    }
                }
                Kind::dict(pairs)
            }
            (Operator::Mod, Kind::Text(pattern), _) => match Self::percent(pattern, right) {
                Ok(text) => Kind::text(text),
                Err(why) => return why,
            },
            _ => Kind::unknown("a static reader does not follow this operation"),
        };
        kind.at(self.place(at))
    }

    /// `pattern % value`, for `%s` and `%%` alone.
    fn percent(pattern: &str, value: &Value) -> Result<String, Value> {
        let odd =
            || Kind::unknown("a static reader does not follow this format").at(value.place.clone());
        let values = match &value.kind {
            Kind::Tuple(values) => values.to_vec(),
            _ => vec![value.clone()],
        };
        let mut values = values.iter();
        let mut parts = pattern.split('%');
        let mut text = parts.next().unwrap_or_default().to_owned();
        while let Some(part) = parts.next() {
            if let Some(rest) = part.strip_prefix('s') {
                text.push_str(&as_str(values.next().ok_or_else(odd)?)?);
                text.push_str(rest);
            } else if part.is_empty() {
                text.push('%');
                text.push_str(parts.next().ok_or_else(odd)?);
            } else {
                return Err(odd());
            }
        }
        if values.next().is_some() {
            return Err(odd());
        }
        Ok(text)
    }

    /// The value after `target += more`; a list is changed where it is, as Python does.
    pub(super) fn augmented(
        &self,
        statement: &StmtAugAssign,
        before: &Value,
        more: &Value,
    ) -> Value {
        if let (Operator::Add, Kind::List(list)) = (statement.op, &before.kind) {
            let members = iterated(more);
            match members {
                Some(members) => list.borrow_mut().extend(members),
                None => spoil(
                    before,
                    &more
                        .as_unknown()
                        .unwrap_or_else(|| self.unknown(statement, "this cannot be added")),
                ),
            }
            return before.clone();
        }
        self.binary(&statement.target, statement.op, (before, more))
    }

    /// The value of a unary operation.
    pub(super) fn unary(&self, at: &Expr, operator: UnaryOp, operand: &Value) -> Value {
        if let Some(why) = operand.as_unknown() {
            return why;
        }
        let kind = match (operator, &operand.kind, operand.truth()) {
            (UnaryOp::Not, _, Some(truth)) => Kind::Bool(!truth),
            (UnaryOp::USub, Kind::Int(number), _) => Kind::Int(-number),
            _ => Kind::unknown("a static reader does not follow this operation"),
        };
        kind.at(self.place(at))
    }

    /// `a and b`, `a or b`.
    pub(super) fn logic(&mut self, operation: &'a ExprBoolOp) -> Value {
        let mut last = Kind::None.at(self.place(operation));
        for value in &operation.values {
            last = self.eval(value);
            match self.decide(value, &last) {
                Ok(truth) if truth == (operation.op == BoolOp::Or) => return last,
                Ok(_) => {}
                Err(why) => return why,
            }
        }
        last
    }

    /// A comparison, also a chain of them.
    pub(super) fn compare(&mut self, compare: &'a ExprCompare) -> Value {
        let mut left = self.eval(&compare.left);
        for (operator, right) in compare.ops.iter().zip(&compare.comparators) {
            let right = self.eval(right);
            if let Some(why) = left.as_unknown().or_else(|| right.as_unknown()) {
                return why;
            }
            match self.compared(*operator, &left, &right) {
                Some(true) => {}
                Some(false) => return Kind::Bool(false).at(self.place(compare)),
                None => return self.unknown(compare, "this comparison cannot be decided"),
            }
            left = right;
        }
        Kind::Bool(true).at(self.place(compare))
    }

    fn compared(&self, operator: CmpOp, left: &Value, right: &Value) -> Option<bool> {
        match operator {
            CmpOp::Eq => self.equal(left, right),
            CmpOp::NotEq => self.equal(left, right).map(|equal| !equal),
            CmpOp::Is => is_none(left, right),
            CmpOp::IsNot => is_none(left, right).map(|is| !is),
            CmpOp::In => contains(right, left),
            CmpOp::NotIn => contains(right, left).map(|contains| !contains),
            CmpOp::Lt => self.order(left, right).map(Ordering::is_lt),
            CmpOp::LtE => self.order(left, right).map(Ordering::is_le),
            CmpOp::Gt => self.order(left, right).map(Ordering::is_gt),
            CmpOp::GtE => self.order(left, right).map(Ordering::is_ge),
        }
    }

    fn equal(&self, left: &Value, right: &Value) -> Option<bool> {
        match (&left.kind, &right.kind) {
            (Kind::Python, Kind::Tuple(_)) | (Kind::Tuple(_), Kind::Python) => {
                self.order(left, right).map(Ordering::is_eq)
            }
            _ => left.equals(right),
        }
    }

    fn order(&self, left: &Value, right: &Value) -> Option<Ordering> {
        match (&left.kind, &right.kind) {
            (Kind::Int(a), Kind::Int(b)) => Some(a.cmp(b)),
            (Kind::Text(a), Kind::Text(b)) => Some(a.cmp(b)),
            (Kind::Tuple(a), Kind::Tuple(b)) => Some(numbers(a)?.cmp(&numbers(b)?)),
            (Kind::Python, Kind::Tuple(other)) => self.python_against(&numbers(other)?),
            (Kind::Tuple(other), Kind::Python) => {
                self.python_against(&numbers(other)?).map(Ordering::reverse)
            }
            _ => None,
        }
    }

    /// How `sys.version_info` stands to a tuple: it has five members, of which the first two are known.
    fn python_against(&self, other: &[i64]) -> Option<Ordering> {
        let python = self.python();
        match python.as_slice().cmp(other.get(..2).unwrap_or(other)) {
            Ordering::Equal if other.len() > 2 => None,
            Ordering::Equal => Some(Ordering::Greater),
            order => Some(order),
        }
    }

    /// Major and minor version of the Python; the file has asked for it.
    pub(super) fn python(&self) -> [i64; 2] {
        self.world.asked.set(true);
        let python = self.world.python;
        [i64::from(python.major), i64::from(python.minor)]
    }
}

/// The numbers of a tuple that has nothing else.
fn numbers(values: &[Value]) -> Option<Vec<i64>> {
    let number = |value: &Value| match value.kind {
        Kind::Int(number) => Some(number),
        _ => None,
    };
    values.iter().map(number).collect()
}

/// `left is right`, where one of them is `None`.
fn is_none(left: &Value, right: &Value) -> Option<bool> {
    match (&left.kind, &right.kind) {
        (Kind::None, Kind::None) => Some(true),
        (Kind::None, _) | (_, Kind::None) => Some(false),
        _ => None,
    }
}

/// `needle in holder`.
fn contains(holder: &Value, needle: &Value) -> Option<bool> {
    let members = match (&holder.kind, &needle.kind) {
        (Kind::Text(holder), Kind::Text(needle)) => return Some(holder.contains(&**needle)),
        (Kind::Dict(pairs), _) => pairs.borrow().iter().map(|(key, _)| key.clone()).collect(),
        _ => holder.members()?,
    };
    let mut all = Some(false);
    for member in &members {
        match member.equals(needle) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => all = None,
        }
    }
    all
}
