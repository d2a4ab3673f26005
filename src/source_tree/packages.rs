//! Which Python packages a tree holds, by the rules of setuptools' `find_packages`.

use std::collections::BTreeSet;

use super::SourceTree;
use super::files::prefix;

/// Which folders are packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Those with an `__init__.py`, in those that have one too.
    Regular,
    /// All.
    Namespace,
}

/// What is looked for.
#[derive(Clone, Debug)]
pub(super) struct Finder<'a> {
    /// Which folders are packages.
    pub kind: Kind,
    /// The folder in which to look, below the package's own.
    pub root: &'a str,
    /// Patterns of dotted names that are left out.
    pub exclude: Vec<String>,
    /// Patterns of dotted names of which one must match.
    pub include: Vec<String>,
}

impl Finder<'_> {
    /// The dotted names of the packages, sorted.
    pub(super) fn find(&self, tree: &SourceTree, folder: &str) -> Vec<String> {
        let root = format!("{}{}", prefix(folder), prefix(self.root));
        let mut found = BTreeSet::new();
        for path in tree.below(root.trim_end_matches('/')) {
            let Some((folders, _)) = path.rsplit_once('/') else {
                continue;
            };
            let mut below = String::new();
            for part in folders.split('/') {
                below.push_str(part);
                let is_package = self.kind == Kind::Namespace
                    || tree.contains(&format!("{root}{below}/__init__.py"));
                // A dot in a folder's name would be read as one between packages.
                if !is_package || part.contains('.') {
                    break;
                }
                found.insert(below.replace('/', "."));
                below.push('/');
            }
        }
        let matches =
            |patterns: &[String], name: &str| patterns.iter().any(|pattern| matches(pattern, name));
        let wanted = |name: &String| matches(&self.include, name) && !matches(&self.exclude, name);
        found.into_iter().filter(wanted).collect()
    }
}

/// Whether a name is of a pattern with `*` for any characters and `?` for one.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut place) = (0, 0);
    // Where the last star stands, and from where on the name is tried again.
    let mut back: Option<(usize, usize)> = None;
    while place < name.len() {
        match pattern.get(at) {
            Some('*') => {
                back = Some((at + 1, place));
                at += 1;
            }
            Some(c) if *c == '?' || *c == name[place] => {
                at += 1;
                place += 1;
            }
            _ => match back {
                Some((after, tried)) => {
                    back = Some((after, tried + 1));
                    (at, place) = (after, tried + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, root: &str, patterns: (&[&str], &[&str]), expected: &[&str]) {
        let mut tree = SourceTree::new();
        for path in [
            "lib/one/__init__.py",
            "lib/one/deep/__init__.py",
            "lib/one/data/x.json",
            "lib/one_tests/__init__.py",
            "lib/one_tests/unit/__init__.py",
            "lib/odd.name/__init__.py",
            "lib/space/two/__init__.py",
            "lib/setup.py",
            "lib/src/three/__init__.py",
        ] {
            tree.insert_path(&path.parse().unwrap());
        }
        let owned = |patterns: &[&str]| patterns.iter().map(|text| (*text).to_owned()).collect();
        let finder = Finder {
            kind,
            root,
            exclude: owned(patterns.0),
            include: owned(patterns.1),
        };
        assert_eq!(finder.find(&tree, "lib"), expected, "{finder:?}");
    }

    #[test]
    fn packages_are_found_as_setuptools_finds_them() {
        let all = &["*"];
        check(
            Kind::Regular,
            "",
            (&[], all),
            &["one", "one.deep", "one_tests", "one_tests.unit"],
        );
        check(
            Kind::Regular,
            "",
            (&["one_tests*"], all),
            &["one", "one.deep"],
        );
        check(
            Kind::Regular,
            "",
            (&["one_tests"], all),
            &["one", "one.deep", "one_tests.unit"],
        );
        check(Kind::Regular, "", (&[], &["one"]), &["one"]);
        check(Kind::Regular, "src", (&[], all), &["three"]);
        check(
            Kind::Namespace,
            "",
            (&["one*", "src*"], all),
            &["space", "space.two"],
        );
    }

    #[test]
    fn patterns() {
        for (pattern, name, expected) in [
            ("*", "a.b", true),
            ("a", "a", true),
            ("a", "ab", false),
            ("a*", "ab", true),
            ("*_tests*", "x_tests.y", true),
            ("a?c", "abc", true),
            ("a*b*c", "axbxbxc", true),
            ("a*b*c", "axbxbx", false),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
