//! What is known to be wrong of an upstream when somebody writes it: configurations that its releases refuse, and sentences that
//! were tried and found wrong.

use crate::python::VersionSpecifiers;
use serde::Deserialize;

/// A configuration that releases refuse, or take for something else than is meant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The configuration file's name.
    pub file: String,
    /// The keys that are there together, each with dots on the way to it, or `*.` before one at any depth.
    pub keys: Vec<String>,
    /// What their values hold; anything where nothing is said.
    #[serde(default)]
    pub contains: Option<String>,
    /// What may stand below the last key, one of them alone; anything where nothing is said.
    #[serde(default, rename = "one-of")]
    pub one_of: Vec<String>,
    /// The releases that refuse it; all of them where nothing is said.
    #[serde(default)]
    pub versions: Option<VersionSpecifiers>,
    /// What is wrong, as a finding says it.
    pub because: String,
    /// What to write instead.
    pub instead: String,
    /// Who found it.
    pub source: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
}

/// A sentence that is wrong.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Words of a line that say it, any of them; `…` stands for a few words.
    pub says: Vec<String>,
    /// A word that stands before it, below the same heading; anything where nothing is said.
    #[serde(default)]
    pub about: Option<String>,
    /// Words beside which a line says something else.
    #[serde(default)]
    pub unless: Vec<String>,
    /// In which repositories it is wrong.
    #[serde(default)]
    pub when: When,
    /// The releases of which it is wrong; all of them where nothing is said.
    #[serde(default)]
    pub versions: Option<VersionSpecifiers>,
    /// What is so instead, as a finding says it.
    pub because: String,
    /// Who found it.
    pub source: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
}

/// In which repositories a sentence is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// In all of them.
    #[default]
    Always,
    /// Where the environment only links its packages.
    Links,
    /// Where the manifest is for macOS as well.
    Darwin,
}

#[cfg(test)]
mod tests {
    use crate::scaffold::{Scaffold, built_in, built_in_names};

    #[test]
    fn facts_are_told_as_findings_are() {
        let mut count = 0;
        for name in built_in_names() {
            let scaffold = Scaffold::load(name, &built_in(name).unwrap()).unwrap();
            let catalogue = scaffold.catalogue;
            let configurations = catalogue.configuration.iter().map(|fact| {
                assert!(!fact.keys.is_empty() && !fact.instead.is_empty());
                (&fact.because, &fact.source, &fact.date)
            });
            let claims = catalogue.claim.iter().map(|fact| {
                assert!(!fact.says.is_empty());
                // A few letters stand in too many sentences.
                assert!(fact.says.iter().all(|says| says.len() >= 10));
                (&fact.because, &fact.source, &fact.date)
            });
            for (because, source, date) in configurations.chain(claims) {
                assert!(!because.ends_with('.'), "{because}");
                assert!(!because.starts_with(char::is_uppercase), "{because}");
                assert!(!source.is_empty());
                assert_eq!(date.len(), "2026-11-20".len(), "{because}");
                count += 1;
            }
        }
        assert!(count > 10, "{count}");
    }
}
