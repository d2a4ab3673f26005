//! Reading one distribution that nixpkgs lacks: the newest version that everybody is content with, and its files.

use super::project::{File, Project};
use super::{Index, Reach, artifact, by_extra, in_file, url};
use crate::outside::archive::Wheel as WheelArchive;
use crate::outside::sdist_texts::SdistTexts;
use crate::outside::wheel_binaries::binaries;
use crate::python::{
    BuildSystem, Fit, Metadata, Platform, SdistMetadata, Verdict, Version, VersionSpecifiers,
    WheelName, console_scripts, verdict,
};
use crate::resolve::Request;
use crate::scaffold::{Distribution, Sdist, Wheel};
use std::collections::{BTreeMap, BTreeSet};

/// Why an sdist beside platform wheels is not looked into.
const COMPILES: &str =
    "its wheels carry machine code, and what making that wants is not declared anywhere";

/// What an archive says of its distribution.
struct Contents {
    metadata: Metadata,
    programs: Vec<String>,
    modules: Vec<String>,
    doubt: Option<String>,
}

impl Index {
    /// Reads the newest version that satisfies all that is asked. Final versions go first; withdrawn ones, and files for other
    /// Pythons and systems, do not count.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn read_distribution(&self, request: &Request) -> Result<Distribution, String> {
        let mut page = self.project(&request.name)?;
        if page.kept
            && self.fetcher.reach == Reach::Online
            && newest(&page.project, request).is_err()
        {
            // What was kept may be older than what is asked for.
            page = self.project_now(&request.name)?;
        }
        let (version, files) = newest(&page.project, request)?;
        let reader = Reader {
            index: self,
            page: &page.address,
            request,
            version,
            wheels: wheels(&files, request),
            sdist: files
                .iter()
                .find(|file| file.filename.ends_with(".tar.gz"))
                .copied(),
        };
        reader.read()
    }
}

/// The version to take, and its files.
fn newest<'a>(project: &'a Project, request: &Request) -> Result<(Version, Vec<&'a File>), String> {
    let mut fitting: Vec<(Version, Vec<&File>)> = project
        .good_files()
        .filter(|(version, _)| {
            let mut asked = request.asked.iter();
            asked.all(|(one, _)| verdict(one, version) == Verdict::Satisfied)
        })
        .collect();
    if fitting.is_empty() {
        return Err(format!("no version satisfies {}", texts(request)));
    }
    for (_, files) in &mut fitting {
        files.retain(|file| is_usable(file, request));
    }
    fitting.retain(|(_, files)| !files.is_empty());
    let newest = fitting
        .into_iter()
        .max_by_key(|(version, _)| (!version.any_prerelease(), version.clone()));
    newest.ok_or_else(|| {
        let systems: Vec<&str> = request.systems.iter().map(|system| system.name()).collect();
        format!(
            "no version that satisfies {} has an sdist, or a wheel for Python {} on {}",
            texts(request),
            request.python,
            systems.join(", ")
        )
    })
}

/// What is asked of the version.
fn texts(request: &Request) -> String {
    let raw: BTreeSet<String> = request
        .asked
        .iter()
        .map(|(one, _)| format!("`{}`", one.raw()))
        .collect();
    raw.into_iter().collect::<Vec<_>>().join(" and ")
}

/// Whether a file can serve: an sdist that Nix can fetch, or a wheel for one of the systems, each for this Python.
fn is_usable(file: &File, request: &Request) -> bool {
    let said = file.requires_python.as_deref();
    let specifiers = said.and_then(|text| text.parse::<VersionSpecifiers>().ok());
    let supported =
        specifiers.is_none_or(|specifiers| request.python.satisfies(&specifiers) == Some(true));
    let serves = file.filename.ends_with(".tar.gz") || fit(file, request).is_some();
    supported && serves
}

/// The best that a wheel does on any of the systems.
fn fit(file: &File, request: &Request) -> Option<Fit> {
    let name: WheelName = file.filename.parse().ok()?;
    let mut systems = request.systems.iter();
    if !name.is_of(&request.name) {
        return None;
    }
    // Any of them will do for the metadata.
    systems.find_map(|system| name.fit(request.python, *system))
}

