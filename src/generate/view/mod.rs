//! What the templates see: the lock and the intent, with everything spelled out that a template should not have to work out.

mod environment;
pub(super) mod exported;
mod exported_lists;
mod hooks;
mod order;
mod package;
mod patches;
mod requirements;
mod third_party;
mod wheel;
mod workspace;

use crate::model::{Expose, Intent, Lock};
use crate::nixpkgs::{Index, license_attribute};
use crate::python::{PyName, Version};
use crate::scaffold::{OutputScope, Scaffold};
use liquid::Object;
use liquid::model::{Value, to_value};
use serde::Serialize;

/// The values for all templates of one workspace.
pub(super) struct View<'a> {
    intent: &'a Intent,
    pub(super) lock: &'a Lock,
    pub(super) scaffold: &'a Scaffold,
    index: &'a Index,
}

impl<'a> View<'a> {
    pub(super) fn new(
        intent: &'a Intent,
        lock: &'a Lock,
        scaffold: &'a Scaffold,
        index: &'a Index,
    ) -> Self {
        Self {
            intent,
            lock,
            scaffold,
            index,
        }
    }

    /// `workspace`, `release`, `upstream`, `packages`, `packages_in_order`, and cargo-generate's own names.
    pub(super) fn workspace_values(&self) -> Result<Object, String> {
        let packages: Vec<package::PackageView> = self
            .lock
            .packages
            .iter()
            .filter_map(|(name, locked)| package::view(self, name, locked))
            .collect();
        let in_order: Vec<&package::PackageView> = order::dependencies_first(&packages);
        let values = Values {
            workspace: workspace::view(self),
            release: self.release(),
            upstream: self.upstream(),
            packages_in_order: in_order,
            third_party: self.third_parties(),
            packages: &packages,
            project_name: self.intent.name.as_str(),
            crate_name: heck::ToSnakeCase::to_snake_case(self.intent.name.as_str()),
        };
        liquid::to_object(&values).map_err(|error| error.to_string())
    }

    /// `package`, once for each package or each third-party distribution.
    pub(super) fn package_values(
        &self,
        scope: OutputScope,
    ) -> Result<Vec<(PyName, Value)>, String> {
        let of_third_parties = scope == OutputScope::ThirdParty;
        let names = if of_third_parties {
            self.lock.third_party.keys().collect::<Vec<_>>()
        } else {
            self.lock.packages.keys().collect()
        };
        let mut all = Vec::new();
        for name in names {
            let value = if of_third_parties {
                self.lock
                    .third_party
                    .get(name)
                    .map(|locked| to_value(&third_party::view(self, name, locked)))
            } else {
                let locked = self.lock.packages.get(name);
                locked
                    .and_then(|locked| package::view(self, name, locked))
                    .map(|view| to_value(&view))
            };
            if let Some(value) = value.transpose().map_err(|error| error.to_string())? {
                all.push((name.clone(), value));
            }
        }
        Ok(all)
    }

    fn third_parties(&self) -> Vec<third_party::ThirdPartyView> {
        let all = self.lock.third_party.iter();
        all.map(|(name, locked)| third_party::view(self, name, locked))
            .collect()
    }

