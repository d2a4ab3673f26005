//! Expressions that are not the template's to evaluate stay as they are: `${{ … }}` of workflows, and what names variables that nobody
//! declared. Each is replaced by a variable that holds its text.

use super::tags::{self, Tag};
use super::trouble::Unknown;
use super::{bounds, budget};
use liquid::model::{KString, Value};
use std::ops::Range;

/// What the variables are called.
const NAME: &str = "__kept-";

/// So many bytes between two tags are not worth a variable.
const SHORT: usize = 40;

/// A text with what is kept replaced.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// The text for Liquid.
    pub(super) text: String,
    /// The variables that nobody declared, where they are not those of a workflow.
    pub(super) unknown: Vec<Unknown>,
    literals: Vec<String>,
    /// Where each replacement stands, in the original and in the text.
    places: Vec<(Range<usize>, Range<usize>)>,
}

impl Kept {
    /// The variables that hold what is kept.
    pub(super) fn values(&self) -> impl Iterator<Item = (KString, Value)> {
        self.literals.iter().enumerate().map(|(number, literal)| {
            (
                format!("{NAME}{number}").into(),
                Value::scalar(literal.clone()),
            )
        })
    }

    /// The place in the original of a place in the text.
    pub(super) fn original(&self, at: usize) -> usize {
        let before = self.places.iter().rev().find(|(_, text)| text.start <= at);
        match before {
            Some((original, text)) if at < text.end => original.start,
            Some((original, text)) => original.end + (at - text.end),
            None => at,
        }
    }
}

/// Replaces what is kept in `text`; `knows` says whether a variable is declared, `parses` whether a tag is Liquid.
pub(super) fn keep(
    text: &str,
    knows: impl Fn(&str) -> bool,
    parses: impl Fn(&str) -> bool,
) -> Kept {
    let tags = tags::all(text);
    let own = tags::assigned(text, &tags);
    let mut copy = Copy::new(text, &tags);
    for tag in &tags {
        let whole = &text[tag.range.clone()];
        let names = if tag.prints {
            tags::variables(tag.inner(text))
        } else {
            tags::condition(tag, text)
        };
        let unknown: Vec<&str> = names
            .into_iter()
            .filter(|name| !own.contains(name) && !knows(name))
            .collect();
        let workflow = tag.prints && text[..tag.range.start].ends_with('$');
        let is_the_templates = if workflow {
            unknown.is_empty() && parses(whole)
        } else {
            !tag.prints || unknown.is_empty() || !parses(whole)
        };
        copy.tag(tag, is_the_templates);
        if workflow || tag.prints && is_the_templates {
            continue;
        }
        copy.kept.unknown.extend(unknown.iter().map(|name| Unknown {
            name: (*name).to_owned(),
            range: tag.range.clone(),
            stays: tag.prints,
        }));
    }
    copy.end()
}

/// `text` with all tags as they are. What stands between them is shortened as for [`keep`].
pub(super) fn shorten(text: &str) -> Kept {
    let tags = tags::all(text);
    let mut copy = Copy::new(text, &tags);
    for tag in &tags {
        copy.tag(tag, true);
    }
    copy.end()
}

/// A text on its way to Liquid, whose parser takes each letter for itself: longer stretches without a tag become variables too.
struct Copy<'a> {
    text: &'a str,
    kept: Kept,
    done: usize,
    /// Whether stretches may become variables.
    shortens: bool,
    /// Whether the stretch that follows is more than text: the body of `raw` and `comment`, what stands before the first `when`.
    is_special: bool,
}

impl<'a> Copy<'a> {
    fn new(text: &'a str, tags: &[Tag]) -> Self {
        Self {
            text,
            kept: Kept::default(),
            done: 0,
            shortens: text.len() > SHORT && tags.iter().all(|tag| is_plain(tag.raw(text))),
            is_special: false,
        }
    }

    fn tag(&mut self, tag: &Tag, stays_a_tag: bool) {
        self.stretch(tag.range.start);
        if !tag.prints && matches!(tag.word(self.text), "for" | "tablerow") {
            self.guard(tag);
        }
        if stays_a_tag {
            self.kept.text.push_str(&self.text[tag.range.clone()]);
        } else {
            self.replace(tag.range.clone());
        }
        self.done = tag.range.end;
        let word = if tag.prints { "" } else { tag.word(self.text) };
        self.is_special = matches!(word, "raw" | "comment" | "case");
    }

