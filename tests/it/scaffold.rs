//! `scaffold check` and `scaffold test`: what is wrong with a scaffold is found, and nothing is found in those of the program.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "these tests look at files, and what is no JSON ends them"
)]

use crate::project;
use crate::sandbox::{Sandbox, new_yes};
use floxwright::disk::read_tree;
use serde_json::Value;

/// A copy of the second scaffold at `mine`, with changes: files with their texts.
fn copied(changes: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new();
    let files = read_tree(&project::root().join("scaffolds/opentelemetry")).unwrap();
    for (path, file) in files.iter() {
        sandbox.write(&format!("mine/{path}"), &file.bytes);
    }
    for (path, text) in changes {
        sandbox.write(&format!("mine/{path}"), text);
    }
    sandbox
}

/// The faults: kind, file, line and the beginning of the text.
fn faults(sandbox: &Sandbox) -> Vec<(String, String, u64, String)> {
    let arguments = ["--offline", "scaffold", "check", "mine", "--format", "json"];
    let done = sandbox.run(&arguments).exit(4);
    let value: Value = serde_json::from_str(&done.stdout).unwrap();
    let findings = value["findings"].as_array().unwrap().iter();
    let faults = findings.filter(|finding| finding["fault"] == true);
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    faults
        .map(|finding| {
            let line = finding["line"].as_u64().unwrap();
            (
                text(finding, "kind"),
                text(finding, "file"),
                line,
                text(finding, "text"),
            )
        })
        .collect()
}

#[test]
fn nothing_is_wrong_with_those_of_the_program() {
    let plain = floxwright::scaffold::plain_names();
    for name in floxwright::scaffold::built_in_names()
        .into_iter()
        .chain(plain)
    {
        let done = Sandbox::new().run(&["--offline", "scaffold", "check", name]);
        let done = done.success();
        assert!(done.stdout.contains("no faults"), "{}", done.stdout);
    }
}

/// The faults of the scaffold below: kind, file, line, text.
const EVERY_KIND: &[(&str, &str, u64, &str)] = &[
    (
        "never-made",
        "scaffold.toml",
        0,
        "no combination makes the output `never`",
    ),
    (
        "unreachable",
        "templates/mine.liquid",
        2,
        "no answers lead to `if workspace.layout == 'both'`",
    ),
    (
        "unknown-variable",
        "templates/mine.liquid",
        3,
        "there is no `workspace.naem`; did you mean `name`?",
    ),
    (
        "unknown-variable",
        "templates/nixpkgs/package.nix.liquid",
        2,
        "there is no `package.nmae`; did you mean `name`?",
    ),
    (
        "unknown-variable",
        "templates/nixpkgs/package.nix.liquid",
        3,
        "there is no `workspace.name`",
    ),
    (
        "unused-file",
        "templates/other.liquid",
        0,
        "no output names it",
    ),
    (
        "unused-file",
        "templates/partials/lost.liquid",
        0,
        "no template includes it",
    ),
];

#[test]
fn every_kind_of_fault_is_found_with_its_place() {
    let output = "\n[[output]]\nid = \"mine\"\ntemplate = \"mine.liquid\"\npath = \"MINE.md\"\n";
    let never = "\n[[output]]\nid = \"never\"\ntemplate = \"mine.liquid\"\npath = \"NEVER.md\"\nwhen = \"workspace.layout == 'both'\"\n";
    let manifest = format!("schema = 1\nbase = \"python-monorepo\"\n{output}{never}");
    let template = "# {{ workspace.name }}\n{% if workspace.layout == 'both' %}\n{{ workspace.naem }}\n{% endif %}\n{% for package in packages %}{{ package.nmae }}{% break %}{% endfor %}\n";
    // What is rendered and unknown is an error of rendering as well, so only the branch that is not names one here.
    let template = template.replace("{{ package.nmae }}", "{{ package.name }}");
    let sandbox = copied(&[
        ("scaffold.toml", &manifest),
        ("templates/mine.liquid", &template),
        ("templates/partials/lost.liquid", "nobody\n"),
        ("templates/other.liquid", "nobody\n"),
        (
            "templates/nixpkgs/package.nix.liquid",
            "{{ package.name }}\n{% if package.name == 'x' %}{{ package.nmae }}\n{{ workspace.name }}{% endif %}\n",
        ),
    ]);
    let found = faults(&sandbox);
    let found: Vec<(&str, &str, u64, &str)> = found
        .iter()
        .map(|(kind, file, line, text)| (kind.as_str(), file.as_str(), *line, text.as_str()))
        .collect();
    assert_eq!(found, EVERY_KIND);
}

