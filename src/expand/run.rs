//! The steps of an expansion, in their order.

use super::expanded::Expanded;
use super::link::Link;
use super::order::{Order, Switch};
use super::render::Renderer;
use super::state::Shared;
use super::world::{Kind, Project, Question, Unanswered, Weight};
use super::{Staged, Value, names, suffix, walk};
use crate::diagnostic::Failure;
use std::collections::BTreeMap;

/// Expands a template.
///
/// # Errors
/// As for [`super::expand`].
pub(super) fn run(mut staged: Staged, order: &Order, link: Link) -> Result<Expanded, Failure> {
    suffix::strip(&mut staged).map_err(|fault| Failure::refused(fault.to_string()))?;
    let shared = Shared::new(link);
    for left_out in staged.left_out() {
        let text = format!("`{}` is left out: {}", left_out.path, left_out.why);
        shared.tell(Weight::Warning, text);
    }
    shared.state().stage = staged;
    first_variables(&shared, order);
    let given = given_name(&shared, order)?;
    let project = names::project(&given, order, order.is(Switch::Init));
    settle(&shared, &project)?;
    let renderer = Renderer::new(shared.clone())
        .map_err(|error| Failure::refused("the template cannot be rendered").because(error))?;
    walk::walk(&shared, &renderer)?;
    let state = std::mem::take(&mut *shared.state());
    Ok(Expanded {
        tree: state.stage,
        project,
        template: String::new(),
        vcs: None,
        answers: BTreeMap::new(),
        notices: state.notices,
        files: state.files,
    })
}

/// The variables that are known before anything else.
fn first_variables(shared: &Shared, order: &Order) {
    let text = |text: &str| Value::Text(text.to_owned());
    if let Some(name) = &order.name {
        shared.set("project-name", &text(name));
    }
    shared.set("crate_type", &text(order.crate_type.name()));
    shared.set("authors", &text(&order.authors));
    shared.set("username", &text(&order.username));
    shared.set("os-arch", &text(&order.os_arch));
    shared.set("is_init", &Value::Bool(order.is(Switch::Init)));
}

/// The project's name as somebody gave it: a hook, the order, or the person.
fn given_name(shared: &Shared, order: &Order) -> Result<String, Failure> {
    if let Some(Value::Text(name)) = shared.get("project-name") {
        return Ok(name);
    }
    if let Some(name) = &order.fallback_name {
        return Ok(name.clone());
    }
    let question = Question {
        name: "project-name".to_owned(),
        prompt: "Project Name".to_owned(),
        kind: Kind::Line,
        default: None,
    };
    match shared.link.with(move |world| world.ask(&question, None)) {
        Ok(Value::Text(name)) => Ok(name),
        Ok(_) | Err(Unanswered::Nobody) => Err(Failure::new(
            crate::diagnostic::Exit::NeedsInput,
            "the project needs a name",
        )
        .hint("`--name NAME` gives it")),
        Err(Unanswered::Stopped(failure)) => Err(failure),
    }
}

/// The place is looked at, and the variables of the name are set.
fn settle(shared: &Shared, project: &Project) -> Result<(), Failure> {
    let asked = project.clone();
    let place = shared.link.with(move |world| world.place(&asked))?;
    shared.set("project-name", &Value::Text(project.name.clone()));
    shared.set("crate_name", &Value::Text(project.crate_name.clone()));
    shared.set(
        "within_cargo_project",
        &Value::Bool(place.within_cargo_project),
    );
    Ok(())
}
