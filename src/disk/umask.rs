//! What the system takes away from the permissions of new files.

use rustix::fs::Mode;
use rustix::process;

/// The bits that new files do not get, `0o022` say. It can only be asked for by setting it, so no files may be made meanwhile.
pub fn umask() -> u32 {
    let mask = process::umask(Mode::RWXG | Mode::RWXO);
    process::umask(mask);
    mask.bits()
}
