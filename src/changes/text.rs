//! The report as text for a person, and as Markdown for a pull request.

use super::report::{Item, Section};

/// So many packages are named; more are counted.
const NAMED: usize = 3;

/// Who it is about, in a few words, with what leads on to what is said of them; empty for the whole.
pub fn who(item: &Item) -> String {
    match item.who.len() {
        0 => String::new(),
        count if count > NAMED => format!("{count} packages: "),
        _ => format!("{}: ", item.who.join(", ")),
    }
}

/// The sections as plain text, for a terminal or a commit's message.
pub fn text(sections: &[Section]) -> String {
    let sections = sections.iter().map(|section| {
        let lines = section.items.iter();
        let lines = lines.map(|item| format!("  {}{}\n", who(item), item.what));
        format!("{}\n{}", section.title, lines.collect::<String>())
    });
    sections.collect::<Vec<_>>().join("\n")
}

/// The sections as Markdown; the names of many packages are folded.
pub fn markdown(sections: &[Section]) -> String {
    let sections = sections.iter().map(|section| {
        let lines = section.items.iter().map(line);
        format!("### {}\n\n{}", section.title, lines.collect::<String>())
    });
    sections.collect::<Vec<_>>().join("\n")
}

fn line(item: &Item) -> String {
    let who = who(item);
    let who = match who.trim_end_matches(": ") {
        "" => String::new(),
        who => format!("**{who}**: "),
    };
    let line = format!("- {who}{}\n", item.what);
    if item.who.len() <= NAMED {
        return line;
    }
    let names = item.who.join(", ");
    format!("{line}  <details><summary>which</summary>{names}</details>\n")
}
