//! A world of tables: answers by name, no commands, a fixed time.

use floxwright::diagnostic::Failure;
use floxwright::expand::{
    HookCommand, HookSet, Notice, Place, Project, Question, Ran, Unanswered, Value, World,
};
use std::collections::BTreeMap;

/// Answers by the name of what is asked for.
#[derive(Default)]
pub(super) struct TableWorld {
    pub(super) answers: BTreeMap<String, Value>,
}

impl World for TableWorld {
    fn ask(&mut self, question: &Question, _: Option<&str>) -> Result<Value, Unanswered> {
        self.answers
            .remove(&question.name)
            .ok_or(Unanswered::Nobody)
    }

    fn place(&mut self, project: &Project) -> Result<Place, Failure> {
        Ok(Place {
            directory: format!("/made/{}", project.directory),
            within_cargo_project: false,
        })
    }

    fn permit(&mut self, _: &HookSet) -> Result<(), Failure> {
        Ok(())
    }

    fn confirm(&mut self, _: &str) -> Result<bool, Unanswered> {
        Err(Unanswered::Nobody)
    }

    fn run(&mut self, _: HookCommand) -> Result<Ran, String> {
        Err("no commands here".to_owned())
    }

    fn now(&mut self) -> i64 {
        1_700_000_000
    }

    fn tell(&mut self, _: &Notice) {}
}
