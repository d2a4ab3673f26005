//! The engine and the program against the real cargo-generate: every case of `tests/it/expand/cases`, templates and answers made by
//! chance, and the plain template of this repository.
//!
//! `FLOXWRIGHT_CARGO_GENERATE` names the program; without it, `target/bench-tools/bin` and `PATH` are searched.

mod chance;
mod package;
mod programs;

use super::wanted;
use crate::expand::{case, case_files, cases, staged_text};
use floxwright::expand::{Expanded, Mode, Order, Provided, Staged};
use programs::{Program, VERSION};

/// What is compared: the real program, and ours. The engine is a third.
struct Programs {
    real: Program,
    ours: Program,
}

impl Programs {
    fn new() -> Self {
        Self {
            real: Program::real(),
            ours: Program::ours(),
        }
    }
}

/// Compares one expansion, by the engine and by the whole program; what differs, in words.
fn compare(programs: &Programs, template: &Staged, order: &Order) -> Result<(), String> {
    let (real, said) = programs.real.make(template, order);
    // Where the real program breaks, there is nothing to compare with.
    if real.is_none() && said.contains("panicked at") {
        return Ok(());
    }
    let (ours, told) = programs.ours.make(template, order);
    if !same_files(real.as_ref(), ours.as_ref()) {
        let text = |made: Option<&Staged>, said: &str| {
            made.map_or_else(|| format!("an error: {said}"), staged_text::write)
        };
        return Err(format!(
            "the real program gives\n{}and the program floxwright gives\n{}",
            text(real.as_ref(), &said),
            text(ours.as_ref(), &told)
        ));
    }
    let mut world = crate::expand::TableWorld::default();
    let ours = floxwright::expand::expand(template.clone(), order, &mut world);
    match (&real, ours) {
        (Some(real), Ok(ours)) if same(real, &ours) => Ok(()),
        (None, Err(_)) => Ok(()),
        (Some(real), Ok(ours)) => Err(format!(
            "the real program gives\n{}and floxwright gives\n{}",
            staged_text::write(real),
            staged_text::write(&ours.tree)
        )),
        (Some(real), Err(failure)) => Err(format!(
            "the real program gives\n{}and floxwright fails: {failure:?}",
            staged_text::write(real)
        )),
        (None, Ok(ours)) => Err(format!(
            "the real program fails\n{said}\nand floxwright gives\n{}",
            staged_text::write(&ours.tree)
        )),
    }
}

/// Whether both made the same, or both nothing.
fn same_files(real: Option<&Staged>, ours: Option<&Staged>) -> bool {
    match (real, ours) {
        (Some(real), Some(ours)) => real.iter().eq(ours.iter()),
        (real, ours) => real.is_none() && ours.is_none(),
    }
}

/// Whether the destination holds exactly our project.
fn same(real: &Staged, ours: &Expanded) -> bool {
    let mut expected = Staged::new();
    let project = ours.tree.clone();
    expected.put(&ours.project.directory, project).unwrap();
    real.iter().eq(expected.iter())
}

#[test]
fn every_case_is_as_the_real_program_has_it() {
    if !wanted("generate") {
        return;
    }
    let programs = Programs::new();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for case in case_files().iter().flat_map(|file| cases(file)) {
        let case::Arguments {
            order,
            without_oracle,
        } = case.arguments();
        if without_oracle || order.mode != Mode::Compat {
            continue;
        }
        count += 1;
        if let Err(difference) = compare(&programs, &case.staged(), &order) {
            wrong.push(format!("{}: {difference}", case.title));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{count} cases are as cargo-generate {VERSION} has them");
}

/// An order for the real program.
fn order(values: impl IntoIterator<Item = (String, toml::Value)>) -> Order {
    let mut order = case::Case {
        title: String::new(),
        line: String::new(),
        template: String::new(),
        gives: String::new(),
    }
    .arguments()
    .order;
    order.values = values
        .into_iter()
        .map(|(name, value)| {
            let origin = "chance".to_owned();
            (name, Provided { value, origin })
        })
        .collect();
    order
}
