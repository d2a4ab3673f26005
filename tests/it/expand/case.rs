//! One case: a template, an order, and what they give.

use super::staged_text;
use super::table_world::TableWorld;
use floxwright::expand::{
    CrateType, Expanded, Mode, Order, Provided, Staged, Switch, Weight, expand,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const HEAD: &str = "==== ";

/// One case.
pub(crate) struct Case {
    pub(crate) title: String,
    /// The arguments, as they are written.
    pub(crate) line: String,
    /// The template as text.
    pub(crate) template: String,
    /// What it gives, as text.
    pub(crate) gives: String,
}

/// What the arguments say.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) order: Order,
    /// Whether the real program is left out: where it would do harm, or differs on purpose.
    pub(crate) without_oracle: bool,
}

/// Reads the cases of a file.
pub(crate) fn read(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for part in format!("\n{}", text.trim_end_matches('\n'))
        .split("\n==== case ")
        .skip(1)
    {
        let part = format!("{part}\n");
        let (title, rest) = part.split_once('\n').unwrap_or((&part, ""));
        let (template, gives) = rest.split_once("==== gives\n").unwrap_or((rest, ""));
        let (line, template) = match template.strip_prefix("> ") {
            Some(rest) => rest.split_once('\n').unwrap_or((rest, "")),
            None => ("", template),
        };
        let with_end = |text: &str| match text {
            "" => String::new(),
            text => format!("{}\n", text.strip_suffix('\n').unwrap_or(text)),
        };
        cases.push(Case {
            title: title.to_owned(),
            line: line.to_owned(),
            template: with_end(template),
            gives: with_end(gives),
        });
    }
    cases
}

/// Writes the cases of a file.
pub(crate) fn write(cases: &[Case]) -> String {
    let mut text = String::new();
    for case in cases {
        writeln!(text, "{HEAD}case {}", case.title).unwrap();
        if !case.line.is_empty() {
            writeln!(text, "> {}", case.line).unwrap();
        }
        write!(text, "{}{HEAD}gives\n{}", case.template, case.gives).unwrap();
    }
    text
}

impl Case {
    /// The template.
    pub(crate) fn staged(&self) -> Staged {
        staged_text::read(&self.template)
    }

    /// What the case gives now, as text.
    pub(crate) fn run(&self) -> String {
        let arguments = self.arguments();
        let order = &arguments.order;
        match expand(self.staged(), order, &mut TableWorld::default()) {
            Ok(expanded) => given(&expanded, order),
            Err(failure) => {
                let mut text = format!("fails with {}\n", failure.exit.code());
                for problem in failure.problems {
                    write!(text, "error: {}", problem.message).unwrap();
                    if let Some(span) = problem.span {
                        let (line, column) = span.line_column();
                        write!(text, " at {}:{line}:{column}", span.origin).unwrap();
                    }
                    if let Some(cause) = problem.cause {
                        write!(text, ": {}", cause.replace('\n', " / ")).unwrap();
                    }
                    text.push('\n');
                }
                text
            }
        }
    }

    /// The arguments of the case.
    pub(crate) fn arguments(&self) -> Arguments {
        let mut arguments = Arguments {
            order: Order {
                mode: Mode::Compat,
                name: Some("demo".to_owned()),
                authors: "Tess Ter <tess@example.org>".to_owned(),
                username: "Tess Ter".to_owned(),
                os_arch: format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH),
                working_directory: "/staged".to_owned(),
                destination: "/made".to_owned(),
                switches: [Switch::Silent].into(),
                ..Order::default()
            },
            without_oracle: false,
        };
        let mut words = words(&self.line).into_iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--name" => arguments.order.name = words.next(),
                "-d" => {
                    let given = words.next().unwrap();
                    let (name, value) = given.split_once('=').unwrap();
                    let value = toml::Value::String(value.to_owned());
                    provide(&mut arguments.order.values, name, value);
                }
                "--values" => {
                    let table: toml::Table = words.next().unwrap().parse().unwrap();
                    for (name, value) in table {
                        provide(&mut arguments.order.values, &name, value);
                    }
                }
                "--without-oracle" => arguments.without_oracle = true,
                other => plain(&mut arguments.order, other),
            }
        }
        arguments
    }
}

fn plain(order: &mut Order, word: &str) {
    let switch = match word {
        "--lib" => {
            order.crate_type = CrateType::Lib;
            return;
        }
        "--careful" => {
            order.mode = Mode::Careful;
            return;
        }
        "--strict" => {
            order.mode = Mode::Strict;
            return;
        }
        "--force" => Switch::Force,
        "--init" => Switch::Init,
        "--continue-on-error" => Switch::ContinueOnError,
        "--verbose" => Switch::Verbose,
        "--allow-commands" => Switch::AllowCommands,
        subfolder => {
            assert!(!subfolder.starts_with('-'), "{subfolder}");
            order.subfolder = Some(subfolder.to_owned());
            return;
        }
    };
    order.switches.insert(switch);
}

fn provide(values: &mut BTreeMap<String, Provided>, name: &str, value: toml::Value) {
    let origin = "the case".to_owned();
    values.insert(name.to_owned(), Provided { value, origin });
}

/// Words, separated by spaces; quotes keep them together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').unwrap(),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

fn given(expanded: &Expanded, order: &Order) -> String {
    let mut text = String::new();
    if expanded.project.directory != "demo" {
        writeln!(text, "directory {:?}", expanded.project.directory).unwrap();
    }
    if let Some(vcs) = expanded.vcs {
        writeln!(text, "vcs {vcs:?}").unwrap();
    }
    for notice in &expanded.notices {
        if !order.compat() || notice.weight != Weight::Told {
            let said = notice.text.replace('\n', " / ");
            writeln!(text, "{:?}: {said}", notice.weight).unwrap();
        }
    }
    text + staged_text::write(&expanded.tree).as_str()
}
