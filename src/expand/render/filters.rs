//! Liquid with cargo-generate's filters: eight conversions of case, and `rhai`.

use super::budget::{Assign, Budget, Capture, Width};
use super::guarded;
use crate::expand::hooks;
use crate::expand::state::Shared;
use crate::expand::world::Weight;
use crate::template::{CASES, Convert};
use liquid_core::parser::{
    Filter, FilterArguments, FilterReflection, ParameterReflection, ParseFilter,
};
use liquid_core::{Error, Runtime, Value, ValueView};
use std::fmt;

/// The parser with all filters.
pub(super) fn parser(shared: &Shared, budget: &Budget) -> Result<liquid::Parser, Error> {
    let mut builder = liquid::ParserBuilder::with_stdlib();
    for (name, act) in CASES {
        builder = builder.filter(Plain {
            name,
            act: Act::Case(act),
        });
    }
    builder = builder.filter(Plain {
        name: "rhai",
        act: Act::Script(shared.clone()),
    });
    let date = Date {
        inner: liquid_lib::stdlib::Date,
        shared: shared.clone(),
    };
    for filter in guarded::filters(budget, date) {
        builder = builder.filter(filter);
    }
    builder
        .tag(Assign(budget.clone()))
        .tag(Width)
        .block(Capture(budget.clone()))
        .build()
}

/// What a filter without arguments does.
#[derive(Clone)]
enum Act {
    Case(Convert),
    Script(Shared),
}

/// A filter without arguments.
#[derive(Clone)]
struct Plain {
    name: &'static str,
    act: Act,
}

impl FilterReflection for Plain {
    fn name(&self) -> &str {
        self.name
    }

    fn description(&self) -> &str {
        match self.act {
            Act::Case(_) => "a conversion of case",
            Act::Script(_) => "what a script gives",
        }
    }

    fn positional_parameters(&self) -> &'static [ParameterReflection] {
        &[]
    }

    fn keyword_parameters(&self) -> &'static [ParameterReflection] {
        &[]
    }
}

impl ParseFilter for Plain {
    fn parse(&self, mut arguments: FilterArguments<'_>) -> liquid_core::Result<Box<dyn Filter>> {
        if arguments.positional.next().is_some() || arguments.keyword.next().is_some() {
            let message = format!("the filter `{}` takes no arguments", self.name);
            return Err(Error::with_msg(message));
        }
        Ok(Box::new(self.clone()))
    }

    fn reflection(&self) -> &dyn FilterReflection {
        self
    }
}

impl Filter for Plain {
    fn evaluate(&self, input: &dyn ValueView, _: &dyn Runtime) -> liquid_core::Result<Value> {
        match &self.act {
            Act::Case(convert) => {
                let message = format!("the filter `{}` takes one text, number or bool", self.name);
                let input = input.as_scalar().ok_or_else(|| Error::with_msg(message))?;
                Ok(Value::scalar(convert(&input.to_kstr())))
            }
            Act::Script(shared) => script(shared, &input.to_kstr()),
        }
    }
}

/// What a script gives; its failure is told here, for Liquid says nothing of it.
fn script(shared: &Shared, path: &str) -> liquid_core::Result<Value> {
    shared.state().filters.push(path.to_owned());
    match hooks::filter(shared, path) {
        Ok(text) => Ok(Value::scalar(text)),
        Err(failure) if !shared.state().permitted => {
            shared.state().stopped = Some(failure);
            Err(Error::with_msg("the filter script may not run"))
        }
        Err(failure) => {
            let problems = failure.problems.iter();
            let causes: Vec<String> = problems
                .map(|problem| {
                    problem
                        .cause
                        .clone()
                        .unwrap_or_else(|| problem.message.clone())
                })
                .collect();
            let text = format!(
                "Filter script {path} not found or failed: {}",
                causes.join(", ")
            );
            shared.tell(Weight::Warning, text.clone());
            Err(Error::with_msg(text))
        }
    }
}

/// Liquid's `date`, with the time of the world for `now` and `today`.
#[derive(Clone)]
struct Date {
    inner: liquid_lib::stdlib::Date,
    shared: Shared,
}

impl ParseFilter for Date {
    fn parse(&self, arguments: FilterArguments<'_>) -> liquid_core::Result<Box<dyn Filter>> {
        Ok(Box::new(Dated {
            inner: self.inner.parse(arguments)?,
            shared: self.shared.clone(),
        }))
    }

    fn reflection(&self) -> &dyn FilterReflection {
        self.inner.reflection()
    }
}

struct Dated {
    inner: Box<dyn Filter>,
    shared: Shared,
}

impl Filter for Dated {
    fn evaluate(&self, input: &dyn ValueView, runtime: &dyn Runtime) -> liquid_core::Result<Value> {
        let text = input.to_kstr().to_lowercase();
        if input.is_scalar() && matches!(text.trim(), "now" | "today") {
            let now = Value::scalar(hooks::now(&self.shared));
            return self.inner.evaluate(&now, runtime);
        }
        self.inner.evaluate(input, runtime)
    }
}

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("date")
    }
}

impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
