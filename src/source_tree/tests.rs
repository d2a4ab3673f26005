//! Small packages of our own writing, read as a whole: what they say, and what is said about what cannot be read.

use super::*;
use crate::diagnostic::Problem;
use crate::python::{Metadata, Requirement};
use crate::tree::Tree;

/// A tree from its text form: `//- path` before each file.
pub(super) fn tree(fixture: &str) -> SourceTree {
    let mut tree = SourceTree::new();
    for (path, file) in Tree::from_fixture(fixture).unwrap() {
        if SourceTree::keeps(path.as_str()) {
            tree.insert(&path, file.bytes);
        } else {
            tree.insert_path(&path);
        }
    }
    tree
}

/// The facts of the package at the top of a tree.
pub(super) fn facts(fixture: &str) -> Facts {
    let read = read(&tree(fixture), "");
    read.unwrap_or_else(|problems| panic!("{problems:?}"))
        .unwrap()
}

/// Problems, each as `file:line: message (cause)`.
pub(super) fn told(problems: &[Problem]) -> Vec<String> {
    let told = |problem: &Problem| {
        let place = problem.span.as_ref().map_or("-".to_owned(), |span| {
            format!("{}:{}", span.origin, span.line_column().0)
        });
        let cause = problem.cause.as_deref();
        let cause = cause.map_or(String::new(), |cause| format!(" ({cause})"));
        format!("{place}: {}{cause}", problem.message)
    };
    problems.iter().map(told).collect()
}

/// `expected`: each problem.
fn check_problems(fixture: &str, expected: &[&str]) {
    let problems = read(&tree(fixture), "").unwrap_err();
    assert_eq!(told(&problems), expected, "{fixture}");
}

fn raw(requirements: &[Requirement]) -> Vec<&str> {
    requirements.iter().map(Requirement::raw).collect()
}

const SETUPTOOLS: &str = r#"
//- one_lib/__init__.py
//- one_lib/version.py
__version__ = "1.2.0"
//- one_lib/core_version.py
UPPER = "2"
//- one_lib_tests/__init__.py
//- setup.cfg
[metadata]
name = other
license_files = LICENSE
//- setup.py
import sys
from pathlib import Path

from setuptools import find_packages, setup


def get_version() -> tuple[str, str]:
    version: dict[str, str] = {}
    core: dict[str, str] = {}
    with open(Path(__file__).parent / "one_lib/version.py", encoding="utf8") as fp:
        exec(fp.read(), version)
    with open(Path(__file__).parent / "one_lib/core_version.py") as fp:
        exec(fp.read(), core)
    return version["__version__"], core["UPPER"]


def get_description() -> str:
    path = Path(__file__).parent / "README.md"
    if not path.exists():
        return "none"
    return path.read_text()


(
    ver,
    UPPER,
) = get_version()
pin = "" if ver == "1!0+dev" or "dev" in ver else f"=={ver}"

if sys.version_info >= (3, 12):
    FLOOR = "1.66"
else:
    FLOOR = "1.44"

WEB = ["flask", "six ; python_version<'3.4'"]

setup(
    name="One_Lib",
    version=ver,
    license="Apache-2.0",
    description=("An example"
                 " library"),
    long_description=get_description(),
    url="https://example.org/one",
    classifiers=["License :: OSI Approved :: Apache Software License"],
    packages=find_packages(exclude=["one_lib_tests*"]),
    python_requires=">=3.9,<3.15",
    install_requires=[
        f"one{pin}",
        f"core>=1,<{UPPER}",
        f"grpcio>={FLOOR}",
        *WEB,
    ],
    extras_require={"web": WEB + ["gql[all]"], "empty": [], ":os_name=='nt'": ["pywin32"]},
    entry_points={"console_scripts": ["one-lib = one_lib.cli:main"], "other": ["x = y"]},
    zip_safe=False,
)
"#;

