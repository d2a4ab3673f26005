//! A second monorepo is data: what every command does for the first upstream, it does for this one.

use crate::sandbox::{Done, Sandbox, new_yes};

/// The scaffold, and an older release of its upstream.
const FLAGS: [&str; 6] = [
    "--scaffold",
    "opentelemetry",
    "--release",
    "1.44.0",
    "--package",
    "opentelemetry-exporter-otlp-proto-grpc",
];

/// A repository of it in `d`.
fn made(further: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    let flags = [&FLAGS, further].concat();
    drop(sandbox.run(&new_yes("d", &flags)).success());
    sandbox
}

/// Runs a command in the repository; its output.
#[track_caller]
fn says(sandbox: &Sandbox, arguments: &[&str], parts: &[&str]) -> Done {
    let done = sandbox.there(arguments).success();
    for part in parts {
        assert!(
            done.stdout.contains(part),
            "no {part:?} in:\n{}",
            done.stdout
        );
    }
    done
}

#[test]
fn a_package_comes_and_goes() {
    let sandbox = made(&[]);
    let before = sandbox.files();
    let package = "opentelemetry-exporter-prometheus";
    let added = ["opentelemetry-exporter-prometheus 0.65b0"];
    drop(says(&sandbox, &["add", package], &added));
    drop(says(&sandbox, &["graph"], &[package]));
    drop(says(&sandbox, &["remove", package], &["Gone:"]));
    crate::routes::assert_same(&before, &sandbox.files(), "add and remove");
}

#[test]
fn an_update_ends_where_new_ends() {
    for layout in ["split", "single"] {
        let sandbox = made(&["--layout", layout]);
        let status = sandbox.there(&["status"]);
        let behind = "the release 1.44.0 is behind 1.45.1";
        assert!(status.stdout.contains(behind), "{}", status.stdout);
        let moved = [
            "1.44.0 → 1.45.1",
            "0.65b0 → 0.66b1",
            "opentelemetry-exporter-otlp-common: 0.66b1",
            "releases/tag/v1.45.1",
        ];
        drop(says(&sandbox, &["update", "1.45.1"], &moved));
        drop(says(&sandbox, &["status"], &["nothing to see to"]));
        drop(sandbox.nothing_changes(&["sync"]).success());
        drop(sandbox.nothing_changes(&["docs", "--check"]).success());
        let expected = Sandbox::new();
        let flags = [FLAGS[0], FLAGS[1], FLAGS[4], FLAGS[5], "--layout", layout];
        drop(expected.run(&new_yes("d", &flags)).success());
        crate::routes::assert_same(&expected.files(), &sandbox.files(), layout);
    }
}

#[test]
fn it_is_made_again_by_its_own_command() {
    let sandbox = Sandbox::new();
    let done = sandbox.run(&new_yes("d", &FLAGS)).success();
    assert!(
        done.stdout.contains("--scaffold opentelemetry"),
        "{}",
        done.stdout
    );
    let intent = sandbox.text("floxwright.toml");
    assert!(intent.contains("scaffold = \"opentelemetry\""), "{intent}");
}

#[test]
fn what_it_does_not_have_is_refused() {
    let sandbox = made(&[]);
    for (arguments, code, message) in [
        (
            &["add", "opentelemetry-exporter-jaeger"][..],
            2,
            "upstream ended it; Jaeger takes the OpenTelemetry protocol",
        ),
        (
            &["add", "opentelemetry-opencensus-shim"],
            2,
            "is not built: it requires opencensus",
        ),
        (
            &["update", "--rev", "main"],
            2,
            "of OpenTelemetry only releases can be packaged",
        ),
        (&["update", "1.45.2"], 2, "incomplete on PyPI on 2026-11-20"),
    ] {
        let done = sandbox.nothing_changes(arguments).exit(code);
        assert!(done.stderr.contains(message), "{}", done.stderr);
    }
    let flags = ["--scaffold", "opentelemetry"];
    for (further, message) in [
        (
            ["--storage", "postgres"],
            "OpenTelemetry has no package for the storage `postgres`",
        ),
        (
            ["--expose", "programs"],
            "no package here has a program, so that `opentelemetry-complete` would be empty",
        ),
    ] {
        let sandbox = Sandbox::new();
        let done = sandbox.run(&new_yes("d", &[&flags[..], &further].concat()));
        let done = done.exit(2);
        assert!(done.stderr.contains(message), "{}", done.stderr);
    }
}
