//! One requirement of a distribution, as its metadata says it.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use pep440_rs::VersionSpecifiers;
use pep508_rs::{
    ExtraName, MarkerTree, MarkerTreeKind, MarkerValueExtra, MarkerWarningKind, Pep508Url,
    VersionOrUrl,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{PyName, PyNameError};

/// A longer text is no requirement that a person wrote; the limit keeps the parser's recursion small.
const MAX_LENGTH: usize = 4096;

/// Longer numbers are refused, because the parser adds one to them.
const MAX_DIGITS: usize = 18;

/// Deeper parentheses are refused, because the parser recurses.
const MAX_DEPTH: usize = 64;

/// A requirement (PEP 508) together with the text it was read from.
///
/// The text is kept because nixpkgs' hooks match by the spelling in METADATA, and because parsing normalises
/// (`Jinja2` becomes `jinja2`, `python_version` becomes `python_full_version`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    raw: String,
    spelling: String,
    name: PyName,
    extras: Vec<PyName>,
    specifiers: VersionSpecifiers,
    link: Option<String>,
    marker: MarkerTree,
}

/// A text is not a requirement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{raw}` is not a requirement: {reason}")]
pub struct RequirementError {
    /// The text.
    pub raw: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Requirement {
    /// The text as it was read, without surrounding space.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The name as the text spells it, which is what nixpkgs' relax and remove hooks match.
    pub fn spelling(&self) -> &str {
        &self.spelling
    }

    /// The name in its normal form.
    pub fn name(&self) -> &PyName {
        &self.name
    }

    /// The extras asked of the required distribution, normalised, in the text's order.
    pub fn extras(&self) -> &[PyName] {
        &self.extras
    }

    /// The version specifiers; empty when any version will do, and for a link.
    pub fn specifiers(&self) -> &VersionSpecifiers {
        &self.specifiers
    }

    /// The address of a direct reference (`name @ address`).
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref()
    }

    /// The environment marker; always true where the text has none.
    pub fn marker(&self) -> &MarkerTree {
        &self.marker
    }

    /// Whether another requirement means the same, however both are written.
    pub fn means(&self, other: &Self) -> bool {
        let extras = |of: &Self| of.extras.iter().cloned().collect::<BTreeSet<_>>();
        let specifiers = |of: &Self| {
            let texts = of.specifiers.iter().map(ToString::to_string);
            texts.collect::<BTreeSet<_>>()
        };
        self.name == other.name
            && self.link == other.link
            && self.marker == other.marker
            && extras(self) == extras(other)
            && specifiers(self) == specifiers(other)
    }

    /// The extras of the *requiring* distribution that switch this requirement on, sorted.
    ///
    /// Empty for a requirement that can hold without any extra. For `extra == "a" or extra == "b"` it is both; where
    /// no single extra suffices, it is every extra that the marker names.
    pub fn guards(&self) -> Vec<PyName> {
        if self.marker.evaluate_extras(&[]) {
            return Vec::new();
        }
        let named = named_extras(&self.marker);
        let alone = |extra: &&ExtraName| self.marker.evaluate_extras(&[(*extra).clone()]);
        let sufficient: Vec<&ExtraName> = named.iter().filter(alone).collect();
        let guards = if sufficient.is_empty() {
            named.iter().collect()
        } else {
            sufficient
        };
        let mut guards: Vec<PyName> = guards
            .into_iter()
            .filter_map(|extra| extra.as_ref().parse().ok())
            .collect();
        guards.sort();
        guards
    }
}

/// Every extra that a marker mentions, each once.
fn named_extras(marker: &MarkerTree) -> Vec<ExtraName> {
    let mut found: Vec<ExtraName> = Vec::new();
    let mut seen: Vec<MarkerTree> = Vec::new();
    let mut open = vec![marker.clone()];
    while let Some(tree) = open.pop() {
        if seen.contains(&tree) {
            continue;
        }
        match tree.kind() {
            MarkerTreeKind::True | MarkerTreeKind::False => {}
            MarkerTreeKind::Version(node) => open.extend(node.edges().map(|(_, child)| child)),
            MarkerTreeKind::String(node) => open.extend(node.children().map(|(_, child)| child)),
            MarkerTreeKind::In(node) => open.extend(node.children().map(|(_, child)| child)),
            MarkerTreeKind::Contains(node) => open.extend(node.children().map(|(_, child)| child)),
            MarkerTreeKind::Extra(node) => {
                if let MarkerValueExtra::Extra(name) = node.name()
                    && !found.contains(name)
                {
                    found.push(name.clone());
                }
                open.extend(node.children().map(|(_, child)| child));
            }
        }
        seen.push(tree);
    }
    found
}

