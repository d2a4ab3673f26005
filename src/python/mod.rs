//! Python packaging as text: names, requirements, markers, bounds, metadata.
//!
//! Rank 0: it uses nothing else of the crate, touches no file and no network, and runs no Python program.

mod bounds;
mod build_system;
mod egg_info;
mod entry_points;
mod license;
mod marker;
mod metadata;
mod modules;
mod name;
mod pin;
mod platform;
mod python_version;
mod requirement;
mod sdist_metadata;
mod wheel_name;

pub use bounds::{Past, UpperBound, Verdict, upper_bound, verdict};
pub use build_system::{BuildSystem, BuildSystemError};
pub use egg_info::egg_requirements;
pub use entry_points::console_scripts;
pub use license::spdx;
pub use marker::{MarkerCause, MarkerError};
pub use metadata::{Metadata, MetadataError, labelled_home};
pub use modules::modules;
pub use name::{PyName, PyNameError};
pub use pep440_rs::{Version, VersionSpecifiers};
pub use pin::pinned;
pub use platform::{Platform, PlatformError};
pub use python_version::{PythonVersion, PythonVersionError};
pub use requirement::{Requirement, RequirementError};
pub use sdist_metadata::{SdistMetadata, Untold};
pub use wheel_name::{Fit, WheelName, WheelNameError};
