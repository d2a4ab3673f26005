//! `cargo-generate.toml`: what it says, with the place of everything that is wrong. Unknown keys are passed over, as cargo-generate does.

mod lists;
mod placeholder;
mod reader;

pub(super) use lists::place_of;
pub(super) use placeholder::{Placeholder, Shape, fits};
pub(super) use reader::read;

use super::expanded::Vcs;
use crate::diagnostic::Problem;

/// The name of the file.
pub(super) const CONFIG: &str = "cargo-generate.toml";

/// Placeholders in the order of the file; one that is not valid is a problem only where it is asked for.
pub(super) type Placeholders = Vec<(String, Result<Placeholder, Problem>)>;

/// What a configuration says.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    /// `template`.
    pub(super) template: Template,
    /// `hooks`.
    pub(super) hooks: Hooks,
    /// `placeholders`.
    pub(super) placeholders: Placeholders,
    /// `conditional`.
    pub(super) conditionals: Vec<Conditional>,
}

/// `template`.
#[derive(Clone, Debug, Default)]
pub(super) struct Template {
    /// The directories that are templates of their own.
    pub(super) sub_templates: Option<Vec<String>>,
    /// What is rendered and what is left out.
    pub(super) rules: Rules,
    /// What the template decides about version control.
    pub(super) vcs: Option<Vcs>,
    /// Whether the project is made in the destination itself.
    pub(super) init: Option<bool>,
    /// The versions of cargo-generate that the template is for, with its problem where none is met.
    pub(super) version: Option<(semver::VersionReq, Problem)>,
}

/// What is rendered and what is left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    /// Only these are rendered.
    pub(super) include: Option<Vec<String>>,
    /// These are not rendered.
    pub(super) exclude: Option<Vec<String>>,
    /// These are taken away.
    pub(super) ignore: Option<Vec<String>>,
}

/// `hooks`.
#[derive(Clone, Debug, Default)]
pub(super) struct Hooks {
    /// Before the name is known.
    pub(super) init: Vec<String>,
    /// Before anything is rendered.
    pub(super) pre: Vec<String>,
    /// After everything is rendered.
    pub(super) post: Vec<String>,
}

/// What is no script among the hooks, but asks for Rust's formatter, from cargo-generate 0.26 on.
pub(super) const FMT: &str = "fmt";

impl Hooks {
    /// Takes the word for the formatter out; the phases in which it stood.
    pub(super) fn take_formatter(&mut self) -> Vec<&'static str> {
        let lists = [
            ("init", &mut self.init),
            ("pre", &mut self.pre),
            ("post", &mut self.post),
        ];
        let lists = lists.into_iter().filter_map(|(phase, scripts)| {
            let before = scripts.len();
            scripts.retain(|script| script != FMT);
            (scripts.len() < before).then_some(phase)
        });
        lists.collect()
    }

    /// All scripts, in the order in which they run.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.init.iter().chain(&self.pre).chain(&self.post)
    }
}

/// One entry of `conditional`.
#[derive(Clone, Debug)]
pub(super) struct Conditional {
    /// The expression.
    pub(super) condition: String,
    /// What holds where it is true.
    pub(super) rules: Rules,
    /// What is asked for where it is true.
    pub(super) placeholders: Option<Placeholders>,
}
