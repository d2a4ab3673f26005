//! What an expression of a `setup.py` can be worth.

use std::cell::RefCell;
use std::rc::Rc;

use crate::source_tree::Place;

/// A value, with the place of the expression that made it.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// What it is.
    pub kind: Kind,
    /// Where it was written.
    pub place: Place,
}

/// The kinds of values. Lists and dictionaries are shared, as they are in Python.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Text(Rc<str>),
    /// A tuple.
    Tuple(Rc<[Value]>),
    /// A list.
    List(Rc<RefCell<Vec<Value>>>),
    /// A dictionary, in the order of its keys.
    Dict(Rc<RefCell<Pairs>>),
    /// A path below the package's folder; empty for the folder itself.
    Path(Rc<str>),
    /// An open file, by its path below the package's folder.
    File(Rc<str>),
    /// Something from outside by its full name, such as `os.path.join`.
    Named(Rc<str>),
    /// A method together with that to which it belongs.
    Method(Rc<Value>, Rc<str>),
    /// A function, by the evaluation to which it belongs and its number in it.
    Function(u32, usize),
    /// `sys.version_info`.
    Python,
    /// What cannot be known without running Python, and why.
    Unknown(Rc<str>),
}

/// The entries of a dictionary.
pub(super) type Pairs = Vec<(Value, Value)>;

impl Kind {
    /// A text.
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().into())
    }

    /// A list.
    pub(super) fn list(values: Vec<Value>) -> Self {
        Self::List(Rc::new(RefCell::new(values)))
    }

    /// A dictionary.
    pub(super) fn dict(pairs: Pairs) -> Self {
        Self::Dict(Rc::new(RefCell::new(pairs)))
    }

    /// Something that cannot be known.
    pub(super) fn unknown(why: impl AsRef<str>) -> Self {
        Self::Unknown(why.as_ref().into())
    }

    /// The value at a place.
    pub(super) fn at(self, place: Place) -> Value {
        Value { kind: self, place }
    }
}

impl Value {
    /// The text, if it is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value itself, if it cannot be known.
    pub(super) fn as_unknown(&self) -> Option<Self> {
        matches!(self.kind, Kind::Unknown(_)).then(|| self.clone())
    }

    /// Why it cannot be known, if it cannot.
    pub(super) fn why(&self) -> Option<String> {
        match &self.kind {
            Kind::Unknown(why) => Some(why.to_string()),
            _ => None,
        }
    }

    /// The members of a list or a tuple.
    pub(super) fn members(&self) -> Option<Vec<Self>> {
        match &self.kind {
            Kind::List(values) => Some(values.borrow().clone()),
            Kind::Tuple(values) => Some(values.to_vec()),
            _ => None,
        }
    }

    /// Whether Python takes it for true; `None` where that cannot be known.
    pub(super) fn truth(&self) -> Option<bool> {
        match &self.kind {
            Kind::None => Some(false),
            Kind::Bool(value) => Some(*value),
            Kind::Int(value) => Some(*value != 0),
            Kind::Text(text) => Some(!text.is_empty()),
            Kind::Tuple(values) => Some(!values.is_empty()),
            Kind::List(values) => Some(!values.borrow().is_empty()),
            Kind::Dict(pairs) => Some(!pairs.borrow().is_empty()),
            Kind::Path(_) | Kind::Python => Some(true),
            Kind::File(_)
            | Kind::Named(_)
            | Kind::Method(..)
            | Kind::Function(..)
            | Kind::Unknown(_) => None,
        }
    }

    /// Whether two values are equal; `None` where that cannot be known. Lists and dictionaries are not compared.
    pub(super) fn equals(&self, other: &Self) -> Option<bool> {
        match (&self.kind, &other.kind) {
            (Kind::None, Kind::None) => Some(true),
            (Kind::Bool(a), Kind::Bool(b)) => Some(a == b),
            (Kind::Int(a), Kind::Int(b)) => Some(a == b),
            (Kind::Text(a), Kind::Text(b)) => Some(a == b),
            (Kind::Tuple(a), Kind::Tuple(b)) if a.len() == b.len() => {
                let mut all = Some(true);
                for (a, b) in a.iter().zip(b.iter()) {
                    // A tuple in a tuple could be deep.
                    let same = match (&a.kind, &b.kind) {
                        (Kind::Tuple(_), Kind::Tuple(_)) => None,
                        _ => a.equals(b),
                    };
                    match same {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => all = None,
                    }
                }
                all
            }
            (a, b) if a.is_plain() && b.is_plain() => Some(false),
            _ => None,
        }
    }
}

impl Kind {
    /// Whether it is of a kind that is never equal to one of another kind. `True == 1` in Python, so `Bool` is not.
    fn is_plain(&self) -> bool {
        matches!(
            self,
            Self::None | Self::Int(_) | Self::Text(_) | Self::Tuple(_)
        )
    }
}
