//! Flox manifests, read as strictly as Flox reads schema 1.10.0: every table is closed, and what came with a later schema is
//! refused. The published JSON schema is laxer than the program, so the keys stand here.

mod keys;

use crate::cases::CASES;
use keys::Shape::{Closed, Each, Either, Text, Texts, Truth, Whole};
use keys::{MANIFEST, Shape};
use toml::{Table, Value};

const SYSTEMS: [&str; 4] = [
    "aarch64-darwin",
    "aarch64-linux",
    "x86_64-darwin",
    "x86_64-linux",
];

/// Everything that is wrong with `value`.
fn check(value: &Value, shape: Shape, at: &str) -> Vec<String> {
    let wrong = |what: &str| vec![format!("{at} is not {what}")];
    match (shape, value) {
        (Text, Value::String(_)) | (Truth, Value::Boolean(_)) => Vec::new(),
        (Whole, Value::Integer(number)) if *number >= 0 => Vec::new(),
        (Texts, Value::Array(items)) if items.iter().all(Value::is_str) => Vec::new(),
        (Each(inner), Value::Table(table)) => table
            .iter()
            .flat_map(|(key, value)| check(value, *inner, &format!("{at}.{key}")))
            .collect(),
        (Each(inner), Value::Array(items)) if at.ends_with("environments") => items
            .iter()
            .flat_map(|value| check(value, *inner, at))
            .collect(),
        (Closed(keys), Value::Table(table)) => closed(table, keys, at),
        (Either(shapes), _) => {
            let found: Vec<_> = shapes.iter().map(|one| check(value, *one, at)).collect();
            let least = found.into_iter().min_by_key(Vec::len);
            least.unwrap_or_default()
        }
        (Text, _) => wrong("a text"),
        (Whole, _) => wrong("a number from 0"),
        (Truth, _) => wrong("true or false"),
        (Texts, _) => wrong("a list of texts"),
        (Each(_) | Closed(_), _) => wrong("a table"),
    }
}

fn closed(table: &Table, keys: &[(&str, bool, Shape)], at: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, value) in table {
        match keys.iter().find(|(known, ..)| known == key) {
            Some((.., shape)) => wrong.extend(check(value, *shape, &format!("{at}.{key}"))),
            None => wrong.push(format!("{at}.{key} is not known")),
        }
    }
    let absent = keys
        .iter()
        .filter(|(key, needed, _)| *needed && !table.contains_key(*key));
    wrong.extend(absent.map(|(key, ..)| format!("{at}.{key} is absent")));
    wrong
}

/// What the keys alone do not say.
fn check_values(manifest: &Table) -> Vec<String> {
    let mut wrong = Vec::new();
    if manifest.get("schema-version").and_then(Value::as_str) != Some("1.10.0") {
        wrong.push("the schema is not 1.10.0".to_owned());
    }
    let of = |table: &str| {
        manifest
            .get(table)
            .and_then(Value::as_table)
            .cloned()
            .unwrap_or_default()
    };
    for (name, service) in of("services") {
        let daemon = service.get("is-daemon").and_then(Value::as_bool) == Some(true);
        if daemon && service.get("shutdown").is_none() {
            wrong.push(format!("services.{name} is a daemon without shutdown"));
        }
    }
    let options = of("options");
    let systems = options.get("systems").and_then(Value::as_array);
    for system in systems.into_iter().flatten() {
        if !SYSTEMS.iter().any(|known| Some(*known) == system.as_str()) {
            wrong.push(format!("options.systems has {system}"));
        }
    }
    let reserved = of("vars")
        .into_iter()
        .filter(|(name, _)| name.starts_with("BASH_ENVTRACE_"));
    wrong.extend(reserved.map(|(name, _)| format!("vars.{name} is reserved")));
    wrong
}

/// Everything that Flox would refuse in a manifest of schema 1.10.0.
fn faults(text: &str) -> Vec<String> {
    match text.parse::<Table>() {
        Err(error) => vec![error.to_string()],
        Ok(manifest) => {
            let mut wrong = check(&Value::Table(manifest.clone()), MANIFEST, "manifest");
            wrong.extend(check_values(&manifest));
            wrong
        }
    }
}

