//! The filters beside Liquid's own: cargo-generate's case conversions, and one for each language that is generated.

use super::shell::shell_word;
use super::text_filter::TextFilter;
use super::wrap::wrap;
use crate::nix::{nix_attr, nix_string};
use heck::{
    ToKebabCase, ToLowerCamelCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase, ToTitleCase,
    ToUpperCamelCase,
};

/// Lines of comments in generated Nix are at most this long, the mark included.
const COMMENT_WIDTH: usize = 86;

/// A filter that needs its text alone.
pub type Convert = fn(&str) -> String;

/// cargo-generate's conversions of case.
pub const CASES: [(&str, Convert); 8] = [
    ("kebab_case", |text| text.to_kebab_case()),
    ("lower_camel_case", |text| text.to_lower_camel_case()),
    ("pascal_case", |text| text.to_upper_camel_case()),
    ("shouty_kebab_case", |text| text.to_shouty_kebab_case()),
    ("shouty_snake_case", |text| text.to_shouty_snake_case()),
    ("snake_case", |text| text.to_snake_case()),
    ("title_case", |text| text.to_title_case()),
    ("upper_camel_case", |text| text.to_upper_camel_case()),
];

/// All of them.
pub(super) fn all() -> Vec<TextFilter> {
    let filter = |name, description, apply| TextFilter {
        name,
        description,
        apply,
    };
    let cases = CASES.map(|(name, apply)| filter(name, "a conversion of case", apply));
    let quotes = [
        filter("nix_string", "a Nix string literal", nix_string),
        filter("nix_attr", "a Nix attribute name", nix_attr),
        filter("nix_comment", "lines of Nix comment", nix_comment),
        filter("toml_string", "a TOML string", |text| {
            toml_edit::Value::from(text).to_string()
        }),
        filter("json_string", "a JSON string", |text| {
            serde_json::Value::from(text).to_string()
        }),
        filter("shell_word", "one word for the shell", shell_word),
        filter("table_cell", "a cell of a Markdown table", table_cell),
    ];
    cases.into_iter().chain(quotes).collect()
}

fn nix_comment(text: &str) -> String {
    let lines = wrap(text, COMMENT_WIDTH - 2);
    let lines: Vec<String> = lines.iter().map(|line| format!("# {line}")).collect();
    lines.join("\n")
}

/// What would end a cell or a row is escaped.
fn table_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
