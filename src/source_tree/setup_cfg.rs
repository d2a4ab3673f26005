//! `setup.cfg`: it is not read, and where something stands in it that counts, that is said.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Place, Source};
use crate::diagnostic::Problem;

/// Keys of `[metadata]` that describe only how the text is packed.
const HARMLESS: [&str; 4] = [
    "license_file",
    "license_files",
    "long_description",
    "description_file",
];

/// A problem where the file declares something that a release has to know. What was `given` to `setup` wins over it.
pub(super) fn check(source: &Arc<Source>, given: &BTreeSet<String>) -> Result<(), Problem> {
    let mut section = "";
    let mut offset = 0;
    for line in source.text.split_inclusive('\n') {
        let place = offset..offset + line.trim_end().len();
        offset += line.len();
        let key = line.split(['=', ':']).next().unwrap_or_default();
        if let Some(rest) = line.strip_prefix('[') {
            section = rest.split(']').next().unwrap_or_default();
        } else if !line.starts_with([' ', '\t', '#', ';']) && declares(section, key.trim(), given) {
            let text = format!("`{}` declares metadata, and is not read", source.path);
            return Err(Place::new(source, place).problem(text));
        }
    }
    Ok(())
}

/// Whether a key declares something.
fn declares(section: &str, key: &str, given: &BTreeSet<String>) -> bool {
    let key = key.replace('-', "_");
    let counts = |name: &str| !name.is_empty() && !given.contains(name);
    match section {
        "metadata" => counts(&key) && !HARMLESS.contains(&key.as_str()),
        "options" => counts(&key) && key != "zip_safe" && key != "include_package_data",
        "options.extras_require" => !key.is_empty() && counts("extras_require"),
        "options.entry_points" => !key.is_empty() && counts("entry_points"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_text(text: &str, expected: Option<usize>) {
        let source = Arc::new(Source {
            path: "setup.cfg".to_owned(),
            text: text.to_owned(),
        });
        let given = ["name".to_owned(), "extras_require".to_owned()].into();
        let problem = check(&source, &given).err();
        let line = problem
            .and_then(|problem| problem.span)
            .map(|span| span.line_column().0);
        assert_eq!(line, expected, "{text}");
    }

    #[test]
    fn only_what_declares_metadata_is_a_problem() {
        check_text("", None);
        check_text(
            "[metadata]\nlicense_files = LICENSE\n\n[tool:pytest]\nx = 1\n",
            None,
        );
        check_text("[egg_info]\ntag_build =\n", None);
        check_text("[options]\nzip-safe = false\n", None);
        check_text("[metadata]\nname = x\nversion = 1\n", Some(3));
        check_text("[options]\ninstall_requires =\n  a\n", Some(2));
        check_text("[options.extras_require]\ntest =\n  a\n", None);
        check_text("[options.entry_points]\ntest =\n  a\n", Some(2));
    }
}
