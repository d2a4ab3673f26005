//! `generate` on a terminal: what the template asks for is asked, its hooks are shown, and leaving leaves nothing.

use super::driver::Prompts;
use crate::generate_command::template;
use crate::sandbox::Sandbox;

/// A template with a question of each kind that is asked by a widget.
const ASKS: &str = "//- cargo-generate.toml\n[placeholders.word]\ntype = \"string\"\nprompt = \"Which word?\"\nregex = \"^[a-z]+$\"\n[placeholders.color]\ntype = \"string\"\nprompt = \"Which colour?\"\nchoices = [\"red\", \"green\"]\ndefault = \"red\"\n[placeholders.sure]\ntype = \"bool\"\nprompt = \"Sure?\"\ndefault = true\n//- f\n{{word}} {{color}} {{sure}}\n";

const HOOKED: &str = "//- cargo-generate.toml\n[hooks]\npre = [\"pre.rhai\"]\n//- pre.rhai\nvariable::set(\"v\", system::command(\"echo from the shell\"));\n//- f\n{{v}}\n";

fn begin(fixture: &str, flags: &[&str]) -> (Sandbox, Prompts) {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", fixture);
    let arguments = [&["generate", "t"], flags].concat();
    let prompts = Prompts::program(&sandbox, &arguments, "TERM=xterm");
    (sandbox, prompts)
}

#[test]
fn what_is_missing_is_asked() {
    let (sandbox, mut prompts) = begin(ASKS, &["--plain"]);
    let mut at = 0;
    for (question, reply) in [
        ("Project Name", "some-name\n"),
        ("Which word?", "NOT\n"),
        ("Not taken: ", "yes\n"),
        ("Which colour?", "2\n"),
        ("Sure?", "\n"),
    ] {
        at = prompts.wait_for(question, at);
        at = prompts.wait_for("> ", at);
        prompts.press(reply.as_bytes());
    }
    prompts.wait_for("some-name made", at);
    assert_eq!(prompts.end(), 0, "{}", prompts.seen);
    prompts.assert_plain();
    assert_eq!(
        sandbox.tree("some-name").text("f"),
        Some("yes green true\n")
    );
}

#[test]
fn widgets_ask_too_and_leaving_leaves_nothing() {
    let (sandbox, mut prompts) = begin(ASKS, &["--name", "p"]);
    let at = prompts.wait_drawn("Which word?", 0);
    prompts.press(b"abc\r");
    let at = prompts.wait_drawn("Which colour?", at);
    prompts.press(b"\x1b[B\r");
    let at = prompts.wait_drawn("Sure?", at);
    prompts.press(b"n");
    prompts.wait_for("p made", at);
    assert_eq!(prompts.end(), 0, "{}", prompts.seen);
    prompts.assert_restored("generate");
    assert_eq!(sandbox.tree("p").text("f"), Some("abc green false\n"));
    for key in [b"\x03", b"\x04"] {
        let (sandbox, mut prompts) = begin(ASKS, &["--name", "p"]);
        let before = sandbox.entries();
        prompts.wait_for_prompt("Which word?");
        prompts.press(key);
        assert_eq!(prompts.end(), 130, "{}", prompts.seen);
        prompts.assert_restored("generate");
        assert_eq!(sandbox.entries(), before);
    }
}

#[test]
fn hooks_are_shown_and_asked_for_and_so_is_each_command() {
    let (sandbox, mut prompts) = begin(HOOKED, &["--name", "p", "--plain"]);
    let mut at = prompts.wait_for("--- pre.rhai (pre)", 0);
    at = prompts.wait_for("system::command", at);
    at = prompts.wait_for("Run them?", at);
    at = prompts.wait_for("> ", at);
    prompts.press(b"yes\n");
    at = prompts.wait_for("A hook wants to run a command: echo from the shell", at);
    at = prompts.wait_for("> ", at);
    prompts.press(b"y\n");
    prompts.wait_for("p made", at);
    assert_eq!(prompts.end(), 0, "{}", prompts.seen);
    assert_eq!(sandbox.tree("p").text("f"), Some("from the shell\n"));

    let (sandbox, mut prompts) = begin(HOOKED, &["--name", "p", "--plain"]);
    prompts.wait_for("> ", 0);
    prompts.press(b"\n");
    prompts.wait_for("the template has hooks", 0);
    assert_eq!(prompts.end(), 2, "{}", prompts.seen);
    assert!(!sandbox.path("p").exists());
}

