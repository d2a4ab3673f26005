//! The requirements that a package was given by hand, beside those that its release has.

use super::decide::Ground;
use super::survey::Site;
use crate::model::{Decision, LockedPackage, LockedRequirement, Tweaks};
use crate::nixpkgs::Lookup;
use crate::python::{PyName, upper_bound};
use crate::recipe::Named;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be said of the requirements of one package as it was written.
#[derive(Default)]
pub(super) struct Sorted {
    /// The release requires it, and the file does not have it.
    pub(super) missing: Vec<String>,
    /// The file has it, and the release does not need it: why, and where.
    pub(super) superfluous: Vec<(String, String, usize)>,
    /// The file has it, nobody requires it, and it is kept.
    pub(super) added: Vec<(PyName, usize)>,
    /// The file has it, and it is a package of the person's own.
    pub(super) own: Vec<(String, usize)>,
}

/// A name as Python packaging compares it.
fn normal(name: &str) -> String {
    name.parse::<PyName>()
        .map_or_else(|_| name.to_owned(), |name| name.to_string())
}

fn is_needed(requirement: &LockedRequirement) -> bool {
    !matches!(requirement.decision, Decision::Excluded | Decision::Removed)
}

/// Sorts the requirements of a package as it was written.
pub(super) fn sort(site: Site<'_>, package: &LockedPackage, ground: &Ground<'_>) -> Sorted {
    let written = site.build.requires.iter().map(|named| Named {
        name: site.read.recipe.meant(named).to_owned(),
        ..named.clone()
    });
    let written: Vec<Named> = written.collect();
    let said: BTreeSet<String> = written.iter().map(|one| normal(&one.name)).collect();
    let mut sorted = Sorted::default();
    for one in package.requires.iter().filter(|one| is_needed(one)) {
        if one.decision == Decision::Added {
            continue;
        }
        if !said.contains(&normal(&one.attribute)) {
            sorted.missing.push(with_extras(one));
            continue;
        }
        let has = |extra: &String| {
            written.iter().any(|named| {
                normal(&named.name) == normal(&one.attribute) && named.extra.as_ref() == Some(extra)
            })
        };
        let brought = |extra: &String| {
            let members = ground.index.members(&one.attribute, extra);
            !members.is_empty() && members.iter().all(|member| said.contains(&normal(member)))
        };
        let without = one
            .extras
            .iter()
            .filter(|extra| !has(extra) && !brought(extra));
        let without: Vec<&str> = without.map(String::as_str).collect();
        if !without.is_empty() {
            sorted
                .missing
                .push(format!("{}[{}]", one.attribute, without.join(",")));
        }
    }
    for named in &written {
        place(&mut sorted, named, package, ground);
    }
    sorted
}

fn with_extras(one: &LockedRequirement) -> String {
    if one.extras.is_empty() {
        one.attribute.clone()
    } else {
        format!("{}[{}]", one.attribute, one.extras.join(","))
    }
}

/// Puts a written requirement where it belongs.
fn place(sorted: &mut Sorted, named: &Named, package: &LockedPackage, ground: &Ground<'_>) {
    let name = normal(&named.name);
    let at = named.range.start;
    let is =
        |one: &&LockedRequirement| normal(&one.attribute) == name || normal(&one.spelling) == name;
    let known: Vec<&LockedRequirement> = package.requires.iter().filter(is).collect();
    if known.iter().any(|one| one.decision == Decision::Added) {
        if let Ok(name) = name.parse() {
            sorted.added.push((name, at));
        }
        return;
    }
    if known.iter().any(|one| is_needed(one)) {
        return;
    }
    let mut say = |because: String| sorted.superfluous.push((named.name.clone(), because, at));
    if let Some(one) = known.first() {
        let reason = if one.reason.is_empty() {
            format!("`{}` does not hold here", one.requirement)
        } else {
            one.reason.clone()
        };
        return say(reason);
    }
    if let Some(from) = brought_by(&name, package, ground) {
        return say(format!("{from} brings it along"));
    }
    let is_extra = package
        .extras
        .iter()
        .find(|(_, members)| members.iter().any(|one| is(&one)));
    if let Some((extra, _)) = is_extra {
        return say(format!(
            "it belongs to the extra `{extra}`, which nobody asks for"
        ));
    }
    match name.parse::<PyName>() {
        Ok(parsed) if ground.scaffold.catalogue.packages.contains_key(&parsed) => {
            say("the release does not require it".to_owned());
        }
        Ok(parsed) if is_of_nixpkgs(named, &parsed, ground) => sorted.added.push((parsed, at)),
        _ => sorted.own.push((named.name.clone(), at)),
    }
}

