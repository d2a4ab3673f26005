//! Every widget, under the fingers and on screens of two sizes.

use super::fake::{Grid, asker, asker_beside, typed};
use super::{choice, layouts, packages, question, review};
use crate::ask::{Asker, Field, Kind, Question, Reply, ReviewReply, Stopped, Value};
use crate::ui::key::Key::{self, *};
use insta::assert_snapshot;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const WIDE: (usize, usize) = (24, 80);
const NARROW: (usize, usize) = (20, 60);

/// Presses the keys and then Ctrl-C; what is on the screen just before that.
fn screen(
    size: (usize, usize),
    question: &Question,
    problem: Option<&str>,
    keys: &[Key],
) -> String {
    let (mut asker, grid) = asker(size, keys);
    assert_eq!(asker.ask(question, problem), Err(Stopped::Interrupted));
    grid.borrow().shots.last().unwrap().clone()
}

/// What the keys answer.
fn answer(question: &Question, keys: &[Key]) -> Reply {
    let (mut asker, grid) = asker(WIDE, keys);
    let reply = asker.ask(question, None).unwrap();
    assert_clean(&grid.borrow());
    reply
}

fn assert_clean(grid: &Grid) {
    assert!(
        !grid.raw && !grid.cursor_hidden,
        "the terminal is given back"
    );
}

fn text(default: &str) -> Question {
    question(Kind::Text, Value::one(default))
}

fn one() -> Question {
    question(Kind::One(layouts()), Value::one("split"))
}

fn releases(count: usize) -> Question {
    let releases = (0..count).map(|n| choice(&format!("1.{n}"), &format!("1.{n}"), ""));
    question(Kind::One(releases.collect()), Value::one("1.3"))
}

fn many(count: usize, chosen: &[&str]) -> Question {
    question(
        Kind::Many(packages(count)),
        Value::many(chosen.iter().copied()),
    )
}

fn value(value: Value) -> Reply {
    Reply::Value(value)
}

#[test]
fn a_line_is_typed_taken_or_emptied() {
    let keys = |keys: &[Key]| [keys, &[Enter]].concat();
    for (pressed, expected) in [
        (keys(&[]), "acme"),
        (keys(&typed("other")), "other"),
        (keys(&typed("  other ")), "other"),
        (keys(&[Tab, Backspace]), "acm"),
        (keys(&[Backspace]), ""),
        (keys(&[Ctrl('u')]), ""),
        (keys(&[typed("x"), vec![Backspace]].concat()), "acme"),
    ] {
        assert_eq!(
            answer(&text("acme"), &pressed),
            value(Value::one(expected)),
            "{pressed:?}"
        );
    }
}

#[test]
fn words_are_split_at_commas() {
    let words = question(Kind::Words, Value::many(["a", "b"]));
    assert_eq!(answer(&words, &[Enter]), value(Value::many(["a", "b"])));
    let pressed = [typed("x, y,,z "), vec![Enter]].concat();
    assert_eq!(
        answer(&words, &pressed),
        value(Value::many(["x", "y", "z"]))
    );
    assert_eq!(
        answer(&words, &[Backspace, Enter]),
        value(Value::Many(vec![]))
    );
}

#[test]
fn escape_and_the_angle_bracket_go_back() {
    let yes_no = question(Kind::YesNo, Value::one("no"));
    for question in [text("acme"), one(), releases(20), many(20, &[]), yes_no] {
        assert_eq!(answer(&question, &[Esc]), Reply::Back);
        assert_eq!(answer(&question, &[Char('<'), Enter]), Reply::Back);
    }
    let (mut asker, _) = asker(WIDE, &[Esc, Char('<')]);
    assert_eq!(asker.review(&review()), Ok(ReviewReply::Back));
    assert_eq!(asker.review(&review()), Ok(ReviewReply::Back));
}

#[test]
fn control_c_and_control_d_stop_everything() {
    let yes_no = question(Kind::YesNo, Value::one("no"));
    for key in [Ctrl('c'), Ctrl('d')] {
        for question in [text("acme"), one(), many(20, &[]), yes_no.clone()] {
            let (mut asker, grid) = asker(NARROW, &[key, Enter]);
            assert_eq!(asker.ask(&question, None), Err(Stopped::Interrupted));
            assert_clean(&grid.borrow());
        }
        let (mut asker, grid) = asker(NARROW, &[key, key, Enter]);
        assert_eq!(asker.review(&review()), Err(Stopped::Interrupted));
        assert_eq!(asker.show("text"), Err(Stopped::Interrupted));
        assert_clean(&grid.borrow());
    }
}