/// A template with the questions that take more than a line.
const ASKS_MORE: &str = "//- cargo-generate.toml\n[placeholders.parts]\ntype = \"array\"\nprompt = \"Which parts?\"\nchoices = [\"one\", \"two\", \"three\"]\ndefault = [\"one\"]\n[placeholders.poem]\ntype = \"text\"\nprompt = \"A poem?\"\n[placeholders.letter]\ntype = \"editor\"\nprompt = \"A letter?\"\ndefault = \"Dear\"\n//- f\n{{parts | join: '+'}}|{{poem}}|{{letter}}\n";

/// The template, asked where this script is the editor.
fn begin_with_editor(script: &str, flags: &[&str]) -> (Sandbox, Prompts) {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", ASKS_MORE);
    sandbox.write("editor", script);
    let editor = format!("sh {}", sandbox.path("editor").display());
    let sandbox = sandbox.with_env("EDITOR", &editor);
    let arguments = [&["generate", "t", "--name", "p"], flags].concat();
    let prompts = Prompts::program(&sandbox, &arguments, "TERM=xterm");
    (sandbox, prompts)
}

#[test]
fn several_choices_several_lines_and_an_editor_are_asked_for() {
    let script = "cat \"$1\"; printf ' friend' >> \"$1\"";
    let made = |sandbox: &Sandbox| sandbox.tree("p").text("f").map(str::to_owned);
    let (sandbox, mut prompts) = begin_with_editor(script, &["--plain"]);
    let at = prompts.wait_for("Which parts?", 0);
    let at = prompts.wait_for("> ", at);
    prompts.press(b"1,3\n");
    let at = prompts.wait_for("A poem? (end with Ctrl-D)", at);
    prompts.press(b"roses\nare\n\x04");
    let at = prompts.wait_for("A letter?", at);
    prompts.wait_for("p made", at);
    assert_eq!(prompts.end(), 0, "{}", prompts.seen);
    assert_eq!(
        made(&sandbox),
        Some("one+three|roses\nare\n|Dear friend\n".to_owned())
    );

    let (sandbox, mut prompts) = begin_with_editor(script, &[]);
    let at = prompts.wait_drawn("Which parts?", 0);
    prompts.press(b"\x1b[B \r");
    let at = prompts.wait_for("A poem? (end with Ctrl-D)", at);
    prompts.press(b"violets\n\x04");
    prompts.wait_for("p made", at);
    assert_eq!(prompts.end(), 0, "{}", prompts.seen);
    prompts.assert_restored("generate");
    assert_eq!(
        made(&sandbox),
        Some("one+two|violets\n|Dear friend\n".to_owned())
    );
}

#[test]
fn an_editor_that_fails_and_a_person_who_leaves_leave_nothing() {
    for (script, keys, code) in [("exit 3", &b"x\n\x04"[..], 1), ("true", b"\x03", 130)] {
        let (sandbox, mut prompts) = begin_with_editor(script, &["--plain"]);
        let before = sandbox.entries();
        let at = prompts.wait_for("> ", 0);
        prompts.press(b"\n");
        prompts.wait_for("A poem?", at);
        prompts.press(keys);
        assert_eq!(prompts.end(), code, "{}", prompts.seen);
        assert_eq!(sandbox.entries(), before, "{}", prompts.seen);
    }
}
