//! One placeholder: what it is asked with, and what it takes.

use super::lists::Source;
use crate::diagnostic::Problem;
use crate::expand::world::Choice;
use regex::Regex;
use toml_edit::{Item, TableLike, Value};

/// Names that are variables already, and no placeholder may have.
const RESERVED: [&str; 7] = [
    "authors",
    "os-arch",
    "project-name",
    "crate_name",
    "crate_type",
    "within_cargo_project",
    "is_init",
];

/// A placeholder.
#[derive(Clone, Debug)]
pub(in crate::expand) struct Placeholder {
    /// The question.
    pub(in crate::expand) prompt: String,
    /// What it takes.
    pub(in crate::expand) shape: Shape,
    /// What texts have to match somewhere.
    pub(in crate::expand) regex: Option<Regex>,
}

/// What a placeholder takes, with its default.
#[derive(Clone, Debug)]
pub(in crate::expand) enum Shape {
    /// One line, or one of the choices.
    Line(Option<String>, Option<Vec<Choice>>),
    /// Several lines.
    Text(Option<String>),
    /// Text from an editor.
    Editor(Option<String>),
    /// Yes or no.
    Bool(Option<bool>),
    /// Any number of the choices.
    Many(Option<Vec<String>>, Vec<Choice>),
}

/// The types, as the configuration writes them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    String,
    Text,
    Editor,
    Bool,
    Array,
}

impl Type {
    const ALL: [(Self, &str); 5] = [
        (Self::String, "string"),
        (Self::Text, "text"),
        (Self::Editor, "editor"),
        (Self::Bool, "bool"),
        (Self::Array, "array"),
    ];
}

struct Reader<'a> {
    source: &'a Source,
    name: &'a str,
    table: &'a dyn TableLike,
}

/// Reads the placeholder `name`.
pub(super) fn read(source: &Source, name: &str, item: &Item) -> Result<Placeholder, Problem> {
    if RESERVED.contains(&name) {
        let message =
            format!("the placeholder `{name}` would hide a variable that is always there");
        return Err(source.problem(item, message));
    }
    let Some(table) = item.as_table_like() else {
        return Err(source.problem(item, format!("the placeholder `{name}` has to be a table")));
    };
    let reader = Reader {
        source,
        name,
        table,
    };
    let kind = reader.kind()?;
    let regex = reader.regex(kind)?;
    let prompt = match table.get("prompt") {
        Some(prompt) => match prompt.as_str() {
            Some(prompt) => prompt.to_owned(),
            None => return Err(reader.wrong(prompt, "`prompt` has to be a text")),
        },
        None => return Err(reader.wrong(item, "there is no `prompt`")),
    };
    let choices = reader.choices(kind, regex.as_ref())?;
    let shape = reader.shape(kind, choices, regex.as_ref())?;
    Ok(Placeholder {
        prompt,
        shape,
        regex,
    })
}

