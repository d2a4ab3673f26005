//! The client against a server on this machine.

use super::super::test_server::{Reply, Server};
use super::*;

fn server(replies: Vec<Reply>) -> Server {
    Server::start([("/x".to_owned(), replies)].into())
}

fn plain(replies: &[(u16, &str)]) -> Vec<Reply> {
    let replies = replies.iter();
    replies
        .map(|(status, body)| Reply::from((*status, body.as_bytes().to_vec())))
        .collect()
}

/// `expected`: the body or the reason, and the number of requests.
fn check_with(client: &Client, replies: Vec<Reply>, limit: u64, expected: (&str, usize)) {
    let server = server(replies);
    let found = match client.get(&format!("{}/x", server.url()), limit) {
        Ok(bytes) => String::from_utf8(bytes).unwrap(),
        Err(error) => error.reason.to_string(),
    };
    assert_eq!((found.as_str(), server.seen().len()), expected);
}

fn check(replies: &[(u16, &str)], limit: u64, expected: (&str, usize)) {
    check_with(&Client::local(), plain(replies), limit, expected);
}

#[test]
fn what_may_pass_is_tried_once_more() {
    check(&[(200, "text")], 4, ("text", 1));
    check(&[(503, ""), (200, "text")], 9, ("text", 2));
    check(&[(429, ""), (200, "text")], 9, ("text", 2));
    let expected = ("the server answers with status 500 (2 attempts)", 2);
    check(&[(500, "")], 9, expected);
}

#[test]
fn what_stays_is_tried_once() {
    check(&[(404, "")], 9, ("the server does not have it", 1));
    check(&[(410, "")], 9, ("the server does not have it", 1));
    check(&[(403, "")], 9, ("the server answers with status 403", 1));
    check(&[(200, "text")], 3, ("it is larger than 3 bytes", 1));
}

#[test]
fn a_redirect_is_followed_and_a_circle_is_not() {
    let replies = vec![Reply::redirect("/x"), (200, b"text".to_vec()).into()];
    check_with(&Client::local(), replies, 9, ("text", 2));
    let circle = "the server sends to another address more than 5 times";
    check_with(
        &Client::local(),
        vec![Reply::redirect("/x")],
        9,
        (circle, 6),
    );
}

#[test]
fn an_answer_that_breaks_off_is_tried_once_more() {
    let short = |text: &str| Reply::short(text.as_bytes().to_vec(), 9);
    let replies = vec![short("te"), (200, b"text".to_vec()).into()];
    check_with(&Client::local(), replies, 9, ("text", 2));
    let server = server(vec![short("te")]);
    let error = Client::local().get(&format!("{}/x", server.url()), 9);
    let error = error.unwrap_err().to_string();
    assert!(error.ends_with("(2 attempts)"), "{error}");
}

#[test]
fn a_silent_and_a_slow_server_are_given_up() {
    let hasty = Client::hasty(Duration::from_millis(80));
    let expected = ("the server is silent or slow for too long (2 attempts)", 2);
    let byte = |pause| Reply::slow(vec![b'x'; 200], Duration::from_millis(pause));
    // Longer than one byte may take, and longer than all may take.
    check_with(&hasty, vec![byte(200)], 999, expected);
    check_with(&hasty, vec![byte(20)], 999, expected);
}

#[test]
fn a_server_that_is_not_there_is_an_error_with_the_address() {
    let url = format!("{}/x", server(plain(&[(200, "")])).url());
    let error = Client::local().get(&url, 9).unwrap_err().to_string();
    let expected = format!("cannot fetch `{url}`: ");
    assert!(error.starts_with(&expected), "{error}");
}

#[test]
fn it_says_who_asks() {
    let server = server(plain(&[(200, "")]));
    let url = format!("{}/x", server.url());
    Client::local().get(&url, 9).unwrap();
    let expected = format!("/x floxwright/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(server.seen(), [expected]);
}
