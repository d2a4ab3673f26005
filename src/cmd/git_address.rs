//! What git is given, told from paths.

/// The schemes of the addresses that git is given. `ext::` and its like run programs, and are none.
const SCHEMES: [&str; 5] = ["https://", "http://", "ssh://", "git://", "file://"];

/// An address with a scheme, or `user@host:path`.
pub(super) fn is_git_address(text: &str) -> bool {
    if SCHEMES.iter().any(|scheme| text.starts_with(scheme)) {
        return true;
    }
    let host = text.split('/').next().unwrap_or_default();
    host.split_once('@')
        .is_some_and(|(_, host)| host.contains(':'))
}
