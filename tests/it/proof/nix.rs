//! Real Nix evaluates every package of every repository over a stub of nixpkgs, and the linters have nothing to say.

use super::{REPOSITORIES, make, run, succeeded, top, wanted};
use crate::adopt::{commit, files, handmade};
use crate::cases::SEVERAL;
use crate::distributions::{OVERRIDES, made};
use crate::sandbox::{Sandbox, new_yes};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The systems that a repository states, by default.
pub(super) const SYSTEMS: [&str; 3] = ["x86_64-linux", "aarch64-linux", "aarch64-darwin"];

#[test]
fn the_stub_refuses_what_nixpkgs_would() {
    if wanted("nix") {
        run("tests/nix/selftest", &[]);
    }
}

#[test]
fn every_package_evaluates_and_the_linters_are_silent() {
    if !wanted("nix") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    for (name, arguments) in REPOSITORIES {
        let repository = make(directory.path(), name, arguments);
        evaluate(name, &repository);
        lint(name, &repository);
    }
}

/// Also those that asking for everything leaves out. What nixpkgs lacks is read from the package index.
#[test]
fn every_package_of_the_ready_made_releases_evaluates() {
    if !wanted("nix") {
        return;
    }
    for name in floxwright::scaffold::built_in_names() {
        let files = floxwright::scaffold::built_in(name).unwrap();
        let scaffold = floxwright::scaffold::Scaffold::load(name, &files).unwrap();
        evaluate_releases(&scaffold);
    }
}

fn evaluate_releases(scaffold: &floxwright::scaffold::Scaffold) {
    let directory = tempfile::tempdir().unwrap();
    for release in scaffold.ready_made() {
        let packages = release.packages.keys();
        let packages: Vec<&str> = packages.map(floxwright::python::PyName::as_str).collect();
        let release = &release.release.to_string();
        for layout in ["split", "single"] {
            let name = format!("{layout}-{release}-all");
            let arguments = [
                "--scaffold",
                &scaffold.name,
                "--release",
                release,
                "--layout",
                layout,
                "--package",
                &packages.join(","),
            ];
            let repository = make(directory.path(), &name, &arguments);
            evaluate(&name, &repository);
            lint(&name, &repository);
        }
    }
}

/// What was taken over evaluates, with what the person made by hand in it and beside it.
#[test]
fn what_was_taken_over_evaluates() {
    if !wanted("nix") {
        return;
    }
    for (name, layouts) in [
        ("split", &["split"][..]),
        ("closure", &["single", "split"]),
        ("both", &["split", "single"]),
    ] {
        for layout in layouts {
            let sandbox = handmade(&files(name));
            let done = sandbox.run(&["-C", "d", "adopt", "--yes", "--layout", layout]);
            drop(done.success());
            commit(&sandbox);
            let path = sandbox.path("d");
            let path = path.to_str().unwrap();
            let printed = run("tests/nix/eval", &[path, "--system", "x86_64-linux"]);
            let evaluated = printed.lines().filter(|line| line.starts_with('{')).count();
            let count = packages(&sandbox.path("d"));
            assert_eq!(evaluated, count, "{name} as {layout}: {printed}");
        }
    }
}

/// Every package, on every system, with the versions of the release.
fn evaluate(name: &str, repository: &Path) {
    let directory = tempfile::tempdir().unwrap();
    let versions = versions(directory.path(), repository);
    let (path, versions) = (repository.to_str().unwrap(), versions.to_str().unwrap());
    for system in SYSTEMS {
        let arguments = [path, "--system", system, "--versions", versions];
        let printed = run("tests/nix/eval", &arguments);
        let evaluated = printed.lines().filter(|line| line.starts_with('{')).count();
        assert_eq!(
            evaluated,
            packages(repository),
            "{name} on {system}: {printed}"
        );
    }
}

