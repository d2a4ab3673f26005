//! Repositories that nobody should have: every one is told of, and the rest of it is checked all the same.

use crate::adopt::{files, handmade};
use crate::sandbox::Sandbox;
use serde_json::Value;

/// The rules that find something, each with its file, after a shell line in the repository.
fn found(line: &str) -> Vec<(String, String)> {
    let sandbox = handmade(&files("closure"));
    drop(sandbox.shell(&format!("cd d && {line}")).success());
    let done = sandbox.run(&["-C", "d", "check", "--format", "json"]);
    let told: Value = serde_json::from_str(&done.exit(4).stdout).unwrap();
    let findings = told["findings"].as_array().unwrap().iter();
    let one = |finding: &Value| {
        let path = finding["place"]["path"].as_str().unwrap_or_default();
        (
            finding["rule"].as_str().unwrap().to_owned(),
            path.to_owned(),
        )
    };
    findings.map(one).collect()
}

/// A shell line, the rule that finds what it made, and the file.
const LINES: [(&str, &str, &str); 13] = [
    (
        "printf '\\377\\376' > .flox/pkgs/x.nix",
        "syntax-error",
        ".flox/pkgs/x.nix",
    ),
    (
        "printf '\\0' > .flox/pkgs/x.nix",
        "syntax-error",
        ".flox/pkgs/x.nix",
    ),
    (
        "head -c 5000000 /dev/zero | tr '\\0' a > .flox/pkgs/x.nix",
        "nix-unread",
        ".flox/pkgs/x.nix",
    ),
    (
        "truncate -s 65M .flox/pkgs/x.nix",
        "file-unreadable",
        ".flox/pkgs/x.nix",
    ),
    (
        "awk 'BEGIN { for (i = 0; i < 60000; i++) printf \"(\" }' > .flox/pkgs/x.nix",
        "syntax-error",
        ".flox/pkgs/x.nix",
    ),
    (
        "awk 'BEGIN { for (i = 0; i < 20000; i++) printf \"{ a, b }: \" ; print 1 }' > .flox/pkgs/x.nix",
        "nix-unread",
        ".flox/pkgs/x.nix",
    ),
    (
        "mkfifo .flox/pkgs/x.nix",
        "file-unreadable",
        ".flox/pkgs/x.nix",
    ),
    (
        "ln -s ../../../elsewhere .flox/pkgs/x.nix",
        "package-ignored",
        ".flox/pkgs/x.nix",
    ),
    ("mkfifo .gitignore", "file-unreadable", ".gitignore"),
    ("mkfifo README.md", "file-unreadable", "README.md"),
    (
        "rm -r .flox/env && mkfifo .flox/env",
        "file-unreadable",
        ".flox/env",
    ),
    (
        "mv .flox/env env && ln -s ../env .flox/env",
        "file-unreadable",
        ".flox/env",
    ),
    (
        "printf '{ a = ' > .flox/pkgs/x.nix",
        "syntax-error",
        ".flox/pkgs/x.nix",
    ),
];

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_checked() {
    for (line, rule, path) in LINES {
        let found = found(line);
        let is = |wanted: (&str, &str)| {
            found
                .iter()
                .any(|(rule, path)| (rule.as_str(), path.as_str()) == wanted)
        };
        assert!(is((rule, path)), "{line}: {found:?}");
        assert!(
            is(("environment-links", ".flox/pkgs/dagster-complete.nix")),
            "{line}: {found:?}"
        );
    }
}

#[test]
fn no_git_and_no_packages_are_no_reason_to_stop() {
    let sandbox = Sandbox::new();
    drop(sandbox.shell("mkdir -p d/.flox").success());
    let done = sandbox
        .run(&["-C", "d", "check", "--deny", "none"])
        .success();
    assert!(!done.stdout.contains("compared with"), "{}", done.stdout);
    sandbox.write("d/floxwright.toml", "schema = ");
    drop(
        sandbox
            .run(&["-C", "d", "check", "--deny", "none"])
            .success(),
    );
    sandbox.write("d/floxwright.lock", [0xff]);
    drop(
        sandbox
            .run(&["-C", "d", "check", "--deny", "none"])
            .success(),
    );
}

