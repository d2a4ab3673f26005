//! `workspace-invalid`: `floxwright.toml` or `floxwright.lock` that cannot be read.

use crate::ask::{fill_defaults, intent_from};
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::diagnostic::Problem;
use crate::tree::RelPath;
use crate::workspace::{INTENT_FILE, LOCK_FILE, read_answers, read_lock};

pub(super) static RULE: Rule = Rule {
    id: "workspace-invalid",
    severity: Severity::High,
    title: "a file of floxwright's own cannot be read",
    text: Text {
        what: "`floxwright.toml` is no TOML, has a key that there is not, or a value that its key does not take; or `floxwright.lock` is no lock.",
        why: "floxwright does nothing in the repository until it can be read, and what the file says of this check is not followed.",
        mend: "Mend the line of `floxwright.toml`. A lock is not mended by hand: `floxwright sync` makes it anew.",
        example: "# floxwright.toml: [check] deny = 3\n{ }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if let (Ok(path), Some(text)) = (
        INTENT_FILE.parse::<RelPath>(),
        repository.survey.text(INTENT_FILE),
    ) {
        let problems = problems(&text, repository);
        found.extend(problems.into_iter().map(|problem| told(problem, &path)));
    }
    if let (Ok(path), Some(text)) = (
        LOCK_FILE.parse::<RelPath>(),
        repository.survey.text(LOCK_FILE),
    ) && let Err(error) = read_lock(&text)
    {
        let message = error.to_string();
        let line = message.lines().next().unwrap_or_default();
        let finding = RULE.found(format!("this cannot be read: {line}")).of(&path);
        found.push(finding.help("floxwright sync"));
    }
    found
}

/// What is wrong with the intent: how it is written, or else what it says.
fn problems(text: &str, repository: &Repository<'_>) -> Vec<Problem> {
    let file = read_answers(INTENT_FILE, text);
    if !file.problems.is_empty() {
        return file.problems;
    }
    let mut answers = file.answers;
    fill_defaults(&mut answers, repository.scaffold);
    let Err(problems) = intent_from(&answers, &file.tables, repository.scaffold) else {
        return Vec::new();
    };
    let placed = problems
        .into_iter()
        .map(|(field, problem)| match file.spans.get(&field) {
            Some(span) => problem.at(span.clone()),
            None => problem,
        });
    placed.collect()
}

fn told(problem: Problem, path: &RelPath) -> Finding {
    let message = match &problem.cause {
        Some(cause) => format!("{}: {cause}", problem.message),
        None => problem.message,
    };
    let finding = RULE.found(message);
    match problem.span {
        Some(span) => finding.at(path, &span.range),
        None => finding.of(path),
    }
}
