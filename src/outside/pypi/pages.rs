//! The index's pages about projects, each read once in a run.

use std::sync::{Arc, PoisonError};

use super::Index;
use super::fetcher::{Age, Reach};
use super::project::Project;
use crate::outside::http::Reason;
use crate::python::PyName;

/// The page of a project.
#[derive(Debug)]
pub(super) struct ProjectPage {
    pub(super) address: String,
    pub(super) project: Project,
    /// Whether it comes from an earlier run.
    pub(super) kept: bool,
}

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PageError {
    /// The index has no such package.
    #[error("the index does not have this package")]
    Missing,
    /// The index cannot be asked, or its answer cannot be read.
    #[error("{0}")]
    Other(String),
}

impl From<PageError> for String {
    fn from(error: PageError) -> Self {
        error.to_string()
    }
}

impl Index {
    /// The page of a project: what it says about all releases.
    ///
    /// The page of one version is not used, because some mirrors do not have it.
    pub(super) fn project(&self, name: &PyName) -> Result<Arc<ProjectPage>, PageError> {
        let pages = || self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = pages().get(name).map(Arc::clone);
        let page = match seen {
            Some(page) => page,
            None => Arc::new(self.read_page(name, Age::Current)?),
        };
        pages().insert(name.clone(), Arc::clone(&page));
        Ok(page)
    }

    /// The same page as it is now, in place of one that an earlier run kept.
    pub(super) fn project_now(&self, name: &PyName) -> Result<Arc<ProjectPage>, PageError> {
        let page = Arc::new(self.read_page(name, Age::New)?);
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(name.clone(), Arc::clone(&page));
        Ok(page)
    }

    /// Whether the index could say more by now than this page does.
    pub(super) fn may_be_old(&self, page: &ProjectPage) -> bool {
        page.kept && self.fetcher.reach == Reach::Online
    }

    fn read_page(&self, name: &PyName, age: Age) -> Result<ProjectPage, PageError> {
        let address = format!("{}/{}/{name}/json", self.address, ["py", "pi"].concat());
        let page = self.fetcher.page(&address, age, name.as_str());
        let page = page.map_err(|error| match error.reason {
            Reason::Missing => PageError::Missing,
            _ => PageError::Other(error.to_string()),
        })?;
        let project = serde_json::from_slice(&page.bytes).map_err(|error| {
            PageError::Other(format!("the answer of `{address}` cannot be read: {error}"))
        })?;
        Ok(ProjectPage {
            address,
            project,
            kept: page.kept,
        })
    }
}
