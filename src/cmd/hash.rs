//! `hash`: the hash that Nix wants of a file, a tree, or what an archive holds; without Nix.

use super::Context;
use super::switch::switch;
use super::{json, scaffolds};
use crate::diagnostic::Failure;
use crate::disk::{self, RootKind, SourcePlace, Written};
use crate::nar::{Digested, digest};
use crate::outside::archive::ArchiveError;
use crate::outside::archive_hash::{self, TreeHash};
use clap::{Arg, ArgMatches, Command};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Endings of what is unpacked.
const ARCHIVES: [&str; 3] = [".tar.gz", ".tgz", ".tar"];

/// Endings of what somebody might want to be unpacked, and is not.
const OTHERS: [&str; 10] = [
    ".tar.xz",
    ".txz",
    ".tar.bz2",
    ".tbz",
    ".tbz2",
    ".tar.zst",
    ".tar.lz",
    ".tar.lzma",
    ".zip",
    ".7z",
];

/// The subcommand.
pub(super) fn command() -> Command {
    Command::new("hash")
        .about("Prints the hash that Nix wants of a file, a directory, or the tree in an archive")
        .long_about(
            "Prints the hash that Nix wants of a file, a directory, or the tree in an archive\n\n\
             Without Nix, and nothing is unpacked to disk. Of a `.tar.gz`, `.tgz` or `.tar` it is the hash of the tree in it, without the \
             directory at the top, as `fetchFromGitHub` and `fetchzip` take it. Of anything else on disk it is the hash that `nix hash path` \
             prints. With `--flat` it is that of the file itself, as `fetchurl` and `fetchPypi` take it.",
        )
        .arg(
            Arg::new("place")
                .value_name("PATH|URL")
                .value_parser(clap::value_parser!(OsString))
                .required(true)
                .help("A file, a directory, a link, or an address (`https:`, `http:`, `file:`)"),
        )
        .arg(switch("flat", "Hash the bytes of the file, whatever it holds"))
        .arg(json::format_flag())
}

/// What is hashed, in the words of the JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Flat,
    Archive,
    Root(RootKind),
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Archive => "archive",
            Self::Root(RootKind::Directory) => "directory",
            Self::Root(RootKind::File) => "file",
            Self::Root(RootKind::Symlink) => "symlink",
        }
    }
}

/// A hash, and of what.
struct Hashed {
    kind: Kind,
    sri: String,
    files: u64,
    bytes: u64,
}

impl From<TreeHash> for Hashed {
    fn from(tree: TreeHash) -> Self {
        Self {
            kind: Kind::Archive,
            sri: tree.sri,
            files: tree.files,
            bytes: tree.bytes,
        }
    }
}

impl From<Digested> for Hashed {
    fn from(file: Digested) -> Self {
        Self {
            kind: Kind::Flat,
            sri: file.sri,
            files: 1,
            bytes: file.bytes,
        }
    }
}

/// Runs `hash`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let place = matches.get_one::<OsString>("place");
    let place = place.map(OsString::as_os_str).unwrap_or_default();
    let shown = place.to_string_lossy();
    let (given, flat) = (shown.as_ref(), matches.get_flag("flat"));
    let address = match place.to_str() {
        Some(text) => address(text)?,
        // Names are bytes; only addresses are text.
        None => Address::Path(place.into()),
    };
    let hashed = match address {
        Address::Http => of_url(given, flat, context)?,
        Address::Path(path) => {
            let _progress = context.ui.spinner("hashing");
            of_path(&context.world.cwd.join(path), given, flat)?
        }
    };
    if !json::is_asked(matches) {
        return context.ui.result(&format!("{}\n", hashed.sri));
    }
    context.ui.result(&json::text(&serde_json::json!({
        "hash": hashed.sri,
        "kind": hashed.kind.name(),
        "files": hashed.files,
        "bytes": hashed.bytes,
    }))?)
}

/// Where something is.
enum Address {
    Http,
    Path(PathBuf),
}

