//! What a template may not hold, and what a command line may not say.

use super::{generate, refuses, small};
use crate::sandbox::Sandbox;
use std::os::unix::net::UnixListener;

#[test]
fn what_is_no_file_is_refused() {
    let sandbox = small();
    drop(sandbox.shell("mkfifo t/pipe").success());
    refuses(
        &sandbox,
        "t -n p",
        1,
        &["the template `t` cannot be read", "t/pipe`: it is a pipe"],
    );
    drop(sandbox.shell("rm t/pipe").success());
    let socket = UnixListener::bind(sandbox.path("t/s")).unwrap();
    refuses(&sandbox, "t -n p", 1, &["it is a socket"]);
    drop(socket);
}

#[test]
fn links_stay_where_they_lead_to_what_is_made() {
    let sandbox = small();
    let link = |target: &str, path: &str| {
        let line = format!("ln -sfn '{target}' 't/{path}'");
        drop(sandbox.shell(&line).success());
    };
    link("run", "start");
    link("../run", "src/start");
    link("src", "sources");
    drop(sandbox.shell("mv t/run 't/run-{{project-name}}'").success());
    link("run-{{project-name}}", "start");
    drop(generate(&sandbox, "t -n p").success());
    let target = |path: &str| std::fs::read_link(sandbox.path(path)).ok();
    assert_eq!(target("p/start"), Some("run-p".into()));
    assert_eq!(target("p/sources"), Some("src".into()));
    let told = generate(&sandbox, "t -n q --format json").success();
    assert!(
        told.stdout.contains("it is a link to `run-q`"),
        "{}",
        told.stdout
    );
    assert!(
        told.stderr.contains("which is not there"),
        "{}",
        told.stderr
    );
    // As cargo-generate does it.
    let told = generate(&sandbox, "t -n c --compat").success();
    assert!(told.stdout.contains("link"), "{}", told.stdout);
    assert_eq!(target("c/start"), None);
}

#[test]
fn links_that_lead_out_are_refused_together() {
    let sandbox = small();
    for (target, path) in [
        ("/etc/passwd", "absolute"),
        ("../t", "above"),
        ("src/../../x", "src-above"),
        ("{{above}}", "rendered"),
        ("src", "good"),
    ] {
        drop(
            sandbox
                .shell(&format!("ln -s '{target}' 't/{path}'"))
                .success(),
        );
    }
    let told = [
        "`absolute` is a link to `/etc/passwd`, which is not inside the project",
        "`above` is a link to `../t`",
        "`src-above` is a link to `src/../../x`",
        "hint: `ignore`",
    ];
    refuses(&sandbox, "t -n p -d above=../x", 1, &told);
    sandbox.write(
        "t/cargo-generate.toml",
        "[template]\nignore = ['absolute', 'above', 'src-above']\n",
    );
    drop(generate(&sandbox, "t -n p -d above=../x").success());
    let rendered = std::fs::read_link(sandbox.path("p/rendered")).ok();
    assert_eq!(rendered, Some(".._x".into()));
}

#[test]
fn a_hook_makes_no_link_that_leads_out() {
    let sandbox = small();
    sandbox.write("t/cargo-generate.toml", "[hooks]\npost = ['h.rhai']\n");
    sandbox.write(
        "t/h.rhai",
        "system::command(\"ln -s /etc here; ln -s src there\"); file::write(\"here/x\", \"\");",
    );
    let line = "t -n p --allow-hooks --allow-commands";
    refuses(&sandbox, line, 1, &["the script `h.rhai` failed"]);
    sandbox.write("t/h.rhai", "system::command(\"ln -s /etc here\");");
    let says = ["`here` is a link to `/etc`, which is not inside the project"];
    refuses(&sandbox, line, 1, &says);
}

#[test]
fn a_name_that_is_no_text_is_refused() {
    let sandbox = small();
    drop(
        sandbox
            .shell("printf x > \"$(printf 't/a\\377')\"")
            .success(),
    );
    refuses(
        &sandbox,
        "t -n p",
        1,
        &["the template `t` cannot be read", "is not UTF-8"],
    );
}

#[test]
fn nothing_is_copied_from_a_server_where_nobody_may_be_asked() {
    let sandbox = small();
    super::commit(&sandbox, "t");
    let line = "--git https://127.0.0.1:1/x.git -n p --offline";
    refuses(
        &sandbox,
        line,
        1,
        &["it is on a server, and nobody may be asked"],
    );
    drop(generate(&sandbox, "--git t -n p --offline").success());
}

