//! How a command ends when it cannot do what was asked.

use super::Problem;

/// The documented exit codes; one kind of failure each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 1: the world refused (target exists, network, disk, no workspace, newer lock).
    Refused,
    /// 2: what was asked is invalid, known before looking at the world.
    Invalid,
    /// 3: conflicts, written or planned.
    Conflicts,
    /// 4: `check`, `status` or `docs --check` found something.
    Found,
    /// 5: input is needed and there is no terminal to ask on.
    NeedsInput,
    /// 6: another run holds the lock.
    Locked,
    /// 130: interrupted; nothing written, or rolled back.
    Interrupted,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Refused => 1,
            Self::Invalid => 2,
            Self::Conflicts => 3,
            Self::Found => 4,
            Self::NeedsInput => 5,
            Self::Locked => 6,
            Self::Interrupted => 130,
        }
    }
}

/// Why a command stopped: the kind, all problems at once, and hints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The kind, which picks the exit code.
    pub exit: Exit,
    /// What is wrong; at least one, except where an interruption needs no words.
    pub problems: Vec<Problem>,
    /// What to do, one sentence each.
    pub hints: Vec<String>,
}

impl Failure {
    /// A failure with one problem.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self::all(exit, vec![Problem::new(message)])
    }

    /// A failure with several problems, told together.
    pub fn all(exit: Exit, problems: Vec<Problem>) -> Self {
        Self {
            exit,
            problems,
            hints: Vec::new(),
        }
    }

    /// 1: the world refused.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Exit::Refused, message)
    }

    /// 2: what was asked is invalid.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Exit::Invalid, message)
    }

    /// 130: interrupted, without a message.
    pub fn interrupted() -> Self {
        Self::all(Exit::Interrupted, Vec::new())
    }

    /// The same failure with the cause of its first problem.
    #[must_use]
    pub fn because(mut self, cause: impl std::fmt::Display) -> Self {
        if let Some(problem) = self.problems.first_mut() {
            problem.cause = Some(cause.to_string());
        }
        self
    }

    /// The same failure with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}
