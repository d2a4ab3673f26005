//! Filters whose result can be larger than what they are given: how large is known before they do it.

use super::budget::{Budget, size};
use liquid_core::parser::{Filter, FilterArguments, FilterReflection, ParseFilter};
use liquid_core::{Expression, Result, Runtime, Value, ValueCow, ValueView};
use liquid_lib::stdlib;
use std::fmt;

/// How large a result can be.
#[derive(Clone, Copy, Debug)]
enum Growth {
    /// As large as all that is given.
    Sum,
    /// Six times as large as what is given.
    Escaped,
    /// An argument for each place of another.
    Replaced,
    /// An argument between entries.
    Joined,
    /// An entry for each part.
    Split,
    /// As wide as a format says.
    Padded,
}

/// What an entry of a list takes.
const ENTRY: usize = 48;

/// The filters of Liquid that grow, within the budget. `date` is the program's own.
pub(super) fn filters(budget: &Budget, date: impl ParseFilter + 'static) -> Vec<Guarded> {
    let of = |growth, inner: Box<dyn ParseFilter>| Guarded {
        inner,
        growth,
        budget: budget.clone(),
    };
    vec![
        of(Growth::Sum, Box::new(stdlib::Append)),
        of(Growth::Sum, Box::new(stdlib::Prepend)),
        of(Growth::Sum, Box::new(stdlib::Concat)),
        of(Growth::Sum, Box::new(stdlib::ReplaceFirst)),
        of(Growth::Sum, Box::new(stdlib::Truncate)),
        of(Growth::Sum, Box::new(stdlib::TruncateWords)),
        of(Growth::Escaped, Box::new(stdlib::Escape)),
        of(Growth::Escaped, Box::new(stdlib::EscapeOnce)),
        of(Growth::Escaped, Box::new(stdlib::NewlineToBr)),
        of(Growth::Escaped, Box::new(stdlib::UrlEncode)),
        of(Growth::Replaced, Box::new(stdlib::Replace)),
        of(Growth::Joined, Box::new(stdlib::Join)),
        of(Growth::Split, Box::new(stdlib::Split)),
        of(Growth::Padded, Box::new(date)),
    ]
}

/// A filter within the budget.
#[derive(Clone)]
pub(super) struct Guarded {
    inner: Box<dyn ParseFilter>,
    growth: Growth,
    budget: Budget,
}

impl ParseFilter for Guarded {
    fn parse(&self, arguments: FilterArguments<'_>) -> Result<Box<dyn Filter>> {
        let positional: Vec<Expression> = arguments.positional.collect();
        let again = FilterArguments {
            positional: Box::new(positional.clone().into_iter()),
            keyword: arguments.keyword,
        };
        Ok(Box::new(Within {
            inner: self.inner.parse(again)?,
            arguments: positional,
            growth: self.growth,
            budget: self.budget.clone(),
        }))
    }

    fn reflection(&self) -> &dyn FilterReflection {
        self.inner.reflection()
    }
}

/// A filter with its arguments.
#[derive(Debug)]
struct Within {
    inner: Box<dyn Filter>,
    arguments: Vec<Expression>,
    growth: Growth,
    budget: Budget,
}

impl Filter for Within {
    fn evaluate(&self, input: &dyn ValueView, runtime: &dyn Runtime) -> Result<Value> {
        let arguments = self.arguments.iter();
        let arguments: Vec<ValueCow<'_>> = arguments
            .filter_map(|argument| argument.try_evaluate(runtime))
            .collect();
        self.budget.value(grown(self.growth, input, &arguments))?;
        self.inner.evaluate(input, runtime)
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

/// How large the result can be.
fn grown(growth: Growth, input: &dyn ValueView, arguments: &[ValueCow<'_>]) -> usize {
    let own = size(input);
    let text = |number: usize| arguments.get(number).map(|given| given.to_kstr());
    let length = |number: usize| text(number).map_or(0, |given| given.len());
    match growth {
        Growth::Sum => own + arguments.iter().map(|given| size(given)).sum::<usize>(),
        Growth::Escaped => own.saturating_mul(6),
        Growth::Replaced => {
            let searched = text(0).unwrap_or_default();
            let places = match searched.len() {
                0 => own + 1,
                _ => input.to_kstr().matches(searched.as_str()).count(),
            };
            own.saturating_add(places.saturating_mul(length(1)))
        }
        Growth::Joined => {
            let entries = input
                .as_array()
                .map_or(0, liquid_core::model::ArrayView::size);
            let entries = usize::try_from(entries).unwrap_or_default();
            own.saturating_add(entries.saturating_mul(length(0).max(1)))
        }
        Growth::Split => {
            let parts = match text(0).unwrap_or_default() {
                by if by.is_empty() => own,
                by => input.to_kstr().matches(by.as_str()).count(),
            };
            own.saturating_add((parts + 1).saturating_mul(ENTRY))
        }
        Growth::Padded => {
            let format = text(0).unwrap_or_default();
            let numbers = format.split(|c: char| !c.is_ascii_digit());
            let widths = numbers.filter(|digits| !digits.is_empty());
            let widths = widths.map(|digits| digits.parse().unwrap_or(usize::MAX / 64));
            widths.fold(format.len(), usize::saturating_add)
        }
    }
}