/// Tells addresses from paths.
fn address(given: &str) -> Result<Address, Failure> {
    let invalid = |rule: &str| {
        let shown = crate::model::shown(given);
        Err(Failure::invalid(format!(
            "`{shown}` cannot be hashed: {rule}"
        )))
    };
    match given.split_once("://") {
        _ if given.is_empty() => invalid("it is empty"),
        Some(("http" | "https", rest)) if rest.starts_with('/') || rest.is_empty() => {
            invalid("the address names no server")
        }
        Some(("http" | "https", _)) => Ok(Address::Http),
        Some(("file", rest)) => match unescaped(rest.strip_prefix("localhost").unwrap_or(rest)) {
            Some(path) if path.is_absolute() => Ok(Address::Path(path)),
            _ => invalid("an address of a file is `file:///` and its path"),
        },
        Some((scheme, _)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            invalid("an address begins with `https://`, `http://` or `file://`")
        }
        _ => Ok(Address::Path(PathBuf::from(given))),
    }
}

/// A path as it stands in an address: `%20` and the like are bytes.
fn unescaped(path: &str) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    let mut bytes = Vec::new();
    let mut parts = path.split('%');
    bytes.extend(parts.next()?.bytes());
    for part in parts {
        let digits = part
            .get(..2)
            .filter(|two| two.bytes().all(|b| b.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(part[2..].bytes());
    }
    Some(OsString::from_vec(bytes).into())
}

/// Why a place cannot be hashed.
fn cannot(given: &str, cause: impl std::fmt::Display) -> Failure {
    let shown = crate::model::shown(given);
    Failure::refused(format!("`{shown}` cannot be hashed")).because(cause)
}

fn of_url(url: &str, flat: bool, context: &Context<'_>) -> Result<Hashed, Failure> {
    let downloads = context.watched_downloads("downloading");
    let download = downloads.get(url, None);
    let download = download.map_err(|error| cannot(url, error))?;
    let open = || download.file.open();
    let hashed = if flat {
        flat_hash(open).map_err(|error| cannot(url, error))?
    } else {
        tree_hash(&open).map_err(|failed| unpacked(cannot(url, &failed), &failed))?
    };
    downloads.remember(&download);
    Ok(hashed)
}

fn of_path(path: &Path, given: &str, flat: bool) -> Result<Hashed, Failure> {
    let open = || match disk::open_source(path).map_err(io::Error::other)? {
        SourcePlace::File(file) => Ok(Box::new(file) as Box<dyn Read>),
        SourcePlace::Directory => Err(io::Error::other(
            "it is a directory, and `--flat` is for files",
        )),
    };
    if flat {
        return flat_hash(open).map_err(|error| cannot(given, chain(&error)));
    }
    let name = given.to_ascii_lowercase();
    let ends = |ending: &&str| name.ends_with(*ending);
    if disk::is_directory(path) || !(ARCHIVES.iter().any(ends) || OTHERS.iter().any(ends)) {
        let mut written = Written::default();
        let digested = digest(|sink: &mut dyn Write| {
            written = disk::write_nar(path, sink)?;
            Ok(())
        });
        let digested =
            digested.map_err(|error: disk::DiskError| cannot(given, scaffolds::chain(&error)))?;
        return Ok(Hashed {
            kind: Kind::Root(written.root.unwrap_or(RootKind::File)),
            sri: digested.sri,
            files: written.files,
            bytes: written.bytes,
        });
    }
    if OTHERS.iter().any(ends) {
        return Err(
            cannot(given, "only `.tar.gz`, `.tgz` and `.tar` are unpacked here")
                .hint("`--flat` hashes the file itself"),
        );
    }
    tree_hash(&open).map_err(|failed| unpacked(cannot(given, &failed), &failed))
}

/// What is no archive may still be hashed as a file.
fn unpacked(failure: Failure, error: &ArchiveError) -> Failure {
    match error {
        ArchiveError::NoArchive(_) => failure.hint("`--flat` hashes the file itself"),
        _ => failure,
    }
}

fn tree_hash<'a>(
    open: &'a (dyn Fn() -> io::Result<Box<dyn Read + 'a>> + 'a),
) -> Result<Hashed, ArchiveError> {
    archive_hash::hash(open).map(Hashed::from)
}

fn flat_hash<'a>(open: impl Fn() -> io::Result<Box<dyn Read + 'a>>) -> io::Result<Hashed> {
    let mut file = open()?;
    digest(|sink| io::copy(&mut file, &mut &mut *sink).map(drop)).map(Hashed::from)
}

/// An error with what lies beneath it.
fn chain(error: &io::Error) -> String {
    match error.get_ref() {
        Some(inner) => scaffolds::chain(inner),
        None => error.to_string(),
    }
}