/// The flake offers the same derivations as Flox finds, on every system; its overlay makes the same ones.
#[test]
fn the_flake_offers_what_flox_finds() {
    if !wanted("nix") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    for (name, flags) in [
        ("split", &["--release", "1.12.0", "--package", SEVERAL][..]),
        ("split-new", &["--expose", "all"]),
        ("single", &["--layout", "single", "--expose", "programs"]),
    ] {
        let repository = make(
            directory.path(),
            name,
            &[&["--with", "flake"], flags].concat(),
        );
        let path = repository.to_str().unwrap();
        let offered = run("tests/nix/flake", &[path]);
        let offered: serde_json::Value = serde_json::from_str(&offered).unwrap();
        let lock = std::fs::read_to_string(repository.join("floxwright.lock")).unwrap();
        let lock = floxwright::workspace::read_lock(&lock).unwrap();
        let named = |kind: &str, system: &str| -> BTreeMap<String, String> {
            serde_json::from_value(offered[kind][system].clone()).unwrap()
        };
        for system in SYSTEMS {
            let printed = run("tests/nix/eval", &[path, "--system", system]);
            let found = printed.lines().map(|line| {
                let one: serde_json::Value = serde_json::from_str(line).unwrap();
                let text = |key: &str| one[key].as_str().unwrap().to_owned();
                (text("attr"), text("drvPath"))
            });
            let mut expected: BTreeMap<String, String> = found.collect();
            assert_eq!(named("overlay", system), expected, "{name} on {system}");
            let mut checks = named("checks", system);
            assert!(checks.remove("verify").is_some(), "{name} on {system}");
            assert_eq!(checks, expected, "{name} on {system}");
            let environment = expected[&lock.environment.name].clone();
            expected.insert("default".to_owned(), environment);
            assert_eq!(named("packages", system), expected, "{name} on {system}");
            assert!(named("devShells", system).contains_key("default"));
            let apps = named("apps", system).into_iter();
            let apps: BTreeMap<String, String> = apps
                .map(|(name, app)| (name, app.rsplit('/').next().unwrap().to_owned()))
                .collect();
            let programs = lock.environment.programs.iter();
            let mut expected: BTreeMap<String, String> = programs
                .map(|program| (program.clone(), program.clone()))
                .collect();
            expected.insert("default".to_owned(), "dagster".to_owned());
            assert_eq!(apps, expected, "{name} on {system}");
        }
    }
}

/// What each package of a repository is on each system: the name of its derivation, or nothing where its wheels leave it out.
#[test]
fn third_parties_of_every_kind_of_file_evaluate() {
    if !wanted("nix") {
        return;
    }
    let scaffold = floxwright::scaffold::built_in("dagster").unwrap();
    let scaffold = floxwright::scaffold::Scaffold::load("dagster", &scaffold).unwrap();
    let index = floxwright::nixpkgs::Index::built_in().unwrap();
    let expected: [(&str, [bool; 3]); 4] = [
        ("click", [true, true, true]),
        ("orjson", [true, true, true]),
        ("ruff", [true, false, false]),
        ("tabulate", [true, true, true]),
    ];
    for layout in ["split", "single"] {
        let tree = made(&scaffold, &index, &["--layout", layout], OVERRIDES);
        let directory = tempfile::tempdir().unwrap();
        for (path, file) in tree.iter() {
            let path = directory.path().join(path.as_str());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.bytes).unwrap();
        }
        for (at, system) in SYSTEMS.into_iter().enumerate() {
            let repository = directory.path().to_str().unwrap();
            let printed = run("tests/nix/eval", &[repository, "--system", system]);
            let evaluated: BTreeMap<String, serde_json::Value> = printed
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .map(|one: serde_json::Value| (one["attr"].as_str().unwrap().to_owned(), one))
                .collect();
            if layout == "single" {
                assert_eq!(evaluated.len(), 1, "{system}: {printed}");
                continue;
            }
            for (name, there) in &expected {
                let found = &evaluated[&format!("python313Packages.{name}")];
                assert_eq!(
                    found["drvPath"].is_string(),
                    there[at],
                    "{name} on {system}"
                );
            }
        }
    }
}

