//! Files of a template that become directories, and directories that become files: a project and a repository follow, what a person has there
//! stays, and `undo` brings everything back.

use crate::generate_command::{commit, commit_again, generate, template};
use crate::project;
use crate::sandbox::{Done, Sandbox, new_yes};
use floxwright::disk::read_tree;
use floxwright::tree::Tree;

/// What the template has first: `conf` is a file and `deep` a directory.
const FIRST: &str = "//- conf\nport = 1\nhost = 2\n//- deep/one\nfirst\n//- deep/down/two\nsecond\n//- same\nsame\n";

/// What it has then: the reverse.
const THEN: &str =
    "//- conf/a\nquite\nother\n//- conf/down/b\nfurther\n//- deep\na file\n//- same\nsame\n";

/// Where the template is.
#[derive(Clone, Copy, Debug)]
enum Of {
    Git,
    Directory,
}

/// A project `p` of the first template, in a repository of git, with what a person does to it before the template moves on.
fn moved_on(of: Of, person: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", FIRST);
    commit(&sandbox, "t");
    let source = match of {
        Of::Git => "--git t",
        Of::Directory => "t",
    };
    drop(generate(&sandbox, &format!("{source} --name p --record")).success());
    sandbox.git("p", &["add", "--all"]);
    sandbox.git("p", &["commit", "--quiet", "--message=made"]);
    drop(sandbox.shell(&format!("cd p\n{person}")).success());
    drop(sandbox.shell("rm -r t/conf t/deep").success());
    template(&sandbox, "t", THEN);
    commit_again(&sandbox, "t");
    sandbox
}

fn update(sandbox: &Sandbox, flags: &str) -> Done {
    let words = ["-C", "p", "generate", "--update"];
    let words: Vec<&str> = words.into_iter().chain(flags.split_whitespace()).collect();
    sandbox.run(&words)
}

/// What a person has in the project, without floxwright's own and git's.
fn files(sandbox: &Sandbox, directory: &str) -> Tree {
    let files = sandbox.tree(directory).into_iter();
    files
        .filter(|(path, _)| !path.as_str().starts_with(".floxwright/"))
        .collect()
}

#[test]
fn a_project_follows_and_comes_back() {
    for of in [Of::Git, Of::Directory] {
        let sandbox = moved_on(of, "");
        let before = sandbox.entries();
        let (tree, status) = (files(&sandbox, "p"), status(&sandbox));
        let told = update(&sandbox, "--dry-run").success().stdout;
        for line in ["- conf\n", "+ conf/a\n", "- deep/one\n", "+ deep\n"] {
            assert!(told.contains(line), "{of:?}: {told}");
        }
        assert_eq!(sandbox.entries(), before);
        drop(update(&sandbox, "").success());
        let expected = Tree::from_fixture(THEN).unwrap();
        assert_eq!(files(&sandbox, "p").to_fixture(), expected.to_fixture());
        assert_eq!(update(&sandbox, "").success().stdout, "nothing to do\n");
        drop(sandbox.run(&["-C", "p", "undo"]).success());
        assert_eq!(files(&sandbox, "p").to_fixture(), tree.to_fixture());
        assert_eq!(self::status(&sandbox), status, "{of:?}");
        // What was taken back can be taken back.
        drop(sandbox.run(&["-C", "p", "undo"]).success());
        assert_eq!(files(&sandbox, "p").to_fixture(), expected.to_fixture());
        sandbox.git("p", &["add", "--all"]);
        sandbox.git("p", &["commit", "--quiet", "--message=followed"]);
        assert_eq!(self::status(&sandbox), "");
    }
}

fn status(sandbox: &Sandbox) -> String {
    sandbox.git("p", &["status", "--porcelain"])
}

/// What a person does before the update, how it ends, what it says, and what stands there then.
struct Row {
    person: &'static str,
    says: &'static [&'static str],
    after: &'static str,
}

