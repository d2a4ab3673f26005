//! Core metadata: the METADATA file of a wheel and the PKG-INFO file of an sdist.

use pep440_rs::{Version, VersionSpecifiers};

use super::{PyName, Requirement, RequirementError, license};

/// What a built distribution says about itself.
///
/// The format is a mail header (`Field: value`, continued on lines that begin with a space), ended by an empty line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// The name as spelled in the file.
    pub spelling: String,
    /// The name in its normal form.
    pub name: PyName,
    /// The version.
    pub version: Version,
    /// The one-line description.
    pub summary: Option<String>,
    /// The licence as an SPDX expression, where the file says it in a way that leaves no doubt.
    pub license: Option<String>,
    /// The Python versions that it supports.
    pub requires_python: Option<VersionSpecifiers>,
    /// The requirements in the file's order, those of extras included.
    pub requires: Vec<Requirement>,
    /// The extras in the file's order, normalised.
    pub extras: Vec<PyName>,
    /// The home page: `Home-page`, else the project address labelled so.
    pub home_page: Option<String>,
    /// Labelled addresses, in the file's order.
    pub project_urls: Vec<(String, String)>,
    /// Whether an sdist's file vouches that every wheel made from it requires the same (metadata 2.2 and later).
    pub requires_are_final: bool,
}

/// A text is not core metadata.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// A field that every distribution has is missing.
    #[error("the metadata has no `{0}`")]
    Missing(&'static str),
    /// A field has a value that it cannot have.
    #[error("the metadata's `{field}` cannot be read: {reason}")]
    Field {
        /// The field.
        field: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A requirement cannot be parsed.
    #[error("the metadata's `Requires-Dist` cannot be read: {0}")]
    Requirement(#[from] RequirementError),
}

impl Metadata {
    /// Reads a METADATA or PKG-INFO text.
    ///
    /// # Errors
    /// A missing name or version, and any value that cannot be parsed: nothing is skipped.
    pub fn parse(text: &str) -> Result<Self, MetadataError> {
        let fields = Fields::split(text);
        let spelling = fields
            .first("Name")
            .ok_or(MetadataError::Missing("Name"))?
            .to_owned();
        let version = fields
            .first("Version")
            .ok_or(MetadataError::Missing("Version"))?;
        let requires = fields
            .all("Requires-Dist")
            .map(str::parse)
            .collect::<Result<_, RequirementError>>()?;
        let project_urls: Vec<(String, String)> =
            fields.all("Project-URL").filter_map(labelled).collect();
        let classifiers: Vec<&str> = fields.all("Classifier").collect();
        let home_page = fields
            .first("Home-page")
            .map(str::to_owned)
            .or_else(|| labelled_home(&project_urls));
        Ok(Self {
            name: spelling.parse().map_err(|error| in_field("Name", &error))?,
            spelling,
            version: version
                .parse()
                .map_err(|error| in_field("Version", &error))?,
            summary: fields.first("Summary").map(str::to_owned),
            license: license::spdx(
                fields.first("License-Expression"),
                fields.first("License"),
                &classifiers,
            ),
            requires_python: fields
                .first("Requires-Python")
                .map(specifiers)
                .transpose()?,
            requires,
            extras: fields
                .all("Provides-Extra")
                .map(|extra| {
                    extra
                        .parse()
                        .map_err(|error| in_field("Provides-Extra", &error))
                })
                .collect::<Result<_, _>>()?,
            home_page,
            project_urls,
            requires_are_final: are_final(&fields),
        })
    }
}

/// Whether the format is one that names what can still change, and the requirements are not among it.
fn are_final(fields: &Fields<'_>) -> bool {
    let format = fields
        .first("Metadata-Version")
        .and_then(|format| format.parse::<Version>().ok());
    let names_it = format.is_some_and(|format| format >= Version::new([2, 2]));
    let changes = |field: &str| {
        ["Requires-Dist", "Provides-Extra"]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(field))
    };
    names_it && !fields.all("Dynamic").any(changes)
}

/// Parses `Requires-Python`; the library's own message draws lines, so it is not used.
fn specifiers(text: &str) -> Result<VersionSpecifiers, MetadataError> {
    let reason = || format!("`{text}` is not a list of version specifiers");
    text.parse()
        .map_err(|_| in_field("Requires-Python", &reason()))
}

/// The error of one field.
fn in_field(field: &'static str, error: &impl ToString) -> MetadataError {
    MetadataError::Field {
        field,
        reason: error.to_string(),
    }
}

/// Splits `label, address`.
fn labelled(text: &str) -> Option<(String, String)> {
    let (label, address) = text.split_once(',')?;
    Some((label.trim().to_owned(), address.trim().to_owned()))
}

/// The address whose label says that it is the home page.
pub fn labelled_home(urls: &[(String, String)]) -> Option<String> {
    let is_home = |label: &str| {
        let label: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
        label.eq_ignore_ascii_case("homepage")
    };
    urls.iter()
        .find(|(label, _)| is_home(label))
        .map(|(_, address)| address.clone())
}

/// The header as pairs, in order.
struct Fields<'a>(Vec<(&'a str, String)>);

