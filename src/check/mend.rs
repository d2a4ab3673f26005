//! Edits of a package's text: a requirement more, an attribute more.

use super::{Edit, Fate, Finding, Package, Place, Repository};
use crate::adopt::Read;
use crate::nix::nix_attr;
use crate::nixpkgs::Lookup;
use crate::python::PyName;
use crate::recipe::{Build, Named};
use crate::tree::RelPath;
use std::fmt::Write as _;
use std::ops::Range;

/// The package set that a builder is taken from: `python313Packages` of `python313Packages.buildPythonPackage`. Nothing where it
/// is taken from none.
pub(super) fn set_of(build: &Build) -> Option<&str> {
    build.builder.value.rsplit_once('.').map(|(set, _)| set)
}

/// More requirements of one kind in the list of a package: behind one of that kind, or in a list of their own.
pub(super) fn addition(package: &Package<'_>, attributes: &[&str], kind: Fate) -> Option<Edit> {
    let build = package.build;
    let is_sibling = kind == Fate::Sibling;
    let set = set_of(build);
    if !is_sibling && set.is_none() {
        return None;
    }
    let text = &package.read.text;
    let is_like = |named: &&Named| is_sibling == named.set.is_empty() && named.extra.is_none();
    let is_plain = |named: &&Named| !named.is_conditional && package.owns(&named.range);
    let like = build.requires.iter().filter(is_like).filter(is_plain);
    let Some(last) = like.max_by_key(|named| named.range.start) else {
        return fresh_list(package, attributes, set.filter(|_| !is_sibling));
    };
    let written = text.get(last.range.clone())?.trim_matches(['(', ')', ' ']);
    let before = written.rsplit_once('.').filter(|_| !is_sibling);
    let before = before.map_or_else(String::new, |(before, _)| format!("{before}."));
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '\'');
    if !before.chars().all(is_path) {
        return fresh_list(package, attributes, set.filter(|_| !is_sibling));
    }
    let (at, gap) = behind_line(text, &last.range);
    let words = attributes
        .iter()
        .map(|name| format!("{gap}{before}{}", nix_attr(name)));
    Some(Edit {
        place: package.place(&(at..at)),
        text: words.collect(),
    })
}

/// Where one more item stands behind another, and the space before it: on the same line, or behind the comment that is about the other.
fn behind_line(text: &str, item: &Range<usize>) -> (usize, String) {
    let line = text.get(item.end..).unwrap_or_default();
    let line = line.lines().next().unwrap_or_default();
    let gap = gap_before(text, item);
    if !line.trim_start().starts_with(['#', '/']) {
        return (item.end, gap.to_owned());
    }
    let start = text.get(..item.start).unwrap_or_default().rfind('\n');
    let own = text.get(start.map_or(0, |at| at + 1)..).unwrap_or_default();
    let indentation = own.len() - own.trim_start().len();
    let gap = if gap.starts_with('\n') {
        gap.to_owned()
    } else {
        format!("\n{}", " ".repeat(indentation))
    };
    (item.end + line.trim_end().len(), gap)
}

/// A list of its own for the first requirements, or one behind the list that is there.
fn fresh_list(package: &Package<'_>, attributes: &[&str], set: Option<&str>) -> Option<Edit> {
    let set = set.map_or_else(String::new, |set| format!("{set}."));
    let words = attributes
        .iter()
        .map(|name| format!("{set}{}", nix_attr(name)));
    let words = words.collect::<Vec<_>>().join(" ");
    let build = package.build;
    let there = ["dependencies", "propagatedBuildInputs"];
    let mut there = there.iter().filter_map(|name| build.attribute(name));
    if let Some(attribute) = there.next() {
        let written = package.read.text.get(attribute.range.clone())?;
        let at = attribute.range.start + written.trim_end_matches(';').trim_end().len();
        // Behind `with`, the sum belongs to what the `with` opens, which does no harm.
        let list = build
            .lists
            .last()
            .filter(|list| package.owns(&list.range))?;
        return (list.range.end == at).then(|| Edit {
            place: package.place(&(at..at)),
            text: format!(" ++ [ {words} ]"),
        });
    }
    let text = format!("dependencies = [ {words} ];");
    entry(package.path, package.read, build, &text)
}

/// The members of an extra behind the list of requirements.
pub(super) fn extra(
    package: &Package<'_>,
    attribute: &str,
    extra: &PyName,
    fate: Fate,
) -> Option<Edit> {
    let build = package.build;
    let there = ["dependencies", "propagatedBuildInputs"];
    let entry = there.iter().find_map(|name| build.attribute(name))?;
    let written = package.read.text.get(entry.range.clone())?;
    let to = entry.range.start + written.trim_end_matches(';').trim_end().len();
    let list = build
        .lists
        .last()
        .filter(|list| package.owns(&list.range))?;
    if list.range.end != to {
        return None;
    }
    let name = match set_of(build) {
        Some(set) if fate != Fate::Sibling => format!("{set}.{}", nix_attr(attribute)),
        None if fate != Fate::Sibling && !package.has_argument(attribute) => return None,
        _ => nix_attr(attribute),
    };
    let extra = nix_attr(extra.as_str());
    Some(Edit {
        place: package.place(&(to..to)),
        text: format!(" ++ {name}.optional-dependencies.{extra}"),
    })
}

