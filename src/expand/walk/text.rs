//! Renders the text and the name of one file.

use super::{Stop, Walk};
use crate::diagnostic::{Problem, Span};
use crate::expand::expanded::Fate;
use crate::expand::order::Switch;
use crate::expand::render::{Rendered, Trouble, Unknown};
use crate::expand::world::Weight;
use std::ops::Range;

/// More is not told of one file.
const MOST: usize = 20;

impl Walk<'_> {
    pub(super) fn render(&mut self, path: &str) -> Result<(), Stop> {
        let text = {
            let state = self.shared.state();
            let bytes = state.stage.file(path).map(|file| file.bytes.as_slice());
            std::str::from_utf8(bytes.unwrap_or_default()).map(str::to_owned)
        };
        let rendered = match &text {
            Ok(text) => self.renderer.text(text),
            Err(_) if !self.shared.compat() => {
                let new = self.name(path)?;
                return self.copy(path, &new, "it is not text");
            }
            Err(error) => {
                let cause = format!("it is not text: {error}");
                Err(Trouble::plain(cause))
            }
        };
        let text = text.unwrap_or_default();
        let rendered = match rendered {
            Ok(rendered) => self.told(path, &text, rendered)?,
            Err(Trouble::Stopped(failure)) => return Err(Stop::Run(failure)),
            Err(Trouble::Text { cause, range, more }) => {
                let more = more.into_iter();
                let more = more.map(|(cause, range)| (cause, Some(range)));
                let wrong = [(cause, range)].into_iter().chain(more).collect();
                return self.unrendered(path, &text, wrong);
            }
        };
        let new = self.name(path)?;
        self.write(path, &new, rendered.into_bytes())
    }

    /// Tells the variables that nobody declared, or refuses them.
    fn told(&self, path: &str, text: &str, rendered: Rendered) -> Result<String, Stop> {
        let problem = |unknown: &Unknown| {
            let message = format!("nobody declares the variable `{}`", unknown.name);
            Problem::new(message).at(Span {
                origin: path.to_owned(),
                text: text.to_owned(),
                range: unknown.range.clone(),
            })
        };
        if self.shared.strict() && !rendered.unknown.is_empty() {
            return Err(Stop::File(rendered.unknown.iter().map(problem).collect()));
        }
        for unknown in &rendered.unknown {
            let place = problem(unknown);
            let becomes = if unknown.stays {
                "stays as it is"
            } else {
                "counts as empty"
            };
            let (line, column) = place.span.map_or((1, 1), |span| span.line_column());
            self.shared.tell(
                Weight::Warning,
                format!("{path}:{line}:{column}: {}, so it {becomes}", place.message),
            );
        }
        Ok(rendered.text)
    }

    /// A file that cannot be rendered, and all that is wrong with it.
    fn unrendered(
        &mut self,
        path: &str,
        text: &str,
        wrong: Vec<(String, Option<Range<usize>>)>,
    ) -> Result<(), Stop> {
        let message = if self.shared.compat() {
            format!("Substitution skipped, found invalid syntax in `{path}`")
        } else {
            format!("`{path}` cannot be rendered")
        };
        let problem = |(cause, range): (String, Option<Range<usize>>)| {
            let problem = Problem {
                cause: Some(cause),
                ..Problem::new(message.clone())
            };
            match range {
                Some(range) => problem.at(Span {
                    origin: path.to_owned(),
                    text: text.to_owned(),
                    range,
                }),
                None => problem,
            }
        };
        let most = if self.shared.compat() { 1 } else { MOST };
        let problems: Vec<Problem> = wrong.into_iter().take(most).map(problem).collect();
        if self.shared.is(Switch::ContinueOnError) && !self.shared.compat() {
            let new = self.name(path)?;
            self.copy(path, &new, "it cannot be rendered")?;
        } else {
            let why = "it cannot be rendered".to_owned();
            self.made(path, path, Fate::Copied(why));
        }
        Err(Stop::File(problems))
    }

    /// The path after rendering.
    pub(super) fn name(&self, path: &str) -> Result<String, Stop> {
        let problem = |cause: String| Problem {
            cause: Some(cause),
            ..Problem::new(format!("the name of `{path}` cannot be rendered"))
        };
        let rendered = match self.renderer.path(path) {
            Ok(rendered) => rendered,
            Err(Trouble::Stopped(failure)) => return Err(Stop::Run(failure)),
            Err(Trouble::Text { cause, .. }) if self.shared.compat() => {
                return Err(Stop::Walk(problem(cause)));
            }
            Err(Trouble::Text { cause, .. }) => return Err(Stop::File(vec![problem(cause)])),
        };
        for unknown in &rendered.unknown {
            let message = format!("nobody declares the variable `{}`", unknown.name);
            if self.shared.strict() {
                return Err(Stop::File(vec![problem(message)]));
            }
            let text = format!("in the name of `{path}`, {message}");
            self.shared.tell(Weight::Warning, text);
        }
        Ok(rendered.text)
    }
}
