//! Hooks: nobody runs them by accident, and what they do outside the template is asked for.

use super::{generate, refuses, small, template};
use crate::sandbox::Sandbox;

const HOOKED: &str = "//- cargo-generate.toml\n[hooks]\npre = [\"pre.rhai\"]\n//- pre.rhai\nprint(\"it ran\"); variable::set(\"v\", \"set\");\n//- f\n{{v}}\n";

const COMMAND: &str = "//- cargo-generate.toml\n[hooks]\npre = [\"pre.rhai\"]\n//- pre.rhai\nlet told = system::command(\"pwd; cat f; echo made > made\"); variable::set(\"v\", told);\n//- f\n{{v}}\n";

fn hooked(fixture: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", fixture);
    sandbox
}

#[test]
fn hooks_run_only_when_they_are_allowed() {
    let sandbox = hooked(HOOKED);
    let says = [
        "error: the template has hooks, which are programs: `pre.rhai` (pre)",
        "hint: read them, then run again with `--allow-hooks`",
        "hint: `--trust-hooks` allows them",
    ];
    refuses(&sandbox, "t -n p", 2, &says);
    refuses(&sandbox, "t -n p --silent", 2, &says);
    refuses(
        &sandbox,
        "t -n p --compat",
        1,
        &["Error: the template has hooks"],
    );
    let done = generate(&sandbox, "t -n p --allow-hooks").success();
    // What runs is shown before.
    let shown = done
        .stderr
        .find("variable::set")
        .expect("the hook is shown");
    assert!(
        done.stderr.find("\nit ran").is_some_and(|ran| ran > shown),
        "{}",
        done.stderr
    );
    assert!(
        done.stdout.contains("Hooks:    allowed for this run"),
        "{}",
        done.stdout
    );
    let tree = sandbox.tree("p");
    assert_eq!((tree.text("f"), tree.len()), (Some("set\n"), 1));
}

#[test]
fn trust_is_for_exactly_this_template() {
    let sandbox = hooked(HOOKED);
    drop(generate(&sandbox, "t -n a --trust-hooks").success());
    drop(generate(&sandbox, "t -n b").success());
    drop(generate(&sandbox, "t -n c --compat").success());
    drop(sandbox.shell("echo '# more' >> t/f").success());
    refuses(&sandbox, "t -n d", 2, &["the template has hooks"]);
    drop(generate(&sandbox, "t -n d --trust-hooks").success());
    drop(generate(&sandbox, "t -n e").success());
    let home = sandbox.tree("../home");
    let lines = home
        .text("config/floxwright/trusted-hooks")
        .map(|text| text.lines().count());
    assert_eq!(lines, Some(3));
}

#[test]
fn a_command_is_asked_for_and_runs_beside_everything() {
    let sandbox = hooked(COMMAND);
    let says = ["pwd; cat f", "--allow-commands allows it"];
    refuses(&sandbox, "t -n p --allow-hooks", 1, &says);
    drop(generate(&sandbox, "t -n p --allow-hooks --allow-commands").success());
    let tree = sandbox.tree("p");
    let told = tree.text("f").unwrap_or_default().to_owned();
    let temporary = sandbox.root().join("tmp").display().to_string();
    assert!(
        told.starts_with(&temporary) && told.contains("{{v}}"),
        "{told}"
    );
    assert_eq!(tree.text("made"), Some("made\n"));
    assert!(
        sandbox.tree("../tmp").is_empty(),
        "something stays in the temporary directory"
    );
    assert!(sandbox.tree("t").text("made").is_none());
}

#[test]
fn a_hook_that_fails_leaves_nothing() {
    for hook in [
        "throw \"no\";",
        "abort(\"no\");",
        "loop { }",
        "system::command(\"exit 3\");",
        "system::command(\"echo x > f; kill -9 $$\");",
        "nonsense(",
        "file::write(\"../out\", \"x\");",
    ] {
        let sandbox = hooked(&format!(
            "//- cargo-generate.toml\n[hooks]\npost = [\"h.rhai\"]\n//- h.rhai\n{hook}\n//- f\nx\n"
        ));
        let before = sandbox.entries();
        let done = generate(&sandbox, "t -n p --allow-hooks -a");
        assert!(matches!(done.code, Some(1 | 2)), "{hook}: {}", done.stderr);
        assert!(done.stderr.contains("error: "), "{hook}: {}", done.stderr);
        assert_eq!(sandbox.entries(), before, "{hook}: {}", done.stderr);
    }
}

/// A small template with a configuration and a script.
fn scripted(config: &str, script: &str) -> Sandbox {
    let sandbox = small();
    sandbox.write("t/cargo-generate.toml", config);
    sandbox.write("t/h.rhai", script);
    sandbox
}

#[test]
fn a_command_that_writes_without_end_is_ended() {
    let sandbox = scripted("[hooks]\npre = ['h.rhai']\n", "system::command(\"yes\");");
    let line = "t -n p --allow-hooks --allow-commands";
    refuses(&sandbox, line, 1, &["it writes more than 16 MiB"]);
    // What goes on beside the shell does not hold the run.
    sandbox.write("t/h.rhai", "system::command(\"sleep 60 & echo hi\")");
    drop(generate(&sandbox, line).success());
}

#[test]
fn a_signal_ends_a_command_and_the_run() {
    let sandbox = scripted(
        "[hooks]\npre = ['h.rhai']\n",
        "try { system::command(\"kill -TERM $PPID; sleep 2\"); } catch { }",
    );
    let line = "t -n p --allow-hooks --allow-commands";
    refuses(&sandbox, line, 130, &[]);
}

#[test]
fn a_script_runs_only_when_it_was_shown() {
    let sandbox = small();
    sandbox.write("t/evil.txt", "system::command(\"touch mark\"); \"x\"");
    sandbox.write(
        "t/run",
        "{% assign p = 'evil' | append: '.txt' %}{{ p | rhai }}\n",
    );
    refuses(&sandbox, "t -n p", 2, &["`evil.txt` (filter or import)"]);
    let done = generate(&sandbox, "t -n p --allow-hooks --allow-commands").success();
    let shown = done.stderr.find("--- evil.txt (filter or import)");
    assert!(shown.is_some(), "{}", done.stderr);
}

#[test]
fn a_test_is_no_plan() {
    let sandbox = small();
    let sandbox = sandbox.with_env("CARGO_GENERATE_TEST_CMD", "touch ../mark");
    refuses(
        &sandbox,
        "t --dry-run --test",
        2,
        &["`--test` runs a program"],
    );
    let sandbox = sandbox.with_env("CARGO_GENERATE_TEST_CMD", "sh -c");
    let before = sandbox.entries();
    let words = ["generate", "t", "--test", "kill -TERM $PPID; sleep 2"];
    drop(sandbox.run(&words).exit(130));
    assert_eq!(sandbox.entries(), before);
}
