//! How `check` says what it found, and what it mended.

use super::args::{Form, Options};
use super::fix::Fixed;
use super::summary::summary;
use crate::check::{Report, Repository, json, markdown, masked, sarif};
use crate::cmd::mode::Mode;
use crate::cmd::{Context, json as printed};
use crate::diagnostic::Failure;
use crate::plan::{diff, json as plan_json};
use crate::tree::RelPath;
use serde_json::{Value, json as object};
use std::fmt::Write as _;

/// What there is to say.
pub(super) struct Told<'a> {
    /// What was found; after mending, what remains.
    pub(super) report: &'a Report,
    /// The repository that it was found in.
    pub(super) repository: &'a Repository<'a>,
    /// What was mended.
    pub(super) fixed: Option<&'a Fixed>,
    /// Where the repository is.
    pub(super) directory: &'a str,
}

/// Says it.
pub(super) fn tell(
    told: &Told<'_>,
    options: &Options,
    context: &Context<'_>,
) -> Result<(), Failure> {
    warn(told, context);
    match (options.form, told.fixed) {
        (Form::Json, _) => {
            let value = value(told, options);
            context.ui.result(&printed::text(&value)?)
        }
        (Form::Sarif, _) => {
            let value = sarif(told.report, told.repository);
            context.ui.result(&printed::text(&value)?)
        }
        (Form::Markdown, _) => context.ui.result(&markdown(told.report, told.repository)),
        (Form::Text, Some(fixed)) if options.mode == Mode::Diff => {
            context.ui.result(&diff(&fixed.plan))
        }
        (Form::Text, fixed) => {
            if let Some(fixed) = fixed {
                context.ui.result(&mended(fixed, options.mode))?;
            }
            let text = |path: &RelPath| {
                told.repository
                    .survey
                    .text(path.as_str())
                    .as_deref()
                    .map(masked)
            };
            context.ui.findings(&told.report.findings, &text)?;
            let text = summary(told.report, told.repository, options);
            context.ui.result(&text)
        }
    }
}

/// What was mended, a line each.
fn mended(fixed: &Fixed, mode: Mode) -> String {
    if fixed.plan.is_empty() {
        return "nothing can be mended\n\n".to_owned();
    }
    let mut text = String::new();
    let word = match mode {
        Mode::Write => "mended",
        Mode::Plan | Mode::Diff => "would be mended",
    };
    for (path, _) in fixed.plan.iter() {
        let _ = writeln!(text, "{word}: {path}");
        let done = fixed.mended.done.iter();
        for (_, what) in done.filter(|(there, _)| there == path) {
            let _ = writeln!(text, "  {what}");
        }
    }
    text.push('\n');
    text
}

/// For a program.
fn value(told: &Told<'_>, options: &Options) -> Value {
    let mut value = json(
        told.report,
        told.repository,
        &options.settings,
        told.directory,
    );
    let (mut mended, mut files) = (Vec::new(), Value::Array(Vec::new()));
    if let Some(fixed) = told.fixed {
        let done = fixed.mended.done.iter();
        mended = done
            .map(|(path, what)| object!({ "path": path, "title": what }))
            .collect();
        files = plan_json(&fixed.plan);
    }
    if let Some(value) = value.as_object_mut() {
        value.insert("mended".to_owned(), Value::Array(mended));
        value.insert("files".to_owned(), files);
    }
    value
}

/// Says what could not be looked for.
fn warn(told: &Told<'_>, context: &Context<'_>) {
    let subject = told.repository.subject;
    if subject.is_recognised && subject.released.is_none() {
        let release = &subject.release;
        let why = if release.is_empty() {
            "no file says of which release the packages are".to_owned()
        } else {
            format!("what the packages of `{release}` require is not known here")
        };
        context.ui.warn(&format!(
            "{why}, so nothing is said of their requirements and versions; `--release` names one"
        ));
    }
}
