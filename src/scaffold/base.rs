//! Bases: templates and outputs that scaffolds of one kind share. They are in the program; a scaffold names one, and what it has
//! itself takes the place of what the base has under the same id or path.

use super::built_in::{base, base_names};
use super::outputs::{self, Manifest, Output};
use crate::diagnostic::did_you_mean;
use crate::tree::Tree;

/// What is generated, and from what.
pub(super) struct Joined {
    pub(super) outputs: Vec<Output>,
    pub(super) nixpkgs: Option<String>,
    pub(super) templates: Tree,
    /// The files of the base; without one, none.
    pub(super) base: Tree,
}

/// The file in which a base says what it generates.
const FILE: &str = "base.toml";

/// Joins a scaffold with the base that it names.
///
/// # Errors
/// A base that is not in the program; an output that is to be left out and is not there.
pub(super) fn join(manifest: Manifest, templates: Tree) -> Result<Joined, String> {
    let Some(name) = &manifest.base else {
        if let Some(id) = manifest.without.first() {
            return Err(format!("`without` names `{id}`, and there is no base"));
        }
        return Ok(Joined {
            outputs: manifest.output,
            nixpkgs: manifest.nixpkgs,
            templates,
            base: Tree::new(),
        });
    };
    let base = base(name).ok_or_else(|| unknown(name))?;
    let of_base = base.text(FILE).ok_or_else(|| unknown(name))?;
    let of_base = outputs::parse(of_base).map_err(|cause| format!("`{name}`: {cause}"))?;
    let known = |id: &String| of_base.output.iter().any(|output| output.id == *id);
    if let Some(id) = manifest.without.iter().find(|id| !known(id)) {
        let ids = of_base.output.iter().map(|output| output.id.as_str());
        let near = did_you_mean(id, ids).map(|near| format!("; did you mean `{near}`?"));
        let near = near.unwrap_or_default();
        return Err(format!("`{name}` has no output `{id}`{near}"));
    }
    let is_own = |id: &str| manifest.output.iter().any(|output| output.id == id);
    let taken = |output: &Output| !manifest.without.contains(&output.id) && !is_own(&output.id);
    let mut outputs: Vec<Output> = of_base.output.into_iter().filter(taken).collect();
    outputs.extend(manifest.output);
    let mut all = base.below("templates");
    for (path, file) in templates.iter() {
        all.insert(path.clone(), file.clone());
    }
    Ok(Joined {
        outputs,
        nixpkgs: manifest.nixpkgs.or(of_base.nixpkgs),
        templates: all,
        base,
    })
}

fn unknown(name: &str) -> String {
    let names = base_names();
    let near = did_you_mean(name, names.iter().copied());
    let near = near.map(|near| format!("; did you mean `{near}`?"));
    format!(
        "there is no base `{}`{}",
        name.escape_debug(),
        near.unwrap_or_else(|| format!("; there is {}", names.join(", ")))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the id, template and text of the output `readme` and how many outputs there are, or the beginning of an error.
    fn check(manifest: &str, own: &str, expected: Result<(&str, &str), &str>) {
        let manifest = outputs::parse(&format!("schema = 1\n{manifest}")).unwrap();
        let joined = join(manifest, Tree::from_fixture(own).unwrap());
        match (joined, expected) {
            (Ok(joined), Ok((template, begins))) => {
                let readme = joined.outputs.iter().find(|output| output.id == "readme");
                let found = readme.map_or("", |output| output.template.as_str());
                assert_eq!(found, template);
                let text = joined.templates.text(found).unwrap_or_default();
                assert!(text.starts_with(begins), "{text}");
            }
            (Err(error), Err(wanted)) => assert!(error.starts_with(wanted), "{error}"),
            (joined, _) => panic!("{:?}", joined.err()),
        }
    }

    #[test]
    fn what_is_own_takes_the_place_of_what_is_shared() {
        let base = "base = \"python-monorepo\"\n";
        let readme = "docs/readme.md.liquid";
        let own = "[[output]]\nid = \"readme\"\ntemplate = \"mine\"\npath = \"README.md\"\n";
        check(&format!("{base}output = []"), "", Ok((readme, "{%")));
        check(
            &format!("{base}output = []"),
            &format!("//- {readme}\nmine\n"),
            Ok((readme, "mine")),
        );
        check(
            &format!("{base}{own}"),
            "//- mine\nother\n",
            Ok(("mine", "other")),
        );
        check(
            &format!("{base}without = [\"readme\"]\noutput = []"),
            "",
            Ok(("", "")),
        );
    }

    #[test]
    fn what_is_not_there_is_told() {
        check(
            "base = \"python-monorep\"\noutput = []",
            "",
            Err("there is no base `python-monorep`; did you mean `python-monorepo`?"),
        );
        check(
            "base = \"python-monorepo\"\nwithout = [\"raedme\"]\noutput = []",
            "",
            Err("`python-monorepo` has no output `raedme`; did you mean `readme`?"),
        );
        check(
            "without = [\"readme\"]\noutput = []",
            "",
            Err("`without` names `readme`, and there is no base"),
        );
    }
}
