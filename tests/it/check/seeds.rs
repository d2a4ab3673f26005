//! What people's own reports found in a day is found here, in a repository after the reports' own words.

use super::{everything, known, told};
use floxwright::check::{Found, Git, Settings, mended, report};
use floxwright::cmd::cli;
use floxwright::tree::Tree;
use std::fmt::Write as _;

/// The repository of the reports: one file for each package, all at once in another, from the branch.
pub(crate) const REPORTED: &str = include_str!("seeds/reported.txt");

fn reported() -> Found {
    Found {
        files: Tree::from_fixture(REPORTED).unwrap(),
        directory: "reported".to_owned(),
        git: Some(Git::default()),
        ..Found::default()
    }
}

/// What the reports say, or get wrong; the rule that finds it, in which file, with which words.
const ISSUES: [(&str, &str, &str, &str); 33] = [
    (
        "critical: universal-pathlib is missing",
        "requirement-missing",
        "dagster.nix",
        "`universal-pathlib`",
    ),
    (
        "high: antlr4-python3-runtime is missing",
        "requirement-missing",
        "dagster.nix",
        "`antlr4-python3-runtime`",
    ),
    (
        "high: platformdirs is missing",
        "requirement-missing",
        "dagster-shared.nix",
        "`platformdirs`",
    ),
    (
        "high: typing-extensions is missing",
        "requirement-missing",
        "dagster-shared.nix",
        "`typing-extensions`",
    ),
    (
        "high: tomlkit is missing",
        "requirement-missing",
        "dagster-shared.nix",
        "`tomlkit`",
    ),
    (
        "high: pydantic is missing",
        "requirement-missing",
        "dagster-shared.nix",
        "`pydantic`",
    ),
    (
        "high: the branch is built, and not the release",
        "revision-moving",
        "dagster-src.nix",
        "`master`",
    ),
    (
        "medium: version numbers are wrong",
        "version-track",
        "dagster.nix",
        "`1.9.11`",
    ),
    (
        "low: runCommand instead of sourceRoot",
        "source-extracted",
        "dagster-shared.nix",
        "command",
    ),
    (
        "low: psutil on Linux",
        "requirement-superfluous",
        "dagster.nix",
        "`psutil`",
    ),
    (
        "medium: no runtime documentation",
        "document-missing",
        "",
        "RUNTIME_REQUIREMENTS.md",
    ),
    (
        "medium: no update documentation",
        "document-missing",
        "",
        "UPDATE_WORKFLOW.md",
    ),
    (
        "buildEnv gives a working closure",
        "environment-links",
        "dagster-complete.nix",
        "`buildEnv`",
    ),
    (
        "the web server from the monorepo",
        "source-incomplete",
        "dagster-webserver.nix",
        "webapp",
    ),
    (
        "no version conflicts: coloredlogs",
        "bound-violated",
        "dagster-strict.nix",
        "coloredlogs",
    ),
    (
        "plain uvicorn for uvicorn[standard]",
        "extra-missing",
        "dagster-webserver.nix",
        "uvicorn[standard]",
    ),
    (
        "snippets without a format",
        "format-implicit",
        "dagster.nix",
        "`pyproject`",
    ),
    (
        "the library at the core's version",
        "version-track",
        "dagster-postgres.nix",
        "`0.28.0`",
    ),
    (
        "psycopg2-binary is not removed",
        "requirement-replaced",
        "dagster-postgres.nix",
        "psycopg2-binary",
    ),
    (
        "the source is always called source",
        "source-root-literal",
        "dagster-complete.nix",
        "`source`",
    ),
    (
        "the directory of dagster-shared",
        "source-path",
        "dagster-complete.nix",
        "python_modules/libraries/dagster-shared",
    ),
    (
        "python312 is not cached",
        "python-uncached",
        "",
        "python312Packages",
    ),
    (
        "propagatedBuildInputs for requirements",
        "requirements-propagated",
        "dagster.nix",
        "propagatedBuildInputs",
    ),
    (
        "the old format",
        "format-legacy",
        "dagster-pipes.nix",
        "setuptools",
    ),
    (
        "one version for all packages",
        "release-mixed",
        "dagster-complete.nix",
        "1.9.11",
    ),
    (
        "an empty hash while updating",
        "hash-missing",
        "dagster-complete.nix",
        "empty",
    ),
    ("no meta", "meta-missing", "dagster.nix", ""),
    (
        "sourceRoot has no disadvantage",
        "claim-wrong",
        "ANALYSIS.md",
        "the whole monorepo",
    ),
    (
        "a closure of 500 MB, and of 411 MB",
        "document-disagrees",
        "ANALYSIS.md",
        "500MB",
    ),
    (
        "one derivation",
        "claim-wrong",
        "README.md",
        "a derivation of its own",
    ),
    ("Linux only", "claim-wrong", "ANALYSIS.md", "macOS"),
    (
        "python in the environment that builds",
        "document-command",
        "README.md",
        "`dagster`",
    ),
    (
        "an image with PostgreSQL",
        "claim-wrong",
        "ANALYSIS.md",
        "image",
    ),
];

#[test]
fn what_the_reports_found_is_found() {
    let found = reported();
    let report = everything(&found);
    let mut wrong = String::new();
    for (issue, rule, file, words) in ISSUES {
        let mut findings = report.findings.iter();
        let is_there = findings.any(|one| {
            let place = one.place.as_ref().map(|place| place.path.name());
            one.rule.id == rule
                && (file.is_empty() || place == Some(file))
                && one.message.contains(words)
        });
        if !is_there {
            let _ = writeln!(wrong, "{issue}: no {rule} in {file} with {words}");
        }
    }
    let all = report
        .findings
        .iter()
        .map(|one| format!("{} {}\n", one.rule.id, told(one, &found)));
    assert!(wrong.is_empty(), "{wrong}\n{}", all.collect::<String>());
}

/// Programs that a hint may start besides this one: those of the tools that a packaging repository is worked on with.
const TOOLS: [&str; 4] = ["flox ", "git ", "nix ", "\"$EDITOR\" +"];

/// Whether a hint has a command that can be typed; one of this program is understood by it.
fn is_command(help: &str) -> bool {
    let quoted = help.split('`').skip(1).step_by(2);
    let mut all = quoted.chain([help]);
    all.any(|words| {
        let is_own = words.starts_with("floxwright ");
        let result = cli().try_get_matches_from(words.split_whitespace());
        let is_tool = TOOLS.iter().any(|tool| words.starts_with(tool));
        is_tool || is_own && result.is_ok()
    })
}

/// What is left when everything is mended that can be, each with what to do.
#[test]
fn what_remains_after_mending_says_what_to_do() {
    let found = reported();
    let done = mended(&found, known(), &Settings::default());
    let mut after = found.clone();
    for (path, file) in done.files.iter() {
        after.files.insert(path.clone(), file.clone());
    }
    let rest = report(&after, known(), &Settings::default());
    let mut text = String::new();
    for one in &rest.findings {
        assert!(one.fix.is_none(), "{}", told(one, &after));
        let help = one.help.as_deref().unwrap_or("-");
        assert!(is_command(help), "{}: {help}", told(one, &after));
        let _ = writeln!(text, "{} {}\n  {help}", one.rule.id, told(one, &after));
    }
    insta::assert_snapshot!("reported.rest", text);
    insta::assert_snapshot!("reported.mended", done.files.to_fixture());
}