/// Lines that move and letters that change, in files that were right: no run ends in a panic.
#[test]
fn damaged_files_end_no_run() {
    let tree = files("both");
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |limit: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % limit.max(1) as u64).unwrap()
    };
    let paths: Vec<_> = tree
        .paths()
        .filter(|path| path.extension() == Some("nix"))
        .cloned()
        .collect();
    for _ in 0..300 {
        let mut found = floxwright::check::Found {
            files: tree.clone(),
            directory: "damaged".to_owned(),
            ..Default::default()
        };
        let path = paths[below(paths.len())].clone();
        let mut bytes = found.files.get(&path).unwrap().bytes.clone();
        for _ in 0..=below(6) {
            let at = below(bytes.len());
            match below(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, b"{}[]()\"$;=#'\n/.:"[below(16)]),
                2 if at < bytes.len() => drop(bytes.remove(at)),
                _ => {
                    let from = below(bytes.len());
                    let piece = bytes[from.min(at)..at.max(from)].to_vec();
                    let place = below(bytes.len());
                    bytes.splice(place..place, piece);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        found.files.insert(path, floxwright::tree::File::text(text));
        drop(super::everything(&found));
        let done = floxwright::check::mended(
            &found,
            super::known(),
            &floxwright::check::Settings::default(),
        );
        drop(done);
    }
}

#[test]
fn packages_behind_something_else_are_not_called_right() {
    for line in [
        "rm -r .flox/pkgs && mkfifo .flox/pkgs",
        "mv .flox/pkgs p && ln -s ../p .flox/pkgs",
        "mv .flox f && ln -s f .flox",
    ] {
        let sandbox = handmade(&files("closure"));
        drop(sandbox.shell(&format!("cd d && {line}")).success());
        let select = "file-unreadable,environment-file,lock-missing";
        drop(
            sandbox
                .run(&["-C", "d", "check", "--select", select])
                .exit(4),
        );
    }
}

/// Starts the program without the power of root to read everything. Whoever is not root has none to lose.
fn without_power(sandbox: Sandbox) -> Sandbox {
    if rustix::process::geteuid().is_root() {
        let line = "exec setpriv --bounding-set=-dac_override,-dac_read_search \"$0\" \"$@\"";
        sandbox.after_shell(line)
    } else {
        sandbox
    }
}

/// What is found, each with its file, where nobody may read some things: `line` says which.
fn found_unreadable(line: &str) -> Vec<(String, String)> {
    let sandbox = handmade(&files("closure"));
    drop(
        sandbox
            .shell(&format!("cd d && git add . && {line}"))
            .success(),
    );
    let sandbox = without_power(sandbox);
    let done = sandbox.run(&["-C", "d", "check", "--format", "json"]);
    drop(sandbox.shell("chmod -R u+rwx d").success());
    let told: Value = serde_json::from_str(&done.exit(4).stdout).unwrap();
    let findings = told["findings"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    findings
        .map(|one| (text(&one["rule"]), text(&one["place"]["path"])))
        .collect()
}

/// What may not be read, what is told of it, and whether the packages can still be seen.
const UNREADABLE: [(&str, &str, bool); 8] = [
    ("chmod 0 .flox/pkgs", ".flox/pkgs", false),
    ("chmod 600 .flox/pkgs", ".flox/pkgs", false),
    (
        "mkdir .flox/pkgs/sub && chmod 0 .flox/pkgs/sub",
        ".flox/pkgs/sub",
        true,
    ),
    (
        "echo '{ x }: x' > .flox/pkgs/x.nix && git add . && chmod 0 .flox/pkgs/x.nix",
        ".flox/pkgs/x.nix",
        true,
    ),
    ("chmod 0 .flox/env", ".flox/env", true),
    ("chmod 0 .flox", ".flox", false),
    ("mkdir -p docs && chmod 0 docs", "docs", true),
    ("touch .gitignore && chmod 0 .gitignore", ".gitignore", true),
];

#[test]
fn what_may_not_be_read_is_told_once_and_not_called_missing() {
    for (line, path, sees_packages) in UNREADABLE {
        let found = found_unreadable(line);
        let of = |rule: &str| {
            let of = found.iter().filter(|(id, _)| id == rule);
            of.map(|(_, path)| path.as_str()).collect::<Vec<&str>>()
        };
        assert_eq!(of("file-unreadable"), [path], "{line}: {found:?}");
        assert_eq!(
            !of("environment-links").is_empty(),
            sees_packages,
            "{line}: {found:?}"
        );
        assert_eq!(of("git-missing"), Vec::<&str>::new(), "{line}: {found:?}");
        let of_it = found
            .iter()
            .filter(|(_, of)| format!("{of}/").starts_with(&format!("{path}/")));
        assert_eq!(of_it.count(), 1, "{line}: {found:?}");
    }
}

#[test]
fn a_directory_that_may_not_be_read_is_refused() {
    for mode in ["311", "0"] {
        let sandbox = handmade(&files("closure"));
        drop(sandbox.shell(&format!("chmod {mode} d")).success());
        let sandbox = without_power(sandbox);
        let done = sandbox.run(&["-C", "d", "check"]).exit(1);
        drop(sandbox.shell("chmod u+rwx d").success());
        drop(done.says(&["cannot be read"]));
    }
}
