//! What holds when nobody says otherwise. A default may depend on other answers, and on what the scaffold carries.

use super::{Answers, Field, Origin, Value, intent::name_for};
use crate::model::{Documents, Expose, Layout, Missing, Nixpkgs, Source, Storage, System, With};
use crate::scaffold::Scaffold;

/// The default of a field, given what is known; `None` where there is none.
pub fn default(field: Field, known: &Answers, scaffold: &Scaffold) -> Option<Value> {
    let upstream = &scaffold.catalogue.upstream;
    Some(match field {
        Field::Directory => Value::one(
            known
                .text(Field::Name)
                .unwrap_or_else(|| upstream.workspace.clone()),
        ),
        Field::Name => {
            let directory = known.text(Field::Directory).unwrap_or_default();
            let name = name_for(&directory).map(|name| name.to_string());
            Value::one(name.unwrap_or_else(|| upstream.workspace.clone()))
        }
        Field::Scaffold => Value::one(&scaffold.name),
        Field::Release => Value::one(scaffold.newest()?.release.to_string()),
        Field::Source => Value::one(Source::default().name()),
        Field::Layout => Value::one(Layout::default().name()),
        Field::Packages | Field::WithPython => Value::Many(Vec::new()),
        Field::Python => Value::one(&upstream.python),
        Field::Systems => Value::many(System::DEFAULT.iter().map(|system| system.name())),
        Field::Missing => Value::one(Missing::default().name()),
        Field::Nixpkgs => Value::one(Nixpkgs::default().name()),
        Field::EnvironmentName => Value::one(&upstream.environment),
        Field::Expose => Value::one(Expose::default().name()),
        Field::Storage => Value::one(Storage::default().name()),
        Field::Documents => Value::one(Documents::default().name()),
        Field::DocumentsDir => Value::one("docs"),
        Field::With => Value::many([With::default().name()]),
        Field::Publish => Value::many([known
            .text(Field::EnvironmentName)
            .unwrap_or_else(|| upstream.environment.clone())]),
        Field::License => Value::one(&upstream.license),
        Field::Rev | Field::Handle | Field::Remote => Value::one(""),
        Field::Lock => Value::one("no"),
        Field::GitName | Field::GitEmail => return None,
    })
}

/// Fills in every default that is missing.
pub fn fill_defaults(answers: &mut Answers, scaffold: &Scaffold) {
    for field in Field::ALL {
        if answers.get(*field).is_none()
            && let Some(value) = default(*field, answers, scaffold)
        {
            answers.set(*field, value, Origin::Default);
        }
    }
}
