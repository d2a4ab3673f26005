//! Every route to a repository gives the same bytes: flags, an answers file, `--yes`, the wizard, the command that is printed at
//! the end, and the intent of a repository that is there; whatever the surroundings are.

#![expect(clippy::unwrap_used, reason = "a test ends when its tools fail")]

use crate::sandbox::{Sandbox, new_yes};
use floxwright::ask::{
    Answers, Asker, Ended, Field, Origin, Question, REST, Reply, Review, ReviewReply, SHORT, Start,
    Stopped, Tables, Value, fill_defaults, intent_from, interview,
};
use floxwright::generate::generate;
use floxwright::nixpkgs::Index;
use floxwright::resolve::{Facts, Step, resolve};
use floxwright::scaffold::{Scaffold, built_in};
use floxwright::tree::{File, Tree};

/// One meaning, as flags and as an answers file.
struct Meaning {
    flags: &'static [&'static str],
    file: &'static str,
}

const MEANINGS: [Meaning; 3] = [
    Meaning {
        flags: &[],
        file: "directory = \"d\"\n",
    },
    Meaning {
        flags: &[
            "--release",
            "1.12.0",
            "--layout",
            "single",
            "--package",
            "dagster-postgres",
            "--package",
            "dagster-dg-cli",
            "--with-python",
            "pandas,pytest",
            "--handle",
            "acme",
        ],
        file: "schema = 1\ndirectory = \"d\"\n[upstream]\nrelease = \"1.12.0\"\n[build]\nlayout = \"closure\"\n\
               packages = [\"dagster-dg-cli\", \"dagster-postgres\"]\n[environment]\npython = [\"pytest\", \"pandas\"]\n\
               [publish]\nhandle = \"acme\"\n",
    },
    Meaning {
        flags: &[
            "--name",
            "acme-dagster",
            "--release",
            "v1.13.27",
            "--source",
            "pypi",
            "--package",
            "dagster-postgres[aws,gcp]",
            "--python",
            "3.12",
            "--system",
            "x86_64-linux",
            "--missing",
            "fail",
            "--nixpkgs",
            "floating",
            "--environment",
            "acme",
            "--expose",
            "programs",
            "--storage",
            "postgres",
            "--docs",
            "all",
            "--docs-dir",
            "documents/",
            "--with",
            "flake,workflows",
            "--publish",
            "all",
            "--license",
            "mit",
            "--remote",
            "https://example.org/a.git",
        ],
        file: "directory = \"d\"\nworkspace = { name = \"acme-dagster\", scaffold = \"dagster\" }\n\
               upstream = { release = \"1.13.27\", source = \"pypi\" }\n\
               [build]\npackages = [\"dagster-postgres[gcp,aws]\"]\npython = \"python312\"\nsystems = [\"x86_64-linux\"]\n\
               missing = \"fail\"\nnixpkgs = \"floating\"\n[environment]\nname = \"acme\"\nexpose = \"programs\"\n\
               [documents]\nset = \"all\"\ndir = \"documents\"\nstorage = \"postgres\"\nwith = [\"workflows\", \"flake\"]\n\
               [publish]\npackages = [\"all\"]\nlicense = \"MIT\"\nremote = \"https://example.org/a.git\"\n",
    },
];

/// Makes `d` in a sandbox and returns its files.
fn made(sandbox: &Sandbox, arguments: &[&str]) -> Tree {
    drop(sandbox.run(arguments).success());
    sandbox.tree("d")
}

fn assert_same(one: &Tree, other: &Tree, what: &str) {
    let names = |tree: &Tree| tree.paths().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{what}");
    for (path, file) in one.iter() {
        let there = other.get(path).unwrap();
        let text = |file: &File| String::from_utf8_lossy(&file.bytes).into_owned();
        let (one, other) = (text(file), text(there));
        let different = one
            .lines()
            .zip(other.lines())
            .find(|(one, other)| one != other);
        assert!(file == there, "{what}: {path}: {different:#?}");
    }
}

