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

/// The sections as Markdown: a table each; the names of many packages are folded below it.
pub fn markdown(sections: &[Section]) -> String {
    let sections = sections.iter().map(|section| {
        let lines: String = section.items.iter().map(row).collect();
        let names: String = section.items.iter().map(names).collect();
        let names = if names.is_empty() {
            names
        } else {
            format!("\n<details><summary>Which packages</summary>\n\n{names}\n</details>\n")
        };
        format!("### {}\n\n| | |\n|---|---|\n{lines}{names}", section.title)
    });
    sections.collect::<Vec<_>>().join("\n")
}

fn row(item: &Item) -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let who = who(item);
    format!(
        "| {} | {} |\n",
        cell(who.trim_end_matches(": ")),
        cell(&item.what)
    )
}

/// The names of the packages that were only counted.
fn names(item: &Item) -> String {
    if item.who.len() <= NAMED {
        return String::new();
    }
    format!("- {}: {}\n", item.what, item.who.join(", "))
}