/// A manifest, without its first line where it does not matter, and what is wrong with it.
const REFUSED: &[(&str, &str)] = &[
    ("version = 1", "version is not known"),
    ("", "schema-version is absent"),
    ("schema-version = \"1.14.0\"", "the schema is not 1.10.0"),
    ("[hook]\nscript = \"\"", "hook.script is not known"),
    (
        "[hook]\non-deactivate = \"\"",
        "hook.on-deactivate is not known",
    ),
    (
        "[services]\nauto-start = true",
        "services.auto-start is not a table",
    ),
    (
        "[services.a]\ncommand = \"a\"\nis-daemon = true",
        "daemon without shutdown",
    ),
    (
        "[services.a]\ncommand = \"a\"\ndepends-on = []",
        "depends-on is not known",
    ),
    ("[vars]\nPORT = 3000", "vars.PORT is not a text"),
    ("[vars]\nBASH_ENVTRACE_X = \"\"", "is reserved"),
    (
        "[install]\ngit.pkg-path = [\"git\"]",
        "git.pkg-path is not a text",
    ),
    (
        "[install]\ngit.pkg-path = \"git\"\ngit.flake = \"x\"",
        "is not known",
    ),
    (
        "[install]\ngit.priority = -1\ngit.pkg-path = \"git\"",
        "is not a number",
    ),
    (
        "[options]\nsystems = [\"x86_64-linus\"]",
        "options.systems has",
    ),
    (
        "[profile]\ndeactivate.bash = \"\"",
        "deactivate is not known",
    ),
    ("[plugins]", "plugins is not known"),
    (
        "minimum-cli-version = { version = \"1.10.0\" }",
        "is not a text",
    ),
    ("[include]\nenvironments = [\"../a\"]", "is not a table"),
    ("[build.a]\nversion = \"1\"", "build.a.command is absent"),
    ("[packages]", "packages is not known"),
    ("[", "TOML"),
];

#[test]
fn what_flox_refuses_is_refused() {
    for (text, fault) in REFUSED {
        let head =
            if text.contains("version = 1") || text.contains("schema-version") || text.is_empty() {
                ""
            } else {
                "schema-version = \"1.10.0\"\n"
            };
        let found = faults(&format!("{head}{text}"));
        assert!(
            found.iter().any(|found| found.contains(fault)),
            "{text:?}: {found:?}"
        );
    }
}

#[test]
fn what_flox_takes_is_taken() {
    let text = "schema-version = \"1.10.0\"\nminimum-cli-version = \"1.10.0\"\n[install]\na.pkg-path = \"a\"\na.outputs = \"all\"\n\
        b = { flake = \"github:a/b\", outputs = [\"out\"] }\nc.store-path = \"/nix/store/x\"\n[vars]\nA = \"b\"\n[hook]\non-activate = \"true\"\n\
        [profile]\nbash = \"true\"\n[services.a]\ncommand = \"a\"\nis-daemon = true\nshutdown.command = \"b\"\nvars.A = \"b\"\n\
        [include]\nenvironments = [{ dir = \"../a\" }, { remote = \"a/b\", generation = 3 }]\n[build.a]\ncommand = \"a\"\nversion.file = \"v\"\n\
        [options]\nsystems = [\"x86_64-linux\"]\nactivate.mode = \"run\"\nallow.unfree = true\n";
    assert_eq!(faults(text), Vec::<String>::new());
}

#[test]
fn every_manifest_is_valid_for_the_schema_that_it_names() {
    let mut seen = 0;
    for case in &CASES {
        for (path, file) in case.tree().iter() {
            if path.name() == "manifest.toml" {
                let text = String::from_utf8_lossy(&file.bytes);
                assert_eq!(faults(&text), Vec::<String>::new(), "{}: {path}", case.name);
                assert!(text.contains("\nsystems = ["), "{}: {path}", case.name);
                seen += 1;
            }
        }
    }
    assert!(seen >= CASES.len() * 2, "{seen} manifests");
}

/// Flox takes a lock for current when its `manifest` equals the parsed manifest.
#[test]
fn the_empty_lock_of_a_floating_repository_holds_its_manifest() {
    let floating = CASES.iter().filter(|case| case.has("--nixpkgs floating"));
    for case in floating {
        let tree = case.tree();
        let text = tree.text(".flox/env/manifest.lock").unwrap_or_default();
        let lock: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        let manifest: Table = tree
            .text(".flox/env/manifest.toml")
            .unwrap_or_default()
            .parse()
            .unwrap_or_default();
        assert_eq!(lock["lockfile-version"], 1);
        assert_eq!(lock["packages"], serde_json::json!([]));
        assert_eq!(
            lock["manifest"],
            serde_json::to_value(manifest).unwrap_or_default()
        );
    }
}