fn by_flags(meaning: &Meaning) -> (Sandbox, Tree) {
    let sandbox = Sandbox::new();
    let tree = made(&sandbox, &new_yes("d", meaning.flags));
    (sandbox, tree)
}

#[test]
fn an_answers_file_says_the_same_as_flags() {
    for meaning in &MEANINGS {
        let (_, flags) = by_flags(meaning);
        let sandbox = Sandbox::new();
        sandbox.write("answers.toml", meaning.file);
        let file = made(&sandbox, &["new", "--answers", "answers.toml", "--yes"]);
        assert_same(&flags, &file, meaning.file);
    }
}

#[test]
fn the_intent_of_a_repository_makes_it_again() {
    for meaning in &MEANINGS {
        let (_, first) = by_flags(meaning);
        let sandbox = Sandbox::new();
        sandbox.write("floxwright.toml", first.text("floxwright.toml").unwrap());
        let again = made(
            &sandbox,
            &["new", "d", "--answers", "floxwright.toml", "--yes"],
        );
        assert_same(&first, &again, meaning.file);
        // Every question is answered by it, so nobody has to say yes.
        let sandbox = Sandbox::new();
        sandbox.write("floxwright.toml", first.text("floxwright.toml").unwrap());
        assert_same(
            &first,
            &made(&sandbox, &["new", "d", "--answers", "floxwright.toml"]),
            "without --yes",
        );
    }
}

#[test]
fn the_printed_command_makes_it_again() {
    for meaning in &MEANINGS {
        for directory in ["d", "it's a \"test\" $HOME"] {
            let sandbox = Sandbox::new();
            let done = sandbox.run(&new_yes(directory, meaning.flags)).success();
            let again = Sandbox::new();
            drop(again.shell(done.same_again()).success());
            assert_same(
                &sandbox.tree(directory),
                &again.tree(directory),
                done.same_again(),
            );
        }
    }
}

#[test]
fn tables_of_the_file_come_along() {
    let sandbox = Sandbox::new();
    let answers = "directory = \"d\"\n[package.dagster]\nextra-dependencies = [\"pandas\"]\nrelax = [\"rich\"]\nremove-dependencies = [\"tqdm\"]\n\
                   [nixpkgs.versions]\nprotobuf = \"6.0\"\n";
    sandbox.write("answers.toml", answers);
    let done = sandbox
        .run(&["new", "--answers", "answers.toml", "--yes"])
        .success();
    let first = sandbox.tree("d");
    let package = first.text(".flox/pkgs/dagster.nix").unwrap();
    assert!(
        package.contains("pandas")
            && package.contains("\"rich\"")
            && !package.contains("      tqdm\n"),
        "{package}"
    );
    let again = Sandbox::new();
    again.write("answers.toml", answers);
    drop(again.shell(done.same_again()).success());
    assert_same(&first, &again.tree("d"), "tables");
    let other = Sandbox::new();
    other.write("own.toml", first.text("floxwright.toml").unwrap());
    assert_same(
        &first,
        &made(&other, &["new", "d", "--answers", "own.toml", "--yes"]),
        "tables of the intent",
    );
}

#[test]
fn the_surroundings_do_not_matter() {
    let meaning = &MEANINGS[1];
    let (plain, first) = by_flags(meaning);
    let commit = |sandbox: &Sandbox| sandbox.git("d", &["rev-parse", "HEAD"]);
    for sandbox in [
        Sandbox::new()
            .with_env("LC_ALL", "tr_TR.UTF-8")
            .with_env("LANG", "tr_TR.UTF-8")
            .with_env("TZ", "Pacific/Kiritimati"),
        Sandbox::new()
            .with_env("LC_ALL", "C")
            .with_env("TZ", "America/St_Johns"),
        Sandbox::new().after_shell("umask 077"),
        Sandbox::new().after_shell("umask 000"),
        Sandbox::new().working_in("some/where else/ünter"),
        Sandbox::new()
            .with_env("COLUMNS", "20")
            .with_env("TERM", "dumb"),
    ] {
        let tree = made(&sandbox, &new_yes("d", meaning.flags));
        assert_same(&first, &tree, "surroundings");
        assert_eq!(commit(&plain), commit(&sandbox), "the commit");
    }
    // The day has no place in a file that is not the licence, and the time is in the commit only.
    let later = Sandbox::new().with_env("SOURCE_DATE_EPOCH", "1893456000");
    let tree = made(&later, &new_yes("d", meaning.flags));
    let changed: Vec<_> = tree
        .iter()
        .filter(|(path, file)| first.get(path) != Some(file))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(changed, Vec::<&str>::new());
    assert_ne!(commit(&plain), commit(&later));
}

