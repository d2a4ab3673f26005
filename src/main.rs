//! The program: collects its surroundings once, runs, and ends with the documented exit code.
#![expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment, the directory and the clock"
)]

use floxwright::cmd;
use floxwright::outside::world::World;
use floxwright::ui::{Guard, Stream, TerminalFacts};
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    let Ok(guard) = Guard::install() else {
        // Signals cannot be watched; nothing else can be promised either.
        return ExitCode::FAILURE;
    };
    let world = world();
    let facts = facts(&world);
    ExitCode::from(guard.run(|| cmd::run(std::env::args_os(), &world, facts, &guard)))
}

fn world() -> World {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let mut env = BTreeMap::new();
    let mut unreadable = Vec::new();
    for (name, value) in std::env::vars_os() {
        match (name.into_string(), value.into_string()) {
            (Ok(name), Ok(value)) => drop(env.insert(name, value)),
            (Ok(name), Err(_)) => unreadable.push(name),
            (Err(name), _) => unreadable.push(name.to_string_lossy().into_owned()),
        }
    }
    unreadable.sort();
    World {
        env,
        unreadable,
        cwd: std::env::current_dir().unwrap_or_default(),
        now: i64::try_from(now).unwrap_or_default(),
    }
}

fn facts(world: &World) -> TerminalFacts {
    let raw = |name: &str| world.env.get(name).cloned();
    TerminalFacts {
        stdin: Stream::of(&std::io::stdin()),
        stdout: Stream::of(&std::io::stdout()),
        stderr: Stream::of(&std::io::stderr()),
        term: raw("TERM"),
        no_color: raw("NO_COLOR"),
        accessible: raw("ACCESSIBLE"),
        ci: raw("CI"),
        locale: ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .find_map(|name| world.var(name).map(str::to_owned)),
    }
}
