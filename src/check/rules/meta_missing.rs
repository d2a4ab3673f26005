//! `meta-missing`: a package that does not say what it is.

use crate::adopt::Read;
use crate::check::listing::listing;
use crate::check::mend_list::lib;
use crate::check::{Edit, Finding, Package, Place, Repository, Rule, Severity, Text};
use crate::nix::nix_string;
use crate::nixpkgs::license_attribute;
use crate::recipe::{Build, Gives, Meta};
use crate::tree::RelPath;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    id: "meta-missing",
    severity: Severity::Low,
    title: "a package does not say what it is",
    text: Text {
        what: "The `meta` of a package lacks `description` or `license`, or `mainProgram` where it is known by a program.",
        why: "Flox publishes description and licence, and those who look for the package see nothing else of it. `nix run` and `lib.getExe` start the main program.",
        mend: "Write them.",
        example: "meta = {\n  homepage = \"https://example.org\";\n};",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for path in listing(&repository.survey.files).packages.values() {
        let read = repository.survey.recipes.get(*path);
        let Some(read) = read.filter(|read| read.recipe.fault.is_none()) else {
            continue;
        };
        found.extend(match read.recipe.gives {
            Gives::Build(at) => read
                .recipe
                .builds
                .get(at)
                .filter(|build| !build.is_open && build.wrapped.is_none())
                .and_then(|build| of_build(path, build, repository)),
            // What a fetch gives says nothing of itself.
            Gives::Fetch(_) => None,
            Gives::Environment(_) | Gives::Other => of_given(path, read, repository),
        });
    }
    found
}

/// A package that a builder makes.
fn of_build(path: &RelPath, build: &Build, repository: &Repository<'_>) -> Option<Finding> {
    let mut packages = repository.packages.iter();
    let package = packages.find(|one| one.path == path && std::ptr::eq(one.build, build));
    let program = package.and_then(|package| program(package, repository));
    let absent = absent(build.meta.as_ref(), program.is_some())?;
    let finding = told(path, &absent, &build.builder.range, build.meta.as_ref());
    let package = package?;
    let lines = lines(package, (&absent, program), repository);
    let Some(lines) = lines.filter(|_| package.owns(&build.set)) else {
        return Some(finding);
    };
    let (at, text) = match &build.meta {
        Some(Meta { set: Some(set), .. }) => (set.start + 1, format!("\n{lines}")),
        None => {
            let at = build.set.end.saturating_sub(1);
            (at, format!("\n  meta = {{\n{lines}  }};\n"))
        }
        Some(_) => return Some(finding),
    };
    let mut edits = vec![Edit {
        place: Place::new(path, &(at..at)),
        text,
    }];
    if absent.contains(&"license") {
        match lib(package) {
            Some(more) => edits.extend(more),
            None => return Some(finding),
        }
    }
    Some(finding.mended_by(format!("write {}", list(&absent)), edits))
}

/// Something else that a function makes.
fn of_given(path: &RelPath, read: &Read, repository: &Repository<'_>) -> Option<Finding> {
    let given = &read.recipe.given;
    if given.is_open || given.function.is_none() {
        return None;
    }
    let absent = absent(given.meta.as_ref(), false)?;
    let finding = told(path, &absent, &(0..0), given.meta.as_ref());
    let is_ours =
        repository.subject.is_recognised && matches!(read.recipe.gives, Gives::Environment(_));
    Some(if is_ours {
        finding.help("write them, or have the environment made: `floxwright adopt`")
    } else {
        finding
    })
}

/// What is missing; nothing where all is there, or may be.
fn absent(meta: Option<&Meta>, has_program: bool) -> Option<Vec<&'static str>> {
    let mut wanted = vec!["description", "license"];
    wanted.extend(has_program.then_some("mainProgram"));
    wanted.retain(|name| meta.is_none_or(|meta| !meta.may_say(name)));
    (!wanted.is_empty()).then_some(wanted)
}

fn told(path: &RelPath, absent: &[&str], head: &Range<usize>, meta: Option<&Meta>) -> Finding {
    let place = match meta {
        Some(Meta { set: Some(set), .. }) => set.start..set.start + 1,
        _ => head.clone(),
    };
    let message = match meta {
        Some(_) => format!("`meta` lacks {}", list(absent)),
        None => format!("the package has no `meta`: {} are missing", list(absent)),
    };
    RULE.found(message).at(path, &place)
}

fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// The program that a package is known by.
fn program(package: &Package<'_>, repository: &Repository<'_>) -> Option<String> {
    let released = package.released?;
    let catalogue = &repository.scaffold.catalogue;
    let known = catalogue.packages.get(&package.name)?;
    let starts = |name: &&String| catalogue.starts(&package.name, &released.version, name);
    let programs: Vec<&String> = released.programs.iter().filter(starts).collect();
    let is_there = |name: &&String| programs.contains(name);
    let only = match programs.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let main = known.main_program.as_ref().filter(is_there);
    main.or(only).cloned()
}

/// The lines that say what is missing, where all of it is known.
fn lines(
    package: &Package<'_>,
    (absent, program): (&[&str], Option<String>),
    repository: &Repository<'_>,
) -> Option<String> {
    let catalogue = &repository.scaffold.catalogue;
    let known = catalogue.packages.get(&package.name)?;
    let mut lines = String::new();
    for name in absent {
        let value = match *name {
            "description" => nix_string(&known.description),
            "license" => {
                let attribute = license_attribute(&catalogue.upstream.license)?;
                format!("lib.licenses.{attribute}")
            }
            _ => nix_string(program.as_ref()?),
        };
        lines.extend(["    ", name, " = ", &value, ";\n"]);
    }
    Some(lines)
}
