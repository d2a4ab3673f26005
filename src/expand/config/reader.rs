//! From the text of the configuration to its values.

use super::lists::{Source, texts};
use super::{Conditional, Config, Hooks, Placeholders, Rules, Template, placeholder};
use crate::diagnostic::Problem;
use crate::expand::expanded::Vcs;
use toml_edit::{Document, Item, TableLike};

/// Reads a configuration; `origin` is its path in the source.
///
/// # Errors
/// Everything in it that is not of the format.
pub(in crate::expand) fn read(origin: &str, text: &str) -> Result<Config, Vec<Problem>> {
    let mut source = Source::new(origin, text);
    let document = match text.parse::<Document<String>>() {
        Ok(document) => document,
        Err(error) => {
            let cause = error.message().trim().replace('\n', ", ");
            let range = error.span().unwrap_or_default();
            source.wrong(range, format!("it is not TOML: {cause}"));
            return Err(source.problems);
        }
    };
    let top = document.as_table();
    let config = Config {
        template: table(&mut source, top, "template")
            .map(|table| template(&mut source, table))
            .unwrap_or_default(),
        hooks: table(&mut source, top, "hooks")
            .map(|table| hooks(&mut source, table))
            .unwrap_or_default(),
        placeholders: table(&mut source, top, "placeholders")
            .map(|table| placeholders(&source, table))
            .unwrap_or_default(),
        conditionals: table(&mut source, top, "conditional")
            .map(|table| conditionals(&mut source, table))
            .unwrap_or_default(),
    };
    if source.problems.is_empty() {
        Ok(config)
    } else {
        Err(source.problems)
    }
}

fn table<'a>(
    source: &mut Source,
    above: &'a dyn TableLike,
    key: &str,
) -> Option<&'a dyn TableLike> {
    let item = above.get(key)?;
    let table = item.as_table_like();
    if table.is_none() {
        source.wrong_type(key, item, "a table");
    }
    table
}

fn template(source: &mut Source, table: &dyn TableLike) -> Template {
    Template {
        sub_templates: texts(source, table, "sub_templates"),
        rules: rules(source, table),
        vcs: vcs(source, table),
        init: table.get("init").and_then(|item| {
            let init = item.as_bool();
            if init.is_none() {
                source.wrong_type("init", item, "`true` or `false`");
            }
            init
        }),
        version: version(source, table),
    }
}

fn vcs(source: &mut Source, table: &dyn TableLike) -> Option<Vcs> {
    let item = table.get("vcs")?;
    match item.as_str() {
        Some("None") => Some(Vcs::None),
        Some("Git") => Some(Vcs::Git),
        _ => {
            source.wrong_type("vcs", item, "`\"None\"` or `\"Git\"`");
            None
        }
    }
}

fn version(source: &mut Source, table: &dyn TableLike) -> Option<(semver::VersionReq, Problem)> {
    let key = "cargo_generate_version";
    let item = table.get(key)?;
    let Some(text) = item.as_str() else {
        source.wrong_type(key, item, "a text");
        return None;
    };
    match text.parse() {
        Ok(version) => {
            let message =
                format!("the template is for cargo-generate {text}, and this is like 0.23.14");
            Some((version, source.problem(item, message)))
        }
        Err(error) => {
            let problem = source.problem(item, format!("`{text}` is not a version requirement"));
            source.problems.push(Problem {
                cause: Some(error.to_string()),
                ..problem
            });
            None
        }
    }
}

fn rules(source: &mut Source, table: &dyn TableLike) -> Rules {
    Rules {
        include: texts(source, table, "include"),
        exclude: texts(source, table, "exclude"),
        ignore: texts(source, table, "ignore"),
    }
}

fn hooks(source: &mut Source, table: &dyn TableLike) -> Hooks {
    Hooks {
        init: texts(source, table, "init").unwrap_or_default(),
        pre: texts(source, table, "pre").unwrap_or_default(),
        post: texts(source, table, "post").unwrap_or_default(),
    }
}

fn placeholders(source: &Source, table: &dyn TableLike) -> Placeholders {
    table
        .iter()
        .map(|(name, item)| (name.to_owned(), placeholder::read(source, name, item)))
        .collect()
}

fn conditionals(source: &mut Source, table: &dyn TableLike) -> Vec<Conditional> {
    let mut conditionals = Vec::new();
    for (condition, item) in table.iter() {
        let Some(inner) = Item::as_table_like(item) else {
            source.wrong_type(condition, item, "a table");
            continue;
        };
        let asked = inner.get("placeholders").is_some();
        let asked = asked.then(|| self::table(source, inner, "placeholders"));
        conditionals.push(Conditional {
            condition: condition.to_owned(),
            rules: rules(source, inner),
            placeholders: asked.flatten().map(|table| placeholders(source, table)),
        });
    }
    conditionals
}
