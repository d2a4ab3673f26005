//! The suffix `.liquid` of a file is no part of its name.

use super::order::Mode;
use super::staged::{Entry, PathFault, Staged};

const SUFFIX: &str = ".liquid";

/// Takes one suffix off every file; where `x` and `x.liquid` stand side by side, `x.liquid` wins. As cargo-generate does it, it wins
/// where it is a directory too, and the file `x` is lost.
///
/// # Errors
/// A file called `.liquid`, which has no name without it, and one whose name without it is a directory's.
pub(super) fn strip(staged: &mut Staged, mode: Mode) -> Result<(), PathFault> {
    if mode == Mode::Compat {
        let lost: Vec<String> = staged
            .files()
            .filter(|(path, _)| staged.is_directory(&format!("{path}{SUFFIX}")))
            .map(|(path, _)| path.to_owned())
            .collect();
        for path in lost {
            staged.remove(&path);
        }
    }
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
