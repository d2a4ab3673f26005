//! What a repository keeps of a release and of third parties: reading it, and what it becomes.

use super::facts::Found;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::{Intent, Lock};
use crate::python::PyName;
use crate::scaffold::{
    Kept, KeptThirdParties, RELEASE_FILE, Release, ReleasedPackage, Scaffold, THIRD_PARTY_FILE,
};
use crate::tree::{File, RelPath};
use std::collections::{BTreeMap, BTreeSet};

/// The files of a repository.
pub(super) const FILES: [&str; 2] = [RELEASE_FILE, THIRD_PARTY_FILE];

/// Gives the scaffold the release that the repository keeps.
pub(super) fn learn_release(
    scaffold: &mut Scaffold,
    text: &str,
    lock: Option<&Lock>,
) -> Result<(), Failure> {
    let release = Release::parse(text).map_err(|error| unreadable(RELEASE_FILE, &error))?;
    if let Some(lock) = lock {
        agrees(&release, lock)?;
    }
    scaffold.add_read(release);
    Ok(())
}

/// Gives the scaffold the third parties that the repository keeps.
pub(super) fn learn_third_parties(scaffold: &mut Scaffold, text: &str) -> Result<(), Failure> {
    let kept = KeptThirdParties::parse(text);
    scaffold.kept = Some(kept.map_err(|error| unreadable(THIRD_PARTY_FILE, &error))?);
    Ok(())
}

/// How to get a file again.
pub(super) fn mend(file: &str) -> String {
    format!(
        "`git checkout -- {file}` brings back the committed one; without the file PyPI is read again"
    )
}

fn unreadable(file: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::refused(format!("`{file}` cannot be read"))
        .because(error)
        .hint(mend(file))
}

/// Whether a kept release has what the lock was made from.
fn agrees(release: &Release, lock: &Lock) -> Result<(), Failure> {
    if lock.release.version != release.release.to_string() {
        return Ok(());
    }
    let differs = lock.packages.iter().filter_map(|(name, locked)| {
        let kept = release.packages.get(name).map(|kept| &kept.version);
        let kept = match kept {
            Some(kept) if kept.to_string() == locked.version => return None,
            Some(kept) => format!("`{name}` {kept}"),
            None => format!("no `{name}`"),
        };
        Some(Problem::new(format!(
            "`{RELEASE_FILE}` has {kept}, and the lock has {}",
            locked.version
        )))
    });
    let problems: Vec<Problem> = differs.collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, problems).hint(mend(RELEASE_FILE)))
}

/// The files that keep what the lock rests on; none where the scaffold carries all of it.
pub(super) fn files(
    intent: &Intent,
    lock: &Lock,
    scaffold: &Scaffold,
    found: &Found,
) -> Result<Vec<(RelPath, File)>, Failure> {
    let mut files = Vec::new();
    if let Some(release) = scaffold.release_at(&intent.release, &intent.rev)
        && scaffold.is_partial(&release.release)
    {
        let mut needed = scaffold.needed(release, &super::upstream::named_in(intent, scaffold));
        needed.extend(lock.packages.keys().cloned());
        let text = only(release, &needed).to_text();
        files.push(file(
            RELEASE_FILE,
            text.map_err(|error| unwritten(&error))?,
        )?);
    }
    let distributions = found.resolution.rests_on.iter().filter_map(|name| {
        let kept = Kept {
            systems: found.read_for.get(name)?.clone(),
            distribution: found.facts.distributions.get(name)?.clone(),
        };
        Some((name.clone(), kept))
    });
    let third_parties = KeptThirdParties::new(intent.python, distributions.collect());
    if !third_parties.is_empty() {
        let text = third_parties.to_text();
        let text = text.map_err(|error| unwritten(&error))?;
        files.push(file(THIRD_PARTY_FILE, text)?);
    }
    Ok(files)
}

/// The release with these packages and no others.
fn only(release: &Release, names: &BTreeSet<PyName>) -> Release {
    let packages = release.packages.iter();
    let packages: BTreeMap<PyName, ReleasedPackage> = packages
        .filter(|(name, _)| names.contains(*name))
        .map(|(name, package)| (name.clone(), package.clone()))
        .collect();
    Release {
        packages,
        ..release.clone()
    }
}

fn file(path: &str, text: String) -> Result<(RelPath, File), Failure> {
    let path = path.parse().map_err(|error| unwritten(&error))?;
    Ok((path, File::text(text)))
}

fn unwritten(error: &dyn std::fmt::Display) -> Failure {
    Failure::refused("what was read cannot be kept").because(error)
}