    /// Puts a look at the range of a loop before it, where the range has a variable.
    fn guard(&mut self, tag: &Tag) {
        let Some(range) = bounds::open_range(tag.inner(self.text)) else {
            return;
        };
        let start = self.kept.text.len();
        let (left, right) = if tag.raw(self.text).starts_with('-') {
            ("{%-", "-%}")
        } else {
            ("{%", "%}")
        };
        let guard = [left, " ", budget::RANGE, " ", range, " ", right];
        self.kept.text.extend(guard);
        let place = tag.range.start..tag.range.start;
        let places = &mut self.kept.places;
        places.push((place, start..self.kept.text.len()));
    }

    fn end(mut self) -> Kept {
        self.stretch(self.text.len());
        self.kept
    }

    /// What stands between the last tag and `end`. Its ends stay, which hyphens of tags may take away, and which may not make braces of
    /// their own with those of the variable.
    fn stretch(&mut self, end: usize) {
        let whole = &self.text[self.done..end];
        let is_edge = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '%' | '-');
        let start = whole.find(|c| !is_edge(c));
        let last = whole.rfind(|c| !is_edge(c));
        let inner = start.zip(last).map(|(start, last)| {
            let first = whole[start..].chars().next().map_or(0, char::len_utf8);
            self.done + start + first..self.done + last
        });
        let shortened = inner.filter(|inner| {
            let begins = whole.contains("{{") || whole.contains("{%");
            self.shortens && !self.is_special && !begins && inner.len() > SHORT
        });
        match shortened {
            Some(inner) => {
                self.kept.text.push_str(&self.text[self.done..inner.start]);
                self.replace(inner.clone());
                self.kept.text.push_str(&self.text[inner.end..end]);
            }
            None => self.kept.text.push_str(whole),
        }
    }

    fn replace(&mut self, range: Range<usize>) {
        let start = self.kept.text.len();
        let number = self.kept.literals.len().to_string();
        self.kept.text.extend(["{{", NAME, &number, "}}"]);
        self.kept.literals.push(self.text[range.clone()].to_owned());
        let places = &mut self.kept.places;
        places.push((range, start..self.kept.text.len()));
    }
}

/// Whether Liquid sees the same end of a tag: no brace stands in a text of it, and its blanks are those that Liquid knows.
fn is_plain(inner: &str) -> bool {
    let mut open = None;
    for c in inner.chars() {
        match (c, open) {
            ('\'' | '"', None) => open = Some(c),
            (c, Some(quote)) if c == quote => open = None,
            (' ' | '\n' | '\r', _) => {}
            (c, _) if c.is_whitespace() || c.is_control() => return false,
            _ => {}
        }
    }
    open.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_stretches_are_shortened_where_they_are_text() {
        let long = "0123456789".repeat(5);
        for (text, expected) in [
            (
                format!("{{{{ a }}}} x{long}y {{{{ b }}}}"),
                "{{ a }} x{{__kept-0}}y {{ b }}".to_owned(),
            ),
            (
                format!("{{x{long}y}}{{%- if a -%}}\n {{-}}"),
                "{x{{__kept-0}}y}{%- if a -%}\n {-}".to_owned(),
            ),
            (
                format!("{{% raw %}}{long}{{{{{{% endraw %}}"),
                format!("{{% raw %}}{long}{{{{{{% endraw %}}"),
            ),
            (
                format!("{{% case a %}}{long}{{% when 1 %}}{{% endcase %}}"),
                format!("{{% case a %}}{long}{{% when 1 %}}{{% endcase %}}"),
            ),
            (
                format!("{{{{ '{{{{x}}}}' }}}}{long}"),
                format!("{{{{ '{{{{x}}}}' }}}}{long}"),
            ),
            (format!("{{{{\tx }}}}{long}"), format!("{{{{\tx }}}}{long}")),
            (format!("{{{{ {long}"), format!("{{{{ {long}")),
        ] {
            assert_eq!(shorten(&text).text, expected);
        }
    }

    #[test]
    fn places_are_mapped_back() {
        let text = "${{ github.sha }} {{ known }} {{ x }}!";
        let kept = keep(text, |name| name == "known", |_| true);
        assert_eq!(kept.text, "${{__kept-0}} {{ known }} {{__kept-1}}!");
        assert_eq!(kept.unknown.len(), 1);
        for (at, original) in [(0, 0), (1, 1), (5, 1), (13, 17), (14, 18), (38, 37)] {
            assert_eq!(kept.original(at), original, "{at}");
        }
    }
}
