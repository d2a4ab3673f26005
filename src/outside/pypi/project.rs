//! What the package index says about one project.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::python::Version;

/// The index's answer about one project, as far as it is used.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Project {
    releases: BTreeMap<String, Vec<File>>,
}

/// One uploaded file.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct File {
    /// The file's name.
    pub filename: String,
    /// The address, absolute or relative to the answer's own.
    pub url: String,
    /// The hashes that the index states.
    pub digests: Digests,
    /// Its size in bytes, where the index states it.
    #[serde(default)]
    pub size: Option<u64>,
    /// The Pythons that the uploader says it is for.
    #[serde(default)]
    pub requires_python: Option<String>,
    packagetype: String,
    upload_time: String,
    #[serde(default)]
    yanked: bool,
    #[serde(default)]
    yanked_reason: Option<String>,
}

/// The hashes of one file.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Digests {
    /// In hexadecimal.
    pub sha256: String,
}

/// The files of one release that are read.
#[derive(Clone, Debug)]
pub(super) struct Files {
    /// The wheel: for every platform if there is one, else for Linux, else the first by name.
    pub wheel: File,
    /// The source distribution.
    pub sdist: File,
    /// The day of the first upload, as the index writes it.
    pub uploaded: String,
}

impl Project {
    /// The files of a version, or what is wrong with it and which version to take instead.
    pub(super) fn files(&self, version: &Version) -> Result<Files, String> {
        let found = self.with_files().find(|(found, _)| found == version);
        let files = match found {
            None => Err("the index does not have this version".to_owned()),
            Some((_, files)) => complete(files),
        };
        files.map_err(|reason| match self.newest_good() {
            Some(good) => format!("{reason}; the newest complete version is {good}"),
            None => reason,
        })
    }

    /// Every version that has files, newest first, with whether it was withdrawn.
    pub(super) fn versions(&self) -> Vec<(Version, bool)> {
        let versions = self
            .with_files()
            .map(|(version, files)| (version, files.iter().any(|file| file.yanked)));
        let mut versions: Vec<(Version, bool)> = versions.collect();
        versions.sort_by(|a, b| b.cmp(a));
        versions
    }

    /// Every version with the files of it that were not withdrawn.
    pub(super) fn good_files(&self) -> impl Iterator<Item = (Version, Vec<&File>)> {
        self.with_files().filter_map(|(version, files)| {
            let good: Vec<&File> = files.iter().filter(|file| !file.yanked).collect();
            (!good.is_empty()).then_some((version, good))
        })
    }

    /// Whether a version has files.
    pub(super) fn has(&self, version: &Version) -> bool {
        self.with_files().any(|(found, _)| found == *version)
    }

    /// The day on which the first file of a version was uploaded.
    pub(super) fn uploaded(&self, version: &Version) -> Option<String> {
        let (_, files) = self.with_files().find(|(found, _)| found == version)?;
        first_day(files)
    }

    /// The version that was uploaded first, and its day.
    pub(super) fn first(&self) -> Option<(Version, String)> {
        let days = self
            .with_files()
            .filter_map(|(version, files)| Some((first_day(files)?, version)));
        days.min().map(|(day, version)| (version, day))
    }

    /// The newest final version that can be read.
    pub(super) fn newest_good(&self) -> Option<Version> {
        let good = self
            .with_files()
            .filter(|(version, files)| version.is_stable() && complete(files).is_ok());
        good.map(|(version, _)| version).max()
    }

    /// The versions that have files; keys that are no versions are passed over, as installers do.
    fn with_files(&self) -> impl Iterator<Item = (Version, &[File])> {
        let with_files = self.releases.iter().filter(|(_, files)| !files.is_empty());
        with_files.filter_map(|(version, files)| Some((version.parse().ok()?, files.as_slice())))
    }
}

/// The files of a release that is not withdrawn and has both kinds.
fn complete(files: &[File]) -> Result<Files, String> {
    if let Some(file) = files.iter().find(|file| file.yanked) {
        let reason = file
            .yanked_reason
            .as_deref()
            .filter(|reason| !reason.is_empty());
        return Err(format!(
            "upstream withdrew it (yanked): {}",
            reason.unwrap_or("no reason is given")
        ));
    }
    Ok(Files {
        wheel: wheel_of(files).ok_or("it has no wheel")?.clone(),
        sdist: sdist_of(files)
            .ok_or("it has no sdist that is a `.tar.gz`")?
            .clone(),
        uploaded: first_day(files).unwrap_or_default(),
    })
}

/// The day of the first upload.
fn first_day(files: &[File]) -> Option<String> {
    let first = files.iter().map(|file| file.upload_time.as_str()).min()?;
    Some(first.get(..10).unwrap_or(first).to_owned())
}

/// The wheel to read: for every platform if there is one, else for Linux, else the first by name.
fn wheel_of(files: &[File]) -> Option<&File> {
    let wheels = files
        .iter()
        .filter(|file| file.packagetype == "bdist_wheel");
    wheels.min_by_key(|file| (distance(&file.filename), &file.filename))
}

/// How far a wheel is from one that every supported machine can use: the tags at the end of its name tell.
fn distance(filename: &str) -> u8 {
    let tags: Vec<&str> = filename.trim_end_matches(".whl").rsplitn(4, '-').collect();
    match tags.as_slice() {
        ["any", "none", python, ..] if python.contains("py3") => 0,
        ["any", "none", ..] => 1,
        [platform, ..] if platform.contains("manylinux") && platform.contains("x86_64") => 2,
        _ => 3,
    }
}

/// The source distribution to read.
fn sdist_of(files: &[File]) -> Option<&File> {
    files
        .iter()
        .find(|file| file.packagetype == "sdist" && file.filename.ends_with(".tar.gz"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_wheel(names: &[&str], expected: Option<&str>) {
        let file = |name: &&str| File {
            filename: (*name).to_owned(),
            url: String::new(),
            digests: Digests {
                sha256: String::new(),
            },
            size: None,
            requires_python: None,
            packagetype: if name.contains(".whl") {
                "bdist_wheel"
            } else {
                "sdist"
            }
            .to_owned(),
            upload_time: String::new(),
            yanked: false,
            yanked_reason: None,
        };
        let files: Vec<File> = names.iter().map(file).collect();
        assert_eq!(
            wheel_of(&files).map(|file| file.filename.as_str()),
            expected,
            "{names:?}"
        );
    }

    #[test]
    fn the_most_general_wheel_is_read() {
        let (any, both, old) = (
            "x-1-py3-none-any.whl",
            "x-1-py2.py3-none-any.whl",
            "x-1-py2-none-any.whl",
        );
        let (mac, linux) = (
            "x-1-cp313-cp313-macosx_11_0_arm64.whl",
            "x-1-cp313-cp313-manylinux_2_28_x86_64.whl",
        );
        check_wheel(&["x-1.tar.gz"], None);
        check_wheel(&["x-1.tar.gz", linux, old, any], Some(any));
        check_wheel(&[old, both], Some(both));
        check_wheel(&[mac, linux, old], Some(old));
        check_wheel(&[mac, linux], Some(linux));
        check_wheel(&["odd.whl", mac], Some("odd.whl"));
    }
}
