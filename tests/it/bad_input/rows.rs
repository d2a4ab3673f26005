//! Flags that cannot be taken, one problem each.

/// Flags, exit code, and parts of what is said. One problem each.
pub(super) type Row = (&'static [&'static str], i32, &'static [&'static str]);

pub(super) const NAMES: &[Row] = &[
    (&["--name", ".."], 2, &["`--name`: `..` cannot be a name"]),
    (&["--name", "/abs"], 2, &["`abs` would do"]),
    (
        &["--name", "a/b"],
        2,
        &["only letters, digits", "`a-b` would do"],
    ),
    (&["--name", ""], 2, &["it is empty"]),
    (&["--name", "a\nb"], 2, &["`a\\nb`", "`a-b` would do"]),
    (&["--name", "a\u{7}b"], 2, &["`a\\u{7}b`"]),
    (
        &["--name", "con"],
        2,
        &["device on Windows", "`con-build` would do"],
    ),
    (&["--name", "LPT9"], 2, &["device on Windows"]),
    (&["--name", "x.git"], 2, &["must not end"]),
    (&["--name", "x.lock"], 2, &["must not end"]),
    (
        &["--name=-rf"],
        2,
        &["does not begin with a letter or digit"],
    ),
    (
        &["--environment", "lib"],
        2,
        &["`--environment`: `lib`", "another meaning"],
    ),
    (&["--environment", "a b"], 2, &["no keyword of Nix"]),
    (&["--environment", "let"], 2, &["no keyword of Nix"]),
    (&["--environment", ""], 2, &["letters, digits"]),
    (
        &["--environment", "dagster"],
        2,
        &["a package has that name"],
    ),
    (
        &["--environment", "../x"],
        2,
        &["`../x` cannot be the name"],
    ),
];

pub(super) const PACKAGES: &[Row] = &[
    (
        &["--package", "dagster-postgre"],
        2,
        &["there is no package `dagster-postgre`; did you mean `dagster-postgres`?"],
    ),
    (&["--package", "numpy"], 2, &["there is no package `numpy`"]),
    (
        &["--package", "a b"],
        2,
        &["`--package`: `a b` is not a Python package name"],
    ),
    (
        &["--package", "dagster-postgres["],
        2,
        &["write `name` or `name[extra,…]`"],
    ),
    (
        &["--package", "category:x"],
        2,
        &["there is no category `x`: there are cloud, warehouse, database"],
    ),
    (
        &["--package", "dagster-test"],
        2,
        &["`dagster-test` is not built: test helpers"],
    ),
    (
        &["--package", "dagster-shell"],
        2,
        &[
            "`dagster-shell` here: upstream ended it",
            "1.9.13 was the last release with it",
        ],
    ),
    (
        &["--package", "dagster-polars"],
        2,
        &[
            "the community maintains it",
            "see https://github.com/dagster-io/community-integrations",
        ],
    ),
    (
        &["--release", "1.13.27", "--package", "dagster-embedded-elt"],
        2,
        &["at the release 1.13.27; it is in 1.12.0, 1.12.22: it only brought dagster-dlt"],
    ),
    (
        &["--release", "1.12.0", "--package", "dagster-rest-resources"],
        2,
        &["at the release 1.12.0; it is in 1.13.27"],
    ),
    (
        &["--release", "1.13.27", "--package", "dagster-postgres[awz]"],
        2,
        &["has no extra `awz`: it has aws, azure, gcp, wif"],
    ),
    (
        &["--package", "dagster-mysql[x]"],
        2,
        &["has no extra `x`: it has none"],
    ),
    (
        &["--with-python", "a b"],
        2,
        &["`a b` is not a Python package name"],
    ),
    (
        &["--with-python", "dlt", "--missing", "fail"],
        1,
        &["`dagster-complete`: it requires `dlt`, which nixpkgs lacks"],
    ),
    (
        // The package index is asked for what nixpkgs lacks; nobody answers here.
        &["--with-python", "claude-code-sdk"],
        1,
        &["`claude-code-sdk` cannot be packaged", "`--missing fail`"],
    ),
    (
        &["--publish", "nope"],
        2,
        &["`nope` cannot be published: it is not built here"],
    ),
    (
        &["--publish", "dagster-webservr"],
        2,
        &["did you mean `dagster-webserver`?"],
    ),
    (
        &["--layout", "single", "--publish", "dagster"],
        2,
        &["cannot be published alone"],
    ),
];

