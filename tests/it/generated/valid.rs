//! The schemas are kept in the repository, take what the program writes, and refuse what it refuses.

use super::{made, schema};
use crate::project;
use crate::sandbox::{Sandbox, new_yes};
use floxwright::workspace::{intent_text, lock_text, read_answers, read_lock};
use jsonschema::Validator;
use serde_json::Value;

/// Compares the schema with its file.
fn keep(name: &str, schema: &Value) -> Validator {
    let text = serde_json::to_string_pretty(schema).unwrap_or_default();
    project::keep(
        &format!("docs/schemas/{name}.schema.json"),
        &format!("{text}\n"),
    );
    assert!(jsonschema::meta::is_valid(schema), "{name}");
    jsonschema::validator_for(schema).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn toml(text: &str) -> Value {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

fn check(validator: &Validator, value: &Value, what: &str) {
    let errors = validator.iter_errors(value);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}:\n{}", errors.join("\n"));
}

#[test]
fn an_intent_is_valid_as_intent_and_as_answers() {
    let as_intent = keep("intent", &schema::intent());
    let as_answers = keep("answers", &schema::answers());
    for (intent, _) in made::all() {
        let text = intent_text(intent);
        check(&as_intent, &toml(&text), &text);
        check(&as_answers, &toml(&text), &text);
    }
    assert!(as_answers.is_valid(&toml("")) && !as_intent.is_valid(&toml("schema = 1")));
}

#[test]
fn answers_are_refused_by_the_schema_where_the_program_refuses_them() {
    let answers = jsonschema::validator_for(&schema::answers()).unwrap();
    for good in [
        "directory = \"x\"\n[build]\nlayout = \"closure\"",
        "[documents]\nwith = [\"none\"]\n[git]\nname = \"A B\"",
        "[package.a]\nrelax = [\"b\"]\n[override]\nclick = \"8.1.8\"\n[nixpkgs.versions]\nx = \"1\"",
    ] {
        assert!(read_answers("a", good).problems.is_empty(), "{good}");
        check(&answers, &toml(good), good);
    }
    for wrong in [
        "schema = 2",
        "name = \"x\"",
        "[build]\nlayuot = \"split\"",
        "[build]\npython = 3.13",
        "[build]\nsystems = \"x86_64-linux\"",
        "[build]\npackages = [1]",
        "[package.a]\nrelax = \"x\"",
        "[package.a]\nother = []",
        "[override]\nclick = 8",
        "[nixpkgs]\nversion = \"1\"",
    ] {
        assert!(!read_answers("a", wrong).problems.is_empty(), "{wrong}");
        assert!(!answers.is_valid(&toml(wrong)), "{wrong}");
    }
    for wrong in [
        "[build]\nlayout = \"nested\"",
        "[publish]\nhandle = \"a b\"",
    ] {
        assert!(!answers.is_valid(&toml(wrong)), "{wrong}");
    }
}

#[test]
fn a_lock_is_valid_and_read_back_as_it_was() {
    let validator = keep("lock", &schema::lock());
    for (_, lock) in made::all() {
        let text = lock_text(lock);
        check(&validator, &toml(&text), &text);
        assert_eq!(read_lock(&text).as_ref(), Ok(lock));
        assert_eq!(lock_text(&read_lock(&text).unwrap()), text);
        let newer = text.replacen("schema = 1", "schema = 2", 1);
        assert!(read_lock(&newer).is_err() && !validator.is_valid(&toml(&newer)));
        let wrong = text.replacen("sha256-", "md5-", 1);
        assert!(!validator.is_valid(&toml(&wrong)));
    }
}

#[test]
fn the_carried_releases_are_valid() {
    let validator = keep("release", &schema::release());
    let files = project::files().into_iter();
    let files: Vec<String> = files
        .filter(|file| file.contains("/catalogue/releases/"))
        .collect();
    assert!(!files.is_empty());
    for file in files {
        let mut value: Value = serde_json::from_str(&project::read(&file)).unwrap();
        check(&validator, &value, &file);
        value["read"]["date"] = "yesterday".into();
        assert!(!validator.is_valid(&value));
    }
}

#[test]
fn what_update_tells_programs_is_valid() {
    let validator = keep("update", &schema::update());
    let sandbox = Sandbox::new();
    let new = new_yes("d", &["--release", "1.12.0", "--package", "all"]);
    drop(sandbox.run(&new).success());
    let update = ["-C", "d", "update", "1.12.22", "--format", "json"];
    let mut told = Vec::new();
    for more in [&["--dry-run"][..], &["--commit", "--tag"], &[]] {
        let done = sandbox.run(&[&update[..], more].concat()).success();
        let value: Value = serde_json::from_str(&done.stdout).unwrap();
        check(&validator, &value, &done.stdout);
        told.push(value);
    }
    let states: Vec<&Value> = told.iter().map(|value| &value["state"]).collect();
    assert_eq!(states, ["planned", "written", "unchanged"]);
    told[0]["changes"]["versions"][0]["to"] = 1.into();
    assert!(!validator.is_valid(&told[0]));
}

#[test]
fn what_check_tells_programs_is_valid() {
    let validator = keep("check", &schema::check());
    for (name, _) in crate::adopt::FIXTURES {
        let sandbox = crate::adopt::handmade(&crate::adopt::files(name));
        let done = sandbox.run(&["-C", "d", "check", "--format", "json"]);
        let mut found: Value = serde_json::from_str(&done.exit(4).stdout).unwrap();
        check(&validator, &found, name);
        found["findings"][0]["rule"] = "other".into();
        assert!(!validator.is_valid(&found), "{name}");
        let fix = "-C d check --fix --deny none --format json";
        let fix: Vec<&str> = fix.split(' ').collect();
        let found: Value = serde_json::from_str(&sandbox.run(&fix).exit(0).stdout).unwrap();
        check(&validator, &found, name);
    }
}

#[test]
fn what_status_tells_programs_is_valid() {
    let validator = keep("status", &schema::status());
    let sandbox = Sandbox::new();
    drop(sandbox.run(&new_yes("d", &[])).success());
    let status = |code| {
        let done = sandbox.run(&["-C", "d", "status", "--format", "json"]);
        let value: Value = serde_json::from_str(&done.exit(code).stdout).unwrap();
        check(&validator, &value, &value.to_string());
        value
    };
    status(0);
    sandbox.edit("floxwright.toml", "\"split\"", "\"single\"");
    sandbox.write("d/.flox/patches/dagster/a.patch", "");
    sandbox.write("d/README.md", "<<<<<<< yours\n=======\n>>>>>>> new\n");
    drop(sandbox.shell("rm d/.flox/pkgs/dagster.nix d/LICENSE && echo >> d/tests/verify"));
    let mut found = status(4);
    found["findings"][0]["kind"] = "other".into();
    assert!(!validator.is_valid(&found));
}
