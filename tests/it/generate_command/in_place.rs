//! A repository of this machine is read in place where that cannot differ from what git would check out, and by git everywhere else: both
//! ways give the same project.

use super::generate;
use crate::sandbox::Sandbox;

/// Who reads the repository.
#[derive(Clone, Copy, PartialEq)]
enum By {
    /// The program itself.
    Floxwright,
    /// git, and it has to be there.
    Git,
}
use By::{Floxwright, Git};

/// Each: what is special, who reads it, what is said of it, and how it is made by a shell in the repository `t`, which has one commit.
const CASES: [(&str, By, &str, &str); 24] = [
    ("nothing", Floxwright, "t", "true"),
    ("an address of a file", Floxwright, "file://$PWD/t", "true"),
    ("a blank in the address", Git, "file://$PWD/%74", "true"),
    (
        "a branch",
        Floxwright,
        "t --branch side",
        "git checkout -q -b side; echo 2 > a; git commit -qam 2; git checkout -q trunk",
    ),
    (
        "a tag",
        Floxwright,
        "t --tag v1",
        "git tag v1; echo 2 > a; git commit -qam 2",
    ),
    (
        "a tag with a message",
        Floxwright,
        "t --tag v1",
        "git tag -m text v1; echo 2 > a; git commit -qam 2",
    ),
    (
        "a branch named like the tag",
        Floxwright,
        "t --tag v1",
        "git tag v1; echo 2 > a; git commit -qam 2; git branch v1",
    ),
    (
        "a commit",
        Floxwright,
        "t --revision $(git -C t rev-parse HEAD~1)",
        "echo 2 > a; git commit -qam 2",
    ),
    (
        "a commit in short",
        Git,
        "t --revision $(git -C t rev-parse --short HEAD~1)",
        "echo 2 > a; git commit -qam 2",
    ),
    (
        "no branch checked out",
        Floxwright,
        "t",
        "git checkout -q --detach; echo 2 > a; git commit -qam 2",
    ),
    (
        "no work tree",
        Floxwright,
        "bare",
        "git clone -q --bare . ../bare",
    ),
    (
        "packed objects and names",
        Floxwright,
        "t",
        "git tag v1; git gc -q; git pack-refs --all",
    ),
    (
        "a file that may be executed, in a directory",
        Floxwright,
        "t",
        "mkdir -p d/e; echo x > d/e/x; chmod +x d/e/x; git add .; git commit -qm 2",
    ),
    (
        "links",
        Floxwright,
        "t",
        "ln -s a l; ln -s nowhere m; git add .; git commit -qm 2",
    ),
    (
        "a name outside ASCII",
        Floxwright,
        "t",
        "echo x > 'ä ö'; git add .; git commit -qm 2",
    ),
    (
        "what is not committed",
        Floxwright,
        "t",
        "echo not committed > a; echo x > untracked",
    ),
    (
        "attributes",
        Git,
        "t",
        "echo 'a eol=crlf' > .gitattributes; git add .; git commit -qm 2",
    ),
    (
        "attributes below",
        Git,
        "t",
        "mkdir d; echo 'a eol=crlf' > d/.gitattributes; echo x > d/a; git add .; git commit -qm 2",
    ),
    (
        "a submodule",
        Git,
        "t",
        "git clone -q . ../sub; git -c protocol.file.allow=always submodule -q add ../sub s; git commit -qm 2",
    ),
    (
        "a shallow repository",
        Git,
        "shallow",
        "echo 2 > a; git commit -qam 2; git clone -q --depth 1 file://$PWD ../shallow",
    ),
    (
        "a further work tree",
        Git,
        "tree",
        "git worktree add -q ../tree",
    ),
    (
        "objects elsewhere",
        Floxwright,
        "shared",
        "git clone -q --shared . ../shared",
    ),
    (
        "line ends by a setting",
        Git,
        "t",
        "git config --global core.autocrlf true",
    ),
    (
        "another address by a setting",
        Git,
        "file://$PWD/elsewhere",
        "git config --global url.file://$PWD.insteadOf file://$(dirname $PWD)/elsewhere",
    ),
];

#[test]
fn both_ways_give_the_same() {
    let mut wrong = Vec::new();
    for (name, by, said, made) in CASES {
        let sandbox = Sandbox::new();
        let start = "mkdir t; cd t; git init -q --initial-branch=trunk; echo '{{project-name}}' > a; git add .; git commit -qm 1; set -e; ";
        drop(sandbox.shell(&format!("{start} {made}")).success());
        let run = |more: &str| {
            let line =
                format!("{more} floxwright generate --git {said} --name one --silent; mv one was");
            drop(sandbox.shell(&line).success());
            let entries = sandbox
                .shell("find was -path was/.git -prune -o -printf '%p %y %m %l\\n' | sort")
                .stdout;
            let files = sandbox.shell("find was -path was/.git -prune -o -type f -print0 | sort -z | xargs -0 sha256sum").stdout;
            let head = sandbox.shell("git -C was symbolic-ref HEAD").stdout;
            drop(sandbox.shell("rm -rf was").success());
            (entries, files, head)
        };
        // A variable of git's that nobody knows leaves everything to git.
        let (own, gits) = (run(""), run("GIT_SOMETHING=1"));
        if own != gits {
            wrong.push(format!("{name}: {own:?}, and by git {gits:?}"));
        }
        let alone = format!(
            "line=\"generate --git {said} --name one --silent\"; program=$(command -v floxwright); PATH=/nowhere; exec $program $line"
        );
        let is_alone = sandbox.shell(&alone).code == Some(0);
        if is_alone != (by == Floxwright) {
            wrong.push(format!("{name}: read without git: {is_alone}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_system_takes_from_permissions_is_taken() {
    let sandbox = Sandbox::new().after_shell("umask 027");
    let made = "mkdir t; cd t; git init -q; echo x > a; echo x > b; chmod +x b; git add .; git commit -qm 1";
    drop(sandbox.shell(made).success());
    drop(generate(&sandbox, "--git t --name one --silent").success());
    let modes = sandbox.shell("stat -c '%n %a' one/a one/b").stdout;
    assert_eq!(modes, "one/a 640\none/b 750\n");
}
