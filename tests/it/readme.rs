//! README and documents say what is: the commands that exist, the commands that are run, files that are there.

use crate::project;
use std::path::Path;

/// The Markdown files that people read.
fn documents() -> Vec<String> {
    let files = project::files().into_iter();
    files
        .filter(|file| project::has_ending(file, "md"))
        .filter(|file| {
            file.starts_with("docs/") || !file.contains('/') || file.starts_with("tests/")
        })
        .collect()
}

/// The code blocks of a document, each with its language.
fn blocks(text: &str) -> Vec<(&str, &str)> {
    let parts = text.split("\n```").collect::<Vec<_>>();
    let blocks = parts.chunks(2).filter_map(|pair| pair.get(1));
    blocks.filter_map(|block| block.split_once('\n')).collect()
}

/// The targets of links, without those to other sites and without anchors.
fn links(text: &str) -> Vec<&str> {
    let starts = text
        .match_indices("](")
        .map(|(at, mark)| &text[at + mark.len()..]);
    let targets = starts
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target);
    let local = targets.filter(|target| !target.contains("://"));
    local
        .filter_map(|target| target.split('#').next())
        .filter(|target| !target.is_empty())
        .collect()
}

#[test]
fn the_table_of_commands_is_that_of_the_program() {
    let readme = project::read("README.md");
    let (_, section) = readme.split_once("\n## Commands\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `floxwright "));
    let mut told: Vec<&str> = rows
        .filter_map(|row| row.split([' ', '`']).next())
        .collect();
    told.dedup();
    let program = floxwright::cmd::cli();
    let commands: Vec<&str> = program
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    assert_eq!(told, commands);
}

#[test]
fn the_two_commands_are_what_ci_runs() {
    let readme = project::read("README.md");
    let ci = project::read(".ci/run");
    let commands: Vec<&str> = blocks(&readme)
        .into_iter()
        .filter(|(language, _)| *language == "sh")
        .flat_map(|(_, block)| block.lines())
        .collect();
    for command in ["cargo run --release --locked -- new", "cargo test --locked"] {
        assert!(
            commands.iter().any(|line| line.starts_with(command)),
            "README.md: {command}"
        );
        assert!(ci.contains(command), ".ci/run: {command}");
    }
    assert!(ci.contains("FLOXWRIGHT_PROOF=style,nix,lab cargo test --locked --test it proof::"));
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let folder = Path::new(&document).parent().unwrap();
        let text = project::read(&document);
        let missing = links(&text)
            .into_iter()
            .filter(|target| !project::root().join(folder).join(target).exists());
        broken.extend(missing.map(|target| format!("{document}: {target}")));
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_document_can_be_reached_from_the_readme() {
    let mut open = vec!["README.md".to_owned()];
    let mut reached = Vec::new();
    while let Some(document) = open.pop() {
        if reached.contains(&document) || !project::root().join(&document).is_file() {
            continue;
        }
        if project::has_ending(&document, "md") {
            let folder = Path::new(&document).parent().unwrap();
            let text = project::read(&document);
            open.extend(
                links(&text)
                    .into_iter()
                    .map(|target| plain(&folder.join(target))),
            );
        }
        reached.push(document);
    }
    let documents = documents().into_iter();
    let lost: Vec<String> = documents
        .filter(|document| !reached.contains(document))
        .collect();
    assert!(lost.is_empty(), "no way from README.md to {lost:#?}");
}

/// A path without `..`.
fn plain(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.iter().map(|part| part.to_string_lossy().into_owned()) {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[test]
fn flags_in_the_documents_exist() {
    let mut program = floxwright::cmd::cli();
    program.build();
    let mut unknown = Vec::new();
    for document in documents() {
        let text = project::read(&document);
        let blocks = blocks(&text).into_iter();
        let blocks = blocks.filter(|(language, _)| *language == "sh");
        let lines = blocks.flat_map(|(_, block)| block.lines());
        let lines = lines.filter(|line| line.starts_with("floxwright "));
        for line in lines {
            let line = line.split('#').next().unwrap_or_default();
            if let Err(problem) = known(&program, line) {
                unknown.push(format!("{document}: {line}: {problem}"));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

/// Whether a command line names commands and flags that exist.
fn known(program: &clap::Command, line: &str) -> Result<(), String> {
    let mut command = program;
    for word in line.split_whitespace().skip(1) {
        if let Some(below) = command.find_subcommand(word) {
            command = below;
        } else if let Some(flag) = word.strip_prefix("--") {
            let found = command
                .get_arguments()
                .any(|arg| arg.get_long() == Some(flag));
            if !found {
                return Err(format!("no flag {word}"));
            }
        }
    }
    if command.is_subcommand_required_set() {
        Err("no command".to_owned())
    } else {
        Ok(())
    }
}