#[test]
fn a_name_is_needed_and_nobody_is_asked() {
    let sandbox = small();
    refuses(&sandbox, "t", 5, &["hint: give the values: `--name NAME`"]);
    refuses(&sandbox, "t --silent", 2, &["--name <NAME>"]);
    refuses(&sandbox, "", 2, &["Usage: floxwright generate"]);
    refuses(&sandbox, "t -n p --quiet", 2, &["--continue-on-error"]);
    refuses(&sandbox, "-g t -p t -n p", 2, &["cannot be used with"]);
    refuses(&sandbox, "t -b a -t b -n p", 2, &["cannot be used with"]);
    refuses(
        &sandbox,
        "t -n p --vcs svn",
        2,
        &["possible values: git, none"],
    );
    // All that is missing, at once.
    sandbox.write(
        "t/cargo-generate.toml",
        "[placeholders]\na = { prompt = \"A\" }\nb = { prompt = \"B\" }\n",
    );
    let told = [
        "the project has no name",
        "`a` has no value",
        "`b` has no value",
        "hint: give the values: `--name NAME --define a=VALUE --define b=VALUE`",
    ];
    refuses(&sandbox, "t", 5, &told);
    refuses(&sandbox, "t -n p --silent", 5, &told[1..3]);
}

#[test]
fn a_helper_of_git_that_runs_programs_is_not_used() {
    let sandbox = Sandbox::new();
    let mark = sandbox.path("mark").display().to_string();
    refuses(
        &sandbox,
        &format!("--git ext::touch%20{mark} -n p"),
        1,
        &["cannot be copied"],
    );
    assert!(!sandbox.path("mark").exists());
}

/// What git runs unasked is never a template's.
#[test]
fn no_template_makes_what_is_gits() {
    let hook = "//- cargo-generate.toml\n[hooks]\npost = [\"h.rhai\"]\n//- h.rhai\nfile::rename(\"x\", \".git\");\n//- x/config\n1\n";
    for (fixture, flags, made) in [
        (
            "//- {{ '.git' }}/hooks/pre-commit\n#!/bin/sh\n",
            "",
            ".git/hooks/pre-commit",
        ),
        ("//- {{ '.git' }}\ngitdir: /elsewhere\n", "", ".git"),
        ("//- a/{{ '.GIT' }}/config\n[core]\n", "", "a/.GIT/config"),
        ("//- {{ 'git~1' }}/config\n[core]\n", "", "git~1/config"),
        (
            "//- a/{{ '.git' }}/config\n[core]\n",
            "--compat",
            "a/.git/config",
        ),
        (hook, "--allow-hooks", ".git/config"),
    ] {
        let sandbox = Sandbox::new();
        super::template(&sandbox, "t", fixture);
        let line = format!("t -n p --silent {flags}");
        let told = format!("the template makes `{made}`, where only git itself writes");
        refuses(&sandbox, &line, 1, &[&told]);
        let line = format!("t -n p --silent --init --overwrite {flags}");
        refuses(&sandbox, &line, 1, &[&told]);
    }
    // cargo-generate makes such a directory and takes it away.
    let sandbox = Sandbox::new();
    super::template(
        &sandbox,
        "t",
        "//- {{ '.git' }}/hooks/pre-commit\n#!/bin/sh\n//- a\n1\n",
    );
    drop(generate(&sandbox, "t -n p --silent --compat --vcs none").success());
    assert_eq!(sandbox.tree("p").to_fixture(), "//- a\n1\n");
    let sandbox = small();
    refuses(
        &sandbox,
        "t -n .git --force --silent",
        1,
        &["no project is made at `.git`"],
    );
}

/// Where an entry of a list stands is told, in a condition as well.
#[test]
fn what_is_no_pattern_has_its_line() {
    for (config, says) in [
        (
            "[template]\nexclude = [\n  \"ok\",\n  \"a{b\",\n]\n",
            [
                "`a{b` in `exclude` is not a pattern",
                "cargo-generate.toml:4:3",
            ],
        ),
        (
            "[template]\ninclude = [\"a[\"]\n",
            [
                "`a[` in `include` is not a pattern",
                "cargo-generate.toml:2:12",
            ],
        ),
        (
            "[template]\n[conditional.'true']\nignore = [\"../x\"]\n",
            [
                "`../x` in `ignore` is not inside the template",
                "cargo-generate.toml:3:11",
            ],
        ),
    ] {
        let sandbox = small();
        sandbox.write("t/cargo-generate.toml", config);
        refuses(&sandbox, "t --name p", 2, &says);
    }
}

#[test]
fn a_value_that_is_no_text_is_not_passed_over() {
    let sandbox = small().after_shell("export CARGO_GENERATE_VALUE_WORD=$(printf 'a\\377')");
    refuses(
        &sandbox,
        "t --name p",
        2,
        &[
            "the environment variable `CARGO_GENERATE_VALUE_WORD` is not UTF-8",
            "--define",
        ],
    );
    // Others are nobody's business.
    let sandbox = small().after_shell("export OTHER=$(printf 'a\\377')");
    drop(generate(&sandbox, "t --name p").success());
}