#[test]
fn a_setup_py_is_read() {
    let facts = facts(SETUPTOOLS);
    assert_eq!(facts.name.as_str(), "one-lib");
    assert_eq!(facts.version.to_string(), "1.2.0");
    assert_eq!(facts.version_place.to_string(), "one_lib/version.py:1");
    assert_eq!(facts.summary.as_deref(), Some("An example library"));
    assert_eq!(facts.license.as_deref(), Some("Apache-2.0"));
    assert_eq!(facts.homepage.as_deref(), Some("https://example.org/one"));
    assert_eq!(facts.requires_python.unwrap().to_string(), ">=3.9, <3.15");
    assert_eq!(facts.programs, ["one-lib"]);
    assert_eq!(facts.modules, ["one_lib"]);
    assert_eq!(facts.build.backend, "setuptools.build_meta");
    let expected = [
        "one==1.2.0",
        "core<2,>=1",
        "grpcio>=1.44; python_version < \"3.12\"",
        "grpcio>=1.66; python_version >= \"3.12\"",
        "flask",
        "six; python_version < \"3.4\"",
        "pywin32; os_name == \"nt\"",
    ];
    assert_eq!(raw(&facts.requires), expected);
    let extras: Vec<_> = facts
        .extras
        .iter()
        .map(|(name, members)| (name.as_str(), raw(members)))
        .collect();
    let web = vec![
        "flask; extra == \"web\"",
        "six; python_version < \"3.4\" and extra == \"web\"",
        "gql[all]; extra == \"web\"",
    ];
    assert_eq!(extras, [("empty", vec![]), ("web", web)]);
    let places: Vec<String> = facts
        .said
        .iter()
        .map(|said| said.place.to_string())
        .collect();
    let expected = [49, 50, 51, 51, 35, 35, 54, 35, 35, 54].map(|line| format!("setup.py:{line}"));
    let mut places: Vec<&String> = places.iter().collect();
    let mut expected: Vec<&String> = expected.iter().collect();
    places.sort();
    expected.sort();
    assert_eq!(places, expected);
}

const HATCHLING: &str = r#"
//- one_lib/__init__.py
//- one_lib/_version.py
# The version.
__version__: str = "0.29.1"
//- one_lib_tests/x.py
//- pyproject.toml
[build-system]
requires = ["hatchling>=1.19.0"]
build-backend = "hatchling.build"

[project]
name = "one-lib"
dynamic = ["version", "readme"]
description = "An example"
license = "MIT"
requires-python = ">=3.10"
dependencies = [
    "universal_pathlib>=0.2",
    "Jinja2",
]

[project.optional-dependencies]
aws = ["boto3; python_version>'3.9'"]
test = []

[project.scripts]
one = "one_lib:main"

[project.urls]
"Home Page" = "https://example.org/"

[tool.hatch.version]
path = "one_lib/_version.py"
"#;

#[test]
fn a_pyproject_is_read() {
    let read = facts(HATCHLING);
    assert_eq!(read.version.to_string(), "0.29.1");
    assert_eq!(read.version_place.to_string(), "one_lib/_version.py:2");
    assert_eq!(read.license.as_deref(), Some("MIT"));
    assert_eq!(read.homepage.as_deref(), Some("https://example.org/"));
    assert_eq!(raw(&read.requires), ["jinja2", "universal-pathlib>=0.2"]);
    let aws = &read.extras[&"aws".parse().unwrap()];
    assert_eq!(
        raw(aws),
        ["boto3; (python_version > '3.9') and extra == 'aws'"]
    );
    assert!(read.extras[&"test".parse().unwrap()].is_empty());
    assert_eq!(read.programs, ["one"]);
    assert_eq!(read.modules, ["one_lib"]);
    assert_eq!(read.place.to_string(), "pyproject.toml:6");
    let setuptools = HATCHLING
        .replace("hatchling>=1.19.0", "setuptools")
        .replace("hatchling.build", "setuptools.build_meta")
        .replace(
            "[tool.hatch.version]\npath = \"one_lib/_version.py\"",
            "[tool.setuptools.dynamic]\nversion = {attr = \"one_lib._version.__version__\"}\n[tool.setuptools.packages.find]\nexclude = [\"one_lib_tests*\"]",
        );
    let read = facts(&setuptools);
    assert_eq!(read.version.to_string(), "0.29.1");
    assert_eq!(raw(&read.requires), ["universal_pathlib>=0.2", "Jinja2"]);
    assert_eq!(read.modules, ["one_lib"]);
}

