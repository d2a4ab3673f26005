//! Which modules can be imported from a list of installed files.

use std::collections::BTreeSet;

/// The modules at the top of a wheel's file list, sorted: packages with Python code, and single files.
///
/// Left out are the folders of the wheel itself (`*.dist-info`, `*.data`), what no `import` can name, and tests.
pub fn modules<'a>(files: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found = BTreeSet::new();
    for file in files {
        let (top, inside) = file
            .split_once('/')
            .map_or((file, None), |(top, rest)| (top, Some(rest)));
        let name = match inside {
            Some(rest) if is_code(rest) => top,
            None if is_code(top) => top.split('.').next().unwrap_or_default(),
            _ => continue,
        };
        if is_identifier(name) && !is_test(name) {
            found.insert(name.to_owned());
        }
    }
    found.into_iter().collect()
}

/// Whether a file is Python code, as source or compiled.
fn is_code(file: &str) -> bool {
    file.rsplit_once('.')
        .is_some_and(|(_, ending)| matches!(ending, "py" | "so"))
}

/// Whether an `import` can name it.
fn is_identifier(name: &str) -> bool {
    let rest = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars().all(rest)
        && name
            .chars()
            .next()
            .is_some_and(|first| !first.is_ascii_digit())
}

/// Whether the name is one that tests are usually packed under.
fn is_test(name: &str) -> bool {
    matches!(name, "test" | "tests") || name.ends_with("_test") || name.ends_with("_tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_modules(files: &[&str], expected: &[&str]) {
        assert_eq!(modules(files.iter().copied()), expected, "{files:?}");
    }

    #[test]
    fn modules_are_what_can_be_imported() {
        check_modules(&[], &[]);
        check_modules(
            &[
                "b/__init__.py",
                "a.py",
                "a-1.dist-info/METADATA",
                "a-1.data/scripts/x.py",
            ],
            &["a", "b"],
        );
        check_modules(
            &["_fast.cpython-313-x86_64-linux-gnu.so", "ns/deep/x.py"],
            &["_fast", "ns"],
        );
        check_modules(
            &["tests/a.py", "test/b.py", "x_tests/c.py", "test_utils/d.py"],
            &["test_utils"],
        );
        check_modules(
            &[
                "data/file.json",
                "py.typed",
                "x.pth",
                "with-dash.py",
                "2to3.py",
                ".py",
            ],
            &[],
        );
    }
}
