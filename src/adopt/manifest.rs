//! Flox's manifest: what the person has stays key by key, and what is made joins it.

use toml_edit::{DocumentMut, Item, Table};

/// The person's manifest with the keys of the made one that it lacks, and what could not join, one sentence each.
///
/// # Errors
/// Either text is not TOML.
pub(super) fn joined(yours: &str, made: &str) -> Result<(String, Vec<String>), String> {
    let parse = |text: &str| {
        text.parse::<DocumentMut>()
            .map_err(|error| error.message().trim().replace('\n', ", "))
    };
    let (mut manifest, made) = (parse(yours)?, parse(made)?);
    let mut notes = Vec::new();
    // The older key for the schema stands for the newer one.
    let has_schema = manifest.contains_key("version") || manifest.contains_key("schema-version");
    let pins = pins_nixpkgs(&manifest);
    for (key, item) in made.iter() {
        let is_schema = key == "schema-version";
        if is_schema && has_schema || key == "install" && pins {
            continue;
        }
        join(manifest.as_table_mut(), key, item, key, &mut notes);
    }
    Ok((manifest.to_string(), notes))
}

/// Whether something is installed in the group whose nixpkgs Flox builds with.
fn pins_nixpkgs(manifest: &DocumentMut) -> bool {
    let installed = manifest.get("install").and_then(Item::as_table_like);
    installed.is_some_and(|installed| {
        installed.iter().any(|(_, item)| {
            let group = item.get("pkg-group").and_then(Item::as_str);
            item.get("pkg-path").is_some() && group.is_none_or(|group| group == "toplevel")
        })
    })
}

/// Puts an item into a table under a key, if nothing is there; tables are joined.
fn join(table: &mut Table, key: &str, made: &Item, path: &str, notes: &mut Vec<String>) {
    let Some(there) = table.get_mut(key) else {
        table.insert(key, apart(made));
        return;
    };
    if text(there) == text(made) {
        return;
    }
    match (there.as_table_like_mut(), made.as_table_like()) {
        (Some(there), Some(made)) => {
            for (key, item) in made.iter() {
                let path = format!("{path}.{key}");
                match there.get(key) {
                    None => {
                        there.insert(key, item.clone());
                    }
                    Some(old) if text(old) == text(item) => {}
                    Some(old) if old.is_table_like() && item.is_table_like() => {}
                    Some(_) => notes.push(format!("`{path}` stays as you have it")),
                }
            }
        }
        _ => notes.push(format!("`{path}` stays as you have it")),
    }
}

/// The item with an empty line before it, where it is a table.
fn apart(made: &Item) -> Item {
    let mut item = made.clone();
    if let Some(table) = item.as_table_mut() {
        let prefix = table.decor().prefix().and_then(|prefix| prefix.as_str());
        let prefix = prefix.unwrap_or_default().trim_start().to_owned();
        table.decor_mut().set_prefix(format!("\n{prefix}"));
    }
    item
}

fn text(item: &Item) -> String {
    let text = item.to_string();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: &str = "schema-version = \"1.10.0\"\n# pins\n[install]\ngit.pkg-path = \"git\"\n\n[options]\nsystems = [\"x86_64-linux\"]\n";

    fn check(yours: &str, expected: &str, notes: &[&str]) {
        let (text, said) = joined(yours, MADE).unwrap();
        assert_eq!(text, expected, "{yours}");
        assert_eq!(said, notes, "{yours}");
        assert!(text.parse::<DocumentMut>().is_ok());
    }

    #[test]
    fn what_is_there_stays() {
        check(
            "version = 1\n\n[install]\njq.pkg-path = \"jq\" # mine\n\n[hook]\non-activate = '''\n  echo hi\n'''\n",
            "version = 1\n\n[install]\njq.pkg-path = \"jq\" # mine\n\n[hook]\non-activate = '''\n  echo hi\n'''\n\n[options]\nsystems = [\"x86_64-linux\"]\n",
            &[],
        );
        check(
            "version = 1\n[options]\nsystems = [ \"aarch64-linux\" ]\n[install]\nx.pkg-path = \"x\"\nx.pkg-group = \"other\"\n",
            "version = 1\n[options]\nsystems = [ \"aarch64-linux\" ]\n[install]\nx.pkg-path = \"x\"\nx.pkg-group = \"other\"\ngit.pkg-path = \"git\"\n",
            &["`options.systems` stays as you have it"],
        );
        assert!(joined("a = ", MADE).is_err());
    }

    #[test]
    fn a_second_time_changes_nothing() {
        let (once, _) = joined("[vars]\nA = \"b\"\n", MADE).unwrap();
        assert_eq!(joined(&once, MADE).unwrap().0, once);
    }
}
