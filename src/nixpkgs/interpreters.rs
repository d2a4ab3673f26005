//! The Python interpreters of nixpkgs, and what choosing one costs.

/// Minor versions of CPython 3 that are offered, newest first. Source: nixpkgs' package sets of 25.05 to 26.11.
pub const OFFERED: [u8; 3] = [14, 13, 12];

/// What choosing CPython 3.`minor` costs, in one line. Source: which sets nixpkgs builds and caches, per release.
pub fn interpreter_cost(minor: u8) -> &'static str {
    match minor {
        13 => "in the binary cache from nixpkgs 25.05 on",
        12 => {
            "nixpkgs 26.05 and later no longer cache it: everything with C code is built from source"
        }
        14 => "in the binary cache from nixpkgs 26.05 on; some packages do not support it yet",
        _ => "not in nixpkgs' binary cache: everything with C code is built from source",
    }
}
