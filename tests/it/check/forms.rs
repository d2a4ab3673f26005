//! The forms of the result for other programs and for pages, and a file that is still being written.

use crate::adopt::{FIXTURES, files, handmade};
use crate::sandbox::Sandbox;
use serde_json::Value;
use std::io::Write;
use std::process::Stdio;

fn check(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let all = [&["-C", "d", "check", "--deny", "none"], arguments].concat();
    sandbox.run(&all).success().stdout
}

/// What the schema of SARIF 2.1.0 and code scanning ask of what is written here.
#[test]
fn code_scanning_can_read_what_is_found() {
    for (name, _) in FIXTURES {
        let sandbox = handmade(&files(name));
        let told: Value = serde_json::from_str(&check(&sandbox, &["--format", "sarif"])).unwrap();
        assert_eq!(told["version"], "2.1.0");
        let run = &told["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        assert!(!results.is_empty(), "{name}");
        for rule in rules {
            for member in ["id", "shortDescription", "fullDescription", "help"] {
                assert!(!rule[member].is_null(), "{name}: {rule}");
            }
            let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
            assert!(["error", "warning", "note"].contains(&level));
        }
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"], "{name}");
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
            let places = result["locations"].as_array().unwrap();
            assert_eq!(places.len(), 1, "{name}: {result}");
            let place = &places[0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(!uri.starts_with('/') && !uri.contains(':'), "{uri}");
            let at = |member: &str| place["region"][member].as_u64().unwrap();
            let start = (at("startLine"), at("startColumn"));
            assert!(start >= (1, 1) && start <= (at("endLine"), at("endColumn")));
            for fix in result["fixes"].as_array().into_iter().flatten() {
                let changes = fix["artifactChanges"].as_array().unwrap();
                let mut replaced = changes.iter().map(|one| one["replacements"].as_array());
                assert!(replaced.all(|one| one.is_some_and(|one| !one.is_empty())));
            }
        }
    }
}

#[test]
fn a_fingerprint_survives_lines_that_move() {
    let sandbox = handmade(&files("closure"));
    let prints = || {
        let told = check(&sandbox, &["--format", "sarif", "--select", "critical"]);
        let told: Value = serde_json::from_str(&told).unwrap();
        let results = told["runs"][0]["results"].as_array().unwrap().clone();
        let prints = results
            .into_iter()
            .map(|one| one["partialFingerprints"].clone());
        prints.collect::<Vec<Value>>()
    };
    let before = prints();
    let path = "d/.flox/pkgs/dagster-complete.nix";
    let text = sandbox
        .tree("d")
        .text(".flox/pkgs/dagster-complete.nix")
        .unwrap()
        .to_owned();
    sandbox.write(path, format!("# one more line\n\n{text}"));
    assert_eq!(prints(), before);
}

#[test]
fn a_page_tells_what_is_found() {
    let sandbox = handmade(&files("closure"));
    let page = check(&sandbox, &["--format", "markdown", "--select", "low"]);
    insta::assert_snapshot!("closure.low", page);
    let page = check(
        &sandbox,
        &["--format", "markdown", "--select", "relax-prefix"],
    );
    assert!(page.ends_with("\nNothing.\n"), "{page}");
}

#[test]
fn a_file_may_still_be_written() {
    let sandbox = handmade(&files("closure"));
    let look = |path: &str, text: &str| {
        let arguments = ["-C", "d", "check", "--format", "json", "--stdin-path", path];
        let mut child = sandbox.command(&arguments);
        let child = child
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = child.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = told["findings"].as_array().unwrap().clone();
        findings
            .into_iter()
            .map(|one| one["rule"].as_str().unwrap().to_owned())
            .collect::<Vec<String>>()
    };
    assert_eq!(
        look(".flox/pkgs/x.nix", "{ a, b }: a\n"),
        ["unused-argument"]
    );
    assert_eq!(
        look("./.flox/pkgs/dagster-complete.nix", "{ a, b }:\n"),
        ["syntax-error"]
    );
    let done = sandbox
        .run(&["-C", "d", "check", "--stdin-path", "../x.nix"])
        .exit(2);
    drop(done.says(&["--stdin-path ../x.nix"]));
    drop(
        sandbox
            .run(&["-C", "d", "check", "--stdin-path", "x.nix", "--fix"])
            .exit(2),
    );
}
