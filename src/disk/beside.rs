//! Names beside a file or a directory, for what takes its place.

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// What such a name ends with.
const SUFFIX: &str = ".floxwright-new";

/// The most bytes that a name has on common file systems.
const LONGEST: usize = 255;

/// The path beside `place`, hidden, for what is prepared to take its place. A name that would be too long is replaced by its digest.
pub(super) fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let long = format!(".{name}{SUFFIX}");
    if long.len() <= LONGEST {
        return place.with_file_name(long);
    }
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(name.as_bytes()));
    place.with_file_name(format!(".{digest}{SUFFIX}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_never_too_long() {
        let name = |length: usize| {
            let place = Path::new("/d").join("é".repeat(length / 2));
            let beside = beside(&place);
            assert_eq!(beside.parent(), Some(Path::new("/d")));
            beside.file_name().unwrap().to_string_lossy().into_owned()
        };
        assert_eq!(name(4), ".éé.floxwright-new");
        for length in [238, 240, 254] {
            assert!(name(length).len() <= LONGEST, "{length}");
        }
        assert_ne!(name(252), name(254));
    }
}
