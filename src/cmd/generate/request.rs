//! What a person wants of `generate`: the flags, the configuration behind them, and what both come to.

use super::authors::{Authors, authors};
use super::configuration::{Configuration, Vcs};
use super::person::Said;
use super::record::{FLAGS, Record};
use super::source::Source;
use super::values::{DEFINED, Given, values};
use crate::cmd::Context;
use crate::cmd::mode::Mode as Writing;
use crate::cmd::path::normal;
use crate::diagnostic::Failure;
use crate::disk::is_directory;
use crate::expand::{CrateType, Mode, Order, Provided, Staged, Switch};
use clap::ArgMatches;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The name of a project in the environment.
const NAME_VARIABLE: &str = "CARGO_GENERATE_VALUE_PROJECT_NAME";

/// The name of a project that is only tested.
const TESTED: &str = "tested-project";

/// What is wanted.
pub(super) struct Request<'a> {
    matches: &'a ArgMatches,
    pub(super) configuration: &'a Configuration,
    pub(super) source: Source<'a>,
    pub(super) mode: Mode,
    pub(super) writing: Writing,
    /// The directory that the project is made in, absolute.
    pub(super) destination: PathBuf,
    /// What is known of a project that is made again.
    again: Option<Again>,
}

/// A project that is made again.
struct Again {
    record: Record,
    /// Its directory.
    root: PathBuf,
    /// Where it is made exactly as it was, and nobody is asked for values: what was said before, of the template as it is now.
    before: Option<Said>,
}

impl<'a> Request<'a> {
    pub(super) fn new(
        matches: &'a ArgMatches,
        configuration: &'a Configuration,
        context: &Context<'_>,
    ) -> Result<Self, Failure> {
        let looks = |path: &Path| is_directory(&context.world.cwd.join(path));
        let given = matches.get_one::<String>("destination");
        let destination =
            given.map_or_else(|| context.world.cwd.clone(), |given| context.path(given));
        if !is_directory(&destination) {
            let shown = given.map_or_else(String::new, String::clone);
            return Err(Failure::refused(format!(
                "the destination `{shown}` is not a directory"
            )));
        }
        Ok(Self {
            matches,
            configuration,
            source: super::source::source(matches, configuration, &looks),
            mode: mode(matches),
            writing: Writing::from(matches),
            destination: normal(&destination),
            again: None,
        })
    }

    /// For a project that is there: as it was made, where something was said `before`, else with what is said now.
    pub(super) fn again(
        matches: &'a ArgMatches,
        configuration: &'a Configuration,
        source: Source<'a>,
        (record, before): (&Record, Option<Said>),
        root: &Path,
    ) -> Self {
        Self {
            matches,
            configuration,
            source,
            mode: mode(matches),
            writing: Writing::from(matches),
            destination: root.parent().unwrap_or(root).to_owned(),
            again: Some(Again {
                record: record.clone(),
                root: root.to_owned(),
                before,
            }),
        }
    }

    /// The directory of a project that is made again.
    pub(super) fn root(&self) -> Option<&Path> {
        self.again.as_ref().map(|again| again.root.as_path())
    }

    /// Whether nobody is asked anything.
    pub(super) fn is_silent(&self) -> bool {
        self.is("silent") || self.before().is_some()
    }

    /// What was said before, where a project is made again as it was.
    pub(super) fn before(&self) -> Option<&Said> {
        self.again.as_ref()?.before.as_ref()
    }

