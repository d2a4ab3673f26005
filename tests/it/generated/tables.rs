//! The tables of the answers file and what each field can say, from the definition of the fields.

use floxwright::ask::Field;
use floxwright::model::Layout;

/// The fields of each table, in the order of the file; `""` holds what stands before every table.
pub(super) fn tables() -> Vec<(&'static str, Vec<(&'static str, Field)>)> {
    let mut tables: Vec<(&str, Vec<(&str, Field)>)> = Vec::new();
    for field in Field::ALL {
        let (table, key) = field.key().rsplit_once('.').unwrap_or(("", field.key()));
        match tables.iter_mut().find(|(name, _)| *name == table) {
            Some((_, fields)) => fields.push((key, *field)),
            None => tables.push((table, vec![(key, *field)])),
        }
    }
    tables
}

/// Other words for the same answers, which flags and answers files may use.
pub(super) fn aliases(field: Field) -> &'static [&'static str] {
    match field {
        Field::Layout => &["both", "separate", "closure"],
        Field::With => &["none"],
        _ => &[],
    }
}

#[test]
fn every_choice_is_read_as_it_is_written() {
    for layout in Field::Layout.choices().into_iter().map(|(name, _)| name) {
        assert_eq!(layout.parse::<Layout>().unwrap().name(), layout);
    }
    for alias in aliases(Field::Layout) {
        assert!(alias.parse::<Layout>().is_ok(), "{alias}");
    }
}
