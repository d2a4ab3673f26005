//! The name of a wheel's file: of what it is, and on which interpreters and machines it can be used.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Platform, PyName, PythonVersion};

/// The newest glibc that a wheel may want: that of nixpkgs 25.05, the oldest that is counted with.
const GLIBC: (u32, u32) = (2, 40);

/// The newest macOS that a wheel may want: the oldest that nixpkgs 25.11 and later run on.
const MACOS: (u32, u32) = (14, 0);

/// The parts of a wheel's file name, as it spells them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WheelName {
    /// The distribution, with `_` where the name has `-`.
    pub distribution: String,
    /// The version's text.
    pub version: String,
    /// The build number, which most wheels do not have.
    pub build: Option<String>,
    /// Tag of the Pythons: `py3`, `cp313`, `py2.py3`.
    pub python: String,
    /// Tag of the binary interface: `none`, `abi3`, `cp313`.
    pub abi: String,
    /// Tag of the platforms: `any`, `manylinux_2_17_x86_64.manylinux2014_x86_64`.
    pub platform: String,
}

/// A text is not the name of a wheel's file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the name of a wheel: NAME-VERSION-PYTHON-ABI-PLATFORM.whl is wanted")]
pub struct WheelNameError(String);

/// How well a wheel suits: the greatest is the most specific, as installers choose. First the interpreter, then the platform.
pub type Fit = ((u8, u32), (u32, u32));

impl FromStr for WheelName {
    type Err = WheelNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text
            .strip_suffix(".whl")
            .map(|stem| stem.split('-').collect())
            .unwrap_or_default();
        let (head, build, tags) = match parts.as_slice() {
            [name, version, python, abi, platform] => {
                ((name, version), None, (python, abi, platform))
            }
            [name, version, build, python, abi, platform] => (
                (name, version),
                Some((*build).to_owned()),
                (python, abi, platform),
            ),
            _ => return Err(WheelNameError(text.to_owned())),
        };
        if parts.iter().any(|part| part.is_empty()) {
            return Err(WheelNameError(text.to_owned()));
        }
        Ok(Self {
            distribution: (*head.0).to_owned(),
            version: (*head.1).to_owned(),
            build,
            python: (*tags.0).to_owned(),
            abi: (*tags.1).to_owned(),
            platform: (*tags.2).to_owned(),
        })
    }
}

impl fmt::Display for WheelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let build = self.build.as_deref();
        let build = build.map(|build| format!("{build}-")).unwrap_or_default();
        write!(
            f,
            "{}-{}-{build}{}-{}-{}.whl",
            self.distribution, self.version, self.python, self.abi, self.platform
        )
    }
}

impl TryFrom<String> for WheelName {
    type Error = WheelNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<WheelName> for String {
    fn from(name: WheelName) -> Self {
        name.to_string()
    }
}

impl WheelName {
    /// Whether it is for every platform.
    pub fn is_universal(&self) -> bool {
        self.platform == "any"
    }

    /// Whether the file is one of this distribution.
    pub fn is_of(&self, name: &PyName) -> bool {
        self.distribution
            .parse::<PyName>()
            .is_ok_and(|own| own == *name)
    }

    /// How well it suits this Python on this system; `None` where it cannot be used, or only with a newer nixpkgs.
    pub fn fit(&self, python: PythonVersion, system: Platform) -> Option<Fit> {
        Some((self.interpreter(python)?, self.machine(system)?))
    }

    /// The best that it says of the interpreter.
    fn interpreter(&self, python: PythonVersion) -> Option<(u8, u32)> {
        let tags = self
            .python
            .split('.')
            .flat_map(|python| self.abi.split('.').map(move |abi| (python, abi)));
        tags.filter_map(|(tag, abi)| interpreter(tag, abi, python))
            .max()
    }

