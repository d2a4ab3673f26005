//! `allow-unclear`: a comment that wants to allow something and does not say what, or why.

use super::RULES;
use crate::check::allow::all_allowances;
use crate::check::{Finding, Repository, Rule, Severity, Text};
use crate::diagnostic::did_you_mean;

pub(super) static RULE: Rule = Rule {
    id: "allow-unclear",
    severity: Severity::Low,
    title: "a comment allows something and does not say what, or why",
    text: Text {
        what: "A comment that begins with `floxwright:` names a rule that does not exist, gives no reason, or is not written as `# floxwright: allow(RULE): reason`.",
        why: "Whoever reads the file next has to know why a finding is no fault here. A comment that names no rule allows nothing.",
        mend: "Name the rule and the reason: `# floxwright: allow(RULE): reason`, in Markdown `<!-- floxwright: allow(RULE): reason -->`.",
        example: "# floxwright: allow(unused-argument)\n{ lib, stdenv }: stdenv.mkDerivation { }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, all) in all_allowances(repository) {
        for one in all {
            let allowance = match one {
                Ok(allowance) => allowance,
                Err(unclear) => {
                    let finding = RULE
                        .found("this comment allows nothing: it is not written as `allow(RULE): reason`")
                        .at(path, &unclear.range);
                    found.push(finding);
                    continue;
                }
            };
            for name in &allowance.rules {
                if super::rule(name).is_some() {
                    continue;
                }
                let near = did_you_mean(name, RULES.iter().map(|rule| rule.id));
                let near = near.map(|near| format!("; did you mean `{near}`?"));
                let text = format!("there is no rule `{name}`{}", near.unwrap_or_default());
                let finding = RULE.found(text).at(path, &allowance.range);
                found.push(finding.help("`floxwright list rules` lists them"));
            }
            if allowance.reason.is_empty() {
                let finding = RULE
                    .found("this comment allows something and does not say why")
                    .at(path, &allowance.range)
                    .help("write the reason behind a colon: `allow(RULE): reason`");
                found.push(finding);
            }
        }
    }
    found
}
