//! The checkout of nixpkgs that the packages go into: what it has, and what becomes of it.

use crate::cmd::{Context, scaffolds};
use crate::diagnostic::{Exit, Failure, Problem, did_you_mean};
use crate::disk::{self, DiskError};
use crate::generate::Exported;
use crate::nix::{TopSet, is_identifier};
use crate::plan::Plan;
use crate::python::PyName;
use crate::tree::{File, RelPath, Tree};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The list of Python packages.
const LIST: &str = "pkgs/top-level/python-packages.nix";

/// The list of those who maintain packages.
const MAINTAINERS: &str = "maintainers/maintainer-list.nix";

/// A checkout of nixpkgs.
pub(super) struct Nixpkgs {
    pub(super) root: PathBuf,
    /// As the person gave it.
    pub(super) shown: String,
    list_path: RelPath,
    list: String,
    names: BTreeSet<String>,
}

impl Nixpkgs {
    /// Reads what a checkout has.
    pub(super) fn read(shown: &str, context: &Context<'_>) -> Result<Self, Failure> {
        let root = context.path(shown);
        let broken = |cause: String| {
            Failure::refused(format!("`{LIST}` of `{shown}` cannot be worked on")).because(cause)
        };
        let list = disk::read_text(&root.join(LIST)).map_err(|error| match error {
            DiskError::Io { ref source, .. } if is_absent(source) => Failure::refused(format!(
                "`{}` is no checkout of nixpkgs",
                shown.escape_debug()
            ))
            .because(format!("there is no `{LIST}` in it"))
            .hint("`git clone` it from its repository, and give its top directory"),
            other => broken(scaffolds::chain(&other)),
        })?;
        let names = TopSet::of(&list)
            .map_err(|error| broken(error.to_string()))?
            .names();
        Ok(Self {
            list_path: LIST.parse().map_err(|error| broken(format!("{error}")))?,
            root,
            shown: shown.to_owned(),
            list,
            names,
        })
    }

    /// Refuses a maintainer whom nixpkgs does not know.
    pub(super) fn knows_maintainer(&self, handle: &str) -> Result<(), Failure> {
        if handle.is_empty() {
            return Ok(());
        }
        if !is_identifier(handle) {
            return Err(Failure::invalid(format!(
                "`--maintainer`: `{}` cannot be a name in nixpkgs' list",
                handle.escape_debug()
            )));
        }
        let Ok(text) = disk::read_text(&self.root.join(MAINTAINERS)) else {
            return Ok(());
        };
        let known = TopSet::of(&text).map(|set| set.names()).unwrap_or_default();
        if known.is_empty() || known.contains(handle) {
            return Ok(());
        }
        let near = did_you_mean(handle, known.iter().map(String::as_str))
            .map(|near| format!("; did you mean `{near}`?"));
        Err(Failure::refused(format!(
            "`--maintainer`: `{MAINTAINERS}` has no `{handle}`{}",
            near.unwrap_or_default()
        ))
        .hint("add yourself there first, in a commit of its own: nixpkgs asks for it"))
    }

    /// What of the packages this nixpkgs lacks. What was asked for and is there is refused; what came along and is there is left
    /// alone, if it is what the others require.
    pub(super) fn lacking(
        &self,
        all: Vec<Exported>,
        wanted: &BTreeSet<PyName>,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Exported>, Failure> {
        let mut problems = Vec::new();
        let mut lacking = Vec::new();
        for package in all {
            let name = &package.name;
            let found = disk::read_text(&self.root.join(package.path.as_str())).ok();
            if found.is_none() && !self.names.contains(name.as_str()) {
                lacking.push(package);
                continue;
            }
            let version = found.as_deref().and_then(version);
            let version = version.as_deref();
            let there = match version {
                Some(version) => format!("`{name}` is there already, at {version}"),
                None => format!("`{name}` is there already"),
            };
            if wanted.contains(name) {
                problems.push(Problem::new(there));
            } else if package.is_third_party || version == Some(package.version.as_str()) {
                notes.push(format!("{there}: it stays as it is"));
            } else {
                problems.push(Problem::new(format!(
                    "{there}, and the packages of the release require {}",
                    package.version
                )));
            }
        }
        if problems.is_empty() {
            return Ok(lacking);
        }
        let failure = Failure::all(Exit::Refused, problems);
        Err(failure.hint(
            "what nixpkgs has is not written over: update it there by hand, or name other packages, or the release that is there",
        ))
    }

    /// Notes the attributes that the files name and this nixpkgs does not have.
    pub(super) fn note_missing(&self, exported: &[Exported], notes: &mut Vec<String>) {
        let here: BTreeSet<&str> = exported
            .iter()
            .map(|package| package.name.as_str())
            .collect();
        for package in exported {
            let missing = package
                .named
                .iter()
                .filter(|name| !self.names.contains(*name) && !here.contains(name.as_str()));
            notes.extend(missing.map(|name| {
                format!(
                    "{}: `{LIST}` does not bind `{name}`, which it requires; Nix says whether it comes from elsewhere",
                    package.name
                )
            }));
        }
    }

    /// The whole change.
    pub(super) fn plan(&self, exported: &[Exported]) -> Plan {
        let mut before = Tree::new();
        before.insert(self.list_path.clone(), File::text(self.list.clone()));
        Plan::between(&before, &self.after(exported))
    }

    /// The files as they are after these packages: their own, and the list.
    pub(super) fn after(&self, exported: &[Exported]) -> Tree {
        let bindings: Vec<(String, String)> = exported
            .iter()
            .map(|package| (package.name.to_string(), package.binding.clone()))
            .collect();
        let list = TopSet::of(&self.list).map(|set| set.with(&bindings));
        let files = exported
            .iter()
            .map(|package| (package.path.clone(), File::text(package.text.clone())));
        let list = list.unwrap_or_else(|_| self.list.clone());
        files
            .chain([(self.list_path.clone(), File::text(list))])
            .collect()
    }
}

/// The version that a package's file says.
fn version(text: &str) -> Option<String> {
    TopSet::of(text).ok()?.string("version")
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
    )
}
