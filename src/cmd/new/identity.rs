//! Who makes the first commit.

use crate::ask::{Answers, Field, Origin, Value};
use crate::cmd::Context;
use crate::diagnostic::{Exit, Failure, Problem};
use crate::model::CommitIdentity;
use crate::outside::git;

/// Fills in what git knows.
pub(super) fn detect(answers: &mut Answers, context: &Context<'_>) {
    let (name, email) = git::identity(context.world);
    for (field, found) in [(Field::GitName, name), (Field::GitEmail, email)] {
        if let (None, Some(found)) = (answers.get(field), found) {
            answers.set(field, Value::one(found), Origin::Detected);
        }
    }
}

/// The identity, or what is missing of it.
pub(super) fn required(answers: &Answers) -> Result<CommitIdentity, Failure> {
    let mut problems = Vec::new();
    let mut invalid = false;
    let mut read = |field: Field| {
        let given = answers.text(field);
        if let Some(fault) = given.as_deref().and_then(CommitIdentity::fault) {
            invalid = true;
            problems.push(Problem::new(format!("`{}`: {fault}", field.flag())));
        } else if given.is_none() {
            problems.push(Problem::new(format!(
                "no {} is known for the first commit; `{}` gives it",
                field.label().to_lowercase(),
                field.flag()
            )));
        }
        given.unwrap_or_default()
    };
    let identity = CommitIdentity {
        name: read(Field::GitName),
        email: read(Field::GitEmail),
    };
    if problems.is_empty() {
        return Ok(identity);
    }
    let exit = if invalid {
        Exit::Invalid
    } else {
        Exit::NeedsInput
    };
    Err(Failure::all(exit, problems)
        .hint("`git config --global user.name` and `user.email` set it for every repository")
        .hint("`--no-commit` leaves the commit to you"))
}
