//! What a person wrote stays; what was put in and taken out again leaves nothing behind; the order of changes does not matter.

use super::*;
use proptest::prelude::*;

fn add(value: &str) -> Edit {
    Edit::Insert(Field::Packages, value.to_owned())
}

fn remove(value: &str) -> Edit {
    Edit::Replace(Field::Packages, value.to_owned(), None)
}

fn check(before: &str, edits: &[Edit], after: &str) {
    assert_eq!(edit_intent(before, edits).as_deref(), Ok(after), "{before}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn values_find_their_place() {
    for (before, value, after) in [
        (
            "[build]\npackages = []\n",
            "b",
            "[build]\npackages = [\"b\"]\n",
        ),
        (
            "[build]\npackages = [\"a\", \"c\"]\n",
            "b",
            "[build]\npackages = [\"a\", \"b\", \"c\"]\n",
        ),
        (
            "[build]\npackages = [\"c\"] # mine\n",
            "b",
            "[build]\npackages = [\"b\", \"c\"] # mine\n",
        ),
        (
            "[build]\npackages = [\"a\"]",
            "b",
            "[build]\npackages = [\"a\", \"b\"]",
        ),
        (
            "[build]\nx = 1\n",
            "b",
            "[build]\nx = 1\npackages = [\"b\"]\n",
        ),
        ("x = 1\n", "b", "x = 1\n\n[build]\npackages = [\"b\"]\n"),
        (
            "build = { packages = [\"a\"] }\n",
            "b",
            "build = { packages = [\"a\", \"b\"] }\n",
        ),
        (
            "build.packages = [\"a\"]\n",
            "b",
            "build.packages = [\"a\", \"b\"]\n",
        ),
        (
            "[build]\npackages = [\"a\", \"a-x\"]\n",
            "a[y]",
            "[build]\npackages = [\"a\", \"a[y]\", \"a-x\"]\n",
        ),
        (
            "[build]\npackages = [\n  # first\n  \"a\", # of a\n  # then\n  \"c\", # of c\n  # end\n]\n",
            "b",
            "[build]\npackages = [\n  # first\n  \"a\", # of a\n  \"b\",\n  # then\n  \"c\", # of c\n  # end\n]\n",
        ),
        (
            "[build]\npackages = [\n    \"a\", # of a\n]\n",
            "b",
            "[build]\npackages = [\n    \"a\", # of a\n    \"b\",\n]\n",
        ),
        (
            "[build]\npackages = [\n  # none yet\n]\n",
            "b",
            "[build]\npackages = [\n  \"b\"\n  # none yet\n]\n",
        ),
    ] {
        check(before, &[add(value)], after);
        let gone = edit_intent(after, &[remove(value)]).unwrap();
        if before.contains("packages") {
            assert_eq!(gone, before);
        }
    }
}

#[test]
fn what_goes_takes_its_own_comment_along_and_leaves_headings() {
    check(
        "[build]\npackages = [\n  # cloud\n  \"a\", # of a\n  # data\n  \"b\", # of b\n]\n",
        &[remove("a")],
        "[build]\npackages = [\n  # cloud\n  # data\n  \"b\", # of b\n]\n",
    );
    check(
        "[build]\npackages = [\n  \"a\", # of a\n  # data\n  \"b\", # of b\n]\n",
        &[remove("b")],
        "[build]\npackages = [\n  \"a\", # of a\n  # data\n]\n",
    );
    check(
        "[build]\npackages = [\"a\", \"b\"]\n",
        &[Edit::Replace(
            Field::Packages,
            "a".to_owned(),
            Some("c".to_owned()),
        )],
        "[build]\npackages = [\"c\", \"b\"]\n",
    );
}

#[test]
fn overrides_have_a_table_while_there_are_any() {
    let set = |name: &str, version: &str| Edit::Override(name.to_owned(), Some(version.to_owned()));
    let unset = |name: &str| Edit::Override(name.to_owned(), None);
    let before = "# top\nx = 1\n# the end\n";
    let one = "# top\nx = 1\n\n[override]\nclick = \"8.1\"\n# the end\n";
    check(before, &[set("click", "8.1")], one);
    check(one, &[unset("click")], before);
    let two = "[override]\n# mine\nb = \"1\" # of b\nd = \"2\"\n";
    let three = "[override]\n# mine\nb = \"1\" # of b\nc = \"3\"\nd = \"2\"\n";
    check(two, &[set("c", "3")], three);
    check(three, &[unset("c")], two);
    check(
        two,
        &[set("b", "9")],
        "[override]\n# mine\nb = \"9\" # of b\nd = \"2\"\n",
    );
    let kept = "# why\n[override]\n";
    check("# why\n[override]\na = \"1\"\n", &[unset("a")], kept);
}

#[test]
fn one_text_is_set_where_it_stands() {
    let set = [Edit::Set(Field::Missing, "fail".to_owned())];
    check(
        "[build]\nmissing = \"package\" # or fail\n",
        &set,
        "[build]\nmissing = \"fail\" # or fail\n",
    );
    check("[build]\n", &set, "[build]\nmissing = \"fail\"\n");
}

#[test]
fn what_is_no_list_is_told() {
    for (text, message) in [
        ("build = 3\n", "`build` is not a table"),
        ("[build]\npackages = 3\n", "`build.packages` is not a list"),
    ] {
        assert_eq!(edit_intent(text, &[add("a")]).unwrap_err(), message);
    }
    assert!(
        edit_intent("a = ", &[])
            .unwrap_err()
            .starts_with("it is not TOML: ")
    );
}

/// Lists as people write them.
fn files() -> impl Strategy<Value = (String, Vec<String>)> {
    let values = proptest::collection::btree_set("[b-y]{1,2}", 0..5);
    (values, 0..4_usize, any::<bool>()).prop_map(|(values, form, is_reversed)| {
        let mut values: Vec<String> = values.into_iter().collect();
        if is_reversed {
            values.reverse();
        }
        let quoted: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
        let body = match form {
            0 => format!("[{}]", quoted.join(", ")),
            1 => format!("[{}]", quoted.join(",")),
            2 => {
                let lines = quoted
                    .iter()
                    .map(|value| format!("  # above {}\n  {value}, # behind\n", value.len()));
                format!("[\n{}  # below\n]", lines.collect::<String>())
            }
            _ => format!("[\n    {}\n  ]", quoted.join(",\n    ")),
        };
        (
            format!("# top\n[build]\n# list\npackages = {body} # end\nx = 1\n"),
            values,
        )
    })
}

proptest! {
    #[test]
    fn in_and_out_leaves_nothing((text, values) in files(), new in proptest::collection::btree_set("[a-z]{3}", 1..4)) {
        let ins: Vec<Edit> = new.iter().map(|value| add(value)).collect();
        let outs: Vec<Edit> = new.iter().map(|value| remove(value)).collect();
        let with = edit_intent(&text, &ins).unwrap();
        prop_assert_eq!(edit_intent(&with, &outs).unwrap(), text.clone());
        let reversed: Vec<Edit> = ins.iter().rev().cloned().collect();
        prop_assert_eq!(edit_intent(&text, &reversed).unwrap(), with.clone());
        let one_by_one = ins.iter().try_fold(text.clone(), |text, edit| edit_intent(&text, std::slice::from_ref(edit)));
        prop_assert_eq!(one_by_one.unwrap(), with.clone());
        let read: DocumentMut = with.parse().unwrap();
        let there = read["build"]["packages"].as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned());
        let mut there: Vec<String> = there.collect();
        there.sort();
        let mut expected: Vec<String> = values.into_iter().chain(new).collect();
        expected.sort();
        prop_assert_eq!(there, expected);
    }
}