#[test]
fn what_is_not_rendered_is_told_with_the_answers() {
    for (path, template, text) in [
        (
            "mine.nix",
            "{% if workspace.layout == 'single' %}{ a = ; }{% else %}{ }{% endif %}\n",
            "with --layout single",
        ),
        ("mine.md", "{{ nobody }}\n", "Unknown variable"),
        (
            "README.md",
            "twice\n",
            "two outputs have the path `README.md`",
        ),
    ] {
        let output =
            format!("[[output]]\nid = \"mine\"\ntemplate = \"mine.liquid\"\npath = \"{path}\"\n");
        let manifest = format!("schema = 1\nbase = \"python-monorepo\"\n{output}");
        let sandbox = copied(&[
            ("scaffold.toml", &manifest),
            ("templates/mine.liquid", template),
        ]);
        let found = faults(&sandbox);
        let told = found
            .iter()
            .any(|(kind, _, _, said)| kind == "not-rendered" && said.contains(text));
        assert!(told, "{path}: {found:?}");
    }
}

#[test]
fn snapshots_are_written_compared_and_told() {
    let answers = "[upstream]\nrelease = \"1.45.1\"\n[build]\nlayout = \"single\"\n";
    let sandbox = copied(&[("tests/small.toml", answers)]);
    let test =
        |flags: &[&str]| sandbox.run(&[&["--offline", "scaffold", "test", "mine"], flags].concat());
    let done = test(&[]).exit(4);
    assert!(
        done.stdout.starts_with("small: different\n"),
        "{}",
        done.stdout
    );
    let done = test(&["--accept"]).success();
    assert_eq!(done.stdout, "small: accepted\n");
    assert_eq!(test(&[]).success().stdout, "small: same\n");
    // The tests are no part of what is made: they change no digest.
    let digest = |sandbox: &Sandbox| {
        let tree = sandbox.tree("mine");
        floxwright::scaffold::Scaffold::load("mine", &tree)
            .unwrap()
            .digest
    };
    assert_eq!(digest(&sandbox), digest(&copied(&[])));
    sandbox.write(
        "mine/templates/partials/upstream/readme-start.liquid",
        "Another beginning.\n",
    );
    let done = test(&["--format", "json"]).exit(4);
    let value: Value = serde_json::from_str(&done.stdout).unwrap();
    let patch = value["tests"][0]["patch"].as_str().unwrap();
    assert!(patch.contains("+Another beginning."), "{patch}");
}

/// The newest release of the second upstream with what needs nothing that nixpkgs lacks; and the names of that.
fn facts() -> (String, Vec<String>) {
    let release = project::read("scaffolds/opentelemetry/catalogue/releases/1.45.1.json");
    let mut value: Value = serde_json::from_str(&release).unwrap();
    let packages = value["packages"].as_object_mut().unwrap();
    for lacking in [
        "opentelemetry-exporter-opencensus",
        "opentelemetry-opentracing-shim",
    ] {
        drop(packages.remove(lacking));
    }
    let names = packages.keys().cloned().collect();
    (value.to_string(), names)
}

