//! The functions and methods from outside a `setup.py` whose result is known without running them.

use std::rc::Rc;

use ruff_python_ast::ExprCall;

use super::call::Arguments;
use super::evaluator::{Evaluator, MAX_LENGTH};
use super::expression::{as_str, iterated};
use super::text_method::lines;
use super::value::{Kind, Pairs, Value};
use super::{exec, path};
use crate::source_tree::packages::{Finder, Kind as PackageKind};

impl Evaluator<'_> {
    /// Calls something from outside by its full name.
    pub(super) fn call_outside(
        &mut self,
        call: &ExprCall,
        name: &str,
        arguments: &Arguments,
    ) -> Result<Value, Value> {
        let place = self.place(call);
        let given = arguments.positional.as_slice();
        if let Some(why) = given.iter().find_map(Value::as_unknown) {
            return Err(why);
        }
        if let Some(kind) = self.call_path(call, name, given)? {
            return Ok(kind.at(place));
        }
        let odd = |why: &str| self.unknown(call, why);
        let kind = match (name, given) {
            ("builtins.str", [of]) => Kind::Text(as_str(of)?),
            ("builtins.len", [of]) => {
                let length = match &of.kind {
                    Kind::Text(text) => Some(text.chars().count()),
                    _ => iterated(of).map(|members| members.len()),
                };
                let length = length.and_then(|length| i64::try_from(length).ok());
                Kind::Int(length.ok_or_else(|| odd("its length is not known"))?)
            }
            ("builtins.list" | "builtins.tuple", []) => Kind::list(Vec::new()),
            ("builtins.list", [of]) => Kind::list(self.through(call, of)?),
            ("builtins.tuple", [of]) => Kind::Tuple(self.through(call, of)?.into()),
            ("builtins.sorted", [of]) if arguments.named.is_empty() => {
                Kind::list(self.sorted(call, of)?)
            }
            ("builtins.dict", []) => {
                let pairs = arguments.named.iter();
                let pairs: Pairs = pairs
                    .map(|(name, value)| (Kind::text(name).at(place.clone()), value.clone()))
                    .collect();
                Kind::dict(pairs)
            }
            ("builtins.dict", [of]) => match &of.kind {
                Kind::Dict(pairs) if arguments.named.is_empty() => {
                    Kind::dict(pairs.borrow().clone())
                }
                _ => return Err(odd("a static reader does not follow these arguments")),
            },
            ("builtins.exec", [text]) => exec::run(self, text, None)?,
            ("builtins.exec", [text, names, ..]) => exec::run(self, text, Some(names))?,
            ("setuptools.find_packages", _) => {
                self.packages(call, PackageKind::Regular, arguments)?
            }
            ("setuptools.find_namespace_packages", _) => {
                self.packages(call, PackageKind::Namespace, arguments)?
            }
            _ => {
                let name = name.trim_start_matches("builtins.");
                return Err(odd(&format!("a static reader does not call `{name}`")));
            }
        };
        Ok(kind.at(place))
    }

    /// Calls something from outside that makes a path, or opens one; `None` for all else.
    fn call_path(
        &self,
        call: &ExprCall,
        name: &str,
        given: &[Value],
    ) -> Result<Option<Kind>, Value> {
        let odd = |why: &str| self.unknown(call, why);
        Ok(Some(match (name, given) {
            ("pathlib.Path" | "pathlib.PurePath", parts) => self.joined(call, parts)?,
            ("os.path.join", [_, ..]) => self.joined(call, given)?,
            ("os.path.abspath" | "os.path.realpath", [of]) => Self::path_of(of)?,
            ("os.path.dirname", [of]) => match Self::path_of(of)? {
                Kind::Path(of) => path::parent(&of).map_err(odd)?,
                other => other,
            },
            ("os.path.exists" | "os.path.isfile", [of]) => self.exists(of)?,
            ("builtins.open" | "io.open" | "codecs.open", [of, ..]) => match Self::path_of(of)? {
                Kind::Path(of) => Kind::File(of),
                other => other,
            },
            _ => return Ok(None),
        }))
    }

    /// Calls a method.
    pub(super) fn call_method(
        &mut self,
        call: &ExprCall,
        (of, name): (&Value, &str),
        arguments: &Arguments,
    ) -> Result<Value, Value> {
        let place = self.place(call);
        let given = arguments.positional.as_slice();
        let kind = match (&of.kind, name, given) {
            (Kind::List(_) | Kind::Dict(_), _, _) => {
                return self.container_method(call, (of, name), given);
            }
            (Kind::Path(_), "joinpath", parts) => {
                let parts: Vec<Value> = [of].into_iter().chain(parts).cloned().collect();
                self.joined(call, &parts)?
            }
            (Kind::Path(_), "resolve" | "absolute", []) => of.kind.clone(),
            (Kind::Path(_), "exists" | "is_file", []) => self.exists(of)?,
            (Kind::Path(path), "open", _) => Kind::File(Rc::clone(path)),
            (Kind::Path(path), "read_text", _) | (Kind::File(path), "read", []) => {
                return exec::read(self, call, path);
            }
            (Kind::File(path), "readlines", []) => {
                let text = exec::read(self, call, path)?;
                lines(&text)
            }
            (Kind::File(_), "close", []) => Kind::None,
            (Kind::Text(text), _, _) => self.text_method(call, (text, name), given)?,
            _ => {
                return Err(self.unknown(call, format!("a static reader does not call `{name}`")));
            }
        };
        Ok(kind.at(place))
    }

    /// The members of what can be gone through.
    pub(super) fn through(&self, call: &ExprCall, of: &Value) -> Result<Vec<Value>, Value> {
        let members = iterated(of).filter(|members| members.len() <= MAX_LENGTH);
        members.ok_or_else(|| {
            of.as_unknown()
                .unwrap_or_else(|| self.unknown(call, "this cannot be iterated over"))
        })
    }

    fn sorted(&self, call: &ExprCall, of: &Value) -> Result<Vec<Value>, Value> {
        let mut members = self.through(call, of)?;
        if let Some(odd) = members.iter().find(|member| member.as_text().is_none()) {
            return Err(odd.as_unknown().unwrap_or_else(|| {
                self.unknown(call, "only texts are sorted by a static reader")
            }));
        }
        members.sort_by(|a, b| a.as_text().cmp(&b.as_text()));
        Ok(members)
    }

    /// A path that a value names.
    fn path_of(value: &Value) -> Result<Kind, Value> {
        let odd = |why: &str| Kind::unknown(why).at(value.place.clone());
        match &value.kind {
            Kind::Path(_) => Ok(value.kind.clone()),
            Kind::Text(text) => path::join("", text).map_err(odd),
            Kind::Unknown(_) => Err(value.clone()),
            _ => Err(odd("this is no path that a static reader can follow")),
        }
    }

    fn joined(&self, call: &ExprCall, parts: &[Value]) -> Result<Kind, Value> {
        let mut joined = Kind::Path("".into());
        for (at, part) in parts.iter().enumerate() {
            joined = match (&joined, part.as_text()) {
                (Kind::Path(base), Some(more)) => {
                    path::join(base, more).map_err(|why| self.unknown(call, why))?
                }
                _ if at == 0 => Self::path_of(part)?,
                _ => {
                    return Err(
                        self.unknown(call, "this is no path that a static reader can follow")
                    );
                }
            };
        }
        Ok(joined)
    }

    fn exists(&self, of: &Value) -> Result<Kind, Value> {
        match Self::path_of(of)? {
            Kind::Path(path) => Ok(Kind::Bool(
                self.world.tree.contains(&self.world.path(&path)),
            )),
            other => Ok(other),
        }
    }

    /// `find_packages` and its like.
    fn packages(
        &self,
        call: &ExprCall,
        kind: PackageKind,
        arguments: &Arguments,
    ) -> Result<Kind, Value> {
        let at = |place: usize, name: &str| {
            let positional = arguments.positional.get(place);
            positional.or_else(|| arguments.named.get(name))
        };
        let texts = |value: Option<&Value>| {
            let Some(value) = value else {
                return Ok(None);
            };
            let members = self.through(call, value)?;
            let text = |member: &Value| member.as_text().map(str::to_owned);
            let texts: Option<Vec<String>> = members.iter().map(text).collect();
            texts.map(Some).ok_or_else(|| {
                self.unknown(call, "a static reader does not follow these arguments")
            })
        };
        let root = match at(0, "where").map(Self::path_of).transpose()? {
            Some(Kind::Path(path)) => path,
            _ => "".into(),
        };
        let finder = Finder {
            kind,
            root: &root,
            exclude: texts(at(1, "exclude"))?.unwrap_or_default(),
            include: texts(at(2, "include"))?.unwrap_or_else(|| vec!["*".to_owned()]),
        };
        let found = finder.find(self.world.tree, self.world.folder);
        let place = self.place(call);
        let found = found.iter().map(|name| Kind::text(name).at(place.clone()));
        Ok(Kind::list(found.collect()))
    }
}
