//! Requirements that leave no choice.

use super::Requirement;
use pep440_rs::{Operator, Version, VersionSpecifier};

/// The version that a requirement names with `==`, if it does.
pub fn pinned(requirement: &Requirement) -> Option<&Version> {
    let mut specifiers = requirement.specifiers().iter();
    let exact =
        specifiers.find(|one| matches!(one.operator(), Operator::Equal | Operator::ExactEqual));
    exact.map(VersionSpecifier::version)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(requirement: &str, expected: Option<&str>) {
        let requirement = requirement.parse().unwrap();
        let found = pinned(&requirement).map(ToString::to_string);
        assert_eq!(found.as_deref(), expected, "{requirement:?}");
    }

    #[test]
    fn only_one_version_is_a_pin() {
        check("a==1.2", Some("1.2"));
        check("a==1.2; python_version>'3'", Some("1.2"));
        check("a>1,==1.2", Some("1.2"));
        check("a", None);
        check("a==1.*", None);
        check("a~=1.2", None);
        check("a>=1.2,<1.3", None);
    }
}
