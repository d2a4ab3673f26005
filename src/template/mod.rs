//! Liquid templates: the engine with cargo-generate's filters and ours. Pure: text and values in, text out. Strict: an unknown
//! variable is an error.

mod bounds;
mod filters;
mod shell;
mod text_filter;
mod wrap;

pub use filters::{CASES, Convert};
pub use shell::shell_word;

use crate::tree::Tree;
use liquid::partials::{EagerCompiler, InMemorySource};
use liquid::{Object, Parser};

/// Where partials stand among the templates.
const PARTIALS: &str = "partials";

/// Templates of one scaffold, ready to render.
pub struct Engine {
    parser: Parser,
}

/// Why a template gave no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the template `{template}` cannot be rendered: {cause}")]
pub struct TemplateError {
    /// The template's name.
    pub template: String,
    /// What Liquid says.
    pub cause: String,
}

impl Engine {
    /// An engine that knows the partials below `partials/` of `templates`.
    ///
    /// # Errors
    /// A partial that is not Liquid.
    pub fn new(templates: &Tree) -> Result<Self, TemplateError> {
        let mut source = EagerCompiler::<InMemorySource>::empty();
        for (path, file) in templates.below(PARTIALS).iter() {
            if let Ok(text) = std::str::from_utf8(&file.bytes) {
                let name = path
                    .as_str()
                    .strip_suffix(".liquid")
                    .unwrap_or(path.as_str());
                source.add(name, text);
            }
        }
        let builder = liquid::ParserBuilder::with_stdlib().partials(source);
        let builder = filters::all()
            .into_iter()
            .fold(builder, liquid::ParserBuilder::filter);
        let parser = builder.build().map_err(|error| TemplateError {
            template: PARTIALS.to_owned(),
            cause: said(&error),
        })?;
        Ok(Self { parser })
    }

    /// Renders `text`, the template called `name`.
    ///
    /// # Errors
    /// Text that is not Liquid, or that uses what `values` do not hold.
    pub fn render(&self, name: &str, text: &str, values: &Object) -> Result<String, TemplateError> {
        let failed = |error: liquid::Error| TemplateError {
            template: name.to_owned(),
            cause: said(&error),
        };
        bounds::check(text).map_err(|cause| TemplateError {
            template: name.to_owned(),
            cause: cause.to_owned(),
        })?;
        self.parser
            .parse(text)
            .map_err(failed)?
            .render(values)
            .map_err(failed)
    }

    /// Whether the Liquid condition holds.
    ///
    /// # Errors
    /// As for [`Engine::render`].
    pub fn holds(&self, condition: &str, values: &Object) -> Result<bool, TemplateError> {
        let text = format!("{{% if {condition} %}}yes{{% endif %}}");
        Ok(self.render(condition, &text, values)? == "yes")
    }
}

/// What Liquid says, with the names that there are in their order: it lists them as a hash has them.
fn said(error: &liquid::Error) -> String {
    let text = error.to_string();
    let lines = text.trim_end().lines().map(|line| {
        let Some((label, names)) = line.split_once('=') else {
            return line.to_owned();
        };
        if !label.trim_start().starts_with("available ") {
            return line.to_owned();
        }
        let mut names: Vec<&str> = names.split(", ").collect();
        names.sort_unstable();
        format!("{label}={}", names.join(", "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, expected: Result<&str, &str>) {
        let templates =
            Tree::from_fixture("//- partials/greet.liquid\nhello {{ name }}\n").unwrap();
        let engine = Engine::new(&templates).unwrap();
        let values = liquid::object!({"name": "it's ${x}", "list": ["a", "b"], "empty": [], "object": {"d": 1, "b": 1, "c": 1, "a": 1}, "long": "one two three ".repeat(12)});
        match (engine.render("t", template, &values), expected) {
            (Ok(text), Ok(wanted)) => assert_eq!(text, wanted, "{template}"),
            (Err(error), Err(wanted)) => {
                assert!(error.cause.contains(wanted), "{template}: {error}");
            }
            (result, _) => panic!("{template}: {result:?}"),
        }
    }

    #[test]
    fn templates_are_strict_and_quote() {
        check("{{ name }}", Ok("it's ${x}"));
        check("{{ name | nix_string }}", Ok("\"it's \\${x}\""));
        check("{{ name | shell_word }}", Ok("'it'\\''s ${x}'"));
        check("{{ 'plain' | shell_word }}", Ok("plain"));
        check("{{ name | toml_string }}", Ok("\"it's ${x}\""));
        check("{{ name | json_string }}", Ok("\"it's ${x}\""));
        check("{{ 'a.b' | nix_attr }}", Ok("\"a.b\""));
        check(
            "{{ 'My Project' | kebab_case }} {{ 'a-b' | snake_case }}",
            Ok("my-project a_b"),
        );
        check(
            "{{ long | nix_comment }}",
            Ok(concat!(
                "# one two three one two three one two three one two three one two three one two three\n",
                "# one two three one two three one two three one two three one two three one two three",
            )),
        );
        check("{% include 'greet' %}", Ok("hello it's ${x}\n"));
        check("{{ nmae }}", Err("Unknown variable"));
        check("{{ object.no }}", Err("available indexes=a, b, c, d"));
        check("{{ name.first.x }}", Err(""));
        check("{% if %}", Err(""));
        check("{% include 'nobody' %}", Err(""));
    }

    #[test]
    fn conditions_are_liquid() {
        let engine = Engine::new(&Tree::new()).unwrap();
        let values = liquid::object!({"a": "x", "list": ["p"]});
        for (condition, expected) in [
            ("a == 'x'", true),
            ("a == 'y'", false),
            ("list contains 'p'", true),
        ] {
            assert_eq!(
                engine.holds(condition, &values),
                Ok(expected),
                "{condition}"
            );
        }
        assert!(engine.holds("a ==", &values).is_err());
    }
}
