//! How a package's version follows from the release's, where packages are numbered on several tracks.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::python::Version;

/// A rule such as `0.{minor+16}.{patch}` or `0.{minor+21}b{patch}`: numbers, and the parts of the release's version with something
/// added, joined as the numbers of a version are.
///
/// It is only a prediction and a cross-check: which version a package has is read from the package itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRule {
    text: String,
    first: Part,
    /// The others, each with what joins it to the one before.
    rest: Vec<(&'static str, Part)>,
}

/// One number of the wanted version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Fixed(u64),
    From { place: usize, plus: u64 },
}

/// The names of a version's numbers, in order.
const PLACES: [&str; 3] = ["major", "minor", "patch"];

/// What joins two numbers of a version: those of the release, and that of a release before it.
const JOINTS: [&str; 4] = [".", "rc", "a", "b"];

/// A text is not a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a version rule: numbers and `{{major}}`, `{{minor}}`, `{{patch}}` (also like `{{minor+16}}`) are wanted, separated by dots, or before the last by `a`, `b` or `rc`"
)]
pub struct VersionRuleError(String);

/// A rule says nothing about a version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rule `{rule}` does not apply to {version}: {reason}")]
pub struct NoVersion {
    /// The rule.
    pub rule: VersionRule,
    /// The release's version.
    pub version: Version,
    /// Why.
    pub reason: &'static str,
}

impl VersionRule {
    /// The package's version for a release's.
    ///
    /// # Errors
    /// A release that is not of the form `major.minor.patch`, and numbers too large to add to.
    pub fn apply(&self, release: &Version) -> Result<Version, NoVersion> {
        let failed = |reason| NoVersion {
            rule: self.clone(),
            version: release.clone(),
            reason,
        };
        if !release.is_stable() || release.is_post() || release.is_local() || release.epoch() != 0 {
            return Err(failed("it is not a plain release"));
        }
        let number = |part| match part {
            Part::Fixed(number) => Ok(number),
            Part::From { place, plus } => {
                let number = release.release().get(place);
                let number = number.ok_or_else(|| failed("it has too few numbers"))?;
                let sum = number.checked_add(plus);
                sum.ok_or_else(|| failed("a number is too large"))
            }
        };
        let mut text = number(self.first)?.to_string();
        for (joint, part) in &self.rest {
            text.push_str(joint);
            text.push_str(&number(*part)?.to_string());
        }
        text.parse().map_err(|_| failed("a number is too large"))
    }
}

impl FromStr for VersionRule {
    type Err = VersionRuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rule = read(text).ok_or_else(|| VersionRuleError(text.to_owned()))?;
        // Only the last number can be that of a release before the release.
        let last = rule.rest.len().saturating_sub(1);
        let mut early = rule.rest.iter().take(last);
        if early.any(|(joint, _)| *joint != ".") {
            return Err(VersionRuleError(text.to_owned()));
        }
        Ok(rule)
    }
}

/// Reads a rule: a number, then joints and numbers to the end.
fn read(text: &str) -> Option<VersionRule> {
    let (first, mut left) = part(text)?;
    let mut rest = Vec::new();
    while !left.is_empty() {
        let joint = JOINTS.into_iter().find(|joint| left.starts_with(joint))?;
        let (next, after) = part(&left[joint.len()..])?;
        rest.push((joint, next));
        left = after;
    }
    Some(VersionRule {
        text: text.to_owned(),
        first,
        rest,
    })
}

/// Reads one number of a rule from the beginning of a text, and gives what is behind it.
fn part(text: &str) -> Option<(Part, &str)> {
    let Some(inside) = text.strip_prefix('{') else {
        let end = text.find(|c: char| !c.is_ascii_digit());
        let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
        return Some((Part::Fixed(number(digits)?), rest));
    };
    let (inside, rest) = inside.split_once('}')?;
    let (name, plus) = match inside.split_once('+') {
        Some((name, plus)) => (name, number(plus)?),
        None => (inside, 0),
    };
    let place = PLACES.iter().position(|place| *place == name)?;
    Some((Part::From { place, plus }, rest))
}

/// A number of digits only.
fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

impl fmt::Display for VersionRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for VersionRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for VersionRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is a version, or the reason why there is none.
    fn check(rule: &str, release: &str, expected: &str) {
        let rule: VersionRule = rule.parse().unwrap();
        let found = match rule.apply(&release.parse().unwrap()) {
            Ok(version) => version.to_string(),
            Err(error) => error.reason.to_owned(),
        };
        assert_eq!(found, expected, "{rule} for {release}");
    }

    #[test]
    fn versions_follow() {
        check("{major}.{minor}.{patch}", "1.12.0", "1.12.0");
        check("0.{minor+16}.{patch}", "1.12.22", "0.28.22");
        check("0.{minor+16}.{patch}", "1.13.27", "0.29.27");
        check("0.{minor+21}b{patch}", "1.45.2", "0.66b2");
        check("{major}.{minor}rc1", "1.45.2", "1.45rc1");
        check("7", "1.2.3", "7");
        check("{patch}", "1.2", "it has too few numbers");
        check("{minor}", "1.2rc1", "it is not a plain release");
        check("{minor}", "1.2.post1", "it is not a plain release");
        check(
            "{minor+1}",
            "1.18446744073709551615",
            "a number is too large",
        );
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in [
            "",
            "1.",
            "{minor",
            "{micro}",
            "{minor+}",
            "{minor-1}",
            "1.*",
            "{minor+x}",
            "v1",
            "1b",
            "1b2.3",
            "1c2",
            "1b{patch}rc1",
        ] {
            assert!(text.parse::<VersionRule>().is_err(), "{text:?}");
        }
    }
}