/// The wheels that can be used, the one to read first: for every platform if there is one, else the most specific.
fn wheels<'a>(files: &[&'a File], request: &Request) -> Vec<(WheelName, &'a File)> {
    let mut wheels: Vec<(bool, Fit, WheelName, &File)> = files
        .iter()
        .filter_map(|file| {
            let name: WheelName = file.filename.parse().ok()?;
            Some((name.is_universal(), fit(file, request)?, name, *file))
        })
        .collect();
    wheels.sort_by(|a, b| (b.0, b.1, &b.3.filename).cmp(&(a.0, a.1, &a.3.filename)));
    wheels
        .into_iter()
        .map(|(_, _, name, file)| (name, file))
        .collect()
}

/// One version that is being read.
struct Reader<'a> {
    index: &'a Index,
    page: &'a str,
    request: &'a Request,
    version: Version,
    wheels: Vec<(WheelName, &'a File)>,
    sdist: Option<&'a File>,
}

impl Reader<'_> {
    fn read(self) -> Result<Distribution, String> {
        let (contents, carries, sdist) = self.archives()?;
        let metadata = contents.metadata;
        if metadata.name != self.request.name || metadata.version != self.version {
            return Err(format!(
                "the metadata of {} says `{}` {}",
                self.version, metadata.name, metadata.version
            ));
        }
        let (requires, extras) = by_extra(metadata.requires, metadata.extras);
        Ok(Distribution {
            version: self.version,
            summary: metadata.summary,
            homepage: metadata
                .home_page
                .or_else(|| source_page(&metadata.project_urls)),
            license: metadata.license,
            requires_python: metadata.requires_python,
            requires,
            extras,
            programs: contents.programs,
            modules: contents.modules,
            doubt: contents.doubt,
            sdist,
            wheels: self
                .wheels
                .into_iter()
                .map(|(name, file)| {
                    Ok(Wheel {
                        name,
                        hash: artifact(file)?.hash,
                    })
                })
                .collect::<Result<_, String>>()?,
            binaries: carries,
        })
    }

    /// What the first wheel says, for which systems it carries machine code, and the sdist. Without a wheel the sdist says it.
    fn archives(&self) -> Result<(Contents, BTreeSet<Platform>, Option<Sdist>), String> {
        let Some((name, file)) = self.wheels.first() else {
            let sdist = self.sdist(true)?;
            let (texts, sdist) =
                sdist.ok_or_else(|| format!("{} has neither wheel nor sdist", self.version))?;
            let contents = of_sdist(&texts).map_err(|error| in_file(&sdist.file, &error))?;
            return Ok((contents, BTreeSet::new(), Some(sdist)));
        };
        let bytes = self.bytes(file)?;
        let contents = of_wheel(&bytes).map_err(|error| in_file(&file.filename, &error))?;
        let carries = if name.is_universal() {
            binaries(&bytes).map_err(|error| in_file(&file.filename, &error))?
        } else {
            BTreeSet::new()
        };
        // An sdist serves where the wheel is Python alone.
        let looks = name.is_universal() && carries.is_empty();
        let sdist = self.sdist(looks)?.map(|(_, sdist)| sdist);
        Ok((contents, carries, sdist))
    }

    /// The bytes of a file, verified.
    fn bytes(&self, file: &File) -> Result<Vec<u8>, String> {
        self.index.fetcher.file(&url(self.page, file)?, file)
    }

    /// The sdist; looked into, or only named.
    fn sdist(&self, looks: bool) -> Result<Option<(SdistTexts, Sdist)>, String> {
        let Some(file) = self.sdist else {
            return Ok(None);
        };
        let mut sdist = Sdist {
            file: file.filename.clone(),
            hash: artifact(file)?.hash,
            build: Err(COMPILES.to_owned()),
        };
        if !looks {
            return Ok(Some((SdistTexts::default(), sdist)));
        }
        let bytes = self.bytes(file)?;
        let texts = SdistTexts::read(&bytes).map_err(|error| in_file(&file.filename, &error))?;
        sdist.build =
            BuildSystem::parse(texts.pyproject.as_deref()).map_err(|error| error.to_string());
        Ok(Some((texts, sdist)))
    }
}

