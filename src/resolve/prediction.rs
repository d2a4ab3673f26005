//! What the index says about the bounds of a requirement.

use super::findings::Findings;
use crate::model::{LockedRequirement, Prediction};
use crate::python::{PyName, Requirement, Verdict, Version, verdict};

/// Compares the version at hand with the bounds. Only an upper bound may be violated: Nix relaxes it.
pub(super) fn predict(
    package: &PyName,
    wanted: &Requirement,
    version: Option<(&str, &str)>,
    settled: &mut LockedRequirement,
    findings: &mut Findings,
) -> Option<()> {
    let Some((text, read)) = version else {
        settled.prediction = Prediction::Unknown;
        return Some(());
    };
    text.clone_into(&mut settled.index);
    let Ok(version) = text.parse::<Version>() else {
        findings.problem(
            package,
            format!(
                "`{text}` as the version of `{}` is none ({read})",
                wanted.name()
            ),
        );
        return None;
    };
    settled.prediction = match verdict(wanted, &version) {
        Verdict::Satisfied => Prediction::Satisfied,
        Verdict::AboveUpper => Prediction::Relaxed,
        Verdict::BelowLower | Verdict::Excluded => {
            findings.problem(
                package,
                format!("it requires `{}`, and there is {text} ({read}): only an upper bound can be relaxed", wanted.raw()),
            );
            return None;
        }
    };
    Some(())
}
