//! The manifest of a Cargo workspace as text: whether a directory belongs to it, and its list of members with one more. Comments and
//! layout stay.

use super::edit::join_list;
use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

/// What a workspace says of a directory below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Membership {
    /// The manifest is that of a package alone.
    NoWorkspace,
    /// The workspace does not want it.
    Excluded,
    /// It is a member already, by name or by a pattern.
    Member,
    /// It is a member by this text of the manifest.
    Joined(String),
}

/// How a member joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// In its place, where the list is sorted; patterns and exclusions count.
    InPlace,
    /// As cargo-generate has it: only a list that is there takes it, and is sorted, one member a line.
    Sorted,
}

/// What becomes of `directory`, a path below the workspace with `/` between its parts.
///
/// # Errors
/// The manifest is not TOML, or its lists are none.
pub fn join_workspace(
    manifest: &str,
    directory: &str,
    joining: Joining,
) -> Result<Membership, String> {
    let mut document: DocumentMut = manifest.parse().map_err(|error: toml_edit::TomlError| {
        format!(
            "it is not TOML: {}",
            error.message().trim().replace('\n', ", ")
        )
    })?;
    let Some(workspace) = document
        .get_mut("workspace")
        .and_then(Item::as_table_like_mut)
    else {
        return Ok(Membership::NoWorkspace);
    };
    let members = texts(workspace, "members")?;
    match (joining, members) {
        (Joining::Sorted, None) => return Ok(Membership::NoWorkspace),
        (Joining::Sorted, Some(members)) => {
            if members.iter().any(|member| member == directory) {
                return Ok(Membership::Member);
            }
            let sorted = sorted(members, directory);
            workspace.insert("members", Item::Value(Value::Array(sorted)));
        }
        (Joining::InPlace, members) => {
            if members
                .iter()
                .flatten()
                .any(|member| covers(member, directory))
            {
                return Ok(Membership::Member);
            }
            let excluded = texts(workspace, "exclude")?.unwrap_or_default();
            if excluded.iter().any(|path| is_below(path, directory)) {
                return Ok(Membership::Excluded);
            }
            let list = workspace
                .entry("members")
                .or_insert_with(|| Item::Value(Value::Array(Array::new())));
            let list = list
                .as_array_mut()
                .ok_or("`workspace.members` is not a list")?;
            join_list(list, directory);
        }
    }
    Ok(Membership::Joined(document.to_string()))
}

/// The name of the package that a manifest describes.
///
/// # Errors
/// The manifest is not TOML, or names no package.
pub fn package_name(manifest: &str) -> Result<String, String> {
    let document: DocumentMut = manifest.parse().map_err(|error: toml_edit::TomlError| {
        format!(
            "it is not TOML: {}",
            error.message().trim().replace('\n', ", ")
        )
    })?;
    let name = document
        .get("package")
        .and_then(|package| package.get("name"));
    let name = name.and_then(Item::as_str);
    name.map(str::to_owned)
        .ok_or_else(|| "it has no `package.name`".to_owned())
}

/// A list of texts; `None` where the key is not there.
fn texts(workspace: &dyn TableLike, key: &str) -> Result<Option<Vec<String>>, String> {
    let Some(item) = workspace.get(key) else {
        return Ok(None);
    };
    let wrong = || format!("`workspace.{key}` is not a list of texts");
    let array = item.as_array().ok_or_else(wrong)?;
    let texts = array.iter().map(|value| value.as_str().map(str::to_owned));
    texts
        .collect::<Option<Vec<_>>>()
        .ok_or_else(wrong)
        .map(Some)
}

fn sorted(mut members: Vec<String>, new: &str) -> Array {
    members.push(new.to_owned());
    members.sort();
    let mut array = Array::new();
    for member in members {
        let mut value = Value::from(member);
        value.decor_mut().set_prefix("\n    ");
        array.push_formatted(value);
    }
    array.set_trailing_comma(true);
    array.set_trailing("\n");
    array
}

/// Whether an entry of the list of members means a directory. `*` and `?` stand for parts of one name.
fn covers(pattern: &str, directory: &str) -> bool {
    let clean = |path: &str| -> Vec<String> {
        let parts = path
            .split('/')
            .filter(|part| !part.is_empty() && *part != ".");
        parts.map(str::to_owned).collect()
    };
    let (pattern, directory) = (clean(pattern), clean(directory));
    covers_parts(&pattern, &directory)
}

