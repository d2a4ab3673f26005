//! What can be said about a person's input: a problem, where it stands, and what to do. Printing is the business of `ui`.

mod did_you_mean;
mod failure;
mod problem;

pub use did_you_mean::did_you_mean;
pub use failure::{Exit, Failure};
pub use problem::{Problem, Span};