/// Gives fixed replies, by the field that is asked for.
struct Script {
    replies: Vec<(Field, Value)>,
    asked: Vec<Field>,
}

impl Asker for Script {
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Reply, Stopped> {
        assert_eq!(problem, None, "{:?}", question.field);
        self.asked.push(question.field);
        let reply = self
            .replies
            .iter()
            .find(|(field, _)| *field == question.field);
        Ok(Reply::Value(reply.map_or_else(
            || question.default.clone(),
            |(_, value)| value.clone(),
        )))
    }

    fn review(&mut self, _: &Review) -> Result<ReviewReply, Stopped> {
        Ok(ReviewReply::Apply)
    }

    fn show(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }
}

/// What a wizard offers is spelled in one way, and extras are for those who know them.
fn offered(flag: &str) -> String {
    match flag {
        "3.12" => "python312".to_owned(),
        "mit" => "MIT".to_owned(),
        // Where there is one source only, nobody is asked.
        "pypi" => "auto".to_owned(),
        _ => flag.split('[').next().unwrap().to_owned(),
    }
}

/// The replies that say the same as some flags.
fn replies(flags: &[String]) -> Vec<(Field, Value)> {
    let mut replies: Vec<(Field, Value)> = vec![(Field::Directory, Value::one("d"))];
    for pair in flags.chunks(2) {
        let field = Field::ALL
            .iter()
            .find(|field| field.flag() == pair[0])
            .unwrap();
        let said = Value::many(pair[1].split(','));
        match replies.iter_mut().find(|(known, _)| known == field) {
            Some((_, value)) => *value = Value::many([value.texts(), said.texts()].concat()),
            None => replies.push((*field, said)),
        }
    }
    replies
}

#[test]
fn the_interview_leads_to_the_same_bytes() {
    let scaffold = Scaffold::load("dagster", &built_in("dagster").unwrap()).unwrap();
    let index = Index::built_in().unwrap();
    for meaning in &MEANINGS {
        let flags: Vec<String> = meaning.flags.iter().map(|flag| offered(flag)).collect();
        let words: Vec<&str> = flags.iter().map(String::as_str).collect();
        let sandbox = Sandbox::new();
        let by_flags = made(&sandbox, &new_yes("d", &words));
        let mut script = Script {
            replies: replies(&flags),
            asked: Vec::new(),
        };
        let mut answers = Answers::new();
        for fields in [&SHORT[..], &REST[..]] {
            let ended = interview(fields, Start::First, &mut answers, &scaffold, &mut script);
            assert_eq!(ended, Ok(Ended::Done));
        }
        assert!(script.asked.len() > 15, "{:?}", script.asked);
        assert!(
            answers
                .iter()
                .all(|(_, answer)| answer.origin == Origin::Asked)
        );
        fill_defaults(&mut answers, &scaffold);
        let intent = intent_from(&answers, &Tables::default(), &scaffold).unwrap();
        let Step::Done(resolution) = resolve(&intent, &scaffold, &index, &Facts::new()).unwrap()
        else {
            panic!("nothing has to be read");
        };
        let lock = resolution.lock;
        let (tree, _) = generate(&intent, &lock, &scaffold, &index).unwrap();
        assert_same(&by_flags, &tree, meaning.file);
    }
}
