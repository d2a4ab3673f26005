//! The scaffolds in the program.

use crate::tree::{File, Mode, RelPath, Tree};
use include_dir::{Dir, include_dir};

static SCAFFOLDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scaffolds");

/// The file that makes a directory a scaffold.
pub const SCAFFOLD: &str = "scaffold.toml";

/// The file that makes a directory a plain template.
pub const TEMPLATE: &str = "cargo-generate.toml";

/// The file that makes a directory what scaffolds share.
const BASE: &str = "base.toml";

/// Names of the scaffolds in the program, sorted.
pub fn built_in_names() -> Vec<&'static str> {
    names_with(SCAFFOLD)
}

/// The scaffold that is meant where none is named.
pub fn default_name() -> &'static str {
    let file = SCAFFOLDS.get_file("default");
    let text = file.and_then(include_dir::File::contents_utf8);
    text.unwrap_or_default().trim()
}

/// The files of the scaffold `name`, if it is in the program.
pub fn built_in(name: &str) -> Option<Tree> {
    files(name, SCAFFOLD)
}

/// Names of the plain templates in the program, sorted.
pub fn plain_names() -> Vec<&'static str> {
    names_with(TEMPLATE)
}

/// The files of the plain template `name`, if it is in the program.
pub fn plain(name: &str) -> Option<Tree> {
    files(name, TEMPLATE)
}

/// Whether these are the files of a template in cargo-generate's format, which packages no upstream.
pub fn is_plain(tree: &Tree) -> bool {
    tree.text(TEMPLATE).is_some() && tree.text(SCAFFOLD).is_none()
}

/// The directories of templates and scaffolds in a tree that is none itself, sorted.
pub fn templates_within(tree: &Tree) -> Vec<String> {
    let is_one = |name: &str| [TEMPLATE, SCAFFOLD].contains(&name);
    let mut found: Vec<String> = Vec::new();
    for path in tree.paths().filter(|path| is_one(path.name())) {
        match path.parent() {
            None => return Vec::new(),
            // What lies in a template belongs to it.
            Some(above)
                if found
                    .iter()
                    .any(|known| above.starts_with(&format!("{known}/"))) => {}
            Some(above) if found.iter().any(|known| known == above) => {}
            Some(above) => found.push(above.to_owned()),
        }
    }
    found.sort();
    found
}

/// Names of the bases, sorted.
pub(super) fn base_names() -> Vec<&'static str> {
    names_with(BASE)
}

/// The files of the base `name`.
pub(super) fn base(name: &str) -> Option<Tree> {
    files(name, BASE)
}

/// The file by which the beginning of a scaffold is known.
const STARTER: &str = "scaffold.toml.liquid";

/// The templates of the beginning of a scaffold: all of its files, with `.liquid` behind their names.
pub fn starter() -> Tree {
    let names = names_with(STARTER);
    let name = names.first();
    name.and_then(|name| files(name, STARTER))
        .unwrap_or_default()
}

/// The directories that hold a file of this name, sorted.
fn names_with(file: &str) -> Vec<&'static str> {
    let kind = SCAFFOLDS.dirs().filter(|dir| has(dir, file));
    let mut names: Vec<_> = kind.filter_map(|dir| dir.path().to_str()).collect();
    names.sort_unstable();
    names
}

fn has(dir: &Dir<'static>, file: &str) -> bool {
    dir.get_file(dir.path().join(file)).is_some()
}

/// The files of the directory `name`, if it holds `file`.
fn files(name: &str, file: &str) -> Option<Tree> {
    let mut dirs = SCAFFOLDS.dirs();
    let dir = dirs.find(|dir| dir.path().to_str() == Some(name) && has(dir, file))?;
    let mut tree = Tree::new();
    collect(dir, &format!("{name}/"), &mut tree);
    Some(tree)
}

fn collect(dir: &Dir<'static>, prefix: &str, tree: &mut Tree) {
    for file in dir.files() {
        let path = file
            .path()
            .to_str()
            .and_then(|path| path.strip_prefix(prefix));
        if let Some(path) = path.and_then(|path| path.parse::<RelPath>().ok()) {
            let bytes = file.contents().to_vec();
            // The program carries no modes: what names its interpreter is run.
            let mode = if bytes.starts_with(b"#!") {
                Mode::Executable
            } else {
                Mode::Plain
            };
            let file = File { bytes, mode };
            tree.insert(path, file);
        }
    }
    for sub in dir.dirs() {
        collect(sub, prefix, tree);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_in_the_program() {
        assert!(built_in_names().contains(&default_name()));
    }
}
