//! Upper bounds: Nix decides them, except where the relax hook would hit more than it should.

use super::findings::Findings;
use crate::model::{BoundTest, Decision, LockedBound, LockedRequirement, Prediction};
use crate::python::{Past, PyName, Requirement, upper_bound};

/// The requirement's upper bound.
pub(super) fn of(wanted: &Requirement) -> Option<LockedBound> {
    upper_bound(wanted).map(|bound| match bound.past {
        Past::AtLeast(version) => LockedBound {
            test: BoundTest::AtLeast,
            version,
        },
        Past::PastInclusive(version) => LockedBound {
            test: BoundTest::Past,
            version,
        },
    })
}

/// A bound that is dropped whatever nixpkgs has.
pub(super) fn always() -> LockedBound {
    LockedBound {
        test: BoundTest::Always,
        version: String::new(),
    }
}

/// nixpkgs' remove hook matches by prefix too: a name that another requirement begins with cannot be taken out.
pub(super) fn check_removals(
    package: &PyName,
    requires: &[LockedRequirement],
    findings: &mut Findings,
) {
    let removed = |one: &&LockedRequirement| {
        matches!(one.decision, Decision::Removed | Decision::Substituted)
    };
    for one in requires.iter().filter(removed) {
        let longer = requires.iter().find(|other| {
            other.spelling != one.spelling
                && other
                    .spelling
                    .to_lowercase()
                    .starts_with(&one.spelling.to_lowercase())
        });
        if let Some(longer) = longer {
            findings.problem(
                package,
                format!(
                    "`{}` cannot be removed: the hook goes by prefix and would remove `{}` as well",
                    one.spelling, longer.spelling
                ),
            );
        }
    }
}

/// nixpkgs' relax hook matches by prefix: relaxing `click` would also rewrite `click-aliases`. Such bounds are kept, and said.
pub(super) fn keep_prefixes(
    package: &PyName,
    requires: &mut [LockedRequirement],
    findings: &mut Findings,
) {
    // What the person added does not stand in the metadata, so the hook cannot hit it.
    let declared = requires
        .iter()
        .filter(|one| one.decision != Decision::Added);
    let spellings: Vec<String> = declared.map(|one| one.spelling.to_lowercase()).collect();
    for one in requires
        .iter_mut()
        .filter(|one| one.decision == Decision::Nixpkgs)
    {
        let own = one.spelling.to_lowercase();
        let Some(longer) = spellings
            .iter()
            .find(|other| other.len() > own.len() && other.starts_with(&own))
        else {
            continue;
        };
        if let Some(bound) = &mut one.bound {
            if bound.test == BoundTest::Always {
                findings.problem(
                    package,
                    format!("`{}` cannot be relaxed: the hook goes by prefix and would hit `{longer}` as well", one.spelling),
                );
                continue;
            }
            bound.test = BoundTest::Kept;
            one.reason = format!("the relax hook goes by prefix and would hit {longer} as well");
            if one.prediction == Prediction::Relaxed {
                findings.notes.push(format!(
                    "{package}: `{}` is past its bound in the index ({}) and cannot be relaxed, because the hook would hit `{longer}` as well",
                    one.requirement, one.index
                ));
            }
        }
    }
}
