//! The flags of `generate`: cargo-generate's, with their names and letters, and what floxwright has beyond them.

use crate::cmd::json::format_flag;
use crate::cmd::mode::mode_flags;
use crate::cmd::switch::switch;
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgGroup, Command, value_parser};

const SELECTION: &str = "Template Selection";
const GIT: &str = "Git Parameters";
const OUTPUT: &str = "Output Parameters";
const HOOKS: &str = "Hooks";

/// The subcommand.
pub(in crate::cmd) fn command() -> Command {
    Command::new("generate")
        .visible_alias("gen")
        .about("Makes a project from a cargo-generate template; asks what is not said")
        .long_about(
            "Makes a project from a cargo-generate template; asks what is not said\n\n\
             Flags, templates, configuration and values are those of cargo-generate. What differs, and why, is in \
             `docs/generate.md`; with `--compat`, or started under the name `cargo-generate`, nothing differs that a template can see.",
        )
        .arg_required_else_help(true)
        .args(places())
        .group(
            ArgGroup::new("specific")
                .args(["git", "path", "favorite", "test", "list-favorites"])
                .multiple(false),
        )
        .group(ArgGroup::new("named").args(["name", "update"]).multiple(true))
        .args(history())
        .args(output())
        .args(manner())
        .args(hooks())
        .args(mode_flags())
        .arg(format_flag())
}

fn value(name: &'static str, shown: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(shown).help(help)
}

/// Which template.
fn places() -> Vec<Arg> {
    vec![
        Arg::new("template")
            .value_name("TEMPLATE")
            .required_unless_present_any(["specific", "update"])
            .help("A favorite's name, a path, a git address, or `owner/repo`; the subfolder where a flag names the template"),
        Arg::new("subfolder")
            .value_name("SUBFOLDER")
            .help("Directory of the template inside what was named"),
        value("git", "ADDRESS", "A git repository: an address, a path, `owner/repo`, `gh:`, `gl:`, `bb:` or `sr:`")
            .short('g')
            .help_heading(SELECTION),
        value("path", "DIR", "A directory of this machine")
            .short('p')
            .help_heading(SELECTION),
        value("favorite", "NAME", "A favorite of the configuration").help_heading(SELECTION),
        switch("list-favorites", "List the favorites of the configuration")
            .conflicts_with_all(["name", "force", "silent", "vcs", "lib", "bin", "define", "init", "values-file", "identity", "branch"])
            .help_heading(SELECTION),
        value("config", "FILE", "Configuration in the place of `cargo-generate.toml` in `$CARGO_HOME`").short('c'),
    ]
}

/// What of a git repository.
fn history() -> Vec<Arg> {
    vec![
        value("branch", "NAME", "Branch of the repository")
            .short('b')
            .conflicts_with_all(["tag", "revision"]),
        value("tag", "NAME", "Tag of the repository")
            .short('t')
            .conflicts_with_all(["branch", "revision"]),
        value(
            "revision",
            "COMMIT",
            "Commit of the repository, also in short",
        )
        .short('r')
        .alias("rev")
        .conflicts_with_all(["branch", "tag"]),
        value("identity", "FILE", "Private key for SSH").short('i'),
        value(
            "gitconfig",
            "FILE",
            "File in the place of the person's git configuration",
        ),
        switch("skip-submodules", "Leave submodules out"),
    ]
    .into_iter()
    .map(|arg| arg.help_heading(GIT))
    .collect()
}

/// What is made, and where.
fn output() -> Vec<Arg> {
    vec![
        value("name", "NAME", "Name of the project and of its directory").short('n'),
        switch("force", "Keep the name as it is written").short('f'),
        value(
            "define",
            "KEY=VALUE",
            "Value of a placeholder; can be repeated",
        )
        .short('d')
        .action(ArgAction::Append),
        value("values-file", "FILE", "TOML file with a table `values`")
            .alias("template-values-file"),
        value("vcs", "VCS", "Whether a git repository is made")
            .ignore_case(true)
            .value_parser([PossibleValue::new("git"), PossibleValue::new("none")]),
        switch("lib", "Set `crate_type` to `lib`").conflicts_with("bin"),
        switch("bin", "Set `crate_type` to `bin`, as it is without a flag"),
        switch(
            "init",
            "Write into the directory itself; no directory and no git repository is made",
        ),
        value(
            "destination",
            "DIR",
            "Directory in which the project's is made",
        ),
        switch("overwrite", "Replace files that are there").short('o'),
        switch(
            "no-workspace",
            "Leave the Cargo workspace around the project alone",
        ),
        switch(
            "force-git-init",
            "Make a git repository even inside another",
        ),
        switch(
            "no-fmt",
            "Leave Rust files as the template makes them, as it is without a flag",
        ),
        switch(
            "record",
            "Write template and answers to `.floxwright/generate.toml`, so that the project can follow",
        )
        .conflicts_with("compat"),
    ]
    .into_iter()
    .map(|arg| arg.help_heading(OUTPUT))
    .collect()
}

/// How the run goes on.
fn manner() -> Vec<Arg> {
    vec![
        switch("silent", "Ask nothing: defaults for what is not said")
            .short('s')
            .requires("named"),
        switch("verbose", "Name every file that is left out")
            .short('v')
            .conflicts_with("quiet"),
        switch("quiet", "Say nothing of files that cannot be rendered")
            .short('q')
            .requires("continue-on-error"),
        switch("continue-on-error", "Copy files that cannot be rendered as they are"),
        switch("strict", "Refuse variables that nothing defines").conflicts_with("compat"),
        switch("update", "Let the project in this directory follow its template: what you changed stays; `--git` or `--path` says where it is now")
            .conflicts_with_all(["favorite", "test", "list-favorites", "name", "init", "destination", "overwrite", "record", "compat"]),
        switch("compat", "Do everything as cargo-generate does, what it loses included"),
        Arg::new("test")
            .long("test")
            .num_args(0..)
            .allow_hyphen_values(true)
            .value_name("ARGS")
            .value_parser(value_parser!(String))
            .help("Make the project in a temporary directory and run `cargo test` there, or `$CARGO_GENERATE_TEST_CMD`; what follows goes to it"),
    ]
}

/// Whether code of the template runs.
fn hooks() -> Vec<Arg> {
    vec![
        switch("allow-hooks", "Run the hooks of the template, this time"),
        switch(
            "trust-hooks",
            "Run the hooks of the template, now and whenever they are the same",
        ),
        switch(
            "allow-commands",
            "Let hooks start programs without asking for each",
        )
        .short('a'),
    ]
    .into_iter()
    .map(|arg| arg.help_heading(HOOKS))
    .collect()
}
