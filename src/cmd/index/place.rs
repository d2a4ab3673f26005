//! Where a nixpkgs is read.

use super::CHANNEL;
use crate::template::shell_word;
use clap::{Arg, ArgMatches};

/// Where a nixpkgs is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cmd) struct Place {
    /// A directory or a flake, into which Nix looks.
    pub(in crate::cmd) nixpkgs: Option<String>,
    /// The channel whose list is read, unless Nix looks or an address is named.
    pub(super) channel: String,
    /// The address of a list.
    pub(super) address: Option<String>,
}

impl Place {
    /// What the flags of [`place_flags`] say; `nixpkgs` is what another flag names.
    pub(in crate::cmd) fn from(nixpkgs: Option<&str>, matches: &ArgMatches) -> Self {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        Self {
            nixpkgs: nixpkgs.filter(|given| !given.is_empty()).map(str::to_owned),
            channel: text("channel").unwrap_or_else(|| CHANNEL.to_owned()),
            address: text("address"),
        }
    }

    /// The flags that are no defaults, as a person would type them.
    pub(in crate::cmd) fn flags(&self) -> Vec<String> {
        let channel = (self.channel != CHANNEL).then_some(("channel", &self.channel));
        let address = self.address.as_ref().map(|address| ("address", address));
        let flags = channel.into_iter().chain(address);
        flags
            .map(|(name, value)| format!("--{name} {}", shell_word(value)))
            .collect()
    }
}

/// `--channel` and `--address`
pub(in crate::cmd) fn place_flags() -> [Arg; 2] {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    [
        text("channel", "NAME", "Channel whose list of packages is read").default_value(CHANNEL),
        text(
            "address",
            "URL",
            "Address of a list of packages, in place of a channel's",
        ),
    ]
}
