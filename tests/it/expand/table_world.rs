//! A world of tables: answers in their order, one command, a fixed time.

use floxwright::diagnostic::Failure;
use floxwright::expand::{
    HookCommand, HookSet, NotRun, Notice, Place, Project, Question, Ran, StagedFile, Unanswered,
    Value, World,
};
use std::collections::VecDeque;

/// What the world does, and what it was asked.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that a world may do"
)]
pub(crate) struct TableWorld {
    pub(super) answers: VecDeque<(&'static str, Value)>,
    pub(super) asked: Vec<String>,
    pub(super) refuses_code: bool,
    pub(super) runs_commands: bool,
    pub(super) confirms: bool,
    pub(super) leaves: bool,
    pub(super) lines: Vec<String>,
    pub(super) digests: Vec<String>,
}

impl TableWorld {
    pub(super) fn answering(answers: impl IntoIterator<Item = (&'static str, Value)>) -> Self {
        Self {
            answers: answers.into_iter().collect(),
            ..Self::default()
        }
    }
}

impl World for TableWorld {
    fn ask(&mut self, question: &Question, _: Option<&str>) -> Result<Value, Unanswered> {
        self.asked.push(question.name.clone());
        if self.leaves {
            return Err(Unanswered::Stopped(Failure::interrupted()));
        }
        match self.answers.pop_front() {
            Some((name, value)) if name == question.name => Ok(value),
            Some((name, _)) => panic!("{name} was expected, not {}", question.name),
            None => Err(Unanswered::Nobody),
        }
    }

    fn place(&mut self, project: &Project) -> Result<Place, Failure> {
        Ok(Place {
            directory: format!("/made/{}", project.directory),
            within_cargo_project: false,
        })
    }

    fn permit(&mut self, hooks: &HookSet) -> Result<(), Failure> {
        self.digests.push(hooks.digest.clone());
        if self.refuses_code {
            return Err(hooks.refusal());
        }
        Ok(())
    }

    fn confirm(&mut self, _: &str) -> Result<bool, Unanswered> {
        Ok(self.confirms)
    }

    fn run(&mut self, mut command: HookCommand) -> Result<Ran, NotRun> {
        if !self.runs_commands {
            return Err(NotRun::Failed("no commands here".to_owned()));
        }
        self.lines.push(command.line.clone());
        let path = format!("{}/made-by-command", command.directory);
        let file = StagedFile {
            bytes: command.line.into_bytes(),
            mode: 0o644,
        };
        command.staged.insert_file(&path, file).unwrap();
        Ok(Ran {
            staged: command.staged,
            code: Some(0),
            stdout: format!(" it ran in {}\n", command.directory).into_bytes(),
            stderr: Vec::new(),
        })
    }

    fn now(&mut self) -> i64 {
        1_700_000_000
    }

    fn tell(&mut self, _: &Notice) {}
}
