//! `environment-missing`: programs that nothing puts together.

use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "environment-missing",
    severity: Severity::High,
    title: "the packages run nowhere together",
    text: Text {
        what: "Several packages of the upstream are built, at least two with programs, and no file makes an environment over them.",
        why: "A program of one package sees its own requirements only. What it starts with `sys.executable`, and what its configuration names, is not found.",
        mend: "Make an environment with `python.withPackages` that links the programs. `floxwright adopt` adds one.",
        example: "# .flox/pkgs: acme.nix, acme-webserver.nix, and nothing over them",
    },
    run,
};

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut recipes = repository.recipes();
    if recipes.any(|(_, read)| !read.recipe.environments.is_empty()) {
        return Vec::new();
    }
    let with_programs = repository.packages.iter().filter(|package| {
        package
            .released
            .is_some_and(|released| !released.programs.is_empty())
    });
    let with_programs: Vec<_> = with_programs.collect();
    let [first, _, ..] = with_programs.as_slice() else {
        return Vec::new();
    };
    let names: Vec<String> = with_programs
        .iter()
        .map(|one| format!("`{}`", one.name))
        .collect();
    let finding = RULE
        .found(format!("nothing puts {} together", names.join(", ")))
        .at(first.path, &first.head())
        .help("make one with `python.withPackages`, or let `floxwright adopt` add it");
    vec![finding]
}
