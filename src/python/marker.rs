//! Environment markers, answered for a Python and a Nix system, without running either.

use std::collections::BTreeSet;

use pep508_rs::{MarkerTree, MarkerTreeKind, MarkerValueExtra, MarkerValueVersion};

use super::{Platform, PyName, PythonVersion, Requirement, Version};

/// A marker has no answer that can be written down.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("whether `{requirement}` is required {cause}")]
pub struct MarkerError {
    /// The raw requirement.
    pub requirement: String,
    /// On what it depends.
    pub cause: MarkerCause,
}

/// What a marker depends on that is not known when files are generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkerCause {
    /// The third number of the interpreter's version.
    #[error("depends on the patch release of Python {0}")]
    PatchRelease(PythonVersion),
    /// The release or the version text of the running kernel.
    #[error("depends on the kernel of the machine ({0})")]
    Kernel(Platform),
}

/// Where a marker is asked.
struct World<'a> {
    python: PythonVersion,
    platform: Platform,
    extras: &'a BTreeSet<PyName>,
}

impl Requirement {
    /// Whether the requirement holds for a Python on a platform with some of the requiring package's extras.
    ///
    /// # Errors
    /// A marker whose answer differs between patch releases or between kernels, as far as that part of it is reached.
    pub fn holds(
        &self,
        python: PythonVersion,
        platform: Platform,
        extras: &BTreeSet<PyName>,
    ) -> Result<bool, MarkerError> {
        let world = World {
            python,
            platform,
            extras,
        };
        let failed = |cause| MarkerError {
            requirement: self.raw().to_owned(),
            cause,
        };
        world.answer(self.marker()).map_err(failed)
    }
}

