//! Version bounds: where a requirement ends, and whether a version is within it.

use pep440_rs::{Operator, VersionSpecifier};

use super::{Requirement, Version};

/// The end of the versions that a requirement allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpperBound {
    /// The specifier as the metadata has it, such as `<7`, up to normalisation.
    pub specifier: String,
    /// Which versions are past it.
    pub past: Past,
}

/// The versions past a bound, so that Nix can decide by `builtins.compareVersions`.
///
/// Nix orders versions a little differently from PEP 440 (it has `7` before `7.0`, and `7` before `7rc1`). The texts
/// are such that no final release past the bound is missed; for odd spellings of the bound itself (`14.0.0` against
/// `<=14.0`) the condition can be true although the bound holds, which relaxes what needs no relaxing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Past {
    /// This version and all later ones: `lib.versionAtLeast x.version "…"`. Trailing zeros are left out.
    AtLeast(String),
    /// All versions later than this one: `lib.versionOlder "…" x.version`.
    PastInclusive(String),
}

/// How a version stands to a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every specifier allows it.
    Satisfied,
    /// It is past an upper bound, and nothing else is wrong.
    AboveUpper,
    /// It is before a lower bound.
    BelowLower,
    /// It is one of the versions that are excluded by name.
    Excluded,
}

/// The strictest upper bound of a requirement; `None` where later versions are always allowed.
///
/// A bound with an epoch is none: versions in nixpkgs have no epoch, so they come before it.
pub fn upper_bound(requirement: &Requirement) -> Option<UpperBound> {
    let bounds = requirement.specifiers().iter().filter_map(|specifier| {
        let (limit, past) = past(specifier)?;
        // Of two bounds at one version the one that does not allow the version itself is stricter.
        let inclusive = matches!(past, Past::PastInclusive(_));
        Some((
            (limit, inclusive),
            UpperBound {
                specifier: specifier.to_string(),
                past,
            },
        ))
    });
    bounds
        .min_by(|(a, _), (b, _)| a.cmp(b))
        .map(|(_, bound)| bound)
}

/// Where one specifier ends, as a version to compare with others and as a condition.
fn past(specifier: &VersionSpecifier) -> Option<(Version, Past)> {
    let version = specifier.version();
    if version.epoch() != 0 {
        return None;
    }
    let release = version.release();
    match specifier.operator() {
        Operator::LessThan => {
            let text = if version.is_post() {
                version.to_string()
            } else {
                without_zeros(release)
            };
            Some((version.clone(), Past::AtLeast(text)))
        }
        Operator::LessThanEqual | Operator::Equal | Operator::ExactEqual => {
            let limit = version.clone().without_local();
            let text = limit.to_string();
            Some((limit, Past::PastInclusive(text)))
        }
        Operator::EqualStar => at_least_after(release),
        Operator::TildeEqual => at_least_after(release.split_last()?.1),
        Operator::NotEqual
        | Operator::NotEqualStar
        | Operator::GreaterThan
        | Operator::GreaterThanEqual => None,
    }
}

/// The first release that does not begin like this one.
fn at_least_after(prefix: &[u64]) -> Option<(Version, Past)> {
    let (last, rest) = prefix.split_last()?;
    let mut release = rest.to_vec();
    release.push(last.checked_add(1)?);
    Some((
        Version::new(&release),
        Past::AtLeast(without_zeros(&release)),
    ))
}

/// A release as text without trailing zeros, because Nix has `7` before `7.0`.
fn without_zeros(release: &[u64]) -> String {
    let end = release
        .iter()
        .rposition(|number| *number != 0)
        .map_or(1, |last| last + 1);
    release
        .iter()
        .take(end)
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(".")
}

