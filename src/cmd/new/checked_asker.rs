//! Asking with a look at the disk: a directory where nothing can be made is refused while it is being asked for.

use super::args::Options;
use crate::ask::{Asker, Field, Kind, Question, Reply, Review, ReviewReply, Stopped};
use crate::cmd::Context;

/// Puts questions to another asker, and its replies to the disk.
pub(super) struct CheckedAsker<'a> {
    pub(super) inner: Box<dyn Asker>,
    pub(super) options: &'a Options,
    pub(super) context: &'a Context<'a>,
}

impl CheckedAsker<'_> {
    /// Why the disk does not take the reply.
    fn refusal(&self, question: &Question, reply: &Reply) -> Option<String> {
        let Reply::Value(value) = reply else {
            return None;
        };
        if question.field != Field::Directory || question.kind != Kind::Text {
            return None;
        }
        let failure = super::target(&value.line(), self.options, self.context).err()?;
        failure
            .problems
            .into_iter()
            .next()
            .map(|problem| problem.message)
    }
}

impl Asker for CheckedAsker<'_> {
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Reply, Stopped> {
        let mut reply = self.inner.ask(question, problem)?;
        while let Some(refusal) = self.refusal(question, &reply) {
            reply = self.inner.ask(question, Some(&refusal))?;
        }
        Ok(reply)
    }

    fn review(&mut self, review: &Review) -> Result<ReviewReply, Stopped> {
        self.inner.review(review)
    }

    fn show(&mut self, text: &str) -> Result<(), Stopped> {
        self.inner.show(text)
    }
}
