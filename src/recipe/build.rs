//! One package that a file builds.

use super::Said;
use super::attribute::{Attribute, attributes};
use super::fetch::attribute;
use super::lists::{Items, Named, packages, texts};
use super::meta::{Meta, meta};
use super::scope::{boolean, range, settled, text};
use super::source::{SourceText, source};
use rnix::ast::{AttrSet, BinOpKind, Expr};
use rowan::ast::AstNode;
use std::ops::Range;

/// How many sets may be put together for one package, one in the other.
const DEPTH: usize = 8;

/// How a package says that it is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// `pyproject = true`, or `false`.
    Pyproject(bool),
    /// `format = "setuptools"`
    Named(String),
}

/// What a package relaxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxed {
    /// The requirement's name.
    pub name: String,
    /// Whether only under a condition.
    pub is_conditional: bool,
    /// Where it stands.
    pub range: Range<usize>,
}

/// One package that a file builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// What it is bound to in the file.
    pub binding: Option<String>,
    /// The function that builds it: `python313Packages.buildPythonPackage`.
    pub builder: Said<String>,
    /// What is done with it before anybody sees it: `overrideAttrs`.
    pub wrapped: Option<Said<String>>,
    /// `pname`, or `name`.
    pub pname: Option<Said<String>>,
    /// `version`
    pub version: Option<Said<String>>,
    /// `src`
    pub source: Option<Said<SourceText>>,
    /// `sourceRoot`, as it is written between its quotes.
    pub source_root: Option<Said<String>>,
    /// `pyproject` or `format`
    pub format: Option<Said<Format>>,
    /// `dependencies` and `propagatedBuildInputs`
    pub requires: Vec<Named>,
    /// Which of the two the requirements stand in, with the place.
    pub lists: Vec<Said<String>>,
    /// `build-system` and `nativeBuildInputs`
    pub tools: Vec<Named>,
    /// `pythonRelaxDeps`; `true` is `*`.
    pub relaxes: Vec<Relaxed>,
    /// `pythonRemoveDeps`
    pub removes: Vec<Relaxed>,
    /// `pythonImportsCheck`; nothing where it is not there or cannot be read.
    pub imports: Option<Vec<Said<String>>>,
    /// `meta`
    pub meta: Option<Meta>,
    /// Every attribute, in the order of the text.
    pub attributes: Vec<Attribute>,
    /// What could not be read.
    pub unread: Vec<Range<usize>>,
    /// Whether one of the sets that its attributes are put together from could not be read.
    pub is_open: bool,
    /// The set of its attributes, from brace to brace.
    pub set: Range<usize>,
    /// The whole call.
    pub range: Range<usize>,
}

impl Build {
    /// Its name: the `pname`, or what it is bound to.
    pub fn name(&self) -> Option<&str> {
        let pname = self.pname.as_ref().map(|said| said.value.as_str());
        pname.or(self.binding.as_deref())
    }

    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
    }

    /// Whether it is built as a Python package.
    pub fn is_python(&self) -> bool {
        self.builder.value.contains("buildPython")
    }

    /// Reads the call of a builder.
    pub(super) fn of(builder: Said<String>, argument: &Expr, call: Range<usize>) -> Option<Self> {
        let mut build = Self {
            binding: None,
            builder,
            wrapped: None,
            pname: None,
            version: None,
            source: None,
            source_root: None,
            format: None,
            requires: Vec::new(),
            lists: Vec::new(),
            tools: Vec::new(),
            relaxes: Vec::new(),
            removes: Vec::new(),
            imports: None,
            meta: None,
            attributes: Vec::new(),
            unread: Vec::new(),
            is_open: false,
            set: 0..0,
            range: call,
        };
        for set in build.sets(argument, DEPTH) {
            build.set = range(&set);
            build.take(&set);
        }
        (!build.attributes.is_empty()).then_some(build)
    }

    /// The sets that the argument is put together from.
    fn sets(&mut self, argument: &Expr, depth: usize) -> Vec<AttrSet> {
        let Some(depth) = depth.checked_sub(1) else {
            return Vec::new();
        };
        match settled(argument.clone()) {
            Expr::AttrSet(set) => vec![set],
            Expr::Lambda(lambda) => lambda
                .body()
                .map(|body| self.sets(&body, depth))
                .unwrap_or_default(),
            Expr::LetIn(bindings) => bindings
                .body()
                .map(|body| self.sets(&body, depth))
                .unwrap_or_default(),
            Expr::BinOp(sum) if sum.operator() == Some(BinOpKind::Update) => [sum.lhs(), sum.rhs()]
                .into_iter()
                .flatten()
                .flat_map(|side| self.sets(&side, depth))
                .collect(),
            other => {
                self.unread.push(range(&other));
                self.is_open = true;
                Vec::new()
            }
        }
    }

    fn take(&mut self, set: &AttrSet) {
        self.attributes.extend(attributes(set));
        let value = |name: &str| attribute(set, name);
        let said = |name: &str| value(name).and_then(text);
        self.pname = said("pname").or_else(|| said("name")).or(self.pname.take());
        self.version = said("version").or(self.version.take());
        if let Some(value) = value("src") {
            self.source = Some(source(&value));
        }
        if let Some(value) = value("sourceRoot") {
            let written = value.syntax().text().to_string();
            let inner = written.trim_matches('"').to_owned();
            self.source_root = Some(Said::new(inner, range(&value)));
        }
        self.format = format(set).or(self.format.take());
        for name in ["dependencies", "propagatedBuildInputs"] {
            if let Some(value) = value(name) {
                let place = range(&value);
                self.lists.push(Said::new(name.to_owned(), place));
                let found = self.kept(packages(value));
                self.requires.extend(found);
            }
        }
        for name in ["build-system", "nativeBuildInputs"] {
            if let Some(value) = value(name) {
                let found = self.kept(packages(value));
                self.tools.extend(found);
            }
        }
        if let Some(value) = value("pythonImportsCheck") {
            let found = texts(value);
            let said = found.items.into_iter().map(|(said, _)| said);
            self.imports = found.unread.is_empty().then(|| said.collect());
        }
        self.meta = meta(set).or(self.meta.take());
        for name in ["pythonRelaxDeps", "pythonRemoveDeps"] {
            let Some(value) = value(name) else { continue };
            let found = self.relaxed(value);
            match name {
                "pythonRelaxDeps" => self.relaxes.extend(found),
                _ => self.removes.extend(found),
            }
        }
    }

    fn relaxed(&mut self, value: Expr) -> Vec<Relaxed> {
        let place = range(&value);
        match boolean(value.clone()) {
            Some(true) => {
                return vec![Relaxed {
                    name: "*".to_owned(),
                    is_conditional: false,
                    range: place,
                }];
            }
            Some(false) => return Vec::new(),
            None => {}
        }
        let found = self.kept(texts(value));
        let found = found.into_iter().map(|(said, is_conditional)| Relaxed {
            name: said.value,
            is_conditional,
            range: said.range,
        });
        found.collect()
    }

    fn kept<T>(&mut self, found: Items<T>) -> Vec<T> {
        self.unread.extend(found.unread);
        found.items
    }
}

fn format(set: &AttrSet) -> Option<Said<Format>> {
    if let Some(value) = attribute(set, "pyproject") {
        let place = range(&value);
        return boolean(value).map(|is| Said::new(Format::Pyproject(is), place));
    }
    let said = text(attribute(set, "format")?)?;
    Some(Said::new(Format::Named(said.value), said.range))
}
