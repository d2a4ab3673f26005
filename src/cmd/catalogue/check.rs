//! `catalogue check`: compares what the source trees of a release say with what its wheels say.

use super::super::Context;
use super::{Request, origin, refused};
use crate::diagnostic::{Exit, Failure, Problem};
use crate::outside::archive::Wheel;
use crate::outside::pypi::{Wanted, Wheels};
use crate::python::{Metadata, console_scripts};
use crate::source_tree::{self, Built, Comparison, Facts};
use clap::ArgMatches;

/// Runs `catalogue check`.
pub(super) fn run(matches: &ArgMatches, context: &Context<'_>) -> Result<(), Failure> {
    let request = Request::new(matches, context)?;
    let release = &request.release;
    let index = context.package_index().with_wheels(Wheels::Parts);
    let progress = context.ui.spinner(&format!("comparing {release}"));
    let found = match request.from.as_str() {
        "pypi" => origin::from_index(&request, &index, context)?,
        _ => origin::from_path(&request, &index, context)?,
    };
    let (wanted, facts): (Vec<Wanted>, Vec<Facts>) = found.into_iter().unzip();
    let wheels = index.wheels(&wanted).map_err(|error| refused(&error))?;
    drop(progress);
    let mut all = Comparison::default();
    for (facts, wheel) in facts.iter().zip(&wheels) {
        let one = compare(facts, wheel)?;
        all.requirements += one.requirements;
        all.differences.extend(one.differences);
    }
    if !all.differences.is_empty() {
        return Err(Failure::all(Exit::Found, all.differences));
    }
    context.ui.result(&format!(
        "{release}: {} packages, {} requirements: no difference\n",
        facts.len(),
        all.requirements
    ))
}

fn compare(facts: &Facts, wheel: &Wheel) -> Result<Comparison, Failure> {
    let metadata = Metadata::parse(&wheel.metadata).map_err(|error| {
        let text = format!("the wheel of `{}` cannot be read: {error}", facts.name);
        Failure::all(Exit::Refused, vec![Problem::new(text)])
    })?;
    let built = Built {
        metadata: &metadata,
        programs: &console_scripts(&wheel.entry_points),
        modules: &wheel.modules,
    };
    Ok(source_tree::compare(facts, &built))
}
