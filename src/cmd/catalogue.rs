//! `catalogue read`: makes a release file of a scaffold's catalogue from what an index says.

use std::path::PathBuf;

use clap::Args;

use crate::outside::pypi::{Index, ReadError, Wanted};
use crate::python::Version;
use crate::scaffold::date::Date;
use crate::scaffold::release::{Origin, ReleaseError};

/// What the command is told.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct ReadArgs {
    /// Version of the upstream release
    #[arg(long, value_name = "VERSION")]
    pub release: Version,
    /// Source to read from: pypi
    #[arg(long, value_name = "SOURCE", default_value = "pypi")]
    pub from: Origin,
    /// Directory of the scaffold whose catalogue says which packages to read
    #[arg(long, value_name = "DIR")]
    pub scaffold: PathBuf,
    /// Day that the file gives as the day of reading, like 2026-01-31
    #[arg(long, value_name = "DATE")]
    pub date: Date,
    /// File to write
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
}

/// A release file cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ReadFailure {
    /// The index does not have all of it.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// What was read cannot be written as a text.
    #[error(transparent)]
    Text(#[from] ReleaseError),
}

/// The text for [`ReadArgs::output`]; writing it is left to the caller.
///
/// `wanted` comes from the catalogue of [`ReadArgs::scaffold`]: names, versions by their track, guard files.
///
/// # Errors
/// Everything that is wrong with any of the packages.
pub fn read(args: &ReadArgs, index: &Index, wanted: &[Wanted]) -> Result<String, ReadFailure> {
    match args.from {
        Origin::Pypi => {
            let release = index.read_release(&args.release, wanted, args.date.clone())?;
            Ok(release.to_text()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, FromArgMatches};

    use super::*;

    fn parse(line: &str) -> Result<ReadArgs, clap::Error> {
        let command = ReadArgs::augment_args(Command::new("read"));
        ReadArgs::from_arg_matches(&command.try_get_matches_from(line.split(' '))?)
    }

    #[test]
    fn arguments_become_values() {
        let args =
            parse("read --release 1.2.3 --scaffold s --date 2026-01-31 --output o.json").unwrap();
        assert_eq!(args.release.to_string(), "1.2.3");
        assert_eq!(
            (args.from, args.date.to_string().as_str()),
            (Origin::Pypi, "2026-01-31")
        );
    }

    #[test]
    fn wrong_values_are_named() {
        for (wrong, expected) in [
            ("--release x", "'x' for '--release"),
            ("--from disk", "`disk` is not a source"),
            ("--date today", "`today` is not a date"),
        ] {
            let error = parse(&format!("read {wrong}")).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
