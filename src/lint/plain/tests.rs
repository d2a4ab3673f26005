//! Templates of a few lines, each with what is found in it.

use super::*;
use crate::tree::Tree;

/// The findings of a template, a line each; notes included.
fn check(fixture: &str, expected: &[&str]) {
    let staged = Staged::of_tree(&Tree::from_fixture(fixture).unwrap()).unwrap();
    let tried = plain(&staged, true).unwrap();
    let line = |finding: &Finding| {
        let first = finding.text.lines().next().unwrap_or_default();
        format!(
            "{:?} {}:{} {first}",
            finding.kind, finding.file, finding.line
        )
    };
    let found: Vec<String> = tried.findings.iter().map(line).collect();
    assert_eq!(found.len(), expected.len(), "{fixture}\n{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            found.starts_with(expected),
            "{fixture}\n{found}\n{expected}"
        );
    }
}

const KIND: &str = "[placeholders.kind]\nprompt = \"Kind\"\nchoices = [\"one\", \"two\"]\n";

#[test]
fn what_is_right_has_nothing() {
    check("//- a.txt\n{{project-name}}\n", &[]);
    check(
        &format!(
            "//- cargo-generate.toml\n{KIND}[conditional.'kind == \"one\"'.placeholders.more]\nprompt = \"More\"\n\
             [conditional.'kind == \"two\"']\nignore = [\"b.txt\"]\n\
             //- a.json\n{{% if kind == \"one\" %}}[1]{{% else %}}[2]{{% endif %}}\n//- b.txt\n{{{{more}}}}\n"
        ),
        &[],
    );
    check(
        "//- cargo-generate.toml\n[placeholders]\nname = { prompt = \"Name\", regex = \"^[0-9]+$\" }\n//- {{name}}.txt\nx\n",
        &[],
    );
    check(
        "//- cargo-generate.toml\n[hooks]\npre = [\"a.rhai\"]\n[placeholders.used]\nprompt = \"By a hook\"\n\
         //- a.rhai\nlet x = variable::get(\"used\");\n",
        &[],
    );
}

#[test]
fn placeholders_that_nothing_uses() {
    check(
        "//- cargo-generate.toml\n[placeholders.a]\nprompt = \"A\"\n\n[placeholders.b]\nprompt = \"B\"\n//- a.txt\n{{ b }}{% raw %}{{ a }}{% endraw %}\n",
        &["UnusedPlaceholder cargo-generate.toml:1 `a` is asked for"],
    );
}

#[test]
fn conditions_and_branches_that_no_answers_lead_to() {
    check(
        &format!(
            "//- cargo-generate.toml\n{KIND}[conditional.'kind == \"three\"']\nignore = [\"a.txt\"]\n//- a.txt\n{{{{kind}}}}\n"
        ),
        &["Unreachable cargo-generate.toml:0 no answers lead to the condition `kind == \"three\"`"],
    );
    check(
        &format!(
            "//- cargo-generate.toml\n{KIND}//- a.txt\nx\n{{% if kind == \"three\" %}}y{{% endif %}}\n"
        ),
        &["Unreachable a.txt:2 no answers lead to `if kind == \"three\"`"],
    );
    check(
        "//- cargo-generate.toml\n[placeholders.a]\nprompt = \"A\"\n//- a.txt\n{% if a == \"three\" %}y{% endif %}\n",
        &["NeverTaken a.txt:1 `if a == \"three\"` was not taken"],
    );
}

#[test]
fn what_cannot_be_rendered() {
    check("//- a.txt\nx\n{{ nobody }}\n", &["NotRendered a.txt:2"]);
    check(
        "//- a.txt\n{% if x %}\n//- b.txt\n{% endfor %}\n",
        &["NotRendered a.txt:", "NotRendered b.txt:"],
    );
    check(
        &format!(
            "//- cargo-generate.toml\n{KIND}//- a.nix\n{{{{ kind }}}}\n//- b.json\n{{% if kind == \"two\" %}}[{{% endif %}}[]\n"
        ),
        &["NotParsed b.json:0 `b.json` does not parse: "],
    );
}

#[test]
fn a_template_that_cannot_be_checked_is_told() {
    let check = |fixture: &str, allow: bool| {
        let staged = Staged::of_tree(&Tree::from_fixture(fixture).unwrap()).unwrap();
        plain(&staged, allow).map(|tried| tried.rendered)
    };
    let hooks = "//- cargo-generate.toml\n[hooks]\npre = [\"a.rhai\"]\n//- a.rhai\n1\n";
    assert!(check(hooks, false).is_err());
    assert_eq!(check(hooks, true), Ok(1));
    let bad = "//- cargo-generate.toml\n[placeholders.a]\nprompt = 1\n";
    assert!(check(bad, false).is_err());
    // Two hundred and fifty-six are tried whole, more in pairs.
    let many = |count: usize| {
        let one = |at| format!("p{at} = {{ type = \"bool\", prompt = \"P\" }}\n");
        let all: String = (0..count).map(one).collect();
        let text = format!("//- cargo-generate.toml\n[placeholders]\n{all}");
        check(&text, false).unwrap()
    };
    assert_eq!(many(3), 8);
    assert!(many(12) < 30);
}

#[test]
fn what_was_not_rendered_is_a_fault_and_proves_nothing_else() {
    check(
        "//- cargo-generate.toml\n[placeholders]\nid = { prompt = \"I\", regex = \"^[0-9a-f]{40}$\" }\n//- f\n{{ id }}\n",
        &["NotRendered cargo-generate.toml:0 `id` has no value"],
    );
    check(
        &format!(
            "//- cargo-generate.toml\n{KIND}//- a\n{{% if kind == \"two\" %}}{{{{ typo }}}}{{% endif %}}\n"
        ),
        &["NotRendered a:1"],
    );
}

#[test]
fn templates_in_a_template_are_all_looked_at() {
    check(
        "//- cargo-generate.toml\n[template]\nsub_templates = [\"a\", \"b\"]\n[placeholders.x]\nprompt = \"X\"\n\
         //- a/f\n{{ x }}\n//- b/f\n{{ y }}\n//- b/cargo-generate.toml\n",
        &["NotRendered b/f:1"],
    );
}
