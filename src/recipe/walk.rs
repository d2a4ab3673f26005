//! Going through a whole file: every call of a builder, a fetcher, a maker of environments.

use super::comment::comments;
use super::given::given;
use super::lists::unwound;
use super::scope::{bare, dotted, path, range, settled};
use super::unbound::unbound;
use super::unused::unused;
use super::{Build, Environment, Fetch, Gives, Recipe, Said, SourceText};
use rnix::ast::{Apply, AttrpathValue, Expr, Ident, Param, Select};
use rowan::ast::AstNode;
use std::ops::Range;

/// How many layers are taken off to see what a file gives.
const LAYERS: usize = 64;

/// Reads a file.
pub(super) fn read(text: &str) -> Recipe {
    let parsed = rnix::Root::parse(text);
    let mut recipe = Recipe {
        fault: parsed.errors().first().map(|error| {
            let message = error.to_string();
            Said::new(words(&message), place(&message, text))
        }),
        ..Recipe::default()
    };
    let root = parsed.tree();
    for node in root.syntax().descendants() {
        if let Some(call) = Apply::cast(node.clone()) {
            take(&mut recipe, &call);
        } else if let Some(ident) = Ident::cast(node) {
            python(&mut recipe, &ident);
        }
    }
    number_sources(&mut recipe);
    if let Some(expression) = root.expr() {
        recipe.arguments = arguments(&expression);
        recipe.gives = gives(&recipe, expression.clone());
        recipe.given = given(expression);
    }
    recipe.comments = comments(root.syntax(), text);
    // What the parser could not make out may be a use.
    if recipe.fault.is_none() {
        recipe.unused = unused(root.syntax(), text);
        recipe.unbound = unbound(root.syntax());
    }
    recipe
}

/// Where the parser stopped: it names the bytes in its message, as `at 10..12`; where it names none, it came to the end.
fn place(message: &str, text: &str) -> Range<usize> {
    let numbers = message.split_once("at ").and_then(|(_, rest)| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (from, to) = rest.get(..end.unwrap_or(rest.len()))?.split_once("..")?;
        Some(from.parse().ok()?..to.parse().ok()?)
    });
    numbers
        .filter(|range: &Range<usize>| range.start <= range.end && range.end <= text.len())
        .unwrap_or(text.len()..text.len())
}