const ROWS: [Row; 5] = [
    Row {
        person: "echo mine >> conf",
        says: &[
            "conflict in `conf`",
            "conflict in `conf/a`",
            "`conf` is a file of yours where floxwright makes a directory",
            "the new one is `conf.floxwright-new/down/b`",
        ],
        after: "//- conf\nport = 1\nhost = 2\nmine\n//- conf.floxwright-new/a\nquite\nother\n//- conf.floxwright-new/down/b\nfurther\n//- deep\na file\n//- same\nsame\n",
    },
    Row {
        person: "echo mine > deep/own",
        says: &[
            "conflict in `deep`",
            "it is a directory where floxwright makes a file",
            "the new one is `deep.floxwright-new`",
        ],
        after: "//- conf/a\nquite\nother\n//- conf/down/b\nfurther\n//- deep.floxwright-new\na file\n//- deep/own\nmine\n//- same\nsame\n",
    },
    Row {
        person: "echo mine >> deep/down/two",
        says: &["conflict in `deep`", "conflict in `deep/down/two`"],
        after: "//- conf/a\nquite\nother\n//- conf/down/b\nfurther\n//- deep.floxwright-new\na file\n//- deep/down/two\nsecond\nmine\n//- same\nsame\n",
    },
    // An empty directory is the person's own.
    Row {
        person: "mkdir deep/empty",
        says: &["conflict in `deep`"],
        after: "//- conf/a\nquite\nother\n//- conf/down/b\nfurther\n//- deep.floxwright-new\na file\n//- same\nsame\n",
    },
    // So is a name that no path of floxwright's has.
    Row {
        person: "echo mine > 'deep/back\\slash'",
        says: &["conflict in `deep`"],
        after: "//- conf/a\nquite\nother\n//- conf/down/b\nfurther\n//- deep.floxwright-new\na file\n//- same\nsame\n",
    },
];

#[test]
fn what_a_person_has_there_stays() {
    for of in [Of::Git, Of::Directory] {
        for Row {
            person,
            says,
            after,
        } in ROWS
        {
            let sandbox = moved_on(of, person);
            let before = sandbox.entries();
            drop(update(&sandbox, "--dry-run").exit(3).says(says));
            assert_eq!(sandbox.entries(), before, "{person}");
            let tree = sandbox.path("p");
            let is_odd = person.contains("slash");
            drop(update(&sandbox, "").exit(3).says(says));
            if is_odd {
                drop(sandbox.shell("rm 'p/deep/back\\slash'").success());
            }
            assert_eq!(files(&sandbox, "p").to_fixture(), after, "{person}");
            assert_eq!(
                tree.join("deep/empty").is_dir(),
                person.contains("empty"),
                "{person}"
            );
            if is_odd {
                continue;
            }
            drop(sandbox.run(&["-C", "p", "continue"]).exit(3));
            drop(sandbox.run(&["-C", "p", "abort"]).success());
            let now = sandbox.entries().into_iter();
            let is_ours =
                |entry: &String| !entry.contains("/.git/") && !entry.contains(".floxwright/run");
            assert_eq!(
                now.filter(is_ours).collect::<Vec<_>>(),
                before.into_iter().filter(is_ours).collect::<Vec<_>>(),
                "{person}"
            );
            drop(update(&sandbox, "").exit(3));
            drop(sandbox.shell("rm -r p/*.floxwright-new").success());
            drop(sandbox.run(&["-C", "p", "continue"]).success());
            assert_eq!(update(&sandbox, "").success().stdout, "nothing to do\n");
        }
    }
}

#[test]
fn no_link_is_followed() {
    for (person, code, says) in [
        (
            "rm conf; mkdir ../out; ln -s ../out conf",
            1,
            "`conf` is a link",
        ),
        (
            "mkdir ../out; mv deep/down/two ../out/; rmdir deep/down; ln -s ../../out deep/down",
            3,
            "conflict in `deep`",
        ),
        (
            "mv deep ../out; ln -s ../out deep",
            3,
            "it is a link where floxwright makes a file",
        ),
        ("ln -s /dev/null deep/null", 3, "conflict in `deep`"),
        ("mkfifo deep/pipe", 3, "conflict in `deep`"),
    ] {
        let sandbox = moved_on(Of::Directory, person);
        drop(sandbox.shell("mkdir -p out").success());
        let outside = read_tree(&sandbox.path("out")).unwrap();
        drop(update(&sandbox, "").exit(code).says(&[says]));
        assert_eq!(
            read_tree(&sandbox.path("out")).unwrap(),
            outside,
            "{person}"
        );
    }
}

