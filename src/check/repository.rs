//! What was read of a repository, and what is known of what it packages. It is read once, and every rule looks at the same.

use super::package::{Package, packages};
use super::subject::Subject;
use crate::adopt::{Read, Role, Survey, is_upstream};
use crate::nixpkgs::Index;
use crate::recipe::{Fetch, Gives, Recipe};
use crate::scaffold::Scaffold;
use crate::tree::{Kind, RelPath, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// What git says of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Git {
    /// Files that are neither tracked nor ignored.
    pub untracked: BTreeSet<RelPath>,
    /// Files that are ignored, and not tracked.
    pub ignored: BTreeSet<RelPath>,
    /// Tracked files that are not as they were committed.
    pub changed: BTreeSet<RelPath>,
    /// How the branch stands to a server.
    pub branch: Branch,
    /// Where this repository is in the git repository; empty where it is the top of it.
    pub below: String,
}

/// How the branch that is checked out stands to a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Branch {
    /// The server has what is committed, as far as that is known here.
    #[default]
    Pushed,
    /// Nothing is committed yet.
    Unborn,
    /// A commit is checked out, and no branch.
    Detached,
    /// It follows no branch of a server.
    Alone(String),
    /// It has so many commits that the server lacks.
    Ahead(String, usize),
}

/// A package that Nix cannot evaluate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unevaluated {
    /// The package, as attributes with dots between; empty where it is not known which one.
    pub package: String,
    /// What is wrong, in Nix's words.
    pub message: String,
    /// Where: file, line and column, both from 1.
    pub place: Option<(RelPath, usize, usize)>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Every regular file that matters.
    pub files: Tree,
    /// What is no regular file.
    pub others: BTreeMap<RelPath, Kind>,
    /// What cannot be read, and why.
    pub unreadable: BTreeMap<RelPath, String>,
    /// The one file that is meant, where its text was handed over.
    pub stdin: Option<RelPath>,
    /// What the directory is called.
    pub directory: String,
    /// What git says; nothing where there is no git.
    pub git: Option<Git>,
    /// What Nix cannot evaluate, where it was asked.
    pub unevaluated: Vec<Unevaluated>,
    /// Documents of floxwright's own that are not what they would be now, and why.
    pub stale: BTreeMap<RelPath, String>,
}

impl Found {
    /// Whether it is not known if there is such a file: it cannot be read itself, or a directory on the way to it is none or cannot be
    /// read.
    pub fn is_hidden(&self, path: &str) -> bool {
        let mut unreadable = self.unreadable.keys().chain(self.others.keys());
        unreadable.any(|other| {
            let rest = path.strip_prefix(other.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// A repository, read.
pub struct Repository<'a> {
    /// What its Nix files say, and its other files.
    pub survey: &'a Survey,
    /// Everything that was found, as it was read.
    pub found: &'a Found,
    /// Whose packages they are. Where none is recognised, none of the files is one of its.
    pub scaffold: &'a Scaffold,
    /// What is known of nixpkgs.
    pub index: &'a Index,
    /// What is packaged: release, Python, systems.
    pub subject: &'a Subject<'a>,
    /// The packages of the upstream that are built, with what their release says of them.
    pub packages: Vec<Package<'a>>,
}

impl<'a> Repository<'a> {
    /// The repository, with its packages put beside what their release says.
    pub fn new(
        survey: &'a Survey,
        (scaffold, index): (&'a Scaffold, &'a Index),
        subject: &'a Subject<'a>,
        found: &'a Found,
    ) -> Self {
        let packages = packages(survey, scaffold, index, subject);
        Self {
            survey,
            found,
            scaffold,
            index,
            subject,
            packages,
        }
    }

    /// The Nix files that could be read.
    pub(super) fn recipes(&self) -> impl Iterator<Item = (&'a RelPath, &'a Read)> {
        let recipes = self.survey.recipes.iter();
        recipes.filter(|(_, read)| read.recipe.fault.is_none())
    }

    /// Whether a fetch is one of the upstream's monorepo.
    pub(super) fn is_source(&self, fetch: &Fetch) -> bool {
        is_upstream(fetch, self.scaffold)
    }

    /// Whether a name that a file uses means the monorepo's source: by a binding of the file, or by another file.
    pub(super) fn gives_source(&self, name: &str, recipe: &Recipe) -> bool {
        let mut bound = recipe.fetches.iter();
        let is_bound =
            bound.any(|fetch| fetch.binding.as_deref() == Some(name) && self.is_source(fetch));
        let mut files = self.recipes();
        // The file that floxwright makes takes the source from the release's own file.
        let is_kept = |read: &Read| {
            let is_fetch = matches!(read.recipe.gives, Gives::Fetch(_));
            is_fetch && read.text.contains("inherit (release.source)")
        };
        is_bound
            || files.any(|(path, read)| {
                package_name(path) == name && (read.role == Role::Source || is_kept(read))
            })
    }

    /// Whether a name that a file uses means a Python package: one of the upstream, or one that a file builds.
    pub(super) fn is_python_package(&self, name: &str, recipe: &Recipe) -> bool {
        let is_ours = name
            .parse()
            .is_ok_and(|name| self.scaffold.catalogue.packages.contains_key(&name));
        let is_built = |recipe: &Recipe| {
            let mut builds = recipe.builds.iter();
            builds.any(|build| build.is_python() && build.name() == Some(name))
        };
        is_ours || is_built(recipe) || self.recipes().any(|(_, read)| is_built(&read.recipe))
    }
}

/// The name of the package that a file gives.
pub(super) fn package_name(path: &RelPath) -> String {
    let name = match path.name() {
        "default.nix" => path.parent().and_then(|parent| parent.rsplit('/').next()),
        name => name.strip_suffix(".nix"),
    };
    name.unwrap_or_default().to_owned()
}
