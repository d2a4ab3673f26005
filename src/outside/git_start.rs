//! The beginning of a repository: an empty one, with the branch that the first commit goes to; and what git knows of who works.

use super::git::{GitError, Verb, configuration};
use super::world::World;
use git2::{ConfigLevel, Repository, RepositoryInitOptions, RepositoryOpenFlags};
use std::path::Path;

/// Makes an empty repository in `root`, without a template directory. A repository that is there stays as it is.
///
/// # Errors
/// Anything that git refuses.
pub fn start(root: &Path, branch: &str) -> Result<(), GitError> {
    if Repository::open(root).is_ok() {
        return Ok(());
    }
    let mut options = RepositoryInitOptions::new();
    options.initial_head(branch).external_template(false);
    Repository::init_opts(root, &options)
        .map(drop)
        .verb("make the repository")
}

/// The branch that the person wants repositories to begin with.
pub fn first_branch(world: &World) -> Option<String> {
    let name = configuration(world)?
        .get_string("init.defaultBranch")
        .ok()?;
    Some(name).filter(|name| git2::Branch::name_is_valid(name).unwrap_or_default())
}

/// `user.name` and `user.email` of the repository around the working directory, else of the person.
pub fn author(world: &World) -> (Option<String>, Option<String>) {
    let none: [&Path; 0] = [];
    let repository = Repository::open_ext(&world.cwd, RepositoryOpenFlags::empty(), none).ok();
    let local = repository.and_then(|repository| {
        let configuration = repository.config().ok()?;
        configuration.open_level(ConfigLevel::Local).ok()
    });
    let person = configuration(world);
    let of = |key: &str| {
        let from_local = local.as_ref().and_then(|local| local.get_string(key).ok());
        from_local.or_else(|| person.as_ref()?.get_string(key).ok())
    };
    (of("user.name"), of("user.email"))
}
