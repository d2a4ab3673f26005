//! `evaluation-fails`: Nix cannot evaluate a package.

use crate::check::{Finding, Repository, Rule, Severity, Text, Unevaluated};
use crate::nixpkgs::attributes;
use crate::python::PyName;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "evaluation-fails",
    severity: Severity::Critical,
    title: "Nix cannot evaluate a package",
    text: Text {
        what: "With `--with-nix`, Nix is asked to evaluate every package below `.flox/pkgs` with a nixpkgs, and ends with an error.",
        why: "What cannot be evaluated cannot be built. The error is that of the nixpkgs which was asked: the one of `--nixpkgs`, or `<nixpkgs>`.",
        mend: "Mend it where the mark stands. An attribute that nixpkgs lacks is spelled otherwise, or has to be packaged beside the others: `floxwright add --missing package`.",
        example: "{ python313Packages }:\npython313Packages.clik",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let all = repository.found.unevaluated.iter();
    all.map(|one| {
        let whom = if one.package.is_empty() {
            "the packages".to_owned()
        } else {
            format!("`{}`", one.package)
        };
        let finding = RULE.found(format!("{whom} cannot be evaluated: {}", one.message));
        let finding = match &one.place {
            Some((path, line, column)) => {
                let text = repository.survey.text(path.as_str()).unwrap_or_default();
                finding.at(path, &range(&text, *line, *column))
            }
            None => finding,
        };
        match help(one, repository) {
            Some(help) => finding.help(help),
            None => finding,
        }
    })
    .collect()
}

/// The rest of a line from a column, both from 1.
fn range(text: &str, line: usize, column: usize) -> Range<usize> {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start = before.map(str::len).sum::<usize>() + column.saturating_sub(1);
    let start = text.floor_char_boundary(start.min(text.len()));
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find(|c| !word(c)).filter(|end| *end > 0);
    let next = rest.chars().next().map_or(0, char::len_utf8);
    start..start + end.unwrap_or(next)
}

/// What to do about an attribute or an argument that is not there.
fn help(one: &Unevaluated, repository: &Repository<'_>) -> Option<String> {
    if one.message.contains("did you mean") {
        return None;
    }
    let name = one.message.split(['\'', '"']).nth(1)?;
    if one.message.contains("undefined variable") {
        return Some(format!("nothing binds `{name}`: take it as an argument"));
    }
    let is_argument = one.message.contains("without required argument");
    let is_of_packages = one.message.contains("missing") && is_from_packages(name, one, repository);
    if !is_argument && !is_of_packages {
        return None;
    }
    let known: PyName = name.parse().ok()?;
    let mut names = repository.index.names();
    if names.any(|other| other == known.as_str()) {
        let attribute = attributes(&known, None).into_iter().next()?;
        return Some(format!(
            "the index of nixpkgs has it as `{attribute}`: look at the set that it is taken from"
        ));
    }
    let or_file = if is_argument {
        format!(", and `.flox/pkgs/{name}.nix` would be taken")
    } else {
        String::new()
    };
    Some(format!(
        "nixpkgs lacks it: `floxwright add --missing package` packages what is lacking{or_file}"
    ))
}

/// Whether the line takes the attribute from a set of packages, and not from some other.
fn is_from_packages(name: &str, one: &Unevaluated, repository: &Repository<'_>) -> bool {
    let line = one.place.as_ref().and_then(|(path, line, _)| {
        let text = repository.survey.text(path.as_str())?;
        text.lines().nth(line.checked_sub(1)?).map(str::to_owned)
    });
    let line = line.unwrap_or_default();
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut places = line.match_indices(name);
    places.any(|(at, _)| {
        let before = line.get(..at).unwrap_or_default();
        let set = before.rsplit(|c| !part(c)).next().unwrap_or_default();
        let set = set
            .trim_end_matches('.')
            .rsplit('.')
            .next()
            .unwrap_or_default();
        set.ends_with("Packages") || set.ends_with("pkgs") || set == "ps"
    })
}
