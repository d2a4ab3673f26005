//! `docs/check.md` says what the program understands.

use crate::project;
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