/// The parser's words without the bytes, which a person cannot count, and with words for its names of tokens.
fn words(message: &str) -> String {
    let place = message.find(" at ").map(|at| {
        let rest = message.get(at + 4..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        at..at + 4 + end.unwrap_or(rest.len())
    });
    let mut text = message.to_owned();
    if let Some(place) = place {
        text.replace_range(place, "");
    }
    let words = text.split(' ').map(|word| {
        let Some(at) = word.find("TOKEN_") else {
            return word.to_owned();
        };
        let (before, name) = word.split_at(at);
        format!(
            "{before}{}",
            name.replace("TOKEN_", "").replace('_', " ").to_lowercase()
        )
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Takes a call, if it is the whole of one and means something here.
fn take(recipe: &mut Recipe, call: &Apply) {
    let is_part = call
        .syntax()
        .parent()
        .and_then(Apply::cast)
        .is_some_and(|above| {
            above
                .lambda()
                .is_some_and(|it| it.syntax() == call.syntax())
        });
    if is_part {
        return;
    }
    let (function, arguments) = unwound(&Expr::Apply(call.clone()));
    let Some(function) = function else { return };
    let (Some(names), [argument, ..]) = (dotted(&function), arguments.as_slice()) else {
        return;
    };
    let Some(last) = names.last().cloned() else {
        return;
    };
    let whole = range(call);
    let around = Around::of(call);
    if Fetch::is_fetcher(&last) {
        if let Expr::AttrSet(set) = settled(argument.clone()) {
            let name = Said::new(last, range(&function));
            let mut fetch = Fetch::of(name, &set, whole);
            fetch.binding = around.binding;
            recipe.fetches.push(fetch);
        }
    } else if Environment::is_maker(&names) {
        let argument = settled(argument.clone());
        if let Some(mut made) = Environment::of(&names, &argument, whole) {
            made.binding = around.binding;
            recipe.environments.push(made);
        }
    } else if is_builder(&last, argument) {
        let builder = Said::new(names.join("."), range(&function));
        if let Some(mut build) = Build::of(builder, argument, whole) {
            build.binding = around.binding;
            build.wrapped = around.wrapped;
            recipe.builds.push(build);
        }
    }
}

/// Whether a function builds a package: by its name, or by what it is told.
fn is_builder(function: &str, argument: &Expr) -> bool {
    if function.starts_with("buildPython") {
        return true;
    }
    let set = match bare(argument.clone()) {
        Expr::AttrSet(set) => set,
        Expr::Lambda(lambda) => match lambda.body().map(bare) {
            Some(Expr::AttrSet(set)) => set,
            _ => return false,
        },
        _ => return false,
    };
    super::attribute::attributes(&set)
        .iter()
        .any(|attribute| attribute.name == "pname")
        && (function.starts_with("build") || function.starts_with("mk"))
}

/// What stands around a call.
struct Around {
    binding: Option<String>,
    wrapped: Option<Said<String>>,
}

impl Around {
    /// Looks outwards through parentheses, `.overrideAttrs` and the calls of that.
    fn of(call: &Apply) -> Self {
        let mut around = Self {
            binding: None,
            wrapped: None,
        };
        let mut node = call.syntax().clone();
        while let Some(above) = node.parent() {
            if let Some(select) = Select::cast(above.clone()) {
                let attrs = select.attrpath();
                let name = attrs.map(|path| path.syntax().text().to_string());
                around.wrapped = name.map(|name| Said::new(name, range(&select)));
            } else if let Some(entry) = AttrpathValue::cast(above.clone()) {
                let path = path(&entry).unwrap_or_default();
                if let [name] = path.as_slice() {
                    around.binding = Some(name.clone());
                }
                break;
            } else if !matches!(
                above.kind(),
                rnix::SyntaxKind::NODE_PAREN | rnix::SyntaxKind::NODE_APPLY
            ) || is_argument(&node, &above)
            {
                break;
            }
            node = above;
        }
        around
    }
}

/// Whether a node is what a function is applied to.
fn is_argument(node: &rnix::SyntaxNode, above: &rnix::SyntaxNode) -> bool {
    let call = Apply::cast(above.clone());
    let argument = call.and_then(|call| call.argument());
    argument.is_some_and(|argument| argument.syntax() == node)
}

fn python(recipe: &mut Recipe, ident: &Ident) {
    let Some(token) = ident.ident_token() else {
        return;
    };
    let bare = token
        .text()
        .strip_suffix("Packages")
        .unwrap_or(token.text());
    let minor = bare.strip_prefix("python3");
    if minor.is_some_and(|minor| minor.chars().all(|c| c.is_ascii_digit())) {
        recipe
            .pythons
            .push(Said::new(token.text().to_owned(), range(ident)));
    }
}

/// A package whose source is a call in its own text gets that fetch's number; so does one that names a binding of the file.
fn number_sources(recipe: &mut Recipe) {
    let fetches: Vec<(Option<String>, Range<usize>)> = recipe
        .fetches
        .iter()
        .map(|fetch| (fetch.binding.clone(), fetch.range.clone()))
        .collect();
    for build in &mut recipe.builds {
        let Some(source) = &mut build.source else {
            continue;
        };
        let number = match &source.value {
            SourceText::Fetch(_) => fetches.iter().position(|(_, range)| {
                source.range.start <= range.start && range.end <= source.range.end
            }),
            _ => None,
        };
        if let SourceText::Fetch(_) = source.value {
            source.value = number.map_or(SourceText::Other, SourceText::Fetch);
        }
    }
}

/// The names that a file takes.
fn arguments(expression: &Expr) -> Vec<Said<String>> {
    let Expr::Lambda(lambda) = bare(expression.clone()) else {
        return Vec::new();
    };
    match lambda.param() {
        Some(Param::Pattern(pattern)) => pattern
            .pat_entries()
            .filter_map(|entry| {
                let token = entry.ident()?.ident_token()?;
                Some(Said::new(token.text().to_owned(), range(&entry)))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What a file gives.
fn gives(recipe: &Recipe, expression: Expr) -> Gives {
    let mut expression = settled(expression);
    for _ in 0..LAYERS {
        let inner = match &expression {
            Expr::Lambda(lambda) => lambda.body(),
            Expr::LetIn(bindings) => bindings.body(),
            Expr::With(with) => with.body(),
            Expr::Assert(assert) => assert.body(),
            Expr::BinOp(sum) if sum.operator() == Some(rnix::ast::BinOpKind::Update) => sum.lhs(),
            _ => break,
        };
        match inner {
            Some(inner) => expression = settled(inner),
            None => break,
        }
    }
    let whole = range(&expression);
    let at = |range: &Range<usize>| whole.start <= range.start && range.end <= whole.end;
    let build = recipe.builds.iter().position(|build| at(&build.range));
    let environment = recipe.environments.iter().position(|made| at(&made.range));
    let fetch = recipe.fetches.iter().position(|fetch| at(&fetch.range));
    match (environment, build, fetch) {
        (Some(made), _, _) => Gives::Environment(made),
        (None, Some(build), _) => Gives::Build(build),
        (None, None, Some(fetch)) => Gives::Fetch(fetch),
        _ => only_environment(recipe, &expression),
    }
}

/// A command that makes programs of the one environment which the file binds gives that environment.
fn only_environment(recipe: &Recipe, expression: &Expr) -> Gives {
    let (function, _) = unwound(expression);
    let last = function.and_then(|function| dotted(&function)?.pop());
    let makes = last.is_some_and(|name| name.starts_with("runCommand") || name == "mkDerivation");
    let names: Vec<&str> = recipe
        .environments
        .iter()
        .filter_map(|made| made.binding.as_deref())
        .collect();
    let text = expression.syntax().text().to_string();
    match names.iter().position(|name| text.contains(*name)) {
        Some(at) if makes => Gives::Environment(at),
        _ => Gives::Other,
    }
}
