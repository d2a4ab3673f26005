//! Taking over a repository that floxwright did not make: what its files say, the intent that follows from it with its evidence,
//! what is wrong with the packages as they are written, and what becomes of every file. Texts in, values out; nothing is evaluated,
//! nothing is read and nothing is written here.

mod carry;
mod compare;
mod compare_package;
mod decide;
mod evidence;
mod fate;
mod hand_made;
mod infer;
mod lines;
mod manifest;
mod other_files;
mod readme;
mod release;
mod remove;
mod requirements;
mod rules;
mod survey;

pub use compare::{Correction, Corrections, compare};
pub use decide::{Decided, Ground, decide};
pub use evidence::{Inference, Open, Place, Sure};
pub use fate::{Fate, FileFate};
pub use infer::{Inferred, infer};
pub use requirements::tweaks;
pub use survey::{Read, Role, Site, Survey, is_upstream};
