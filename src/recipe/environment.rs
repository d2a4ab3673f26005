//! Environments: several packages in one.

use super::Said;
use super::fetch::attribute;
use super::lists::{Named, packages};
use super::scope::{range, text};
use rnix::ast::{AttrSet, Expr};
use std::ops::Range;

/// Several packages in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The function: `buildEnv`, `withPackages`, `symlinkJoin`.
    pub function: Said<String>,
    /// What it is bound to.
    pub binding: Option<String>,
    /// Its name, with a version at the end where it has one.
    pub name: Option<Said<String>>,
    /// The packages in it.
    pub members: Vec<Named>,
    /// Names of the set that its attributes are in.
    pub attributes: Vec<Said<String>>,
    /// What could not be read of it.
    pub unread: Vec<Range<usize>>,
    /// The whole call.
    pub range: Range<usize>,
}

/// The attribute with the packages, by the function.
const FUNCTIONS: [(&str, &str); 4] = [
    ("buildEnv", "paths"),
    ("symlinkJoin", "paths"),
    ("override", "extraLibs"),
    ("withPackages", ""),
];

impl Environment {
    /// Whether a dotted function makes an environment.
    pub(super) fn is_maker(function: &[String]) -> bool {
        let last = function.last().map(String::as_str);
        let before = function
            .len()
            .checked_sub(2)
            .and_then(|at| function.get(at));
        FUNCTIONS.iter().any(|(name, _)| last == Some(*name))
            && (last != Some("override") || before.is_some_and(|name| name == "buildEnv"))
    }

    /// Reads a call of such a function.
    pub(super) fn of(function: &[String], argument: &Expr, call: Range<usize>) -> Option<Self> {
        let maker = function.last()?;
        let (_, list) = FUNCTIONS.iter().find(|(name, _)| name == maker)?;
        let mut made = Self {
            function: Said::new(function.join("."), call.start..range(argument).start),
            binding: None,
            name: None,
            members: Vec::new(),
            attributes: Vec::new(),
            unread: Vec::new(),
            range: call,
        };
        if list.is_empty() {
            let found = packages(argument.clone());
            (made.members, made.unread) = (found.items, found.unread);
            return Some(made);
        }
        let Expr::AttrSet(set) = argument else {
            made.unread.push(range(argument));
            return Some(made);
        };
        made.take(set, list);
        Some(made)
    }

    fn take(&mut self, set: &AttrSet, list: &str) {
        self.name = ["name", "pname"]
            .iter()
            .find_map(|name| attribute(set, name).and_then(text));
        self.attributes = super::attribute::attributes(set)
            .into_iter()
            .map(|attribute| Said::new(attribute.name, attribute.range))
            .collect();
        match attribute(set, list) {
            Some(paths) => {
                let found = packages(paths);
                self.members.extend(found.items);
                self.unread.extend(found.unread);
            }
            None => self.unread.push(range(set)),
        }
    }
}
