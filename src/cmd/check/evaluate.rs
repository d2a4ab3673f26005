//! `check --with-nix`: what Nix itself cannot evaluate.

use super::args::Options;
use crate::check::{Found, Unevaluated};
use crate::cmd::Context;
use crate::cmd::path::normal;
use crate::diagnostic::Failure;
use crate::outside::nix_packages::{Complaint, evaluate, evaluate_nixpkgs};
use crate::tree::RelPath;
use std::path::Path;

/// Asks Nix for all packages, and where it complains for each by itself.
pub(super) fn unevaluated(
    root: &Path,
    found: &Found,
    options: &Options,
    context: &Context<'_>,
) -> Result<Vec<Unevaluated>, Failure> {
    let nixpkgs = options
        .nixpkgs
        .as_ref()
        .map(|path| normal(&context.path(path)));
    // Nix tells the places behind links.
    let directory = root.join(".flox/pkgs");
    let failed = |error| {
        Failure::refused("`nix-instantiate` cannot be started")
            .because(error)
            .hint("`floxwright check` without `--with-nix` needs no Nix")
    };
    let ask =
        |only: &str| evaluate(&directory, nixpkgs.as_deref(), only, context.world).map_err(failed);
    let _sign = context.ui.spinner("Nix evaluates the packages");
    let Some(together) = ask("")? else {
        return Ok(Vec::new());
    };
    // Without nixpkgs no package says anything of itself.
    if let Some(complaint) = evaluate_nixpkgs(nixpkgs.as_deref(), context.world).map_err(failed)? {
        let shown = options.nixpkgs.as_deref().unwrap_or("<nixpkgs>");
        return Err(Failure::refused(format!("`{shown}` cannot be evaluated"))
            .because(complaint.message)
            .hint("`--nixpkgs PATH` names another"));
    }
    let mut all: Vec<Unevaluated> = Vec::new();
    for (package, path) in packages(found) {
        let Some(complaint) = ask(&package)? else {
            continue;
        };
        let one = told(package, complaint, &directory, Some(&path));
        let is_same =
            |other: &&mut Unevaluated| other.place == one.place && other.message == one.message;
        match all.iter_mut().find(is_same) {
            // The file's own package is the one to name.
            Some(known) if one.place.as_ref().is_some_and(|(there, ..)| *there == path) => {
                *known = one;
            }
            Some(_) => {}
            None => all.push(one),
        }
    }
    if all.is_empty() {
        all.push(told(String::new(), together, &directory, None));
    }
    Ok(all)
}

/// The packages as attributes with dots between, each with its file.
fn packages(found: &Found) -> Vec<(String, RelPath)> {
    let paths = found.files.paths().filter_map(|path| {
        let inner = path.as_str().strip_prefix(".flox/pkgs/")?;
        let name = inner.strip_suffix(".nix")?;
        let name = name.strip_suffix("/default").unwrap_or(name);
        let is_package = name != "default" && !name.ends_with("flake");
        is_package.then(|| (name.replace('/', "."), path.clone()))
    });
    paths.collect()
}

/// What Nix says, with the innermost place that is one of the repository's, or else the package's file.
fn told(
    package: String,
    complaint: Complaint,
    directory: &Path,
    file: Option<&RelPath>,
) -> Unevaluated {
    let prefix = format!("{}/", directory.to_string_lossy());
    let mut places = complaint.places.into_iter();
    let place = places.find_map(|(path, line, column)| {
        let inner = path.strip_prefix(&prefix)?;
        let path: RelPath = format!(".flox/pkgs/{inner}").parse().ok()?;
        Some((path, line, column))
    });
    Unevaluated {
        package,
        message: complaint.message,
        place: place.or_else(|| Some((file?.clone(), 1, 1))),
    }
}