#[test]
fn a_folder_without_a_package_is_none() {
    for fixture in [
        "",
        "//- README.md\n",
        "//- setup.cfg\n[flake8]\nx = 1\n",
        "//- pyproject.toml\n[tool.black]\n",
    ] {
        assert!(read(&tree(fixture), "").unwrap().is_none(), "{fixture}");
    }
    let both = "//- a/pyproject.toml\n[tool.black]\n//- a/setup.py\nfrom setuptools import setup\nsetup(name='x', version='1', py_modules=['x'])\n";
    let facts = read(&tree(both), "a").unwrap().unwrap();
    assert_eq!(
        (facts.modules, facts.place.to_string()),
        (vec!["x".to_owned()], "a/setup.py:2".to_owned())
    );
}

fn setup(text: &str) -> String {
    format!("//- setup.py\nimport os, setuptools\n{text}\n")
}

/// Arguments of `setup` that every package has.
const ENDS: &str = "name='x', version='1'";

#[test]
fn what_cannot_be_read_is_an_error_with_its_place() {
    check_problems(
        &setup(&format!(
            "setuptools.setup({ENDS}, install_requires=['a', os.environ['B']])"
        )),
        &[
            "setup.py:2: a member of `install_requires` cannot be read without running Python (there is no such item that a static reader can see)",
        ],
    );
    check_problems(
        &setup(&format!(
            "setuptools.setup({ENDS}, install_requires=requirements())"
        )),
        &[
            "setup.py:2: `install_requires` cannot be read without running Python (`requirements` is not known here)",
        ],
    );
    check_problems(
        &setup(&format!(
            "more = []\nif os.environ.get('CI'):\n    more.append('a')\nsetuptools.setup({ENDS}, install_requires=['b'] + more)"
        )),
        &[
            "setup.py:3: `install_requires` cannot be read without running Python (a static reader does not call `os.environ.get`)",
        ],
    );
    check_problems(
        &setup(&format!(
            "setuptools.setup({ENDS}, install_requires=['a b'], extras_require={{'-': []}})"
        )),
        &[
            "setup.py:2: `a b` is not a requirement: Expected one of `@`, `(`, `<`, `=`, `>`, `~`, `!`, `;`, found `b`",
            "setup.py:2: `extras_require`: `-` is not a Python package name: letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit",
        ],
    );
    check_problems(
        &setup("setuptools.setup(version='1')"),
        &["setup.py:2: `setup` is called without `name`"],
    );
    check_problems(
        &setup("setuptools.setup(name='x', use_scm_version=True)"),
        &[
            "setup.py:2: `use_scm_version` takes metadata from elsewhere, and floxwright does not",
            "setup.py:2: `setup` is called without `version`",
        ],
    );
}

#[test]
fn only_one_known_call_of_setup_is_read() {
    check_problems(
        &setup("x = 1"),
        &["setup.py:1: no call of `setup` is reached in this file"],
    );
    check_problems(
        &setup(&format!("if os.environ:\n    setuptools.setup({ENDS})")),
        &[
            "setup.py:2: what is passed to `setup` cannot be read without running Python (this condition cannot be decided)",
        ],
    );
    check_problems(
        &setup(&format!(
            "setuptools.setup({ENDS})\nsetuptools.setup({ENDS})"
        )),
        &["setup.py:3: `setup` is called more than once"],
    );
    check_problems(
        &setup(&format!("setuptools.setup({ENDS}, **os.environ)")),
        &[
            "setup.py:2: what is passed to `setup` cannot be read without running Python (this cannot be spread out)",
        ],
    );
}

