//! The rules, one in a file. The file is called like the rule.

mod allow_unclear;
mod bound_violated;
mod build_system;
mod environment_interpreter;
mod environment_links;
mod environment_missing;
mod extra_missing;
mod format_implicit;
mod format_legacy;
mod hash_kind;
mod hash_missing;
mod hash_wrong;
mod imports_unchecked;
mod known_fault;
mod python_uncached;
mod python_unsupported;
mod relax_prefix;
mod relax_sibling;
mod relax_unconditional;
mod relax_unknown;
mod release_mixed;
mod release_refused;
mod requirement_missing;
mod requirement_superfluous;
mod requirements_propagated;
mod revision_moving;
mod source_extracted;
mod source_incomplete;
mod source_path;
mod source_root_literal;
mod syntax_error;
mod unused_argument;
mod unused_binding;
mod version_track;

use super::Rule;

/// All rules, in the order of their names.
pub static RULES: [&Rule; 34] = [
    &allow_unclear::RULE,
    &bound_violated::RULE,
    &build_system::RULE,
    &environment_interpreter::RULE,
    &environment_links::RULE,
    &environment_missing::RULE,
    &extra_missing::RULE,
    &format_implicit::RULE,
    &format_legacy::RULE,
    &hash_kind::RULE,
    &hash_missing::RULE,
    &hash_wrong::RULE,
    &imports_unchecked::RULE,
    &known_fault::RULE,
    &python_uncached::RULE,
    &python_unsupported::RULE,
    &relax_prefix::RULE,
    &relax_sibling::RULE,
    &relax_unconditional::RULE,
    &relax_unknown::RULE,
    &release_mixed::RULE,
    &release_refused::RULE,
    &requirement_missing::RULE,
    &requirement_superfluous::RULE,
    &requirements_propagated::RULE,
    &revision_moving::RULE,
    &source_extracted::RULE,
    &source_incomplete::RULE,
    &source_path::RULE,
    &source_root_literal::RULE,
    &syntax_error::RULE,
    &unused_argument::RULE,
    &unused_binding::RULE,
    &version_track::RULE,
];

/// The rule of a name.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
