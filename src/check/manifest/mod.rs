//! Flox's manifest, looked at as strictly as Flox does: the published schema takes what the program refuses.

mod keys;
mod shape;

use super::Repository;
use crate::diagnostic::did_you_mean;
use crate::tree::RelPath;
use std::ops::Range;
use toml_edit::{Document, Item, TableLike};

/// Where it stands.
pub(super) const MANIFEST: &str = ".flox/env/manifest.toml";

/// The schemas of which the keys are known, by the middle number of `1.N.0`.
const KNOWN: std::ops::RangeInclusive<u32> = 10..=15;

/// The manifests of a repository: it may hold the environment of those who use its packages as well.
pub(super) fn manifests<'a>(repository: &Repository<'a>) -> impl Iterator<Item = &'a RelPath> {
    let files = repository.survey.files.paths();
    // What floxwright keeps of what it made is none.
    let is_kept = |path: &RelPath| path.as_str().starts_with(".floxwright/");
    files.filter(move |path| path.as_str().ends_with(MANIFEST) && !is_kept(path))
}

/// Something that Flox refuses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fault {
    /// What it is, in one sentence.
    pub(super) message: String,
    /// Where it stands; nothing where the manifest as a whole is meant.
    pub(super) range: Range<usize>,
    /// What to do.
    pub(super) help: Option<String>,
    /// What stands there instead, where that is certain.
    pub(super) instead: Option<String>,
}

impl Fault {
    fn new(message: String, range: Range<usize>) -> Self {
        Self {
            message,
            range,
            ..Self::default()
        }
    }

    fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// The manifest's tables, with their places.
///
/// # Errors
/// It is no TOML.
pub(super) fn parsed(text: &str) -> Result<Document<&str>, Fault> {
    Document::parse(text).map_err(|error| {
        let message = error.message().lines().next().unwrap_or_default();
        let message = format!("this is no TOML: {message}");
        Fault::new(message, error.span().unwrap_or_default())
    })
}

/// Everything that Flox refuses in a manifest.
pub(super) fn faults(document: &Document<&str>) -> Vec<Fault> {
    let top: &dyn TableLike = document.as_table();
    let schema = match schema(top) {
        Ok(schema) => schema,
        Err(fault) => return vec![fault],
    };
    // Of a later schema it is not known which keys it has.
    let Some(schema) = schema else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    shape::look(
        document.as_item(),
        keys::MANIFEST,
        "",
        (schema, &mut faults),
    );
    daemons(top, &mut faults);
    faults
}

/// The schema of a manifest that is later than those of which the keys are known, with its place.
pub(super) fn later(document: &Document<&str>) -> Option<(String, Range<usize>)> {
    let top: &dyn TableLike = document.as_table();
    let is_later = matches!(schema(top), Ok(None));
    let said = top.get("schema-version").filter(|_| is_later)?.as_str()?;
    Some((said.to_owned(), span(top, "schema-version")))
}

/// The latest schema of which the keys are known.
pub(super) fn latest() -> String {
    format!("1.{}.0", KNOWN.end())
}

/// The schema, by the middle number of `1.N.0`, 0 for `version = 1`; nothing where it is a later one than is known.
fn schema(top: &dyn TableLike) -> Result<Option<u32>, Fault> {
    let place = |key: &str| span(top, key);
    match (top.get("version"), top.get("schema-version")) {
        (None, None) => Err(Fault::new(
            "the manifest does not say its schema".to_owned(),
            0..0,
        )
        .help("write `schema-version = \"1.10.0\"` as its first line; every Flox from 1.10.0 on reads it")),
        (Some(_), Some(_)) => Err(Fault::new(
            "the manifest says both `version` and `schema-version`".to_owned(),
            place("version"),
        )
        .help("leave one of them")),
        (Some(version), None) => {
            if version.as_integer() == Some(1) {
                return Ok(Some(0));
            }
            let message = "`version` is always the number 1".to_owned();
            Err(Fault::new(message, place("version"))
                .help("write `version = 1`, or `schema-version = \"1.10.0\"` in its place"))
        }
        (None, Some(version)) => {
            let text = version.as_str().unwrap_or_default();
            let middle = text.strip_prefix("1.").and_then(|rest| rest.strip_suffix(".0"));
            let middle: Option<u32> = middle.and_then(|middle| middle.parse().ok());
            match middle {
                Some(middle) if KNOWN.contains(&middle) => Ok(Some(middle)),
                Some(middle) if middle > *KNOWN.end() => Ok(None),
                _ => {
                    let message = format!("there is no schema `{}`", text.escape_debug());
                    Err(Fault::new(message, place("schema-version"))
                        .help("`1.10.0` is read by every Flox from 1.10.0 on; older ones read `version = 1` alone"))
                }
            }
        }
    }
}

/// A service in the background has to say how it ends. No schema says so; the program does.
fn daemons(top: &dyn TableLike, faults: &mut Vec<Fault>) {
    let services = top.get("services").and_then(Item::as_table_like);
    for (name, service) in services.into_iter().flat_map(TableLike::iter) {
        let Some(service) = service.as_table_like() else {
            continue;
        };
        let is_daemon = service.get("is-daemon").and_then(Item::as_bool) == Some(true);
        if is_daemon && !service.contains_key("shutdown") {
            let message = format!(
                "the service `{name}` goes to the background and does not say how it is ended"
            );
            let fault = Fault::new(message, span(service, "is-daemon"));
            faults.push(fault.help("write `shutdown.command` for it"));
        }
    }
}

/// Where a key stands.
pub(super) fn span(table: &dyn TableLike, key: &str) -> Range<usize> {
    let found = table.get_key_value(key);
    found
        .and_then(|(key, item)| key.span().or_else(|| item.span()))
        .unwrap_or_default()
}

/// The nearest of some names, as the end of a sentence.
fn near<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> String {
    let near = did_you_mean(name, names);
    near.map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default()
}
