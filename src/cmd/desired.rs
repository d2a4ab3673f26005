//! From an intent to the files that it wants, in memory: resolve, then generate. Every command that makes or changes a repository
//! goes this way.

use super::facts::{self, Settled};
use super::{Context, kept, upstream};
use crate::ask::Field;
use crate::diagnostic::Failure;
use crate::generate::{self, GenerateError, with_own};
use crate::model::{Intent, Lock};
use crate::nixpkgs::Index;
use crate::scaffold::{Output, Scaffold};
use crate::tree::Tree;

/// What an intent leads to.
#[derive(Debug)]
pub(super) struct Desired {
    /// Every file, with the intent, the lock, the base, and what is kept of facts.
    pub(super) tree: Tree,
    /// The lock, with its files.
    pub(super) lock: Lock,
    /// What the person ought to know, one sentence each.
    pub(super) notes: Vec<String>,
}

/// Resolves the intent, reading from the package index what has to be read, and renders the files.
pub(super) fn desired(
    intent: &Intent,
    scaffold: &Scaffold,
    index: &Index,
    settled: &Settled,
    context: &Context<'_>,
) -> Result<Desired, Failure> {
    let scaffold = upstream::provided(scaffold, intent, context)?;
    let found = facts::resolve(intent, &scaffold, index, settled, context)?;
    let (mut tree, lock) = render(intent, &found.resolution.lock, &scaffold, index)?;
    for (path, file) in kept::files(intent, &lock, &scaffold, &found)? {
        tree.insert(path, file);
    }
    let mut notes = found.resolution.notes;
    notes.extend(super::repository::unused_patches(&intent.patches, &lock));
    Ok(Desired { tree, lock, notes })
}

/// Renders the files that a lock wants.
pub(super) fn render(
    intent: &Intent,
    lock: &Lock,
    scaffold: &Scaffold,
    index: &Index,
) -> Result<(Tree, Lock), Failure> {
    let (mut tree, lock) = outputs(intent, lock, (scaffold, index), &|_| true)?;
    with_own(&mut tree, &lock, intent).map_err(|error| invalid(error, scaffold))?;
    Ok((tree, lock))
}

/// Renders the outputs that are wanted, and nothing of floxwright's own.
pub(super) fn outputs(
    intent: &Intent,
    lock: &Lock,
    (scaffold, index): (&Scaffold, &Index),
    is_wanted: &dyn Fn(&Output) -> bool,
) -> Result<(Tree, Lock), Failure> {
    let index = index.clone().corrected(&intent.index_corrections);
    let rendered = generate::outputs(intent, lock, (scaffold, &index), is_wanted);
    rendered.map_err(|error| invalid(error, scaffold))
}

/// What did not come out of a scaffold.
pub(super) fn invalid(error: GenerateError, scaffold: &Scaffold) -> Failure {
    match error {
        GenerateError::Below { .. } => Failure::invalid(error.to_string()).hint(format!(
            "`{}` takes another directory",
            Field::DocumentsDir.flag()
        )),
        _ => Failure::refused(format!(
            "the scaffold `{}` does not give valid files",
            scaffold.name
        ))
        .because(error)
        .hint("this is a fault of the scaffold, not of what was asked for"),
    }
}
