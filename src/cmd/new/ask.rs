//! Asking for what is missing, the review, and the way back.

use super::args::{Commit, Options};
use super::{Gathered, Prepared, prepare};
use crate::ask::{
    Asker, Ended, Field, IDENTITY, Question, REST, Reply, Review, ReviewReply, Rules, SHORT, Start,
    Stopped, Value, fill_defaults, interview, missing, quit_question,
};
use crate::cmd::{Context, mode::Mode};
use crate::diagnostic::{Exit, Failure};
use crate::generate::BASE;
use crate::outside::flox;
use crate::plan::{Plan, diff, summary};

/// Completes the answers and prepares the files.
pub(super) fn complete(
    gathered: &mut Gathered,
    options: &Options,
    context: &Context<'_>,
) -> Result<Prepared, Failure> {
    let mut short = SHORT.to_vec();
    if options.commit == Commit::Yes {
        short.extend(
            IDENTITY
                .iter()
                .filter(|field| gathered.answers.get(**field).is_none()),
        );
    }
    // Whether Flox is there is a fact of this machine; without it there is nothing to ask.
    if context.ui.can_ask() && flox::find(context.world).is_some() {
        short.push(Field::Lock);
    }
    if !context.ui.can_ask() {
        return without_terminal(&short, gathered, options, context);
    }
    // Nobody is asked seven questions for a directory that cannot be made.
    if let Some(directory) = gathered.answers.text(Field::Directory) {
        super::target(&directory, options, context)?;
    }
    let mut asker = context.ui.asker(context.guard);
    let result = wizard(&short, gathered, options, context, asker.as_mut());
    result.map_err(|stopped| match stopped {
        Left::Stopped(Stopped::Interrupted) => Failure::interrupted(),
        Left::Stopped(stopped) => Failure::refused(stopped.to_string()),
        Left::Failed(failure) => failure,
    })
}

/// Why the wizard ended without a result.
enum Left {
    Stopped(Stopped),
    Failed(Failure),
}

impl From<Stopped> for Left {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

fn without_terminal(
    short: &[Field],
    gathered: &mut Gathered,
    options: &Options,
    context: &Context<'_>,
) -> Result<Prepared, Failure> {
    let problems = missing(short, &gathered.answers, &gathered.scaffold);
    if !problems.is_empty() {
        return Err(Failure::all(Exit::NeedsInput, problems)
            .hint("`--yes` takes every default; `--answers FILE` reads the values from a file"));
    }
    prepare_with_defaults(gathered, options, context)
}

/// Asks, shows the review, and goes back as often as the person likes.
fn wizard(
    short: &[Field],
    gathered: &mut Gathered,
    options: &Options,
    context: &Context<'_>,
    asker: &mut dyn Asker,
) -> Result<Prepared, Left> {
    // A directory where nothing can be made is refused while it is asked for.
    let refusal = |field: Field, value: &Value| {
        if field != Field::Directory {
            return None;
        }
        let failure = super::target(&value.line(), options, context).err()?;
        let first = failure.problems.into_iter().next()?;
        Some(first.message)
    };
    let mut form = Form::First;
    let mut start = Start::First;
    loop {
        let fields = if form == Form::First { short } else { &REST };
        if interview(
            fields,
            start,
            &mut gathered.answers,
            Rules {
                scaffold: &gathered.scaffold,
                refusal: &refusal,
            },
            asker,
        )? == Ended::Before
        {
            match form {
                Form::Rest => (form, start) = (Form::First, Start::Last),
                Form::First if yes(asker, &quit_question())? => {
                    return Err(Stopped::Interrupted.into());
                }
                Form::First => start = Start::First,
            }
            continue;
        }
        let prepared = match prepare_with_defaults(gathered, options, context) {
            Ok(prepared) if options.mode != Mode::Write => return Ok(prepared),
            Ok(prepared) => prepared,
            // Other answers may mend it, so the person is led back to them.
            Err(failure) => {
                context.ui.failure(&failure);
                if !yes(asker, &mend_question())? {
                    // It has been told already; only the exit code is left to give.
                    return Err(Left::Failed(Failure::all(failure.exit, Vec::new())));
                }
                start = Start::Last;
                continue;
            }
        };
        match decide(&prepared, options, asker)? {
            // The review has shown the notes.
            ReviewReply::Apply => {
                return Ok(Prepared {
                    notes: Vec::new(),
                    ..prepared
                });
            }
            ReviewReply::Quit => return Err(Stopped::Interrupted.into()),
            ReviewReply::Customise => (form, start) = (Form::Rest, Start::First),
            ReviewReply::Back | ReviewReply::Diff => start = Start::Last,
        }
    }
}

/// Which questions are being asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    First,
    Rest,
}

fn prepare_with_defaults(
    gathered: &mut Gathered,
    options: &Options,
    context: &Context<'_>,
) -> Result<Prepared, Failure> {
    let mut answers = gathered.answers.clone();
    fill_defaults(&mut answers, &gathered.scaffold);
    prepare(gathered, &answers, options, context)
}

fn yes(asker: &mut dyn Asker, question: &Question) -> Result<bool, Stopped> {
    Ok(matches!(asker.ask(question, None)?, Reply::Value(value) if value.line() == "yes"))
}

fn mend_question() -> Question {
    Question {
        prompt: "Change an answer?".to_owned(),
        default: Value::one("yes"),
        ..quit_question()
    }
}

/// Shows the review, and the patch as often as it is asked for.
fn decide(
    prepared: &Prepared,
    options: &Options,
    asker: &mut dyn Asker,
) -> Result<ReviewReply, Stopped> {
    let review = review(prepared, options);
    loop {
        match asker.review(&review)? {
            // The base repeats the other files; a person need not read them twice.
            ReviewReply::Diff => asker.show(&diff(&prepared.plan.outside(BASE)))?,
            reply => return Ok(reply),
        }
    }
}

fn review(prepared: &Prepared, options: &Options) -> Review {
    let shown = prepared
        .answers
        .iter()
        .filter(|(field, _)| !matches!(field, Field::GitName | Field::GitEmail));
    let answers = shown.map(|(field, answer)| {
        let value = answer.value.line();
        let value = if value.is_empty() {
            "none".to_owned()
        } else {
            value
        };
        (
            field.label().to_owned(),
            value,
            answer.origin.name().to_owned(),
        )
    });
    Review {
        answers: answers.collect(),
        tree: tree(&prepared.plan),
        actions: actions(prepared, options),
        warnings: prepared.notes.clone(),
    }
}

/// The files; the base, which repeats them, as one line.
fn tree(plan: &Plan) -> String {
    let own = plan.outside(BASE);
    format!(
        "{}\n+ {BASE}/ ({} files: the same texts, the base of later merges)",
        summary(&own),
        plan.iter().count() - own.iter().count()
    )
}

/// What happens besides writing files.
fn actions(prepared: &Prepared, options: &Options) -> Vec<String> {
    let mut actions = Vec::new();
    match (options.commit, &prepared.identity) {
        (Commit::NoGit, _) => {}
        (Commit::Yes, Some(identity)) => {
            actions.push("make a git repository on the branch main".to_owned());
            actions.push(format!(
                "commit everything as {} <{}>",
                identity.name, identity.email
            ));
        }
        _ => actions.push("make a git repository on the branch main and add everything".to_owned()),
    }
    if super::lock::is_wanted(prepared) {
        actions.push("let Flox lock nixpkgs, before the commit".to_owned());
    }
    if !prepared.intent.remote.is_empty() {
        actions.push(format!(
            "set origin to {}; nothing is pushed",
            prepared.intent.remote
        ));
    }
    actions
}
