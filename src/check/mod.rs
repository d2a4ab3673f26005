//! What is wrong with a packaging repository, made by floxwright or by hand: rules, findings with their places, and edits that
//! mend. Texts in, values out; nothing is evaluated, nothing is read and nothing is written here.

mod activated;
mod allow;
mod document;
mod edited;
mod finding;
mod flox_commands;
mod json;
mod listing;
mod manifest;
mod markdown;
mod mend;
mod mend_list;
mod mended;
mod package;
mod region;
mod report;
mod repository;
mod rule;
mod rules;
mod sarif;
mod secrets;
mod settings;
mod severity;
mod subject;
mod wanted;
mod yaml;

pub use finding::{Edit, Finding, Fix, Note, Place};
pub use json::json;
pub use markdown::markdown;
pub use mended::{Known, Mended, mended, report, survey};
pub use package::Package;
pub use report::{Report, check};
pub use repository::{Branch, Found, Git, Repository, Unevaluated};
pub use rule::{Rule, Text};
pub use rules::{RULES, rule};

pub use sarif::sarif;
pub use secrets::masked;
pub use settings::{Deny, Settings};
pub use severity::Severity;
pub use subject::Subject;
pub use wanted::{Fate, Wanted};
