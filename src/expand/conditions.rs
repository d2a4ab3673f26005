//! Placeholders are asked for and conditions evaluated, in turn, until nothing is added.

use super::config::{Config, Placeholders, Rules};
use super::given_name::NAME;
use super::order::Order;
use super::state::Shared;
use super::{answers, hooks};
use crate::diagnostic::{Exit, Failure, Problem};

/// Answers all placeholders, those of true conditions included; gives the rules that hold in the end.
///
/// # Errors
/// Placeholders that are not valid, values that they do not take, answers that are missing: all that can be found.
pub(super) fn resolve(
    shared: &Shared,
    order: &Order,
    config: &mut Config,
) -> Result<Rules, Failure> {
    if !order.compat() {
        let conditional = config
            .conditionals
            .iter()
            .filter_map(|one| one.placeholders.as_ref());
        let all = std::iter::once(&config.placeholders).chain(conditional);
        valid(all.flatten())?;
    }
    let mut rules = std::mem::take(&mut config.template.rules);
    let mut placeholders = std::mem::take(&mut config.placeholders);
    loop {
        ask(shared, order, &placeholders)?;
        let mut added = false;
        for conditional in &mut config.conditionals {
            if !hooks::holds(shared, &conditional.condition) {
                continue;
            }
            let condition = conditional.condition.clone();
            shared.state().held.insert(condition);
            merge(&mut rules, std::mem::take(&mut conditional.rules));
            if let Some(more) = conditional.placeholders.take() {
                add(&mut placeholders, more);
                added = true;
            }
        }
        if !added {
            break;
        }
    }
    complete(shared)?;
    Ok(rules)
}

fn valid<'a>(
    placeholders: impl IntoIterator<Item = &'a (String, Result<super::config::Placeholder, Problem>)>,
) -> Result<(), Failure> {
    let bad = placeholders
        .into_iter()
        .filter_map(|(_, one)| one.as_ref().err());
    let problems: Vec<Problem> = bad.cloned().collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::all(Exit::Invalid, problems))
    }
}

fn ask(shared: &Shared, order: &Order, placeholders: &Placeholders) -> Result<(), Failure> {
    valid(placeholders)?;
    for (name, placeholder) in placeholders {
        if let Ok(placeholder) = placeholder
            && !shared.is_set(name)
        {
            answers::answer(shared, order, name, placeholder)?;
        }
    }
    Ok(())
}

/// A placeholder that is there already is replaced where it stands.
fn add(placeholders: &mut Placeholders, more: Placeholders) {
    for (name, placeholder) in more {
        match placeholders.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = placeholder,
            None => placeholders.push((name, placeholder)),
        }
    }
}

fn merge(rules: &mut Rules, more: Rules) {
    let append = |list: &mut Option<Vec<String>>, more: Option<Vec<String>>| {
        if let Some(more) = more {
            list.get_or_insert_default().extend(more);
        }
    };
    append(&mut rules.include, more.include);
    append(&mut rules.exclude, more.exclude);
    append(&mut rules.ignore, more.ignore);
}

/// Names every answer that nobody gave.
fn complete(shared: &Shared) -> Result<(), Failure> {
    let missing = std::mem::take(&mut shared.state().missing);
    if missing.is_empty() {
        return Ok(());
    }
    let problems = missing.iter().map(|name| {
        Problem::new(match name.as_str() {
            NAME => "the project has no name, and there is nobody to ask".to_owned(),
            _ => format!("`{name}` has no value, and there is nobody to ask"),
        })
    });
    let flags = missing.iter().map(|name| match name.as_str() {
        NAME => "--name NAME".to_owned(),
        _ => format!("--define {name}=VALUE"),
    });
    let flags: Vec<String> = flags.collect();
    let failure = Failure::all(Exit::NeedsInput, problems.collect());
    Err(failure.hint(format!("give the values: `{}`", flags.join(" "))))
}