#[test]
fn files_outside_and_broken_files_are_errors_with_their_place() {
    check_problems(
        &setup("setuptools.setup(name='x', version=open('../version.py').read())"),
        &[
            "setup.py:2: `version` cannot be read without running Python (this path leads out of the package)",
        ],
    );
    check_problems(
        &setup("setuptools.setup(name='x', version=open('version.py').read())"),
        &[
            "setup.py:2: `version` cannot be read without running Python (`version.py` is not in the tree)",
        ],
    );
    check_problems(
        "//- setup.py\nsetup(\n",
        &["setup.py:2: `setup.py` is not Python: unexpected EOF while parsing"],
    );
    check_problems(
        "//- setup.cfg\n[options]\ninstall_requires = a\n//- setup.py\nfrom setuptools import setup\nsetup(name='x', version='1')\n",
        &["setup.cfg:2: `setup.cfg` declares metadata, and is not read"],
    );
    check_problems(
        "//- setup.py\nimport sys\nfrom setuptools import setup\nsetup(name='x', version='1' if sys.version_info > (3, 8) else '2')\n",
        &["setup.py:3: the version depends on the version of Python that runs the file"],
    );
    check_problems(
        "//- setup.py\nimport sys\nfrom setuptools import setup\nsetup(name='x', version='1' if sys.version_info > (3, 8, 1) else '2')\n",
        &[
            "setup.py:3: `version` cannot be read without running Python (this comparison cannot be decided)",
        ],
    );
}

#[test]
fn what_a_pyproject_cannot_say_is_an_error_with_its_place() {
    let project = |text: &str| {
        format!(
            "//- one.py\n//- pyproject.toml\n[build-system]\nrequires = ['hatchling']\nbuild-backend = 'hatchling.build'\n[project]\nname = 'one'\n{text}\n"
        )
    };
    check_problems(
        &project("version = 1"),
        &["pyproject.toml:6: `pyproject.toml`: invalid type: integer `1`, expected a string"],
    );
    check_problems(
        &project(""),
        &["pyproject.toml:5: the project has no version"],
    );
    check_problems(
        &project("dynamic = ['version']"),
        &[
            "pyproject.toml:1: the version is dynamic, and neither hatchling's nor setuptools' table says where it stands",
        ],
    );
    check_problems(
        &project("dynamic = ['version']\n[tool.hatch.version]\nsource = 'vcs'"),
        &[
            "pyproject.toml:1: the version is dynamic in a way that cannot be read without running Python",
        ],
    );
    check_problems(
        &project("dynamic = ['version']\n[tool.hatch.version]\npath = 'version.py'"),
        &["pyproject.toml:1: the version stands in `version.py`, which is not in the tree"],
    );
    check_problems(
        &project("version = '1'\ndynamic = ['dependencies']"),
        &["pyproject.toml:7: `dependencies` is dynamic, and is not read from elsewhere"],
    );
    check_problems(
        &project("version = '1'\ndependencies = [\n  'a',\n  'b>=1.*',\n]"),
        &[
            "pyproject.toml:9: `b>=1.*` is not a requirement: Operator >= cannot be used with a wildcard version specifier",
        ],
    );
    check_problems(
        &project("version = 'one'"),
        &[
            "pyproject.toml:6: expected version to start with a number, but no leading ASCII digits were found",
        ],
    );
    check_problems(
        &project("version = '1'").replace("hatchling.build", "flit_core.buildapi"),
        &["pyproject.toml:5: the build backend `flit_core.buildapi` is not one that can be read"],
    );
    check_problems(
        &project("version = '1'").replace("one.py", "other.py"),
        &[
            "pyproject.toml:5: it is not said which packages are installed, and none has the project's name",
        ],
    );
}

