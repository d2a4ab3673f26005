//! Every single step that changes a repository passes here. A test lets one of them fail, or all from some step on, as if the
//! process had died.

use std::io;

/// Is told each step before it is done, by its verb; an error is given back as if the system had refused it.
#[derive(Default)]
pub(super) struct Gate(Option<Box<dyn Fn(&'static str) -> io::Result<()>>>);

impl Gate {
    /// A gate that asks.
    #[cfg(test)]
    pub(super) fn asking(ask: impl Fn(&'static str) -> io::Result<()> + 'static) -> Self {
        Self(Some(Box::new(ask)))
    }

    /// Passes a step.
    pub(super) fn pass(&self, verb: &'static str) -> io::Result<()> {
        self.0.as_ref().map_or(Ok(()), |ask| ask(verb))
    }
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "asking" } else { "open" })
    }
}
