//! The list of packages that NixOS publishes for each channel: `packages.json`, packed with Brotli.

#[cfg(test)]
mod tests;

use super::bounded::Bounded;
use super::http::{Client, HttpError};
use crate::nixpkgs::{Listed, Listing};
use brotli_decompressor::Decompressor;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::io::Read;

/// The largest list, packed.
const MAX_PACKED: u64 = 256 << 20;

/// The largest list, unpacked.
const MAX_UNPACKED: u64 = 4 << 30;

/// The format of the list.
const FORMAT: u64 = 2;

/// The address of a channel's list; `base` is where the channels are.
pub fn address(base: Option<&str>, channel: &str) -> String {
    let public = || format!("https://{}", ["channels", "nixos", "org"].join("."));
    let base = base.map_or_else(public, |base| base.trim_end_matches('/').to_owned());
    format!("{base}/{channel}/packages.json.br")
}

/// The list at an address cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// It cannot be fetched.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// It is not such a list.
    #[error("`{0}` is no list of packages: {1}")]
    List(String, serde_json::Error),
    /// It has nothing of the Python set.
    #[error("`{0}` lists nothing of `{1}`")]
    Empty(String, String),
}

/// The packages of one Python set, `python313Packages`.
///
/// # Errors
/// The list cannot be fetched or read, or has nothing of the set.
pub fn packages(client: &Client, address: &str, set: &str) -> Result<Listing, ChannelError> {
    let bytes = client.get(address, MAX_PACKED)?;
    let is_packed = address.rsplit_once('.').is_some_and(|(_, end)| end == "br");
    let listed = if is_packed {
        let unpacked = Decompressor::new(bytes.as_slice(), 1 << 16);
        let bounded = Bounded {
            inner: unpacked,
            left: MAX_UNPACKED,
        };
        read(bounded, set)
    } else {
        read(bytes.as_slice(), set)
    };
    let listed = listed.map_err(|error| ChannelError::List(address.to_owned(), error))?;
    let listing: Listing = listed.into_iter().collect();
    if listing.is_empty() {
        return Err(ChannelError::Empty(address.to_owned(), set.to_owned()));
    }
    Ok(listing)
}

/// The commit of the channel, which stands beside the list; `None` where it does not.
pub fn revision(client: &Client, address: &str) -> Option<String> {
    let folder = address.rsplit_once('/')?.0;
    let bytes = client
        .get(&format!("{folder}/git-revision"), 1 << 10)
        .ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let commit = text.trim();
    let plain = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain.then(|| commit.to_owned())
}

/// Reads the list from front to back, and keeps what belongs to the set.
fn read(reader: impl Read, set: &str) -> Result<Vec<Listed>, serde_json::Error> {
    let reader = std::io::BufReader::new(reader);
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    let prefix = format!("{set}.");
    let listed = deserializer.deserialize_map(List { prefix: &prefix })?;
    deserializer.end()?;
    Ok(listed)
}

/// The whole list.
struct List<'a> {
    prefix: &'a str,
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = Vec<Listed>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of packages")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut format, mut packages) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "version" => format = Some(map.next_value::<u64>()?),
                "packages" => {
                    packages = Some(map.next_value_seed(Packages {
                        prefix: self.prefix,
                    })?);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        match (format, packages) {
            (Some(FORMAT), Some(packages)) => Ok(packages),
            (Some(FORMAT), None) => Err(A::Error::custom("it has no `packages`")),
            (Some(other), _) => Err(A::Error::custom(format!(
                "it has the format {other}, and {FORMAT} is wanted"
            ))),
            (None, _) => Err(A::Error::custom("it does not say its format")),
        }
    }
}

/// The packages by attribute.
struct Packages<'a> {
    prefix: &'a str,
}

impl<'de> DeserializeSeed<'de> for Packages<'_> {
    type Value = Vec<Listed>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Packages<'_> {
    type Value = Vec<Listed>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("packages by attribute")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut listed = Vec::new();
        while let Some(path) = map.next_key::<String>()? {
            match path.strip_prefix(self.prefix) {
                Some(attribute) if !attribute.contains('.') => {
                    let package = map.next_value::<Package>()?;
                    listed.push(package.listed(attribute.to_owned()));
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(listed)
    }
}

/// One package, as far as it is used.
#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    pname: Option<String>,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    meta: Meta,
}

#[derive(Default, Deserialize)]
struct Meta {
    #[serde(default)]
    broken: Option<serde_json::Value>,
    #[serde(default)]
    platforms: Option<serde_json::Value>,
}

impl Package {
    fn listed(self, attribute: String) -> Listed {
        let Meta { broken, platforms } = self.meta;
        let names = |value: serde_json::Value| {
            let all = value.as_array()?.iter();
            all.map(|one| one.as_str().map(str::to_owned)).collect()
        };
        Listed {
            attribute,
            name: self.pname.unwrap_or_default(),
            version: self.version.unwrap_or_default(),
            broken: broken == Some(serde_json::Value::Bool(true)),
            platforms: platforms.and_then(names),
        }
    }
}
