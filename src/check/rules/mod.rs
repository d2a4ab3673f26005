//! The rules, one in a file. The file is called like the rule.

mod allow_unclear;
mod bound_violated;
mod build_system;
mod circular_reference;
mod claim_wrong;
mod configuration_rejected;
mod document_command;
mod document_disagrees;
mod document_missing;
mod document_pip_install;
mod document_snippet;
mod document_stale;
mod environment_file;
mod environment_interpreter;
mod environment_links;
mod environment_missing;
mod environment_unnamed;
mod evaluation_fails;
mod extra_missing;
mod file_unreadable;
mod file_untracked;
mod format_implicit;
mod format_legacy;
mod git_missing;
mod hash_kind;
mod hash_missing;
mod hash_wrong;
mod imports_unchecked;
mod known_fault;
mod lock_behind;
mod lock_missing;
mod manifest_invalid;
mod meta_missing;
mod meta_unserialisable;
mod name_replaces;
mod name_twice;
mod name_unbound;
mod nix_unformatted;
mod nix_unread;
mod package_ignored;
mod package_list_broken;
mod publish_refused;
mod python_uncached;
mod python_unsupported;
mod relax_prefix;
mod relax_sibling;
mod relax_unconditional;
mod relax_unknown;
mod release_mixed;
mod release_refused;
mod requirement_missing;
mod requirement_replaced;
mod requirement_superfluous;
mod requirements_propagated;
mod result_unignored;
mod revision_moving;
mod schema_unknown;
mod secret_committed;
mod secret_literal;
mod source_extracted;
mod source_incomplete;
mod source_path;
mod source_root_literal;
mod syntax_error;
mod systems_unstated;
mod unused_argument;
mod unused_binding;
mod version_track;
mod workspace_invalid;

use super::Rule;

/// All rules, in the order of their names.
pub static RULES: [&Rule; 69] = [
    &allow_unclear::RULE,
    &bound_violated::RULE,
    &build_system::RULE,
    &circular_reference::RULE,
    &claim_wrong::RULE,
    &configuration_rejected::RULE,
    &document_command::RULE,
    &document_disagrees::RULE,
    &document_missing::RULE,
    &document_pip_install::RULE,
    &document_snippet::RULE,
    &document_stale::RULE,
    &environment_file::RULE,
    &environment_interpreter::RULE,
    &environment_links::RULE,
    &environment_missing::RULE,
    &environment_unnamed::RULE,
    &evaluation_fails::RULE,
    &extra_missing::RULE,
    &file_unreadable::RULE,
    &file_untracked::RULE,
    &format_implicit::RULE,
    &format_legacy::RULE,
    &git_missing::RULE,
    &hash_kind::RULE,
    &hash_missing::RULE,
    &hash_wrong::RULE,
    &imports_unchecked::RULE,
    &known_fault::RULE,
    &lock_behind::RULE,
    &lock_missing::RULE,
    &manifest_invalid::RULE,
    &meta_missing::RULE,
    &meta_unserialisable::RULE,
    &name_replaces::RULE,
    &name_twice::RULE,
    &name_unbound::RULE,
    &nix_unformatted::RULE,
    &nix_unread::RULE,
    &package_ignored::RULE,
    &package_list_broken::RULE,
    &publish_refused::RULE,
    &python_uncached::RULE,
    &python_unsupported::RULE,
    &relax_prefix::RULE,
    &relax_sibling::RULE,
    &relax_unconditional::RULE,
    &relax_unknown::RULE,
    &release_mixed::RULE,
    &release_refused::RULE,
    &requirement_missing::RULE,
    &requirement_replaced::RULE,
    &requirement_superfluous::RULE,
    &requirements_propagated::RULE,
    &result_unignored::RULE,
    &revision_moving::RULE,
    &schema_unknown::RULE,
    &secret_committed::RULE,
    &secret_literal::RULE,
    &source_extracted::RULE,
    &source_incomplete::RULE,
    &source_path::RULE,
    &source_root_literal::RULE,
    &syntax_error::RULE,
    &systems_unstated::RULE,
    &unused_argument::RULE,
    &unused_binding::RULE,
    &version_track::RULE,
    &workspace_invalid::RULE,
];

/// The rule of a name.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
