//! `python-unsupported`: a Python that a package does not support.

use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "python-unsupported",
    severity: Severity::Critical,
    title: "a package does not support the Python that it is built for",
    text: Text {
        what: "The release of a package excludes the Python whose set it is taken from.",
        why: "nixpkgs does not look at `requires-python`: the package builds and fails when it runs, or a requirement has no version for that Python.",
        mend: "Take the packages from the set of a Python that the release supports.",
        example: "# the release says requires-python <3.14\npython314Packages.buildPythonPackage { pname = \"acme\"; }",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &repository.packages {
        let set = package
            .build
            .builder
            .value
            .split('.')
            .next()
            .unwrap_or_default();
        let python = set.parse().unwrap_or(repository.subject.python);
        let refused = package
            .released
            .and_then(|released| released.refuses(python.version()));
        if let Some(specifiers) = refused {
            let finding = RULE
                .found(format!(
                    "`{}` does not support Python {}",
                    package.name,
                    python.version()
                ))
                .at(package.path, &package.build.builder.range)
                .note(format!(
                    "{} {} says `{specifiers}`",
                    repository.scaffold.catalogue.upstream.name, repository.subject.release
                ))
                .help(format!(
                    "take it from `{}Packages`",
                    repository.scaffold.catalogue.upstream.python
                ));
            found.push(finding);
        }
    }
    found
}
