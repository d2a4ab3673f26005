//! Variables that no template is given, in every branch, whether it is rendered or not.

use super::liquid_text::{Tag, tags, variables};
use super::{Finding, Kind};
use crate::diagnostic::did_you_mean;
use crate::generate::Sample;
use liquid::model::{ObjectView, ValueView};
use std::collections::BTreeSet;

/// What arrays and texts have beside what was put in.
const OF_ALL: [&str; 3] = ["first", "last", "size"];

/// What a sample says of a path.
enum Seen {
    /// It is there, or what it leads through has nothing in it that could tell.
    Known,
    /// The name is not among these.
    Unknown(String, Vec<String>),
}

/// The names that the templates themselves give: by `assign`, `capture`, `for` and to includes.
pub(super) fn local_names<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["forloop".to_owned(), "include".to_owned()]);
    for text in texts {
        for Tag { name, rest, .. } in tags(text) {
            let words = super::liquid_text::words(rest);
            match name {
                "assign" | "capture" | "for" | "tablerow" | "increment" | "decrement" => {
                    names.extend(words.first().map(|word| (*word).to_owned()));
                }
                "include" | "render" => {
                    let given = words.windows(2).filter(|pair| pair[1] == ":");
                    names.extend(given.map(|pair| pair[0].to_owned()));
                }
                _ => {}
            }
        }
    }
    names
}

/// What a template is rendered for, itself or by those that include it.
#[derive(Clone, Copy)]
pub(super) struct Uses {
    /// Outputs.
    pub(super) outputs: bool,
    /// The form of nixpkgs.
    pub(super) nixpkgs: bool,
}

/// The unknown variables of one template.
pub(super) fn unknown(
    (file, text): (&str, &str),
    samples: &[Sample],
    local: &BTreeSet<String>,
    uses: Uses,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tag in tags(text) {
        if tag.name.starts_with("end") || matches!(tag.name, "else" | "break" | "continue") {
            continue;
        }
        for path in variables(tag.rest) {
            let root = path.first().copied().unwrap_or_default();
            if local.contains(root) {
                continue;
            }
            if let Seen::Unknown(name, near) = look(&path, samples, uses) {
                let near = did_you_mean(&name, near.iter().map(String::as_str));
                let near = near.map(|near| format!("; did you mean `{near}`?"));
                findings.push(Finding {
                    kind: Kind::UnknownVariable,
                    file: file.to_owned(),
                    line: tag.line,
                    text: format!(
                        "there is no `{}`{}",
                        path.join("."),
                        near.unwrap_or_default()
                    ),
                });
            }
        }
    }
    findings
}

/// Whether any sample has the path.
fn look(path: &[&str], samples: &[Sample], uses: Uses) -> Seen {
    let mut last = Seen::Known;
    for sample in samples {
        let (root, rest) = path.split_first().unwrap_or((&"", &[]));
        let made = sample.packages.iter().filter(|_| uses.outputs);
        let exported = sample.exported.iter().filter(|_| uses.nixpkgs);
        let packages: Vec<&dyn ValueView> = made.chain(exported).map(|one| one as _).collect();
        let roots: Vec<&dyn ValueView> = if *root == "package" && !packages.is_empty() {
            packages
        } else if let Some(value) = ObjectView::get(&sample.values, root).filter(|_| uses.outputs) {
            vec![value]
        } else if !uses.outputs {
            // The form of nixpkgs sees nothing else.
            last = Seen::Unknown((*root).to_owned(), vec!["package".to_owned()]);
            continue;
        } else {
            let names = ObjectView::keys(&sample.values).map(|key| key.to_string());
            last = Seen::Unknown((*root).to_owned(), names.collect());
            continue;
        };
        for value in roots {
            match walk(value, rest) {
                Seen::Known => return Seen::Known,
                Seen::Unknown(name, near) => last = Seen::Unknown(name, near),
            }
        }
    }
    last
}

fn walk(value: &dyn ValueView, path: &[&str]) -> Seen {
    let Some((name, rest)) = path.split_first() else {
        return Seen::Known;
    };
    if let Some(object) = value.as_object() {
        return match object.get(name) {
            Some(value) => walk(value, rest),
            None if OF_ALL.contains(name) => Seen::Known,
            None => {
                let keys = object.keys().map(|key| key.to_string()).collect();
                Seen::Unknown((*name).to_owned(), keys)
            }
        };
    }
    if let Some(array) = value.as_array() {
        return match (array.first(), *name) {
            (_, "size") | (None, _) => Seen::Known,
            (Some(first), _) => walk(first, rest),
        };
    }
    if value.is_nil() || *name == "size" {
        return Seen::Known;
    }
    Seen::Unknown((*name).to_owned(), Vec::new())
}