    fn release(&self) -> ReleaseView<'_> {
        let catalogue = &self.scaffold.catalogue;
        let versions = self
            .lock
            .packages
            .iter()
            .filter_map(|(name, locked)| Some((name, locked.version.parse::<Version>().ok()?)));
        let known = versions.flat_map(|(name, version)| catalogue.known(name, &version));
        let commit = self.commit();
        ReleaseView {
            version: &self.lock.release.version,
            published: if commit.is_some() {
                &self.intent.release
            } else {
                &self.lock.release.version
            },
            source: self.lock.release.source.as_ref().map(source),
            commit,
            because: &self.lock.release.because,
            date: self
                .scaffold
                .release(&self.lock.release.version)
                .map(|release| release.read.date.to_string()),
            known: known
                .map(|known| KnownView {
                    package: known.package.to_string(),
                    text: &known.text,
                    source: &known.source,
                    date: &known.date,
                })
                .collect(),
        }
    }

    /// The commit, where one is packaged.
    fn commit(&self) -> Option<CommitView<'_>> {
        let source = self.lock.release.source.as_ref();
        let source = source.filter(|source| !source.rev.is_empty())?;
        let development = self
            .scaffold
            .catalogue
            .upstream
            .development_version
            .as_ref()?;
        let development = development.to_string();
        Some(CommitView {
            rev: &source.rev,
            asked: &self.intent.rev,
            lender: &self.intent.release,
            pattern: development.replace('.', "\\."),
            development,
            lent: self
                .lock
                .packages
                .iter()
                .filter_map(|(name, package)| {
                    Some(LentView {
                        package: name.to_string(),
                        loan: package.lent.as_ref()?,
                    })
                })
                .collect(),
        })
    }

    /// What runs when only the environment is named: the upstream's own program, else the interpreter, else any program.
    fn main_program(&self) -> &str {
        let upstream = &self.scaffold.catalogue.upstream;
        let programs = &self.lock.environment.programs;
        match (&upstream.main_program, self.intent.expose) {
            (Some(program), _) => program,
            (None, Expose::ProgramsAndPython) => &upstream.interpreter,
            (None, Expose::All) => "python3",
            (None, Expose::Programs) => programs.first().map_or("", String::as_str),
        }
    }

    fn upstream(&self) -> UpstreamView<'_> {
        let upstream = &self.scaffold.catalogue.upstream;
        UpstreamView {
            facts: upstream,
            tag_prefix: &upstream.tag_prefix,
            main_program: self.main_program(),
            license_attr: license_attribute(&upstream.license),
            source_package: self.scaffold.source_package(),
            not_built: &self.scaffold.catalogue.not_built,
            yanked: self
                .scaffold
                .catalogue
                .yanked
                .iter()
                .map(|yanked| yanked.release.as_str())
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Values<'a> {
    workspace: workspace::WorkspaceView,
    release: ReleaseView<'a>,
    upstream: UpstreamView<'a>,
    packages: &'a [package::PackageView],
    packages_in_order: Vec<&'a package::PackageView>,
    third_party: Vec<third_party::ThirdPartyView>,
    #[serde(rename = "project-name")]
    project_name: &'a str,
    crate_name: String,
}

/// `release`
#[derive(Serialize)]
struct ReleaseView<'a> {
    version: &'a str,
    /// The same where it was published; at a commit, the release that lends.
    published: &'a str,
    source: Option<SourceView<'a>>,
    /// Where it is no release.
    commit: Option<CommitView<'a>>,
    because: &'a str,
    date: Option<String>,
    known: Vec<KnownView<'a>>,
}

/// `release.source`
#[derive(Serialize)]
struct SourceView<'a> {
    owner: &'a str,
    repo: &'a str,
    /// The argument of `fetchFromGitHub` that takes the name: `tag` or `rev`.
    argument: &'static str,
    /// `tag` or `commit`.
    kind: &'static str,
    name: &'a str,
    hash: &'a str,
}

fn source(locked: &crate::model::LockedSource) -> SourceView<'_> {
    let (kind, name) = locked.reference();
    SourceView {
        owner: &locked.owner,
        repo: &locked.repo,
        argument: if locked.rev.is_empty() { "tag" } else { "rev" },
        kind,
        name,
        hash: &locked.hash,
    }
}

/// `release.commit`
#[derive(Serialize)]
struct CommitView<'a> {
    rev: &'a str,
    /// The branch, tag or commit that was asked for.
    asked: &'a str,
    /// The release that lends its number.
    lender: &'a str,
    /// The version that stands in the tree.
    development: String,
    /// The same as a basic regular expression.
    pattern: String,
    /// What the release lends besides.
    lent: Vec<LentView<'a>>,
}

#[derive(Serialize)]
struct LentView<'a> {
    package: String,
    #[serde(flatten)]
    loan: &'a crate::model::LockedLoan,
}

#[derive(Serialize)]
struct KnownView<'a> {
    package: String,
    text: &'a str,
    source: &'a str,
    date: &'a str,
}

/// `upstream`: the catalogue's facts under their own names, with `_` for `-`.
#[derive(Serialize)]
struct UpstreamView<'a> {
    #[serde(flatten)]
    facts: &'a crate::scaffold::Upstream,
    tag_prefix: &'a str,
    main_program: &'a str,
    license_attr: Option<&'static str>,
    source_package: String,
    not_built: &'a [crate::scaffold::NotBuilt],
    /// Releases that are refused.
    yanked: Vec<&'a str>,
}
