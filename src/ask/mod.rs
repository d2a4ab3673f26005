//! The interview: what must be known, what is known already and from where, and what to ask next. Pure: it never touches
//! the terminal; whoever can put a [`Question`] to somebody implements [`Asker`].

mod answer_text;
mod answers;
mod asker;
mod defaults;
mod field;
mod fixed_choices;
mod intent;
mod interview;
mod missing;
mod packages;
mod questions;

pub use answer_text::{LICENSES, named_release};
pub use answers::{Answer, Answers, Origin, Value};
pub use asker::{Asker, Choice, Kind, Question, Reply, Review, ReviewReply, Stopped};
pub use defaults::{default, fill_defaults};
pub use field::{Field, Shape};
pub use intent::{CheckTable, FieldProblem, Tables, intent_from, intent_value, split};
pub use interview::{Ended, Rules, Start, interview, quit_question};
pub use missing::missing;
pub use packages::{Offer, left_out};
pub use questions::{IDENTITY, REST, SHORT, question};
