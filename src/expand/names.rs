//! What a project is called: from the name that was given to the variables and the directory.

use super::order::{Order, Switch};
use super::world::Project;
use heck::{ToKebabCase, ToSnakeCase};

/// The names that follow from `given`. With `--name`, the directory keeps that name though a hook changes the project's.
pub(super) fn project(given: &str, order: &Order, init: bool) -> Project {
    let chosen = |name: &str| {
        if order.is(Switch::Force) {
            name.to_owned()
        } else {
            in_case(name)
        }
    };
    let directory = if init {
        String::new()
    } else {
        chosen(order.name.as_deref().unwrap_or(given))
    };
    Project {
        given: given.to_owned(),
        name: chosen(given),
        crate_name: given.to_snake_case(),
        directory,
        init,
    }
}

/// `name` as it is where it is in `snake_case`, else in `kebab-case`.
fn in_case(name: &str) -> String {
    if name.to_snake_case() == name {
        name.to_owned()
    } else {
        name.to_kebab_case()
    }
}