    /// The best that it says of the machine.
    fn machine(&self, system: Platform) -> Option<(u32, u32)> {
        self.platform
            .split('.')
            .filter_map(|tag| machine(tag, system))
            .max()
    }
}

/// How one pair of tags suits an interpreter.
fn interpreter(tag: &str, abi: &str, python: PythonVersion) -> Option<(u8, u32)> {
    let split = tag.find(|c: char| c.is_ascii_digit())?;
    let (kind, digits) = tag.split_at_checked(split)?;
    let (major, minor) = digits.split_at_checked(1)?;
    if major.parse() != Ok(python.major) {
        return None;
    }
    let minor: Option<u32> = match minor {
        "" => None,
        minor => Some(minor.parse().ok()?),
    };
    let own = minor == Some(python.minor);
    let earlier = minor.unwrap_or_default() <= python.minor;
    match (kind, abi) {
        ("cp", "none") if own => Some((2, 0)),
        ("cp", "abi3") if earlier && minor.is_some() => Some((3, minor.unwrap_or_default())),
        ("cp", abi) if own && abi == tag => Some((4, 0)),
        ("py", "none") if earlier => Some((1, minor.unwrap_or_default())),
        _ => None,
    }
}

/// How one tag suits a system: the version of glibc or macOS that it wants. nixpkgs' programs are linked with glibc, so
/// wheels for musl are none.
fn machine(tag: &str, system: Platform) -> Option<(u32, u32)> {
    if tag == "any" {
        return Some((0, 0));
    }
    let (machines, newest): (&[&str], _) = match system {
        Platform::Aarch64Darwin => (&["arm64", "universal2"], MACOS),
        Platform::X8664Darwin => (&["x86_64", "universal2", "intel", "universal"], MACOS),
        Platform::Aarch64Linux => (&["aarch64"], GLIBC),
        Platform::X8664Linux => (&["x86_64"], GLIBC),
    };
    let suffix = |machine: &&str| tag.strip_suffix(*machine)?.strip_suffix('_');
    let wanted = machines.iter().find_map(suffix)?;
    let version = if newest == MACOS {
        numbers(wanted.strip_prefix("macosx_")?)?
    } else {
        match wanted {
            "manylinux1" => (2, 5),
            "manylinux2010" => (2, 12),
            "manylinux2014" => (2, 17),
            other => numbers(other.strip_prefix("manylinux_")?)?,
        }
    };
    (version <= newest).then_some(version)
}

/// `2_17`
fn numbers(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.split_once('_')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: for each platform of [`Platform::ALL`] the version of glibc or macOS that is wanted, or `-`.
    fn check(tags: &str, python: &str, expected: &str) {
        let name: WheelName = format!("x_y-1.0-{tags}.whl").parse().unwrap();
        let found = Platform::ALL.map(|system| match name.fit(python.parse().unwrap(), system) {
            None => "-".to_owned(),
            Some((_, (major, minor))) => format!("{major}.{minor}"),
        });
        assert_eq!(found.join(" "), expected, "{tags} on {python}");
    }

    #[test]
    fn interpreters() {
        for (tags, python, fits) in [
            ("py3-none-any", "3.13", true),
            ("py2.py3-none-any", "3.13", true),
            ("py2-none-any", "3.13", false),
            ("py312-none-any", "3.13", true),
            ("py314-none-any", "3.13", false),
            ("cp313-none-any", "3.13", true),
            ("cp312-none-any", "3.13", false),
            ("cp313-cp313-any", "3.13", true),
            ("cp313-cp313t-any", "3.13", false),
            ("cp312-cp312-any", "3.13", false),
            ("cp39-abi3-any", "3.13", true),
            ("cp314-abi3-any", "3.13", false),
            ("cp3-abi3-any", "3.13", false),
            ("pp310-pypy310_pp73-any", "3.10", false),
            ("cp-none-any", "3.13", false),
            ("py3é-none-any", "3.13", false),
        ] {
            let expected = if fits { "0.0 0.0 0.0 0.0" } else { "- - - -" };
            check(tags, python, expected);
        }
    }

    #[test]
    fn machines() {
        check("py3-none-manylinux2014_x86_64", "3.13", "- - - 2.17");
        check("py3-none-manylinux1_x86_64", "3.13", "- - - 2.5");
        check("py3-none-manylinux_2_28_aarch64", "3.13", "- 2.28 - -");
        check("py3-none-manylinux_2_99_aarch64", "3.13", "- - - -");
        check(
            "cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64",
            "3.13",
            "- - - 2.17",
        );
        check("py3-none-musllinux_1_2_x86_64", "3.13", "- - - -");
        check("py3-none-linux_x86_64", "3.13", "- - - -");
        check("py3-none-macosx_11_0_arm64", "3.13", "11.0 - - -");
        check(
            "cp313-cp313-macosx_10_13_universal2",
            "3.13",
            "10.13 - 10.13 -",
        );
        check("cp313-cp313-macosx_15_0_arm64", "3.13", "- - - -");
        check("cp313-cp313-win_amd64", "3.13", "- - - -");
    }

    #[test]
    fn the_more_specific_wheel_is_the_greater() {
        let fit = |tags: &str| {
            let name: WheelName = format!("x-1-{tags}.whl").parse().unwrap();
            name.fit("3.13".parse().unwrap(), Platform::X8664Linux)
                .unwrap()
        };
        let order = [
            "py3-none-manylinux2014_x86_64",
            "py312-none-manylinux2014_x86_64",
            "cp313-none-manylinux2014_x86_64",
            "cp39-abi3-manylinux2014_x86_64",
            "cp312-abi3-manylinux2014_x86_64",
            "cp313-cp313-manylinux2014_x86_64",
            "cp313-cp313-manylinux_2_28_x86_64",
        ];
        assert!(order.is_sorted_by_key(|tags| fit(tags)));
    }

    #[test]
    fn names_are_taken_apart() {
        let name: WheelName = "A_b-1.0.post2-7-py3-none-any.whl".parse().unwrap();
        assert_eq!(name.build.as_deref(), Some("7"));
        assert_eq!(
            (name.version.as_str(), name.is_universal()),
            ("1.0.post2", true)
        );
        assert!(name.is_of(&"a-b".parse().unwrap()));
        for wrong in [
            "",
            "x.whl",
            "x-1-py3-none.whl",
            "x-1-2-3-py3-none-any.whl",
            "x--py3-none-any.whl",
            "x-1.tar.gz",
        ] {
            assert!(wrong.parse::<WheelName>().is_err(), "{wrong}");
        }
    }
}
