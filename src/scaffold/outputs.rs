//! `scaffold.toml`: what a scaffold generates.

use crate::model::Owner;
use crate::tree::Mode;
use serde::Deserialize;

/// For what an output is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutputScope {
    /// Once for the workspace.
    Workspace,
    /// Once for each package.
    Package,
    /// Once for each third-party distribution that is packaged beside the others.
    ThirdParty,
}

/// One file, or one file for each package.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Stable name, by which a rename is known.
    pub id: String,
    /// The template's path below `templates/`.
    pub template: String,
    /// For what it is rendered.
    #[serde(rename = "for", default = "workspace")]
    pub scope: OutputScope,
    /// A Liquid condition; the file is made where it holds.
    #[serde(default)]
    pub when: Option<String>,
    /// The file's path, a Liquid template.
    pub path: String,
    /// Who the file belongs to.
    #[serde(default = "generated")]
    pub owner: Owner,
    /// Whether it is a text for people, which `docs` makes by itself.
    #[serde(default)]
    pub document: bool,
    /// Other names that people know the file by; in repositories which were made by hand it takes the place of such a file.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether it may be executed.
    #[serde(default, deserialize_with = "mode")]
    pub mode: Mode,
}

/// `scaffold.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    schema: u32,
    /// The base whose outputs and templates these are added to.
    #[serde(default)]
    pub(super) base: Option<String>,
    /// What of the base is not wanted, by its id.
    #[serde(default)]
    pub(super) without: Vec<String>,
    /// The template for packages in nixpkgs itself, below `templates/`.
    #[serde(default)]
    pub(super) nixpkgs: Option<String>,
    /// What is generated.
    #[serde(default)]
    pub(super) output: Vec<Output>,
}

fn workspace() -> OutputScope {
    OutputScope::Workspace
}

fn generated() -> Owner {
    Owner::Generated
}

fn mode<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Mode, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "plain" => Ok(Mode::Plain),
        "executable" => Ok(Mode::Executable),
        other => Err(serde::de::Error::custom(format!(
            "`{other}` is not one of plain, executable"
        ))),
    }
}

/// Reads `scaffold.toml`.
pub(super) fn parse(text: &str) -> Result<Manifest, String> {
    let manifest: Manifest = toml::from_str(text).map_err(|error| error.to_string())?;
    if manifest.schema != 1 {
        return Err(format!(
            "schema {} is not known; this program reads schema 1",
            manifest.schema
        ));
    }
    let mut ids: Vec<&str> = manifest
        .output
        .iter()
        .map(|output| output.id.as_str())
        .collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair.first() == pair.last()) {
        Some(pair) => Err(format!("two outputs have the id `{}`", pair.concat())),
        None => Ok(manifest),
    }
}
