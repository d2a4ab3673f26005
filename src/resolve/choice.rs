//! From which file of a distribution it is made: its sdist, where that builds from what it declares; else its wheels.

use super::{Context, bound, findings::Findings, requirement};
use crate::model::{LockedOrigin, LockedSdist, LockedWheel, System};
use crate::nixpkgs::{Lookup, is_plain_backend};
use crate::python::{Fit, PyName, Requirement, Verdict, verdict};
use crate::scaffold::{Distribution, Sdist, Wheel};
use std::collections::{BTreeMap, BTreeSet};

/// What was chosen.
pub(super) struct Choice {
    pub(super) origin: LockedOrigin,
    /// nixpkgs attributes of the build system; none for a wheel.
    pub(super) build_system: Vec<String>,
    /// Why it is not the sdist, as a sentence.
    pub(super) because: Option<String>,
}

/// Chooses for the systems of the context. A system that nothing serves is noted; where nothing serves any, that is a problem.
pub(super) fn choose(
    context: &Context<'_>,
    name: &PyName,
    read: &Distribution,
    findings: &mut Findings,
) -> Option<Choice> {
    let universal = universal(context, read);
    let platform = per_system(context, read);
    let sdist = read
        .sdist
        .as_ref()
        .ok_or_else(|| "there is no sdist".to_owned())
        .and_then(|sdist| from_sdist(context, read, sdist));
    match (sdist, universal) {
        // Machine code in a wheel for everybody: an sdist would only carry the same files.
        (_, Some(wheel)) if !read.binaries.is_empty() => {
            let because = "It carries machine code, whose source is not on PyPI".to_owned();
            let mut wheel = locked_wheel(wheel);
            wheel.binaries.clone_from(&read.binaries);
            note_missing(context, name, &read.binaries, findings);
            Some(wheels(LockedOrigin::Wheel(wheel), because))
        }
        (Ok(sdist), universal) if universal.is_some() || platform.is_empty() => Some(sdist),
        (Err(because), Some(wheel)) => Some(wheels(
            LockedOrigin::Wheel(locked_wheel(wheel)),
            format!("Not from its sdist: {because}"),
        )),
        (Ok(_), _) if !platform.is_empty() => {
            note_missing(context, name, &platform.keys().copied().collect(), findings);
            let because = "Its wheels carry machine code; what building that wants beside Python is not declared anywhere";
            Some(wheels(LockedOrigin::Wheels(platform), because.to_owned()))
        }
        (Err(because), None) if !platform.is_empty() => {
            note_missing(context, name, &platform.keys().copied().collect(), findings);
            Some(wheels(
                LockedOrigin::Wheels(platform),
                format!("Not from its sdist: {because}"),
            ))
        }
        (Ok(sdist), _) => Some(sdist),
        (Err(because), None) => {
            let python = context.intent.python.version();
            let systems: Vec<&str> = context.systems.iter().map(|system| system.name()).collect();
            findings.problem(
                name,
                format!(
                    "{} cannot be packaged: {because}, and no wheel is for Python {python} on {}",
                    read.version,
                    systems.join(", ")
                ),
            );
            None
        }
    }
}

fn wheels(origin: LockedOrigin, because: String) -> Choice {
    Choice {
        origin,
        build_system: Vec::new(),
        because: Some(because),
    }
}

/// Says on which of the systems it cannot be had.
fn note_missing(
    context: &Context<'_>,
    name: &PyName,
    there: &BTreeSet<System>,
    findings: &mut Findings,
) {
    let missing: Vec<&str> = context
        .systems
        .difference(there)
        .map(|system| system.name())
        .collect();
    if !missing.is_empty() {
        findings.notes.push(format!(
            "{name} has no wheel for {}: what requires it cannot be built there",
            missing.join(", ")
        ));
    }
}

/// Wheels that `fetchPypi` can name.
fn fetchable(read: &Distribution) -> impl Iterator<Item = &Wheel> {
    let version = read.version.to_string();
    read.wheels
        .iter()
        .filter(move |wheel| wheel.name.build.is_none() && wheel.name.version == version)
}

