//! The scaffolds in the program.

use crate::tree::{File, Mode, RelPath, Tree};
use include_dir::{Dir, include_dir};

static SCAFFOLDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scaffolds");

/// Names of the scaffolds in the program, sorted.
pub fn built_in_names() -> Vec<&'static str> {
    let mut names: Vec<_> = SCAFFOLDS
        .dirs()
        .filter_map(|dir| dir.path().to_str())
        .collect();
    names.sort_unstable();
    names
}

/// The files of the scaffold `name`, if it is in the program.
pub fn built_in(name: &str) -> Option<Tree> {
    let dir = SCAFFOLDS
        .dirs()
        .find(|dir| dir.path().to_str() == Some(name))?;
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
            let file = File {
                bytes: file.contents().to_vec(),
                mode: Mode::Plain,
            };
            tree.insert(path, file);
        }
    }
    for sub in dir.dirs() {
        collect(sub, prefix, tree);
    }
}
