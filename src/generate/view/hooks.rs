//! What the hooks of `buildPythonPackage` are told: bounds that Nix decides, and requirements that are taken out.

use crate::model::{BoundTest, Decision, LockedRequirement};
use crate::nix::nix_attr;
use crate::python::Version;
use serde::Serialize;

/// The lists for the relax hook.
#[derive(Serialize)]
pub(super) struct HooksView {
    relax: Vec<RelaxView>,
    /// Whether an entry of `relax` looks at nixpkgs.
    relax_tests: bool,
    /// Names of the entries that drop a bound whatever nixpkgs has.
    relax_always: Vec<String>,
    /// The bounded requirements that the hook cannot relax.
    kept: Vec<KeptView>,
    remove: Vec<RemoveView>,
}

/// One entry of `pythonRelaxDeps`.
#[derive(Serialize)]
struct RelaxView {
    test: BoundTest,
    attribute: String,
    version: String,
    name: String,
}

/// A bounded requirement that the hook cannot relax.
#[derive(Serialize)]
struct KeptView {
    requirement: String,
    /// The name that the hook would hit as well.
    longer: String,
    /// A sentence that says so.
    sentence: String,
}

/// One entry of `pythonRemoveDeps`.
#[derive(Serialize)]
struct RemoveView {
    name: String,
    because: String,
}

impl HooksView {
    /// The attributes whose versions the lists look at.
    pub(super) fn tested(&self) -> impl Iterator<Item = String> {
        self.relax
            .iter()
            .filter(|entry| entry.test != BoundTest::Always)
            .map(|entry| entry.attribute.clone())
    }
}

/// The lists for one package's requirements.
pub(super) fn view(requires: &[LockedRequirement]) -> HooksView {
    let relax = relax(requires);
    HooksView {
        relax_tests: relax.iter().any(|entry| entry.test != BoundTest::Always),
        relax_always: relax
            .iter()
            .filter(|entry| entry.test == BoundTest::Always)
            .map(|entry| entry.name.clone())
            .collect(),
        relax,
        kept: kept(requires),
        remove: remove(requires),
    }
}

/// The bounds that Nix decides, by name. A name that two markers bound stands once.
fn relax(requires: &[LockedRequirement]) -> Vec<RelaxView> {
    let mut entries: Vec<RelaxView> = requires
        .iter()
        .filter(|one| one.decision == Decision::Nixpkgs)
        .filter_map(|one| {
            let bound = one
                .bound
                .as_ref()
                .filter(|bound| bound.test != BoundTest::Kept)?;
            Some(RelaxView {
                test: bound.test,
                attribute: nix_attr(&one.attribute),
                version: bound.version.clone(),
                name: one.spelling.clone(),
            })
        })
        .collect();
    // Of several bounds on one name the strictest decides: the hook relaxes the name, and with it all of them.
    let strictness = |entry: &RelaxView| {
        let version: Option<Version> = entry.version.parse().ok();
        (
            entry.test != BoundTest::Always,
            version,
            entry.test != BoundTest::AtLeast,
        )
    };
    entries.sort_by(|a, b| {
        let names = a.name.to_lowercase().cmp(&b.name.to_lowercase());
        names.then_with(|| strictness(a).cmp(&strictness(b)))
    });
    entries.dedup_by(|a, b| a.name.eq_ignore_ascii_case(&b.name));
    entries
}

fn kept(requires: &[LockedRequirement]) -> Vec<KeptView> {
    let is_kept = |one: &&LockedRequirement| {
        one.bound
            .as_ref()
            .is_some_and(|bound| bound.test == BoundTest::Kept)
    };
    let kept = requires.iter().filter(is_kept);
    kept.map(|one| KeptView {
        requirement: one.requirement.clone(),
        longer: longer(requires, &one.spelling),
        sentence: format!("No entry for {}: {}.", one.requirement, one.reason),
    })
    .collect()
}

/// The required name that begins with `name` and goes on; what the person added is not in the metadata.
fn longer(requires: &[LockedRequirement], name: &str) -> String {
    let name = name.to_lowercase();
    let declared = requires
        .iter()
        .filter(|one| one.decision != Decision::Added);
    let mut spellings = declared.map(|one| &one.spelling);
    spellings
        .find(|other| other.len() > name.len() && other.to_lowercase().starts_with(&name))
        .cloned()
        .unwrap_or_default()
}

fn remove(requires: &[LockedRequirement]) -> Vec<RemoveView> {
    let removed = requires.iter().filter_map(|one| {
        let because = match one.decision {
            Decision::Substituted => format!(
                "{} stands in for {}: {}.",
                one.attribute, one.spelling, one.reason
            ),
            Decision::Removed => format!("{}: {}.", one.spelling, one.reason),
            _ => return None,
        };
        Some(RemoveView {
            name: one.spelling.clone(),
            because,
        })
    });
    removed.collect()
}