/// The wheel that serves every system.
fn universal<'a>(context: &Context<'_>, read: &'a Distribution) -> Option<&'a Wheel> {
    let python = context.intent.python.version();
    let system = *context.systems.first()?;
    fetchable(read)
        .filter(|wheel| wheel.name.is_universal())
        .filter_map(|wheel| Some((wheel.name.fit(python, system)?, wheel)))
        .max_by_key(|(fit, _)| *fit)
        .map(|(_, wheel)| wheel)
}

/// The best wheel for each system that has one.
fn per_system(context: &Context<'_>, read: &Distribution) -> BTreeMap<System, LockedWheel> {
    let python = context.intent.python.version();
    let best = |system: System| {
        let fits =
            fetchable(read).filter_map(|wheel| Some((wheel.name.fit(python, system)?, wheel)));
        fits.max_by(|(a, one), (b, other)| rank(*a, one).cmp(&rank(*b, other)))
    };
    let found = context
        .systems
        .iter()
        .filter_map(|system| Some((*system, locked_wheel(best(*system)?.1))));
    found.collect()
}

/// Of two that suit equally well, the name decides, so that the order of the index does not.
fn rank(fit: Fit, wheel: &Wheel) -> (Fit, &str) {
    (fit, wheel.name.platform.as_str())
}

fn locked_wheel(wheel: &Wheel) -> LockedWheel {
    LockedWheel {
        name: wheel.name.distribution.clone(),
        python: wheel.name.python.clone(),
        abi: wheel.name.abi.clone(),
        platform: wheel.name.platform.clone(),
        hash: wheel.hash.clone(),
        binaries: BTreeSet::new(),
    }
}

/// The sdist, if it builds from what it declares with what nixpkgs has; else why not.
fn from_sdist(context: &Context<'_>, read: &Distribution, sdist: &Sdist) -> Result<Choice, String> {
    let ending = format!("-{}.tar.gz", read.version);
    let stem = sdist
        .file
        .strip_suffix(&ending)
        .ok_or_else(|| format!("its sdist is called `{}`", sdist.file))?;
    let build = sdist.build.as_ref().map_err(Clone::clone)?;
    if !is_plain_backend(&build.backend) {
        return Err(format!("its sdist is built by `{}`", build.backend));
    }
    let mut build_system = BTreeSet::new();
    for wanted in &build.requires {
        build_system.extend(build_tool(context, wanted)?);
    }
    Ok(Choice {
        origin: LockedOrigin::Sdist(LockedSdist {
            name: stem.to_owned(),
            hash: sdist.hash.clone(),
        }),
        build_system: build_system.into_iter().collect(),
        because: None,
    })
}

/// The attribute of something that the build needs, if nixpkgs is known to have it within its bounds: the builder does not
/// relax them.
fn build_tool(context: &Context<'_>, wanted: &Requirement) -> Result<Option<String>, String> {
    let holds = requirement::systems(context, wanted, None)?;
    if holds.is_empty() {
        return Ok(None);
    }
    let raw = wanted.raw();
    match context.index.look_up(wanted.name()) {
        Lookup::Present { attribute, version } => {
            let parsed = version.and_then(|version| version.parse().ok());
            let fits = parsed.map(|version| verdict(wanted, &version) == Verdict::Satisfied);
            match (fits, version) {
                (Some(false), Some(version)) => Err(format!(
                    "its build wants `{raw}`, and nixpkgs has {version}"
                )),
                (None, _) if bound::of(wanted).is_some() => Err(format!(
                    "its build wants `{raw}`, and which version nixpkgs has is not known"
                )),
                _ => Ok(Some(attribute.to_owned())),
            }
        }
        Lookup::Absent => Err(format!("its build wants `{raw}`, which nixpkgs lacks")),
        Lookup::Unknown => Err(format!(
            "its build wants `{raw}`, which is not in the index"
        )),
    }
}
