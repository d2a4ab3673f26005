//! The methods of texts.

use ruff_python_ast::ExprCall;

use super::evaluator::Evaluator;
use super::value::{Kind, Value};

impl Evaluator<'_> {
    /// Calls a method of a text.
    pub(super) fn text_method(
        &self,
        call: &ExprCall,
        (text, name): (&str, &str),
        given: &[Value],
    ) -> Result<Kind, Value> {
        if let Some(why) = given.iter().find_map(Value::as_unknown) {
            return Err(why);
        }
        let odd = || {
            self.unknown(
                call,
                format!("a static reader does not call `{name}` like this"),
            )
        };
        if (name, given.len()) == ("join", 1) {
            let members = self.through(call, &given[0])?;
            let mut texts = Vec::new();
            for member in &members {
                let unknown = || member.as_unknown().unwrap_or_else(odd);
                texts.push(member.as_text().ok_or_else(unknown)?);
            }
            return Ok(Kind::text(texts.join(text)));
        }
        let texts: Option<Vec<&str>> = given.iter().map(Value::as_text).collect();
        let texts = texts.ok_or_else(odd)?;
        let place = self.place(call);
        let list = |parts: Vec<&str>| {
            let parts = parts
                .into_iter()
                .map(|part| Kind::text(part).at(place.clone()));
            Kind::list(parts.collect())
        };
        let of = |set: &'_ str| {
            let set = set.to_owned();
            move |c: char| set.contains(c)
        };
        Ok(match (name, texts.as_slice()) {
            ("strip", []) => Kind::text(text.trim()),
            ("strip", [set]) => Kind::text(text.trim_matches(of(set))),
            ("lstrip", []) => Kind::text(text.trim_start()),
            ("lstrip", [set]) => Kind::text(text.trim_start_matches(of(set))),
            ("rstrip", []) => Kind::text(text.trim_end()),
            ("rstrip", [set]) => Kind::text(text.trim_end_matches(of(set))),
            ("lower", []) => Kind::text(text.to_lowercase()),
            ("upper", []) => Kind::text(text.to_uppercase()),
            ("startswith", [other]) => Kind::Bool(text.starts_with(other)),
            ("endswith", [other]) => Kind::Bool(text.ends_with(other)),
            ("replace", [from, to]) => self.replaced(call, text, (from, to))?,
            ("split", []) => list(text.split_whitespace().collect()),
            ("split", [by]) if !by.is_empty() => list(text.split(by).collect()),
            ("splitlines", []) => list(text.lines().collect()),
            _ => return Err(odd()),
        })
    }

    /// The text with something replaced, unless it becomes too long.
    fn replaced(
        &self,
        call: &ExprCall,
        text: &str,
        (from, to): (&str, &str),
    ) -> Result<Kind, Value> {
        let places = text.matches(from).count();
        if places.saturating_mul(to.len()) > super::evaluator::MAX_LENGTH {
            return Err(self.unknown(call, "it is longer than 100000"));
        }
        Ok(Kind::text(text.replace(from, to)))
    }
}

/// The lines of a text as `readlines` gives them, with their ends.
pub(super) fn lines(text: &Value) -> Kind {
    let lines = text.as_text().unwrap_or_default().split_inclusive('\n');
    Kind::list(
        lines
            .map(|line| Kind::text(line).at(text.place.clone()))
            .collect(),
    )
}