/// METADATA with the fields that the example shares, and these lines.
fn metadata(lines: &str) -> Metadata {
    let text = format!(
        "Name: one-lib\nVersion: 1.2.0\nSummary: An example library\nHome-page: https://example.org/one\nLicense: Apache-2.0\nRequires-Python: <3.15,>=3.9\nProvides-Extra: web\nProvides-Extra: empty\n{lines}"
    );
    Metadata::parse(&text).unwrap()
}

/// The requirements of the example as a wheel has them that was made by Python 3.11.
const REQUIRES: &str = "Requires-Dist: one==1.2.0
Requires-Dist: core <2, >=1
Requires-Dist: grpcio>=1.44
Requires-Dist: Flask
Requires-Dist: six; python_version < '3.4'
Requires-Dist: pywin32; os_name == 'nt'
Requires-Dist: flask; extra == 'web'
Requires-Dist: six; python_version < '3.4' and extra == 'web'
Requires-Dist: gql[all]; extra == 'web'
";

fn check_comparison(metadata: &Metadata, modules: &[&str], expected: &[&str]) {
    let (programs, modules) = (
        ["one-lib".to_owned()],
        modules.iter().map(|name| (*name).to_owned()),
    );
    let modules: Vec<String> = modules.collect();
    let built = Built {
        metadata,
        programs: &programs,
        modules: &modules,
    };
    let comparison = compare(&facts(SETUPTOOLS), &built);
    assert_eq!(told(&comparison.differences), expected);
    assert_eq!(comparison.requirements, metadata.requires.len());
}

#[test]
fn a_wheel_may_be_made_by_any_python() {
    check_comparison(&metadata(REQUIRES), &["one_lib"], &[]);
    let newer = REQUIRES.replace("grpcio>=1.44", "grpcio>=1.66");
    check_comparison(&metadata(&newer), &["one_lib"], &[]);
}

#[test]
fn every_difference_is_told_with_its_place() {
    check_comparison(
        &metadata(&REQUIRES.replace("grpcio>=1.44", "grpcio>=1.50")),
        &["one_lib"],
        &[
            "setup.py:51: `one-lib` requires `grpcio>=1.44` in the source tree, and its wheel does not",
            "setup.py:37: `one-lib` requires `grpcio>=1.50` in its wheel, and the source tree does not say so",
        ],
    );
    check_comparison(
        &metadata(&REQUIRES.replace("Requires-Dist: gql[all]; extra == 'web'\n", "")),
        &["one_lib"],
        &[
            "setup.py:54: `one-lib` requires `gql[all]` for the extra `web` in the source tree, and its wheel does not",
        ],
    );
    check_comparison(
        &metadata(&format!(
            "{REQUIRES}Requires-Dist: pywin32\nProvides-Extra: more\n"
        )),
        &["one_lib", "two"],
        &[
            "setup.py:37: the list of extras of `one-lib` is `empty, web` in the source tree and `empty, more, web` in the wheel",
            "setup.py:37: the list of modules of `one-lib` is `one_lib` in the source tree and `one_lib, two` in the wheel",
            "setup.py:37: `one-lib` requires `pywin32` in its wheel, and the source tree does not say so",
        ],
    );
    let other = Metadata::parse("Name: one\nVersion: 1.2.1\n").unwrap();
    let built = Built {
        metadata: &other,
        programs: &[],
        modules: &[],
    };
    let comparison = compare(&facts(SETUPTOOLS), &built);
    let told = told(&comparison.differences);
    assert!(
        told[0].ends_with(
            "the name of `one-lib` is `one-lib` in the source tree and `one` in the wheel"
        ),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("one_lib/version.py:1: the version of `one-lib` is `1.2.0` in"),
        "{told:?}"
    );
}