impl Reader<'_> {
    fn wrong(&self, item: &Item, what: &str) -> Problem {
        let message = format!("in the placeholder `{}`, {what}", self.name);
        self.source.problem(item, message)
    }

    fn kind(&self) -> Result<Type, Problem> {
        let Some(item) = self.table.get("type") else {
            return Ok(Type::String);
        };
        let text = item.as_str();
        let found = Type::ALL.iter().find(|(_, name)| Some(*name) == text);
        found.map(|(kind, _)| *kind).ok_or_else(|| {
            self.wrong(
                item,
                "`type` has to be `string`, `text`, `editor`, `bool` or `array`",
            )
        })
    }

    fn regex(&self, kind: Type) -> Result<Option<Regex>, Problem> {
        let Some(item) = self.table.get("regex") else {
            return Ok(None);
        };
        if kind == Type::Bool || kind == Type::Array {
            return Err(self.wrong(item, "`regex` is for texts only"));
        }
        let Some(text) = item.as_str() else {
            return Err(self.wrong(item, "`regex` has to be a text"));
        };
        Regex::new(text).map(Some).map_err(|error| Problem {
            cause: Some(error.to_string()),
            ..self.wrong(item, "`regex` is not a regular expression")
        })
    }

    fn choices(&self, kind: Type, regex: Option<&Regex>) -> Result<Option<Vec<Choice>>, Problem> {
        let Some(item) = self.table.get("choices") else {
            return Ok(None);
        };
        if kind != Type::String && kind != Type::Array {
            return Err(self.wrong(item, "`choices` are for `string` and `array` only"));
        }
        let choices: Option<Vec<Choice>> = item
            .as_array()
            .and_then(|array| array.iter().map(choice).collect());
        let Some(choices) = choices else {
            return Err(self.wrong(item, "`choices` has to be a list of texts"));
        };
        if kind == Type::String && choices.is_empty() {
            return Err(self.wrong(item, "`choices` is empty"));
        }
        match choices.iter().find(|choice| !fits(regex, &choice.value)) {
            Some(bad) if kind == Type::String => {
                let what = format!("the choice `{}` does not match `regex`", bad.value);
                Err(self.wrong(item, &what))
            }
            _ => Ok(Some(choices)),
        }
    }

    fn shape(
        &self,
        kind: Type,
        choices: Option<Vec<Choice>>,
        regex: Option<&Regex>,
    ) -> Result<Shape, Problem> {
        Ok(match kind {
            Type::Bool => Shape::Bool(self.default("`true` or `false`", Item::as_bool)?),
            Type::String => Shape::Line(self.text(choices.as_deref(), regex)?, choices),
            Type::Text => Shape::Text(self.text(None, regex)?),
            Type::Editor => Shape::Editor(self.text(None, regex)?),
            Type::Array => {
                let default = self.list(choices.as_deref())?;
                Shape::Many(default, choices.unwrap_or_default())
            }
        })
    }

    fn default<T>(&self, wanted: &str, read: fn(&Item) -> Option<T>) -> Result<Option<T>, Problem> {
        let Some(item) = self.table.get("default") else {
            return Ok(None);
        };
        let value = read(item);
        value
            .map(Some)
            .ok_or_else(|| self.wrong(item, &format!("`default` has to be {wanted}")))
    }

    fn text(
        &self,
        choices: Option<&[Choice]>,
        regex: Option<&Regex>,
    ) -> Result<Option<String>, Problem> {
        let default = self.default("a text", |item| item.as_str().map(str::to_owned))?;
        let (Some(text), Some(item)) = (&default, self.table.get("default")) else {
            return Ok(default);
        };
        if choices.is_some_and(|choices| choices.iter().all(|choice| choice.value != *text)) {
            return Err(self.wrong(
                item,
                &format!("the default `{text}` is none of the choices"),
            ));
        }
        if !fits(regex, text) {
            return Err(self.wrong(
                item,
                &format!("the default `{text}` does not match `regex`"),
            ));
        }
        Ok(default)
    }

    /// Entries of the default that are not texts count as empty ones.
    fn list(&self, choices: Option<&[Choice]>) -> Result<Option<Vec<String>>, Problem> {
        let wanted = "a list of texts, with `choices` beside it";
        let default = self.default(wanted, |item| {
            let texts = item.as_array()?.iter();
            let texts = texts.map(|value| value.as_str().unwrap_or_default().to_owned());
            Some(texts.collect::<Vec<String>>())
        })?;
        let (Some(list), Some(item)) = (&default, self.table.get("default")) else {
            return Ok(default);
        };
        let Some(choices) = choices else {
            return Err(self.wrong(item, &format!("`default` has to be {wanted}")));
        };
        let bad = list
            .iter()
            .find(|text| choices.iter().all(|choice| choice.value != **text));
        match bad {
            Some(bad) => {
                Err(self.wrong(item, &format!("the default `{bad}` is none of the choices")))
            }
            None => Ok(default),
        }
    }
}

/// Whether `text` matches, where there is something to match.
pub(in crate::expand) fn fits(regex: Option<&Regex>, text: &str) -> bool {
    regex.is_none_or(|regex| regex.is_match(text))
}

fn choice(value: &Value) -> Option<Choice> {
    if let Some(text) = value.as_str() {
        return Some(Choice {
            value: text.to_owned(),
            label: text.to_owned(),
        });
    }
    let table = value.as_inline_table()?;
    let value = table.get("value")?.as_str()?.to_owned();
    let label = match table.get("label") {
        Some(label) => label.as_str()?.to_owned(),
        None => value.clone(),
    };
    Some(Choice { value, label })
}
