//! A run that writes into a directory and is killed: the next one there puts back what was there, or finds everything written.

use super::{generate, template};
use crate::sandbox::Sandbox;
use rustix::process::{Pid, Signal, kill_process};
use std::fmt::Write;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use std::time::{Duration, Instant};

const LINE: &str =
    "generate t --init --name p --destination here --overwrite --force-git-init --silent";

/// So many signals.
const ROUNDS: u32 = 12;

/// A template of a hundred files and more, and a directory that has half of them.
fn surroundings() -> Sandbox {
    let sandbox = Sandbox::new();
    let mut files = String::new();
    for number in 0..150 {
        let _ = write!(files, "//- d{}/f{number}\nnew {number}\n", number % 7);
        if number % 2 == 0 {
            sandbox.write(&format!("here/d{}/f{number}", number % 7), "old\n");
        }
    }
    template(&sandbox, "t", &files);
    sandbox.write("here/own", "mine\n");
    sandbox
}

/// All that is in the directory but what is inside of git's, which has no fixed names for its objects.
fn entries(sandbox: &Sandbox) -> Vec<String> {
    let entries = sandbox.entries().into_iter();
    let mut entries: Vec<String> = entries
        .filter(|entry| entry.contains("/here/") && !entry.contains("/.git/"))
        .collect();
    let tree = sandbox.tree("here").to_fixture();
    entries.push(tree);
    entries
}

#[test]
fn the_next_run_finds_the_old_or_the_new() {
    let sandbox = surroundings();
    let words: Vec<&str> = LINE.split_whitespace().collect();
    let old = entries(&sandbox);
    let start = Instant::now();
    drop(sandbox.run(&words).success());
    let (time, new) = (start.elapsed(), entries(&sandbox));
    let mut ends = [0, 0];
    for round in 0..ROUNDS {
        let sandbox = surroundings();
        let mut command = sandbox.command(&words);
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut run = command.spawn().unwrap();
        std::thread::sleep(time * (round + 1) / ROUNDS);
        // It may have ended by now.
        kill_process(Pid::from_child(&run), Signal::KILL).ok();
        run.wait().unwrap();
        // Even one that only plans puts things right first.
        drop(generate(&sandbox, "t --init --name p --destination here --dry-run").success());
        let there = entries(&sandbox);
        assert!(there == old || there == new, "{round}: {there:#?}");
        ends[usize::from(there == new)] += 1;
        drop(sandbox.run(&words).success());
        assert_eq!(entries(&sandbox), new, "{round}");
    }
    assert!(ends[0] > 0, "{ends:?}");
}

/// What a killed run leaves is told, whatever came of it.
#[test]
fn what_was_put_right_is_told() {
    let outline = |replaces: bool| {
        format!(
            "{{\"schema\":1,\"directories\":[],\"pieces\":[{{\"path\":\"own\",\"replaces\":{replaces}}}],\"repository\":false}}"
        )
    };
    let line = "t --init --name p --destination here";
    for (files, says) in [
        (
            vec![("outline", outline(true))],
            &["an earlier run was killed; what it had changed has been put back"][..],
        ),
        (
            vec![("outline", outline(false)), ("seals", "[]".to_owned())],
            &["an earlier run was killed when it had written everything; what it made stands"],
        ),
        (vec![("outline", "{".to_owned())], &["cannot understand"]),
        (
            vec![("outline", outline(true).replace(":1", ":2"))],
            &["another version of floxwright"],
        ),
    ] {
        let sandbox = surroundings();
        for (name, text) in files {
            sandbox.write(&format!("here/.floxwright-into/{name}"), text);
        }
        let done = generate(&sandbox, line).says(says);
        let is_left = sandbox.path("here/.floxwright-into").exists();
        assert_eq!(
            is_left,
            says[0].contains("version") || says[0].contains("understand")
        );
        drop(done.exit(i32::from(is_left)));
        assert!(sandbox.tree("here").text("own") == Some("mine\n"));
    }
}

/// A test of the project goes on in programs of its own: they end with the run, and hold nothing open.
#[test]
fn a_signal_reaches_what_a_test_started() {
    let sandbox = Sandbox::new().with_env("CARGO_GENERATE_TEST_CMD", "sh run.sh");
    template(
        &sandbox,
        "t",
        "//- run.sh\necho started\nsleep 60\necho ended\n",
    );
    for signal in [Signal::TERM, Signal::INT] {
        let mut command = sandbox.command(&["-C", "t", "generate", "--test"]);
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut run = command.stderr(Stdio::null()).spawn().unwrap();
        let mut told = BufReader::new(run.stdout.take().unwrap());
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        assert_eq!(line, "started\n");
        let start = Instant::now();
        kill_process(Pid::from_child(&run), signal).unwrap();
        assert_eq!(run.wait().unwrap().code(), Some(130));
        told.read_to_string(&mut line).unwrap();
        assert_eq!(line, "started\n");
        assert!(start.elapsed() < Duration::from_secs(20));
        assert!(
            sandbox
                .entries()
                .iter()
                .all(|entry| !entry.starts_with("tmp/"))
        );
    }
}

/// Names that leave no room for anything behind them.
#[test]
fn the_longest_names_are_replaced_and_followed() {
    let sandbox = Sandbox::new();
    let name = "é".repeat(127);
    template(&sandbox, "t", &format!("//- {name}\none\n"));
    let line = format!("t --name {name} --record");
    drop(generate(&sandbox, &line).success());
    sandbox.write(&format!("here/{name}"), "old\n");
    let line = "t --init --name p --destination here --overwrite";
    drop(generate(&sandbox, line).success());
    assert_eq!(sandbox.tree("here").text(&name), Some("one\n"));
    // What is made beside an edited file has a name that is cut.
    sandbox.write(&format!("{name}/{name}"), "mine\0\n");
    sandbox.write(&format!("t/{name}"), "two\n");
    let done = sandbox.run(&["-C", &name, "generate", "--update"]).exit(3);
    let cut = format!("{}.floxwright-new", "é".repeat(120));
    drop(done.says(&[&cut]));
    assert_eq!(sandbox.tree(&name).text(&cut), Some("two\n"));
}
