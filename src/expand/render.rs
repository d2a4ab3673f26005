//! Renders texts and names with the variables as they are now.

use super::paths::{join, sanitized};
use super::state::Shared;
use liquid::model::Value;

/// The engine of a template.
pub(super) struct Renderer {
    parser: liquid::Parser,
    shared: Shared,
}

/// What Liquid sees of the variables that a text asks for and nobody set.
const UNKNOWN: &str = "requested variable=";

impl Renderer {
    /// # Errors
    /// None that a template can cause.
    pub(super) fn new(shared: Shared) -> Result<Self, liquid::Error> {
        let parser = liquid::ParserBuilder::with_stdlib().build()?;
        Ok(Self { parser, shared })
    }

    /// `text` rendered. A variable that is unknown is set to the empty text; what fails while it is rendered stays as it was written.
    ///
    /// # Errors
    /// Text that is not Liquid.
    pub(super) fn text(&self, text: &str) -> Result<String, liquid::Error> {
        if !text.contains("{{") && !text.contains("{%") {
            return Ok(text.to_owned());
        }
        let template = self.parser.parse(text)?;
        loop {
            let variables = self.shared.state().variables.clone();
            let error = match template.render(&variables) {
                Ok(rendered) => return Ok(rendered),
                Err(error) => error.to_string(),
            };
            let name = error
                .lines()
                .find_map(|line| Some(line.split_once(UNKNOWN)?.1));
            let Some(name) = name else {
                return Ok(text.to_owned());
            };
            let variables = &mut self.shared.state().variables;
            if variables.contains_key(name) {
                return Ok(text.to_owned());
            }
            variables.insert(name.to_owned().into(), Value::scalar(""));
        }
    }

    /// `path` with every component rendered and made harmless; components that become empty are dropped.
    ///
    /// # Errors
    /// A component that is not Liquid.
    pub(super) fn path(&self, path: &str) -> Result<String, liquid::Error> {
        let mut rendered = String::new();
        for component in path.split('/') {
            rendered = join(&rendered, &sanitized(&self.text(component)?));
        }
        Ok(rendered)
    }
}
