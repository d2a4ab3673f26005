//! What the packages of a release say of each other.

use super::release::Release;

impl Release {
    /// Where a package requires another one of the same release in a version that this one does not have; one sentence each.
    ///
    /// Only what is required in any case counts: an extra may name what was published before.
    pub fn contradictions(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (name, package) in &self.packages {
            for requirement in &package.requires {
                let Some(sibling) = self.packages.get(requirement.name()) else {
                    continue;
                };
                let version = &sibling.version;
                if !requirement.specifiers().contains(version) {
                    let (raw, of) = (requirement.raw(), requirement.name());
                    found.push(format!(
                        "`{name}` requires `{raw}`, and `{of}` is {version} at this release"
                    ));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::scaffold::{Scaffold, built_in, built_in_names};

    #[test]
    fn the_carried_releases_agree_with_themselves() {
        for name in built_in_names() {
            let scaffold = Scaffold::load(name, &built_in(name).unwrap()).unwrap();
            for release in scaffold.releases.values() {
                assert_eq!(release.contradictions(), Vec::<String>::new());
                let mut other = release.clone();
                let pinned = |requirement: &crate::python::Requirement| {
                    requirement.specifiers().len() == 1
                        && release.packages.contains_key(requirement.name())
                };
                let mut all = release
                    .packages
                    .values()
                    .flat_map(|package| &package.requires);
                let requirement = all.find(|requirement| pinned(requirement)).unwrap();
                let sibling = other.packages.get_mut(requirement.name()).unwrap();
                sibling.version = "99".parse().unwrap();
                let told = other.contradictions();
                let end = format!("and `{}` is 99 at this release", requirement.name());
                assert!(told.iter().any(|told| told.ends_with(&end)), "{told:?}");
            }
        }
    }
}
