//! What a script may ask of the machine. A hook of a template does little; one that loops or allocates without end fails early.

use rhai::Engine;

/// Operations of one script: about a second.
const OPERATIONS: u64 = 5_000_000;

/// Bytes of a text, with all that a list or a map holds.
const TEXT: usize = 16 << 20;

/// Entries of a list or a map, with all that is in them.
const ENTRIES: usize = 1 << 20;

/// Bytes that all hooks together write.
pub(super) const WRITTEN: usize = 256 << 20;

/// Sets the limits. Depths are those that cargo-generate's release has.
pub(super) fn set(engine: &mut Engine) {
    engine
        .set_max_operations(OPERATIONS)
        .set_max_string_size(TEXT)
        .set_max_array_size(ENTRIES)
        .set_max_map_size(ENTRIES)
        .set_max_variables(4096)
        .set_max_call_levels(64)
        .set_max_expr_depths(64, 32)
        .set_max_modules(256);
    // Waiting has no effect on files, and no end that is counted.
    engine.register_fn("sleep", |_: i64| {});
    engine.register_fn("sleep", |_: f64| {});
}