/// What is exported: the release, the packages, and the attributes that must be there then.
const EXPORTS: [(&str, &[&str], &[&str]); 3] = [
    (
        "1.12.0",
        &["dagster-webserver", "dagster-postgres", "dagster-dg-cli"],
        &[
            "dagster",
            "dagster-graphql",
            "dagster-postgres",
            "dagster-webserver",
            "dagster-dg-cli",
        ],
    ),
    (
        "1.12.22",
        &["dagster-webserver"],
        &["dagster-shared", "dagster-webserver"],
    ),
    (
        "1.13.27",
        &["dagster-webserver", "dagster-mysql", "create-dagster"],
        &["dagster-webserver", "dagster-mysql", "create-dagster"],
    ),
];

#[test]
fn exported_packages_evaluate_in_a_checkout_of_nixpkgs() {
    if !wanted("nix") {
        return;
    }
    for (release, packages, attributes) in EXPORTS {
        for maintainer in ["ada", ""] {
            let directory = tempfile::tempdir().unwrap();
            let checkout = directory.path().join("nixpkgs");
            let list = checkout.join("pkgs/top-level/python-packages.nix");
            std::fs::create_dir_all(list.parent().unwrap()).unwrap();
            std::fs::copy(top().join("tests/nix/python-packages.nix"), &list).unwrap();
            let mut command = Command::new(env!("CARGO_BIN_EXE_floxwright"));
            command.args(["export", "--nixpkgs"]).arg(&checkout);
            command.args(["--release", release, "--maintainer", maintainer]);
            let output = command.args(packages).output().unwrap();
            succeeded(&format!("export of {release}"), &output);
            for system in SYSTEMS {
                let output = Command::new(top().join("tests/nix/eval"))
                    .arg(&checkout)
                    .args(["--system", system, "--nixpkgs"])
                    .args(attributes)
                    .output()
                    .unwrap();
                if maintainer.is_empty() {
                    let said = String::from_utf8_lossy(&output.stderr);
                    assert!(said.contains("nobody is named who maintains it"), "{said}");
                    assert!(!output.status.success());
                    continue;
                }
                let printed = succeeded(&format!("evaluation of {release}"), &output);
                assert_eq!(printed.lines().count(), attributes.len(), "{printed}");
                assert!(printed.contains("Ada Example"), "{printed}");
            }
            lint(release, &checkout.join("pkgs/development"));
        }
    }
}

/// The versions that the wheels of the release have, for the stub to compare with.
fn versions(directory: &Path, repository: &Path) -> std::path::PathBuf {
    let lock = std::fs::read_to_string(repository.join("floxwright.lock")).unwrap();
    let lock = floxwright::workspace::read_lock(&lock).unwrap();
    let scaffold = floxwright::scaffold::built_in(&lock.scaffold).unwrap();
    let scaffold = floxwright::scaffold::Scaffold::load(&lock.scaffold, &scaffold).unwrap();
    let release = scaffold.release(&lock.release.version).unwrap();
    let versions: BTreeMap<String, String> = release
        .packages
        .iter()
        .map(|(name, package)| (name.to_string(), package.version.to_string()))
        .collect();
    let path = directory.join("versions.json");
    std::fs::write(&path, serde_json::to_string(&versions).unwrap()).unwrap();
    path
}

/// How many packages Flox must find: every Nix file, or directory with a `default.nix`, below `.flox/pkgs`.
fn packages(repository: &Path) -> usize {
    let tree = floxwright::disk::read_tree(&repository.join(".flox/pkgs")).unwrap();
    tree.paths()
        .filter(|path| path.extension() == Some("nix"))
        .count()
}

/// deadnix has nothing to say. It exits with 0 on a syntax error, which the evaluation has excluded.
pub(super) fn lint(name: &str, repository: &Path) {
    let output = Command::new("deadnix")
        .args(["--fail", "--hidden"])
        .arg(repository)
        .output();
    let output = output.expect("deadnix is installed (cargo install --locked deadnix)");
    assert_eq!(
        succeeded(&format!("deadnix of {name}"), &output),
        "",
        "deadnix of {name}"
    );
}

