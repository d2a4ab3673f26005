//! Where a project comes from, as it says itself, and where its template is now.

use super::super::configuration::Configuration;
use super::super::record::{FILE, Record, address};
use super::super::source::{Place, at, source};
use crate::cmd::Context;
use crate::diagnostic::{Exit, Failure};
use crate::disk::{is_directory, is_there};
use crate::outside::git_clone::At;
use clap::ArgMatches;
use std::path::Path;

/// Where a project comes from.
pub(super) struct Origin {
    pub(super) place: Place,
    /// The place as the project says it.
    pub(super) address: String,
    /// The commit that the project is made of; `None` where it keeps itself what it is made of.
    pub(super) commit: Option<String>,
    /// The directory of the template inside it.
    pub(super) directory: Option<String>,
}

/// Where the template is now.
pub(super) struct Now {
    pub(super) place: Place,
    /// The place as the project says it from now on.
    pub(super) address: String,
    pub(super) at: At,
    /// The directory of the template inside it.
    pub(super) directory: Option<String>,
    /// Whether it is said to be another place than the recorded one.
    pub(super) is_moved: bool,
}

/// Where a project comes from by what is recorded.
pub(super) fn origin(record: &Record) -> Result<Origin, Failure> {
    let template = record.template.clone();
    let (place, address): (fn(String) -> Place, _) =
        match (template.git, template.path, template.built_in) {
            (Some(address), ..) => (Place::Git, address),
            (None, Some(path), _) => (|path| Place::Directory(path.into()), path),
            (None, None, Some(name)) => (Place::BuiltIn, name),
            (None, None, None) => {
                return Err(Failure::invalid(format!(
                    "`{FILE}` does not say which template the project has"
                ))
                .hint("`git`, `path` or `built-in` in its table `template` does"));
            }
        };
    Ok(Origin {
        place: place(address.clone()),
        address,
        commit: template.commit,
        directory: template.directory,
    })
}

/// Where the template is now: where the command line says, else where it was.
pub(super) fn now(
    matches: &ArgMatches,
    configuration: &Configuration,
    (record, origin): (&Record, &Origin),
    context: &Context<'_>,
) -> Result<Now, Failure> {
    let at = at(matches).unwrap_or_else(|| record.template.at());
    let is_said = |flag: &str| matches.contains_id(flag);
    if !is_said("git") && !is_said("path") {
        if is_said("template") {
            return Err(Failure::invalid(
                "`--update` follows the recorded template, and none is named beside it",
            )
            .hint("`--git ADDRESS` or `--path DIR` says where it is now"));
        }
        return Ok(Now {
            place: origin.place.clone(),
            address: origin.address.clone(),
            at,
            directory: origin.directory.clone(),
            is_moved: false,
        });
    }
    let cwd = &context.world.cwd;
    let said = source(matches, configuration, &|path| {
        is_directory(&cwd.join(path))
    });
    let address = address(&said.place, cwd, cwd);
    Ok(Now {
        is_moved: said.place != origin.place,
        place: said.place,
        address,
        at,
        directory: said.subfolder.or_else(|| origin.directory.clone()),
    })
}

impl Now {
    /// The places that may have the recorded commit, the likeliest first.
    pub(super) fn with_history(&self, origin: &Origin, root: &Path) -> Vec<Place> {
        let mut places = Vec::new();
        match &self.place {
            Place::Git(_) => places.push(self.place.clone()),
            // A directory may be a repository as well.
            Place::Directory(path) if is_there(&root.join(path).join(".git")) => {
                places.push(Place::Git(path.to_string_lossy().into_owned()));
            }
            Place::Directory(_) | Place::BuiltIn(_) => {}
        }
        if !places.contains(&origin.place) {
            places.push(origin.place.clone());
        }
        places
    }

    /// The failure of a run that does not get at the template.
    pub(super) fn missed(&self, failure: Failure) -> Failure {
        match failure.exit {
            Exit::Refused if self.is_moved => failure,
            Exit::Refused => failure.hint(
                "if the template is elsewhere now, `--git ADDRESS` or `--path DIR` says where",
            ),
            _ => failure,
        }
    }
}

impl Origin {
    /// The failure of a run that does not get at the commit that the project is made of.
    pub(super) fn lost(&self, failure: Failure) -> Failure {
        let Some(commit) = self
            .commit
            .as_ref()
            .filter(|_| failure.exit == Exit::Refused)
        else {
            return failure;
        };
        failure
            .hint(format!(
                "the project is made of the commit {commit}: without it nobody can tell your changes from the template's"
            ))
            .hint(format!(
                "a copy that has it brings it back: `git push ADDRESS {commit}:refs/heads/NAME`; else `commit` in `{FILE}` may name another, of which nearly the same was made"
            ))
    }
}
