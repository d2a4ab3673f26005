//! A filter that is a function from text to text.

use liquid_core::parser::{
    Filter, FilterArguments, FilterReflection, ParameterReflection, ParseFilter,
};
use liquid_core::{Runtime, Value, ValueView};
use std::fmt;

/// A filter without arguments, by its name and its function.
#[derive(Clone)]
pub(super) struct TextFilter {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) apply: fn(&str) -> String,
}

impl FilterReflection for TextFilter {
    fn name(&self) -> &str {
        self.name
    }

    fn description(&self) -> &str {
        self.description
    }

    fn positional_parameters(&self) -> &'static [ParameterReflection] {
        &[]
    }

    fn keyword_parameters(&self) -> &'static [ParameterReflection] {
        &[]
    }
}

impl ParseFilter for TextFilter {
    fn parse(&self, mut arguments: FilterArguments<'_>) -> liquid_core::Result<Box<dyn Filter>> {
        if arguments.positional.next().is_some() || arguments.keyword.next().is_some() {
            return Err(liquid_core::Error::with_msg(format!(
                "the filter `{}` takes no arguments",
                self.name
            )));
        }
        Ok(Box::new(self.clone()))
    }

    fn reflection(&self) -> &dyn FilterReflection {
        self
    }
}

impl Filter for TextFilter {
    fn evaluate(&self, input: &dyn ValueView, _: &dyn Runtime) -> liquid_core::Result<Value> {
        let input = input.as_scalar().ok_or_else(|| {
            liquid_core::Error::with_msg(format!(
                "the filter `{}` takes one text, number or bool",
                self.name
            ))
        })?;
        Ok(Value::scalar((self.apply)(&input.to_kstr())))
    }
}

impl fmt::Debug for TextFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Display for TextFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
