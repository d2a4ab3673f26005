//! How much the values of a text may hold: a loop that doubles one of them would take the whole memory before it printed anything.

use super::bounds::TOO_WIDE;
use super::output::Output;
use liquid_core::error::ResultLiquidExt;
use liquid_core::model::{KString, Value, ValueView};
use liquid_core::parser::FilterChain;
use liquid_core::{
    BlockReflection, Error, Expression, Language, ParseBlock, ParseTag, Renderable, Result,
    Runtime, TagBlock, TagReflection, TagTokenIter, Template,
};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most that one value may hold.
const VALUE: usize = 16 << 20;

/// The most that all values of one text may hold, those that are gone included.
const ALL: usize = 512 << 20;

/// What an entry of a list takes besides its content.
const ENTRY: usize = 48;

/// The tag that looks at ranges.
pub(super) const RANGE: &str = "__range";

/// The widest range.
const WIDEST: i64 = 999_999;

/// What is said of a text that takes more.
pub(super) const TOO_MUCH: &str = "its values become larger than";

/// What the values of a text hold so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Budget(Arc<AtomicUsize>);

impl Budget {
    /// Another text begins.
    pub(super) fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// Refuses a value of this size.
    pub(super) fn value(&self, size: usize) -> Result<()> {
        if size > VALUE {
            return Err(Error::with_msg(format!("{TOO_MUCH} 16 MiB")));
        }
        let all = self.0.fetch_add(size, Ordering::Relaxed) + size;
        if all > ALL {
            return Err(Error::with_msg(format!("{TOO_MUCH} 512 MiB together")));
        }
        Ok(())
    }
}

/// What a value holds, about.
pub(super) fn size(value: &dyn ValueView) -> usize {
    if let Some(list) = value.as_array() {
        return list.values().map(|inner| ENTRY + size(inner)).sum();
    }
    if let Some(object) = value.as_object() {
        let entries = object.iter();
        return entries
            .map(|(name, inner)| ENTRY + name.len() + size(inner))
            .sum();
    }
    value.to_kstr().len()
}

/// `assign`, within the budget.
#[derive(Clone, Debug)]
pub(super) struct Assign(pub(super) Budget);

impl TagReflection for Assign {
    fn tag(&self) -> &'static str {
        "assign"
    }

    fn description(&self) -> &'static str {
        ""
    }
}

impl ParseTag for Assign {
    fn parse(
        &self,
        mut words: TagTokenIter<'_>,
        options: &Language,
    ) -> Result<Box<dyn Renderable>> {
        let name = words.expect_next("Identifier expected.")?;
        let name = name.expect_identifier().into_result()?.to_owned().into();
        let sign = "Assignment operator \"=\" expected.";
        let found = words.expect_next(sign)?;
        found.expect_str("=").into_result_custom_msg(sign)?;
        let value = words.expect_next("FilterChain expected.")?;
        let value = value.expect_filter_chain(options).into_result()?;
        words.expect_nothing()?;
        Ok(Box::new(Assigned {
            name,
            value,
            budget: self.0.clone(),
        }))
    }

    fn reflection(&self) -> &dyn TagReflection {
        self
    }
}

#[derive(Debug)]
struct Assigned {
    name: KString,
    value: FilterChain,
    budget: Budget,
}

impl Renderable for Assigned {
    fn render_to(&self, _: &mut dyn Write, runtime: &dyn Runtime) -> Result<()> {
        let value = self.value.evaluate(runtime);
        let value = value.trace_with(|| format!("{{% assign {} %}}", self.name).into())?;
        self.budget.value(size(&value))?;
        runtime.set_global(self.name.clone(), value.into_owned());
        Ok(())
    }
}

/// What looks at a range before a loop takes every number of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width;

impl TagReflection for Width {
    fn tag(&self) -> &'static str {
        RANGE
    }

    fn description(&self) -> &'static str {
        ""
    }
}

impl ParseTag for Width {
    fn parse(&self, mut words: TagTokenIter<'_>, _: &Language) -> Result<Box<dyn Renderable>> {
        let range = words.expect_next("Range expected.")?;
        let (from, to) = range.expect_range().into_result()?;
        words.expect_nothing()?;
        Ok(Box::new(Wide(from, to)))
    }

    fn reflection(&self) -> &dyn TagReflection {
        self
    }
}

#[derive(Debug)]
struct Wide(Expression, Expression);

impl Renderable for Wide {
    fn render_to(&self, _: &mut dyn Write, runtime: &dyn Runtime) -> Result<()> {
        let end = |end: &Expression| end.try_evaluate(runtime)?.as_scalar()?.to_integer();
        if let (Some(from), Some(to)) = (end(&self.0), end(&self.1))
            && to.saturating_sub(from) > WIDEST
        {
            return Err(Error::with_msg(TOO_WIDE));
        }
        Ok(())
    }
}

/// `capture`, within the budget.
#[derive(Clone, Debug)]
pub(super) struct Capture(pub(super) Budget);

impl BlockReflection for Capture {
    fn start_tag(&self) -> &'static str {
        "capture"
    }

    fn end_tag(&self) -> &'static str {
        "endcapture"
    }

    fn description(&self) -> &'static str {
        ""
    }
}

impl ParseBlock for Capture {
    fn parse(
        &self,
        mut words: TagTokenIter<'_>,
        mut body: TagBlock<'_, '_>,
        options: &Language,
    ) -> Result<Box<dyn Renderable>> {
        let name = words.expect_next("Identifier expected")?;
        let name: KString = name.expect_identifier().into_result()?.to_owned().into();
        words.expect_nothing()?;
        let inner = body.parse_all(options);
        let inner = inner.trace_with(|| format!("{{% capture {name} %}}").into())?;
        body.assert_empty();
        Ok(Box::new(Captured {
            name,
            inner: Template::new(inner),
            budget: self.0.clone(),
        }))
    }

    fn reflection(&self) -> &dyn BlockReflection {
        self
    }
}

#[derive(Debug)]
struct Captured {
    name: KString,
    inner: Template,
    budget: Budget,
}

impl Renderable for Captured {
    fn render_to(&self, _: &mut dyn Write, runtime: &dyn Runtime) -> Result<()> {
        let mut output = Output::of(VALUE);
        let rendered = self.inner.render_to(&mut output, runtime);
        if output.is_full() {
            self.budget.value(VALUE + 1)?;
        }
        rendered.trace_with(|| format!("{{% capture {} %}}", self.name).into())?;
        let text = output.text();
        self.budget.value(text.len())?;
        runtime.set_global(self.name.clone(), Value::scalar(text));
        Ok(())
    }
}
