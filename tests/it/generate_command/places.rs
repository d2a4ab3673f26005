//! Where a project goes, and what is there already.

use super::{SMALL, commit, generate, refuses, small, template};
use crate::sandbox::Sandbox;
use floxwright::tree::Tree;
use serde_json::Value;
use std::os::unix::fs::{PermissionsExt, symlink};

#[test]
fn a_project_gets_a_directory_with_the_name_it_is_given() {
    let sandbox = small();
    for (flags, directory) in [
        ("--name My-Project", "my-project"),
        ("--name my_project", "my_project"),
        ("--name My-Project --force", "My-Project"),
        ("--name x --destination deep", "deep/x"),
    ] {
        drop(sandbox.shell("mkdir -p deep").success());
        drop(generate(&sandbox, &format!("t {flags}")).success());
        let tree = sandbox.tree(directory);
        let authors = "authors = [\"Ada Example <ada@example.org>\"]";
        assert!(
            tree.text("Cargo.toml")
                .is_some_and(|text| text.contains(authors))
        );
        assert_eq!(tree.len(), 3);
    }
    refuses(
        &sandbox,
        "t --name my-project",
        1,
        &["error: `my-project` exists"],
    );
    refuses(
        &sandbox,
        "t --name my-project --overwrite",
        1,
        &["error: `my-project` exists"],
    );
    refuses(
        &sandbox,
        "t --name x --destination none",
        1,
        &["`none` is not a directory"],
    );
    refuses(
        &sandbox,
        "t --name ../x --force",
        2,
        &["cannot be the name of a directory"],
    );
}

#[test]
#[expect(clippy::disallowed_methods, reason = "this test looks at files")]
fn permissions_and_empty_directories_are_kept() {
    let sandbox = small().after_shell("umask 022");
    drop(
        sandbox
            .shell("mkdir -p t/empty; chmod 600 t/Cargo.toml")
            .success(),
    );
    for flags in ["", "--compat"] {
        drop(generate(&sandbox, &format!("t -n p {flags}")).success());
        for (path, bits) in [("Cargo.toml", 0o600), ("run", 0o755), ("empty", 0o755)] {
            let mode = std::fs::metadata(sandbox.path("p").join(path))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, bits, "{path} {flags}");
        }
        drop(sandbox.shell("rm -r p").success());
    }
}

#[test]
fn into_a_directory_what_is_there_stays() {
    let sandbox = small();
    sandbox.write("here/Cargo.toml", "mine\n");
    sandbox.write("here/other", "other\n");
    let sandbox = sandbox.working_in("here");
    let done = generate(&sandbox, "../t --init --name p").success();
    assert!(done.stderr.contains("`Cargo.toml` is there and stays"));
    let tree = sandbox.tree(".");
    assert_eq!(
        (tree.text("Cargo.toml"), tree.text("src/p.rs")),
        (Some("mine\n"), Some("// bin\n"))
    );
    assert!(!sandbox.path(".git").exists());
    drop(generate(&sandbox, "../t --init --name p --overwrite --lib").success());
    let tree = sandbox.tree(".");
    assert_eq!(
        (tree.text("other"), tree.text("src/p.rs")),
        (Some("other\n"), Some("// lib\n"))
    );
    assert!(
        tree.text("Cargo.toml")
            .is_some_and(|text| text.contains("[package]"))
    );
    assert_eq!(tree.len(), 4);
}

#[test]
fn a_repository_comes_with_the_files_or_not_at_all() {
    let sandbox = small();
    sandbox.git(".", &["init", "--quiet"]);
    sandbox.write("here/run", "mine\n");
    let line = "t --init --name p --destination here --overwrite --force-git-init";
    // What is to wait beside its place has none.
    sandbox.write("here/.floxwright-1-new", "");
    refuses(&sandbox, line, 1, &["cannot use", "something stands there"]);
    drop(sandbox.shell("rm here/.floxwright-1-new").success());
    drop(generate(&sandbox, line).success());
    assert!(sandbox.path("here/.git/HEAD").exists());
    let left = sandbox.shell("ls -A here").success().stdout;
    assert_eq!(left, ".git\nCargo.toml\nrun\nsrc\n");
    // One that is there stays.
    drop(sandbox.shell("echo kept > here/.git/kept").success());
    drop(generate(&sandbox, line).success());
    assert!(sandbox.path("here/.git/kept").exists());
}

#[test]
fn no_link_is_written_through() {
    let sandbox = small();
    drop(sandbox.shell("mkdir here elsewhere").success());
    symlink("../elsewhere", sandbox.path("here/src")).unwrap();
    let line = "t --init --name p --destination here --overwrite";
    refuses(
        &sandbox,
        line,
        1,
        &["a link stands there, and none is followed"],
    );
}

