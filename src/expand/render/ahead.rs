//! Texts that are parsed ahead, several at a time: that takes most of the time of rendering, and depends on nothing but the text.

use super::{Renderer, bounds, kept};
use crate::parallel::{in_parallel, processors};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// So few texts are not worth a thread.
const FEW: usize = 16;

/// What has been parsed and not been asked for yet, by its text.
#[derive(Default)]
pub(super) struct Ahead(Mutex<HashMap<String, liquid::Template>>);

impl Ahead {
    /// Takes what has been parsed of a text.
    pub(super) fn take(&self, text: &str) -> Option<liquid::Template> {
        let mut parsed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        parsed.remove(text)
    }
}

impl Renderer {
    /// Parses texts that will be rendered, in the place of all that was parsed before. What cannot be parsed is found when it is rendered.
    pub(in crate::expand) fn ahead(&self, texts: &[String]) {
        if texts.len() < FEW || processors() == 1 {
            return;
        }
        let parsed = in_parallel(texts, processors(), |text| {
            let text = self.for_liquid(text)?;
            let template = self.parse(&text).ok()?;
            Some((text, template))
        });
        let mut ahead = self.ahead.0.lock().unwrap_or_else(PoisonError::into_inner);
        *ahead = parsed.into_iter().flatten().collect();
    }

    /// The text as Liquid gets it, if it does.
    fn for_liquid(&self, text: &str) -> Option<String> {
        if !text.contains("{{") && !text.contains("{%") {
            return None;
        }
        bounds::check(text).ok()?;
        let kept = if self.shared.compat() {
            kept::shorten(text)
        } else {
            kept::keep(text, |name| self.knows(name), |tag| self.parses(tag))
        };
        Some(kept.text)
    }
}
