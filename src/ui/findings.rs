//! Findings of a check as text: each with its line, a mark under the place, what to know and what to do.

use super::report::inside;
use super::text::harmless;
use crate::check::{Finding, Place, Severity};
use crate::tree::RelPath;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Source lines are cut to about so many columns, around the place that is meant.
const COLUMNS: usize = 120;

/// The plain text of a file, where there is one.
pub(super) type Source<'a> = &'a dyn Fn(&RelPath) -> Option<String>;

/// One finding as text, with an empty line at its end.
pub(super) fn finding_text(finding: &Finding, source: Source<'_>, is_styled: bool) -> String {
    let renderer = if is_styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let level = match finding.rule.severity {
        Severity::Critical | Severity::High => Level::ERROR,
        Severity::Medium => Level::WARNING,
        Severity::Low => Level::INFO,
    };
    let message = harmless(&finding.message);
    let title = level
        .with_name(finding.rule.severity.name())
        .primary_title(message.as_str())
        .id(finding.rule.id);
    let mut group = Group::with_title(title);
    let placed = finding.place.as_ref();
    if let Some(snippet) = placed.and_then(|place| snippet(place, source)) {
        group = group.element(snippet);
    } else if let Some(place) = placed {
        group = group.element(annotate_snippets::Origin::path(harmless(
            place.path.as_str(),
        )));
    }
    for note in &finding.notes {
        let whereabouts = note.place.as_ref().map(|place| told(place, source));
        let text = format!("{}{}", note.text, whereabouts.unwrap_or_default());
        group = group.element(Level::NOTE.message(harmless(&text)));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(harmless(help)));
    }
    if let Some(fix) = &finding.fix {
        let text = format!("`--fix` mends it: {}", fix.title);
        group = group.element(Level::HELP.message(harmless(&text)));
    }
    format!("{}\n\n", renderer.term_width(COLUMNS).render(&[group]))
}

/// The line with the place marked.
fn snippet<'a>(
    place: &Place,
    source: Source<'_>,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    if place.range().is_empty() && place.start == 0 {
        return None;
    }
    let text = source(&place.path)?;
    let range = inside(&text, &place.range());
    let annotation = AnnotationKind::Primary.span(range);
    let snippet = Snippet::source(text).path(harmless(place.path.as_str()));
    Some(snippet.annotation(annotation))
}

/// A place in words, at the end of a sentence.
fn told(place: &Place, source: Source<'_>) -> String {
    let line = source(&place.path).map(|text| crate::recipe::line(&text, place.start));
    match line.filter(|_| place.end > 0) {
        Some(line) => format!(" ({}:{line})", place.path),
        None => format!(" ({})", place.path),
    }
}
