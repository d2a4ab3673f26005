//! Tests of what a person sees: widgets on a terminal that is a grid, plain questions in memory, texts.

mod fake;
mod output;
mod plain;
mod prompts;

use crate::ask::{Choice, Field, Kind, Question, Review, Value};

fn question(kind: Kind, default: Value) -> Question {
    Question {
        field: Field::Name,
        prompt: "What is it called?".into(),
        help: "Letters, digits and dashes.\nIt can be changed later.".into(),
        kind,
        default,
        step: (3, 9),
    }
}

fn choice(value: &str, label: &str, note: &str) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        note: note.into(),
    }
}

fn layouts() -> Vec<Choice> {
    vec![
        choice(
            "split",
            "one file per package",
            "Each package can be published by itself; the environment stands over them",
        ),
        choice(
            "single",
            "one file",
            "Easy to copy, nothing can be published by itself",
        ),
    ]
}

fn packages(count: usize) -> Vec<Choice> {
    (1..=count)
        .map(|n| {
            let name = format!("acme-{}{n:02}", if n % 3 == 0 { "db" } else { "ui" });
            choice(&name, &name, &format!("What number {n} is good for"))
        })
        .collect()
}

fn review() -> Review {
    let answer = |label: &str, value: &str, from: &str| (label.into(), value.into(), from.into());
    Review {
        answers: vec![
            answer("Name", "acme-flox", "default"),
            answer(
                "Packages",
                "acme-postgres, acme-mysql, acme-graphql, acme-webserver, acme-k8s",
                "asked",
            ),
            answer("Remote", "", "default"),
        ],
        tree: (1..=18)
            .map(|n| format!("+ pkgs/acme-{n}.nix\n"))
            .chain(["~ README.md\n".into(), "= LICENSE\n".into()])
            .collect(),
        actions: vec!["git init, first branch `main`".into()],
        warnings: vec!["acme 1.2.3 is yanked".into()],
    }
}