    /// The flags that the project is made with, and that are recorded.
    pub(super) fn flags(&self) -> Vec<&'static str> {
        let recorded = self.again.as_ref().map(|again| &again.record.flags);
        let has = |flag: &str| recorded.is_some_and(|flags| flags.iter().any(|one| one == flag));
        let flags = FLAGS.into_iter();
        flags.filter(|flag| self.is(flag) || has(flag)).collect()
    }

    /// Whether a flag was said.
    pub(super) fn is(&self, flag: &str) -> bool {
        self.matches.get_flag(flag)
    }

    /// What a flag was given.
    pub(super) fn text(&self, flag: &str) -> Option<&String> {
        self.matches.get_one::<String>(flag)
    }

    /// Whether cargo-generate's behaviour is wanted.
    pub(super) fn is_compat(&self) -> bool {
        self.mode == Mode::Compat
    }

    /// Whether the result is for a program.
    pub(super) fn json(&self) -> bool {
        crate::cmd::json::is_asked(self.matches)
    }

    /// What `--test` hands on; `None` without it.
    pub(super) fn test(&self) -> Option<Vec<String>> {
        let given = self
            .matches
            .contains_id("test")
            .then(|| self.matches.get_many::<String>("test"))?;
        Some(given.into_iter().flatten().cloned().collect())
    }

    /// Whether files that are there are replaced.
    pub(super) fn overwrites(&self) -> bool {
        let favorite = self.source.favorite.and_then(|favorite| favorite.overwrite);
        self.is("overwrite") || favorite.unwrap_or_default()
    }

    /// What is wanted of version control, as far as the template does not decide it.
    pub(super) fn vcs(&self) -> Vcs {
        match self.text("vcs").map(|text| text.to_lowercase()).as_deref() {
            Some("none") => Vcs::None,
            Some(_) => Vcs::Git,
            None => {
                let favorite = self.source.favorite.and_then(|favorite| favorite.vcs);
                favorite.unwrap_or(Vcs::Git)
            }
        }
    }

    /// All that a flag was given.
    pub(super) fn texts(&self, flag: &str) -> impl Iterator<Item = &String> {
        self.matches.get_many::<String>(flag).into_iter().flatten()
    }

    /// The values that were given one by one, as they were said.
    pub(super) fn definitions(&self) -> impl Iterator<Item = &String> {
        self.texts("define")
    }

    /// All values, each from the place that counts most.
    fn values(&self, context: &Context<'_>) -> Result<Given, Failure> {
        let Some(again) = &self.again else {
            return self.given(context);
        };
        let recorded = again.record.values.iter().map(|(name, value)| {
            let (value, origin) = (value.clone(), "recorded".to_owned());
            (name.clone(), Provided { value, origin })
        });
        if again.before.is_some() {
            return Ok(recorded.collect());
        }
        let mut given = self.given(context)?;
        let said = |name: &str| given.get(name).is_some_and(|one| one.origin == DEFINED);
        let recorded: Vec<_> = recorded.filter(|(name, _)| !said(name)).collect();
        given.extend(recorded);
        Ok(given)
    }

    fn given(&self, context: &Context<'_>) -> Result<Given, Failure> {
        let definitions: Vec<&String> = self.definitions().collect();
        values(
            self.configuration,
            self.source.favorite,
            (self.text("values-file"), &definitions),
            context,
        )
    }

    /// The order for the engine. `working_directory` is where hooks see the `template`.
    pub(super) fn order(
        &self,
        template: &Staged,
        working_directory: &Path,
        context: &Context<'_>,
    ) -> Result<Order, Failure> {
        let Authors { authors, username } = authors(template, self.is_compat(), context)?;
        let tested = self.test().map(|_| TESTED.to_owned());
        let recorded = self.again.as_ref().map(|again| again.record.name.clone());
        let flags = self.flags();
        Ok(Order {
            mode: self.mode,
            switches: self.switches(),
            name: self.text("name").cloned().or(recorded).or(tested),
            fallback_name: context.world.env.get(NAME_VARIABLE).cloned(),
            crate_type: if flags.contains(&"lib") {
                CrateType::Lib
            } else {
                CrateType::Bin
            },
            subfolder: self.source.subfolder.clone(),
            values: self.values(context)?,
            authors,
            username,
            os_arch: format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH),
            working_directory: working_directory.to_string_lossy().into_owned(),
            destination: self.destination.to_string_lossy().into_owned(),
        })
    }

    fn switches(&self) -> BTreeSet<Switch> {
        let init = self.source.favorite.and_then(|favorite| favorite.init);
        let flags = self.flags();
        let said = [
            (Switch::Force, flags.contains(&"force")),
            (
                Switch::Init,
                flags.contains(&"init") || init.unwrap_or_default(),
            ),
            (Switch::Silent, self.is_silent()),
            (Switch::ContinueOnError, self.is("continue-on-error")),
            (Switch::AllowCommands, self.is("allow-commands")),
            (Switch::Verbose, self.is("verbose") || self.test().is_some()),
            (Switch::Quiet, self.is("quiet")),
        ];
        let said = said.into_iter().filter(|(_, said)| *said);
        said.map(|(switch, _)| switch).collect()
    }
}

fn mode(matches: &ArgMatches) -> Mode {
    if matches.get_flag("compat") {
        Mode::Compat
    } else if matches.get_flag("strict") {
        Mode::Strict
    } else {
        Mode::Careful
    }
}
