//! Scaffolds: templates, and for an upstream a catalogue. Built in or brought along, they are loaded through the same door:
//! a [`Tree`] of files.

mod base;
mod built_in;
mod catalogue;
mod category;
pub mod date;
mod declared;
mod distribution;
mod fate;
mod kept;
mod outputs;
pub mod release;
mod siblings;
mod third_party;
mod version_rule;
mod wrong;

pub use built_in::{
    SCAFFOLD, TEMPLATE, built_in, built_in_names, default_name, is_plain, plain, plain_names,
    starter, templates_within,
};
pub use catalogue::{Catalogue, Guard, Hold, Package, Substitution, Upstream, Yanked};
pub use category::{Category, Group};
pub use distribution::{Distribution, Sdist, Wheel};
pub use fate::{Elsewhere, Known, NotBuilt};
pub use kept::{Kept, KeptError, KeptThirdParties, RELEASE_FILE, THIRD_PARTY_FILE};
pub use outputs::{Output, OutputScope};
pub use release::{Commit, Loan, Package as ReleasedPackage, Release};
pub use third_party::ThirdParties;
pub use wrong::{Claim, Configuration, When};

use crate::python::Version;
use crate::tree::Tree;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Where the facts about third parties stand in a scaffold.
pub const THIRD_PARTIES: &str = "catalogue/third-parties.json";

/// Where the tests of a scaffold stand. They are no part of what it makes.
pub const TESTS: &str = "tests";

/// A scaffold, loaded and checked.
#[derive(Clone, Debug)]
pub struct Scaffold {
    /// Its name.
    pub name: String,
    /// What it generates.
    pub outputs: Vec<Output>,
    /// The template for packages in nixpkgs itself, if there is one.
    pub nixpkgs: Option<String>,
    /// Its templates and partials, by path below `templates/`.
    pub templates: Tree,
    /// The facts of its upstream.
    pub catalogue: Catalogue,
    /// The releases that are known: those that it carries ready-made, and what was read of others, for this run or before.
    pub releases: BTreeMap<Version, Release>,
    /// Those of them that were read; they hold only what was needed.
    read: BTreeSet<Version>,
    /// What nixpkgs lacks and its ready-made releases require, where it carries that.
    pub third_parties: Option<ThirdParties>,
    /// What the repository that is worked on keeps of others.
    pub kept: Option<KeptThirdParties>,
    /// SHA-256 over all its files, in hexadecimal.
    pub digest: String,
}

/// Why a scaffold cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// A file that every scaffold has is not there, or is no text.
    #[error("the scaffold has no readable `{0}`")]
    Missing(&'static str),
    /// A file does not say what it should.
    #[error("`{path}` of the scaffold is not valid: {cause}")]
    Invalid {
        /// The file.
        path: String,
        /// What is wrong with it.
        cause: String,
    },
}

impl Scaffold {
    /// Loads a scaffold from its files.
    ///
    /// # Errors
    /// A missing or invalid file, named.
    pub fn load(name: &str, tree: &Tree) -> Result<Self, ScaffoldError> {
        let manifest = outputs::parse(text(tree, "scaffold.toml")?);
        let joined = manifest.and_then(|manifest| base::join(manifest, tree.below("templates")));
        let joined = joined.map_err(|cause| invalid("scaffold.toml", cause))?;
        let catalogue = "catalogue/catalogue.toml";
        let catalogue =
            Catalogue::parse(text(tree, catalogue)?).map_err(|cause| invalid(catalogue, cause))?;
        let scaffold = Self {
            name: name.to_owned(),
            outputs: joined.outputs,
            nixpkgs: joined.nixpkgs,
            templates: joined.templates,
            catalogue,
            releases: releases(tree)?,
            third_parties: third_parties(tree)?,
            kept: None,
            read: BTreeSet::new(),
            digest: digest([tree, &joined.base]),
        };
        let outputs = scaffold.outputs.iter().map(|output| &output.template);
        for template in outputs.chain(&scaffold.nixpkgs) {
            if scaffold.templates.text(template).is_none() {
                return Err(invalid(
                    "scaffold.toml",
                    format!("there is no template `{template}`"),
                ));
            }
        }
        Ok(scaffold)
    }

