//! `generate --update`: a project follows its template, and what its person changed stays.

mod elsewhere;
mod turning;

use super::{commit, commit_again, generate, refuses, template};
use crate::sandbox::Sandbox;
use serde_json::Value;

const FIRST: &str = "//- cargo-generate.toml\n[placeholders.word]\ntype = \"string\"\nprompt = \"Word?\"\n//- list\n1\n2\n3\n4\n5\n6\n7\n//- word\n{{word}} of {{project-name}}\n//- goes\nold\n//- deep/data.toml\na = 1\n";

/// The project `p` of the repository `t`, made with a word.
fn project() -> Sandbox {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", FIRST);
    commit(&sandbox, "t");
    let made = generate(&sandbox, "--git t --name p --record --define word=first");
    drop(made.success());
    sandbox
}

/// The template moves on: a line changes, a file comes, another goes.
fn move_on(sandbox: &Sandbox) {
    sandbox.write("t/list", "1\n2\n3\n4\n5\n6\nseven\n");
    sandbox.write("t/new", "{{word}}\n");
    drop(sandbox.shell("rm t/goes").success());
    commit_again(sandbox, "t");
}

fn update(sandbox: &Sandbox, flags: &str) -> crate::sandbox::Done {
    let words = ["-C", "p", "generate", "--update"];
    let words: Vec<&str> = words.into_iter().chain(flags.split_whitespace()).collect();
    sandbox.run(&words)
}

#[test]
fn what_the_person_changed_stays() {
    let sandbox = project();
    let done = update(&sandbox, "").success();
    assert_eq!(done.stdout, "nothing to do\n");
    sandbox.write("p/list", "one\n2\n3\n4\n5\n6\n7\n");
    sandbox.write("p/mine", "mine\n");
    move_on(&sandbox);
    let before = sandbox.tree("p");
    let plan = update(&sandbox, "--dry-run").success();
    let files = "~ .floxwright/generate.toml\n- goes\n~ list\n+ new\n";
    assert_eq!(plan.stdout, files);
    assert!(
        update(&sandbox, "--diff")
            .success()
            .stdout
            .contains("+seven\n")
    );
    assert_eq!(sandbox.tree("p"), before);
    let done = update(&sandbox, "").success();
    assert!(
        done.stdout.contains("Your changes kept: list"),
        "{}",
        done.stdout
    );
    let after = sandbox.tree("p");
    for (path, text) in [
        ("list", Some("one\n2\n3\n4\n5\n6\nseven\n")),
        ("new", Some("first\n")),
        ("goes", None),
        ("mine", Some("mine\n")),
        ("word", Some("first of p\n")),
    ] {
        assert_eq!(after.text(path), text, "{path}");
    }
    assert_eq!(update(&sandbox, "").success().stdout, "nothing to do\n");
    drop(sandbox.run(&["-C", "p", "undo"]).success());
    let back = sandbox.tree("p");
    assert_eq!(
        (back.text("list"), back.text("goes")),
        (before.text("list"), Some("old\n"))
    );
}

#[test]
fn what_excludes_each_other_is_shown() {
    let sandbox = project();
    sandbox.write("p/list", "1\n2\n3\n4\n5\n6\nmine\n");
    sandbox.write("p/deep/data.toml", "a = 2\n");
    sandbox.write("t/deep/data.toml", "a = 3\n");
    move_on(&sandbox);
    drop(
        update(&sandbox, "--dry-run")
            .exit(3)
            .says(&["hint: nothing was written"]),
    );
    let says = [
        "conflict in `list`",
        "conflict in `deep/data.toml`",
        "`deep/data.toml.floxwright-new`",
    ];
    drop(update(&sandbox, "").exit(3).says(&says));
    let tree = sandbox.tree("p");
    let list = tree.text("list").unwrap_or_default();
    assert!(list.contains("<<<<<<<") && list.contains("mine") && list.contains("seven"));
    assert_eq!(tree.text("deep/data.toml"), Some("a = 2\n"));
    drop(
        update(&sandbox, "")
            .exit(3)
            .says(&["conflicts that are not settled"]),
    );
    drop(sandbox.run(&["-C", "p", "continue"]).exit(3));
    sandbox.write("p/list", "settled\n");
    drop(
        sandbox
            .shell("rm p/deep/data.toml.floxwright-new")
            .success(),
    );
    drop(sandbox.run(&["-C", "p", "continue"]).success());
    assert_eq!(update(&sandbox, "").success().stdout, "nothing to do\n");
}

