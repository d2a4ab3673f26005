//! The interview: what must be known, what is known already and from where, and what to ask next. Pure: it never touches
//! the terminal; whoever can put a [`Question`] to somebody implements [`Asker`].

mod answers;
mod asker;
mod field;

pub use answers::{Answer, Answers, Origin, Value};
pub use asker::{Asker, Choice, Kind, Question, Reply, Review, ReviewReply, Stopped};
pub use field::{Field, Shape};