impl FromStr for Requirement {
    type Err = RequirementError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let raw = text.trim();
        let failed = |reason: String| RequirementError {
            raw: raw.to_owned(),
            reason,
        };
        refuse_odd_text(raw).map_err(|reason| failed(reason.to_owned()))?;
        let (spelling, name) = checked_names(raw).map_err(failed)?;
        let mut complaint = None;
        let mut reporter = |kind: MarkerWarningKind, message: String| {
            let harmless = [
                MarkerWarningKind::DeprecatedMarkerName,
                MarkerWarningKind::LexicographicComparison,
            ];
            if !harmless.contains(&kind) {
                complaint.get_or_insert(message);
            }
        };
        // The error's own Display underlines by index and can panic, so only its message is used.
        let parsed = pep508_rs::Requirement::<Link>::parse_reporter(raw, "", &mut reporter)
            .map_err(|error| failed(error.message.to_string()))?;
        if let Some(message) = complaint {
            return Err(failed(message));
        }
        let (specifiers, link) = match parsed.version_or_url {
            None => (VersionSpecifiers::empty(), None),
            Some(VersionOrUrl::VersionSpecifier(specifiers)) => (specifiers, None),
            Some(VersionOrUrl::Url(link)) => (VersionSpecifiers::empty(), Some(link.0)),
        };
        let unnamed = |error: PyNameError| failed(error.to_string());
        let extras = parsed
            .extras
            .iter()
            .map(|extra| extra.as_ref().parse().map_err(unnamed))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            raw: raw.to_owned(),
            spelling,
            name,
            extras,
            specifiers,
            link,
            marker: parsed.marker,
        })
    }
}

/// The name as it is spelled and in its normal form. The extras are checked too: the parser panics on names that end in
/// a separator.
fn checked_names(raw: &str) -> Result<(String, PyName), String> {
    let spelled = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let spelling: String = raw.chars().take_while(spelled).collect();
    let unnamed = |error: PyNameError| error.to_string();
    let name = spelling.parse().map_err(unnamed)?;
    let rest = raw.strip_prefix(&spelling).unwrap_or(raw).trim_start();
    if let Some(rest) = rest.strip_prefix('[') {
        let (extras, _) = rest
            .split_once(']')
            .ok_or("its list of extras does not end")?;
        for extra in extras
            .split(',')
            .map(str::trim)
            .filter(|extra| !extra.is_empty())
        {
            extra.parse::<PyName>().map_err(unnamed)?;
        }
    }
    Ok((spelling, name))
}

/// Keeps away from the parser what it does not survive: it recurses, cuts texts by index, adds to numbers, and calls a
/// reversed `~=` impossible. A panic in it would also spoil all later parsing, because it shares a table.
fn refuse_odd_text(raw: &str) -> Result<(), &'static str> {
    if raw.len() > MAX_LENGTH {
        return Err("it is longer than 4096 characters");
    }
    if !raw.chars().all(|c| c == '\t' || (' '..='~').contains(&c)) {
        return Err("it has a character outside printable ASCII");
    }
    if raw.matches('(').count() > MAX_DEPTH {
        return Err("it has more than 64 parentheses");
    }
    if raw
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() > MAX_DIGITS)
    {
        return Err("it has a number of more than 18 digits");
    }
    let mut before = raw.split("~=").collect::<Vec<_>>();
    before.pop();
    if before
        .iter()
        .any(|text| text.trim_end().ends_with(['"', '\'']))
    {
        return Err("`~=` is wanted after a variable, not after a text");
    }
    Ok(())
}

/// The address of a direct reference, unread: reading it would expand variables of the environment.
#[derive(Debug)]
struct Link(String);

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Pep508Url for Link {
    type Err = Infallible;

    fn parse_url(url: &str, _working_dir: Option<&Path>) -> Result<Self, Self::Err> {
        Ok(Self(url.to_owned()))
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.raw)
    }
}

impl Serialize for Requirement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.raw)
    }
}