#[test]
fn one_is_found_by_arrows_digits_or_typing() {
    assert_eq!(answer(&one(), &[Enter]), value(Value::one("split")));
    assert_eq!(answer(&one(), &[Down, Enter]), value(Value::one("single")));
    assert_eq!(answer(&one(), &[Up, Enter]), value(Value::one("single")));
    assert_eq!(
        answer(&one(), &[Char('2'), Enter]),
        value(Value::one("single"))
    );
    assert_eq!(
        answer(&one(), &[Char('7'), Enter]),
        value(Value::one("split"))
    );
    assert_eq!(answer(&releases(20), &[Enter]), value(Value::one("1.3")));
    assert_eq!(
        answer(&releases(20), &[End, Enter]),
        value(Value::one("1.19"))
    );
    let pressed = [typed("1.17"), vec![Enter]].concat();
    assert_eq!(answer(&releases(20), &pressed), value(Value::one("1.17")));
    let pressed = [typed("zzz"), vec![Enter, Esc, Enter]].concat();
    assert_eq!(answer(&releases(20), &pressed), value(Value::one("1.0")));
}

#[test]
fn yes_and_no_need_one_key() {
    let yes_no = question(Kind::YesNo, Value::one("no"));
    assert_eq!(answer(&yes_no, &[Enter]), value(Value::one("no")));
    assert_eq!(answer(&yes_no, &[Char('y')]), value(Value::one("yes")));
    assert_eq!(answer(&yes_no, &[Char('N')]), value(Value::one("no")));
    assert_eq!(answer(&yes_no, &[Up, Enter]), value(Value::one("yes")));
}

#[test]
fn many_are_searched_and_chosen() {
    let space = Char(' ');
    let five = many(5, &["acme-ui02"]);
    assert_eq!(answer(&five, &[Enter]), value(Value::many(["acme-ui02"])));
    assert_eq!(
        answer(&five, &[space, Down, space, Enter]),
        value(Value::many(["acme-ui01"]))
    );
    let all = [
        "acme-ui01",
        "acme-ui02",
        "acme-db03",
        "acme-ui04",
        "acme-ui05",
    ];
    assert_eq!(answer(&five, &[Ctrl('a'), Enter]), value(Value::many(all)));
    assert_eq!(
        answer(&five, &[Ctrl('a'), Ctrl('a'), Enter]),
        value(Value::Many(vec![]))
    );
    let pressed = [typed("DB"), vec![Ctrl('a'), Esc, Enter]].concat();
    assert_eq!(
        answer(&five, &pressed),
        value(Value::many(["acme-ui02", "acme-db03"]))
    );
}

#[test]
fn what_is_chosen_without_being_a_choice_is_not_lost() {
    let question = many(2, &["acme-ui01[fast]", "acme-ui02"]);
    let kept = Value::many(["acme-ui01[fast]", "acme-ui02"]);
    assert_eq!(answer(&question, &[Enter]), value(kept));
}

#[test]
fn what_was_typed_can_be_corrected() {
    let pressed = [typed("a b"), vec![Enter, Left, Backspace, Char('-'), Enter]].concat();
    let (mut asker, grid) = asker(WIDE, &pressed);
    let question = text("acme");
    assert_eq!(asker.ask(&question, None), Ok(value(Value::one("a b"))));
    let again = asker.ask(&question, Some("a name has no spaces"));
    assert_eq!(again, Ok(value(Value::one("a-b"))));
    // The line of the answer that was not taken is gone.
    assert_eq!(grid.borrow().picture(), "? What is it called?  a-b\n█");
}

#[test]
fn going_back_takes_the_quiet_lines_away() {
    let (mut asker, grid) = asker(WIDE, &[Enter, Enter, Esc, Enter]);
    let (first, mut second) = (text("acme"), one());
    second.field = Field::Layout;
    asker.ask(&first, None).unwrap();
    asker.ask(&second, None).unwrap();
    let before = grid.borrow().picture();
    assert_eq!(
        before,
        "? What is it called?  acme\n? What is it called?  one file per package\n█"
    );
    assert_eq!(asker.ask(&second, None), Ok(Reply::Back));
    asker.ask(&first, None).unwrap();
    assert_eq!(grid.borrow().picture(), "? What is it called?  acme\n█");
}

#[test]
fn the_answer_to_a_long_question_is_seen() {
    let mut long = one();
    long.prompt = "Which of the two layouts, of which one has a file for each package?".to_owned();
    let (mut asker, grid) = asker(NARROW, &[Enter]);
    asker.ask(&long, None).unwrap();
    assert_eq!(
        grid.borrow().picture(),
        "? Which of the two layouts, of which…  one file per package\n█"
    );
}

#[test]
fn a_choice_that_was_not_taken_is_still_chosen() {
    let (mut asker, _) = asker(WIDE, &[Down, Enter, Enter]);
    asker.ask(&one(), None).unwrap();
    let again = asker.ask(&one(), Some("not today"));
    assert_eq!(again, Ok(value(Value::one("single"))));
}

#[test]
fn lines_that_others_printed_are_left_alone() {
    let said = Arc::<AtomicUsize>::default();
    let (mut asker, grid) = asker_beside(WIDE, &[Enter, Enter], &said);
    asker.ask(&text("acme"), None).unwrap();
    grid.borrow_mut().feed("somebody else\r\n");
    said.fetch_add(1, Ordering::SeqCst);
    asker.ask(&text("acme"), None).unwrap();
    let expected = "? What is it called?  acme\nsomebody else\n? What is it called?  acme\n█";
    assert_eq!(grid.borrow().picture(), expected);
}

