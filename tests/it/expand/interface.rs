//! What an expansion asks of the world, in which order, and what it says where nobody answers.

use super::staged_text;
use super::table_world::TableWorld;
use floxwright::diagnostic::{Exit, Failure};
use floxwright::expand::{Order, Origin, Staged, Value, expand};

const ASKING: &str = r#"
//- cargo-generate.toml
[placeholders.one]
prompt = "One?"
regex = "^a+$"
[placeholders.two]
type = "bool"
prompt = "Two?"
default = true
[placeholders.list]
type = "array"
prompt = "List?"
choices = ["x", "y"]
[conditional.'two'.placeholders.more]
prompt = "More?"
choices = [{ value = "v", label = "the v" }, "w"]
//- out.txt
{{ one }} {{ two }} {{ list }} {{ more }}
"#;

fn order() -> Order {
    Order {
        name: Some("demo".to_owned()),
        working_directory: "/staged".to_owned(),
        ..Order::default()
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn questions_come_in_order_until_the_answer_fits() {
    let mut world = TableWorld::answering([
        ("one", text("b")),
        ("one", text("aa")),
        ("two", Value::Bool(true)),
        ("list", Value::List(vec![text("y")])),
        ("more", text("v")),
    ]);
    let made = expand(staged_text::read(ASKING), &order(), &mut world).unwrap();
    assert_eq!(world.asked, ["one", "one", "two", "list", "more"]);
    assert_eq!(made.tree.text("out.txt"), Some("aa true y v\n"));
    assert_eq!(made.answers["more"].origin, Origin::Asked);
}

#[test]
fn all_that_is_missing_is_named_at_once() {
    let failure = expand(
        staged_text::read(ASKING),
        &order(),
        &mut TableWorld::default(),
    );
    let failure = failure.unwrap_err();
    assert_eq!(failure.exit, Exit::NeedsInput);
    assert_eq!(failure.problems.len(), 4);
    let hint = "give the values: `--define one=VALUE --define two=VALUE --define list=VALUE --define more=VALUE`";
    assert_eq!(failure.hints, [hint]);
}

#[test]
fn code_runs_only_where_it_may() {
    let template = "//- cargo-generate.toml\n[hooks]\npre = [\"h.rhai\"]\n//- h.rhai\nimport \"i\" as i;\n//- i.rhai\n1\n";
    let mut world = TableWorld {
        refuses_code: true,
        ..TableWorld::default()
    };
    let failure = expand(staged_text::read(template), &order(), &mut world).unwrap_err();
    let expected =
        "the template has hooks, which are programs: `h.rhai` (pre), `i.rhai` (filter or import)";
    assert_eq!(failure.problems[0].message, expected);
    let filter = "//- a.txt\n{{ 'f.rhai' | rhai }}\n//- f.rhai\n\"x\"\n";
    let failure = expand(staged_text::read(filter), &order(), &mut world).unwrap_err();
    assert!(
        failure.problems[0].message.contains("`f.rhai`"),
        "{failure:?}"
    );
    assert_eq!(world.digests.len(), 2);
    assert_ne!(world.digests[0], world.digests[1]);
}

#[test]
fn commands_get_the_files_and_change_them() {
    let template = "//- t/cargo-generate.toml\n[hooks]\npre = [\"h.rhai\"]\n//- t/h.rhai\nlet said = system::command(\"make\", [\"it\", 1]);\nvariable::set(\"said\", said);\n//- t/a.txt\n{{ said }}\n";
    let mut world = TableWorld {
        runs_commands: true,
        confirms: true,
        ..TableWorld::default()
    };
    let made = expand(staged_text::read(template), &order(), &mut world).unwrap();
    assert_eq!(world.lines, ["make it 1"]);
    assert_eq!(made.tree.text("a.txt"), Some("it ran in t\n"));
    assert_eq!(made.tree.text("made-by-command"), Some("make it 1"));
    assert_eq!(made.template, "t");
    world.confirms = false;
    let failure = expand(staged_text::read(template), &order(), &mut world).unwrap_err();
    let cause = failure.problems[0].cause.clone().unwrap_or_default();
    assert!(
        cause.contains("User denied execution of system command `make it 1`"),
        "{cause}"
    );
}

#[test]
fn a_person_may_leave_anywhere() {
    for template in [
        ASKING,
        "//- cargo-generate.toml\n[hooks]\ninit = [\"h.rhai\"]\n//- h.rhai\ntry { variable::prompt(\"?\"); } catch { }\n",
        "//- a/cargo-generate.toml\n//- b/cargo-generate.toml\n",
    ] {
        let mut world = TableWorld {
            leaves: true,
            ..TableWorld::default()
        };
        let failure = expand(staged_text::read(template), &order(), &mut world).unwrap_err();
        assert_eq!(failure, Failure::interrupted(), "{template}");
    }
}

#[test]
fn staged_files_keep_their_rules() {
    let mut staged = Staged::new();
    staged.insert_directory("a/b").unwrap();
    for (path, good) in [
        ("a", false),
        ("a/b/c", true),
        ("../x", false),
        ("/x", false),
        ("a//b", false),
        ("x/", false),
    ] {
        let file = floxwright::expand::StagedFile {
            bytes: Vec::new(),
            mode: 0o600,
        };
        assert_eq!(staged.insert_file(path, file).is_ok(), good, "{path}");
    }
    let inner = staged.take("a");
    assert_eq!((inner.len(), staged.len()), (2, 1));
    staged.put("z", inner).unwrap();
    assert!(staged.file("z/b/c").is_some());
}
