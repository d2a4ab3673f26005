//! What a person wants changed about one package: requirements left out, put in, or taken whatever their bounds.

use super::{Context, bound, findings::Findings, requirement};
use crate::model::{Decision, LockedRequirement, Prediction};
use crate::python::PyName;

/// Applies what the person wants changed about the package.
pub(super) fn tweak(
    context: &Context<'_>,
    package: &PyName,
    requires: &mut Vec<LockedRequirement>,
    findings: &mut Findings,
) {
    let Some(tweaks) = context.intent.tweaks.get(package) else {
        return;
    };
    for spelling in tweaks.remove_dependencies.iter().chain(&tweaks.relax) {
        if !requires
            .iter()
            .any(|one| same_name(&one.spelling, spelling))
        {
            findings.problem(
                package,
                format!("it does not require `{spelling}`, which `[package.{package}]` names"),
            );
        }
    }
    for one in requires.iter_mut() {
        if tweaks
            .remove_dependencies
            .iter()
            .any(|name| same_name(name, &one.spelling))
        {
            one.decision = Decision::Removed;
            one.bound = None;
            one.prediction = Prediction::None;
            one.extras.clear();
            one.reason = format!("removed by `[package.{package}]`");
        } else if tweaks
            .relax
            .iter()
            .any(|name| same_name(name, &one.spelling))
            && one.decision == Decision::Nixpkgs
        {
            one.bound = Some(bound::always());
            one.reason = format!("relaxed by `[package.{package}]`");
        }
    }
    for name in &tweaks.extra_dependencies {
        let Ok(wanted) = name.as_str().parse() else {
            continue;
        };
        requirement::note_unknown(context, name, findings);
        for mut added in requirement::settle(context, package, &wanted, None, findings) {
            if added.decision == Decision::Nixpkgs {
                added.decision = Decision::Added;
            }
            added.reason = format!("added by `[package.{package}]`");
            requires.push(added);
        }
    }
}

/// Whether two spellings are one name.
fn same_name(a: &str, b: &str) -> bool {
    match (a.parse::<PyName>(), b.parse::<PyName>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
