//! Plain templates among scaffolds: their tests and values, directories of several, and what only git knows of them.

use super::{commit, template};
use crate::sandbox::{Done, Sandbox};
use std::os::unix::fs::symlink;

const TEMPLATE: &str = "//- cargo-generate.toml\n[placeholders.word]\ntype = \"string\"\nprompt = \"Word?\"\n[placeholders.more]\ntype = \"bool\"\nprompt = \"More?\"\ndefault = false\n//- .genignore\n.floxwright\n//- {{project-name}}.txt\n{{word}} by {{authors}}{% if more %}, more{% endif %}\n//- tests/own.toml\nof the project\n//- .floxwright/tests/plain.toml\n[values]\nword = \"one\"\n//- .floxwright/tests/full.toml\nname = \"other\"\n[values]\nword = \"two\"\nmore = true\n";

fn scaffold(sandbox: &Sandbox, line: &str) -> Done {
    let words = ["--offline", "scaffold"].into_iter();
    sandbox.run(&words.chain(line.split_whitespace()).collect::<Vec<_>>())
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", TEMPLATE);
    sandbox
}

#[test]
fn a_plain_template_has_tests() {
    let sandbox = sandbox();
    let done = scaffold(&sandbox, "test t").exit(4);
    assert!(done.stdout.contains("full: different\n") && done.stdout.contains("+two by"));
    let done = scaffold(&sandbox, "test t --accept").success();
    assert_eq!(
        (done.stdout.as_str(), done.stderr.as_str()),
        ("full: accepted\nplain: accepted\n", "")
    );
    let kept = sandbox.tree("t");
    assert_eq!(
        kept.text(".floxwright/tests/full.txt"),
        Some(
            "//- other.txt\ntwo by Ada Example <ada@example.org>, more\n//- tests/own.toml\nof the project\n"
        )
    );
    let done = scaffold(&sandbox, "test t").success();
    assert_eq!(done.stdout, "full: same\nplain: same\n");
    sandbox.write("t/{{project-name}}.txt", "{{word}}!\n");
    let done = scaffold(&sandbox, "test t --format json").exit(4);
    assert!(done.stdout.contains("\"different\": 2"), "{}", done.stdout);
    // They would come into projects.
    sandbox.write("t/.genignore", "");
    drop(
        scaffold(&sandbox, "test t --accept")
            .success()
            .says(&["a line `.floxwright` in `.genignore`"]),
    );
}

#[test]
fn what_a_test_lacks_is_told() {
    for (path, text, code, says) in [
        ("plain.toml", "", 5, "`word` has no value"),
        (
            "plain.toml",
            "[values]\nword = ",
            2,
            "`.floxwright/tests/plain.toml` is no values file",
        ),
        ("plain.toml", "value = 1\n", 2, "unknown field `value`"),
        (
            "../../pre.rhai",
            "variable::set(\"word\", \"x\");\n",
            2,
            "the template has hooks",
        ),
    ] {
        let sandbox = sandbox();
        sandbox.write(&format!("t/.floxwright/tests/{path}"), text);
        if path.ends_with("rhai") {
            sandbox.write("t/cargo-generate.toml", "[hooks]\npre = [\"pre.rhai\"]\n");
        }
        let before = sandbox.entries();
        drop(scaffold(&sandbox, "test t").exit(code).says(&[says]));
        assert_eq!(sandbox.entries(), before);
        if path.ends_with("rhai") {
            drop(scaffold(&sandbox, "test t --accept --allow-hooks").success());
        }
    }
    let sandbox = sandbox();
    drop(sandbox.shell("rm -r t/.floxwright").success());
    drop(
        scaffold(&sandbox, "test t")
            .exit(1)
            .says(&["has no tests", "`.floxwright/tests/NAME.toml`"]),
    );
}

#[test]
fn a_plain_template_shows_its_values() {
    let sandbox = sandbox();
    let done = scaffold(&sandbox, "values t --define word=one").success();
    for part in [
        "\"word\": \"one\"",
        "\"more\": false",
        "\"project-name\": \"example\"",
        "\"crate_name\": \"example\"",
    ] {
        assert!(done.stdout.contains(part), "{part}: {}", done.stdout);
    }
    drop(
        scaffold(&sandbox, "values t")
            .exit(5)
            .says(&["`word` has no value", "`--define KEY=VALUE` gives values"]),
    );
    drop(
        scaffold(&sandbox, "values t --layout single")
            .exit(2)
            .says(&["`--layout` says nothing to the plain template"]),
    );
    drop(
        scaffold(&sandbox, "values t --define word")
            .exit(2)
            .says(&["is not `KEY=VALUE`"]),
    );
    drop(
        scaffold(&sandbox, "values dagster --define a=b")
            .exit(2)
            .says(&["which is no plain template"]),
    );
}

#[test]
fn a_directory_of_several_templates_names_them() {
    let sandbox = Sandbox::new();
    for name in ["one", "deep/two"] {
        template(
            &sandbox,
            &format!("all/{name}"),
            "//- cargo-generate.toml\n//- f\n1\n//- in/cargo-generate.toml\n",
        );
    }
    commit(&sandbox, "all");
    let says = [
        "is no template, and holds several: `deep/two`, `one`",
        "/all/deep/two`",
    ];
    for line in ["test all", "check all", "values all"] {
        drop(scaffold(&sandbox, line).exit(1).says(&says));
    }
    let new = |given: &str| sandbox.run(&["new", "p", "--yes", "--scaffold", given]);
    drop(new("./all").exit(1).says(&says));
    let address = format!("file://{}", sandbox.path("all").display());
    drop(new(&address).exit(1).says(&[says[0], ":deep/two`"]));
    drop(new(&format!("{address}#trunk:one")).success());
    assert_eq!(sandbox.tree("p").text("f"), Some("1\n"));
}

/// Links and large files are no scaffold's, and may be a plain template's.
#[test]
fn what_no_scaffold_has_comes_from_a_plain_template() {
    let sandbox = Sandbox::new();
    template(
        &sandbox,
        "t",
        "//- cargo-generate.toml\n[template]\nexclude = [\"large\"]\n//- f\n1\n",
    );
    sandbox.write("t/large", "x".repeat(5 << 20));
    symlink("f", sandbox.path("t/link")).unwrap();
    commit(&sandbox, "t");
    let address = format!("file://{}", sandbox.path("t").display());
    for (name, given) in [("p", address.as_str()), ("q", "./t")] {
        drop(
            sandbox
                .run(&["new", name, "--yes", "--scaffold", given])
                .success(),
        );
        let told = sandbox.shell(&format!("readlink {name}/link; wc -c < {name}/large"));
        assert_eq!(told.success().stdout, "f\n5242880\n", "{given}");
    }
    // A scaffold with a link is refused, and it is said what one may hold.
    sandbox.write("t/scaffold.toml", "schema = 1\n");
    super::commit_again(&sandbox, "t");
    let says = [
        "`link` is no plain file",
        "hint: a scaffold consists of plain files",
    ];
    drop(
        sandbox
            .run(&["new", "r", "--yes", "--scaffold", &address])
            .exit(1)
            .says(&says),
    );
}
