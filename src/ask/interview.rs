//! The interview: asks, goes back, asks again when a reply is not taken. Which question is next follows from the answers alone.

use super::questions::{ANOTHER, another, is_open, question};
use super::{
    Answers, Asker, Field, Kind, Origin, Question, Reply, Stopped, Tables, Value, fill_defaults,
    intent_from,
};
use crate::scaffold::Scaffold;

/// How an interview ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every question has its answer.
    Done,
    /// The person went back before the first question.
    Before,
}

/// Where an interview begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// With its first question.
    First,
    /// With its last question: the person comes back.
    Last,
}

/// What the replies are held against.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// What can be asked for.
    pub scaffold: &'a Scaffold,
    /// What only the world knows: why it does not take a value.
    pub refusal: &'a dyn Fn(Field, &Value) -> Option<String>,
}

/// Asks the fields in order. Fields that a flag or the file answered are passed over.
///
/// # Errors
/// The person left, or the terminal failed.
pub fn interview(
    fields: &[Field],
    start: Start,
    answers: &mut Answers,
    Rules { scaffold, refusal }: Rules<'_>,
    asker: &mut dyn Asker,
) -> Result<Ended, Stopped> {
    let mut place = match start {
        Start::First => 0,
        Start::Last => open(fields, answers, scaffold).len().saturating_sub(1),
    };
    loop {
        let fields = open(fields, answers, scaffold);
        let Some(field) = fields.get(place) else {
            return Ok(Ended::Done);
        };
        let current = question(*field, answers, scaffold, (place + 1, fields.len()));
        let unfit = |value: &Value| {
            refusal(*field, value).or_else(|| fault(*field, value, answers, scaffold))
        };
        let problem = |value: &Value| {
            if is_another(*field, value) {
                None
            } else {
                unfit(value)
            }
        };
        let reply = match ask(&current, &problem, asker)? {
            Some(value) if is_another(*field, &value) => {
                match ask(&another(&current), &unfit, asker)? {
                    // Back leads to the list of releases again.
                    None => continue,
                    named => named,
                }
            }
            reply => reply,
        };
        match reply {
            Some(value) => {
                answers.set(*field, value, Origin::Asked);
                forget_stale(answers, scaffold);
                place += 1;
            }
            None if place == 0 => return Ok(Ended::Before),
            None => place -= 1,
        }
    }
}

/// Whether a release was chosen that is still to be named.
fn is_another(field: Field, value: &Value) -> bool {
    field == Field::Release && value.line() == ANOTHER
}

/// The fields that are to be asked.
fn open(fields: &[Field], answers: &Answers, scaffold: &Scaffold) -> Vec<Field> {
    let given = |field: &Field| {
        answers
            .get(*field)
            .is_some_and(|answer| matches!(answer.origin, Origin::Flag | Origin::File))
    };
    fields
        .iter()
        .copied()
        .filter(|field| !given(field) && is_open(*field, answers, scaffold))
        .collect()
}

/// Asks one question until the reply has no problem; `None` means back.
fn ask(
    question: &Question,
    problem_of: &dyn Fn(&Value) -> Option<String>,
    asker: &mut dyn Asker,
) -> Result<Option<Value>, Stopped> {
    let mut problem = None;
    loop {
        match asker.ask(question, problem.as_deref())? {
            Reply::Back => return Ok(None),
            Reply::Value(value) => {
                let value = shaped(question.field, value);
                problem = problem_of(&value);
                if problem.is_none() {
                    return Ok(Some(value));
                }
            }
        }
    }
}

/// A text where the field is a text, a list where it is a list.
fn shaped(field: Field, value: Value) -> Value {
    match (field.shape(), value) {
        (super::Shape::Text, value) => Value::One(value.line().trim().to_owned()),
        (super::Shape::List, Value::One(text)) => Value::words(&text),
        (super::Shape::List, many) => many,
    }
}

/// Why the value cannot be taken for the field, everything else being as it is.
fn fault(field: Field, value: &Value, answers: &Answers, scaffold: &Scaffold) -> Option<String> {
    if matches!(field, Field::GitName | Field::GitEmail) {
        return crate::model::CommitIdentity::fault(&value.line()).map(str::to_owned);
    }
    let mut answers = answers.clone();
    answers.set(field, value.clone(), Origin::Asked);
    // A directory that gives no name is found through the name it would have.
    let blamed = if field == Field::Directory {
        Field::Name
    } else {
        field
    };
    fill_defaults(&mut answers, scaffold);
    let problems = intent_from(&answers, &Tables::default(), scaffold).err()?;
    problems
        .into_iter()
        .find(|(about, _)| *about == field || *about == blamed)
        .map(|(_, problem)| problem.message)
}

/// An earlier answer may have taken a choice away: what was chosen from the choices and is no longer among them is forgotten.
fn forget_stale(answers: &mut Answers, scaffold: &Scaffold) {
    let asked: Vec<Field> = answers
        .iter()
        .filter(|(_, answer)| answer.origin == Origin::Asked)
        .map(|(field, _)| field)
        .collect();
    for field in asked {
        let Question { kind, .. } = question(field, answers, scaffold, (0, 0));
        let Some(value) = answers.value(field) else {
            continue;
        };
        match kind {
            Kind::One(choices) if choices.iter().all(|choice| choice.value != value.line()) => {
                answers.forget(field);
            }
            Kind::Many(choices) => {
                let possible = |text: &String| choices.iter().any(|choice| choice.value == *text);
                let kept = Value::many(value.texts().iter().filter(|text| possible(text)).cloned());
                answers.set(field, kept, Origin::Asked);
            }
            _ => {}
        }
    }
}

/// The question whether to leave.
pub fn quit_question() -> Question {
    Question {
        field: Field::Directory,
        prompt: "Leave without making anything?".to_owned(),
        help: String::new(),
        kind: Kind::YesNo,
        default: Value::one("no"),
        step: (1, 1),
    }
}
