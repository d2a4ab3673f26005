//! The suffix `.liquid` of a file is no part of its name.

use super::staged::{Entry, PathFault, Staged};

const SUFFIX: &str = ".liquid";

/// Takes one suffix off every file; where `x` and `x.liquid` stand side by side, `x.liquid` wins.
///
/// # Errors
/// A file called `.liquid`, which has no name without it, and one whose name without it is a directory's.
pub(super) fn strip(staged: &mut Staged) -> Result<(), PathFault> {
    let suffixed: Vec<String> = staged
        .files()
        .filter(|(path, _)| path.ends_with(SUFFIX))
        .map(|(path, _)| path.to_owned())
        .collect();

    for path in suffixed {
        let Some(Entry::File(file)) = staged.remove(&path) else {
            continue;
        };
        let name = path.strip_suffix(SUFFIX).unwrap_or(&path);
        staged.insert_file(name, file)?;
    }
    Ok(())
}
