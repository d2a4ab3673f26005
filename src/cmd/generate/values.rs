//! Values for placeholders from everywhere they can be given, the later over the earlier: configuration, favorite, a file that the
//! environment names, the environment, a file that a flag names, `-d`.

use super::configuration::{Configuration, Favorite, Values, read_toml};
use crate::cmd::Context;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::expand::{Provided, Staged};
use memchr::memmem::Finder;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names a file with values.
const FILE_VARIABLE: &str = "CARGO_GENERATE_TEMPLATE_VALUES_FILE";

/// Stands before the name of a value in the environment.
const PREFIX: &str = "CARGO_GENERATE_VALUE_";

/// Where a value of the command line comes from.
pub(super) const DEFINED: &str = "--define";

/// Where a value of a variable of the environment comes from.
const ENVIRONMENT: &str = "environment";

/// Values with where they came from.
pub(super) type Given = BTreeMap<String, Provided>;

#[derive(Deserialize)]
struct ValuesFile {
    values: Values,
}

/// All values, each from the place that counts most.
pub(super) fn values(
    configuration: &Configuration,
    favorite: Option<&Favorite>,
    (file, definitions): (Option<&String>, &[&String]),
    context: &Context<'_>,
) -> Result<Given, Failure> {
    let mut given = Given::new();
    let mut add = |values: Values, origin: &str| {
        given.extend(values.into_iter().map(|(name, value)| {
            let origin = origin.to_owned();
            (name, Provided { value, origin })
        }));
    };
    add(configuration.values.clone(), "configuration");
    if let Some(favorite) = favorite {
        add(favorite.values.clone(), "favorite");
    }
    if let Some(path) = context.world.var(FILE_VARIABLE) {
        add(of_file(path, context)?, path);
    }
    readable(&context.world.unreadable)?;
    add(of_environment(&context.world.env), ENVIRONMENT);
    if let Some(path) = file {
        add(of_file(path, context)?, path);
    }
    add(of_definitions(definitions)?, DEFINED);
    Ok(given)
}

/// The values that a template can use: those whose names stand somewhere in it, and those of the command line.
pub(super) fn used(given: &Given, template: &Staged) -> Given {
    let given = given.iter();
    given
        .filter(|(name, one)| one.origin == DEFINED || mentions(template, name))
        .map(|(name, one)| (name.clone(), one.clone()))
        .collect()
}

/// Whether a name stands anywhere in the template, paths included.
pub(super) fn mentions(template: &Staged, name: &str) -> bool {
    let finder = Finder::new(name);
    let mut paths = template.iter();
    paths.any(|(path, _)| finder.find(path.as_bytes()).is_some())
        || template
            .files()
            .any(|(_, file)| finder.find(&file.bytes).is_some())
}

/// Whether a value came from the surroundings of the run, which no command line repeats.
pub(super) fn is_of_surroundings(origin: &str, context: &Context<'_>) -> bool {
    origin == ENVIRONMENT || context.world.var(FILE_VARIABLE) == Some(origin)
}

fn of_file(path: &str, context: &Context<'_>) -> Result<Values, Failure> {
    let file: ValuesFile = read_toml(&context.path(path), "values file")?;
    Ok(file.values)
}

/// A value that cannot be read is not passed over: the project would be made with another.
fn readable(unreadable: &[String]) -> Result<(), Failure> {
    let values = unreadable
        .iter()
        .filter(|name| name.starts_with(PREFIX) || *name == FILE_VARIABLE);
    let problem = |name: &String| {
        let name = name.escape_debug();
        Problem::new(format!("the environment variable `{name}` is not UTF-8"))
    };
    let problems: Vec<Problem> = values.map(problem).collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Invalid, problems).hint("`--define KEY=VALUE` gives a value as well"))
}

fn of_environment(environment: &BTreeMap<String, String>) -> Values {
    let named = environment
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, value)));
    named
        .map(|(name, value)| (name.to_lowercase(), toml::Value::String(value.clone())))
        .collect()
}

fn of_definitions(definitions: &[&String]) -> Result<Values, Failure> {
    let mut values = Values::new();
    let mut problems = Vec::new();
    for definition in definitions {
        match split(definition) {
            Some((key, value)) => {
                values.insert(key.to_owned(), toml::Value::String(value.to_owned()));
            }
            None => problems.push(Problem::new(format!(
                "`--define {}` is not `KEY=VALUE`",
                definition.escape_debug()
            ))),
        }
    }
    if problems.is_empty() {
        return Ok(values);
    }
    Err(Failure::all(Exit::Invalid, problems).hint(
        "a key begins with a letter and has letters, digits, `-` and `_`; a value has one line",
    ))
}

/// Key and value; the value is all that follows, without the blanks before it.
pub(super) fn split(definition: &str) -> Option<(&str, &str)> {
    let (key, value) = definition.split_once('=')?;
    let (key, value) = (key.trim_end(), value.trim_start());
    let letters = key.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (letters && key.chars().all(rest) && !value.contains('\n')).then_some((key, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_split_at_the_first_sign() {
        for (definition, expected) in [
            ("a=b", Some(("a", "b"))),
            ("a-b_1 = c d ", Some(("a-b_1", "c d "))),
            ("a=", Some(("a", ""))),
            ("a==b=", Some(("a", "=b="))),
            ("a='b'", Some(("a", "'b'"))),
            ("1a=b", None),
            (" a=b", None),
            ("a.b=c", None),
            ("a", None),
            ("=b", None),
            ("a=b\nc", None),
        ] {
            assert_eq!(split(definition), expected, "{definition:?}");
        }
    }

    #[test]
    fn names_of_the_environment_become_small() {
        let environment = BTreeMap::from(
            [("CARGO_GENERATE_VALUE_MY_KEY", "V"), ("OTHER", "x")]
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        let values = of_environment(&environment);
        assert_eq!(
            values.into_iter().collect::<Vec<_>>(),
            [("my_key".to_owned(), "V".into())]
        );
    }
}
