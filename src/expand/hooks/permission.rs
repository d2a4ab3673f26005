//! Before the first line of a template's code runs, the world says whether it may.

use crate::diagnostic::Failure;
use crate::expand::Staged;
use crate::expand::hook_set::{HookSet, Phase, Script, digest};
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
    let mut scripts: Vec<Script> = shared
        .fixed
        .scripts
        .iter()
        .map(|(phase, path)| Script {
            phase: *phase,
            path: path.clone(),
            text: shared.script(path).unwrap_or_default(),
        })
        .collect();
    let used = used(&shared.state().stage, &scripts);
    scripts.extend(used);
    let set = HookSet {
        scripts,
        digest: source_digest(shared),
    };
    shared.link.with(move |world| world.permit(&set))?;
    shared.state().permitted = true;
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
