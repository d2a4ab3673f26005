//! Repositories made in memory, as `new` makes them.

use floxwright::ask::{Answers, Field, Origin, Shape, Tables, Value, fill_defaults, intent_from};
use floxwright::generate::generate;
use floxwright::model::{Intent, Lock};
use floxwright::nixpkgs::Index;
use floxwright::resolve::{Facts, Step, resolve};
use floxwright::scaffold::{Scaffold, built_in, built_in_names};

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

/// Repositories that differ in everything that the lock's shape depends on.
pub(super) fn all() -> Vec<(Intent, Lock)> {
    let (tables, facts) = with_override();
    let none = (Tables::default(), Facts::new());
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

/// Tables that no flag can say, and the facts that they lead to: a released package stands in for a distribution.
fn with_override() -> (Tables, Facts) {
    let scaffold = scaffold();
    let newest = scaffold.newest().expect("there is a release");
    let pipes = newest
        .packages
        .iter()
        .find(|(name, _)| name.as_str() == "dagster-pipes");
    let mut click = pipes.expect("the release has it").1.clone();
    click.version = "8.1.8".parse().expect("a version");
    let name = |text: &str| text.parse().expect("a name");
    let mut tables = Tables::default();
    tables.overrides.insert(name("click"), "8.1.8".to_owned());
    tables
        .index_corrections
        .insert(name("rich"), "14.0".to_owned());
    let tweaks = tables.tweaks.entry(name("dagster")).or_default();
    tweaks.extra_dependencies.insert(name("boto3"));
    tweaks.relax.insert("coloredlogs".to_owned());
    tweaks
        .remove_dependencies
        .insert("antlr4-python3-runtime".to_owned());
    (tables, [(name("click"), click)].into_iter().collect())
}
