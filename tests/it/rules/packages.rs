//! Rules about single packages: N1 to N8, N13, N14.

use super::every_case;
use super::facts::{lock, locked, release, spelling, texts, upper_bounds};
use super::nix_file::{identifiers, packages, strings};
use crate::cases::CASES;
use floxwright::nix::format_nix;
use std::collections::BTreeMap;

#[test]
fn every_package_says_what_nixpkgs_asks_for() {
    every_case("N1, N13, N14", |case| {
        let release = release(case);
        let mut broken = Vec::new();
        for (name, package) in packages(case) {
            let value = |key: &str| package.attributes.get(key).map(String::as_str);
            let facts = &release["packages"][&name];
            if value("pyproject") != Some("true") {
                broken.push(format!("{name} has no pyproject"));
            }
            let absent = [
                "version",
                "src",
                "build-system",
                "meta",
                "pythonImportsCheck",
            ]
            .into_iter()
            .filter(|key| value(key).is_none());
            broken.extend(absent.map(|key| format!("{name} has no {key}")));
            let modules = texts(&facts["modules"]);
            let imports = strings(value("pythonImportsCheck").unwrap_or("[ ]"));
            if imports.is_empty()
                || imports
                    .iter()
                    .any(|import| !modules.contains(&import.split('.').next().unwrap()))
            {
                broken.push(format!("{name} imports {imports:?}, and has {modules:?}"));
            }
            let meta = value("meta").unwrap_or_default();
            let mut wanted = vec!["description", "homepage", "changelog", "license"];
            wanted.extend((!texts(&facts["programs"]).is_empty()).then_some("mainProgram"));
            let has = identifiers(meta);
            let absent = wanted
                .into_iter()
                .filter(|key| !has.iter().any(|name| name == key));
            broken.extend(absent.map(|key| format!("{name} has no meta.{key}")));
        }
        broken
    });
}

/// The change is at 1.12.16: setuptools before, hatchling from then on.
#[test]
fn the_build_system_is_that_of_the_era() {
    every_case("N2", |case| {
        let wanted = if case.has("--release 1.12.0") {
            "setuptools"
        } else {
            "hatchling"
        };
        let mut broken = Vec::new();
        for (name, package) in packages(case) {
            let system = identifiers(&package.attributes["build-system"]);
            if system.last().map(String::as_str) != Some(wanted) || system.len() != 2 {
                broken.push(format!("{name} is built by {system:?}"));
            }
        }
        broken
    });
}

/// What of the cases is on the second track of the first upstream.
const LIBRARIES: &[&str] = &[
    "dagster-postgres",
    "dagster-mysql",
    "dagster-rest-resources",
];

/// The same of the second upstream.
const BETA: &[&str] = &[
    "opentelemetry-configuration",
    "opentelemetry-exporter-http-transport",
    "opentelemetry-exporter-otlp-common",
    "opentelemetry-exporter-otlp-json-common",
    "opentelemetry-exporter-otlp-json-file",
    "opentelemetry-exporter-otlp-json-http",
    "opentelemetry-exporter-prometheus",
    "opentelemetry-opentracing-shim",
    "opentelemetry-proto-json",
    "opentelemetry-semantic-conventions",
    "opentelemetry-test-utils",
];

#[test]
fn versions_follow_two_tracks() {
    every_case("N3", |case| {
        let lock = lock(case);
        let release = lock["release"]["version"].as_str().unwrap();
        let (minor, patch) = release.strip_prefix("1.").unwrap().split_once('.').unwrap();
        let minor = minor.parse::<u32>().unwrap();
        let (library, libraries) = if case.scaffold() == "opentelemetry" {
            (format!("0.{}b{patch}", minor + 21), BETA)
        } else {
            (format!("0.{}.{patch}", minor + 16), LIBRARIES)
        };
        let mut broken = Vec::new();
        for (name, package) in locked(&lock) {
            let wanted = if libraries.contains(&name) {
                library.as_str()
            } else {
                release
            };
            if package["version"].as_str() != Some(wanted) {
                broken.push(format!("{name} has {}", package["version"]));
            }
        }
        broken
    });
}

