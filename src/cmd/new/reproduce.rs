//! The command that makes the same repository again.

use super::{Gathered, Prepared};
use crate::ask::{Answers, Field, Shape, Tables, Value, default, fill_defaults, intent_value};
use crate::scaffold::default_name;
use crate::template::shell_word;

/// One line for a shell: every answer that is not a default, as a flag.
pub(super) fn reproduce(
    prepared: &Prepared,
    gathered: &Gathered,
    answers_file: Option<&str>,
) -> String {
    let mut words = vec![
        "floxwright".to_owned(),
        "new".to_owned(),
        path_word(&prepared.shown),
        "--yes".to_owned(),
    ];
    // Tables have no flags; the file that holds them is needed again.
    if gathered.tables != Tables::default()
        && let Some(file) = answers_file
    {
        words.push("--answers".to_owned());
        words.push(shell_word(file));
    }
    let mut known = Answers::new();
    if let Some(directory) = prepared.answers.get(Field::Directory) {
        known.set(Field::Directory, directory.value.clone(), directory.origin);
    }
    for field in Field::ALL.iter().filter(|field| !field.is_transient()) {
        let value = intent_value(&prepared.intent, *field);
        let default = match field {
            Field::Scaffold => Some(Value::one(default_name())),
            _ => default(*field, &known, &gathered.scaffold),
        };
        let is_default = default.is_some_and(|default| default == value);
        // The newest release changes with the program; the one that was made stays.
        if is_default && *field != Field::Release {
            continue;
        }
        match field.shape() {
            Shape::Text => words.extend([field.flag().to_owned(), shell_word(&value.line())]),
            Shape::List if value.texts().is_empty() => {
                words.extend([field.flag().to_owned(), "none".to_owned()]);
            }
            Shape::List => {
                words.extend(
                    value
                        .texts()
                        .iter()
                        .flat_map(|text| [field.flag().to_owned(), shell_word(text)]),
                );
            }
        }
        known.set(*field, value, crate::ask::Origin::Flag);
    }
    fill_defaults(&mut known, &gathered.scaffold);
    words.join(" ")
}

/// A path as one word for a shell, and as no option of a program.
pub(super) fn path_word(path: &str) -> String {
    if path.starts_with('-') {
        shell_word(&format!("./{path}"))
    } else {
        shell_word(path)
    }
}
