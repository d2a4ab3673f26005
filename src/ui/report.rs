//! A failure as text: what is wrong, why, where, and what to do.

use super::paint::{Paint, Tone};
use super::text::harmless;
use crate::diagnostic::{Failure, Problem, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// Source lines are cut to about so many columns, around the place that is meant.
const COLUMNS: usize = 100;

/// The failure, with a line end. An interruption without a problem has no text.
pub(super) fn report(failure: &Failure, paint: Paint) -> String {
    let mut text = String::new();
    for problem in &failure.problems {
        text.push_str(&problem_text(problem, paint));
    }
    for hint in &failure.hints {
        let head = paint.tone(Tone::Accent, "hint:");
        text.push_str(&format_line(&head, "      ", hint));
    }
    text
}

fn problem_text(problem: &Problem, paint: Paint) -> String {
    let head = paint.tone(Tone::Bad, "error:");
    let mut text = format_line(&head, "       ", &problem.message);
    if let Some(cause) = &problem.cause {
        text.push_str(&format_line("  cause:", "         ", cause));
    }
    if let Some(span) = &problem.span {
        text.push_str(&source(span, paint));
        text.push('\n');
    }
    text
}

/// Head and text; the further lines of the text stand below its first.
fn format_line(head: &str, indent: &str, text: &str) -> String {
    let text = harmless(text.trim_end()).replace('\n', &format!("\n{indent}"));
    format!("{head} {text}\n")
}

/// The line that is meant, with the place underlined.
fn source(span: &Span, paint: Paint) -> String {
    let renderer = if paint.styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let origin = harmless(&span.origin);
    let annotation = AnnotationKind::Primary.span(inside(&span.text, &span.range));
    let snippet = Snippet::source(span.text.as_str())
        .path(origin.as_str())
        .annotation(annotation);
    let group = Group::with_level(Level::ERROR).element(snippet);
    renderer.term_width(COLUMNS).render(&[group])
}

/// The range within the text and between characters, whatever was handed in.
pub(super) fn inside(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    start..end
}
