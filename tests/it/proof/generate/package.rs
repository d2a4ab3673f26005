//! `scaffolds/flox-package`, a plain template: cargo-generate gives the same bytes for every combination of its answers.

use super::{Programs, compare, order};
use crate::proof::{top, wanted};
use floxwright::disk::{GitFiles, Links, read_staged};

/// The values that are tried of each placeholder; a project's owner is asked for where there is one.
const ANSWERS: [(&str, &[&str]); 6] = [
    ("kind", &["script", "make", "rust", "go", "python"]),
    ("license", &["mit", "gpl3Plus"]),
    ("workflow", &["true", "false"]),
    ("version", &["0.1.0", "2024.1-rc.1+b"]),
    (
        "description",
        &["Program packaged with Flox", "It's <a> {{b}} & ünïcode"],
    ),
    ("owner", &["acme"]),
];

const NAMES: [&str; 3] = ["hello", "my_tool", "HTTPServer"];

/// Every combination.
fn combinations() -> Vec<Vec<(String, toml::Value)>> {
    let mut all = vec![Vec::new()];
    for (name, values) in ANSWERS {
        let with = |answers: &Vec<(String, toml::Value)>| {
            let more = values.iter().map(|value| {
                let answer = (name.to_owned(), toml::Value::from(*value));
                answers.iter().cloned().chain([answer]).collect()
            });
            more.collect::<Vec<Vec<_>>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

#[test]
fn the_plain_template_gives_what_the_real_program_gives() {
    if !wanted("generate") {
        return;
    }
    let programs = Programs::new();
    let template = read_staged(
        &top().join("scaffolds/flox-package"),
        GitFiles::Kept,
        Links::LeftOut,
    )
    .unwrap();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (number, answers) in combinations().into_iter().enumerate() {
        let mut order = order(answers);
        order.name = Some(NAMES[number % NAMES.len()].to_owned());
        count += 1;
        if let Err(difference) = compare(&programs, &template, &order) {
            wrong.push(format!("{:?}: {difference}", order.values));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!(
        "{count} answers to the plain template give what cargo-generate {} gives",
        super::VERSION
    );
}
