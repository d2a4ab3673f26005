//! Letting Flox lock nixpkgs before the commit, where the person agreed.

use super::Prepared;
use crate::ask::Field;
use crate::cmd::{Context, scaffolds::chain};
use crate::disk::{Staging, read_text};
use crate::model::Nixpkgs;
use crate::outside::flox;
use crate::tree::{File, RelPath};

/// Flox's lock below the repository.
const LOCK: &str = ".flox/env/manifest.lock";

/// Directories in which Flox keeps what holds for one place on one machine.
const LOCAL: [&str; 4] = [".flox/run", ".flox/cache", ".flox/log", ".flox/lib"];

/// Whether Flox is to lock: the person agreed, and there is something to lock.
pub(super) fn is_wanted(prepared: &Prepared) -> bool {
    let agreed = prepared.answers.text(Field::Lock).as_deref() == Some("yes");
    agreed && prepared.intent.nixpkgs == Nixpkgs::Pinned
}

/// Lets Flox lock the prepared repository; the lock as a file to commit.
pub(super) fn lock(staging: &Staging, context: &Context<'_>) -> Result<(RelPath, File), String> {
    let program = flox::find(context.world).ok_or("it is not on PATH")?;
    let progress = context.ui.spinner("Flox locks nixpkgs");
    flox::lock(&program, &staging.root())?;
    drop(progress);
    for directory in LOCAL {
        staging.forget(directory).map_err(|error| chain(&error))?;
    }
    let text = read_text(&staging.root().join(LOCK)).map_err(|error| chain(&error))?;
    serde_json::from_str::<serde_json::Value>(&text)
        .map_err(|error| format!("its lock is not JSON: {error}"))?;
    let path = LOCK.parse::<RelPath>().map_err(|error| error.to_string())?;
    Ok((path, File::text(text)))
}
