//! Branches that no rendering takes. Each branch gets a mark that survives rendering; what has no mark in any text was not taken.

use super::liquid_text::{Tag, tags, variables};
use super::{Finding, Kind};
use crate::scaffold::{Output, OutputScope};
use std::collections::BTreeSet;

/// A mark is a number between these two, which no template has.
const MARK: [char; 2] = ['\u{f8f0}', '\u{f8f1}'];

/// The answers whose values the matrix pairs with each other: what depends on one or two of them is taken, or never will be.
const PAIRED: [&str; 12] = [
    "workspace.layout",
    "workspace.expose",
    "workspace.nixpkgs",
    "workspace.pinned",
    "workspace.runtime",
    "workspace.workflows",
    "workspace.flake",
    "workspace.documents.set",
    "workspace.documents.dir",
    "workspace.documents.prefix",
    "workspace.handle",
    "workspace.storage",
];

/// A branch of a template.
pub(super) struct Branch {
    number: usize,
    file: String,
    line: usize,
    /// The tag, as it stands there.
    shown: String,
    /// The variables that its condition and those around it depend on.
    depends: BTreeSet<String>,
    /// The branch around it.
    parent: Option<usize>,
}

/// What is open at a place of a template.
#[derive(Clone, Copy)]
struct Open {
    /// The innermost branch.
    branch: Option<usize>,
    /// Whether an `else` here begins another branch.
    forks: bool,
}

/// The text with a mark in each branch, and the branches. Numbers go on from `all`.
pub(super) fn marked((file, text): (&str, &str), all: &mut Vec<Branch>) -> String {
    let (mut out, mut from) = (String::new(), 0);
    let mut stack: Vec<Open> = Vec::new();
    for tag in tags(text) {
        let around = stack.last().and_then(|open| open.branch);
        let forks = stack.last().is_some_and(|open| open.forks);
        let number = match tag.name {
            "if" | "unless" => branch(file, &tag, around, all),
            "elsif" | "else" if forks => {
                stack.pop();
                let number = branch(file, &tag, around, all);
                // It stands beside the one before, and depends on the same.
                let parent = around.and_then(|before| all.get(before)?.parent);
                if let Some(branch) = all.get_mut(number) {
                    branch.parent = parent;
                }
                number
            }
            "for" | "case" => {
                stack.push(Open {
                    branch: around,
                    forks: false,
                });
                continue;
            }
            "endif" | "endunless" | "endfor" | "endcase" => {
                stack.pop();
                continue;
            }
            _ => continue,
        };
        stack.push(Open {
            branch: Some(number),
            forks: true,
        });
        out.push_str(text.get(from..tag.end).unwrap_or_default());
        out.push(MARK[0]);
        out.push_str(&number.to_string());
        out.push(MARK[1]);
        from = tag.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Adds a branch; its place in the list.
fn branch(file: &str, tag: &Tag<'_>, around: Option<usize>, all: &mut Vec<Branch>) -> usize {
    let outer = around.and_then(|around| all.get(around));
    let mut depends = outer.map_or_else(BTreeSet::new, |outer| outer.depends.clone());
    depends.extend(variables(tag.rest).iter().map(|path| path.join(".")));
    let number = all.len();
    all.push(Branch {
        number,
        file: file.to_owned(),
        line: tag.line,
        shown: format!("{} {}", tag.name, tag.rest).trim().to_owned(),
        depends,
        parent: around,
    });
    number
}

/// The branches that are marked in texts.
pub(super) fn taken(text: &str, found: &mut BTreeSet<usize>) {
    for part in text.split(MARK[0]).skip(1) {
        let number = part.split(MARK[1]).next();
        found.extend(number.and_then(|number| number.parse::<usize>().ok()));
    }
}

/// Whether the matrix tries every value of what a branch depends on, so that one that was not taken never is.
pub(super) fn is_paired(depends: &BTreeSet<String>) -> bool {
    let paired = |name: &String| PAIRED.contains(&name.as_str());
    !depends.is_empty() && depends.len() <= 2 && depends.iter().all(paired)
}

/// What was never taken, the outermost of each. `is_judged` says whether all values of some variables were tried together.
pub(super) fn never(
    all: &[Branch],
    taken: &BTreeSet<usize>,
    is_judged: impl Fn(&BTreeSet<String>) -> bool,
) -> Vec<Finding> {
    let open = all.iter().filter(|branch| {
        let is_outermost = branch.parent.is_none_or(|parent| taken.contains(&parent));
        !taken.contains(&branch.number) && is_outermost
    });
    open.map(|branch| {
        let unreachable = is_judged(&branch.depends);
        Finding {
            kind: if unreachable {
                Kind::Unreachable
            } else {
                Kind::NeverTaken
            },
            file: branch.file.clone(),
            line: branch.line,
            text: if unreachable {
                format!("no answers lead to `{}`", branch.shown)
            } else {
                format!("`{}` was not taken by any rendering", branch.shown)
            },
        }
    })
    .collect()
}

/// An output that no combination made.
pub(super) fn never_made(output: &Output) -> Finding {
    let condition = output.when.as_deref().unwrap_or_default();
    let depends = variables(condition);
    let of_facts = |path: &Vec<&str>| !PAIRED.contains(&path.join(".").as_str());
    // Third parties come with the packages that need them.
    let depends_on_facts = output.scope != OutputScope::Workspace || depends.iter().any(of_facts);
    Finding {
        kind: if depends_on_facts {
            Kind::NeverTaken
        } else {
            Kind::NeverMade
        },
        file: "scaffold.toml".to_owned(),
        line: 0,
        text: format!("no combination makes the output `{}`", output.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `shown` is what is rendered in the end; `expected` are the lines of the branches that are missing in it.
    fn check(text: &str, taken_numbers: &[usize], expected: &[(usize, bool)]) {
        let mut all = Vec::new();
        let marked = marked(("f", text), &mut all);
        for number in 0..all.len() {
            assert!(marked.contains(&format!("{}{number}{}", MARK[0], MARK[1])));
        }
        let mut found = BTreeSet::new();
        for number in taken_numbers {
            taken(&format!("x{}{number}{}y", MARK[0], MARK[1]), &mut found);
        }
        let told: Vec<(usize, bool)> = never(&all, &found, is_paired)
            .iter()
            .map(|finding| (finding.line, finding.kind == Kind::Unreachable))
            .collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn what_is_not_taken_is_told_once() {
        let text = "{% if workspace.layout == 'x' %}\n{% if a %}{% endif %}\n{% elsif b %}\n{% else %}\n{% endif %}";
        check(text, &[3], &[(1, true), (3, false)]);
        check(text, &[0, 2, 3], &[(2, false)]);
        check(text, &[0, 1, 2, 3], &[]);
        check(
            "{% for a in b %}{% if c %}{% endif %}{% else %}{% endfor %}",
            &[],
            &[(1, false)],
        );
    }
}
