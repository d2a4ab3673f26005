//! The plain asker, from the first line to the last.

use super::{layouts, packages, question, review};
use crate::ask::{Asker, Kind, Question, Reply, ReviewReply, Stopped, Value};
use crate::ui::plain::PlainAsker;
use insta::assert_snapshot;

/// What the input answers, and everything that was written.
fn ask(question: &Question, input: &str) -> (Result<Reply, Stopped>, String) {
    let mut output = Vec::new();
    let reply = PlainAsker::new(input.as_bytes(), &mut output).ask(question, None);
    let output = String::from_utf8(output).unwrap();
    assert!(
        !output.contains('\x1b') && !output.contains('\r'),
        "{output:?}"
    );
    (reply, output)
}

fn check(question: &Question, answers: &[(&str, Value)]) {
    for (input, expected) in answers {
        let (reply, output) = ask(question, &format!("{input}\n"));
        assert_eq!(
            reply,
            Ok(Reply::Value(expected.clone())),
            "{input}\n{output}"
        );
    }
}

#[test]
fn every_kind_understands_its_answers() {
    let text = question(Kind::Text, Value::one("acme"));
    check(
        &text,
        &[
            ("", Value::one("acme")),
            (" x y ", Value::one("x y")),
            ("-", Value::one("")),
        ],
    );
    let words = question(Kind::Words, Value::many(["a"]));
    check(
        &words,
        &[
            ("", Value::many(["a"])),
            ("x, y", Value::many(["x", "y"])),
            ("-", Value::Many(vec![])),
        ],
    );
    let yes_no = question(Kind::YesNo, Value::one("no"));
    check(
        &yes_no,
        &[
            ("", Value::one("no")),
            ("Y", Value::one("yes")),
            ("maybe\nyes", Value::one("yes")),
        ],
    );
    let one = question(Kind::One(layouts()), Value::one("split"));
    check(
        &one,
        &[
            ("", Value::one("split")),
            ("2", Value::one("single")),
            ("Single", Value::one("single")),
            ("9\n1-2\n1", Value::one("split")),
        ],
    );
    let many = question(Kind::Many(packages(6)), Value::many(["acme-ui01"]));
    check(
        &many,
        &[
            ("", Value::many(["acme-ui01"])),
            ("3, acme-ui01,3", Value::many(["acme-ui01", "acme-db03"])),
            ("2-4", Value::many(["acme-ui02", "acme-db03", "acme-ui04"])),
            ("-", Value::Many(vec![])),
        ],
    );
}

#[test]
fn back_and_the_end_of_input() {
    for kind in [
        Kind::Text,
        Kind::Words,
        Kind::YesNo,
        Kind::One(layouts()),
        Kind::Many(packages(3)),
    ] {
        let question = question(kind, Value::one(""));
        assert_eq!(ask(&question, "<\n").0, Ok(Reply::Back));
        assert_eq!(ask(&question, "").0, Err(Stopped::Interrupted));
    }
}

#[test]
fn the_conversation_reads_well() {
    let one = question(Kind::One(layouts()), Value::one("split"));
    assert_snapshot!("plain-one", ask(&one, "?\nsplitt\nsplit\n").1);
    let many = question(
        Kind::Many(packages(4)),
        Value::many(["acme-ui01", "acme-ui02"]),
    );
    assert_snapshot!("plain-many", ask(&many, "8\nacme\n1,3\n").1);
    let text = question(Kind::Text, Value::one(""));
    assert_snapshot!("plain-text", ask(&text, "x\n").1);
}

#[test]
fn the_review_takes_numbers_letters_and_words() {
    for (input, expected) in [
        ("\n", ReviewReply::Apply),
        ("2\n", ReviewReply::Diff),
        ("diff\n", ReviewReply::Diff),
        ("c\n", ReviewReply::Customise),
        ("<\n", ReviewReply::Back),
        ("7\nQuit\n", ReviewReply::Quit),
    ] {
        let mut output = Vec::new();
        let reply = PlainAsker::new(input.as_bytes(), &mut output).review(&review());
        assert_eq!(reply, Ok(expected), "{input}");
        assert!(!output.contains(&b'\x1b'));
    }
    let mut output = Vec::new();
    PlainAsker::new(&b"\n"[..], &mut output)
        .review(&review())
        .unwrap();
    assert_snapshot!("plain-review", String::from_utf8(output).unwrap());
}

#[test]
fn a_long_text_is_printed_whole_and_harmless() {
    let mut output = Vec::new();
    PlainAsker::new(&b""[..], &mut output)
        .show("a\n\x1b[2Jb\n")
        .unwrap();
    assert_eq!(String::from_utf8(output).unwrap(), "a\n\u{fffd}[2Jb\n");
}