    /// The output that a file came from, by the name that the lock has for the file.
    pub fn output(&self, id: &str) -> Option<&Output> {
        let head = id.split('/').next().unwrap_or(id);
        self.outputs.iter().find(|output| output.id == head)
    }

    /// Whether a file is a document, by the name that the lock has for it.
    pub fn is_document(&self, id: &str) -> bool {
        self.output(id).is_some_and(|output| output.document)
    }

    /// Name of the package that holds the monorepo's source.
    pub fn source_package(&self) -> String {
        format!("{}-src", self.name)
    }

    /// The releases that it carries, oldest first.
    pub fn ready_made(&self) -> impl DoubleEndedIterator<Item = &Release> {
        let known = self.releases.iter();
        known
            .filter(|(version, _)| !self.read.contains(*version))
            .map(|(_, release)| release)
    }

    /// The newest ready-made release.
    pub fn newest(&self) -> Option<&Release> {
        self.ready_made().next_back()
    }

    /// Adds a release that was read for this run, or more of one; of one that is carried, nothing changes.
    pub fn add_read(&mut self, release: Release) {
        let version = release.release.clone();
        if !self.releases.contains_key(&version) || self.read.contains(&version) {
            self.read.insert(version.clone());
            self.releases.insert(version, release);
        }
    }

    /// Forgets the releases that were read. Commits stay: of them all packages were read.
    pub fn forget_read(&mut self) {
        let releases = &mut self.releases;
        self.read.retain(|version| {
            let stays = releases
                .get(version)
                .is_some_and(|release| release.commit.is_some());
            if !stays {
                releases.remove(version);
            }
            stays
        });
    }

    /// Whether a release may have more packages than are known here.
    pub fn is_partial(&self, release: &Version) -> bool {
        self.read.contains(release)
    }

    /// Forgets the commits that were read.
    pub fn forget_commits(&mut self) {
        self.releases.retain(|version, release| {
            let is_commit = release.commit.is_some();
            if is_commit {
                self.read.remove(version);
            }
            !is_commit
        });
    }

    /// What is known of a release, or of a branch, tag or commit where one is named and the release only lends.
    pub fn release_at(&self, release: &str, rev: &str) -> Option<&Release> {
        if rev.is_empty() {
            return self.release(release);
        }
        let lender: Version = release.parse().ok()?;
        let mut known = self.releases.values();
        known.find(|known| {
            let commit = known.commit.as_ref();
            commit.is_some_and(|commit| commit.asked == rev && commit.lender == lender)
        })
    }

    /// The known release of this name.
    pub fn release(&self, name: &str) -> Option<&Release> {
        self.releases.get(&name.parse().ok()?)
    }
}

fn text<'a>(tree: &'a Tree, path: &'static str) -> Result<&'a str, ScaffoldError> {
    tree.text(path).ok_or(ScaffoldError::Missing(path))
}

fn invalid(path: impl Into<String>, cause: impl std::fmt::Display) -> ScaffoldError {
    ScaffoldError::Invalid {
        path: path.into(),
        cause: cause.to_string(),
    }
}

fn releases(tree: &Tree) -> Result<BTreeMap<Version, Release>, ScaffoldError> {
    let mut releases = BTreeMap::new();
    for (path, file) in tree.below("catalogue/releases").iter() {
        let place = format!("catalogue/releases/{path}");
        let text = std::str::from_utf8(&file.bytes).map_err(|cause| invalid(&place, cause))?;
        let release = Release::parse(text).map_err(|cause| invalid(&place, cause))?;
        if path.as_str() != format!("{}.json", release.release) {
            return Err(invalid(
                place,
                format!("it holds the release {}", release.release),
            ));
        }
        releases.insert(release.release.clone(), release);
    }
    Ok(releases)
}

