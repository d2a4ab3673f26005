//! Documents and schemas that are made from the program, so that they cannot say anything else. `BLESS=1` writes them.

mod answers;
mod check_rules;
mod commands;
mod made;
mod schema;
mod shapes;
mod tables;
mod ties;
mod valid;

/// What stands at the head of a generated document.
const HEAD: &str = "<!-- Made by `BLESS=1 cargo test generated`; not for editing by hand. -->\n";

/// A row of a Markdown table.
fn row(cells: &[String]) -> String {
    let cells = cells.iter().map(|cell| cell.replace('|', "\\|"));
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// Words as code, with commas between them.
fn code<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words = words.into_iter().map(|word| format!("`{word}`"));
    words.collect::<Vec<_>>().join(", ")
}