#[test]
fn a_repository_is_made_where_none_is_around() {
    let sandbox = small();
    let has = |sandbox: &Sandbox, line: &str| {
        let done = generate(sandbox, &format!("{line} --name p")).success();
        let made = sandbox.path("p/.git").exists();
        drop(sandbox.shell("rm -r p").success());
        assert_eq!(done.stdout.contains("an empty repository"), made);
        made
    };
    assert!(has(&sandbox, "t"));
    assert!(!has(&sandbox, "t --vcs none"));
    sandbox.git(".", &["init", "--quiet"]);
    assert!(!has(&sandbox, "t"));
    assert!(has(&sandbox, "t --force-git-init"));
    assert!(!has(&sandbox, "t --force-git-init --vcs none"));
}

/// What changes outside the project keeps its line ends, its permissions, and its being a link; a dry run names it.
#[test]
fn a_manifest_stays_what_it_is() {
    let sandbox = small();
    sandbox.write("real/manifest", "[workspace]\r\nmembers = [\"a\"]\r\n");
    drop(
        sandbox
            .shell("ln -s real/manifest Cargo.toml; chmod 600 real/manifest")
            .success(),
    );
    let before = sandbox.entries();
    let plan = generate(&sandbox, "t -n p --dry-run").success();
    drop(plan.says(&["Cargo.toml` gets the project as a member"]));
    assert_eq!(sandbox.entries(), before);
    let json = generate(&sandbox, "t -n p --dry-run --format json").success();
    assert!(json.stdout.contains("Cargo.toml\","), "{}", json.stdout);
    drop(generate(&sandbox, "t -n p").success());
    let shell = sandbox.shell("stat -c '%a %F' real/manifest Cargo.toml; cat -A real/manifest");
    assert_eq!(
        shell.success().stdout,
        "600 regular file\n777 symbolic link\n[workspace]^M$\nmembers = [\"a\", \"p\"]^M$\n"
    );
}

#[test]
fn a_cargo_workspace_around_takes_a_member() {
    let manifest = "# All of it.\n[workspace]\nmembers = [\"a\", \"z\"] # sorted\n";
    let joined = "# All of it.\n[workspace]\nmembers = [\"a\", \"p\", \"z\"] # sorted\n";
    let sandbox = small();
    template(&sandbox, "text", "//- text\nno package\n");
    for (line, before, after) in [
        ("t", manifest, joined),
        ("t --no-workspace", manifest, manifest),
        ("text", manifest, manifest),
        (
            "t",
            "[workspace]\nexclude = [\"p\"]\n",
            "[workspace]\nexclude = [\"p\"]\n",
        ),
        (
            "t",
            "[workspace]\nmembers = [\"*\"]\n",
            "[workspace]\nmembers = [\"*\"]\n",
        ),
        (
            "t",
            "[package]\nname = \"x\"\n",
            "[package]\nname = \"x\"\n",
        ),
    ] {
        sandbox.write("Cargo.toml", before);
        drop(generate(&sandbox, &format!("{line} --name p")).success());
        assert_eq!(sandbox.tree(".").text("Cargo.toml"), Some(after), "{line}");
        let is_member = before != after || before.contains('*');
        assert_eq!(
            sandbox.path("p/.git").exists(),
            !is_member,
            "{line} {before}"
        );
        drop(sandbox.shell("rm -r p").success());
    }
    sandbox.write("Cargo.toml", "[workspace]\nmembers = 1\n");
    refuses(
        &sandbox,
        "t --name p",
        1,
        &["cannot take the project", "hint: `--no-workspace`"],
    );
}

#[test]
fn a_plan_writes_nothing() {
    let sandbox = small();
    commit(&sandbox, "t");
    let before = sandbox.entries();
    let plan = generate(&sandbox, "t --name p --dry-run").success();
    assert_eq!(plan.stdout, "+ Cargo.toml\n+ run\n+ src/p.rs\n");
    let patch = generate(&sandbox, "t --name p --diff").success().stdout;
    let json = generate(&sandbox, "t --name p --dry-run --format json")
        .success()
        .stdout;
    assert_eq!(sandbox.entries(), before);
    let told: Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(told["state"], "planned");
    assert_eq!(told["repository"], "trunk");
    assert_eq!(told["files"].as_array().map(Vec::len), Some(3));
    sandbox.write("patch", patch);
    drop(
        sandbox
            .shell("mkdir q; cd q; git init --quiet; git apply ../patch")
            .success(),
    );
    drop(generate(&sandbox, "t --name p").success());
    assert_eq!(
        sandbox.tree("q").to_fixture(),
        sandbox.tree("p").to_fixture()
    );
}

