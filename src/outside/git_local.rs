//! Repositories of this machine, read in place by git's library: nothing is copied, no program started. Whatever the program might see
//! otherwise is left to it: attributes and settings that change files, submodules, kinds of repositories that the library does not know.

use super::git::configuration;
use super::git_clone::{At, Cloned, Wanted};
use super::git_program::is_local;
use super::world::World;
use crate::expand::{DEEPEST, MOST_BYTES, MOST_ENTRIES, Staged, StagedFile};
use crate::tree::is_git_name;
use git2::{Blob, Commit, Config, FileMode, ObjectType, Oid, Repository, Tree, TreeEntry};
use std::path::{Path, PathBuf};

/// Sections of git's configuration that do not change what a checkout holds, or whether it may be made.
const HARMLESS: [&str; 28] = [
    "advice",
    "alias",
    "author",
    "branch",
    "color",
    "column",
    "commit",
    "committer",
    "credential",
    "diff",
    "difftool",
    "format",
    "gc",
    "gpg",
    "grep",
    "gui",
    "help",
    "http",
    "init",
    "log",
    "maintenance",
    "merge",
    "mergetool",
    "pager",
    "pull",
    "push",
    "rebase",
    "user",
];

/// The same of single settings.
const HARMLESS_TOO: [&str; 6] = [
    "core.abbrev",
    "core.askpass",
    "core.editor",
    "core.excludesfile",
    "core.pager",
    "core.quotepath",
];

/// Variables of the environment that do not matter here either, by their beginnings.
const HARMLESS_VARIABLES: [&str; 11] = [
    "GIT_ASKPASS",
    "GIT_AUTHOR_",
    "GIT_COMMITTER_",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_EDITOR",
    "GIT_HTTP_",
    "GIT_PAGER",
    "GIT_SSH",
    "GIT_SSL_",
    "GIT_TERMINAL_PROMPT",
];

/// What a commit holds.
pub struct Local {
    /// Branch and commit.
    pub cloned: Cloned,
    /// Files, directories and links, as a checkout would have them.
    pub staged: Staged,
}

/// Reads what is wanted of a repository of this machine, with permissions as new files get them. `None` where only git itself can tell.
pub fn read(wanted: &Wanted, umask: u32, world: &World) -> Option<Local> {
    let path = place(wanted, world)?;
    let repository = Repository::open(&path).ok()?;
    if repository.is_shallow() || repository.is_worktree() {
        return None;
    }
    let (branch, commit) = commit(&repository, wanted)?;
    let mut reader = Reader {
        repository: &repository,
        umask,
        left: MOST_BYTES,
        local: Local {
            cloned: Cloned {
                branch,
                commit: commit.id().to_string(),
            },
            staged: Staged::new(),
        },
    };
    reader.directory(&commit.tree().ok()?, "", 0)?;
    Some(reader.local)
}

/// The directory of the repository, if it is one of this machine and nothing is set that changes how it is read.
fn place(wanted: &Wanted, world: &World) -> Option<PathBuf> {
    let address = wanted.address.as_str();
    let path = match address.strip_prefix("file://") {
        Some(path) if path.starts_with('/') && !path.contains('%') => Path::new(path),
        None if is_local(address) => Path::new(address),
        _ => return None,
    };
    let mut variables = world.env.keys().filter(|name| name.starts_with("GIT_"));
    let is_plain = variables.all(|name| {
        let mut harmless = HARMLESS_VARIABLES.iter();
        harmless.any(|harmless| name.starts_with(harmless))
    });
    if wanted.configuration.is_some() || !is_plain || has_attributes(world)? {
        return None;
    }
    let settings = [Config::open_default().ok()?, configuration(world)?];
    let is_plain = settings.iter().all(is_harmless);
    is_plain.then(|| world.cwd.join(path))
}

