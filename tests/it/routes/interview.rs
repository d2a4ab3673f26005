//! The route of whoever is asked: every question of the wizard, answered by a script, in this process.

use super::{MEANINGS, assert_same, made};
use crate::sandbox::{Sandbox, new_yes};
use floxwright::ask::{
    Answers, Asker, Ended, Field, Kind, Origin, Question, REST, Reply, Review, ReviewReply, Rules,
    SHORT, Start, Stopped, Tables, Value, fill_defaults, intent_from, interview,
};
use floxwright::generate::generate;
use floxwright::nixpkgs::Index;
use floxwright::resolve::{Facts, Step, resolve};
use floxwright::scaffold::{Scaffold, built_in};

/// Gives fixed replies, by the field that is asked for.
struct Script {
    replies: Vec<(Field, Value)>,
    asked: Vec<Field>,
}

impl Asker for Script {
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Reply, Stopped> {
        assert_eq!(problem, None, "{:?}", question.field);
        self.asked.push(question.field);
        let reply = self
            .replies
            .iter()
            .find(|(field, _)| *field == question.field);
        Ok(Reply::Value(reply.map_or_else(
            || question.default.clone(),
            |(_, value)| value.clone(),
        )))
    }

    fn review(&mut self, _: &Review) -> Result<ReviewReply, Stopped> {
        Ok(ReviewReply::Apply)
    }

    fn show(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }
}

/// What a wizard offers is spelled in one way, and extras are for those who know them.
fn offered(flag: &str) -> String {
    match flag {
        "3.12" => "python312".to_owned(),
        "mit" => "MIT".to_owned(),
        // Where there is one source only, nobody is asked.
        "pypi" => "auto".to_owned(),
        _ => flag.split('[').next().unwrap().to_owned(),
    }
}

/// The replies that say the same as some flags.
fn replies(flags: &[String]) -> Vec<(Field, Value)> {
    let mut replies: Vec<(Field, Value)> = vec![(Field::Directory, Value::one("d"))];
    for pair in flags.chunks(2) {
        let field = Field::ALL
            .iter()
            .find(|field| field.flag() == pair[0])
            .unwrap();
        let said = Value::many(pair[1].split(','));
        match replies.iter_mut().find(|(known, _)| known == field) {
            Some((_, value)) => *value = Value::many([value.texts(), said.texts()].concat()),
            None => replies.push((*field, said)),
        }
    }
    replies
}

#[test]
fn the_interview_leads_to_the_same_bytes() {
    let scaffold = Scaffold::load("dagster", &built_in("dagster").unwrap()).unwrap();
    let index = Index::built_in().unwrap();
    for meaning in &MEANINGS {
        let flags: Vec<String> = meaning.flags.iter().map(|flag| offered(flag)).collect();
        let words: Vec<&str> = flags.iter().map(String::as_str).collect();
        let sandbox = Sandbox::new();
        let by_flags = made(&sandbox, &new_yes("d", &words));
        let mut script = Script {
            replies: replies(&flags),
            asked: Vec::new(),
        };
        let mut answers = Answers::new();
        let rules = Rules {
            scaffold: &scaffold,
            refusal: &|_, _| None,
        };
        for fields in [&SHORT[..], &REST[..]] {
            let ended = interview(fields, Start::First, &mut answers, rules, &mut script);
            assert_eq!(ended, Ok(Ended::Done));
        }
        assert!(script.asked.len() > 15, "{:?}", script.asked);
        assert!(
            answers
                .iter()
                .all(|(_, answer)| answer.origin == Origin::Asked)
        );
        fill_defaults(&mut answers, &scaffold);
        let intent = intent_from(&answers, &Tables::default(), &scaffold).unwrap();
        let Step::Done(resolution) =
            resolve(&intent, &scaffold, &index, &Facts::default()).unwrap()
        else {
            panic!("nothing has to be read");
        };
        let lock = resolution.lock;
        let (tree, _) = generate(&intent, &lock, &scaffold, &index).unwrap();
        assert_same(&by_flags, &tree, meaning.file);
    }
}

/// Wants another release than those that are listed.
#[derive(Default)]
struct Another {
    /// The questions, with the number of choices of each.
    asked: Vec<(String, usize)>,
}

impl Asker for Another {
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Reply, Stopped> {
        let (choices, said) = match &question.kind {
            Kind::One(choices) | Kind::Many(choices) => (choices.len(), "another"),
            // The first name that is given is none.
            _ if problem.is_none() => (0, "banana"),
            _ => (0, "v1.12.14"),
        };
        self.asked.push((question.prompt.clone(), choices));
        Ok(Reply::Value(match question.field {
            Field::Release => Value::one(said),
            _ => question.default.clone(),
        }))
    }

    fn review(&mut self, _: &Review) -> Result<ReviewReply, Stopped> {
        Ok(ReviewReply::Apply)
    }

    fn show(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }
}

#[test]
fn another_release_can_be_named_and_everything_is_offered() {
    let scaffold = Scaffold::load("dagster", &built_in("dagster").unwrap()).unwrap();
    let (mut another, mut answers) = (Another::default(), Answers::new());
    let rules = Rules {
        scaffold: &scaffold,
        refusal: &|_, _| None,
    };
    let ended = interview(&SHORT, Start::First, &mut answers, rules, &mut another);
    assert_eq!(ended, Ok(Ended::Done));
    assert_eq!(answers.text(Field::Release).as_deref(), Some("v1.12.14"));
    let asked: Vec<&str> = another
        .asked
        .iter()
        .map(|(prompt, _)| prompt.as_str())
        .collect();
    let which = [
        "Which release?",
        "Which other release?",
        "Which other release?",
    ];
    assert_eq!(asked[1..4], which);
    assert_eq!(asked.len(), SHORT.len() + 2);
    let packages = another
        .asked
        .iter()
        .find(|(prompt, _)| prompt.starts_with("Which packages"));
    assert_eq!(
        packages.unwrap().1,
        scaffold.catalogue.ever_offered().count()
    );
}
