//! The wizard of the real program on a terminal: what it shows, where each key leads, and that leaving leaves nothing.

mod leaving;

use super::assert_made_by_flags;
use super::driver::Prompts;
use super::grid::screen;
use crate::sandbox::Sandbox;

/// A question that is waited for, and the keys that answer it.
type Step<'a> = (&'a str, &'a str);

/// The short form, everything as proposed.
const SHORT_FORM: [Step; 7] = [
    ("Where shall the repository be made?", "\r"),
    ("Which release?", "\r"),
    ("How shall the Nix files be laid out?", "\r"),
    ("Which packages beside the core?", "\r"),
    ("Which Python libraries", "\r"),
    ("Where shall runs and events be stored?", "\r"),
    ("Which FloxHub handle", "\r"),
];

const REVIEW: &str = "Is this right?";

struct Wizard {
    prompts: Prompts,
    /// How much of what was seen belongs to questions that are answered.
    at: usize,
    /// The screen at each question.
    screens: Vec<String>,
}

impl Wizard {
    fn start(sandbox: &Sandbox, arguments: &[&str]) -> Self {
        let arguments = [&["new"], arguments].concat();
        Self {
            prompts: Prompts::program(sandbox, &arguments, "TERM=xterm"),
            at: 0,
            screens: Vec::new(),
        }
    }

    /// Waits for a question and keeps its screen.
    fn wait(&mut self, text: &str) {
        self.at = self.prompts.wait_drawn(text, self.at);
        self.screens.push(screen(&self.prompts.seen));
    }

    fn walk(&mut self, steps: &[Step]) {
        for (question, keys) in steps {
            self.wait(question);
            self.prompts.press(keys.as_bytes());
        }
    }

    /// Waits for the end of a repository that is made.
    fn made(&mut self) -> i32 {
        self.at = self.prompts.wait_for("The same again", self.at);
        self.at = self.prompts.wait_for("Publish", self.at);
        self.prompts.end()
    }

    fn picture(&self) -> String {
        self.screens.join(&format!("\n{}\n", "═".repeat(80)))
    }
}

#[test]
fn the_short_form_leads_to_a_repository() {
    let sandbox = Sandbox::new();
    let mut wizard = Wizard::start(&sandbox, &[]);
    wizard.walk(&SHORT_FORM);
    wizard.walk(&[(REVIEW, "\r")]);
    assert_eq!(wizard.made(), 0, "{:?}", wizard.prompts.seen);
    wizard.prompts.assert_restored("the end");
    insta::assert_snapshot!(wizard.picture());
    let other = assert_made_by_flags(&sandbox, "dagster-build", &[]);
    assert_eq!(
        sandbox.git("dagster-build", &["rev-parse", "HEAD"]),
        other.git("dagster-build", &["rev-parse", "HEAD"])
    );
}

#[test]
fn answers_are_what_the_keys_say() {
    let sandbox = Sandbox::new();
    let mut wizard = Wizard::start(&sandbox, &[]);
    // A name, the third release, the second layout, a package found by its name, two libraries, the second storage, a handle.
    wizard.walk(&[
        ("Where shall the repository be made?", "acme-build\r"),
        ("Which release?", "3\r"),
        ("How shall the Nix files be laid out?", "2\r"),
        ("Which packages beside the core?", "mysql \r"),
        ("Which Python libraries", "pandas, pytest\r"),
        ("Where shall runs and events be stored?", "\x1b[B\r"),
        ("Which FloxHub handle", "acme\r"),
        (REVIEW, "a"),
    ]);
    assert_eq!(wizard.made(), 0, "{:?}", wizard.prompts.seen);
    drop(assert_made_by_flags(
        &sandbox,
        "acme-build",
        &[
            "--release",
            "1.12.0",
            "--layout",
            "single",
            "--package",
            "dagster-mysql",
            "--with-python",
            "pandas,pytest",
            "--storage",
            "postgres",
            "--handle",
            "acme",
        ],
    ));
}

#[test]
fn what_flags_say_is_not_asked() {
    let sandbox = Sandbox::new();
    let flags = [
        "d",
        "--release",
        "1.12.22",
        "--layout",
        "split",
        "--package",
        "none",
        "--with-python",
        "",
    ];
    let mut wizard = Wizard::start(&sandbox, &flags);
    wizard.walk(&[
        ("Where shall runs and events be stored?", "\r"),
        ("Which FloxHub handle", "\r"),
    ]);
    wizard.wait(REVIEW);
    for (screen, step) in wizard.screens.iter().zip(["(1/2)", "(2/2)"]) {
        assert!(screen.contains(step), "{screen}");
    }
    insta::assert_snapshot!(screen(&wizard.prompts.seen));
    wizard.prompts.press(b"\x03");
    assert_eq!(wizard.prompts.end(), 130);
}

