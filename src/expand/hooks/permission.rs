//! Before the first line of a template's code runs, the world says whether it may.

use crate::diagnostic::Failure;
use crate::expand::Staged;
use crate::expand::hook_set::{HookSet, Phase, Script, digest};
use crate::expand::paths::resolved;
use crate::expand::state::Shared;

/// What scripts are called.
const EXTENSION: &str = ".rhai";

/// Asks once whether the template's code may run.
///
/// # Errors
/// Code that may not run.
pub(in crate::expand) fn permit(shared: &Shared) -> Result<(), Failure> {
    if shared.state().permitted {
        return Ok(());
    }
    ask(shared, known(shared))
}

/// The same for a script that is used, and that may have a name by which nobody knew it for one: it runs only when it was shown.
///
/// # Errors
/// Code that may not run.
pub(super) fn permit_use(shared: &Shared, path: &str) -> Result<(), Failure> {
    let mut scripts = if shared.state().permitted {
        Vec::new()
    } else {
        known(shared)
    };
    let inner = shared.below_working_directory(path);
    let place = inner.or_else(|| resolved("", path));
    let place = place.unwrap_or_else(|| path.to_owned());
    let is_known = scripts.iter().any(|script| script.path == place);
    if !is_known && !shared.state().shown.contains(&place) {
        scripts.push(Script {
            phase: Phase::Used,
            text: shared.script(path).unwrap_or_default(),
            path: place,
        });
    }
    if scripts.is_empty() {
        return Ok(());
    }
    ask(shared, scripts)
}

/// The scripts that the configuration names, and those that have a script's name.
fn known(shared: &Shared) -> Vec<Script> {
    let named = shared.fixed.scripts.iter();
    let mut scripts: Vec<Script> = named
        .map(|(phase, path)| Script {
            phase: *phase,
            path: path.clone(),
            text: shared.script(path).unwrap_or_default(),
        })
        .collect();
    let used = used(&shared.state().stage, &scripts);
    scripts.extend(used);
    scripts
}

fn ask(shared: &Shared, scripts: Vec<Script>) -> Result<(), Failure> {
    let shown: Vec<String> = scripts.iter().map(|script| script.path.clone()).collect();
    let set = HookSet {
        scripts,
        digest: source_digest(shared),
    };
    shared.link.with(move |world| world.permit(&set))?;
    let mut state = shared.state();
    state.permitted = true;
    state.shown.extend(shown);
    Ok(())
}

/// The digest of the source as it came; of the files as they are now, where nothing of the source spoke of code.
fn source_digest(shared: &Shared) -> String {
    let state = shared.state();
    match state.digest.as_str() {
        "" => digest(&state.stage),
        known => known.to_owned(),
    }
}

/// The scripts that the configuration does not name: filters, and what others import.
fn used(stage: &Staged, named: &[Script]) -> Vec<Script> {
    let files = stage.files();
    let scripts = files.filter(|(path, _)| path.ends_with(EXTENSION));
    let others = scripts.filter(|(path, _)| named.iter().all(|script| script.path != *path));
    others
        .map(|(path, file)| Script {
            phase: Phase::Used,
            path: path.to_owned(),
            text: String::from_utf8_lossy(&file.bytes).into_owned(),
        })
        .collect()
}
