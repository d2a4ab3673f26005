//! A project or its template went to another place, or the commit that the project is made of is gone; and what an update says, it says
//! once.

use crate::generate_command::{commit, commit_again, generate, template};
use crate::sandbox::{Done, Sandbox};

fn at(sandbox: &Sandbox, project: &str, flags: &str) -> Done {
    let words = ["-C", project, "generate", "--update"];
    let words: Vec<&str> = words.into_iter().chain(flags.split_whitespace()).collect();
    sandbox.run(&words)
}

fn record(sandbox: &Sandbox, project: &str) -> String {
    let tree = sandbox.tree(project);
    tree.text(".floxwright/generate.toml")
        .unwrap_or_default()
        .to_owned()
}

/// A project `p` of the template `t`, in a repository.
fn project(source: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", "//- f\none\ntwo\nthree\n");
    commit(&sandbox, "t");
    drop(generate(&sandbox, &format!("{source} --name p --record")).success());
    sandbox
}

#[test]
fn a_project_that_was_moved_follows_by_the_new_place() {
    for (source, flag, key) in [("--git t", "--git", "git"), ("t", "--path", "path")] {
        let sandbox = project(source);
        drop(sandbox.shell("mkdir deep; mv p deep/p").success());
        sandbox.write("t/f", "one\ntwo\n3\n");
        commit_again(&sandbox, "t");
        sandbox.write("deep/p/f", "1\ntwo\nthree\n");
        let says =
            ["hint: if the template is elsewhere now, `--git ADDRESS` or `--path DIR` says where"];
        drop(at(&sandbox, "deep/p", "").exit(1).says(&says));
        let flags = format!("{flag} ../../t");
        let before = sandbox.entries();
        let plan = at(&sandbox, "deep/p", &format!("{flags} --dry-run")).success();
        assert!(
            plan.stderr.contains("the template: ../t → ../../t"),
            "{}",
            plan.stderr
        );
        assert_eq!(sandbox.entries(), before);
        let done = at(&sandbox, "deep/p", &flags).success();
        assert!(done.stdout.contains("../t → ../../t"), "{}", done.stdout);
        assert_eq!(sandbox.tree("deep/p").text("f"), Some("1\ntwo\n3\n"));
        let now = record(&sandbox, "deep/p");
        assert!(now.contains(&format!("{key} = \"../../t\"")), "{now}");
        let done = at(&sandbox, "deep/p", "").success();
        assert_eq!(done.stdout, "nothing to do\n");
    }
}

/// The new place has the template in a directory, or is of another kind: what the project keeps of itself comes and goes with it.
#[test]
fn a_template_changes_its_kind_of_place() {
    let sandbox = project("t");
    assert!(sandbox.tree("p").text(".floxwright/base/f").is_some());
    sandbox.write("all/t/f", "one\ntwo\n3\n");
    commit(&sandbox, "all");
    drop(at(&sandbox, "p", "--git ../all t").success());
    assert_eq!(sandbox.tree("p").text("f"), Some("one\ntwo\n3\n"));
    assert!(sandbox.tree("p").text(".floxwright/base/f").is_none());
    let now = record(&sandbox, "p");
    assert!(
        now.contains("git = \"../all\"") && now.contains("directory = \"t\""),
        "{now}"
    );
    assert_eq!(at(&sandbox, "p", "").success().stdout, "nothing to do\n");
    // The repository is taken as a directory; it still has the commit.
    drop(sandbox.shell("mv all moved").success());
    sandbox.write("moved/t/f", "one\n2\n3\n");
    let done = at(&sandbox, "p", "--path ../moved").success();
    assert!(done.stdout.contains("as it is there"), "{}", done.stdout);
    let tree = sandbox.tree("p");
    assert_eq!(
        (tree.text("f"), tree.text(".floxwright/base/f")),
        (Some("one\n2\n3\n"), Some("one\n2\n3\n"))
    );
    assert_eq!(at(&sandbox, "p", "").success().stdout, "nothing to do\n");
    drop(sandbox.run(&["-C", "p", "undo"]).success());
    assert_eq!(record(&sandbox, "p"), now);
}

#[test]
fn another_branch_of_another_place_is_followed() {
    let sandbox = project("--git t");
    drop(
        sandbox
            .shell("cp -r t fork; git -C fork checkout --quiet -b own")
            .success(),
    );
    sandbox.write("fork/f", "one\ntwo\nown\n");
    commit_again(&sandbox, "fork");
    drop(at(&sandbox, "p", "--git ../fork --branch trunk").success());
    assert_eq!(sandbox.tree("p").text("f"), Some("one\ntwo\nthree\n"));
    let done = at(&sandbox, "p", "--git ../fork --branch own --format json").success();
    assert!(
        done.stdout.contains("\"to\": \"../fork\""),
        "{}",
        done.stdout
    );
    let now = record(&sandbox, "p");
    assert!(now.contains("branch = \"own\""), "{now}");
    drop(
        at(&sandbox, "p", "--git ../fork --branch none")
            .exit(1)
            .says(&["no branch `none`"]),
    );
    drop(
        at(&sandbox, "p", "--git ../nowhere")
            .exit(1)
            .says(&["cannot be copied"]),
    );
    assert_eq!(record(&sandbox, "p"), now);
}

