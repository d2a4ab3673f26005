//! Made-up distributions of the package index, one for each kind of file that a third party is built from.

#![expect(
    clippy::unwrap_used,
    reason = "what is written here can be read, or the test ends"
)]

use floxwright::ask::{Answers, Field, Origin, Shape, Value, fill_defaults, intent_from};
use floxwright::diagnostic::Failure;
use floxwright::generate::generate;
use floxwright::model::{Intent, System};
use floxwright::nixpkgs::Index;
use floxwright::python::{BuildSystem, PyName};
use floxwright::resolve::{Facts, Request, Step, resolve};
use floxwright::scaffold::{Distribution, Scaffold, Sdist, Wheel, built_in};
use floxwright::tree::Tree;
use floxwright::workspace::{AnswersFile, read_answers};
use std::collections::{BTreeMap, BTreeSet};

/// The `[override]` that asks for all of them.
pub(crate) const OVERRIDES: &str = r#"
[override]
click = "8.1.8"
orjson = "3.11.0"
ruff = "0.14.0"
tabulate = "0.9.0"
"#;

/// A hash as Nix takes it.
const HASH: &str = "sha256-AJWxK/WWbeUpwP6x+ghnFnGz7sxa8ue/lwMsqNK9Mzw=";

/// All of them: from the sdist; from a wheel for all; from one with machine code for one system; from one for each system.
pub(crate) fn facts() -> Facts {
    let mut tabulate = distribution("tabulate", "0.9.0", &["py3-none-any"]);
    tabulate.1.requires = vec!["wcwidth; sys_platform == 'linux'".parse().unwrap()];
    tabulate.1.extras.insert(
        "widechars".parse().unwrap(),
        vec!["wcwidth; extra == 'widechars'".parse().unwrap()],
    );
    tabulate.1.sdist = Some(sdist(
        "tabulate-0.9.0.tar.gz",
        "setuptools.build_meta",
        "'setuptools'",
    ));

    let mut click = distribution("click", "8.1.8", &["py2.py3-none-any"]);
    click.1.sdist = Some(sdist("click-8.1.8.tar.gz", "maturin", "'maturin'"));

    let mut ruff = distribution("ruff", "0.14.0", &["py3-none-any"]);
    ruff.1.binaries = BTreeSet::from([System::X8664Linux]);

    let wheels = [
        "cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64",
        "cp313-cp313-manylinux_2_17_aarch64.manylinux2014_aarch64",
        "cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64",
        "cp312-cp312-macosx_11_0_arm64",
        "cp313-cp313-macosx_11_0_arm64",
        "cp313-cp313-musllinux_1_2_x86_64",
        "cp313-cp313-win_amd64",
    ];
    let orjson = distribution("orjson", "3.11.0", &wheels);
    Facts {
        distributions: BTreeMap::from([tabulate, click, ruff, orjson]),
        source: None,
    }
}

/// A distribution with wheels of these tags, and nothing else.
pub(crate) fn distribution(name: &str, version: &str, tags: &[&str]) -> (PyName, Distribution) {
    let wheels = tags.iter().map(|tags| Wheel {
        name: format!("{}-{version}-{tags}.whl", name.replace('-', "_"))
            .parse()
            .unwrap(),
        hash: HASH.to_owned(),
    });
    let read = Distribution {
        version: version.parse().unwrap(),
        summary: Some("An example.".to_owned()),
        homepage: Some("https://example.org".to_owned()),
        license: Some("MIT".to_owned()),
        requires_python: Some(">=3.7".parse().unwrap()),
        requires: Vec::new(),
        extras: [].into(),
        programs: vec![name.to_owned()],
        modules: vec![name.to_owned()],
        doubt: None,
        sdist: None,
        wheels: wheels.collect(),
        binaries: BTreeSet::new(),
    };
    (name.parse().unwrap(), read)
}

/// A source distribution that is built by this backend, which needs these: quoted, with commas.
pub(crate) fn sdist(file: &str, backend: &str, requires: &str) -> Sdist {
    let pyproject = format!("[build-system]\nrequires = [{requires}]\nbuild-backend = '{backend}'");
    Sdist {
        file: file.to_owned(),
        hash: HASH.to_owned(),
        build: Ok(BuildSystem::parse(Some(&pyproject)).unwrap()),
    }
}

/// Resolves with these flags, the tables of this answers file, and what was read; nothing else is known of third parties.
pub(crate) fn resolved(flags: &[&str], tables: &str, facts: &Facts) -> Result<Step, Failure> {
    let files = built_in("dagster").unwrap();
    let scaffold = Scaffold::load("dagster", &files).unwrap();
    let AnswersFile { tables, .. } = read_answers("answers", tables);
    let mut answers = answers(flags);
    fill_defaults(&mut answers, &scaffold);
    let intent = intent_from(&answers, &tables, &scaffold).unwrap();
    resolve(&intent, &scaffold, &Index::built_in().unwrap(), facts)
}

/// Resolves, with what the scaffold carries of third parties, as the commands do.
fn step(
    intent: &Intent,
    scaffold: &Scaffold,
    index: &Index,
    mut facts: Facts,
) -> Result<Step, Failure> {
    loop {
        let step = resolve(intent, scaffold, index, &facts)?;
        let Step::Need(needs) = &step else {
            return Ok(step);
        };
        let carried = |request: &Request| {
            let known = request.ready_made(scaffold)?;
            Some((request.name.clone(), known.clone()))
        };
        let requests = needs.distributions.iter();
        let known: BTreeMap<_, _> = requests.filter_map(carried).collect();
        if known.is_empty() {
            return Ok(step);
        }
        facts.distributions.extend(known);
    }
}

/// The repository that `new` makes with these flags and the tables of this answers file.
pub(crate) fn made(scaffold: &Scaffold, index: &Index, flags: &[&str], tables: &str) -> Tree {
    let AnswersFile { tables, .. } = read_answers("answers", tables);
    let mut answers = answers(flags);
    fill_defaults(&mut answers, scaffold);
    let intent = intent_from(&answers, &tables, scaffold).unwrap();
    let lock = match step(&intent, scaffold, index, facts()).unwrap() {
        Step::Done(resolution) => resolution.lock,
        Step::Need(needs) => panic!("{flags:?} has to be read: {needs:?}"),
    };
    generate(&intent, &lock, scaffold, index).unwrap().0
}

/// The answers that pairs of flags and values give.
fn answers(flags: &[&str]) -> Answers {
    let mut answers = Answers::new();
    for pair in flags.chunks(2) {
        let field = Field::ALL.iter().find(|field| field.flag() == pair[0]);
        let field = *field.unwrap_or_else(|| panic!("there is no flag {}", pair[0]));
        let value = match field.shape() {
            Shape::Text => Value::one(pair[1]),
            Shape::List => Value::many([pair[1]]),
        };
        answers.set(field, value, Origin::Flag);
    }
    answers
}
