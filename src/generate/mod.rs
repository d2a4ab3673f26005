//! From the lock to the files: renders a scaffold's outputs. Pure; the result is a tree in memory that has been verified.

mod digest;
mod export;
mod sample;
mod seen;
mod verify;
mod view;

pub use export::{Export, Exported, export};
pub use sample::{Sample, sample};
pub use seen::seen;
pub use verify::{Invalid, check, is_parsed};

use crate::model::{Intent, Lock, LockedFile, Owner};
use crate::nixpkgs::Index;
use crate::python::PyName;
use crate::scaffold::{Output, OutputScope, Scaffold};
use crate::template::{Engine, TemplateError};
use crate::tree::{File, RelPath, RelPathError, Tree, is_git_name};
use crate::workspace;
use liquid::Object;
use view::View;

/// Where the texts stand that floxwright last made.
pub const BASE: &str = ".floxwright/base";

/// What the templates of one package call it. It joins the values of all, which are many and are not copied for it.
const PACKAGE: &str = "package";

/// Why no tree came out. All of these are faults of a scaffold, not of the person.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// A template failed.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A template's path is none.
    #[error("the output `{output}` has no usable path: {cause}")]
    Path {
        /// The output's id.
        output: String,
        /// What is wrong with it.
        cause: RelPathError,
    },
    /// An output goes where only git, Flox or floxwright write.
    #[error(
        "the output `{output}` goes to `{path}`, where only git, Flox or floxwright itself write"
    )]
    Reserved {
        /// The output's id.
        output: String,
        /// Its path.
        path: RelPath,
    },
    /// Two outputs have one path.
    #[error("two outputs have the path `{0}`")]
    Twice(RelPath),
    /// A path is a file and a directory at once: what the person named meets what the scaffold names.
    #[error("`{file}` is a file, and `{below}` would lie in it")]
    Below {
        /// The file.
        file: String,
        /// What would lie in it.
        below: RelPath,
    },
    /// A generated file is not what its name says.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The scaffold has no form for nixpkgs itself.
    #[error("the scaffold has no template for nixpkgs: `nixpkgs` of scaffold.toml names it")]
    NoNixpkgs,
    /// The values cannot be handed to the templates.
    #[error("the values cannot be handed to the templates: {0}")]
    Values(String),
}

/// Renders all outputs. The tree holds the intent, the lock and the base as well; the lock that is returned names the files.
///
/// # Errors
/// A template that fails, a path that is none, a file that does not parse.
pub fn generate(
    intent: &Intent,
    lock: &Lock,
    scaffold: &Scaffold,
    index: &Index,
) -> Result<(Tree, Lock), GenerateError> {
    let (mut tree, lock) = outputs(intent, lock, (scaffold, index), &|_| true)?;
    with_own(&mut tree, &lock, intent)?;
    Ok((tree, lock))
}

/// Renders the outputs that are wanted, and nothing of floxwright's own; the lock that is returned names their files besides those
/// that it named before.
///
/// # Errors
/// A template that fails, a path that is none, a file that does not parse.
pub fn outputs(
    intent: &Intent,
    lock: &Lock,
    (scaffold, index): (&Scaffold, &Index),
    is_wanted: &dyn Fn(&Output) -> bool,
) -> Result<(Tree, Lock), GenerateError> {
    let view = View::new(intent, lock, scaffold, index);
    let mut rendering = Rendering {
        engine: Engine::new(&scaffold.templates)?,
        scaffold,
        tree: Tree::new(),
        lock: lock.clone(),
    };
    each(&view, is_wanted, |output, package, values| {
        let id = package.map_or_else(|| output.id.clone(), |name| format!("{}/{name}", output.id));
        rendering.add(output, &id, values)
    })?;
    Ok((rendering.tree, rendering.lock))
}

/// Hands over each wanted output with the values that its template sees: once, or once for each package or third party, with its name.
fn each(
    view: &View<'_>,
    is_wanted: &dyn Fn(&Output) -> bool,
    mut take: impl FnMut(&Output, Option<&PyName>, &Object) -> Result<(), GenerateError>,
) -> Result<(), GenerateError> {
    let mut values = view.workspace_values().map_err(GenerateError::Values)?;
    for output in view.scaffold.outputs.iter().filter(|one| is_wanted(one)) {
        if output.scope == OutputScope::Workspace {
            take(output, None, &values)?;
            continue;
        }
        let packages = view.package_values(output.scope);
        for (name, package) in packages.map_err(GenerateError::Values)? {
            values.insert(PACKAGE.into(), package);
            take(output, Some(&name), &values)?;
        }
        values.remove(PACKAGE);
    }
    Ok(())
}

/// Adds what is floxwright's own to the outputs: the intent, the lock and the base. The first two are valid by construction and not
/// parsed again; a lock is large.
///
/// # Errors
/// A path that is a file and a directory at once.
pub fn with_own(tree: &mut Tree, lock: &Lock, intent: &Intent) -> Result<(), GenerateError> {
    no_file_in_a_file(tree)?;
    for (path, file) in base(tree, lock)? {
        tree.insert(path, file);
    }
    let intent = workspace::intent_text(intent);
    for (path, text) in [
        (workspace::INTENT_FILE.to_owned(), intent.clone()),
        (base_intent(), intent),
        (workspace::LOCK_FILE.to_owned(), workspace::lock_text(lock)),
    ] {
        let text = format!("{}\n", text.trim_end());
        tree.insert(own_path(&path)?, File::text(text));
    }
    Ok(())
}

