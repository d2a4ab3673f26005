//! `file::`: the staged files, as scripts see and change them. Nothing outside the template's directory exists here.

use super::bounds::WRITTEN;
use super::{Gives, staged_files};
use crate::expand::paths::resolved;
use crate::expand::state::Shared;
use rhai::{Array, Module};

pub(super) fn module(shared: &Shared) -> Module {
    let mut module = Module::new();
    let seen = shared.clone();
    module.set_native_fn("exists", move |path: &str| -> Gives<bool> {
        let path = inside(&seen, path)?;
        let state = seen.state();
        Ok(path.is_empty() || state.stage.get(&path).is_some())
    });
    let changed = shared.clone();
    module.set_native_fn("rename", move |from: &str, to: &str| -> Gives<()> {
        let (old, new) = (inside(&changed, from)?, inside(&changed, to)?);
        let renamed = staged_files::rename(&mut changed.state().stage, &old, &new);
        renamed.map_err(|why| format!("`{from}` cannot be renamed to `{to}`: {why}").into())
    });
    let changed = shared.clone();
    module.set_native_fn("delete", move |path: &str| -> Gives<()> {
        let inner = inside(&changed, path)?;
        if inner.is_empty() {
            return Err("the template's own directory cannot be deleted".into());
        }
        changed.state().stage.remove(&inner);
        Ok(())
    });
    let changed = shared.clone();
    module.set_native_fn("write", move |path: &str, text: &str| -> Gives<()> {
        write(&changed, path, text.to_owned())
    });
    let changed = shared.clone();
    module.set_native_fn("write", move |path: &str, lines: Array| -> Gives<()> {
        let lines: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
        write(&changed, path, lines.concat())
    });
    let seen = shared.clone();
    module.set_native_fn("listdir", move |path: &str| -> Gives<Array> {
        list(&seen, path)
    });
    let seen = shared.clone();
    module.set_native_fn("listdir", move || -> Gives<Array> { list(&seen, ".") });
    module
}

/// A path of a script, relative to the template's directory.
fn inside(shared: &Shared, path: &str) -> Gives<String> {
    let found = if path.starts_with('/') {
        shared.below_working_directory(path)
    } else {
        resolved("", path)
    };
    found.ok_or_else(|| format!("Path must be inside template dir: {path}").into())
}

fn write(shared: &Shared, path: &str, text: String) -> Gives<()> {
    let inner = inside(shared, path)?;
    let mut state = shared.state();
    state.written = state.written.saturating_add(text.len() + 1024);
    if state.written > WRITTEN {
        return Err("the hooks write more than 256 MiB".into());
    }
    let written = staged_files::write(&mut state.stage, &inner, text.into_bytes());
    written.map_err(|why| format!("`{path}` cannot be written: {why}").into())
}

/// Absolute paths, sorted.
fn list(shared: &Shared, path: &str) -> Gives<Array> {
    let inner = inside(shared, path)?;
    let state = shared.state();
    if !state.stage.is_directory(&inner) {
        return Err(format!("`{path}` cannot be listed: there is no such directory").into());
    }
    let top = shared.fixed.working_directory.trim_end_matches('/');
    let mut directory = top.to_owned();
    if !inner.is_empty() {
        directory = format!("{top}/{inner}");
    }
    let names = state.stage.names(&inner);
    Ok(names
        .into_iter()
        .map(|name| format!("{directory}/{name}").into())
        .collect())
}
