//! The environment: which Python, which libraries, which programs.

use super::{Context, findings::Findings, requirement};
use crate::diagnostic::{Exit, Failure, Problem, did_you_mean};
use crate::model::{Expose, LockedEnvironment, LockedPackage, PythonSet};
use crate::python::PyName;
use std::collections::{BTreeMap, BTreeSet};

/// Refuses a Python that a member does not support.
pub(super) fn check_python(context: &Context<'_>) -> Result<(), Failure> {
    let python = context.intent.python.version();
    let problems: Vec<Problem> = context
        .members
        .keys()
        .filter_map(|name| {
            let package = context.release.packages.get(name)?;
            let specifiers = package.refuses(python)?;
            Some(Problem::new(format!(
                "`{name}` {} does not support Python {python}: it says `{specifiers}`",
                package.version
            )))
        })
        .collect();
    if problems.is_empty() {
        return Ok(());
    }
    let supported: Vec<String> = crate::nixpkgs::OFFERED
        .iter()
        .filter(|minor| supports(context, **minor))
        .map(|minor| format!("`--python python3{minor}`"))
        .collect();
    let failure = Failure::all(Exit::Invalid, problems);
    Err(if supported.is_empty() {
        failure
    } else {
        failure.hint(format!(
            "every chosen package supports {}; in a repository, `python` under `[build]` of `floxwright.toml` says it",
            supported.join(", ")
        ))
    })
}

fn supports(context: &Context<'_>, minor: u8) -> bool {
    let python = PythonSet::new(minor).version();
    let mut packages = context
        .members
        .keys()
        .filter_map(|name| context.release.packages.get(name));
    packages.all(|package| package.refuses(python).is_none())
}

/// The environment's locked form.
pub(super) fn locked(
    context: &Context<'_>,
    packages: &BTreeMap<PyName, LockedPackage>,
    findings: &mut Findings,
) -> Result<LockedEnvironment, Failure> {
    let intent = context.intent;
    let name = intent.environment.to_string();
    check_name(context, packages, &name)?;
    check_published(context, packages)?;
    let programs: BTreeSet<String> = packages
        .values()
        .flat_map(|package| package.programs.iter().cloned())
        .collect();
    check_exposed(context, &programs)?;
    let asked = intent.packages.iter();
    let extras = asked.flat_map(|spec| {
        spec.extras
            .iter()
            .map(|extra| format!("{}[{extra}]", spec.name))
    });
    Ok(LockedEnvironment {
        name,
        programs: programs.into_iter().collect(),
        libraries: libraries(context, packages, findings),
        extras: extras.collect(),
    })
}

/// An environment of programs alone must have one.
fn check_exposed(context: &Context<'_>, programs: &BTreeSet<String>) -> Result<(), Failure> {
    if context.intent.expose != Expose::Programs || !programs.is_empty() {
        return Ok(());
    }
    Err(Failure::invalid(format!(
        "no package here has a program, so that `{}` would be empty",
        context.intent.environment
    ))
    .hint(format!(
        "`--expose {}` links the interpreter",
        Expose::ProgramsAndPython
    )))
}

/// Flox folds `-` and `_` together, so names that differ in nothing else collide.
fn check_name(
    context: &Context<'_>,
    packages: &BTreeMap<PyName, LockedPackage>,
    name: &str,
) -> Result<(), Failure> {
    let folded = name.replace('_', "-").to_lowercase();
    let source = context.scaffold.source_package();
    if packages
        .keys()
        .map(PyName::as_str)
        .chain([source.as_str()])
        .any(|taken| taken == folded)
    {
        return Err(Failure::invalid(format!(
            "the environment cannot be called `{name}`: a package has that name"
        )));
    }
    Ok(())
}

/// The libraries of the person's own code: attribute of the Python set, and version.
fn libraries(
    context: &Context<'_>,
    packages: &BTreeMap<PyName, LockedPackage>,
    findings: &mut Findings,
) -> BTreeMap<String, String> {
    let mut libraries = BTreeMap::new();
    for name in context
        .intent
        .libraries
        .iter()
        .filter(|name| !packages.contains_key(*name))
    {
        if context.release.packages.contains_key(name) {
            findings.problem(
                name,
                format!("it is a package of the release, and no library beside it: `--package {name}` builds it"),
            );
            continue;
        }
        requirement::note_unknown(context, name, findings);
        if let Some((attribute, version)) = requirement::library(context, name, findings) {
            libraries.insert(attribute, version);
        }
    }
    libraries
}

/// What is published must be built.
fn check_published(
    context: &Context<'_>,
    packages: &BTreeMap<PyName, LockedPackage>,
) -> Result<(), Failure> {
    let environment = context.intent.environment.as_str();
    let single = context.intent.layout == crate::model::Layout::Single;
    let problems: Vec<Problem> = context
        .intent
        .publish
        .iter()
        .filter(|name| name.as_str() != "all" && name.as_str() != environment)
        .filter_map(|name| {
            let built = packages.keys().any(|package| package.as_str() == name);
            if built && !single {
                None
            } else if built {
                Some(Problem::new(format!("`{name}` cannot be published alone: the layout `single` makes one package, `{environment}`")))
            } else {
                let known = packages.keys().map(PyName::as_str).chain([environment]);
                let near = did_you_mean(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                Some(Problem::new(format!("`{name}` cannot be published: it is not built here{near}")))
            }
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::all(Exit::Invalid, problems))
    }
}
