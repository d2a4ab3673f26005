//! How the package index is asked, and other servers: where, with how much patience, through which cache, and with which sign of life.

use super::Context;
use super::shelves::Shelves;
use crate::diagnostic::Failure;
use crate::disk::Cache;
use crate::outside::download::Downloads;
use crate::outside::github::Github;
use crate::outside::http::{Client, PATIENCE};
use crate::outside::pypi::{Index, Reach, default_address};
use crate::outside::watch::Watch;
use crate::outside::world::World;
use crate::ui::Progress;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Variable that names another package index.
const INDEX_VARIABLE: &str = "FLOXWRIGHT_PYPI";

/// Variable that holds for how many seconds a server may be silent.
const TIMEOUT_VARIABLE: &str = "FLOXWRIGHT_TIMEOUT";

/// Variable that forbids the network, like `--offline`.
const OFFLINE_VARIABLE: &str = "FLOXWRIGHT_OFFLINE";

/// Variable that names what stands in for GitHub.
const GITHUB_VARIABLE: &str = "FLOXWRIGHT_GITHUB";

/// How the network is used in this run.
#[derive(Clone, Debug)]
pub(super) struct Fetching {
    client: Client,
    patience: Duration,
    github: Github,
    address: String,
    reach: Reach,
    store: Arc<Shelves>,
}

impl Fetching {
    /// From the environment; `reach` is what the command line says.
    pub(super) fn new(world: &World, reach: Reach) -> Result<Self, Failure> {
        let patience = world.var(TIMEOUT_VARIABLE).map(patience);
        let patience = patience.transpose()?.unwrap_or(PATIENCE);
        let github = world.var(GITHUB_VARIABLE).map(Github::at).transpose();
        let github =
            github.map_err(|error| Failure::invalid(format!("`{GITHUB_VARIABLE}`: {error}")))?;
        let forbidden = world
            .var(OFFLINE_VARIABLE)
            .is_some_and(|value| value != "0");
        let address = world.var(INDEX_VARIABLE);
        Ok(Self {
            client: Client::new(patience),
            patience,
            github: github.unwrap_or_default(),
            address: address.map_or_else(default_address, str::to_owned),
            reach: if forbidden { Reach::Offline } else { reach },
            store: Arc::new(Shelves::new(
                folder(world).map(|folder| Cache::new(&folder, world.now)),
            )),
        })
    }

    /// The package index.
    pub(super) fn index(&self) -> Index {
        let index = Index::new(self.client.clone(), &self.address);
        index.kept_in(self.store.clone()).reached(self.reach)
    }

    /// Large files.
    fn downloads(&self, client: Client) -> Downloads {
        Downloads::new(client, self.store.clone(), self.reach)
    }

    /// The same without the network.
    pub(super) fn offline(&self) -> Self {
        Self {
            reach: Reach::Offline,
            ..self.clone()
        }
    }

    /// What could not be kept for the next run, in one sentence.
    pub(super) fn complaint(&self) -> Option<String> {
        self.store.complaint()
    }
}

impl Context<'_> {
    /// The package index, with a bar that tells how far its reading is. The bar goes with the index.
    pub(super) fn watched_index(&self, doing: &str) -> Index {
        self.package_index().watched(Arc::new(self.bar(doing)))
    }

    /// A client for what is no package index, with the same sign of life.
    ///
    /// # Errors
    /// Nobody may be asked.
    pub(super) fn watched_client(&self, doing: &str) -> Result<Client, Failure> {
        if self.fetching.reach == Reach::Offline {
            return Err(Failure::refused(format!(
                "floxwright was told to stay offline: {doing} needs the network"
            )));
        }
        let client = self.fetching.client.clone();
        Ok(client.watched(Arc::new(self.bar(doing))))
    }

    /// What fetches large files, with a bar that tells how much of one is here, how fast it comes and how long it will take.
    pub(super) fn watched_downloads(&self, doing: &str) -> Downloads {
        let bar = LargeBar(self.ui.download(doing));
        let client = self.fetching.client.clone();
        self.fetching.downloads(client.watched(Arc::new(bar)))
    }

    /// GitHub, or what stands in for it.
    pub(super) fn github(&self) -> &Github {
        &self.fetching.github
    }

    /// How long a server may be silent.
    pub(super) fn patience(&self) -> Duration {
        self.fetching.patience
    }

    /// Whether nobody may be asked.
    pub(super) fn is_offline(&self) -> bool {
        self.fetching.reach == Reach::Offline
    }

    /// Where git keeps what it fetched for scaffolds; `None` where there is no place for caches.
    pub(super) fn store(&self) -> Option<PathBuf> {
        folder(self.world).map(|folder| folder.join("scaffolds.git"))
    }

    fn bar(&self, doing: &str) -> Bar {
        Bar {
            progress: self.ui.bar(doing, 0),
            what: Mutex::new(doing.to_owned()),
            bytes: AtomicU64::new(0),
        }
    }
}