impl World<'_> {
    /// The answer of a marker, if all that is unknown leads to the same one.
    fn answer(&self, tree: &MarkerTree) -> Result<bool, MarkerCause> {
        match tree.kind() {
            MarkerTreeKind::True => Ok(true),
            MarkerTreeKind::False => Ok(false),
            MarkerTreeKind::Version(node) => {
                let versions = self.versions(node.key());
                let reached = node
                    .edges()
                    .filter(|(range, _)| versions.iter().any(|version| range.contains(version)));
                self.agreed(
                    reached.map(|(_, child)| child),
                    MarkerCause::PatchRelease(self.python),
                )
            }
            MarkerTreeKind::String(node) => {
                let value = self.platform.value(node.key()).map(str::to_owned);
                let reached = node
                    .children()
                    .filter(|(range, _)| value.as_ref().is_none_or(|v| range.contains(v)));
                self.agreed(
                    reached.map(|(_, child)| child),
                    MarkerCause::Kernel(self.platform),
                )
            }
            MarkerTreeKind::In(node) => match self.platform.value(node.key()) {
                Some(value) => self.answer(&node.edge(node.value().contains(value))),
                None => self.agreed(
                    node.children().map(|(_, child)| child),
                    MarkerCause::Kernel(self.platform),
                ),
            },
            MarkerTreeKind::Contains(node) => match self.platform.value(node.key()) {
                Some(value) => self.answer(&node.edge(value.contains(node.value()))),
                None => self.agreed(
                    node.children().map(|(_, child)| child),
                    MarkerCause::Kernel(self.platform),
                ),
            },
            MarkerTreeKind::Extra(node) => {
                let active = match node.name() {
                    MarkerValueExtra::Extra(name) => self
                        .extras
                        .iter()
                        .any(|extra| extra.as_str() == name.as_ref()),
                    MarkerValueExtra::Arbitrary(_) => false,
                };
                self.answer(&node.edge(active))
            }
        }
    }

    /// The versions that a variable can have here.
    fn versions(&self, key: &MarkerValueVersion) -> Vec<Version> {
        match key {
            MarkerValueVersion::PythonVersion => {
                vec![Version::new([
                    u64::from(self.python.major),
                    u64::from(self.python.minor),
                ])]
            }
            MarkerValueVersion::PythonFullVersion | MarkerValueVersion::ImplementationVersion => {
                self.python.releases().collect()
            }
        }
    }

    /// The answer that all branches share.
    fn agreed(
        &self,
        branches: impl Iterator<Item = MarkerTree>,
        cause: MarkerCause,
    ) -> Result<bool, MarkerCause> {
        let mut answer = None;
        for branch in branches {
            let next = self.answer(&branch)?;
            if answer.is_some_and(|answer| answer != next) {
                return Err(cause);
            }
            answer = Some(next);
        }
        Ok(answer.unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: for each platform of [`Platform::ALL`] `+` or `-`, `p` for a patch release, `k` for a kernel.
    fn check(python: &str, extras: &[&str], marker: &str, expected: &str) {
        let requirement: Requirement = format!("x; {marker}").parse().unwrap();
        let extras = extras.iter().map(|extra| extra.parse().unwrap()).collect();
        let answer = |platform| match requirement.holds(python.parse().unwrap(), platform, &extras)
        {
            Ok(true) => '+',
            Ok(false) => '-',
            Err(MarkerError {
                cause: MarkerCause::PatchRelease(_),
                ..
            }) => 'p',
            Err(MarkerError {
                cause: MarkerCause::Kernel(_),
                ..
            }) => 'k',
        };
        let found: String = Platform::ALL.into_iter().map(answer).collect();
        assert_eq!(found, expected, "{marker} on {python}");
    }

    #[test]
    fn python_versions() {
        check("3.13", &[], "python_version < '3.11'", "----");
        check("3.10", &[], "python_version < '3.11'", "++++");
        check("3.13", &[], "python_version >= '3.9'", "++++");
        check("3.13", &[], "python_version == '3.13'", "++++");
        check("3.13", &[], "python_version > '3.13'", "----");
        check("3.13", &[], "python_version in '3.12 3.13'", "++++");
        check("3.13", &[], "python_version not in '3.12 3.13'", "----");
        check("3.13", &[], "'3.12' <= python_version", "++++");
        check("3.13", &[], "python_version ~= '3.9'", "++++");
    }

    #[test]
    fn patch_releases() {
        check("3.13", &[], "python_full_version < '3.11.0a6'", "----");
        check("3.13", &[], "python_full_version <= '3.11.2'", "----");
        check("3.11", &[], "python_full_version <= '3.11.2'", "pppp");
        check("3.13", &[], "python_full_version != '3.13.5'", "pppp");
        check("3.13", &[], "python_full_version == '3.13.*'", "++++");
        check("3.13", &[], "implementation_version >= '3.13.1'", "pppp");
        check("3.13", &[], "implementation_version >= '3.9'", "++++");
        check(
            "3.13",
            &[],
            "python_full_version < '3.13.1' or sys_platform == 'linux'",
            "p+p+",
        );
        check(
            "3.13",
            &[],
            "python_full_version < '3.13.1' and extra == 'a'",
            "----",
        );
        check(
            "3.13",
            &["a"],
            "python_full_version < '3.13.1' and extra == 'a'",
            "pppp",
        );
    }

    #[test]
    fn platforms() {
        check("3.13", &[], "platform_system == 'Windows'", "----");
        check("3.13", &[], "sys_platform == 'darwin'", "+-+-");
        check("3.13", &[], "platform_system == 'Linux'", "-+-+");
        check("3.13", &[], "os_name == 'posix'", "++++");
        check("3.13", &[], "platform_machine == 'aarch64'", "-+--");
        check("3.13", &[], "platform_machine == 'arm64'", "+---");
        check("3.13", &[], "platform_machine in 'x86_64 aarch64'", "-+++");
        check("3.13", &[], "'64' in platform_machine", "++++");
        check(
            "3.13",
            &[],
            "platform_python_implementation == 'CPython'",
            "++++",
        );
        check("3.13", &[], "implementation_name == 'pypy'", "----");
        check(
            "3.13",
            &[],
            "(os_name == 'nt' or os_name == 'posix') and platform_machine != 'x86_64'",
            "++--",
        );
    }

    #[test]
    fn kernels() {
        check("3.13", &[], "platform_release >= '5'", "kkkk");
        check("3.13", &[], "'microsoft' in platform_version", "kkkk");
        check("3.13", &[], "platform_release in '5.10 5.15'", "kkkk");
        check(
            "3.13",
            &[],
            "platform_release >= '5' and sys_platform == 'linux'",
            "-k-k",
        );
    }

    #[test]
    fn extras() {
        check("3.13", &[], "extra == 'aws'", "----");
        check("3.13", &["aws"], "extra == 'AWS'", "++++");
        check("3.13", &["a-b"], "extra == 'a_b'", "++++");
        check("3.13", &["b"], "extra == 'a' or extra == 'b'", "++++");
        check("3.13", &[], "extra != 'a'", "++++");
    }

    #[test]
    fn the_error_names_the_requirement_and_the_cause() {
        let requirement: Requirement = "tomli; python_full_version < '3.11.2'".parse().unwrap();
        let python = "3.11".parse().unwrap();
        let error = requirement
            .holds(python, Platform::X8664Linux, &BTreeSet::new())
            .unwrap_err();
        let expected = "whether `tomli; python_full_version < '3.11.2'` is required depends on the patch release of Python 3.11";
        assert_eq!(error.to_string(), expected);
    }
}