fn of_wheel(bytes: &[u8]) -> Result<Contents, String> {
    let wheel =
        WheelArchive::read(std::io::Cursor::new(bytes)).map_err(|error| error.to_string())?;
    Ok(Contents {
        metadata: Metadata::parse(&wheel.metadata).map_err(|error| error.to_string())?,
        programs: console_scripts(&wheel.entry_points),
        modules: wheel.modules,
        doubt: None,
    })
}

fn of_sdist(texts: &SdistTexts) -> Result<Contents, String> {
    let pkg_info = texts.pkg_info.as_deref().ok_or("it has no PKG-INFO")?;
    let read = SdistMetadata::read(pkg_info, texts.egg_requires.as_deref())
        .map_err(|error| error.to_string())?;
    let mut programs = console_scripts(&texts.entry_points);
    programs.extend(declared_programs(
        texts.pyproject.as_deref().unwrap_or_default(),
    ));
    programs.sort();
    programs.dedup();
    Ok(Contents {
        metadata: read.metadata,
        programs,
        modules: texts.modules.clone(),
        doubt: read.computed.then(|| {
            "there is no wheel that fits, so its requirements are those that its setup.py worked out where the sdist was made".to_owned()
        }),
    })
}

/// Where the source lives, for those that name no home page.
fn source_page(urls: &[(String, String)]) -> Option<String> {
    let labels = ["source", "source code", "repository", "github", "code"];
    let labelled = labels
        .iter()
        .find_map(|label| urls.iter().find(|(own, _)| own.eq_ignore_ascii_case(label)));
    labelled.map(|(_, address)| address.clone())
}

/// The programs that a `pyproject.toml` declares.
fn declared_programs(pyproject: &str) -> Vec<String> {
    #[derive(Default, serde::Deserialize)]
    struct Declared {
        project: Option<Scripts>,
    }
    #[derive(Default, serde::Deserialize)]
    struct Scripts {
        #[serde(default)]
        scripts: BTreeMap<String, toml::Value>,
    }
    let declared: Declared = toml::from_str(pyproject).unwrap_or_default();
    let scripts = declared.project.unwrap_or_default().scripts;
    scripts.into_keys().collect()
}

#[cfg(test)]
mod tests {
    use super::super::uploads::{Upload, serve, upload};
    use super::*;
    use crate::outside::http::Client;
    use crate::python::{Platform, Requirement};

    const MAC: &str = "cp313-cp313-macosx_11_0_arm64.whl";
    const LINUX: &str = "cp313-cp313-manylinux_2_17_x86_64.whl";
    const OLD: &str = "cp39-cp39-manylinux_2_17_x86_64.whl";

    /// What is read of `one` for these requirements, on the default systems.
    fn read(uploads: &[Upload], asked: &[&str]) -> Result<Distribution, String> {
        let server = serve(uploads);
        let request = Request {
            name: "one".parse().unwrap(),
            asked: asked
                .iter()
                .map(|text| (text.parse().unwrap(), String::new()))
                .collect(),
            python: "3.13".parse().unwrap(),
            systems: Platform::DEFAULT.into(),
        };
        Index::new(Client::local(), server.url().as_str()).read_distribution(&request)
    }

