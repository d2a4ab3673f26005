//! The rules, one in a file. The file is called like the rule.

mod allow_unclear;
mod environment_links;
mod extra_missing;
mod format_implicit;
mod hash_missing;
mod release_mixed;
mod requirement_missing;
mod revision_moving;
mod syntax_error;
mod unused_argument;
mod unused_binding;
mod version_track;

use super::Rule;

/// All rules, in the order of their names.
pub static RULES: [&Rule; 12] = [
    &allow_unclear::RULE,
    &environment_links::RULE,
    &extra_missing::RULE,
    &format_implicit::RULE,
    &hash_missing::RULE,
    &release_mixed::RULE,
    &requirement_missing::RULE,
    &revision_moving::RULE,
    &syntax_error::RULE,
    &unused_argument::RULE,
    &unused_binding::RULE,
    &version_track::RULE,
];

/// The rule of a name.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
