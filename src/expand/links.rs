//! Links of a project lead to what is in it.

use super::paths::{join, parent, resolved};
use super::state::Shared;
use super::world::Weight;
use crate::diagnostic::{Exit, Failure, Problem};

/// Refuses links that lead out of the project, and tells those that lead to nothing.
///
/// # Errors
/// Links that lead out, all together.
pub(super) fn check(shared: &Shared) -> Result<(), Failure> {
    let mut problems = Vec::new();
    let mut hanging = Vec::new();
    let state = shared.state();
    for (path, target) in state.stage.links() {
        let shown = (path.escape_debug(), target.escape_debug());
        match leads_to(path, target) {
            None => problems.push(Problem::new(format!(
                "`{}` is a link to `{}`, which is not inside the project",
                shown.0, shown.1
            ))),
            Some(found) if !found.is_empty() && state.stage.get(&found).is_none() => {
                hanging.push(format!(
                    "`{}` is a link to `{}`, which is not there",
                    shown.0, shown.1
                ));
            }
            Some(_) => {}
        }
    }
    drop(state);
    for text in hanging {
        shared.tell(Weight::Warning, text);
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(Exit::Refused, problems)
        .hint("`ignore`, in `cargo-generate.toml`, leaves a link out; `--compat` leaves all out"))
}

/// Where a link leads, from the top of the project; `None` where that is outside. Up it may go at its beginning only: there it goes
/// through directories, and further on through links, of which each may lead somewhere else.
fn leads_to(path: &str, target: &str) -> Option<String> {
    let names = target.split('/').skip_while(|name| *name == "..");
    let mut further = names;
    if target.is_empty() || further.any(|name| name == "..") {
        return None;
    }
    let below = resolved(parent(path), target)?;
    Some(join("", &below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_what_is_inside() {
        for (path, target, expected) in [
            ("a", "b", Some("b")),
            ("d/a", "../b/./c", Some("b/c")),
            ("d/e/a", "../..", Some("")),
            ("a", ".", Some("")),
            ("a", "..", None),
            ("d/a", "../../b", None),
            ("a", "/etc/passwd", None),
            ("a", "d/../../x", None),
            ("a", "d/../x", None),
            ("a", "", None),
        ] {
            let found = leads_to(path, target);
            assert_eq!(found.as_deref(), expected, "{path} -> {target}");
        }
    }
}