/// Only bounds of the metadata, only from above, never those between siblings; and none of them is forgotten.
#[test]
fn exactly_the_upper_bounds_of_the_metadata_are_relaxed() {
    every_case("N5", |case| {
        let (release, lock) = (release(case), lock(case));
        let mut broken = Vec::new();
        for (name, package) in packages(case) {
            let relax = package
                .attributes
                .get("pythonRelaxDeps")
                .map_or("[ ]", String::as_str);
            let mut given = strings(relax);
            // Each entry is a version and a name, in either order.
            given.retain(|text| !text.starts_with(|c: char| c.is_ascii_digit()));
            let requires = texts(&release["packages"][&name]["requires"]);
            let holds = |requirement: &&&str| {
                let locked = lock["packages"][&name]["requires"].as_array().unwrap();
                let decision = locked
                    .iter()
                    .find(|entry| entry["requirement"].as_str() == Some(**requirement))
                    .map(|entry| entry["decision"].as_str().unwrap());
                decision == Some("nixpkgs")
            };
            let names: Vec<&str> = requires
                .iter()
                .map(|requirement| spelling(requirement))
                .collect();
            let prefix = |one: &str| {
                let other = |name: &&str| {
                    *name != one && name.to_lowercase().starts_with(&one.to_lowercase())
                };
                names.iter().any(other)
            };
            let bounded = requires
                .iter()
                .filter(holds)
                .filter(|text| !upper_bounds(text).is_empty());
            let mut wanted: Vec<String> = bounded
                .map(|text| spelling(text).to_owned())
                .filter(|one| !prefix(one))
                .collect();
            wanted.sort_by_key(|name| name.to_lowercase());
            given.sort_by_key(|name| name.to_lowercase());
            if given != wanted {
                broken.push(format!(
                    "{name} relaxes {given:?}, and has bounds on {wanted:?}"
                ));
            }
            let pinned = given
                .iter()
                .filter(|one| release["packages"].get(one.as_str()).is_some());
            broken.extend(pinned.map(|one| format!("{name} relaxes its sibling {one}")));
        }
        broken
    });
}

/// The version in each comparison is the bound itself, and the comparison is the one that its operator asks for.
#[test]
fn each_bound_is_compared_as_the_metadata_says() {
    every_case("N5", |case| {
        let release = release(case);
        let mut broken = Vec::new();
        for (name, package) in packages(case) {
            let relax = package
                .attributes
                .get("pythonRelaxDeps")
                .map_or("", String::as_str);
            for line in relax.lines().filter(|line| line.contains("lib.optional")) {
                let of = strings(&format!(
                    "[ ({}) ]",
                    line.trim().trim_start_matches("++ ").trim_end_matches(';')
                ));
                let texts = texts(&release["packages"][&name]["requires"]);
                let [version, spelled] = &of[..] else {
                    broken.push(format!("{name}: {line}"));
                    continue;
                };
                let bounds = texts
                    .iter()
                    .filter(|text| spelling(text) == spelled)
                    .flat_map(|text| upper_bounds(text));
                let fits = |(operator, bound): (&str, &str)| {
                    let same = bound == version || bound.trim_end_matches(".0") == version;
                    match operator {
                        "<" => same && line.contains("versionAtLeast"),
                        "<=" | "==" => same && line.contains("versionOlder"),
                        _ => line.contains("versionAtLeast"),
                    }
                };
                if !bounds.into_iter().any(fits) {
                    broken.push(format!("{name}: {line}"));
                }
            }
        }
        broken
    });
}

#[test]
fn sources_are_what_was_asked_for_and_the_web_interface_is_guarded() {
    every_case("N6, N8", |case| {
        let github = case.has("--release 1.12.0") && !case.has("--source pypi");
        let mut broken = Vec::new();
        for (name, package) in packages(case) {
            let from_git = package.attributes["src"] == "dagster-src";
            let root = package.attributes.get("sourceRoot");
            let rooted =
                root.is_some_and(|root| root.starts_with("\"${dagster-src.name}/python_modules/"));
            let webserver = name == "dagster-webserver";
            if from_git != (github && !webserver) || from_git != rooted {
                broken.push(format!(
                    "{name} comes from {} with the root {root:?}",
                    package.attributes["src"]
                ));
            }
            let guard = package
                .attributes
                .get("postInstall")
                .map_or("", String::as_str);
            let guarded = guard.contains("test -f")
                && guard.contains("dagster_webserver/webapp/build/index.html");
            if webserver != guarded {
                broken.push(format!("{name}: the guard is {guard:?}"));
            }
        }
        let source = case
            .tree()
            .paths()
            .any(|path| path.name() == "dagster-src.nix");
        if source != (github && case.has("--layout split")) {
            broken.push("dagster-src.nix".to_owned());
        }
        broken
    });
}

#[test]
fn bodies_are_the_same_text_in_both_layouts() {
    let key = |flags: &str| {
        let without = flags
            .replace("--layout split", "")
            .replace("--layout single", "");
        without.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut compared = 0;
    let mut singles = BTreeMap::new();
    for case in CASES.iter().filter(|case| case.has("--layout single")) {
        singles.insert(key(&case.flags().join(" ")), case);
    }
    for split in CASES.iter().filter(|case| case.has("--layout split")) {
        let Some(single) = singles.get(&key(&split.flags().join(" "))) else {
            continue;
        };
        let (one, other) = (packages(split), packages(single));
        assert_eq!(
            one.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>()
        );
        for (name, package) in one {
            assert_eq!(package.body, other[&name].body, "{} {name}", split.name);
            assert!(format_nix(&package.body).is_ok(), "{name}");
            compared += 1;
        }
    }
    assert!(compared >= 25, "only {compared} bodies were compared");
}