impl<'de> Deserialize<'de> for Requirement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `expected`: spelling, name, extras, specifiers, guards, link.
    fn check(raw: &str, expected: [&str; 6]) {
        let read: Requirement = raw.parse().unwrap();
        let joined = |names: &[PyName]| {
            names
                .iter()
                .map(PyName::as_str)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let found = [
            read.spelling().to_owned(),
            read.name().to_string(),
            joined(read.extras()),
            read.specifiers().to_string(),
            joined(&read.guards()),
            read.link().unwrap_or_default().to_owned(),
        ];
        assert_eq!(found, expected, "{raw}");
        assert_eq!(read.raw(), raw.trim());
        assert_eq!(serde_json::to_value(&read).unwrap(), raw.trim());
        assert_eq!(
            serde_json::from_value::<Requirement>(raw.into()).unwrap(),
            read
        );
    }

    #[test]
    fn parts() {
        check("Jinja2", ["Jinja2", "jinja2", "", "", "", ""]);
        check(
            "click<9.0,>=5.0",
            ["click", "click", "", ">=5.0, <9.0", "", ""],
        );
        check(
            "universal_pathlib>=0.2.0; python_version >= \"3.12\"",
            [
                "universal_pathlib",
                "universal-pathlib",
                "",
                ">=0.2.0",
                "",
                "",
            ],
        );
        check(
            "gql[requests]<4,>=3",
            ["gql", "gql", "requests", ">=3, <4", "", ""],
        );
        check(" github3.py ", ["github3.py", "github3-py", "", "", "", ""]);
        check("a [B_c,d] (>=1)", ["a", "a", "b-c d", ">=1", "", ""]);
        check("x==1!0+dev", ["x", "x", "", "==1!0+dev", "", ""]);
    }

    #[test]
    fn guards() {
        let check_guards = |marker: &str, guards: &str| {
            check(&format!("x; {marker}"), ["x", "x", "", "", guards, ""]);
        };
        check_guards("extra == 'test'", "test");
        check_guards("python_version >= '3.10' and extra == 'ai'", "ai");
        check_guards(
            "(extra == 'b' or extra == 'A') and os_name == 'posix'",
            "a b",
        );
        check_guards("extra == 'a' and extra == 'b'", "a b");
        check_guards("extra != 'a'", "");
        check_guards("extra == 'a' or os_name == 'posix'", "");
    }

    #[test]
    fn a_link_is_kept_as_it_is() {
        check(
            "x @ https://example.org/${HOME}/x.whl ; extra == 'a'",
            ["x", "x", "", "", "a", "https://example.org/${HOME}/x.whl"],
        );
    }

    #[test]
    fn what_cannot_be_read_is_an_error_with_the_text() {
        for raw in [
            "",
            "-x",
            "x>=1.10.*",
            "x >= 1 # comment",
            "x; python_version > 'foo'",
            "x; 'a' == 'b'",
            "x; os_name == sys_platform",
            "x; extra > 'a'",
            "x; color == 'red'",
            "é",
            "x[",
            "x_",
            "x_!",
            "x[a-]",
            "x[a_",
            "x; '3' ~= python_version",
            "x; 'a' ~= os_name",
            "x; python_version == '18446744073709551615.*'",
        ] {
            let error = raw.parse::<Requirement>().unwrap_err();
            assert!(
                error
                    .to_string()
                    .starts_with(&format!("`{raw}` is not a requirement: ")),
                "{error}"
            );
        }
        assert!(
            format!("x; {}", "(".repeat(2000))
                .parse::<Requirement>()
                .is_err()
        );
        assert!("x".repeat(5000).parse::<Requirement>().is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,80}") {
            let _ = text.parse::<Requirement>();
        }

        #[test]
        fn no_likely_text_makes_it_panic(
            text in "[a-z]{1,3}[-_.]?(\\[[a-z_.,-]{0,4}\\]?)?([<>=!~]{1,3}[0-9.*a-z!+]{0,6},?){0,3}( ?; ?\\(?(extra|os_name|python_version|python_full_version|platform_release|'[0-9.a-z ]{0,5}') ?(==|!=|<|>=|~=|in|not in|===) ?(extra|os_name|'[0-9.a-z *]{0,5}')( (and|or) extra == '[a-z]')?\\)?)?"
        ) {
            if let Ok(read) = text.parse::<Requirement>() {
                let _ = read.guards();
                let python = crate::python::PythonVersion { major: 3, minor: 13 };
                let _ = read.holds(python, crate::python::Platform::X8664Linux, &BTreeSet::new());
            }
        }
    }
}