/// Something stands where the new files would be put beside the person's.
#[test]
fn nothing_beside_is_overwritten() {
    for beside in [
        "echo mine > conf.floxwright-new",
        "mkdir conf.floxwright-new; echo mine > conf.floxwright-new/a",
    ] {
        let sandbox = moved_on(Of::Git, &format!("echo mine >> conf\n{beside}"));
        let before = sandbox.entries();
        drop(update(&sandbox, "").exit(3).says(&["waits for a decision"]));
        let now = sandbox.entries().into_iter();
        let now: Vec<String> = now
            .filter(|entry| !entry.contains(".floxwright/run"))
            .collect();
        assert_eq!(now, before.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn an_edit_goes_along_into_the_directory() {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", "//- conf\n1\n2\n3\n4\n5\n");
    commit(&sandbox, "t");
    drop(generate(&sandbox, "--git t --name p --record").success());
    sandbox.write("p/conf", "one\n2\n3\n4\n5\n");
    drop(sandbox.shell("rm t/conf; mkdir t/conf").success());
    template(&sandbox, "t", "//- conf/main\n1\n2\n3\n4\nfive\n");
    commit_again(&sandbox, "t");
    drop(update(&sandbox, "").success());
    let text = sandbox.tree("p").text("conf/main").map(str::to_owned);
    assert_eq!(text.as_deref(), Some("one\n2\n3\n4\nfive\n"));
    drop(sandbox.run(&["-C", "p", "undo"]).success());
    assert_eq!(sandbox.tree("p").text("conf"), Some("one\n2\n3\n4\n5\n"));
}

/// A repository of a scaffold that has an output at `conf` and at `deep/one`, or the other way round.
#[test]
fn a_repository_follows_its_scaffold() {
    let sandbox = Sandbox::new();
    let files = read_tree(&project::root().join("scaffolds/opentelemetry")).unwrap();
    for (path, file) in files.iter() {
        sandbox.write(&format!("mine/{path}"), &file.bytes);
    }
    let outputs = |paths: [&str; 2]| {
        let manifest = files.text("scaffold.toml").unwrap();
        let outputs = paths.map(|path| {
            let id = path.replace('/', "-");
            format!("\n[[output]]\nid = \"{id}\"\ntemplate = \"own.liquid\"\npath = \"{path}\"\n")
        });
        sandbox.write(
            "mine/scaffold.toml",
            format!("{manifest}\n{}", outputs.concat()),
        );
    };
    sandbox.write("mine/templates/own.liquid", "text\n");
    outputs(["conf", "deep/one"]);
    let package = "opentelemetry-exporter-otlp-proto-grpc";
    let flags = ["--scaffold", "./mine", "--package", package];
    drop(sandbox.run(&new_yes("d", &flags)).success());
    let before = self::files(&sandbox, "d");
    assert_eq!(before.text("conf"), Some("text\n"));
    outputs(["conf/a", "deep"]);
    let run = |command: &str| sandbox.run(&["-C", "d", command]);
    drop(run("sync").success());
    let tree = self::files(&sandbox, "d");
    assert_eq!(
        (tree.text("conf/a"), tree.text("deep")),
        (Some("text\n"), Some("text\n"))
    );
    let told = run("status").success().stdout;
    assert!(told.contains("nothing to see to"), "{told}");
    drop(run("undo").success());
    assert_eq!(self::files(&sandbox, "d").to_fixture(), before.to_fixture());
    // What the person has there stays.
    sandbox.write("d/conf", "mine\n");
    sandbox.write("d/deep/own", "mine\n");
    drop(run("sync").exit(3).says(&[
        "conflict in `conf/a`",
        "conflict in `deep`",
        "the new one is `conf.floxwright-new/a`",
    ]));
    drop(run("sync").exit(3));
    drop(sandbox.shell("cd d; mv conf.floxwright-new/a here; rm -r conf conf.floxwright-new; mkdir conf; mv here conf/a; rm -r deep; mv deep.floxwright-new deep").success());
    drop(run("continue").success());
    drop(run("sync").success());
    let done = sandbox.tree("d");
    assert_eq!(
        (done.text("conf/a"), done.text("deep")),
        (Some("text\n"), Some("text\n"))
    );
}
