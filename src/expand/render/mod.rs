//! Renders texts and names with the variables as they are now.

mod bounds;
mod budget;
mod filters;
mod guarded;
mod kept;
mod output;
mod tags;
mod trouble;

pub(super) use trouble::{Rendered, Trouble, Unknown};

use super::paths::{join, sanitized};
use super::state::Shared;
use budget::Budget;
use kept::Kept;
use liquid::model::Value;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What Liquid calls a variable that nobody set.
const UNKNOWN: &str = "requested variable=";

/// The engine of a template.
pub(super) struct Renderer {
    parser: liquid::Parser,
    budget: Budget,
    shared: Shared,
    declared: BTreeSet<String>,
}

impl Renderer {
    /// An engine; `declared` are the names that the template knows, whether they are set or not.
    ///
    /// # Errors
    /// None that a template can cause.
    pub(super) fn new(shared: Shared, declared: BTreeSet<String>) -> Result<Self, liquid::Error> {
        let budget = Budget::default();
        Ok(Self {
            parser: filters::parser(&shared, &budget)?,
            budget,
            shared,
            declared,
        })
    }

    /// `text` rendered. As cargo-generate does it: an unknown variable becomes the empty text, and text that fails stays as it was
    /// written. Otherwise: an expression with an undeclared variable stays as it was written and is told, failing is an error.
    ///
    /// # Errors
    /// Text that is not Liquid or fails.
    pub(super) fn text(&self, text: &str) -> Result<Rendered, Trouble> {
        if !text.contains("{{") && !text.contains("{%") {
            return Ok(Rendered::plain(text));
        }
        bounds::check(text).map_err(|(range, cause)| Trouble::plain(cause.to_owned()).at(range))?;
        if self.shared.compat() {
            return self.as_it_is(text).map(Rendered::plain);
        }
        let kept = kept::keep(text, |name| self.knows(name), |tag| self.parses(tag));
        self.with_kept(text, &kept)
    }

    /// `path` with every component rendered and made harmless; components that become empty are dropped.
    ///
    /// # Errors
    /// A component that is not Liquid or fails.
    pub(super) fn path(&self, path: &str) -> Result<Rendered, Trouble> {
        let mut whole = Rendered::default();
        for component in path.split('/') {
            let rendered = self.text(component)?;
            whole.text = join(&whole.text, &sanitized(&rendered.text));
            whole.unknown.extend(rendered.unknown);
        }
        Ok(whole)
    }

    fn knows(&self, name: &str) -> bool {
        self.declared.contains(name) || self.shared.is_set(name)
    }

    fn parses(&self, tag: &str) -> bool {
        self.parse(tag).is_ok()
    }

    fn parse(&self, text: &str) -> Result<liquid::Template, String> {
        let parsed = catch_unwind(AssertUnwindSafe(|| self.parser.parse(text)));
        match parsed {
            Ok(parsed) => parsed.map_err(|error| error.to_string()),
            Err(_) => Err("Liquid cannot read it".to_owned()),
        }
    }

    fn as_it_is(&self, text: &str) -> Result<String, Trouble> {
        let kept = kept::shorten(text);
        let template = self
            .parse(&kept.text)
            .map_err(|error| Trouble::of_liquid(&error, text, Some(&kept)))?;
        let mut unknown = BTreeSet::new();
        loop {
            let mut variables = self.shared.state().variables.clone();
            variables.extend(kept.values());
            let error = match self.evaluate(&template, &variables)? {
                Ok(rendered) => return Ok(rendered),
                Err(error) => error,
            };
            match name_of(&error) {
                Some(name) if unknown.insert(name.to_owned()) => {
                    let mut state = self.shared.state();
                    if !state.variables.contains_key(name) {
                        let name = name.to_owned().into();
                        state.variables.insert(name, Value::scalar(""));
                    }
                }
                _ if error.contains(budget::TOO_MUCH) => {
                    return Err(Trouble::of_liquid(&error, text, None));
                }
                _ => return Ok(text.to_owned()),
            }
        }
    }

    fn with_kept(&self, text: &str, kept: &Kept) -> Result<Rendered, Trouble> {
        let template = self
            .parse(&kept.text)
            .map_err(|error| self.unparsed(Trouble::of_liquid(&error, text, Some(kept)), text))?;
        let mut unknown = kept.unknown.clone();
        let mut missing = BTreeSet::new();
        loop {
            let mut variables = self.shared.state().variables.clone();
            variables.extend(kept.values());
            for name in &missing {
                variables.insert(String::clone(name).into(), Value::scalar(""));
            }
            let error = match self.evaluate(&template, &variables)? {
                Ok(text) => return Ok(Rendered { text, unknown }),
                Err(error) => error,
            };
            match name_of(&error) {
                Some(name) if missing.insert(name.to_owned()) => {
                    if !self.knows(name) && unknown.iter().all(|one| one.name != *name) {
                        unknown.push(Unknown::named(name, text));
                    }
                }
                _ => return Err(self.located(&error, text, &variables)),
            }
        }
    }

    /// Why parsing failed: every tag that cannot be parsed by itself, and what Liquid says of the whole where all can.
    fn unparsed(&self, whole: Trouble, text: &str) -> Trouble {
        let mut wrong = Vec::new();
        for tag in tags::all(text) {
            let Some(alone) = tags::alone(&tag, text) else {
                continue;
            };
            if let Err(error) = self.parse(&alone) {
                let cause = Trouble::of_liquid(&error, &alone, None).cause().to_owned();
                wrong.push((cause, tag.range));
            }
        }
        match (Trouble::several(wrong), whole) {
            (Some(several), Trouble::Text { .. }) => several,
            (_, whole) => whole,
        }
    }

    /// Why evaluating failed, at the first tag of which Liquid says the same by itself.
    fn located(&self, error: &str, text: &str, variables: &liquid::Object) -> Trouble {
        let trouble = Trouble::of_liquid(error, text, None);
        let says_the_same = |tag: &tags::Tag| {
            let alone = tags::alone(tag, text)?;
            let template = self.parse(&alone).ok()?;
            let said = self.evaluate(&template, variables).ok()?.err()?;
            let said = Trouble::of_liquid(&said, &alone, None);
            (said.cause() == trouble.cause()).then_some(())
        };
        let mut all = tags::all(text).into_iter();
        match all.find(|tag| says_the_same(tag).is_some()) {
            Some(tag) => trouble.at(tag.range),
            None => trouble,
        }
    }

    /// # Errors
    /// The inner: what Liquid says. The outer: the run ends.
    fn evaluate(
        &self,
        template: &liquid::Template,
        variables: &liquid::Object,
    ) -> Result<Result<String, String>, Trouble> {
        self.budget.reset();
        let mut output = output::Output::default();
        let rendered = catch_unwind(AssertUnwindSafe(|| {
            template.render_to(&mut output, variables)
        }));
        if let Some(failure) = self.shared.state().stopped.take() {
            return Err(Trouble::Stopped(failure));
        }
        Ok(match rendered {
            Ok(Ok(())) => Ok(output.text()),
            Ok(Err(_)) if output.is_full() => Err("it becomes larger than 64 MiB".to_owned()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("Liquid cannot evaluate it".to_owned()),
        })
    }
}

/// The variable that was missing.
fn name_of(error: &str) -> Option<&str> {
    error
        .lines()
        .find_map(|line| Some(line.split_once(UNKNOWN)?.1))
}
