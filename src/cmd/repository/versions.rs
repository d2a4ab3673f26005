//! What of a repository's lock stays when it is resolved anew.

use crate::cmd::facts::Settled;
use crate::model::Lock;
use std::collections::BTreeMap;

/// What becomes of the versions of third parties that a repository has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::cmd) enum Versions {
    /// They stay as long as they fit.
    #[default]
    Stay,
    /// They are chosen anew.
    Move,
}

impl Versions {
    /// What of the locks stays. A tag has one tree, so its hash does in any case.
    pub(super) fn settled(self, locks: &[&Lock]) -> Settled {
        let settled = Settled::by(locks);
        match self {
            Self::Stay => settled,
            Self::Move => Settled {
                versions: BTreeMap::new(),
                ..settled
            },
        }
    }
}