#[test]
fn a_new_question_is_asked_or_answered_by_a_flag() {
    let sandbox = project();
    sandbox.write(
        "t/cargo-generate.toml",
        "[placeholders.word]\ntype = \"string\"\nprompt = \"Word?\"\n[placeholders.more]\ntype = \"string\"\nprompt = \"More?\"\n",
    );
    sandbox.write("t/word", "{{word}} {{more}}\n");
    commit_again(&sandbox, "t");
    let before = sandbox.entries();
    drop(update(&sandbox, "").exit(5).says(&["more"]));
    assert_eq!(sandbox.entries(), before);
    let done = update(&sandbox, "--define more=second --format json").success();
    let told: Value = serde_json::from_str(&done.stdout).expect("it is JSON");
    assert_eq!(
        (&told["state"], &told["conflicts"]),
        (&"written".into(), &Value::Array(Vec::new()))
    );
    assert_eq!(sandbox.tree("p").text("word"), Some("first second\n"));
    drop(update(&sandbox, "--define word=other --silent").success());
    assert_eq!(sandbox.tree("p").text("word"), Some("other second\n"));
}

#[test]
fn a_directory_is_followed_too() {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", FIRST);
    let line = "t --name p --record --define word=first";
    drop(generate(&sandbox, line).success());
    let record = sandbox.tree("p");
    let record = record.text(".floxwright/generate.toml").unwrap_or_default();
    assert!(record.contains("path = \"../t\""), "{record}");
    assert_eq!(update(&sandbox, "").success().stdout, "nothing to do\n");
    sandbox.write("p/list", "one\n2\n3\n4\n5\n6\n7\n");
    sandbox.write("t/list", "1\n2\n3\n4\n5\n6\nseven\n");
    sandbox.write("t/new", "{{word}}\n");
    drop(sandbox.shell("rm t/goes").success());
    let plan = update(&sandbox, "--dry-run").success();
    let files = "- .floxwright/base/goes\n~ .floxwright/base/list\n+ .floxwright/base/new\n- goes\n~ list\n+ new\n";
    assert_eq!(plan.stdout, files);
    let done = update(&sandbox, "").success();
    assert!(done.stdout.contains("../t"), "{}", done.stdout);
    let after = sandbox.tree("p");
    assert_eq!(
        (after.text("list"), after.text("new"), after.text("goes")),
        (Some("one\n2\n3\n4\n5\n6\nseven\n"), Some("first\n"), None)
    );
    assert_eq!(update(&sandbox, "").success().stdout, "nothing to do\n");
    drop(sandbox.run(&["-C", "p", "undo"]).success());
    assert_eq!(sandbox.tree("p").text("goes"), Some("old\n"));
    assert_eq!(update(&sandbox, "--dry-run").success().stdout, files);
}

#[test]
fn a_template_of_the_program_is_followed_too() {
    let sandbox = Sandbox::new();
    drop(generate(&sandbox, "flox-package --name p --record --silent").success());
    assert_eq!(
        update(&sandbox, "--silent").success().stdout,
        "nothing to do\n"
    );
    let done = update(&sandbox, "--silent --define version=2.0").success();
    assert!(done.stdout.contains("flox-package"), "{}", done.stdout);
}

#[test]
fn an_edit_goes_along_when_the_template_renames_a_file() {
    let sandbox = project();
    sandbox.write("p/list", "one\n2\n3\n4\n5\n6\n7\n");
    drop(
        sandbox
            .shell("cd t; git mv list numbers; git mv goes deep/goes; git mv word '{{word}}.txt'")
            .success(),
    );
    sandbox.write("t/numbers", "1\n2\n3\n4\n5\n6\nseven\n");
    commit_again(&sandbox, "t");
    drop(update(&sandbox, "").success());
    let check = |path: &str, text: Option<&str>| {
        assert_eq!(sandbox.tree("p").text(path), text, "{path}");
    };
    check("list", None);
    check("numbers", Some("one\n2\n3\n4\n5\n6\nseven\n"));
    check("goes", None);
    check("deep/goes", Some("old\n"));
    check("first.txt", Some("first of p\n"));
    // The answer is part of a name: the template's file is the same.
    sandbox.write("p/first.txt", "first of p\nand more\n");
    drop(update(&sandbox, "--define word=other").exit(3));
    check("first.txt", None);
    let text = sandbox.tree("p");
    let text = text.text("other.txt").unwrap_or_default();
    assert!(
        text.contains("and more") && text.contains("other of p"),
        "{text}"
    );
}

