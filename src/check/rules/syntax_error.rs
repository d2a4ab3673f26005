//! `syntax-error`: a Nix file that cannot be read.

use crate::adopt::Role;
use crate::check::{Finding, Repository, Rule, Severity, Text};

pub(super) static RULE: Rule = Rule {
    id: "syntax-error",
    severity: Severity::Critical,
    title: "a Nix file cannot be read",
    text: Text {
        what: "A file below `.flox/pkgs` is no Nix expression, or no text in UTF-8.",
        why: "Flox evaluates all files below `.flox/pkgs` together, so one that cannot be read ends the build of every package.",
        mend: "Mend it where the mark stands. What the parser misses often belongs to the line before.",
        example: "{\n  pname = \"acme\"\n  version = \"1.0\";\n}",
    },
    run,
};

/// How editors of Windows begin a file.
const MARK: &[u8] = b"\xef\xbb\xbf";

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in &repository.survey.recipes {
        let bytes = repository.found.files.get(path).map(|file| &file.bytes);
        if bytes.is_some_and(|bytes| bytes.starts_with(MARK)) {
            let message = "this begins with a byte order mark, which Nix takes for a fault";
            let finding = RULE.found(message).of(path);
            found
                .push(finding.help(
                    "save it as UTF-8 without a mark: `sed -i '1s/^\\xef\\xbb\\xbf//' FILE`",
                ));
        }
        if read.recipe.is_beyond {
            continue;
        }
        if let Some(fault) = &read.recipe.fault {
            let message = format!("this cannot be read as Nix: {}", fault.value);
            found.push(RULE.found(message).at(path, &fault.range));
        } else if read.role == Role::Unread {
            let is_utf8 = bytes.is_some_and(|bytes| std::str::from_utf8(bytes).is_ok());
            let what = if is_utf8 {
                "this holds null characters"
            } else {
                "this is no text in UTF-8"
            };
            found.push(
                RULE.found(format!("{what}, so it cannot be read as Nix"))
                    .of(path),
            );
        }
    }
    found
}
