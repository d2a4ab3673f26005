//! Expressions that are not the template's to evaluate stay as they are: `${{ … }}` of workflows, and what names variables that nobody
//! declared. Each is replaced by a variable that holds its text.

use super::tags;
use super::trouble::Unknown;
use liquid::model::{KString, Value};
use std::ops::Range;

/// What the variables are called.
const NAME: &str = "__kept-";

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
    let mut kept = Kept::default();
    let mut done = 0;
    for tag in &tags {
        if !tag.prints {
            let names = tags::condition(tag, text).into_iter();
            let unknown = names.filter(|name| !own.contains(name) && !knows(name));
            kept.unknown.extend(unknown.map(|name| Unknown {
                name: name.to_owned(),
                range: tag.range.clone(),
                stays: false,
            }));
            continue;
        }
        let whole = &text[tag.range.clone()];
        let names = tags::variables(tag.inner(text));
        let unknown: Vec<&str> = names
            .into_iter()
            .filter(|name| !own.contains(name) && !knows(name))
            .collect();
        let workflow = text[..tag.range.start].ends_with('$');
        let is_liquid = parses(whole);
        if is_liquid && unknown.is_empty() || !is_liquid && !workflow {
            continue;
        }
        if !workflow {
            kept.unknown.extend(unknown.iter().map(|name| Unknown {
                name: (*name).to_owned(),
                range: tag.range.clone(),
                stays: true,
            }));
        }
        kept.text.push_str(&text[done..tag.range.start]);
        let start = kept.text.len();
        let number = kept.literals.len().to_string();
        kept.text.extend(["{{", NAME, &number, "}}"]);
        kept.places
            .push((tag.range.clone(), start..kept.text.len()));
        kept.literals.push(whole.to_owned());
        done = tag.range.end;
    }
    kept.text.push_str(&text[done..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

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
