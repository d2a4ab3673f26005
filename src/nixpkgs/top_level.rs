//! Names at the top of nixpkgs that other packages are built with. A package file of such a name takes its place everywhere.

/// The names, sorted; all of long standing.
const NAMES: [&str; 122] = [
    "acl",
    "attr",
    "autoconf",
    "automake",
    "bash",
    "bashInteractive",
    "binutils",
    "bison",
    "boost",
    "brotli",
    "buildEnv",
    "bzip2",
    "cacert",
    "cairo",
    "callPackage",
    "cargo",
    "clang",
    "cmake",
    "coreutils",
    "curl",
    "cyrus_sasl",
    "dbus",
    "diffutils",
    "docker",
    "dockerTools",
    "duckdb",
    "expat",
    "fetchFromGitHub",
    "fetchFromGitLab",
    "fetchPypi",
    "fetchgit",
    "fetchpatch",
    "fetchurl",
    "fetchzip",
    "ffmpeg",
    "file",
    "findutils",
    "flex",
    "fontconfig",
    "freetype",
    "gawk",
    "gcc",
    "gdb",
    "gettext",
    "gfortran",
    "git",
    "glib",
    "glibc",
    "gmp",
    "gnugrep",
    "gnumake",
    "gnupg",
    "gnused",
    "gnutar",
    "gnutls",
    "go",
    "graphviz",
    "grpc",
    "gzip",
    "hello",
    "icu",
    "imagemagick",
    "jq",
    "krb5",
    "kubectl",
    "less",
    "lib",
    "libarchive",
    "libffi",
    "libiconv",
    "libjpeg",
    "libpng",
    "libtool",
    "libuv",
    "libxml2",
    "libxslt",
    "libyaml",
    "lz4",
    "makeWrapper",
    "meson",
    "mkShell",
    "mpfr",
    "mpi",
    "ncurses",
    "nginx",
    "ninja",
    "nodejs",
    "nss",
    "openblas",
    "openldap",
    "openssh",
    "openssl",
    "pandoc",
    "patchelf",
    "pcre2",
    "perl",
    "pkg-config",
    "pkgs",
    "postgresql",
    "procps",
    "protobuf",
    "readline",
    "redis",
    "ripgrep",
    "rsync",
    "ruby",
    "runCommand",
    "rustc",
    "sqlite",
    "stdenv",
    "symlinkJoin",
    "systemd",
    "tzdata",
    "unixODBC",
    "unzip",
    "util-linux",
    "which",
    "writeShellApplication",
    "xz",
    "zip",
    "zlib",
    "zstd",
];

/// Whether a name at the top of nixpkgs is one that other packages are built with: one of those that are known, an interpreter of
/// Python or its set.
pub fn is_top_level(name: &str) -> bool {
    NAMES.contains(&name) || is_python(name)
}

/// Whether a name is that of an interpreter or a set of nixpkgs: `python3`, `python313`, `python313Packages`.
pub fn is_python(name: &str) -> bool {
    let rest = name.strip_prefix("python3").map(|rest| {
        let rest = rest.strip_suffix("Packages").unwrap_or(rest);
        rest.strip_suffix("Full").unwrap_or(rest)
    });
    rest.is_some_and(|rest| rest.len() <= 2 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known() {
        for name in [
            "openssl",
            "python3",
            "python313",
            "python313Packages",
            "python3Packages",
        ] {
            assert!(is_top_level(name), "{name}");
        }
        for name in ["acme", "python", "python3-x", "python3131", "click"] {
            assert!(!is_top_level(name), "{name}");
        }
    }
}