/// How a version stands to a requirement. Pre-releases are judged like all others, as nixpkgs' check does.
///
/// Where several specifiers are violated, a lower bound counts before an exclusion, and that before an upper bound,
/// because only an upper bound may be relaxed.
pub fn verdict(requirement: &Requirement, version: &Version) -> Verdict {
    let violated = requirement
        .specifiers()
        .iter()
        .filter(|specifier| !contains(specifier, version));
    let verdicts = violated.map(|specifier| match specifier.operator() {
        Operator::GreaterThan | Operator::GreaterThanEqual => Verdict::BelowLower,
        Operator::LessThan | Operator::LessThanEqual => Verdict::AboveUpper,
        Operator::NotEqual | Operator::NotEqualStar => Verdict::Excluded,
        Operator::Equal | Operator::EqualStar | Operator::ExactEqual | Operator::TildeEqual => {
            if version < specifier.version() {
                Verdict::BelowLower
            } else {
                Verdict::AboveUpper
            }
        }
    });
    let order = [
        Verdict::Satisfied,
        Verdict::AboveUpper,
        Verdict::Excluded,
        Verdict::BelowLower,
    ];
    let weight = |verdict: &Verdict| order.iter().position(|other| other == verdict);
    verdicts.max_by_key(weight).unwrap_or(Verdict::Satisfied)
}

