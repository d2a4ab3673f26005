//! The asker on a terminal: each question is a widget, and leaves one quiet line behind.

use super::frame::Painter;
use super::line::{Line, Makes};
use super::many::Many;
use super::pager::Pager;
use super::paint::{Paint, Tone};
use super::review::ReviewScreen;
use super::row::Row;
use super::screen::{Screen, Size};
use super::select::Select;
use super::text::{fit, width};
use super::widget::{Widget, failed, run};
use crate::ask::{Asker, Field, Kind, Question, Reply, Review, ReviewReply, Stopped, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Asks on a terminal.
pub(super) struct TerminalAsker<S> {
    painter: Painter<S>,
    /// The quiet lines that end just above the cursor, by the question's field.
    above: Vec<Field>,
    /// The last answer: when it is not taken, it can be corrected.
    last: Option<(Field, Value)>,
    /// How often something else was printed, and how often when that was last looked at.
    said: Arc<AtomicUsize>,
    heard: usize,
}

impl<S: Screen> TerminalAsker<S> {
    /// Asks on this screen. `said` counts what others print.
    pub(super) fn new(screen: S, paint: Paint, said: Arc<AtomicUsize>) -> Self {
        Self {
            painter: Painter::new(screen, paint),
            above: Vec::new(),
            last: None,
            said,
            heard: 0,
        }
    }

    /// Takes the terminal for one widget and gives it back, whatever happens.
    fn with<W: Widget>(&mut self, widget: &mut W) -> Result<Option<W::Output>, Stopped> {
        self.painter.screen().begin().map_err(failed)?;
        let output = run(&mut self.painter, widget);
        if output.is_err() {
            // What is on the screen stays as it is; the cursor goes below it.
            let closed = self.painter.abandon();
            self.painter.screen().end().map_err(failed)?;
            closed.map_err(failed)?;
        }
        output
    }

    /// Leaves the line, or nothing, in the place of the widget.
    fn close(&mut self, line: Option<&Row>) -> Result<(), Stopped> {
        let closed = self.painter.close(0, line);
        self.painter.screen().end().map_err(failed)?;
        closed.map_err(failed)
    }

    /// Takes away the quiet lines of this question and of all after it, if they are still above the cursor.
    fn forget_from(&mut self, field: Field) -> Result<(), Stopped> {
        let said = self.said.load(Ordering::SeqCst);
        if said != self.heard {
            self.above.clear();
            self.heard = said;
        }
        if let Some(index) = self.above.iter().position(|known| *known == field) {
            let lines = self.above.len() - index;
            self.above.truncate(index);
            let reachable = lines.min(self.painter.size().rows - 1);
            self.painter.close(reachable, None).map_err(failed)?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        question: &Question,
        problem: Option<&str>,
    ) -> Result<Option<Value>, Stopped> {
        let last = self
            .last
            .take()
            .filter(|(field, _)| *field == question.field);
        let last = last.filter(|_| problem.is_some()).map(|(_, value)| value);
        let typed = last.as_ref().map(Value::line);
        let again = Question {
            default: last.clone().unwrap_or_else(|| question.default.clone()),
            ..question.clone()
        };
        match &question.kind {
            Kind::Text => self.with(&mut Line::new(
                question,
                Makes::Text,
                problem,
                typed.as_deref(),
            )),
            Kind::Words => self.with(&mut Line::new(
                question,
                Makes::Words,
                problem,
                typed.as_deref(),
            )),
            Kind::One(choices) => self.with(&mut Select::new(&again, choices, problem)),
            Kind::YesNo => self.with(&mut Select::yes_no(&again, problem)),
            Kind::Many(choices) => self.with(&mut Many::new(&again, choices, problem)),
        }
    }
}

impl<S: Screen> Asker for TerminalAsker<S> {
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Reply, Stopped> {
        self.forget_from(question.field)?;
        let Some(value) = self.put(question, problem)? else {
            self.close(None)?;
            return Ok(Reply::Back);
        };
        let line = quiet_line(
            question,
            &value,
            (self.painter.size(), self.painter.paint()),
        );
        self.close(Some(&line))?;
        self.above.push(question.field);
        self.last = Some((question.field, value.clone()));
        Ok(Reply::Value(value))
    }

    fn review(&mut self, review: &Review) -> Result<ReviewReply, Stopped> {
        let reply = self.with(&mut ReviewScreen::new(review))?;
        self.close(None)?;
        Ok(reply.unwrap_or(ReviewReply::Back))
    }

    fn show(&mut self, text: &str) -> Result<(), Stopped> {
        self.with(&mut Pager::new(text))?;
        self.close(None)
    }
}

/// `? Which release?  1.13.3`; a long question is cut, so that the answer is seen.
fn quiet_line(question: &Question, value: &Value, (size, paint): (Size, Paint)) -> Row {
    let label = |text: &String| match &question.kind {
        Kind::One(choices) => choices
            .iter()
            .find(|choice| choice.value == *text)
            .map_or_else(|| text.clone(), |choice| choice.label.clone()),
        _ => text.clone(),
    };
    let answer = match value {
        Value::One(text) => label(text),
        Value::Many(texts) if texts.len() > 3 => {
            format!("{} chosen: {}", texts.len(), texts.join(", "))
        }
        Value::Many(texts) => texts.join(", "),
    };
    let answer = if answer.is_empty() { "-" } else { &answer };
    // The last column stays free, and so do the sign and the space around the question.
    let room = size
        .columns
        .saturating_sub(width(answer).min(size.columns / 3) + 5);
    let prompt = fit(&question.prompt, room, paint.more());
    Row::of(Tone::Quiet, &format!("? {prompt}  ")).and(Tone::Accent, answer)
}