#[test]
fn a_scaffold_that_is_begun_needs_only_facts() {
    let (release, names) = facts();
    let sandbox = Sandbox::new();
    let done = sandbox.run(&[
        "scaffold",
        "new",
        "mine",
        "--title",
        "Open \"Telemetry\"",
        "--repository",
        "open-telemetry/opentelemetry-python",
        "--tag-prefix",
        "v",
        "--package",
        &names.join(","),
    ]);
    let done = done.success();
    assert!(
        done.stdout.contains("mine: a scaffold begun"),
        "{}",
        done.stdout
    );
    sandbox.write("mine/catalogue/releases/1.45.1.json", release);
    let run = |words: &[&str]| sandbox.run(&[&["--offline", "scaffold"], words].concat());
    let checked = run(&["check", "mine"]).success();
    assert!(checked.stdout.contains("no faults"), "{}", checked.stdout);
    drop(run(&["test", "mine", "--accept"]).success());
    drop(run(&["test", "mine"]).success());
    let made = sandbox.run(&new_yes("d", &["--scaffold", "./mine", "--package", "all"]));
    assert!(made.success().stdout.contains("mine-complete"));
}

#[test]
fn a_scaffold_is_begun_whole_or_not_at_all() {
    let check = |place: &str, repository: &str, package: &str, code: i32, text: &str| {
        let sandbox = Sandbox::new();
        sandbox.write("taken/file", "mine\n");
        let done = sandbox.run(&[
            "scaffold",
            "new",
            place,
            "--title",
            "Example",
            "--repository",
            repository,
            "--package",
            package,
        ]);
        let done = done.exit(code);
        assert!(done.stderr.contains(text), "{}", done.stderr);
        assert_eq!(sandbox.tree("taken").len(), 1);
        assert!(!sandbox.path("mine").exists());
    };
    check("taken", "a/b", "one", 1, "`taken` exists and is not empty");
    check(
        "Mine",
        "a/b",
        "one",
        2,
        "`Mine` cannot be the name of a scaffold",
    );
    check("mine", "a", "one", 2, "`a` is not OWNER/REPO");
    check("mine", "a/b", "-", 2, "`--package`");
}

/// A repository with the second scaffold below `python/mine`; its address and the surroundings.
fn served() -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    let files = read_tree(&project::root().join("scaffolds/opentelemetry")).unwrap();
    for (path, file) in files.iter() {
        sandbox.write(&format!("served/python/mine/{path}"), &file.bytes);
    }
    for words in [
        &["init", "--quiet", "-b", "main"][..],
        &["add", "--all"],
        &["commit", "--quiet", "-m", "One"],
        &["tag", "v1"],
    ] {
        drop(sandbox.git("served", words));
    }
    let address = format!("file://{}", sandbox.path("served").display());
    (sandbox, address)
}

#[test]
fn a_scaffold_on_a_server_is_pinned_and_kept() {
    let (sandbox, address) = served();
    let commit = sandbox.git("served", &["rev-parse", "HEAD"]);
    let commit = commit.trim();
    let asked = format!("{address}#v1:python/mine");
    let done = sandbox
        .run(&new_yes("d", &["--scaffold", &asked]))
        .success();
    let pinned = format!("{address}#{commit}:python/mine");
    assert!(done.stdout.contains(&pinned), "{}", done.stdout);
    let intent = std::fs::read_to_string(sandbox.path("d/floxwright.toml")).unwrap();
    assert!(
        intent.contains(&format!("scaffold = \"{pinned}\"")),
        "{intent}"
    );
    // The server is not needed again.
    std::fs::rename(sandbox.path("served"), sandbox.path("gone")).unwrap();
    let package = "opentelemetry-exporter-prometheus";
    for command in [&["add", package][..], &["sync"], &["docs", "--check"]] {
        let arguments = [&["--offline", "-C", "d"], command].concat();
        drop(sandbox.run(&arguments).success());
    }
    // The same again, by the commit.
    let flags = ["--scaffold", &pinned];
    let again = [&new_yes("e", &flags)[..], &["--offline"]].concat();
    drop(sandbox.run(&again).success());
}