/// One more argument of a file. Where a comment stands behind the last one it comes before that, unless a comment stands there as well.
pub(super) fn argument(path: &RelPath, read: &Read, name: &str) -> Option<Edit> {
    let last = read.recipe.arguments.last()?;
    let gap = gap_before(&read.text, &last.range);
    let at = last.range.end;
    let behind = read.text.get(at..).unwrap_or_default();
    let behind = behind.lines().next().unwrap_or_default();
    if behind.contains(['#', '/']) {
        let before = read.text.get(..last.range.start)?.trim_end();
        let above = before.lines().next_back().unwrap_or_default();
        return (!above.contains(['#', '/'])).then(|| Edit {
            place: Place::new(path, &(last.range.start..last.range.start)),
            text: format!("{name},{gap}"),
        });
    }
    Some(Edit {
        place: Place::new(path, &(at..at)),
        text: format!(",{gap}{name}"),
    })
}

/// The space before a piece of text: the line end and the indentation, or a space.
fn gap_before<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    let before = text.get(..range.start).unwrap_or_default();
    let start = before.trim_end().len();
    let gap = before.get(start..).unwrap_or_default();
    // The first item of a list may stand behind the bracket without a space, or after an empty line.
    match gap.rfind('\n') {
        Some(at) => gap.get(at..).unwrap_or("\n"),
        None => " ",
    }
}

/// One more attribute of a package, behind its version or its name.
pub(super) fn entry(path: &RelPath, read: &Read, build: &Build, text: &str) -> Option<Edit> {
    let inside =
        |range: &Range<usize>| build.set.start <= range.start && range.end <= build.set.end;
    let names = ["version", "pname", "name"];
    let mut there = names.iter().filter_map(|name| build.attribute(name));
    let anchor = there.find(|attribute| inside(&attribute.range))?;
    let gap = gap_before(&read.text, &anchor.range);
    let gap = if read.text.get(build.set.clone())?.contains('\n') {
        gap
    } else {
        " "
    };
    let lines = text.lines().flat_map(|line| [gap, line]);
    let at = anchor.range.end;
    Some(Edit {
        place: Place::new(path, &(at..at)),
        text: lines.collect(),
    })
}

/// The attributes of nixpkgs' Python set that build a package: what its release says, or else what nixpkgs took before one had
/// to say it.
pub(super) fn backends(build: &Build, repository: &Repository<'_>) -> Vec<String> {
    let name = build.name().and_then(|name| name.parse().ok());
    let release = repository.subject.released;
    let released = name.and_then(|name| release?.packages.get(&name));
    let Some(released) = released else {
        return vec!["setuptools".to_owned()];
    };
    let mut found: Vec<String> = released
        .build_requires
        .iter()
        .map(|one| match repository.index.look_up(one.name()) {
            Lookup::Present { attribute, .. } => attribute.to_owned(),
            _ => one.name().to_string(),
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The module whose import proves a package.
pub(super) fn module(package: &Package<'_>, repository: &Repository<'_>) -> Option<String> {
    let fact = repository.scaffold.catalogue.packages.get(&package.name);
    if let Some(module) = fact.and_then(|fact| fact.module.clone()) {
        return Some(module);
    }
    let modules = &package.released?.modules;
    let own = package.name.underscored();
    if modules.contains(&own) {
        return Some(own);
    }
    modules.first().cloned()
}

/// The lines that say how a package is built, in the place of an entry.
pub(super) fn pyproject_text(
    text: &str,
    entry: Option<&Range<usize>>,
    build: &Build,
    repository: &Repository<'_>,
) -> Option<String> {
    let set = set_of(build)?;
    let gap = gap_before(text, entry?);
    let words = backends(build, repository);
    let words = words.iter().map(|name| format!("{set}.{}", nix_attr(name)));
    let words = words.collect::<Vec<_>>().join(" ");
    Some(match build.attribute("build-system") {
        Some(_) => "pyproject = true;".to_owned(),
        None => format!("pyproject = true;{gap}build-system = [ {words} ];"),
    })
}

/// A finding mended by saying how the package is built.
pub(super) fn pyproject(
    finding: Finding,
    (path, read, build): (&RelPath, &Read, &Build),
    repository: &Repository<'_>,
) -> Finding {
    let backends = backends(build, repository);
    let help = format!(
        "write `pyproject = true;` and `build-system` with {}",
        backends.join(", ")
    );
    let Some(set) = set_of(build) else {
        return finding.help(help);
    };
    let words: Vec<String> = backends
        .iter()
        .map(|backend| format!("{set}.{}", nix_attr(backend)))
        .collect();
    let mut text = "pyproject = true;".to_owned();
    if build.attribute("build-system").is_none() {
        let _ = write!(text, "\nbuild-system = [ {} ];", words.join(" "));
    }
    match entry(path, read, build, &text) {
        Some(edit) => finding.mended_by("say how it is built", vec![edit]),
        None => finding.help(help),
    }
}