/// Whether a specifier allows a version.
///
/// The version is padded with zeros first: the library compares `==1.2.*` with `1` only as far as both go, and
/// finds them equal.
fn contains(specifier: &VersionSpecifier, version: &Version) -> bool {
    let wanted = specifier.version().release().len();
    let mut release = version.release().to_vec();
    release.resize(wanted.max(release.len()), 0);
    specifier.contains(&version.clone().with_release(release))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `expected`: `≥ text` or `> text` and the specifier, or nothing.
    fn check_bound(specifiers: &str, expected: &str) {
        let requirement: Requirement = format!("x{specifiers}").parse().unwrap();
        let found = upper_bound(&requirement).map_or(String::new(), |bound| match bound.past {
            Past::AtLeast(text) => format!("≥ {text} for {}", bound.specifier),
            Past::PastInclusive(text) => format!("> {text} for {}", bound.specifier),
        });
        assert_eq!(found, expected, "{specifiers}");
    }

    #[test]
    fn upper_bounds() {
        check_bound("", "");
        check_bound(">=1.44.0", "");
        check_bound("!=226", "");
        check_bound(">1,!=2.*", "");
        check_bound("<7,>=4", "≥ 7 for <7");
        check_bound("<9.0,>=5.0", "≥ 9 for <9.0");
        check_bound("<3.0.0,>=2", "≥ 3 for <3.0.0");
        check_bound("<0.13.3", "≥ 0.13.3 for <0.13.3");
        check_bound("<5.0.0.dev0", "≥ 5 for <5.0.0.dev0");
        check_bound("<0", "≥ 0 for <0");
        check_bound("<1.2.post1", "≥ 1.2.post1 for <1.2.post1");
        check_bound("<=14.0,>=6.1", "> 14.0 for <=14.0");
        check_bound("==1.2.*", "≥ 1.3 for ==1.2.*");
        check_bound("==1.9.*", "≥ 1.10 for ==1.9.*");
        check_bound("~=2.1", "≥ 3 for ~=2.1");
        check_bound("~=2.1.3", "≥ 2.2 for ~=2.1.3");
        check_bound("~=2.9.0.20240316", "≥ 2.9.1 for ~=2.9.0.20240316");
        check_bound("==1.2.3", "> 1.2.3 for ==1.2.3");
        check_bound("===1.2.3", "> 1.2.3 for ===1.2.3");
        check_bound("==1.2.3+cpu", "> 1.2.3 for ==1.2.3+cpu");
        check_bound("==1!0+dev", "");
    }

    #[test]
    fn the_strictest_bound_counts() {
        check_bound("<7,<6,<=8", "≥ 6 for <6");
        check_bound("<7,<=7", "≥ 7 for <7");
        check_bound("~=2.1,<2.5", "≥ 2.5 for <2.5");
        check_bound("<=2,==1.*", "≥ 2 for ==1.*");
    }

    fn check_verdict(specifiers: &str, version: &str, expected: Verdict) {
        let requirement: Requirement = format!("x{specifiers}").parse().unwrap();
        assert_eq!(
            verdict(&requirement, &version.parse().unwrap()),
            expected,
            "{version} for {specifiers}"
        );
    }

    #[test]
    fn verdicts() {
        use Verdict::{AboveUpper, BelowLower, Excluded, Satisfied};
        for (specifiers, version, expected) in [
            ("", "1", Satisfied),
            ("<7,>=4", "6.33.1", Satisfied),
            ("<7,>=4", "7.34.1", AboveUpper),
            ("<7,>=4", "7rc1", AboveUpper),
            ("<7,>=4", "3.20", BelowLower),
            ("<=14.0,>=6.1", "14.0.0", Satisfied),
            ("<=14.0,>=6.1", "15.0.1", AboveUpper),
            ("!=0.36.0", "0.36", Excluded),
            ("!=0.36.0", "0.36.1", Satisfied),
            ("!=1.2.*", "1", Satisfied),
            ("!=1.2.*", "1.2", Excluded),
            ("==1.2.*", "1", BelowLower),
            ("==1.2.*", "1.2.post1", Satisfied),
            ("==1.2.*", "1.3", AboveUpper),
            ("==1.0.*", "1", Satisfied),
            ("~=2.1", "2.9", Satisfied),
            ("~=2.1", "3", AboveUpper),
            ("~=2.1", "2", BelowLower),
            ("==1.2.3", "1.2.4", AboveUpper),
            ("==1.2.3", "1.2.2", BelowLower),
            ("<5,!=6", "6", Excluded),
            (">3.1", "3.1.post1", BelowLower),
            (">=1.9", "1.10", Satisfied),
        ] {
            check_verdict(specifiers, version, expected);
        }
    }

    /// Nix's order of versions, from the description of `builtins.compareVersions` in its manual.
    fn nix_older(a: &str, b: &str) -> bool {
        let parts = |text: &str| -> Vec<String> {
            let mut parts: Vec<String> = Vec::new();
            let mut last = None;
            for c in text.chars() {
                let kind = if matches!(c, '.' | '-') {
                    None
                } else {
                    Some(c.is_ascii_digit())
                };
                match parts.last_mut().filter(|_| kind.is_some() && kind == last) {
                    Some(part) => part.push(c),
                    None => parts.extend(kind.map(|_| c.to_string())),
                }
                last = kind;
            }
            parts
        };
        let (a, b) = (parts(a), parts(b));
        let rank = |part: &str| match (part, part.parse::<u64>()) {
            ("pre", _) => (0, 0, String::new()),
            (_, Ok(number)) => (2, number, String::new()),
            (text, Err(_)) => (1, 0, text.to_owned()),
        };
        let part =
            |parts: &[String], place: usize| rank(parts.get(place).map_or("", String::as_str));
        let pairs = (0..a.len().max(b.len())).map(|place| (part(&a, place), part(&b, place)));
        pairs
            .filter(|(a, b)| a != b)
            .map(|(a, b)| a < b)
            .next()
            .unwrap_or(false)
    }

    proptest! {
        /// Final releases, which is what nixpkgs carries: Nix never misses that a bound is violated.
        #[test]
        fn nix_decides_as_pep_440_does(
            operator in prop::sample::select(vec!["<", "<=", "~=", "==", "==*"]),
            bound in prop::collection::vec(0_u64..12, 2..4),
            version in prop::collection::vec(0_u64..12, 1..5),
        ) {
            let (version, bound_version) = (Version::new(&version), Version::new(&bound));
            let specifier = match operator {
                "==*" => format!("=={bound_version}.*"),
                operator => format!("{operator}{bound_version}"),
            };
            let requirement: Requirement = format!("x{specifier}").parse().unwrap();
            let decided = match upper_bound(&requirement).unwrap().past {
                Past::AtLeast(text) => !nix_older(&version.to_string(), &text),
                Past::PastInclusive(text) => nix_older(&text, &version.to_string()),
            };
            let expected = verdict(&requirement, &version) == Verdict::AboveUpper;
            // Where both say the same version with another number of zeros, Nix may only err to this side.
            let same = version == bound_version;
            prop_assert!(decided == expected || (same && decided), "{version} {specifier}: {decided}");
        }
    }
}
