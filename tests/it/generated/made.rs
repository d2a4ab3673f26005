//! Repositories made in memory, as `new` makes them.

use crate::distributions::{self, OVERRIDES};
use floxwright::ask::{Answers, Field, Origin, Shape, Tables, Value, fill_defaults, intent_from};
use floxwright::generate::generate;
use floxwright::model::{Intent, Lock};
use floxwright::nixpkgs::Index;
use floxwright::resolve::{Facts, Step, resolve};
use floxwright::scaffold::{Scaffold, built_in, built_in_names};
use floxwright::workspace::read_answers;
use std::sync::LazyLock;

/// The built-in scaffold.
pub(super) fn scaffold() -> Scaffold {
    let name = built_in_names()[0];
    Scaffold::load(name, &built_in(name).expect("it is built in")).expect("it loads")
}

/// Intent and lock for these answers; everything else has its default.
pub(super) fn made(answers: &[(Field, &str)], tables: &Tables, facts: &Facts) -> (Intent, Lock) {
    let scaffold = scaffold();
    let mut known = Answers::new();
    for (field, text) in answers {
        let value = match field.shape() {
            Shape::Text => Value::one(*text),
            Shape::List => Value::many([*text]),
        };
        known.set(*field, value, Origin::Flag);
    }
    fill_defaults(&mut known, &scaffold);
    let intent = intent_from(&known, tables, &scaffold).expect("the answers are good");
    let index = Index::built_in().expect("the index is built in");
    let step = resolve(&intent, &scaffold, &index, facts).expect("it resolves");
    let Step::Done(resolution) = step else {
        panic!("facts are missing: {step:?}")
    };
    let index = index.corrected(&intent.index_corrections);
    let made = generate(&intent, &resolution.lock, &scaffold, &index);
    let (_, lock) = made.expect("it generates");
    (intent, lock)
}

/// Repositories that differ in everything that the lock's shape depends on; made once for all tests.
pub(super) fn all() -> &'static [(Intent, Lock)] {
    static ALL: LazyLock<Vec<(Intent, Lock)>> = LazyLock::new(make_all);
    &ALL
}

fn make_all() -> Vec<(Intent, Lock)> {
    let (tables, facts) = with_override();
    let none = (Tables::default(), Facts::default());
    let packages = (Field::Packages, "dagster-postgres,dagster[docker]");
    vec![
        made(&[], &none.0, &none.1),
        made(&[(Field::Release, "1.12.0"), packages], &none.0, &none.1),
        made(
            &[
                (Field::Layout, "single"),
                (Field::Storage, "mysql"),
                (Field::WithPython, "pandas"),
            ],
            &none.0,
            &none.1,
        ),
        made(
            &[(Field::Python, "3.12"), (Field::With, "none")],
            &tables,
            &facts,
        ),
    ]
}

/// Tables that no flag can say, with distributions from every kind of file.
fn with_override() -> (Tables, Facts) {
    let mut tables = read_answers("answers", OVERRIDES).tables;
    let name = |text: &str| text.parse().expect("a name");
    tables
        .index_corrections
        .insert(name("rich"), "14.0".to_owned());
    let tweaks = tables.tweaks.entry(name("dagster")).or_default();
    tweaks.extra_dependencies.insert(name("boto3"));
    tweaks.relax.insert("coloredlogs".to_owned());
    tweaks
        .remove_dependencies
        .insert("antlr4-python3-runtime".to_owned());
    (tables, distributions::facts())
}