#[test]
fn git_knows_what_is_in_conflict() {
    let sandbox = project();
    sandbox.git("p", &["add", "--all"]);
    sandbox.git("p", &["commit", "--quiet", "--message=made"]);
    sandbox.write("p/list", "1\n2\n3\n4\n5\n6\nmine\n");
    move_on(&sandbox);
    drop(update(&sandbox, "").exit(3));
    let unmerged = sandbox.git("p", &["ls-files", "--unmerged"]);
    assert_eq!(unmerged.lines().count(), 3, "{unmerged}");
    assert!(sandbox.git("p", &["status", "--short"]).contains("UU list"));
    drop(sandbox.run(&["-C", "p", "undo"]).success());
    assert_eq!(sandbox.git("p", &["ls-files", "--unmerged"]), "");
    drop(update(&sandbox, "").exit(3));
    sandbox.write("p/list", "settled\n");
    drop(sandbox.run(&["-C", "p", "continue"]).success());
    assert_eq!(sandbox.git("p", &["ls-files", "--unmerged"]), "");
}

#[test]
fn a_tag_is_followed_when_another_is_named() {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", "//- f\none\n");
    commit(&sandbox, "t");
    sandbox.git("t", &["tag", "v1"]);
    sandbox.write("t/f", "two\n");
    commit_again(&sandbox, "t");
    sandbox.git("t", &["tag", "v2"]);
    drop(generate(&sandbox, "--git t --tag v1 --name p --record").success());
    assert_eq!(update(&sandbox, "").success().stdout, "nothing to do\n");
    drop(update(&sandbox, "--tag v2").success());
    assert_eq!(sandbox.tree("p").text("f"), Some("two\n"));
    assert_eq!(update(&sandbox, "").success().stdout, "nothing to do\n");
}

#[test]
fn what_cannot_follow_is_told() {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", "//- f\none\n");
    refuses(
        &sandbox,
        "--update",
        1,
        &["there is no `.floxwright/generate.toml` here", "--record"],
    );
    for (line, says) in [
        ("t --update --favorite x", "cannot be used with"),
        ("--update --git t --path t", "cannot be used with"),
        ("--update --test", "cannot be used with"),
    ] {
        refuses(&sandbox, line, 2, &[says]);
    }
    drop(generate(&sandbox, "t --name p --record").success());
    drop(update(&sandbox, "t").exit(2).says(&[
        "none is named beside it",
        "`--git ADDRESS` or `--path DIR` says where it is now",
    ]));
    drop(sandbox.shell("rm -r p/.floxwright/base").success());
    drop(
        update(&sandbox, "")
            .exit(1)
            .says(&["nobody knows what the project was made of"]),
    );
    for (record, code, says) in [
        (
            "schema = 1\nname = 'p'\n[template]\n",
            2,
            "does not say which template",
        ),
        ("schema = 2\nname = 'p'\n[template]\n", 1, "has form 2"),
        ("schema = 1\n[template]\n", 2, "missing field `name`"),
        (
            "schema = 1\nname = 'p'\n[template]\ngit = 'gone'\ncommit = 'x'\n",
            1,
            "cannot be copied",
        ),
    ] {
        sandbox.write("p/.floxwright/generate.toml", record);
        drop(update(&sandbox, "").exit(code).says(&[says]));
    }
}

/// What was given and no placeholder asks for is recorded as well, where the template names it.
#[test]
fn values_without_a_placeholder_are_remembered() {
    let sandbox = Sandbox::new().with_env("CARGO_GENERATE_VALUE_OWNER", "ada");
    let sandbox = sandbox.with_env("CARGO_GENERATE_VALUE_TOKEN", "secret");
    template(&sandbox, "t", "//- a\n{{license}} of {{owner}}\n");
    commit(&sandbox, "t");
    let made = generate(
        &sandbox,
        "--git t --name p --record -d license=MIT -d unused=yes",
    );
    drop(made.success());
    let record = sandbox.tree("p");
    let record = record.text(".floxwright/generate.toml").unwrap();
    let values = record.split_once("[values]\n").unwrap().1;
    assert_eq!(
        values,
        "license = \"MIT\"\nowner = \"ada\"\nunused = \"yes\"\n"
    );
    let sandbox = sandbox.with_env("CARGO_GENERATE_VALUE_OWNER", "somebody");
    sandbox.write("t/b", "{{license}} {{unused}} {{owner}}\n");
    commit_again(&sandbox, "t");
    drop(update(&sandbox, "").success());
    assert_eq!(sandbox.tree("p").text("b"), Some("MIT yes ada\n"));
}
