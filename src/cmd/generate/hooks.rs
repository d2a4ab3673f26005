//! Whether the code of a template may run: by a flag, by what the person said of exactly this template before, or by asking.

use super::request::Request;
use crate::ask::{Field, Kind, Question, Reply, Value};
use crate::cmd::Context;
use crate::cmd::review::stopped;
use crate::cmd::scaffolds::chain;
use crate::diagnostic::Failure;
use crate::disk::{is_there, make_directories, read_text, write_file};
use crate::expand::HookSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The file of what is trusted, in floxwright's directory of the person's configuration.
const FILE: &str = "trusted-hooks";

/// What stands at its top.
const HEAD: &str = "# Templates whose hooks may run: the digest of everything in the template, and what it was called.\n";

/// What is asked of hooks.
const PROMPT: &str = "The template has hooks, which are programs; they were shown. Run them?";

/// The same of the template as it was when the project was made.
const PROMPT_AGAIN: &str =
    "The template as it was has these hooks, to find your changes by. Run them, too?";

/// Whether the hooks may run; by whose leave, in words.
pub(super) fn permit(
    hooks: &HookSet,
    request: &Request<'_>,
    context: &Context<'_>,
) -> Result<String, Failure> {
    let before = request.before().and_then(|said| said.hooks.as_ref());
    if before.is_some_and(|before| before.digest == hooks.digest) {
        return Ok("allowed before".to_owned());
    }
    // An update runs the hooks of the template as it was, too: what is the same is not shown again.
    let is_shown = before.is_some_and(|before| before.scripts == hooks.scripts);
    let place = place(context);
    let place = place.as_deref();
    if is_trusted(place, &hooks.digest) {
        return Ok("trusted since an earlier run".to_owned());
    }
    if request.is("trust-hooks") {
        show(hooks, is_shown, context);
        trust(place, hooks, request)?;
        return Ok("trusted from now on".to_owned());
    }
    if request.is("allow-hooks") {
        show(hooks, is_shown || request.is_compat(), context);
        return Ok("allowed for this run".to_owned());
    }
    if !context.ui.can_ask() || request.is("silent") {
        return Err(hooks
            .refusal()
            .hint("`--trust-hooks` allows them whenever the template is the same"));
    }
    ask(hooks, request, context)
}

fn show(hooks: &HookSet, is_known: bool, context: &Context<'_>) {
    if !is_known {
        context.ui.talk_text(&shown(hooks));
    }
}

fn ask(hooks: &HookSet, request: &Request<'_>, context: &Context<'_>) -> Result<String, Failure> {
    let mut asker = context.ui.asker(context.guard);
    let failed = |error| stopped(&error);
    asker.show(&shown(hooks)).map_err(failed)?;
    let question = Question {
        field: Field::Name,
        prompt: match request.before() {
            None => PROMPT,
            Some(_) => PROMPT_AGAIN,
        }
        .to_owned(),
        help: "They can change the files of the template, and ask you before they start other programs.".to_owned(),
        kind: Kind::YesNo,
        default: Value::one("no"),
        step: (0, 0),
    };
    match asker.ask(&question, None).map_err(failed)? {
        Reply::Value(value) if value.line() == "yes" => Ok("allowed when asked".to_owned()),
        Reply::Value(_) | Reply::Back => Err(hooks.refusal()),
    }
}

/// All scripts as a text.
fn shown(hooks: &HookSet) -> String {
    let mut text = String::from("The hooks of the template:\n");
    for script in &hooks.scripts {
        let (path, phase) = (script.path.escape_debug(), script.phase.name());
        let _ = write!(text, "\n--- {path} ({phase})\n");
        for line in script.text.lines() {
            let _ = writeln!(text, "{}", visible(line));
        }
    }
    text.push_str("---\n");
    text
}

/// A line of a script as it is read by a machine: what turns, hides or breaks it for a person is shown escaped.
fn visible(line: &str) -> String {
    let mut visible = String::new();
    for c in line.chars() {
        if c == '\t' || matches!(c, ' '..='~') {
            visible.push(c);
        } else {
            visible.extend(c.escape_debug());
        }
    }
    visible
}

/// The file of what is trusted; `None` where nobody knows the person's home. A relative path counts for nothing, as the specification
/// of `XDG_CONFIG_HOME` has it: a directory that somebody works in trusts nobody.
fn place(context: &Context<'_>) -> Option<PathBuf> {
    let absolute = |name: &str| {
        let path = context.world.var(name).map(PathBuf::from);
        path.filter(|path| path.is_absolute())
    };
    let home = || absolute("HOME").map(|home| home.join(".config"));
    let configuration = absolute("XDG_CONFIG_HOME").or_else(home)?;
    Some(configuration.join("floxwright").join(FILE))
}

fn is_trusted(place: Option<&Path>, digest: &str) -> bool {
    let Some(place) = place else { return false };
    let text = read_text(place).unwrap_or_default();
    text.lines()
        .any(|line| line.split_whitespace().next() == Some(digest))
}

fn trust(place: Option<&Path>, hooks: &HookSet, request: &Request<'_>) -> Result<(), Failure> {
    let refused = || Failure::refused("what is trusted cannot be kept");
    let place = place.ok_or_else(|| {
        refused().because("neither `XDG_CONFIG_HOME` nor `HOME` names a place for it")
    })?;
    let failed = |error| refused().because(chain(&error));
    let mut text = HEAD.to_owned();
    if is_there(place) {
        text = read_text(place).map_err(failed)?;
    } else if let Some(directory) = place.parent() {
        make_directories(directory).map_err(failed)?;
    }
    let name: String = request.source.name().escape_debug().collect();
    let _ = writeln!(text, "{} {name}", hooks.digest);
    write_file(place, text.as_bytes()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_seen() {
        for (line, shown) in [
            ("let a\t= \"x\\n'\"; // é日", "let a\t= \"x\\n'\"; // é日"),
            (
                "a\u{202e}b\u{2066}c\u{200b}d\u{2028}e",
                "a\\u{202e}b\\u{2066}c\\u{200b}d\\u{2028}e",
            ),
            ("\u{1b}[2J\r\u{ad}\u{feff}", "\\u{1b}[2J\\r\\u{ad}\\u{feff}"),
            ("\u{e0041}\u{61c}", "\\u{e0041}\\u{61c}"),
        ] {
            assert_eq!(visible(line), shown);
        }
    }
}
