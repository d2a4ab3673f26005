//! Answers as they were given, before anything is known to be valid, each with where it came from.

use super::Field;
use std::collections::BTreeMap;

/// What was given for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One text.
    One(String),
    /// A list of texts.
    Many(Vec<String>),
}

impl Value {
    /// One text.
    pub fn one(text: impl Into<String>) -> Self {
        Self::One(text.into())
    }

    /// A list of texts.
    pub fn many<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::Many(texts.into_iter().map(Into::into).collect())
    }

    /// The words of a line, with commas between them.
    pub fn words(line: &str) -> Self {
        let words = line.split(',').map(str::trim);
        Self::many(words.filter(|word| !word.is_empty()))
    }

    /// The texts: one or several.
    pub fn texts(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }

    /// The value in one line, as it is shown to a person.
    pub fn line(&self) -> String {
        match self {
            Self::One(text) => text.clone(),
            Self::Many(texts) => texts.join(", "),
        }
    }
}

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Nobody said otherwise.
    Default,
    /// Found on the machine.
    Detected,
    /// The answers file.
    File,
    /// A flag.
    Flag,
    /// The person, when asked.
    Asked,
}

impl Origin {
    /// The word that a person reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Detected => "detected",
            Self::File => "answers file",
            Self::Flag => "flag",
            Self::Asked => "asked",
        }
    }
}

/// A value with its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What was given.
    pub value: Value,
    /// Where it came from.
    pub origin: Origin,
}

/// What is known so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<Field, Answer>);

impl Answers {
    /// Nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a value; a later record of the same field replaces it.
    pub fn set(&mut self, field: Field, value: Value, origin: Origin) {
        self.0.insert(field, Answer { value, origin });
    }

    /// Forgets a field.
    pub fn forget(&mut self, field: Field) {
        self.0.remove(&field);
    }

    /// What is known of a field.
    pub fn get(&self, field: Field) -> Option<&Answer> {
        self.0.get(&field)
    }

    /// The value of a field.
    pub fn value(&self, field: Field) -> Option<&Value> {
        self.0.get(&field).map(|answer| &answer.value)
    }

    /// The value of a field as one text.
    pub fn text(&self, field: Field) -> Option<String> {
        self.value(field).map(Value::line)
    }

    /// Everything that is known, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Answer)> {
        self.0.iter().map(|(field, answer)| (*field, answer))
    }

    /// Takes over from `other` what is not known here.
    pub fn fill_from(&mut self, other: &Self) {
        for (field, answer) in &other.0 {
            self.0.entry(*field).or_insert_with(|| answer.clone());
        }
    }
}
