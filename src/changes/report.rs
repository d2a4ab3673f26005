//! The changes as sections of a report, each with its lines: who, and what.

use super::{
    Changes, Fault, Moved, Named, Passed, ProgramChange, RequirementChange, Shared, SourceChange,
    Step,
};

/// One part of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: &'static str,
    /// Its lines; never none.
    pub items: Vec<Item>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The packages that it is about; none where it is about the whole.
    pub who: Vec<String>,
    /// What is to be said of them.
    pub what: String,
}

fn item(who: &str, what: impl Into<String>) -> Item {
    Item {
        who: vec![who.to_owned()],
        what: what.into(),
    }
}

fn whole(what: impl Into<String>) -> Item {
    Item {
        who: Vec::new(),
        what: what.into(),
    }
}

fn of<T>(all: &[Shared<T>], what: impl Fn(&T) -> String) -> Vec<Item> {
    let items = all.iter().map(|one| Item {
        who: one.packages.clone(),
        what: what(&one.change),
    });
    items.collect()
}

fn arrow(step: &Step) -> String {
    format!("{} → {}", shown(&step.from), shown(&step.to))
}

fn pythons(step: &Step) -> String {
    let any = |value: &str| if value.is_empty() { "any" } else { value }.to_owned();
    format!("{} → {}", any(&step.from), any(&step.to))
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "none" } else { value }
}

/// The sections that have something to say, what matters most first.
pub fn sections(changes: &Changes) -> Vec<Section> {
    let all = [
        ("Versions", versions(changes)),
        ("New here", named(&changes.came)),
        ("Gone", named(&changes.went)),
        ("Build system", of(&changes.build_systems, build_system)),
        ("Python", of(&changes.pythons, pythons)),
        ("Requirements", of(&changes.requirements, requirement)),
        ("Programs", of(&changes.programs, program)),
        ("Bounds that nixpkgs is past", of(&changes.passed, past)),
        (
            "Bounds that nixpkgs is no longer past",
            of(&changes.kept, was_past),
        ),
        ("Known faults", faults(&changes.faults, "")),
        ("Known faults that are gone", faults(&changes.mended, "")),
        ("Third parties", third_parties(changes)),
        ("nixpkgs", nixpkgs(changes)),
        ("Offered", offered(changes)),
    ];
    let sections = all.into_iter().filter(|(_, items)| !items.is_empty());
    sections
        .map(|(title, items)| Section { title, items })
        .collect()
}

fn versions(changes: &Changes) -> Vec<Item> {
    let mut items = of(&changes.versions, arrow);
    if let Some(source) = &changes.source {
        let SourceChange { step, because } = source;
        let text = format!(
            "sources from {} instead of {}: {because}",
            step.to, step.from
        );
        items.push(whole(text));
    }
    items
}

fn named(all: &[Named]) -> Vec<Item> {
    let items = all.iter().map(|one| {
        let Named {
            name,
            version,
            because,
        } = one;
        item(name, format!("{version}, {because}"))
    });
    items.collect()
}

fn build_system(step: &Step) -> String {
    format!("{} instead of {}", shown(&step.to), shown(&step.from))
}

fn requirement(change: &RequirementChange) -> String {
    match change {
        RequirementChange::Added { requirement } => format!("+ `{requirement}`"),
        RequirementChange::Removed { requirement } => format!("- `{requirement}`"),
        RequirementChange::Changed { from, to, .. } => format!("`{from}` → `{to}`"),
    }
}

fn program(change: &ProgramChange) -> String {
    match change {
        ProgramChange::Came(program) => format!("+ `{program}`"),
        ProgramChange::Went(program) => format!("- `{program}`"),
    }
}

fn past(passed: &Passed) -> String {
    let Passed {
        requirement,
        nixpkgs,
        relaxed,
    } = passed;
    let then = if *relaxed {
        "the bound is relaxed"
    } else {
        "and it cannot be relaxed"
    };
    format!("`{requirement}`: nixpkgs has {nixpkgs}, {then}")
}

fn was_past(passed: &Passed) -> String {
    format!("`{}`", passed.requirement)
}

fn faults(faults: &[Fault], before: &str) -> Vec<Item> {
    let items = faults.iter();
    items
        .map(|fault| item(&fault.package, format!("{before}{}", fault.text)))
        .collect()
}

fn moved(one: &Moved) -> Item {
    let homepage = if one.homepage.is_empty() {
        String::new()
    } else {
        format!(", {}", one.homepage)
    };
    item(&one.name, format!("{}{homepage}", arrow(&one.step)))
}

fn third_parties(changes: &Changes) -> Vec<Item> {
    let came = changes.third_parties_came.iter();
    let came = came.map(|one| item(&one.name, format!("new, {}: {}", one.version, one.because)));
    let went = changes.third_parties_went.iter();
    let went = went.map(|one| item(&one.name, format!("{} goes", one.version)));
    let others = changes.third_parties_moved.iter().map(moved);
    came.chain(went).chain(others).collect()
}

fn nixpkgs(changes: &Changes) -> Vec<Item> {
    let index = changes.index.iter();
    let index = index.map(|step| {
        whole(format!(
            "the index is of {}, and was of {}",
            step.to, step.from
        ))
    });
    index.chain(changes.nixpkgs.iter().map(moved)).collect()
}

fn offered(changes: &Changes) -> Vec<Item> {
    let Some(offered) = &changes.offered else {
        return Vec::new();
    };
    let all = [("new", &offered.came), ("no more", &offered.went)];
    let all = all.into_iter().filter(|(_, names)| !names.is_empty());
    all.map(|(word, names)| whole(format!("{word}: {}", names.join(", "))))
        .collect()
}