/// Seconds, also with a fraction.
fn patience(given: &str) -> Result<Duration, Failure> {
    let seconds = given.parse::<f64>().ok();
    let seconds = seconds.filter(|seconds| (0.01..=3600.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| {
        Failure::invalid(format!(
            "`{TIMEOUT_VARIABLE}`: `{}` is no number of seconds between 0.01 and 3600",
            given.escape_debug()
        ))
    })
}

/// Where the cache is; relative paths in `XDG_CACHE_HOME` count for nothing, as its specification has it.
fn folder(world: &World) -> Option<PathBuf> {
    let absolute = |variable: &str| {
        let path = world.var(variable).map(PathBuf::from);
        path.filter(|path| path.is_absolute())
    };
    let home = || absolute("HOME").map(|home| home.join(".cache"));
    let caches = absolute("XDG_CACHE_HOME").or_else(home)?;
    Some(caches.join(env!("CARGO_PKG_NAME")))
}

/// A bar: how many of how many, what, and how many bytes so far.
#[derive(Debug)]
struct Bar {
    progress: Progress,
    what: Mutex<String>,
    bytes: AtomicU64,
}

impl Watch for Bar {
    fn expected(&self, things: usize) {
        self.progress.expect(things as u64);
    }

    fn began(&self, what: &str) {
        what.clone_into(&mut self.what.lock().unwrap_or_else(PoisonError::into_inner));
        self.received(0);
    }

    fn received(&self, bytes: u64) {
        let bytes = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let what = self.what.lock().unwrap_or_else(PoisonError::into_inner);
        self.progress.fetched(&what, bytes);
    }

    fn ended(&self) {
        self.progress.step();
    }
}

/// A bar for one large file.
#[derive(Debug)]
struct LargeBar(Progress);

impl Watch for LargeBar {
    fn expected(&self, _: usize) {}

    fn began(&self, what: &str) {
        self.0.message(what);
    }

    fn received(&self, bytes: u64) {
        self.0.more(bytes);
    }

    fn ended(&self) {}

    fn sized(&self, total: Option<u64>, here: u64) {
        self.0.sized(total, here);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_folder(variables: &[(&str, &str)], expected: Option<&str>) {
        let variables = variables.iter();
        let world = World {
            env: variables
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            ..World::default()
        };
        assert_eq!(folder(&world), expected.map(PathBuf::from));
    }

    #[test]
    fn the_cache_is_where_caches_are() {
        check_folder(&[("HOME", "/h")], Some("/h/.cache/floxwright"));
        check_folder(
            &[("HOME", "/h"), ("XDG_CACHE_HOME", "/c")],
            Some("/c/floxwright"),
        );
        check_folder(
            &[("HOME", "/h"), ("XDG_CACHE_HOME", "c")],
            Some("/h/.cache/floxwright"),
        );
        check_folder(&[("HOME", "")], None);
        check_folder(&[], None);
    }

    #[test]
    fn patience_is_a_number_of_seconds() {
        assert_eq!(patience("2.5").unwrap(), Duration::from_millis(2500));
        for given in ["", "0", "-1", "NaN", "inf", "1e9", "5s"] {
            assert!(patience(given).is_err(), "{given}");
        }
    }
}