pub(super) const RELEASES: &[Row] = &[
    (
        &["--release", "1.12.16"],
        2,
        &[
            "cannot be packaged",
            "web UI is missing",
            "1.12.17",
            "1.12.0, 1.12.22, 1.13.27",
        ],
    ),
    (&["--release", "v1.12.16"], 2, &["1.12.17"]),
    (
        &["--release", "1.13.28"],
        2,
        &["incomplete on PyPI", "1.13.27"],
    ),
    (
        &["--release", "9.9.9"],
        1,
        &["is not ready-made", "1.12.0, 1.12.22, 1.13.27"],
    ),
    (&["--release", "1.12.2"], 1, &["is not ready-made"]),
    (&["--release", "1.13.0rc1"], 2, &["is no final release"]),
    (
        &["--release", "latest"],
        1,
        &["the package index cannot be read"],
    ),
    (&["--release", "newest"], 2, &["`newest` is not a version"]),
    (&["--release", ""], 2, &["is not a version"]),
    (
        &["--release", "1.13.27", "--source", "github"],
        1,
        &[
            "the tags of `http://127.0.0.1:9/dagster-io/dagster.git` cannot be read",
            "hint: `--source pypi`",
        ],
    ),
];

pub(super) const CHOICES: &[Row] = &[
    (
        &["--layout", "x"],
        2,
        &["`--layout`: `x` is not one of split, single"],
    ),
    (
        &["--source", "git"],
        2,
        &["`git` is not one of auto, github, pypi"],
    ),
    (&["--storage", "oracle"], 2, &["sqlite, postgres, mysql"]),
    (&["--docs", "none"], 2, &["core, all"]),
    (&["--with", "tests"], 2, &["runtime, workflows, flake"]),
    (&["--nixpkgs", "stable"], 2, &["pinned, floating"]),
    (
        &["--expose", "python"],
        2,
        &["programs+python, programs, all"],
    ),
    (&["--missing", "x"], 2, &["package, fail"]),
    (
        &["--system", "x86-linux"],
        2,
        &["`x86-linux` is not one of aarch64-darwin"],
    ),
    (&["--system", ""], 2, &["at least one system is needed"]),
    (
        &["--format", "xml"],
        2,
        &["invalid value 'xml' for '--format <FORMAT>'", "text, json"],
    ),
    (&["--color", "pink"], 2, &["invalid value 'pink'"]),
    (
        &["--python", "py3"],
        2,
        &["`py3` is not a Python of nixpkgs"],
    ),
    (
        &["--license", "GPL"],
        2,
        &["`GPL` is not one of Apache-2.0, MIT"],
    ),
    (
        &["--scaffold", "dagstr"],
        2,
        &["there is no scaffold `dagstr`; did you mean `dagster`?"],
    ),
    (
        &["--scaffold", "./nowhere"],
        1,
        &["/nowhere` cannot be read"],
    ),
    (&["--handle", "a"], 2, &["3 to 63 letters"]),
    (&["--handle", "a/b/c"], 2, &["3 to 63 letters"]),
    (
        &["--remote=--upload-pack=x"],
        2,
        &["is not the address of a git remote"],
    ),
    (
        &["--remote", "https://example.org/a b"],
        2,
        &["is not the address of a git remote"],
    ),
    (
        &["--docs-dir", "../x"],
        2,
        &["`../x` is not a path inside a repository"],
    ),
    (
        &["--docs-dir", "/x"],
        2,
        &["it is a path from the top of the repository"],
    ),
    (
        &["--docs-dir", ".flox"],
        2,
        &["hidden directories and `runtime` have other uses"],
    ),
    (&["--docs-dir", "a/.git/b"], 2, &["hidden directories"]),
    (
        &["--docs-dir", "runtime"],
        2,
        &["hidden directories and `runtime`"],
    ),
    (
        &["--docs-dir", ""],
        2,
        &["it is a path from the top of the repository"],
    ),
    (&["--docs-dir", "a b"], 2, &["links take letters, digits"]),
    (
        &["--remote", "https://me:token@example.org/a.git"],
        2,
        &["`--remote`: the address carries a password or token"],
    ),
    (
        &["--environment", "fetchPypi"],
        2,
        &["Flox or Nix gives that name another meaning"],
    ),
    (
        &["--environment", "dagster_pipes"],
        2,
        &["a package has that name"],
    ),
    (
        &["--with-python", "dagster-postgres"],
        1,
        &["`--package dagster-postgres` builds it"],
    ),
    (&["--nonsense"], 2, &["unexpected argument '--nonsense'"]),
    (&["another"], 2, &["unexpected argument 'another'"]),
];

pub(super) const CONTRADICTIONS: &[Row] = &[
    (
        &["--no-git", "--no-commit"],
        2,
        &["'--no-git' cannot be used with '--no-commit'"],
    ),
    (
        &["--no-git", "--remote", "https://example.org/a"],
        2,
        &["'--no-git' cannot be used with '--remote"],
    ),
    (
        &["--release", "1.12.0", "--release", "1.13.27"],
        2,
        &["'--release <RELEASE>' cannot be used multiple times"],
    ),
];