fn third_parties(tree: &Tree) -> Result<Option<ThirdParties>, ScaffoldError> {
    let parsed = tree.text(THIRD_PARTIES).map(ThirdParties::parse);
    parsed
        .transpose()
        .map_err(|cause| invalid(THIRD_PARTIES, cause))
}

/// SHA-256 over the paths and contents, each with its length, so that no two trees run together.
fn digest(trees: [&Tree; 2]) -> String {
    let mut hasher = Sha256::new();
    let tests = format!("{TESTS}/");
    let files = trees.into_iter().flat_map(Tree::iter);
    for (path, file) in files.filter(|(path, _)| !path.as_str().starts_with(&tests)) {
        for part in [path.as_str().as_bytes(), &file.bytes] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    data_encoding::HEXLOWER.encode(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nixpkgs::{Index, Lookup};

    #[test]
    fn every_built_in_scaffold_loads() {
        for name in built_in_names() {
            let tree = built_in(name).unwrap();
            let scaffold = Scaffold::load(name, &tree).unwrap();
            assert!(scaffold.newest().is_some(), "{name} carries no release");
            for release in scaffold.releases.values() {
                for package in release.packages.keys() {
                    assert!(
                        scaffold.catalogue.packages.contains_key(package),
                        "{package} is in no catalogue"
                    );
                }
            }
            for (name, package) in &scaffold.catalogue.packages {
                let mut released = scaffold.releases.values();
                let program = package.main_program.as_ref();
                let known = released.any(|release| {
                    let released = release.packages.get(name);
                    released.is_some_and(|released| {
                        program.is_none_or(|program| released.programs.contains(program))
                    })
                });
                assert!(known, "{name}: no release has it with its program");
            }
        }
    }

    /// They are in the program as they are, so that nothing has to be unpacked at each start.
    #[test]
    fn the_built_in_scaffolds_are_small() {
        for name in built_in_names() {
            let tree = built_in(name).unwrap();
            let size: usize = tree.iter().map(|(_, file)| file.bytes.len()).sum();
            assert!(size < 1 << 20, "{name} has {size} bytes");
        }
    }

    /// What nixpkgs has and lacks is known for everything that a package requires, and for what its extras for people do.
    #[test]
    fn the_index_knows_every_requirement_of_the_ready_made_releases() {
        let index = Index::built_in().unwrap();
        for name in built_in_names() {
            let scaffold = Scaffold::load(name, &built_in(name).unwrap()).unwrap();
            let development = &scaffold.catalogue.upstream.development_extras;
            let packages = scaffold
                .releases
                .values()
                .flat_map(|release| &release.packages);
            for (package, released) in packages {
                let extras = released.extras.iter();
                let for_people = extras.filter(|(extra, _)| {
                    let words = development.iter().map(String::as_str);
                    let mut rest = words.filter_map(|word| extra.as_str().strip_prefix(word));
                    !rest.any(|rest| rest.is_empty() || rest.starts_with('-'))
                });
                let of_extras = for_people.flat_map(|(_, requires)| requires);
                for wanted in released.requires.iter().chain(of_extras) {
                    let known = scaffold.catalogue.packages.contains_key(wanted.name())
                        || index.look_up(wanted.name()) != Lookup::Unknown;
                    assert!(known, "{package} requires `{}`", wanted.raw());
                }
            }
        }
    }

    #[test]
    fn a_fault_is_told_with_its_file() {
        for (tree, message) in [
            ("", "the scaffold has no readable `scaffold.toml`"),
            (
                "//- scaffold.toml\nschema = 1\noutput = 3\n",
                "`scaffold.toml` of the scaffold is not valid: ",
            ),
            (
                "//- scaffold.toml\nschema = 1\noutput = []\n",
                "the scaffold has no readable `catalogue/catalogue.toml`",
            ),
        ] {
            let error = Scaffold::load("x", &Tree::from_fixture(tree).unwrap()).unwrap_err();
            assert!(error.to_string().starts_with(message), "{error}");
        }
    }
}
