//! The repositories that golden files and rules look at: every layout, release and source that there is, with package sets
//! that matter. Each is made once for all tests.

use crate::sandbox::{Sandbox, new_yes};
use floxwright::tree::Tree;
use std::sync::OnceLock;

/// What is offered without a requirement that nixpkgs lacks: what can be made without asking the package index.
pub(super) const SEVERAL: &str =
    "dagster-mysql,dagster-postgres,create-dagster,dagster-cloud-cli,dagster-dg-cli";

/// The same of the second upstream.
const BESIDE: &str = "opentelemetry-configuration,opentelemetry-exporter-otlp,opentelemetry-exporter-otlp-json-http,opentelemetry-exporter-prometheus,opentelemetry-exporter-zipkin-json,opentelemetry-propagator-b3,opentelemetry-test-utils";

/// How much of a case is kept as a golden file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Golden {
    /// Everything.
    Whole,
    /// The Nix files only.
    Packages,
}

/// One repository.
#[derive(Debug)]
pub(super) struct Case {
    /// Name of its snapshots.
    pub(super) name: &'static str,
    /// What is kept of it.
    pub(super) golden: Golden,
    /// Flags of `new` in one line, separated by spaces; `several` stands for [`SEVERAL`], `beside` for [`BESIDE`].
    flags: &'static str,
    made: OnceLock<Tree>,
}

const fn case(name: &'static str, golden: Golden, flags: &'static str) -> Case {
    Case {
        name,
        golden,
        flags,
        made: OnceLock::new(),
    }
}

use Golden::{Packages, Whole};

/// All cases.
pub(super) static CASES: [Case; 20] = [
    case(
        "split-1.12.0-github-core",
        Whole,
        "--release 1.12.0 --layout split --source github",
    ),
    case(
        "single-1.12.0-github-postgres",
        Whole,
        "--release 1.12.0 --layout single --package dagster-postgres --storage postgres --docs all",
    ),
    case(
        "split-1.13.27-pypi-postgres-python",
        Whole,
        "--release 1.13.27 --layout split --package dagster-postgres --with-python pandas,pytest --handle acme --with runtime,workflows,flake",
    ),
    case(
        "single-1.13.27-pypi-several",
        Whole,
        "--release 1.13.27 --layout single --package several --storage mysql --with none",
    ),
    case(
        "split-1.12.0-github-several",
        Packages,
        "--release 1.12.0 --layout split --package several",
    ),
    case(
        "single-1.12.0-github-several",
        Packages,
        "--release 1.12.0 --layout single --package several",
    ),
    case(
        "split-1.12.0-pypi-mysql",
        Packages,
        "--release 1.12.0 --layout split --source pypi --storage mysql",
    ),
    case(
        "single-1.12.0-pypi-mysql",
        Packages,
        "--release 1.12.0 --layout single --source pypi --storage mysql",
    ),
    case(
        "split-1.12.22-pypi-several",
        Packages,
        "--release 1.12.22 --layout split --package several",
    ),
    case(
        "single-1.12.22-pypi-several",
        Packages,
        "--release 1.12.22 --layout single --package several",
    ),
    case(
        "split-1.12.22-pypi-core",
        Packages,
        "--release 1.12.22 --layout split",
    ),
    case(
        "split-1.13.27-pypi-several",
        Packages,
        "--release 1.13.27 --layout split --package several",
    ),
    case(
        "single-1.13.27-pypi-core",
        Packages,
        "--release 1.13.27 --layout single",
    ),
    case(
        "split-1.13.27-floating-root",
        Packages,
        "--release 1.13.27 --layout split --nixpkgs floating --docs-dir . --with none --system x86_64-linux",
    ),
    case(
        "split-1.13.27-expose-all",
        Packages,
        "--release 1.13.27 --layout split --expose all --environment acme-dagster",
    ),
    case(
        "single-1.13.27-expose-programs",
        Packages,
        "--release 1.13.27 --layout single --expose programs --package dagster-postgres[aws] --publish all",
    ),
    case(
        "split-1.13.27-python312",
        Packages,
        "--release 1.13.27 --layout split --python python312 --package dagster-mysql,dagster-postgres",
    ),
    case(
        "opentelemetry-split-1.45.1-several",
        Whole,
        "--scaffold opentelemetry --release 1.45.1 --layout split --package beside --docs all --with runtime,workflows,flake",
    ),
    case(
        "opentelemetry-single-1.45.1-several",
        Packages,
        "--scaffold opentelemetry --release 1.45.1 --layout single --package beside --docs all --with runtime,workflows,flake",
    ),
    case(
        "opentelemetry-split-1.44.0-expose-all",
        Packages,
        "--scaffold opentelemetry --release 1.44.0 --layout split --expose all --package opentelemetry-exporter-otlp",
    ),
];

impl Case {
    /// The flags, one by one.
    pub(super) fn flags(&self) -> Vec<&'static str> {
        let flags = self.flags.split(' ');
        flags
            .map(|flag| match flag {
                "several" => SEVERAL,
                "beside" => BESIDE,
                _ => flag,
            })
            .collect()
    }

    /// The scaffold; without a flag for it, the first.
    pub(super) fn scaffold(&self) -> &'static str {
        let mut words = self.flags.split(' ');
        let named = words.position(|word| word == "--scaffold");
        named.and_then(|_| words.next()).unwrap_or("dagster")
    }

    /// Whether the flags hold this pair.
    pub(super) fn has(&self, pair: &str) -> bool {
        self.flags.contains(pair)
    }

    /// The files.
    pub(super) fn tree(&self) -> &Tree {
        self.made.get_or_init(|| {
            let sandbox = Sandbox::new();
            let arguments = new_yes("acme-dagster-build", &self.flags());
            let done = sandbox
                .run(&[&arguments[..], &["--no-git"]].concat())
                .success();
            assert!(done.stdout.contains("The same again"), "{}", done.stdout);
            sandbox.tree("acme-dagster-build")
        })
    }
}