#[test]
fn a_commit_that_a_server_does_not_give_alone_comes_with_its_branch() {
    let (sandbox, address) = served();
    let first = sandbox.git("served", &["rev-parse", "HEAD"]);
    let first = first.trim();
    sandbox.write("served/more", "");
    drop(sandbox.git("served", &["add", "--all"]));
    drop(sandbox.git("served", &["commit", "--quiet", "-m", "Two"]));
    drop(sandbox.git("served", &["tag", "--delete", "v1"]));
    // Servers of the first protocol give the tips of branches only.
    let identity = "[user]\nname = \"N\"\nemail = \"n@example.org\"\n";
    sandbox.git_config(&format!("{identity}[protocol]\nversion = 0\n"));
    let asked = format!("{address}#{first}:python/mine");
    let words = new_yes("d", &["--scaffold", &asked]);
    drop(sandbox.run(&words).success());
}

#[test]
fn what_a_server_does_not_have_is_told() {
    let (sandbox, address) = served();
    for (scaffold, text) in [
        (
            format!("{address}#v2:python/mine"),
            "has no branch and no tag `v2`",
        ),
        (
            format!("{address}#v1:python/other"),
            "git cannot find the directory",
        ),
        (
            format!("{address}#v1"),
            "is no template, and holds one: `python/mine`",
        ),
        (format!("{address}/nowhere"), "cannot be read"),
        (format!("{address}#{}", "1".repeat(40)), "cannot be fetched"),
    ] {
        let done = sandbox
            .run(&new_yes("d", &["--scaffold", &scaffold]))
            .exit(1);
        assert!(done.stderr.contains(text), "{scaffold}: {}", done.stderr);
        assert!(!sandbox.path("d").exists());
    }
    let asked = format!("{address}#v1:python/mine");
    let arguments = [&new_yes("d", &["--scaffold", &asked])[..], &["--offline"]].concat();
    let done = sandbox.run(&arguments).exit(1);
    assert!(
        done.stderr.contains("cannot be asked without the network"),
        "{}",
        done.stderr
    );
}

#[test]
fn what_cannot_be_tested_is_refused() {
    let sandbox = copied(&[]);
    for (arguments, code, text) in [
        (
            &["test", "mine"][..],
            1,
            "the scaffold `./mine` has no tests",
        ),
        (&["test", "dagster", "--accept"], 1, "has no tests"),
        (
            &["check", "nowhere"],
            1,
            "the scaffold `./nowhere` cannot be read",
        ),
        (&["check"], 2, "<SCAFFOLD>"),
    ] {
        let done = sandbox.run(&[&["scaffold"], arguments].concat()).exit(code);
        assert!(done.stderr.contains(text), "{}", done.stderr);
    }
    let broken = copied(&[("tests/bad.toml", "[build]\nlayout = \"flat\"\n")]);
    let done = broken.run(&["scaffold", "test", "mine"]).exit(2);
    assert!(
        done.stderr.contains("`flat` is not one of"),
        "{}",
        done.stderr
    );
}

#[test]
fn what_templates_see_is_shown_in_order() {
    let sandbox = Sandbox::new();
    let values = |more: &[&str]| {
        let done = sandbox.run(&[&["scaffold", "values", "dagster"], more].concat());
        let done = done.success();
        let values: Value = serde_json::from_str(&done.stdout).unwrap();
        (done.stdout, values)
    };
    let (text, seen) = values(&[]);
    let keys: Vec<&String> = seen.as_object().unwrap().keys().collect();
    let mut sorted = keys.clone();
    sorted.sort();
    assert_eq!(keys, sorted);
    for name in ["workspace", "release", "upstream", "packages", "package"] {
        assert!(seen.get(name).is_some(), "{name}");
    }
    assert_eq!(text, values(&[]).0);
    let (_, seen) = values(&["--layout", "single", "--package", "dagster-postgres"]);
    assert_eq!(seen["workspace"]["layout"], "single");
    assert_eq!(seen["packages"].as_array().unwrap().len(), 6);
    let wrong = ["scaffold", "values", "dagster", "--layout", "nested"];
    drop(sandbox.run(&wrong).exit(2).says(&["`nested`"]));
}