    fn of_kinds(version: &'static str, kinds: &[&'static str]) -> Upload {
        Upload {
            kinds: kinds.to_vec(),
            ..upload("one", version)
        }
    }

    /// `expected`: the version, or the beginning of the error.
    fn check_version(uploads: &[Upload], asked: &[&str], expected: &str) {
        let found = match read(uploads, asked) {
            Ok(read) => read.version.to_string(),
            Err(reason) => reason,
        };
        assert!(found.starts_with(expected), "{asked:?}: {found}");
    }

    #[test]
    fn the_newest_version_that_serves_is_read() {
        let withdrawn = Upload {
            yanked: true,
            ..upload("one", "4.0")
        };
        let for_others = Upload {
            requires_python: Some("<3.13"),
            ..upload("one", "3.0")
        };
        let uploads = [
            upload("one", "1.0"),
            upload("one", "2.0"),
            upload("one", "2.1rc1"),
            of_kinds("2.5", &[OLD]),
            for_others,
            withdrawn,
        ];
        check_version(&uploads, &["one"], "2.0");
        check_version(&uploads, &["one<2"], "1.0");
        check_version(&uploads, &["one>=1", "one!=2"], "1.0");
        check_version(&uploads, &["one>2,<2.5"], "2.1rc1");
        check_version(
            &uploads,
            &["one>=2", "one<2"],
            "no version satisfies `one<2` and `one>=2`",
        );
        check_version(
            &uploads,
            &["one>=2.5"],
            "no version that satisfies `one>=2.5` has an sdist, or a wheel for Python 3.13 on aarch64-darwin, aarch64-linux, x86_64-linux",
        );
        check_version(&[upload("two", "1")], &["one"], "the index does not have");
    }

    #[test]
    fn the_wheel_tells_and_the_sdist_is_looked_into_where_it_can_serve() {
        let read = |kinds: &[&'static str]| read(&[of_kinds("1.0", kinds)], &["one"]).unwrap();
        let both = read(&["whl", "tar.gz"]);
        assert_eq!(
            both.sdist.unwrap().build.unwrap().backend,
            "hatchling.build"
        );
        assert_eq!(
            (both.modules, both.programs),
            (vec!["one".to_owned()], vec!["run".to_owned()])
        );
        assert_eq!(both.requires[0].raw(), "Click<9.0,>=5.0");
        let compiled = read(&[LINUX, MAC, "tar.gz"]);
        assert_eq!(compiled.sdist.unwrap().build.unwrap_err(), COMPILES);
        assert_eq!(compiled.wheels.len(), 2);
        assert_eq!(read(&[OLD, "whl"]).wheels.len(), 1);
        assert_eq!(read(&["whl"]).sdist, None);
    }

    #[test]
    fn an_sdist_alone_tells_if_it_can_be_trusted() {
        let alone = |files: &[(&'static str, &'static str)]| {
            let upload = Upload {
                sdist: files.to_vec(),
                ..of_kinds("1.0", &["tar.gz"])
            };
            read(&[upload], &["one"])
        };
        let old = "Metadata-Version: 1.2\nName: one\nVersion: 1.0\n";
        let told = alone(&[
            ("root/PKG-INFO", old),
            ("root/one.egg-info/requires.txt", "six\n[web]\nflask\n"),
            ("root/one/__init__.py", ""),
        ])
        .unwrap();
        let raw: Vec<&str> = told.requires.iter().map(Requirement::raw).collect();
        assert_eq!((raw, told.extras.len()), (vec!["six"], 1));
        assert!(told.doubt.is_some());
        assert_eq!(told.modules, ["one"]);
        assert_eq!(
            told.sdist.unwrap().build.unwrap().backend,
            "setuptools.build_meta"
        );
        for (files, expected) in [
            (
                vec![("root/PKG-INFO", old)],
                "`one-1.0.tar.gz`: its PKG-INFO does not tell",
            ),
            (vec![("root/a", "")], "`one-1.0.tar.gz`: it has no PKG-INFO"),
            (
                vec![
                    ("root/PKG-INFO", "Name: two\nVersion: 1.0\n"),
                    ("root/one.egg-info/PKG-INFO", ""),
                ],
                "the metadata of 1.0 says `two` 1.0",
            ),
        ] {
            let reason = alone(&files).unwrap_err();
            assert!(reason.starts_with(expected), "{reason}");
        }
    }

    #[test]
    fn programs_that_a_pyproject_declares() {
        for (text, expected) in [
            ("[project.scripts]\nb = 'x:y'\na = 'x:z'", "a b"),
            ("[project]\nname = 'x'", ""),
            ("no toml [", ""),
            ("", ""),
        ] {
            assert_eq!(declared_programs(text).join(" "), expected, "{text}");
        }
    }
}
