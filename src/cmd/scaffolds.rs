//! Finding a scaffold: in the program by its name, on disk by its path, or on a server by its address.

use super::Context;
use super::scaffold_address::Address;
use crate::diagnostic::{Failure, did_you_mean};
use crate::disk;
use crate::scaffold::{
    Scaffold, built_in, built_in_names, default_name, is_plain, plain, plain_names,
    templates_within,
};
use crate::tree::Tree;
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

/// The scaffold that is meant: a name of a built-in one, or a path with a `/` in it. `None` means the default.
pub(super) fn find(given: Option<&str>, context: &Context<'_>) -> Result<Scaffold, Failure> {
    let given = given.unwrap_or(default_name());
    if let Some(carried) = CARRIED.get(given) {
        let loaded =
            carried.get_or_init(|| load(given, given, &built_in(given).unwrap_or_default()));
        return loaded.clone();
    }
    let (name, tree) = files(given, context)?;
    load(given, &name, &tree)
}

/// The scaffolds in the program, each loaded once: a command may need one more than once.
static CARRIED: LazyLock<BTreeMap<&str, OnceLock<Result<Scaffold, Failure>>>> =
    LazyLock::new(|| {
        let names = built_in_names().into_iter();
        names.map(|name| (name, OnceLock::new())).collect()
    });

/// The name and the files of the scaffold that is meant.
pub(super) fn files(given: &str, context: &Context<'_>) -> Result<(String, Tree), Failure> {
    if let Some(address) = Address::of(given) {
        return address.files(context);
    }
    if !is_path(given) {
        let tree = built_in(given).or_else(|| plain(given));
        let tree = tree.ok_or_else(|| unknown(given, &names()))?;
        return Ok((given.to_owned(), tree));
    }
    let path = context.path(given);
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let tree = disk::read_tree(&path).map_err(|error| {
        Failure::refused(format!("the scaffold `{given}` cannot be read")).because(chain(&error))
    })?;
    Ok((name, tree))
}

/// Loads the files of a scaffold that was given so.
pub(super) fn load(given: &str, name: &str, tree: &Tree) -> Result<Scaffold, Failure> {
    if is_plain(tree) {
        return Err(Failure::invalid(format!(
            "the scaffold `{given}` is a plain template, and packages no upstream"
        ))
        .hint(format!(
            "`floxwright new --scaffold {given} DIR` makes a project of it"
        )));
    }
    if let Some(failure) = several(given, tree) {
        return Err(failure);
    }
    Scaffold::load(name, tree).map_err(|error| {
        Failure::refused(format!("the scaffold `{given}` cannot be used")).because(error)
    })
}

/// The failure where a directory is no template, and holds some.
fn several(given: &str, tree: &Tree) -> Option<Failure> {
    let within = templates_within(tree);
    let first = within.first()?;
    let named = within.iter().map(|name| format!("`{name}`"));
    let named: Vec<String> = named.collect();
    let one = match Address::of(given) {
        Some(address) => address.within(first),
        None => format!("{}/{first}", given.trim_end_matches('/')),
    };
    let what = if within.len() == 1 {
        "no template, and holds one"
    } else {
        "no template, and holds several"
    };
    Some(
        Failure::refused(format!("`{given}` is {what}: {}", named.join(", ")))
            .hint(format!("name the one that you mean: `{one}`")),
    )
}

/// Whether a scaffold is named by its path.
pub(super) fn is_path(given: &str) -> bool {
    (given.contains('/') || given == ".") && Address::of(given).is_none()
}

/// All that is in the program.
fn names() -> Vec<&'static str> {
    built_in_names().into_iter().chain(plain_names()).collect()
}

fn unknown(given: &str, names: &[&str]) -> Failure {
    let near =
        did_you_mean(given, names.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
    Failure::invalid(format!(
        "there is no scaffold `{}`{}",
        given.escape_debug(),
        near.unwrap_or_default()
    ))
    .hint(format!(
        "built in: {}; a path needs a `/`, and what git fetches begins with `https://` or `git@`",
        names.join(", ")
    ))
}

/// An error with what lies beneath it, in one line.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
