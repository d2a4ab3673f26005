//! The person's configuration of cargo-generate: favorites, values, the key for SSH.

use crate::cmd::Context;
use crate::cmd::scaffolds::chain;
use crate::diagnostic::{Exit, Failure, Problem, Span};
use crate::disk::{is_there, read_text};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file's name in `$CARGO_HOME`, and the name that it had once.
const NAMES: [&str; 2] = ["cargo-generate.toml", "cargo-generate"];

/// Values for placeholders, as TOML has them.
pub(super) type Values = BTreeMap<String, toml::Value>;

/// What the configuration says. Keys that are unknown mean nothing, as cargo-generate has it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub(super) struct Configuration {
    #[serde(default)]
    pub(super) defaults: Defaults,
    #[serde(default)]
    pub(super) favorites: BTreeMap<String, Favorite>,
    #[serde(default)]
    pub(super) values: Values,
}

/// What holds for every template.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub(super) struct Defaults {
    /// A private key for SSH.
    pub(super) ssh_identity: Option<PathBuf>,
}

/// Whether a git repository is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Vcs {
    None,
    Git,
}

/// A template under a short name.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub(super) struct Favorite {
    pub(super) description: Option<String>,
    pub(super) git: Option<String>,
    pub(super) path: Option<PathBuf>,
    pub(super) branch: Option<String>,
    pub(super) tag: Option<String>,
    pub(super) revision: Option<String>,
    pub(super) subfolder: Option<String>,
    #[serde(default)]
    pub(super) values: Values,
    pub(super) vcs: Option<Vcs>,
    pub(super) init: Option<bool>,
    pub(super) overwrite: Option<bool>,
}

/// The configuration: of the file that is named, else of the usual one, else none.
pub(super) fn configuration(
    named: Option<&String>,
    context: &Context<'_>,
) -> Result<Configuration, Failure> {
    let path = match named {
        Some(named) => context.path(named),
        None => match usual(context) {
            Some(path) => path,
            None => return Ok(Configuration::default()),
        },
    };
    let configuration: Configuration = read_toml(&path, "configuration")?;
    refuse_halves(&configuration, &path)?;
    Ok(configuration)
}

/// The usual file, if there is one.
fn usual(context: &Context<'_>) -> Option<PathBuf> {
    let home = match context.world.var("CARGO_HOME") {
        Some(home) => context.path(home),
        None => Path::new(context.world.var("HOME")?).join(".cargo"),
    };
    let paths = NAMES.map(|name| home.join(name));
    paths.into_iter().find(|path| is_there(path))
}

/// A favorite names one place.
fn refuse_halves(configuration: &Configuration, path: &Path) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for (name, favorite) in &configuration.favorites {
        let rule = match (&favorite.git, &favorite.path) {
            (Some(_), Some(_)) => "both `git` and `path`",
            (None, None) => "neither `git` nor `path`",
            _ => continue,
        };
        let name = name.escape_debug();
        problems.push(Problem::new(format!(
            "the favorite `{name}` has {rule}: `{}`",
            path.display()
        )));
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Invalid, problems))
}

/// A TOML file as a type; `what` is what the file is to the person.
pub(super) fn read_toml<T: DeserializeOwned>(path: &Path, what: &str) -> Result<T, Failure> {
    let shown = path.display().to_string();
    let text = read_text(path).map_err(|error| {
        Failure::refused(format!("the {what} `{shown}` cannot be read")).because(chain(&error))
    })?;
    toml::from_str(&text).map_err(|error| {
        let message = error.message().trim().replace('\n', ", ");
        let problem = Problem::new(format!("the {what} is not valid: {message}"));
        let problem = match error.span() {
            Some(range) => problem.at(Span {
                origin: shown.clone(),
                text: text.clone(),
                range,
            }),
            None => Problem::new(format!("the {what} `{shown}` is not valid: {message}")),
        };
        Failure::all(Exit::Invalid, vec![problem])
    })
}
