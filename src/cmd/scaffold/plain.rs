//! Plain templates, tried with values that a file or a flag gives: nobody is asked, no command runs, the clock stands still.

use crate::diagnostic::{Exit, Failure};
use crate::expand::{
    Entry, Expanded, HookCommand, HookSet, NotRun, Notice, Order, Place, Project, Provided,
    Question, Ran, Staged, Switch, Unanswered, Value, World, expand,
};
use crate::tree::{File, Mode, Tree};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where a plain template has its tests; `tests` may be a directory of the project.
pub(super) const PLAIN_TESTS: &str = ".floxwright/tests";

/// Who makes the project.
const USERNAME: &str = "Ada Example";
const AUTHORS: &str = "Ada Example <ada@example.org>";

/// The machine on which it is made.
const MACHINE: &str = "linux-x86_64";

/// What a template is tried with: the values file of a test.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tried {
    /// The name of the project.
    pub(super) name: Option<String>,
    /// The values of its placeholders.
    #[serde(default)]
    pub(super) values: BTreeMap<String, toml::Value>,
}

impl Tried {
    /// The values file `path`.
    ///
    /// # Errors
    /// What is no such file, with its place.
    pub(super) fn of_file(path: &str, text: &str) -> Result<Self, Failure> {
        toml::from_str(text).map_err(|error| {
            Failure::invalid(format!("`{path}` is no values file"))
                .because(error)
                .hint("it has a `name` and a table `values`")
        })
    }
}

/// Expands a template; `origin` says where the values come from. Its hooks run where `allow_hooks`.
pub(super) fn expanded(
    template: &Tree,
    (name, tried): (&str, &Tried),
    origin: &str,
    allow_hooks: bool,
) -> Result<Expanded, Failure> {
    let staged = Staged::of_tree(template)
        .map_err(|error| Failure::refused("the template cannot be read").because(error))?;
    let values = tried.values.iter().map(|(name, value)| {
        let (value, origin) = (value.clone(), origin.to_owned());
        (name.clone(), Provided { value, origin })
    });
    let order = Order {
        name: Some(tried.name.clone().unwrap_or_else(|| name.to_owned())),
        switches: [Switch::Silent].into(),
        values: values.collect(),
        authors: AUTHORS.to_owned(),
        username: USERNAME.to_owned(),
        os_arch: MACHINE.to_owned(),
        working_directory: "/template".to_owned(),
        destination: "/projects".to_owned(),
        ..Order::default()
    };
    expand(staged, &order, &mut Still { allow_hooks }).map_err(|mut failure| {
        if failure.exit == Exit::NeedsInput {
            failure.hints = vec![format!("{origin} gives values")];
        }
        failure
    })
}

/// The files of a project, with its links as texts.
pub(super) fn files(expanded: &Expanded) -> Tree {
    let mut tree = Tree::new();
    for (path, entry) in expanded.tree.iter() {
        let file = match entry {
            Entry::Directory => continue,
            Entry::Link(target) => File::text(format!("(link to {target})\n")),
            Entry::File(file) => File {
                bytes: file.bytes.clone(),
                mode: if file.mode & 0o100 == 0 {
                    Mode::Plain
                } else {
                    Mode::Executable
                },
            },
        };
        if let Ok(path) = path.parse() {
            tree.insert(path, file);
        }
    }
    tree
}

/// A world in which nothing happens.
struct Still {
    allow_hooks: bool,
}

impl World for Still {
    fn ask(&mut self, _: &Question, _: Option<&str>) -> Result<Value, Unanswered> {
        Err(Unanswered::Nobody)
    }

    fn place(&mut self, project: &Project) -> Result<Place, Failure> {
        Ok(Place {
            directory: format!("/projects/{}", project.directory),
            within_cargo_project: false,
        })
    }

    fn permit(&mut self, hooks: &HookSet) -> Result<(), Failure> {
        if self.allow_hooks {
            return Ok(());
        }
        Err(hooks.refusal())
    }

    fn confirm(&mut self, _: &str) -> Result<bool, Unanswered> {
        Ok(false)
    }

    fn run(&mut self, _: HookCommand) -> Result<Ran, NotRun> {
        Err(NotRun::Failed("a test runs no commands".to_owned()))
    }

    fn now(&mut self) -> i64 {
        0
    }

    fn tell(&mut self, _: &Notice) {}
}
