//! Licences: from SPDX to the attributes of nixpkgs' `lib.licenses`.

/// SPDX identifier and attribute, sorted by identifier. Source: the attribute names of nixpkgs' `lib/licenses.nix`.
const LICENSES: [(&str, &str); 17] = [
    ("0BSD", "bsd0"),
    ("AGPL-3.0-or-later", "agpl3Plus"),
    ("Apache-2.0", "asl20"),
    ("BSD-2-Clause", "bsd2"),
    ("BSD-3-Clause", "bsd3"),
    ("CC0-1.0", "cc0"),
    ("GPL-2.0-or-later", "gpl2Plus"),
    ("GPL-3.0-only", "gpl3Only"),
    ("GPL-3.0-or-later", "gpl3Plus"),
    ("ISC", "isc"),
    ("LGPL-2.1-or-later", "lgpl21Plus"),
    ("LGPL-3.0-or-later", "lgpl3Plus"),
    ("MIT", "mit"),
    ("MPL-2.0", "mpl20"),
    ("PSF-2.0", "psfl"),
    ("Unlicense", "unlicense"),
    ("Zlib", "zlib"),
];

/// The attribute of `lib.licenses` for an SPDX identifier, where it is known.
pub fn license_attribute(spdx: &str) -> Option<&'static str> {
    LICENSES
        .iter()
        .find(|(id, _)| *id == spdx)
        .map(|(_, attribute)| *attribute)
}