#[test]
fn a_commit_that_is_gone_is_told() {
    let sandbox = project("--git t");
    let commit = sandbox.git("t", &["rev-parse", "HEAD"]);
    let commit = commit.trim();
    drop(sandbox.shell("cp -r t copy").success());
    sandbox.write("t/f", "one\ntwo\n3\n");
    sandbox.git(
        "t",
        &["commit", "--quiet", "--all", "--amend", "--message=again"],
    );
    sandbox.git("t", &["reflog", "expire", "--expire=now", "--all"]);
    sandbox.git("t", &["gc", "--quiet", "--prune=now"]);
    let before = sandbox.entries();
    drop(at(&sandbox, "p", "").exit(1).says(&[
        &format!("it has no commit `{commit}`"),
        "hint: the project is made of the commit",
        &format!("`git push ADDRESS {commit}:refs/heads/NAME`"),
    ]));
    assert_eq!(sandbox.entries(), before);
    let branch = format!("{commit}:refs/heads/old");
    sandbox.git("copy", &["push", "--quiet", "../t", &branch]);
    drop(at(&sandbox, "p", "").success());
    assert_eq!(sandbox.tree("p").text("f"), Some("one\ntwo\n3\n"));
}

/// The template is expanded twice; its hooks, what they print, and what is to be warned of are told once.
#[test]
fn what_an_update_says_it_says_once() {
    let sandbox = Sandbox::new();
    let hooked = "//- cargo-generate.toml\n[hooks]\npre = [\"pre.rhai\"]\n//- pre.rhai\nprint(\"it ran\");\n//- f\n{{ nobody }}\n//- g\none\n";
    template(&sandbox, "t", hooked);
    commit(&sandbox, "t");
    drop(generate(&sandbox, "--git t --name p --record --allow-hooks").success());
    let once = |done: &Done, part: &str| {
        assert_eq!(
            done.stderr.matches(part).count(),
            1,
            "{part}: {}",
            done.stderr
        );
    };
    for text in ["one", "two"] {
        sandbox.write("t/g", format!("{text}\n"));
        sandbox.git("t", &["add", "--all"]);
        sandbox.git(
            "t",
            &["commit", "--quiet", "--allow-empty", "--message=more"],
        );
        let done = at(&sandbox, "p", "--allow-hooks").success();
        for part in ["The hooks of the template", "\nit ran", "`nobody`"] {
            once(&done, part);
        }
    }
    // Other hooks are shown as well: both run.
    sandbox.write("t/pre.rhai", "print(\"other\");\n");
    commit_again(&sandbox, "t");
    let done = at(&sandbox, "p", "--allow-hooks").success();
    assert_eq!(
        done.stderr.matches("The hooks of the template").count(),
        2,
        "{}",
        done.stderr
    );
    once(&done, "\nother");
    drop(
        at(&sandbox, "p", "")
            .exit(2)
            .says(&["the template has hooks"]),
    );
}

/// A template hides what the project keeps of it: a clone follows all the same.
#[test]
fn a_clone_follows_whatever_is_ignored() {
    for ignored in [".*\n*.log\nlist\n", "/.floxwright/\n", ".floxwright/base\n"] {
        for flags in ["", "--init --destination here"] {
            let sandbox = Sandbox::new();
            template(
                &sandbox,
                "t",
                "//- list\n1\n2\n3\n4\n5\n//- a.log\none\n//- sub/b\nb\n",
            );
            sandbox.write("t/sub/.gitignore", "*\n");
            sandbox.write("t/.gitignore", ignored);
            sandbox.write("here/own", "mine\n");
            sandbox.git("here", &["init", "--quiet"]);
            drop(generate(&sandbox, &format!("t --name p --record {flags}")).success());
            let made = if flags.is_empty() { "p" } else { "here" };
            sandbox.git(made, &["add", "--all"]);
            sandbox.git(made, &["commit", "--quiet", "--message=made"]);
            sandbox.git(".", &["clone", "--quiet", made, "clone"]);
            let base = |project: &str| {
                let tree = sandbox.tree(project);
                tree.below(".floxwright/base").to_fixture()
            };
            assert_eq!(base("clone"), base(made), "{ignored:?} {flags}");
            assert!(base("clone").contains("//- a.log"));
            sandbox.write("t/list", "1\n2\n3\n4\nfive\n");
            sandbox.write("t/new", "new\n");
            sandbox.write("clone/list", "one\n2\n3\n4\n5\n");
            drop(at(&sandbox, "clone", "").success());
            let tree = sandbox.tree("clone");
            assert_eq!(tree.text("list"), Some("one\n2\n3\n4\nfive\n"));
            // What came new is kept, too.
            sandbox.git("clone", &["add", "--all"]);
            let known = sandbox.git("clone", &["ls-files", ".floxwright"]);
            for path in [
                ".floxwright/generate.toml",
                ".floxwright/base/new",
                ".floxwright/base/list",
            ] {
                assert!(known.lines().any(|line| line == path), "{path}: {known}");
            }
            assert!(!known.contains(".floxwright/run"), "{known}");
        }
    }
}

#[test]
fn without_a_repository_it_is_said_what_git_has_to_be_told() {
    let sandbox = Sandbox::new();
    template(&sandbox, "t", "//- f\none\n");
    let done = generate(&sandbox, "t --name p --record --vcs none").success();
    assert!(
        done.stdout.contains("git add --force .floxwright"),
        "{}",
        done.stdout
    );
    let done = generate(&sandbox, "t --name q --record").success();
    assert!(!done.stdout.contains("git add"), "{}", done.stdout);
}
