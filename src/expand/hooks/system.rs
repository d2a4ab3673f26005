//! `system::` and `env::`: commands, which the world runs, the date, and the places that scripts may know.

use super::Gives;
use crate::expand::order::Switch;
use crate::expand::state::Shared;
use crate::expand::world::{HookCommand, NotRun, Ran, Unanswered};
use rhai::{Array, Dynamic, Map, Module};
use std::time::Duration;

pub(super) fn module(shared: &Shared) -> Module {
    let mut module = Module::new();
    let with = shared.clone();
    module.set_native_fn(
        "command",
        move |name: &str, arguments: Array| -> Gives<Dynamic> {
            let mut words = vec![name.to_owned()];
            words.extend(arguments.iter().map(ToString::to_string));
            command(&with, &words.join(" "))
        },
    );
    let with = shared.clone();
    module.set_native_fn("command", move |name: &str| -> Gives<Dynamic> {
        command(&with, name)
    });
    let with = shared.clone();
    module.set_native_fn("date", move || -> Gives<Dynamic> { Ok(date(&with)) });
    module
}

/// What scripts may know of places.
pub(super) fn environment(shared: &Shared, destination: &str) -> Module {
    let mut module = Module::new();
    module.set_var("working_directory", shared.fixed.working_directory.clone());
    module.set_var("destination_directory", destination.to_owned());
    module
}

/// The time of the world.
pub(in crate::expand) fn now(shared: &Shared) -> liquid::model::DateTime {
    let seconds = shared.link.with(|world| world.now());
    let mut time = liquid::model::DateTime::from_ymd(1970, 1, 1);
    *time += Duration::from_secs(seconds.try_into().unwrap_or(0));
    time
}

fn date(shared: &Shared) -> Dynamic {
    let now = now(shared);
    let mut map = Map::new();
    map.insert("year".into(), i64::from(now.year()).into());
    map.insert("month".into(), i64::from(now.month()).into());
    map.insert("day".into(), i64::from(now.day()).into());
    map.into()
}

fn command(shared: &Shared, line: &str) -> Gives<Dynamic> {
    if !shared.is(Switch::AllowCommands) {
        if shared.is(Switch::Silent) {
            return Err(format!(
                "the command `{line}` needs a yes, and nothing may be asked; --allow-commands allows it"
            )
            .into());
        }
        let asked = line.to_owned();
        match shared.link.with(move |world| world.confirm(&asked)) {
            Ok(true) => {}
            Ok(false) => {
                return Err(format!("User denied execution of system command `{line}`.").into());
            }
            Err(Unanswered::Nobody) => {
                return Err(format!(
                    "the command `{line}` needs a yes, and there is nobody to ask; --allow-commands allows it"
                )
                .into());
            }
            Err(Unanswered::Stopped(failure)) => {
                shared.state().stopped = Some(failure);
                return Err("the person left".into());
            }
        }
    }
    let ran = carry_out(shared, line)?;
    if ran.code == Some(0) {
        return Ok(match ran.stdout.as_slice() {
            [] => Dynamic::UNIT,
            stdout => String::from_utf8_lossy(stdout).trim().to_owned().into(),
        });
    }
    let stderr = String::from_utf8_lossy(&ran.stderr).trim().to_owned();
    Err(format!("System command `{line}` failed to execute: {stderr}").into())
}

/// The whole source goes to the world, and what comes back is the source.
fn carry_out(shared: &Shared, line: &str) -> Gives<Ran> {
    let directory = shared.fixed.directory.clone();
    let staged = {
        let state = shared.state();
        let inner = state.stage.clone();
        let mut whole = state.outside.clone();
        whole
            .put(&directory, inner)
            .map_err(|fault| fault.to_string())?;
        whole
    };
    let wanted = HookCommand {
        line: line.to_owned(),
        directory: directory.clone(),
        staged,
    };
    let mut ran = match shared.link.with(move |world| world.run(wanted)) {
        Ok(ran) => ran,
        Err(NotRun::Failed(why)) => {
            return Err(format!("System command `{line}` failed to execute: {why}").into());
        }
        Err(NotRun::Stopped(failure)) => {
            shared.state().stopped = Some(failure);
            return Err("the run ends".into());
        }
    };
    let mut state = shared.state();
    state.stage = ran.staged.take(&directory);
    state.outside = std::mem::take(&mut ran.staged);
    Ok(ran)
}
