//! One declaration out of what a file says for each Python.

use crate::diagnostic::Problem;
use crate::python::{PythonVersion, VersionSpecifiers};
use crate::source_tree::declared::{Declared, Said};

/// Puts together what was declared for several Pythons. What is required may differ; nothing else may.
pub(super) fn together(
    read: Vec<(PythonVersion, Result<Declared, Vec<Problem>>)>,
) -> Result<Declared, Vec<Problem>> {
    let wanted = |python: PythonVersion, declared: &Declared| {
        let text = declared.requires_python.as_ref().map(|(text, _)| text);
        let specifiers = text.and_then(|text| text.parse::<VersionSpecifiers>().ok());
        specifiers.is_none_or(|specifiers| python.satisfies(&specifiers) != Some(false))
    };
    let mut supported = Vec::new();
    for (python, declared) in read {
        let declared = declared?;
        if wanted(python, &declared) {
            supported.push((python, declared));
        }
    }
    let pythons: Vec<PythonVersion> = supported.iter().map(|(python, _)| *python).collect();
    let mut all = supported.into_iter().rev();
    let Some((newest, mut result)) = all.next() else {
        let problem = Problem::new("no Python is supported of those from 3.0 to 3.30");
        return Err(vec![problem]);
    };
    for said in &mut result.requires {
        said.pythons = Some(vec![newest]);
    }
    for (python, declared) in all {
        if let Some(what) = differing(&result, &declared) {
            let text = format!("{what} depends on the version of Python that runs the file");
            return Err(vec![declared.place.problem(text)]);
        }
        let mut after = 0;
        for said in declared.requires {
            let same = |other: &Said| {
                (&other.requirement, &other.extra) == (&said.requirement, &said.extra)
            };
            // What only some Pythons require keeps its place among the others.
            if let Some(at) = result.requires.iter().position(same) {
                let pythons = &mut result.requires[at].pythons;
                let pythons = pythons.get_or_insert_default();
                if pythons.last() != Some(&python) {
                    pythons.push(python);
                }
                after = at + 1;
            } else {
                let pythons = Some(vec![python]);
                result.requires.insert(after, Said { pythons, ..said });
                after += 1;
            }
        }
    }
    for said in &mut result.requires {
        said.pythons = said.pythons.take().filter(|of| of.len() < pythons.len());
        if let Some(of) = &mut said.pythons {
            of.sort();
        }
    }
    result.pythons = pythons;
    Ok(result)
}

/// What differs besides the requirements.
fn differing(a: &Declared, b: &Declared) -> Option<&'static str> {
    let python = |declared: &Declared| {
        declared
            .requires_python
            .as_ref()
            .map(|(text, _)| text.clone())
    };
    let texts = |declared: &Declared| {
        (
            declared.summary.clone(),
            declared.license.clone(),
            declared.license_expression.clone(),
            declared.classifiers.clone(),
            declared.homepage.clone(),
        )
    };
    let checks = [
        ("the name", a.name.0 == b.name.0),
        ("the version", a.version.0 == b.version.0),
        ("`python_requires`", python(a) == python(b)),
        ("the description", texts(a) == texts(b)),
        ("the list of extras", a.extras == b.extras),
        ("the list of programs", a.programs == b.programs),
        ("the list of packages", a.modules == b.modules),
        ("`setup_requires`", a.build_requires == b.build_requires),
    ];
    checks
        .into_iter()
        .find(|(_, same)| !same)
        .map(|(what, _)| what)
}