/// Whether a written requirement is one of nixpkgs' Python set: it is taken from one, or the index has it.
fn is_of_nixpkgs(named: &Named, name: &PyName, ground: &Ground<'_>) -> bool {
    match ground.index.look_up(name) {
        Lookup::Present { .. } => true,
        Lookup::Absent => false,
        Lookup::Unknown => named.set.contains("python3"),
    }
}

/// What requires a name already, so that it need not stand here: an extra that the package asks for, or a package that it requires.
fn brought_by(name: &str, package: &LockedPackage, ground: &Ground<'_>) -> Option<String> {
    for one in package.requires.iter().filter(|one| is_needed(one)) {
        for extra in &one.extras {
            let members = ground.index.members(&one.attribute, extra);
            if members.iter().any(|member| normal(member) == name) {
                return Some(format!("`{}[{extra}]`", one.attribute));
            }
        }
    }
    let siblings = package
        .requires
        .iter()
        .filter(|one| one.decision == Decision::Sibling);
    for one in siblings {
        let sibling = one.attribute.parse::<PyName>().ok();
        let Some(other) = sibling.and_then(|sibling| ground.lock.packages.get(&sibling)) else {
            continue;
        };
        let has = other
            .requires
            .iter()
            .any(|one| is_needed(one) && normal(&one.attribute) == name);
        if has || brought_by(name, other, ground).is_some() {
            return Some(format!("`{}`", one.attribute));
        }
    }
    None
}

/// What was written by hand and differs from the release on purpose, as tables of the intent.
pub fn tweaks(ground: &Ground<'_>) -> BTreeMap<PyName, Tweaks> {
    let mut found: BTreeMap<PyName, Tweaks> = BTreeMap::new();
    for (name, places) in ground.survey.built(ground.scaffold) {
        let Some(package) = ground.lock.packages.get(&name) else {
            continue;
        };
        let mut tweaks = Tweaks::default();
        for site in places {
            let sorted = sort(site, package, ground);
            let added = sorted.added.into_iter();
            tweaks
                .extra_dependencies
                .extend(added.map(|(name, _)| name));
            for removed in &site.build.removes {
                tweaks
                    .remove_dependencies
                    .extend(removal(&removed.name, package));
            }
            for relaxed in site.build.relaxes.iter().filter(|one| !one.is_conditional) {
                tweaks.relax.extend(relaxation(&relaxed.name, package));
            }
        }
        if tweaks != Tweaks::default() {
            found.insert(name, tweaks);
        }
    }
    found
}

fn requirement<'a>(name: &str, package: &'a LockedPackage) -> Option<&'a LockedRequirement> {
    let name = normal(name);
    let mut all = package.requires.iter();
    all.find(|one| normal(&one.spelling) == name)
}

/// A requirement that was removed by hand and that the package would take from nixpkgs stays removed.
pub(super) fn removal(name: &str, package: &LockedPackage) -> Option<String> {
    let one = requirement(name, package)?;
    matches!(one.decision, Decision::Nixpkgs | Decision::Removed).then(|| one.spelling.clone())
}

/// A requirement that was relaxed by hand stays relaxed where that is no matter of an upper bound, which Nix decides.
pub(super) fn relaxation(name: &str, package: &LockedPackage) -> Option<String> {
    let one = requirement(name, package)?;
    let parsed = one.requirement.parse().ok()?;
    let has_bounds = upper_bound(&parsed).is_none() && !parsed.specifiers().is_empty();
    let is_foreign = one.decision == Decision::Nixpkgs;
    (has_bounds && is_foreign).then(|| one.spelling.clone())
}
