//! Licences: from what metadata says to SPDX, only where it leaves no doubt.

/// Classifiers (without `License :: OSI Approved :: `) that mean exactly one SPDX licence.
///
/// Left out on purpose: `BSD License`, `GNU General Public License (GPL)` and the like, which do not say which one.
const CLASSIFIERS: &[(&str, &str)] = &[
    ("Apache Software License", "Apache-2.0"),
    ("Boost Software License 1.0 (BSL-1.0)", "BSL-1.0"),
    ("GNU Affero General Public License v3", "AGPL-3.0-only"),
    (
        "GNU Affero General Public License v3 or later (AGPLv3+)",
        "AGPL-3.0-or-later",
    ),
    ("GNU General Public License v2 (GPLv2)", "GPL-2.0-only"),
    (
        "GNU General Public License v2 or later (GPLv2+)",
        "GPL-2.0-or-later",
    ),
    ("GNU General Public License v3 (GPLv3)", "GPL-3.0-only"),
    (
        "GNU General Public License v3 or later (GPLv3+)",
        "GPL-3.0-or-later",
    ),
    (
        "GNU Lesser General Public License v2 or later (LGPLv2+)",
        "LGPL-2.1-or-later",
    ),
    (
        "GNU Lesser General Public License v3 (LGPLv3)",
        "LGPL-3.0-only",
    ),
    (
        "GNU Lesser General Public License v3 or later (LGPLv3+)",
        "LGPL-3.0-or-later",
    ),
    ("ISC License (ISCL)", "ISC"),
    ("MIT License", "MIT"),
    ("MIT No Attribution License (MIT-0)", "MIT-0"),
    ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
    ("The Unlicense (Unlicense)", "Unlicense"),
    ("Universal Permissive License (UPL)", "UPL-1.0"),
    ("zlib/libpng License", "Zlib"),
];

/// Values of the free field `License` that are SPDX identifiers already.
const IDENTIFIERS: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "HPND",
    "ISC",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
];

/// The SPDX expression for what the metadata says, or `None` where it cannot be told.
///
/// `License-Expression` holds by definition; then `License`, if it is an identifier; then the classifiers, if they
/// name exactly one licence.
pub fn spdx(expression: Option<&str>, free: Option<&str>, classifiers: &[&str]) -> Option<String> {
    if let Some(expression) = expression {
        return Some(expression.to_owned());
    }
    if let Some(identifier) = free.and_then(|free| IDENTIFIERS.iter().find(|id| **id == free)) {
        return Some((*identifier).to_owned());
    }
    let mut named = classifiers
        .iter()
        .filter(|text| text.starts_with("License ::"));
    let only = named.next().filter(|_| named.next().is_none())?;
    let rest = only.strip_prefix("License :: OSI Approved :: ")?;
    CLASSIFIERS
        .iter()
        .find(|(text, _)| *text == rest)
        .map(|(_, spdx)| (*spdx).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        expression: Option<&str>,
        free: Option<&str>,
        classifiers: &[&str],
        expected: Option<&str>,
    ) {
        let found = spdx(expression, free, classifiers);
        assert_eq!(
            found.as_deref(),
            expected,
            "{expression:?} {free:?} {classifiers:?}"
        );
    }

    #[test]
    fn what_can_be_told() {
        const APACHE: &str = "License :: OSI Approved :: Apache Software License";
        const MIT: &str = "License :: OSI Approved :: MIT License";
        const BSD: &str = "License :: OSI Approved :: BSD License";
        check(
            Some("MIT OR Apache-2.0"),
            Some("BSD"),
            &[BSD],
            Some("MIT OR Apache-2.0"),
        );
        check(None, Some("MIT"), &[], Some("MIT"));
        check(
            None,
            Some("Apache License, Version 2.0"),
            &[APACHE],
            Some("Apache-2.0"),
        );
        check(None, None, &["Topic :: Database", MIT], Some("MIT"));
        check(None, None, &[MIT, APACHE], None);
        check(None, None, &[BSD], None);
        check(None, Some("BSD"), &[], None);
        check(None, None, &[], None);
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(CLASSIFIERS.is_sorted());
        assert!(IDENTIFIERS.is_sorted());
    }
}