#[test]
fn the_rest_is_asked_behind_customise() {
    let sandbox = Sandbox::new();
    let mut wizard = Wizard::start(
        &sandbox,
        &["d", "--release", "1.12.0", "--package", "dagster-postgres"],
    );
    wizard.walk(&[
        SHORT_FORM[2],
        SHORT_FORM[4],
        SHORT_FORM[5],
        SHORT_FORM[6],
        (REVIEW, "c"),
    ]);
    wizard.screens.clear();
    wizard.walk(&[
        ("What is the repository called?", "acme-dagster\r"),
        ("Where shall the sources come from?", "3\r"),
        ("Which Python?", "\r"),
        ("Which documents?", "2\r"),
        ("Which directory shall hold the documents?", "\r"),
        ("What else shall the repository hold?", "\r"),
        ("Which packages are to be published?", "\r"),
        ("Which git remote is origin?", "\r"),
        ("Which systems", "\r"),
        ("Shall the repository pin nixpkgs?", "2\r"),
        ("What shall the environment's bin directory hold?", "\r"),
        ("What is the environment called?", "\r"),
        ("What shall happen to a requirement", "\r"),
        ("Which licence", "2\r"),
        (REVIEW, "a"),
    ]);
    assert_eq!(wizard.made(), 0, "{:?}", wizard.prompts.seen);
    insta::assert_snapshot!(wizard.picture());
    drop(assert_made_by_flags(
        &sandbox,
        "d",
        &[
            "--release",
            "1.12.0",
            "--package",
            "dagster-postgres",
            "--name",
            "acme-dagster",
            "--source",
            "pypi",
            "--docs",
            "all",
            "--nixpkgs",
            "floating",
            "--license",
            "MIT",
        ],
    ));
}

#[test]
fn an_answer_is_kept_on_the_way_back() {
    let sandbox = Sandbox::new();
    let mut wizard = Wizard::start(&sandbox, &[]);
    wizard.walk(&[
        (SHORT_FORM[0].0, "mine\r"),
        (SHORT_FORM[1].0, "2\r"),
        (SHORT_FORM[2].0, "\x1b"),
        (SHORT_FORM[1].0, "\x1b"),
    ]);
    wizard.wait(SHORT_FORM[0].0);
    let shown = screen(&wizard.prompts.seen);
    assert!(shown.contains("mine"), "{shown}");
    wizard.prompts.press(b"\r");
    wizard.wait(SHORT_FORM[1].0);
    let shown = screen(&wizard.prompts.seen);
    assert!(shown.contains("❯ 2 1.12.22"), "{shown}");
    wizard.prompts.press(b"\x03");
    assert_eq!(wizard.prompts.end(), 130);
}

#[test]
fn a_directory_that_is_taken_is_refused_at_once() {
    let sandbox = Sandbox::new();
    sandbox.write("taken/file", "mine");
    let mut wizard = Wizard::start(&sandbox, &[]);
    wizard.walk(&[(SHORT_FORM[0].0, "taken\r")]);
    wizard.wait("`taken` exists and is not an empty directory");
    // The text is kept: one more letter makes it another directory.
    wizard.prompts.press(b"2\r");
    wizard.wait(SHORT_FORM[1].0);
    wizard.prompts.press(b"\x03");
    assert_eq!(wizard.prompts.end(), 130);
}

#[test]
fn spaces_around_a_directory_do_not_hide_that_it_is_taken() {
    let sandbox = Sandbox::new();
    sandbox.write("taken/file", "mine");
    let mut wizard = Wizard::start(&sandbox, &[]);
    wizard.walk(&[(SHORT_FORM[0].0, " taken \r")]);
    wizard.wait("`taken` exists and is not an empty directory");
    wizard.prompts.press(b"\x03");
    assert_eq!(wizard.prompts.end(), 130);
}

#[test]
fn an_answer_that_is_not_taken_is_explained_and_asked_again() {
    let sandbox = Sandbox::new();
    let mut wizard = Wizard::start(&sandbox, &[]);
    wizard.walk(&[(SHORT_FORM[0].0, "con\r")]);
    wizard.at = wizard
        .prompts
        .wait_for("the name of a device on Windows", wizard.at);
    wizard.prompts.press(b"\x15fine\r");
    wizard.walk(&[
        SHORT_FORM[1],
        SHORT_FORM[2],
        SHORT_FORM[3],
        (SHORT_FORM[4].0, "a b!\r"),
    ]);
    wizard.at = wizard
        .prompts
        .wait_for("is not a Python package name", wizard.at);
    wizard.prompts.press(b"\x15pandas\r");
    wizard.walk(&[SHORT_FORM[5], (SHORT_FORM[6].0, "x\r")]);
    wizard.at = wizard.prompts.wait_for("3 to 63 letters", wizard.at);
    wizard.prompts.press(b"\x15acme\r");
    wizard.wait(REVIEW);
    let shown = screen(&wizard.prompts.seen);
    assert!(shown.contains("Directory     fine"), "{shown}");
    wizard.prompts.press(b"q");
    assert_eq!(wizard.prompts.end(), 130);
}

#[test]
fn an_unknown_committer_is_asked_for() {
    let sandbox = Sandbox::anonymous();
    let flags = [
        "d",
        "--release",
        "1.12.0",
        "--layout",
        "single",
        "--package",
        "none",
        "--with-python",
        "",
        "--storage",
        "sqlite",
        "--handle",
        "",
    ];
    let mut wizard = Wizard::start(&sandbox, &flags);
    wizard.walk(&[
        ("Who makes the first commit?", "Ada\r"),
        ("With which e-mail address?", "ada@example.org\r"),
        (REVIEW, "\r"),
    ]);
    assert_eq!(wizard.made(), 0, "{:?}", wizard.prompts.seen);
    assert_eq!(
        sandbox.git("d", &["log", "--format=%an <%ae>"]).trim(),
        "Ada <ada@example.org>"
    );
}
