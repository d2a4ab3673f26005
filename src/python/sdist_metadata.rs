//! What an sdist says of itself, where there is no wheel to say it; and how far that can be trusted.

use super::{Metadata, MetadataError, PyName, Requirement, RequirementError, egg_requirements};

/// An sdist's metadata, with requirements from the place that tells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SdistMetadata {
    /// PKG-INFO; its requirements are those of `requires.txt` where PKG-INFO has none.
    pub metadata: Metadata,
    /// Whether another machine may come to other requirements, because a program works them out.
    pub computed: bool,
}

/// An sdist does not tell what it requires.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untold {
    /// Not core metadata.
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    /// `requires.txt` cannot be read.
    #[error("its `requires.txt`: {0}")]
    Requirement(#[from] RequirementError),
    /// Neither PKG-INFO nor setuptools say it.
    #[error("its PKG-INFO does not tell what it requires, and only running its build would")]
    Nowhere,
}

impl SdistMetadata {
    /// Reads PKG-INFO, and beside it what setuptools wrote: `None` where there is no `.egg-info` directory, an empty text where
    /// that has no `requires.txt`.
    ///
    /// # Errors
    /// Text that cannot be read, and an sdist that does not tell what it requires.
    pub fn read(pkg_info: &str, egg_requires: Option<&str>) -> Result<Self, Untold> {
        let mut metadata = Metadata::parse(pkg_info)?;
        if metadata.requires_are_final {
            return Ok(Self {
                metadata,
                computed: false,
            });
        }
        if metadata.requires.is_empty() {
            let text = egg_requires.ok_or(Untold::Nowhere)?;
            let (requires, extras): (Vec<Requirement>, Vec<PyName>) = egg_requirements(text)?;
            metadata.requires = requires;
            metadata.extras = extras;
        }
        Ok(Self {
            metadata,
            computed: egg_requires.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: the requirements, then whether they are computed; or the beginning of the error.
    fn check(pkg_info: &str, egg: Option<&str>, expected: &str) {
        let text = format!("Name: x\nVersion: 1\n{pkg_info}");
        let found = match SdistMetadata::read(&text, egg) {
            Ok(read) => {
                let raw: Vec<&str> = read
                    .metadata
                    .requires
                    .iter()
                    .map(Requirement::raw)
                    .collect();
                format!("{} {}", raw.join(","), read.computed)
            }
            Err(error) => error.to_string(),
        };
        assert!(found.starts_with(expected), "{pkg_info:?} {egg:?}: {found}");
    }

    #[test]
    fn who_is_trusted() {
        check("Metadata-Version: 2.4", Some("a"), " false");
        check(
            "Metadata-Version: 2.2\nRequires-Dist: a",
            Some("b"),
            "a false",
        );
        check(
            "Metadata-Version: 2.4\nDynamic: requires-dist\nRequires-Dist: a",
            Some("a"),
            "a true",
        );
        check("Metadata-Version: 2.1\nRequires-Dist: a", None, "a false");
        check("Metadata-Version: 1.2", Some("a\nb"), "a,b true");
        check("Metadata-Version: 1.2", Some(""), " true");
        check(
            "Metadata-Version: 2.1",
            None,
            "its PKG-INFO does not tell what it requires",
        );
        check(
            "Metadata-Version: 1.2",
            Some("a b"),
            "its `requires.txt`: `a b` is not",
        );
        check(
            "Requires-Python: 3",
            Some(""),
            "the metadata's `Requires-Python`",
        );
    }
}
