//! Placeholders that are asked for, and that nothing uses.

use super::{CONFIG, Finding, Kind, is_content, is_script};
use crate::expand::{Declared, Staged};
use crate::lint::liquid_text::{tags, variables};
use std::collections::BTreeSet;

/// The placeholders that no file, path, condition or script names.
pub(super) fn unused(staged: &Staged, declared: &Declared) -> Vec<Finding> {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut scripts = Vec::new();
    for (path, _) in staged.iter() {
        used.extend(in_tags(path));
        let Some(text) = staged.text(path) else {
            continue;
        };
        if is_content(path) {
            used.extend(in_tags(text));
        } else if is_script(path) {
            scripts.push(text);
        }
    }
    for condition in &declared.conditions {
        used.extend(names(condition));
    }
    let config = staged.text(CONFIG).unwrap_or_default();
    used.extend(in_tags(config));
    let in_scripts = |name: &str| {
        let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{name}{quote}"));
        scripts
            .iter()
            .any(|text| quoted.iter().any(|name| text.contains(name.as_str())))
    };
    let mut found = Vec::new();
    for question in &declared.placeholders {
        let name = question.name.as_str();
        if !used.contains(name) && !in_scripts(name) {
            found.push(Finding {
                file: CONFIG.to_owned(),
                line: line_of(name, config),
                kind: Kind::UnusedPlaceholder,
                text: format!("`{name}` is asked for, and nothing uses it"),
            });
        }
    }
    found
}

fn in_tags(text: &str) -> BTreeSet<String> {
    let tags = tags(text);
    let all = tags.iter().flat_map(|tag| variables(tag.rest));
    all.filter_map(|path| Some((*path.first()?).to_owned()))
        .collect()
}

/// The names in an expression, its texts left out. What is no variable is among them, and harms nothing.
pub(super) fn names(expression: &str) -> BTreeSet<String> {
    let outside = expression.split('"').step_by(2);
    let words =
        outside.flat_map(|part| part.split(|c: char| !(c.is_alphanumeric() || "_-".contains(c))));
    let is_name = |word: &&str| {
        let first = word.chars().next();
        first.is_some_and(|c| c.is_alphabetic() || c == '_') && !["true", "false"].contains(word)
    };
    words.filter(is_name).map(str::to_owned).collect()
}

/// The line in which a placeholder is declared, from 1; 0 where it is not found.
fn line_of(name: &str, config: &str) -> usize {
    let is_declared = |line: &str| {
        let line = line.trim();
        let header = line.trim_start_matches('[').trim_end_matches(']');
        let last = header.rsplit('.').next().unwrap_or(header);
        let key = line.split('=').next().unwrap_or_default().trim();
        let plain = |text: &str| text.trim_matches(['"', '\'']) == name;
        (line.starts_with('[') && header.contains("placeholders") && plain(last))
            || (line.contains('{') && plain(key))
    };
    config
        .lines()
        .position(is_declared)
        .map_or(0, |line| line + 1)
}
