//! `check`: what is found in which files, and what mends it.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

mod awkward;
mod bad_input;
mod case;
mod command;
mod documented;
mod forms;
mod fuzz_corpus;
mod fuzzed;
mod golden;
mod handwritten;
mod mending;
mod registered;
mod rules;
pub(super) mod seeds;

use floxwright::check::{Finding, Found, Known, Place, Report, Settings, report};
use floxwright::nixpkgs::Index;
use floxwright::scaffold::{Scaffold, built_in, built_in_names};
use std::sync::OnceLock;

/// The scaffold of the first upstream.
pub(super) fn scaffold() -> &'static Scaffold {
    static LOADED: OnceLock<Scaffold> = OnceLock::new();
    LOADED.get_or_init(|| {
        let name = built_in_names()[0];
        Scaffold::load(name, &built_in(name).unwrap()).unwrap()
    })
}

/// What the program knows of nixpkgs.
fn index() -> &'static Index {
    static LOADED: OnceLock<Index> = OnceLock::new();
    LOADED.get_or_init(|| Index::built_in().unwrap())
}

/// What a check rests on.
fn known() -> Known<'static> {
    Known {
        scaffold: scaffold(),
        index: index(),
        release: None,
    }
}

/// Everything that is found.
fn everything(found: &Found) -> Report {
    report(found, known(), &Settings::default())
}

/// A finding in one line: where, and what.
fn told(finding: &Finding, found: &Found) -> String {
    let place = finding.place.as_ref();
    let place = place.map(|place| whereabouts(place, found));
    format!("{} {}", place.unwrap_or_default(), finding.message)
}

fn whereabouts(place: &Place, found: &Found) -> String {
    let file = found.files.get(&place.path);
    let text = file.and_then(floxwright::reconcile::plain);
    let span = floxwright::diagnostic::Span {
        origin: String::new(),
        text: text.unwrap_or_default(),
        range: place.range(),
    };
    let (line, column) = span.line_column();
    format!("{}:{line}:{column}", place.path)
}