#[test]
fn the_command_that_is_told_makes_the_same_again() {
    let sandbox = small();
    let line = "t -n Some-Name --lib --vcs none";
    let done = generate(&sandbox, line).success();
    let first = sandbox.tree("some-name");
    drop(sandbox.shell("rm -r some-name").success());
    drop(sandbox.shell(done.same_again()).success());
    assert_eq!(sandbox.tree("some-name"), first);
    assert!(!sandbox.path("some-name/.git").exists());
    let hooks = "//- cargo-generate.toml\n[placeholders.a]\ntype = \"string\"\nprompt = \"A?\"\ndefault = \"it's\"\n[hooks]\npre = [\"h.rhai\"]\n//- h.rhai\nvariable::set(\"v\", system::command(\"echo v\"));\n//- f\n{{a}} {{v}}\n";
    template(&sandbox, "h", hooks);
    drop(generate(&sandbox, "h -n q --trust-hooks -a -s -d a=b").success());
    let done = generate(&sandbox, "h -n p --allow-hooks -a -s").success();
    let first = sandbox.tree("p");
    assert_eq!(first.text("f"), Some("it's v\n"));
    drop(sandbox.shell("rm -r p").success());
    drop(sandbox.shell(done.same_again()).success());
    assert_eq!(sandbox.tree("p"), first);
}

#[test]
fn what_the_surroundings_gave_is_said_again() {
    let sandbox = small().with_env("CARGO_GENERATE_VALUE_LICENSE", "MIT or not");
    sandbox.write(
        "t/cargo-generate.toml",
        "[placeholders.other]\nprompt = \"O\"\n",
    );
    sandbox.write("t/f", "{{license}} {{other}} {{from_file}}\n");
    sandbox.write("values.toml", "[values]\nother = \"x\"\nfrom_file = true\n");
    let sandbox = sandbox.with_env("CARGO_GENERATE_TEMPLATE_VALUES_FILE", "values.toml");
    let done = generate(&sandbox, "t --name=-Some-Name -s").success();
    let first = sandbox.tree("some-name");
    assert_eq!(first.text("f"), Some("MIT or not x true\n"));
    let line = done.same_again();
    assert!(line.contains("--name=-Some-Name"), "{line}");
    drop(sandbox.shell("rm -r some-name values.toml").success());
    let plain =
        format!("unset CARGO_GENERATE_VALUE_LICENSE CARGO_GENERATE_TEMPLATE_VALUES_FILE; {line}");
    drop(sandbox.shell(&plain).success());
    assert_eq!(sandbox.tree("some-name"), first);
}

#[test]
fn what_was_asked_and_answered_is_recorded_on_request() {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", SMALL);
    commit(&sandbox, "t");
    let commit = sandbox.git("t", &["rev-parse", "HEAD"]);
    drop(generate(&sandbox, "--git t --name p --record").success());
    let tree: Tree = sandbox.tree("p");
    let text = tree
        .text(".floxwright/generate.toml")
        .expect("it is recorded");
    let recorded: toml::Table = text.parse().expect("it is TOML");
    assert_eq!(recorded["template"]["commit"].as_str(), Some(commit.trim()));
    assert_eq!(recorded["name"].as_str(), Some("p"));
}

/// What is planned is what is made, links too; and the patch makes them.
#[test]
fn a_dry_run_lists_links() {
    let sandbox = small();
    symlink("../run", sandbox.path("t/src/link")).unwrap();
    symlink("nowhere", sandbox.path("t/dangling")).unwrap();
    let line = "t --name p --vcs none";
    let list = generate(&sandbox, &format!("{line} --dry-run")).success();
    assert_eq!(
        list.stdout,
        "+ Cargo.toml\n+ dangling → nowhere\n+ run\n+ src/link → ../run\n+ src/p.rs\n"
    );
    let told = generate(&sandbox, &format!("{line} --dry-run --format json")).success();
    assert!(
        told.stdout.contains("\"link\": \"../run\""),
        "{}",
        told.stdout
    );
    let patch = generate(&sandbox, &format!("{line} --diff")).success();
    sandbox.write("patch", patch.stdout);
    drop(
        sandbox
            .shell("mkdir q; cd q; git init --quiet; git apply ../patch; rm -r .git")
            .success(),
    );
    drop(generate(&sandbox, line).success());
    let told = sandbox
        .shell("diff --recursive --no-dereference p q")
        .success();
    assert_eq!(told.stdout, "");
    // One that is there stays, and is not listed.
    drop(
        sandbox
            .shell("mkdir here; ln -s mine here/dangling")
            .success(),
    );
    let line = "t --init --name p --destination here --dry-run";
    let list = generate(&sandbox, line).success();
    assert!(!list.stdout.contains("dangling"), "{}", list.stdout);
    let list = generate(&sandbox, &format!("{line} --overwrite")).success();
    assert!(
        list.stdout.contains("+ dangling → nowhere\n"),
        "{}",
        list.stdout
    );
}
