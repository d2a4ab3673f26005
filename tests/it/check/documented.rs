//! `docs/check.md` says what the program understands.

use crate::adopt::{files, handmade};
use crate::project;
use crate::sandbox::{Sandbox, new_yes};
use floxwright::check::{Deny, Severity, rule};
use floxwright::cmd::cli;

/// The blocks of a language, one after the other.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let start = format!("```{language}\n");
    let parts = text.split(&start).skip(1);
    parts
        .map(|part| part.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_command_of_the_page_is_understood() {
    let text = project::read("docs/check.md");
    let lines: Vec<&str> = text
        .lines()
        .filter_map(|line| {
            line.find("floxwright check ")
                .or(line.find("floxwright explain "))
                .and_then(|at| line.get(at..))
        })
        .filter(|line| !line.contains('`'))
        .collect();
    assert!(lines.len() > 6, "{lines:?}");
    for line in lines {
        let command = line.split([';', '#', '<', '>']).next().unwrap();
        let words = command.split_whitespace();
        let result = cli().try_get_matches_from(words);
        assert!(result.is_ok(), "{line}: {}", result.unwrap_err());
    }
}

#[test]
fn every_block_of_the_page_can_be_read() {
    let text = project::read("docs/check.md");
    for block in blocks(&text, "toml") {
        let file = floxwright::workspace::read_answers("floxwright.toml", &block);
        assert!(file.problems.is_empty(), "{:?}", file.problems);
        let settings = floxwright::check::Settings::default().over(&file.tables.check, None);
        assert_ne!(settings.unwrap().deny, Deny::default());
    }
    let yaml = blocks(&text, "yaml");
    assert_eq!(yaml.len(), 2);
    for block in yaml {
        let mut events = saphyr_parser::Parser::new_from_str(&block);
        assert!(events.all(|event| event.is_ok()), "{block}");
    }
    for severity in Severity::ALL {
        assert!(text.contains(&format!("| {severity} |")));
    }
    let allowed = text
        .split("allow(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    for name in allowed {
        assert!(rule(name).is_some(), "{name}");
    }
}

/// What stands behind a key in a block, once for each time.
fn said<'a>(block: &'a str, key: &str) -> Vec<&'a str> {
    let lines = block.lines().map(str::trim_start);
    let lines = lines.filter_map(|line| line.trim_start_matches("- ").strip_prefix(key));
    lines.map(str::trim).collect()
}

/// A shell line in the repository `d`.
fn shell(sandbox: &Sandbox, line: &str) -> crate::sandbox::Done {
    sandbox.shell(&format!("cd d && {line}"))
}

#[test]
fn the_documented_hook_refuses_what_is_bad_alone() {
    let block = &blocks(&project::read("docs/check.md"), "yaml")[0];
    let [entry] = said(block, "entry:")[..] else {
        panic!("{block}");
    };
    let good = Sandbox::new();
    drop(good.run(&new_yes("d", &[])).success());
    drop(shell(&good, entry).success());
    drop(shell(&handmade(&files("closure")), entry).exit(4));
    let [files] = said(block, "files:")[..] else {
        panic!("{block}");
    };
    let files = regex::Regex::new(files).unwrap();
    for path in [
        ".flox/pkgs/a.nix",
        ".flox/env/manifest.toml",
        "floxwright.toml",
        "floxwright.lock",
    ] {
        assert!(files.is_match(path), "{path}");
    }
    for path in ["README.md", "src/floxwright.rs", "docs/.flox/a"] {
        assert!(!files.is_match(path), "{path}");
    }
}

#[test]
fn the_documented_steps_tell_and_refuse() {
    let block = &blocks(&project::read("docs/check.md"), "yaml")[1];
    let [tell, refuse] = said(block, "run:")[..] else {
        panic!("{block}");
    };
    let sandbox = handmade(&files("closure"));
    drop(shell(&sandbox, tell).success());
    let [written] = said(block, "sarif_file:")[..] else {
        panic!("{block}");
    };
    let tree = sandbox.tree("d");
    let told: serde_json::Value = serde_json::from_str(tree.text(written).unwrap()).unwrap();
    assert_eq!(told["version"], "2.1.0");
    drop(
        shell(
            &sandbox,
            &format!("export GITHUB_STEP_SUMMARY=page && {refuse}"),
        )
        .exit(4),
    );
    let tree = sandbox.tree("d");
    assert!(tree.text("page").unwrap().contains("environment-links"));
}