fn covers_parts(pattern: &[String], directory: &[String]) -> bool {
    match (pattern.split_first(), directory.split_first()) {
        (None, None) => true,
        (Some((first, rest)), below) if first == "**" => {
            covers_parts(rest, directory)
                || below.is_some_and(|(_, below)| covers_parts(pattern, below))
        }
        (Some((first, rest)), Some((name, below))) => {
            let first: Vec<char> = first.chars().collect();
            let name: Vec<char> = name.chars().collect();
            covers_name(&first, &name) && covers_parts(rest, below)
        }
        _ => false,
    }
}

fn covers_name(pattern: &[char], name: &[char]) -> bool {
    match (pattern.split_first(), name.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), left) => {
            covers_name(rest, name) || left.is_some_and(|(_, left)| covers_name(pattern, left))
        }
        (Some(('?', rest)), Some((_, left))) => covers_name(rest, left),
        (Some((one, rest)), Some((other, left))) => one == other && covers_name(rest, left),
        _ => false,
    }
}

fn is_below(path: &str, directory: &str) -> bool {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    directory == path
        || directory
            .strip_prefix(path)
            .is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(manifest: &str, joining: Joining) -> String {
        match join_workspace(manifest, "b", joining) {
            Ok(Membership::Joined(text)) => text,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_member_joins_and_comments_stay() {
        for (before, after) in [
            (
                "[workspace]\nmembers = [\"a\", \"c\"] # all\n",
                "[workspace]\nmembers = [\"a\", \"b\", \"c\"] # all\n",
            ),
            (
                "# top\n[workspace]\nmembers = [\n  \"a\", # first\n  \"c\",\n]\n[x]\ny={z=1}\n",
                "# top\n[workspace]\nmembers = [\n  \"a\", # first\n  \"b\",\n  \"c\",\n]\n[x]\ny={z=1}\n",
            ),
            ("[workspace]\n", "[workspace]\nmembers = [\"b\"]\n"),
            (
                "[workspace]\nmembers = [\"x/*\"]\n",
                "[workspace]\nmembers = [\"b\", \"x/*\"]\n",
            ),
            ("[workspace]\nmembers = [\"*\"]\n", "Ok(Member)"),
            ("[workspace]\nmembers = [\"./b/\"]\n", "Ok(Member)"),
            ("[workspace]\nexclude = [\"b\"]\n", "Ok(Excluded)"),
            ("[package]\nname = \"a\"\n", "Ok(NoWorkspace)"),
            (
                "[workspace]\nmembers = 1\n",
                "Err(\"`workspace.members` is not a list of texts\")",
            ),
        ] {
            assert_eq!(joined(before, Joining::InPlace), after);
        }
    }

    #[test]
    fn as_cargo_generate_has_it_the_list_is_sorted() {
        for (before, after) in [
            (
                "[workspace]\nmembers = [\"c\", \"a\"]\n",
                "[workspace]\nmembers = [\n    \"a\",\n    \"b\",\n    \"c\",\n]\n",
            ),
            ("[workspace]\n", "Ok(NoWorkspace)"),
            ("[workspace]\nmembers = [\"b\"]\n", "Ok(Member)"),
        ] {
            assert_eq!(joined(before, Joining::Sorted), after);
        }
    }

    #[test]
    fn patterns_cover_whole_names() {
        for (pattern, directory, covered) in [
            ("crates/*", "crates/a", true),
            ("crates/*", "crates/a/b", false),
            ("crates/**", "crates/a/b", true),
            ("**/b", "crates/a/b", true),
            ("crates/a-*", "crates/a-1", true),
            ("crates/a-?", "crates/a-12", false),
            ("crates", "crates/a", false),
        ] {
            assert_eq!(covers(pattern, directory), covered, "{pattern} {directory}");
        }
    }

    #[test]
    fn the_name_of_a_package_is_read() {
        assert_eq!(
            package_name("[package]\nname = \"a\"\n"),
            Ok("a".to_owned())
        );
        for text in ["[lib]\n", "[package]\n", "["] {
            assert!(package_name(text).is_err());
        }
    }
}
