//! What a person decided, valid by construction: the intent of a workspace and the words it is made of.

mod choices;
mod commit_identity;
mod environment_name;
mod intent;
mod lock;
mod lock_origin;
mod package_spec;
mod python_set;
mod verdict;
mod workspace_name;

/// A system that Nix builds for: what markers call a platform.
pub use crate::python::Platform as System;
pub use choices::{Documents, Expose, Layout, Missing, Nixpkgs, NotAChoice, Source, Storage, With};
pub use commit_identity::CommitIdentity;
pub use environment_name::{EnvironmentName, EnvironmentNameError};
pub use intent::{Intent, Tweaks};
pub use lock::{
    BoundTest, Decision, LOCK_SCHEMA, Lock, LockedBound, LockedEnvironment, LockedFile, LockedLoan,
    LockedPackage, LockedRelease, LockedRequirement, LockedSource, LockedThirdParty, Owner,
    Prediction,
};
pub use lock_origin::{LockedOrigin, LockedSdist, LockedWheel};
pub use package_spec::{PackageSpec, PackageSpecError};
pub use python_set::{PythonSet, PythonSetError};
pub use workspace_name::{NameError, WorkspaceName, directory_fault, shown};
