//! Rules about the environment: N9.

use super::every_case;
use super::facts::{lock, locked, release, texts};
use super::nix_file::{files, identifiers};
use crate::cases::Case;
use std::collections::BTreeSet;

/// The text of the environment: its own file, or the end of the only one.
fn environment(case: &Case) -> &str {
    let lock = lock(case);
    let name = lock["environment"]["name"].as_str().unwrap();
    let path = format!(".flox/pkgs/{name}.nix");
    let (_, text) = files(case).find(|(file, _)| *file == path).unwrap();
    let start = text.find("environment = python").unwrap();
    &text[start..]
}

/// The words between `for program in` and `do` of the last loop.
fn looped(text: &str) -> BTreeSet<&str> {
    let Some(start) = text.rfind("for program in \\\n") else {
        return BTreeSet::new();
    };
    let end = start + text[start..].find("    do\n").unwrap();
    text[start..end]
        .split_whitespace()
        .skip(3)
        .filter(|word| *word != "\\")
        .collect()
}

#[test]
fn exactly_the_declared_programs_are_linked() {
    every_case("N9", |case| {
        let (release, lock) = (release(case), lock(case));
        let declared: BTreeSet<&str> = locked(&lock)
            .into_keys()
            .flat_map(|name| texts(&release["packages"][name]["programs"]))
            .collect();
        let text = environment(case);
        let mut broken = Vec::new();
        if looped(text) != declared {
            broken.push(format!("it links {:?} of {declared:?}", looped(text)));
        }
        let all = case.has("--expose all");
        let interpreter = text.contains(&format!("$out/bin/{}-python", case.scaffold()));
        if interpreter == (all || case.has("--expose programs")) {
            broken.push(format!("the interpreter is linked: {interpreter}"));
        }
        let everything = text.contains("\"${environment}\"/bin/*");
        if everything != all {
            broken.push(format!("everything: {everything}"));
        }
        broken
    });
}

#[test]
fn the_environment_holds_every_package_and_library() {
    every_case("N9, N12", |case| {
        let text = environment(case);
        let list = &text[..text.find("in\n").unwrap()];
        let held: BTreeSet<String> = identifiers(&format!("{{ {list} }}")).into_iter().collect();
        let lock = lock(case);
        let mut wanted: Vec<&str> = locked(&lock).into_keys().collect();
        wanted.extend(
            lock["environment"]["libraries"]
                .as_table()
                .unwrap()
                .keys()
                .map(String::as_str),
        );
        let absent = wanted.into_iter().filter(|name| !held.contains(*name));
        let mut broken: Vec<String> = absent.map(|name| format!("{name} is absent")).collect();
        if !text.contains("withPackages (_: [") && !text.contains("withPackages (\n") {
            broken.push("it is not made by withPackages".to_owned());
        }
        if list.contains("ps.") {
            broken.push("a package is taken out of another set".to_owned());
        }
        broken
    });
}