impl<'a> Fields<'a> {
    /// Reads up to the first empty line; a line that is neither a field nor a continuation is passed over.
    fn split(text: &'a str) -> Self {
        let mut fields: Vec<(&str, String)> = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // A line of spaces belongs to a folded text, such as a licence with paragraphs.
        for line in text.lines().take_while(|line| !line.is_empty()) {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((field, value)) = line.split_once(':') {
                fields.push((field.trim(), value.trim().to_owned()));
            }
        }
        Self(fields)
    }

    /// Every non-empty value of a field, folded lines joined by a space.
    fn all(&self, wanted: &str) -> impl Iterator<Item = &str> {
        let of = move |(field, value): &'_ &(&str, String)| {
            field.eq_ignore_ascii_case(wanted) && !value.is_empty()
        };
        self.0.iter().filter(of).map(|(_, value)| value.as_str())
    }

    /// The first value of a field; what is unknown to old tools (`UNKNOWN`) is no value.
    fn first(&self, wanted: &str) -> Option<&str> {
        self.all(wanted).next().filter(|value| *value != "UNKNOWN")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FULL: &str = "\
Metadata-Version: 2.1
Name: Some_Package
Version: 1.12.0
Summary: An example
  of a folded line.
Project-URL: Source, https://example.org/source
Project-URL: Home Page, https://example.org/
License: Apache-2.0
Classifier: License :: OSI Approved :: Apache Software License
Requires-Python: <3.14,>=3.9
Requires-Dist: Jinja2
Requires-Dist: gql[requests]<4,>=3
requires-dist: psutil>=1.0; platform_system == \"Windows\"
Requires-Dist: pytest; extra == \"Test_All\"
Provides-Extra: Test_All
Provides-Extra: empty

Requires-Dist: this is the description
";

    #[test]
    fn every_field_is_read_and_the_description_is_not() {
        for text in [
            FULL.to_owned(),
            FULL.replace('\n', "\r\n"),
            format!("\u{feff}{FULL}"),
        ] {
            let read = Metadata::parse(&text).unwrap();
            assert_eq!(
                (read.spelling.as_str(), read.name.as_str()),
                ("Some_Package", "some-package")
            );
            assert_eq!(read.version.to_string(), "1.12.0");
            assert_eq!(
                read.summary.as_deref(),
                Some("An example of a folded line.")
            );
            assert_eq!(read.license.as_deref(), Some("Apache-2.0"));
            assert_eq!(read.requires_python.unwrap().to_string(), ">=3.9, <3.14");
            assert_eq!(read.home_page.as_deref(), Some("https://example.org/"));
            let requires: Vec<&str> = read.requires.iter().map(Requirement::raw).collect();
            let expected = [
                "Jinja2",
                "gql[requests]<4,>=3",
                "psutil>=1.0; platform_system == \"Windows\"",
                "pytest; extra == \"Test_All\"",
            ];
            assert_eq!(requires, expected);
            let extras: Vec<&str> = read.extras.iter().map(PyName::as_str).collect();
            assert_eq!(extras, ["test-all", "empty"]);
        }
    }

    #[test]
    fn a_folded_text_may_have_paragraphs() {
        let text = "Name: x\nVersion: 1\nLicense: Long\n \n        \r\n  text\nRequires-Dist: a\n\nRequires-Dist: b";
        let requires = Metadata::parse(text).unwrap().requires;
        assert_eq!(
            requires.iter().map(Requirement::raw).collect::<Vec<_>>(),
            ["a"]
        );
    }

    #[test]
    fn little_is_enough() {
        let read = Metadata::parse(
            "Name: x\nVersion: 1\nSummary: UNKNOWN\nHome-page: https://example.org",
        )
        .unwrap();
        assert_eq!(
            (read.summary, read.requires_python, read.license),
            (None, None, None)
        );
        assert_eq!(read.home_page.as_deref(), Some("https://example.org"));
    }

    fn check_error(text: &str, expected: &str) {
        let error = Metadata::parse(text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        check_error("", "the metadata has no `Name`");
        check_error("Name: x", "the metadata has no `Version`");
        check_error(
            "Name: x\nVersion: one",
            "the metadata's `Version` cannot be read: ",
        );
        check_error(
            "Name: -\nVersion: 1",
            "the metadata's `Name` cannot be read: `-` is not a Python",
        );
        check_error(
            "Name: x\nVersion: 1\nRequires-Python: 3",
            "the metadata's `Requires-Python` cannot be read: `3` is not a list",
        );
        check_error(
            "Name: x\nVersion: 1\nRequires-Dist: a\nRequires-Dist: b>=1.*",
            "the metadata's `Requires-Dist` cannot be read: `b>=1.*` is not a requirement: ",
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(rest in "(\\PC|\\n){0,80}", field in "(Requires-Dist|Requires-Python|Provides-Extra): ?") {
            let _ = Metadata::parse(&rest);
            let _ = Metadata::parse(&format!("Name: x\nVersion: 1\n{field}{rest}"));
        }
    }
}