#[test]
fn the_review_takes_letters_and_arrows() {
    for (keys, reply) in [
        (vec![Enter], ReviewReply::Apply),
        (vec![Char('a')], ReviewReply::Apply),
        (vec![Char('D')], ReviewReply::Diff),
        (vec![Right, Enter], ReviewReply::Diff),
        (vec![Char('c')], ReviewReply::Customise),
        (vec![Left, Enter], ReviewReply::Quit),
        (vec![Char('b')], ReviewReply::Back),
        (
            vec![Down, PageDown, Char('x'), Char('q')],
            ReviewReply::Quit,
        ),
    ] {
        let (mut asker, grid) = asker(NARROW, &keys);
        assert_eq!(asker.review(&review()), Ok(reply), "{keys:?}");
        assert_eq!(grid.borrow().picture(), "█");
        assert_clean(&grid.borrow());
    }
}

#[test]
fn the_pager_ends_with_q_and_leaves_nothing() {
    let text = "+line\n".repeat(50);
    let (mut asker, grid) = asker(NARROW, &[Down, PageDown, End, Home, Char('q')]);
    assert_eq!(asker.show(&text), Ok(()));
    assert_eq!(grid.borrow().picture(), "█");
    let lines = |shot: usize| {
        let grid = grid.borrow();
        let shot = grid.shots[shot].lines();
        shot.rev().nth(1).unwrap().trim().to_owned()
    };
    let shown = [
        "lines 1-17 of 50",
        "lines 2-18 of 50",
        "lines 18-34 of 50",
        "lines 34-50 of 50",
    ];
    for (shot, expected) in shown.into_iter().enumerate() {
        assert_eq!(lines(shot), expected);
    }
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let (mut asker, grid) = asker(WIDE, &[Char('q'), Enter]);
    asker.show("\x1b[2J\x1b]0;title\x07").unwrap();
    asker
        .ask(&question(Kind::Text, Value::one("a\x1b[31m\nb")), None)
        .unwrap();
    assert!(!grid.borrow().written.contains("\x1b[2J"));
    assert!(!grid.borrow().written.contains('\x07'));
}

#[test]
fn screens_of_lines() {
    assert_snapshot!("line-80", screen(WIDE, &text("acme-flox"), None, &[]));
    let long = typed("a text that is much longer than the sixty columns which there are");
    let problem = Some(
        "a name has no spaces; write for example `a-text` and use only letters, digits and dashes",
    );
    assert_snapshot!("line-60", screen(NARROW, &text(""), problem, &long));
    let words = question(Kind::Words, Value::many(["日本語", "e\u{301}a"]));
    assert_snapshot!("words-60", screen(NARROW, &words, None, &[Tab, Left, Left]));
}

#[test]
fn screens_of_selections() {
    assert_snapshot!("one-80", screen(WIDE, &one(), None, &[Down]));
    assert_snapshot!("one-60", screen(NARROW, &one(), None, &[]));
    assert_snapshot!(
        "one-long-60",
        screen(NARROW, &releases(40), None, &[PageDown, PageDown])
    );
    assert_snapshot!(
        "one-search-60",
        screen(NARROW, &releases(40), None, &typed("1.3"))
    );
    let yes_no = question(Kind::YesNo, Value::one("yes"));
    assert_snapshot!("yes-no-60", screen(NARROW, &yes_no, None, &[]));
    assert_snapshot!(
        "many-80",
        screen(
            WIDE,
            &many(40, &["acme-ui02"]),
            None,
            &[PageDown, PageDown, Char(' ')]
        )
    );
    assert_snapshot!(
        "many-60",
        screen(
            NARROW,
            &many(40, &["acme-ui02"]),
            Some("`acme-ui02` needs a store"),
            &typed("db")
        )
    );
    assert_snapshot!(
        "many-none-60",
        screen(NARROW, &many(40, &[]), None, &typed("zzz"))
    );
}

#[test]
fn screens_of_reviews() {
    for (name, size) in [("review-80", WIDE), ("review-60", NARROW)] {
        let (mut asker, grid) = asker(size, &[]);
        assert_eq!(asker.review(&review()), Err(Stopped::Interrupted));
        assert_snapshot!(name, grid.borrow().shots[0]);
    }
}

#[test]
fn the_smallest_terminal_still_works() {
    for size in [(6, 20), (8, 30)] {
        for question in [
            text("acme-flox-with-a-long-name"),
            one(),
            releases(40),
            many(40, &[]),
        ] {
            let shot = screen(
                size,
                &question,
                Some("a problem that needs a few rows by itself"),
                &[Down, Down],
            );
            assert!(!shot.is_empty());
        }
        let (mut asker, _) = asker(size, &[Down, Char('q'), Down, Char('q')]);
        assert_eq!(asker.review(&review()), Ok(ReviewReply::Quit));
        assert_eq!(asker.show("a\nb\nc\nd\ne\nf\ng\nh"), Ok(()));
    }
}
