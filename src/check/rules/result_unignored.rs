//! `result-unignored`: git does not ignore what builds leave behind.

use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use globset::GlobBuilder;

pub(super) static RULE: Rule = Rule {
    id: "result-unignored",
    severity: Severity::Low,
    title: "git does not ignore the links that builds leave behind",
    text: Text {
        what: "No line of `.gitignore` at the top matches `result-NAME`.",
        why: "`flox build` leaves a link for each output and log at the top: `result-acme`, `result-acme-dist`, `result-acme-log`. One `git add .` commits them, and they lead into the store of one machine.",
        mend: "Add `/result` and `/result-*` to `.gitignore`.",
        example: "# git status --short\n# ?? result-acme\n{ }",
    },
    run,
};

/// Where it should stand.
const IGNORE: &str = ".gitignore";

/// What `flox build` leaves.
const LINK: &str = "result-acme";

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    // A file further up may do it.
    let is_inside = repository
        .found
        .git
        .as_ref()
        .is_some_and(|git| !git.below.is_empty());
    let Ok(path) = IGNORE.parse() else {
        return Vec::new();
    };
    let text = repository.survey.text(IGNORE);
    let is_no_text = text.is_none() && repository.survey.files.get(&path).is_some();
    let is_unknown = is_no_text || repository.found.is_hidden(IGNORE);
    if is_inside || is_unknown || text.as_ref().is_some_and(|text| are_ignored(text)) {
        return Vec::new();
    }
    let finding = RULE
        .found("git does not ignore `result-*`, the links that builds leave behind")
        .of(&path);
    vec![match text {
        Some(text) => {
            let end = text.len();
            let line_end = if text.is_empty() || text.ends_with('\n') {
                ""
            } else {
                "\n"
            };
            let lines = format!("{line_end}/result\n/result-*\n");
            finding.mended(
                "ignore `/result` and `/result-*`",
                Place::new(&path, &(end..end)),
                lines,
            )
        }
        None => finding.help("write a `.gitignore` with `/result` and `/result-*`"),
    }]
}

/// Whether the links are ignored: the last line that is about them decides, and one that begins with `!` takes them back.
fn are_ignored(text: &str) -> bool {
    text.lines()
        .fold(false, |before, line| match line.trim().strip_prefix('!') {
            Some(rest) => before && !is_about(rest),
            None => before || is_about(line),
        })
}

/// Whether a line of an ignore file is about such a link.
fn is_about(line: &str) -> bool {
    let pattern = line
        .trim()
        .trim_start_matches("**/")
        .trim_start_matches('/');
    // A longer one is about something else, and takes long to read.
    // One with a slash at its end is about directories, and these are links.
    if pattern.is_empty()
        || pattern.ends_with('/')
        || pattern.starts_with('#')
        || pattern.len() > 4 * LINK.len()
    {
        return false;
    }
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    glob.is_ok_and(|glob| glob.compile_matcher().is_match(LINK))
}
