//! Build backends that make a wheel from Python alone, so that an sdist needs nothing but what it says.

/// Object paths without the part after the colon. Each is in nixpkgs' Python set. Those that compile or link (maturin,
/// scikit-build-core, meson-python), ask git, or lie in the sdist itself are left out: there the published wheel is taken.
const PLAIN: [&str; 9] = [
    "flit_core.buildapi",
    "hatchling.build",
    "hatchling.ouroboros",
    "pbr.build",
    "pdm.backend",
    "pdm.pep517.api",
    "poetry.core.masonry.api",
    "setuptools.build_meta",
    "uv_build",
];

/// Whether an sdist with this backend builds from what it declares.
pub fn is_plain_backend(object_path: &str) -> bool {
    let module = object_path.split(':').next().unwrap_or_default();
    PLAIN.contains(&module)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backends() {
        for (path, plain) in [
            ("setuptools.build_meta", true),
            ("setuptools.build_meta:__legacy__", true),
            ("hatchling.build", true),
            ("uv_build", true),
            ("maturin", false),
            ("mesonpy", false),
            ("scikit_build_core.build", false),
            ("poetry_dynamic_versioning.backend", false),
            ("backend", false),
            ("", false),
        ] {
            assert_eq!(is_plain_backend(path), plain, "{path}");
        }
    }
}
