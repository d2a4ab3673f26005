//! `publish-refused`: what `flox publish` would say no to, as far as that is seen without asking anybody.

use crate::check::{Branch, Finding, Repository, Rule, Severity, Text};
use crate::template::shell_word;

pub(super) static RULE: Rule = Rule {
    id: "publish-refused",
    severity: Severity::Low,
    title: "`flox publish` refuses the repository as it stands",
    text: Text {
        what: "Nothing is committed yet, a tracked file is changed, no branch is checked out, the branch follows none of a server, or its commits are not there.",
        why: "Flox publishes a commit that others can fetch: it builds it again from git, and records where it came from.",
        mend: "Commit, and push the branch so that it follows the server's: `git push -u origin main`.",
        example: "# flox publish -o acme acme-complete\n# error: the current branch has no upstream\n{ }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let Some(git) = &repository.found.git else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let push = |name: &str| format!("git push -u origin {}", shell_word(name));
    let told = match &git.branch {
        Branch::Pushed => None,
        Branch::Unborn => Some((
            "nothing is committed yet, and Flox publishes a commit".to_owned(),
            "git add . && git commit".to_owned(),
        )),
        Branch::Detached => Some((
            "no branch is checked out, and Flox publishes from a branch".to_owned(),
            "git switch BRANCH".to_owned(),
        )),
        Branch::Alone(name) => Some((
            format!(
                "the branch `{name}` follows none of a server, and Flox publishes what is there"
            ),
            push(name),
        )),
        Branch::Ahead(name, count) => Some((
            format!(
                "the server lacks {count} {} of `{name}`, as far as is known here",
                if *count == 1 { "commit" } else { "commits" }
            ),
            "git push".to_owned(),
        )),
    };
    if let Some((message, help)) = told {
        found.push(RULE.found(message).help(help));
    }
    if git.branch != Branch::Unborn
        && let Some(first) = git.changed.first()
    {
        let message = match git.changed.len() {
            1 => format!("`{first}` is changed and not committed"),
            count => format!(
                "`{first}` and {} more are changed and not committed",
                count - 1
            ),
        };
        found.push(RULE.found(message).help("git commit --all"));
    }
    found
}