/// Where the intent stands that the lock was made from.
pub fn base_intent() -> String {
    format!("{BASE}/{}", workspace::INTENT_FILE)
}

/// What has been rendered so far.
struct Rendering<'a> {
    engine: Engine,
    scaffold: &'a Scaffold,
    tree: Tree,
    lock: Lock,
}

impl Rendering<'_> {
    /// Renders one output, if its condition holds, and puts it into the tree and the lock.
    fn add(&mut self, output: &Output, id: &str, values: &Object) -> Result<(), GenerateError> {
        if !is_wanted(&self.engine, output, values)? {
            return Ok(());
        }
        let path = self.engine.render(&output.id, &output.path, values)?;
        let path: RelPath = path.parse().map_err(|cause| GenerateError::Path {
            output: id.to_owned(),
            cause,
        })?;
        if is_reserved(&path) {
            return Err(GenerateError::Reserved {
                output: id.to_owned(),
                path,
            });
        }
        let template = self.scaffold.templates.text(&output.template);
        let text = self
            .engine
            .render(&output.template, template.unwrap_or_default(), values)?;
        let text = verify::formatted(&path, &text)?;
        let locked = LockedFile {
            id: id.to_owned(),
            owner: output.owner,
            sha256: digest::sha256_hex(text.as_bytes()),
        };
        self.lock.files.insert(path.clone(), locked);
        let file = File::text(text).with_mode(output.mode);
        match self.tree.insert(path.clone(), file) {
            None => Ok(()),
            Some(_) => Err(GenerateError::Twice(path)),
        }
    }
}

/// Whether the condition of an output holds.
fn is_wanted(engine: &Engine, output: &Output, values: &Object) -> Result<bool, TemplateError> {
    let condition = output.when.as_ref();
    condition.map_or(Ok(true), |condition| engine.holds(condition, values))
}

/// Every directory of the tree is a directory only, and not one of floxwright's own files.
fn no_file_in_a_file(tree: &Tree) -> Result<(), GenerateError> {
    for below in tree.paths() {
        let directories = std::iter::successors(below.parent(), |path| {
            path.rsplit_once('/').map(|(parent, _)| parent)
        });
        let own = [workspace::INTENT_FILE, workspace::LOCK_FILE];
        let is_file = |path: &&str| own.contains(path) || tree.text(path).is_some();
        if let Some(file) = directories.into_iter().find(is_file) {
            return Err(GenerateError::Below {
                file: file.to_owned(),
                below: below.clone(),
            });
        }
    }
    Ok(())
}

/// Whether only git, Flox or floxwright itself write there. Some file systems do not tell `.GIT` from `.git`.
fn is_reserved(path: &RelPath) -> bool {
    let lower = path.as_str().to_lowercase();
    let local = [
        ".flox/run/",
        ".flox/cache/",
        ".flox/lib/",
        ".flox/log/",
        ".floxwright/",
    ];
    path.components().any(is_git_name)
        || local.iter().any(|directory| lower.starts_with(directory))
        || [workspace::INTENT_FILE, workspace::LOCK_FILE].contains(&lower.as_str())
}

/// The base: every file that is kept up to date, as it was made.
fn base(tree: &Tree, lock: &Lock) -> Result<Vec<(RelPath, File)>, GenerateError> {
    let kept = tree.iter().filter(|(path, _)| {
        lock.files
            .get(*path)
            .is_some_and(|file| file.owner == Owner::Generated)
    });
    kept.map(|(path, file)| Ok((own_path(&format!("{BASE}/{path}"))?, file.clone())))
        .collect()
}

fn own_path(path: &str) -> Result<RelPath, GenerateError> {
    path.parse().map_err(|cause| GenerateError::Path {
        output: path.to_owned(),
        cause,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_file_or_a_directory() {
        for (fixture, good) in [
            ("//- a\n//- b/c\n//- b/d/e\n", true),
            ("//- a\n//- a/b\n", false),
            ("//- a\n//- a-b\n//- a/b/c\n", false),
            ("//- floxwright.toml/a\n", false),
        ] {
            let tree = Tree::from_fixture(fixture).unwrap();
            assert_eq!(no_file_in_a_file(&tree).is_ok(), good, "{fixture}");
        }
    }

    #[test]
    fn a_scaffold_does_not_write_where_others_do() {
        for (path, reserved) in [
            (".git/hooks/post-commit", true),
            ("docs/.GIT/config", true),
            (".flox/run/x", true),
            (".floxwright/base/README.md", true),
            ("floxwright.toml", true),
            (".gitignore", false),
            (".flox/pkgs/a.nix", false),
            (".github/workflows/build.yml", false),
        ] {
            assert_eq!(is_reserved(&path.parse().unwrap()), reserved, "{path}");
        }
    }
}
