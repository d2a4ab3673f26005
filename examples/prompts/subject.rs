//! What the prompts of the example are about.

use floxwright::ask::{Choice, Field, Kind, Question, Review, Value};
use floxwright::ui::{NextStep, Outcome};

/// The question of this kind.
pub(crate) fn question(kind: &str, step: (usize, usize)) -> Question {
    let (field, prompt, help, kind, default) = match kind {
        "one" => (
            Field::Layout,
            "How are the builds laid out?",
            "This can be changed later; floxwright moves the files.",
            Kind::One(layouts()),
            Value::one("split"),
        ),
        "many" => (
            Field::Packages,
            "Which packages beside the core?",
            "The core packages are always built. What a package needs comes along by itself.",
            Kind::Many(packages()),
            Value::many(["acme-postgres"]),
        ),
        "words" => (
            Field::WithPython,
            "Which Python libraries does your own code import?",
            "They come from nixpkgs, under the names that they have there.",
            Kind::Words,
            Value::many(["pandas", "polars"]),
        ),
        "yes-no" => (
            Field::With,
            "Shall the first commit be made?",
            "",
            Kind::YesNo,
            Value::one("yes"),
        ),
        _ => (
            Field::Name,
            "What is the repository called?",
            "The name of the directory and of the Flox environment.\nLetters, digits and dashes.",
            Kind::Text,
            Value::one("acme-flox"),
        ),
    };
    Question {
        field,
        prompt: prompt.into(),
        help: help.into(),
        kind,
        default,
        step,
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
            "Each package can be built and published by itself; the environment stands over them",
        ),
        choice(
            "single",
            "one self-contained file",
            "Everything in one expression: easy to copy, nothing can be published by itself",
        ),
    ]
}

fn packages() -> Vec<Choice> {
    let topics = [
        "postgres",
        "mysql",
        "graphql",
        "webserver",
        "k8s",
        "aws",
        "gcp",
        "azure",
        "duckdb",
        "dbt",
    ];
    let more = [
        "pandas",
        "polars",
        "spark",
        "slack",
        "github",
        "celery",
        "docker",
        "ssh",
        "snowflake",
        "日本語",
    ];
    topics
        .iter()
        .chain(&more)
        .map(|name| {
            choice(
                &format!("acme-{name}"),
                &format!("acme-{name}"),
                &format!("Works with {name}; adds {} requirements", name.len()),
            )
        })
        .collect()
}

/// A review that is longer than a screen.
pub(crate) fn review() -> Review {
    let answer =
        |label: &str, value: &str, origin: &str| (label.into(), value.into(), origin.into());
    Review {
        answers: vec![
            answer("Directory", "./acme-flox", "flag"),
            answer("Name", "acme-flox", "default"),
            answer("Release", "1.2.3", "asked"),
            answer(
                "Packages",
                "acme-postgres, acme-mysql, acme-graphql, acme-webserver, acme-k8s",
                "asked",
            ),
            answer("Committer", "Ada Lovelace", "detected"),
            answer("Remote", "", "default"),
        ],
        tree: (1..=20)
            .map(|n| format!("+ .flox/pkgs/acme-{n}.nix\n"))
            .chain(["~ README.md\n".into(), "= LICENSE\n".into()])
            .collect(),
        actions: vec!["git init, first branch `main`".into(), "one commit".into()],
        warnings: vec!["acme 1.2.3 is yanked on PyPI".into()],
    }
}

/// A patch that is longer than a screen.
pub(crate) fn patch() -> String {
    let lines = (1..=60).map(|n| {
        format!(
            "+line {n} of a new file, {}\n",
            "which goes on ".repeat(n % 9)
        )
    });
    std::iter::once("--- /dev/null\n+++ b/README.md\n@@ -0,0 +1,60 @@\n".to_owned())
        .chain(lines)
        .collect()
}

/// What a wizard would say at its end.
pub(crate) fn outcome() -> Outcome {
    Outcome {
        title: "Made acme-flox".into(),
        facts: vec![
            ("Directory".into(), "./acme-flox".into()),
            (
                "Verified".into(),
                "22 files parse; planning again finds nothing".into(),
            ),
        ],
        reproduce: "floxwright new acme-flox --release 1.2.3 --package acme-postgres --yes".into(),
        next: vec![
            NextStep {
                what: "Build everything".into(),
                command: "flox build acme-complete".into(),
            },
            NextStep {
                what: "Push it where you want it".into(),
                command: String::new(),
            },
        ],
    }
}
