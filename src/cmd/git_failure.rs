//! What a person reads when git does not bring what is on a server.

use crate::diagnostic::Failure;
use crate::outside::git_program::RemoteError;

/// The failure with its cause, and with what can be done about that.
pub(super) fn git_failure(failure: Failure, error: RemoteError) -> Failure {
    let failure = match &error {
        RemoteError::Interrupted => return Failure::interrupted(),
        RemoteError::Password(_) => failure
            .hint(
                "set up a key or a credential helper for `git`; `git clone` shows whether it works",
            )
            .hint(
                "is the name right? servers ask for a password where a repository does not exist",
            ),
        RemoteError::Slow(_) => {
            failure.hint("`FLOXWRIGHT_TIMEOUT` says for how many seconds a server may be silent")
        }
        RemoteError::Start(_) | RemoteError::Refused(_) => failure,
    };
    failure.because(error)
}
