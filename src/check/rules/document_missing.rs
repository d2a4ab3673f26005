//! `document-missing`: nothing says how what is built is run, or how it is updated.

use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::workspace::INTENT_FILE;

pub(super) static RULE: Rule = Rule {
    id: "document-missing",
    severity: Severity::Medium,
    title: "a document is missing that the next person needs",
    text: Text {
        what: "A repository made by hand has none of the documents that say what it takes to run what is built, or how the release is changed.",
        why: "Building is half of it. Environment variables, directories and services are found out again by everybody, and an update that forgets one of the hashes is found out by whoever installs it.",
        mend: "Write it, or let `floxwright adopt` make it from the packages.",
        example: "# there is no RUNTIME_REQUIREMENTS.md, at the top or below docs",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let files = &repository.survey.files;
    let is_made = files.paths().any(|path| path.as_str() == INTENT_FILE);
    let is_hidden = repository.found.is_hidden("docs");
    // What floxwright made may be deleted on purpose.
    if is_made || is_hidden || !repository.subject.is_recognised || repository.packages.len() < 2 {
        return Vec::new();
    }
    let outputs = repository.scaffold.outputs.iter();
    // Those that take the place of documents that people write under other names.
    let wanted = outputs.filter(|output| output.document && !output.aliases.is_empty());
    let mut found = Vec::new();
    for output in wanted {
        let own = output
            .path
            .rsplit(['}', '/', ' '])
            .next()
            .unwrap_or_default();
        let mut names = output.aliases.iter().map(String::as_str).chain([own]);
        let is_there = names.any(|name| {
            let mut paths = files.paths();
            paths.any(|path| path.name().eq_ignore_ascii_case(name))
        });
        if !is_there {
            let finding = RULE.found(format!(
                "there is no `{own}`, under this name or an older one"
            ));
            found.push(finding.help("`floxwright adopt` makes it from the packages"));
        }
    }
    found
}