/// Whether the person has attributes of files besides those of repositories.
fn has_attributes(world: &World) -> Option<bool> {
    let directory = match world.var("XDG_CONFIG_HOME") {
        Some(path) => PathBuf::from(path),
        None => Path::new(world.var("HOME")?).join(".config"),
    };
    Some(directory.join("git/attributes").exists())
}

/// Whether no setting changes how a repository is read.
fn is_harmless(configuration: &Config) -> bool {
    let Ok(entries) = configuration.entries(None) else {
        return false;
    };
    let mut all_harmless = true;
    let each = entries.for_each(|entry| {
        let name = entry.name().unwrap_or_default();
        let section = name.split('.').next().unwrap_or_default();
        all_harmless &= HARMLESS.contains(&section) || HARMLESS_TOO.contains(&name);
    });
    each.is_ok() && all_harmless
}

/// The commit that is wanted, and its branch. Where names may mean several things, git decides.
fn commit<'a>(repository: &'a Repository, wanted: &Wanted) -> Option<(Option<String>, Commit<'a>)> {
    let of = |name: String| {
        let reference = repository.find_reference(&name).ok()?;
        reference.peel_to_commit().ok()
    };
    match &wanted.at {
        At::Head => {
            let head = repository.head().ok()?;
            let branch = head.shorthand().ok().filter(|_| head.is_branch());
            Some((branch.map(str::to_owned), head.peel_to_commit().ok()?))
        }
        At::Branch(name) => Some((Some(name.clone()), of(format!("refs/heads/{name}"))?)),
        At::Tag(name) => Some((None, of(format!("refs/tags/{name}"))?)),
        // A server shows no commits that no name leads to.
        At::Revision(_) if !is_local(&wanted.address) => None,
        At::Revision(name) => {
            let is_whole = name.len() == 40 && of(format!("refs/heads/{name}")).is_none();
            let id = Oid::from_str(name).ok().filter(|_| is_whole)?;
            Some((None, repository.find_commit(id).ok()?))
        }
    }
}

struct Reader<'a> {
    repository: &'a Repository,
    umask: u32,
    /// So many bytes may still come.
    left: u64,
    local: Local,
}

impl Reader<'_> {
    fn directory(&mut self, tree: &Tree<'_>, prefix: &str, depth: usize) -> Option<()> {
        for entry in tree {
            let name = entry.name().ok()?;
            let is_special = is_git_name(name) || name.contains('\\') || name == ".gitattributes";
            if is_special || (name == ".gitmodules" && depth == 0) || depth >= DEEPEST {
                return None;
            }
            let path = format!("{prefix}{name}");
            self.entry(&entry, &path, depth)?;
            if self.local.staged.len() > MOST_ENTRIES {
                return None;
            }
        }
        Some(())
    }

    fn entry(&mut self, entry: &TreeEntry<'_>, path: &str, depth: usize) -> Option<()> {
        let object = entry.to_object(self.repository).ok()?;
        if entry.kind() == Some(ObjectType::Tree) {
            self.local.staged.insert_directory(path).ok()?;
            let tree = object.as_tree()?;
            return self.directory(tree, &format!("{path}/"), depth + 1);
        }
        let blob = object.as_blob()?;
        self.left = self.left.checked_sub(blob.size() as u64)?;
        if entry.filemode() == i32::from(FileMode::Link) {
            let target = std::str::from_utf8(blob.content()).ok()?;
            return self.local.staged.insert_link(path, target).ok();
        }
        let file = self.file(entry, blob);
        self.local.staged.insert_file(path, file).ok()
    }

    fn file(&self, entry: &TreeEntry<'_>, blob: &Blob<'_>) -> StagedFile {
        let is_program = entry.filemode() == i32::from(FileMode::BlobExecutable);
        let mode = if is_program { 0o777 } else { 0o666 };
        StagedFile {
            bytes: blob.content().to_vec(),
            mode: mode & !self.umask,
        }
    }
}
