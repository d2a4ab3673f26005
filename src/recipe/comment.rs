//! Comments of a file, each with what it stands before.

use rnix::{SyntaxKind, SyntaxNode, SyntaxToken};
use rowan::NodeOrToken;
use std::ops::Range;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its words, without the signs that make it one.
    pub text: String,
    /// The whole comment.
    pub range: Range<usize>,
    /// What it is about: its line where something stands before it, else all of what begins behind it.
    pub covers: Range<usize>,
}

/// The comments below a node, in the order of the text.
pub(super) fn comments(root: &SyntaxNode, text: &str) -> Vec<Comment> {
    let tokens = root
        .descendants_with_tokens()
        .filter_map(NodeOrToken::into_token)
        .filter(|token| token.kind() == SyntaxKind::TOKEN_COMMENT);
    let one = |token: SyntaxToken| {
        let range = bytes(token.text_range());
        let words = token.text().trim_start_matches('#');
        let words = words.trim_start_matches("/*").trim_end_matches("*/");
        Comment {
            text: words.trim().to_owned(),
            covers: covered(&token, text),
            range,
        }
    };
    tokens.map(one).collect()
}

/// What a comment is about.
fn covered(comment: &SyntaxToken, text: &str) -> Range<usize> {
    let range = bytes(comment.text_range());
    let before = text.get(..range.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    if !before.get(line..).unwrap_or_default().trim().is_empty() {
        return line..range.end;
    }
    let mut next = comment.next_token();
    while let Some(token) = &next {
        if !matches!(
            token.kind(),
            SyntaxKind::TOKEN_COMMENT | SyntaxKind::TOKEN_WHITESPACE
        ) {
            break;
        }
        next = token.next_token();
    }
    let Some(token) = next else {
        return range;
    };
    let start = token.text_range().start();
    let beginning = token
        .parent_ancestors()
        .take_while(|node| node.text_range().start() == start);
    let largest = beginning.last();
    bytes(largest.map_or(token.text_range(), |node| node.text_range()))
}

fn bytes(range: rowan::TextRange) -> Range<usize> {
    range.start().into()..range.end().into()
}
