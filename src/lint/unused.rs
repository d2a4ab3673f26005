//! Templates and partials that nothing uses.

use super::liquid_text::tags;
use super::{Finding, Kind, is_own, named};
use crate::scaffold::Scaffold;
use crate::tree::Tree;
use std::collections::BTreeSet;

/// Where partials stand.
const PARTIALS: &str = "partials/";

/// The templates and partials that are reached from these templates, themselves among them.
pub(super) fn reached<'a>(
    scaffold: &'a Scaffold,
    from: impl Iterator<Item = &'a str>,
) -> BTreeSet<&'a str> {
    let mut open: Vec<&str> = from.collect();
    let mut reached = BTreeSet::new();
    while let Some(path) = open.pop() {
        if reached.insert(path) {
            let text = scaffold.templates.text(path).unwrap_or_default();
            let included = tags(text)
                .into_iter()
                .filter(|tag| matches!(tag.name, "include" | "render"))
                .filter_map(|tag| {
                    let first = super::liquid_text::words(tag.rest).first().copied()?;
                    let name = first.trim_matches(['"', '\'']);
                    let path = format!("{PARTIALS}{name}.liquid");
                    let found = scaffold
                        .templates
                        .paths()
                        .find(|known| known.as_str() == path);
                    found.map(crate::tree::RelPath::as_str)
                });
            open.extend(included);
        }
    }
    reached
}

/// The scaffold's own templates that no output leads to.
pub(super) fn unused(scaffold: &Scaffold, own: &Tree) -> Vec<Finding> {
    let outputs = scaffold
        .outputs
        .iter()
        .map(|output| output.template.as_str());
    let roots = outputs.chain(scaffold.nixpkgs.as_deref());
    let reached = reached(scaffold, roots);
    let own = scaffold
        .templates
        .paths()
        .filter(|path| is_own(path.as_str(), own));
    let unused = own.filter(|path| !reached.contains(path.as_str()));
    unused
        .map(|path| Finding {
            kind: Kind::UnusedFile,
            file: named(path.as_str()),
            line: 0,
            text: if path.as_str().starts_with(PARTIALS) {
                "no template includes it".to_owned()
            } else {
                "no output names it".to_owned()
            },
        })
        .collect()
}
