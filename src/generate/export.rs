//! Packages in the form that nixpkgs itself has them in: one file each, and a line each for the list of Python packages.

use super::view::View;
use super::view::exported::{self, ExportedView};
use super::{GenerateError, own_path, verify};
use crate::model::{Intent, Lock};
use crate::nix::format_nix;
use crate::nixpkgs::Index;
use crate::python::PyName;
use crate::scaffold::Scaffold;
use crate::template::Engine;
use crate::tree::RelPath;
use liquid::Object;
use std::collections::{BTreeMap, BTreeSet};

/// Where nixpkgs has its Python packages.
const MODULES: &str = "pkgs/development/python-modules";

/// A package for nixpkgs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Its name, which is its attribute.
    pub name: PyName,
    /// Its version.
    pub version: String,
    /// Where its file goes.
    pub path: RelPath,
    /// The file's text.
    pub text: String,
    /// The line, or the lines, for `pkgs/top-level/python-packages.nix`, without indentation.
    pub binding: String,
    /// The attributes that its file names.
    pub named: BTreeSet<String>,
    /// Whether it is a distribution that nixpkgs lacks, and no package of the upstream.
    pub is_third_party: bool,
}

/// What is exported, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// What was chosen.
    pub intent: &'a Intent,
    /// What it resolved to.
    pub lock: &'a Lock,
    /// The scaffold with the template.
    pub scaffold: &'a Scaffold,
    /// The nixpkgs index.
    pub index: &'a Index,
    /// The handle of the maintainer; empty where nobody was named, and then the files say so loudly.
    pub maintainer: &'a str,
}

/// These packages and everything of the lock that they require, dependencies first; among those that could come next, what
/// nixpkgs lacks comes first.
///
/// # Errors
/// A scaffold without a template for nixpkgs, a template that fails, a file that does not parse.
pub fn export(of: &Export<'_>, wanted: &BTreeSet<PyName>) -> Result<Vec<Exported>, GenerateError> {
    let view = View::new(of.intent, of.lock, of.scaffold, of.index);
    let engine = Engine::new(&of.scaffold.templates)?;
    let path = of.scaffold.nixpkgs.as_deref();
    let template = path.and_then(|path| Some((path, of.scaffold.templates.text(path)?)));
    let template = template.ok_or(GenerateError::NoNixpkgs)?;
    let mut all = BTreeMap::new();
    let mut open: Vec<PyName> = wanted.iter().cloned().collect();
    while let Some(name) = open.pop() {
        if all.contains_key(&name) {
            continue;
        }
        let Some(seen) = exported::view(&view, &name, of.maintainer) else {
            continue;
        };
        let exported = one(&engine, template, &name, &seen)?;
        let is_here = |name: &PyName| {
            of.lock.packages.contains_key(name) || of.lock.third_party.contains_key(name)
        };
        let named = exported.named.iter().filter_map(|name| name.parse().ok());
        open.extend(named.filter(is_here));
        let is_third_party = of.lock.third_party.contains_key(&name);
        all.insert(
            name,
            Exported {
                is_third_party,
                ..exported
            },
        );
    }
    Ok(dependencies_first(all))
}

/// Renders one package.
fn one(
    engine: &Engine,
    (path, text): (&str, &str),
    name: &PyName,
    view: &ExportedView,
) -> Result<Exported, GenerateError> {
    let values = |error: liquid::Error| GenerateError::Values(error.to_string());
    let package = liquid::model::to_value(view).map_err(values)?;
    let object: Object = [("package".into(), package)].into_iter().collect();
    let rendered = engine.render(path, text, &object)?;
    let file = own_path(&format!("{MODULES}/{name}/default.nix"))?;
    Ok(Exported {
        text: verify::formatted(&file, &rendered)?,
        path: file,
        version: view.version.clone(),
        binding: binding(name)?,
        named: exported::named(view),
        is_third_party: false,
        name: name.clone(),
    })
}

/// The line for the list of Python packages, in the official format.
fn binding(name: &PyName) -> Result<String, GenerateError> {
    let line = exported::binding(name);
    let text = format_nix(&format!("{{\n{line}\n}}"))
        .map_err(|error| GenerateError::Values(error.to_string()))?;
    let inner = text.trim().trim_start_matches('{').trim_end_matches('}');
    let lines = inner.trim_matches('\n').lines();
    let lines: Vec<&str> = lines
        .map(|line| line.strip_prefix("  ").unwrap_or(line).trim_end())
        .collect();
    Ok(lines.join("\n").trim().to_owned())
}

fn dependencies_first(mut left: BTreeMap<PyName, Exported>) -> Vec<Exported> {
    let mut ordered: Vec<Exported> = Vec::new();
    while !left.is_empty() {
        let ready = left.values().filter(|package| {
            let own = package.name.as_str();
            let mut others = left.keys().map(PyName::as_str).filter(|name| *name != own);
            !others.any(|other| package.named.contains(other))
        });
        let next = ready
            .min_by_key(|package| (!package.is_third_party, package.name.clone()))
            // A circle would leave none ready; nothing that is in one can be built either.
            .or(left.values().next())
            .map(|package| package.name.clone());
        ordered.extend(next.and_then(|name| left.remove(&name)));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_formatted() {
        for (name, expected) in [
            (
                "acme-one",
                "acme-one = callPackage ../development/python-modules/acme-one { };",
            ),
            (
                "3to2",
                "\"3to2\" = callPackage ../development/python-modules/3to2 { };",
            ),
        ] {
            assert_eq!(binding(&name.parse().unwrap()).unwrap(), expected);
        }
        let long = "a".repeat(60);
        let path = format!("../development/python-modules/{long}");
        assert_eq!(
            binding(&long.parse().unwrap()).unwrap(),
            format!("{long} =\n  callPackage\n    {path}\n    {{ }};")
        );
    }
}
