//! The filters beside Liquid's own: cargo-generate's case conversions, and one for each language that is generated.

use super::shell::shell_word;
use super::text_filter::TextFilter;
use super::wrap::wrap;
use crate::nix::{nix_attr, nix_string};
use heck::{ToLowerCamelCase, ToShoutyKebabCase, ToShoutySnakeCase, ToUpperCamelCase};

/// Lines of comments in generated Nix are at most this long, the mark included.
const COMMENT_WIDTH: usize = 86;

/// All of them.
pub(super) fn all() -> Vec<TextFilter> {
    let filter = |name, description, apply| TextFilter {
        name,
        description,
        apply,
    };
    vec![
        filter("kebab_case", "kebab-case", heck::ToKebabCase::to_kebab_case),
        filter("lower_camel_case", "lowerCamelCase", |text| {
            text.to_lower_camel_case()
        }),
        filter("pascal_case", "PascalCase", |text| {
            text.to_upper_camel_case()
        }),
        filter("shouty_kebab_case", "SHOUTY-KEBAB-CASE", |text| {
            text.to_shouty_kebab_case()
        }),
        filter("shouty_snake_case", "SHOUTY_SNAKE_CASE", |text| {
            text.to_shouty_snake_case()
        }),
        filter("snake_case", "snake_case", heck::ToSnakeCase::to_snake_case),
        filter("title_case", "Title Case", heck::ToTitleCase::to_title_case),
        filter("upper_camel_case", "UpperCamelCase", |text| {
            text.to_upper_camel_case()
        }),
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
    ]
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