/// What is found of a distribution in the fixture: attribute, version, what is special.
fn check_found(found: Option<&floxwright::nixpkgs::Found>, expected: Option<(&str, &str)>) {
    let found = found.map(|found| {
        let version = found.version.clone().unwrap_or_default();
        let special = match (found.broken, &found.extras, found.unsupported.len()) {
            (true, ..) => " broken".to_owned(),
            (_, Some(extras), _) => format!(" {extras:?}"),
            (_, _, 0) => String::new(),
            (_, _, missing) => format!(" not on {missing}"),
        };
        (found.attribute.clone(), version + special.as_str())
    });
    let expected = expected.map(|(attribute, rest)| (attribute.to_owned(), rest.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn real_nix_says_what_a_nixpkgs_has() {
    use floxwright::outside::nix::{Nixpkgs, look};
    if !wanted("nix") {
        return;
    }
    let env = std::env::vars().collect();
    let cwd = std::env::current_dir().unwrap();
    let fixture = cwd.join("tests/nix/fixture-nixpkgs");
    let world = floxwright::outside::world::World {
        env,
        cwd,
        ..floxwright::outside::world::World::default()
    };
    let names = [
        ("click", Some(("click", "8.1.8 not on 2"))),
        (
            "typing-extensions",
            Some(("typing_extensions", "4.15.0 broken")),
        ),
        (
            "uvicorn",
            Some(("uvicorn", "0.35.0 {PyName(\"standard\"): [\"httptools\"]}")),
        ),
        ("odd", Some(("odd", ""))),
        ("patterns", Some(("patterns", "1"))),
        ("gone", None),
        ("set", None),
        ("alias", None),
        ("never", None),
    ];
    let names =
        names.map(|(name, found)| (name.parse::<floxwright::python::PyName>().unwrap(), found));
    let asked = names
        .iter()
        .map(|(name, _)| (name.clone(), floxwright::nixpkgs::attributes(name, None)))
        .collect();
    let found = look(Nixpkgs::Path(&fixture), "python313Packages", &asked, &world).unwrap();
    assert!(found.revision.unwrap().starts_with("0123456789"));
    for (name, expected) in names {
        check_found(found.packages[&name].as_ref(), expected);
    }
    let error = look(Nixpkgs::Path(&fixture), "python39Packages", &asked, &world).unwrap_err();
    assert!(error.to_string().contains("python39Packages"), "{error}");
}

/// What the stub refuses is told where it stands, and what floxwright makes is evaluated without a word.
#[test]
fn what_nix_cannot_evaluate_is_told_by_check() {
    if !wanted("nix") {
        return;
    }
    let nixpkgs = std::env::current_dir()
        .unwrap()
        .join("tests/nix/stub-nixpkgs");
    let nixpkgs = nixpkgs.to_str().unwrap();
    let check = |sandbox: &Sandbox, code: i32| {
        let line = "-C d check --offline --select evaluation-fails --with-nix --nixpkgs";
        let arguments: Vec<&str> = line.split(' ').chain([nixpkgs]).collect();
        sandbox.run(&arguments).exit(code).stdout
    };
    let sandbox = Sandbox::new();
    drop(sandbox.run(&new_yes("d", &[])).success());
    let told = check(&sandbox, 0);
    assert!(told.ends_with("nothing found\n"), "{told}");
    sandbox.edit(
        ".flox/pkgs/dagster-pipes.nix",
        "python313Packages.hatchling",
        "python313Packages.hatchlin",
    );
    let told = check(&sandbox, 4);
    assert!(
        told.contains("attribute 'hatchlin' missing; did you mean hatchling?"),
        "{told}"
    );
    assert!(told.contains("--> .flox/pkgs/dagster-pipes.nix:"), "{told}");
}
