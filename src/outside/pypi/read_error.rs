//! What is wrong with a release that cannot be read: all of it, not only the first thing.

use std::fmt::Write as _;

use super::Wanted;
use crate::python::{PyName, Version};

/// A release cannot be read. All that is wrong is listed, not only the first thing.
#[derive(Debug, thiserror::Error)]
#[error("the release cannot be read from the package index:{}", listed(.0))]
pub struct ReadError(pub Vec<Problem>);

/// What is wrong with one package.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` {version}: {reason}")]
pub struct Problem {
    /// The package.
    pub name: PyName,
    /// The version asked for.
    pub version: Version,
    /// What is wrong.
    pub reason: String,
}

/// The problems, each on its own line.
fn listed(problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {problem}");
    }
    text
}

/// Every result, or every problem.
pub(super) fn collect<T>(
    results: Vec<Result<T, String>>,
    wanted: &[Wanted],
) -> Result<Vec<T>, ReadError> {
    let mut good = Vec::new();
    let mut problems = Vec::new();
    for (result, Wanted { name, version, .. }) in results.into_iter().zip(wanted) {
        match result {
            Ok(value) => good.push(value),
            Err(reason) => problems.push(Problem {
                name: name.clone(),
                version: version.clone(),
                reason,
            }),
        }
    }
    if problems.is_empty() {
        Ok(good)
    } else {
        Err(ReadError(problems))
    }
}
