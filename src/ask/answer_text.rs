//! What single answers may say, each as a function from a text to a value or to what is wrong with it.

use crate::diagnostic::did_you_mean;
use crate::model::NameError;
use crate::python::Version;
use crate::scaffold::Scaffold;
use crate::tree::RelPath;

pub(super) fn text<T: std::str::FromStr>(given: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    given
        .trim()
        .parse()
        .map_err(|error: T::Err| error.to_string())
}

pub(super) fn list<T: std::str::FromStr>(given: &str) -> Result<Vec<T>, String>
where
    T::Err: std::fmt::Display,
{
    text(given).map(|value| vec![value])
}

pub(super) fn name_message(error: &NameError) -> String {
    match &error.proposal {
        Some(proposal) => format!("{error}; `{proposal}` would do"),
        None => error.to_string(),
    }
}

/// A version in its normal form; whether the release exists is the resolver's question.
pub(super) fn release(given: &str, _: &Scaffold) -> Result<String, String> {
    let given = given.trim();
    let bare = given.strip_prefix('v').unwrap_or(given);
    bare.parse::<Version>()
        .map(|version| version.to_string())
        .map_err(|_| format!("`{}` is not a version", given.escape_debug()))
}

/// A branch, a tag or a commit as git could name it; nothing for none. Whether it is there is the server's question.
pub(super) fn rev(given: &str) -> Result<String, String> {
    let given = given.trim();
    let refuse = |rule: &str| {
        Err(format!(
            "`{}` is no branch, tag or commit: {rule}",
            given.escape_debug()
        ))
    };
    let taken =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '+' | '#');
    if !given.chars().all(taken) {
        return refuse("it takes letters, digits, `.`, `_`, `-`, `+`, `#` and `/`");
    }
    if given.starts_with(['-', '/', '.']) || given.ends_with(['/', '.']) {
        return refuse("it begins with a letter, a digit or `_`, and ends with no `/` or `.`");
    }
    if given.contains("..") || given.contains("//") || given.len() > 200 {
        return refuse("it has no `..` and no `//`, and at most 200 characters");
    }
    match named_release(given) {
        Some(release) => refuse(&format!(
            "it is the release {release}, which `upstream.release` names"
        )),
        None => Ok(given.to_owned()),
    }
}

/// The release that a tag names.
pub fn named_release(given: &str) -> Option<Version> {
    let bare = given.strip_prefix('v').unwrap_or(given);
    let dotted = bare.contains('.');
    let version = bare.parse::<Version>().ok().filter(|_| dotted)?;
    (version.is_stable() && !version.is_local() && version.epoch() == 0).then_some(version)
}

pub(super) fn documents_dir(given: &str) -> Result<Option<RelPath>, String> {
    let given = given.trim();
    let bare = given
        .strip_prefix("./")
        .unwrap_or(given)
        .trim_end_matches('/');
    if given == "." || given == "./" {
        return Ok(None);
    }
    let refuse = |rule: &str| {
        Err(format!(
            "`{}` is not a directory for documents: {rule}",
            given.escape_debug()
        ))
    };
    if bare.is_empty() || given.starts_with('/') {
        return refuse("it is a path from the top of the repository");
    }
    if !bare
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/'))
    {
        return refuse("links take letters, digits, `.`, `_`, `-` and `/`");
    }
    let path: RelPath = bare
        .parse()
        .map_err(|error: crate::tree::RelPathError| error.to_string())?;
    if path.components().any(|part| part.starts_with('.'))
        || path.components().next() == Some("runtime")
    {
        return refuse("hidden directories and `runtime` have other uses");
    }
    Ok(Some(path))
}

/// Source of the rule: the pattern for catalogue names in FloxHub's API.
pub(super) fn handle(given: &str) -> Result<String, String> {
    let given = given.trim();
    let good = given.is_empty()
        || ((3..=63).contains(&given.len())
            && given
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    if good {
        Ok(given.to_owned())
    } else {
        Err(format!(
            "`{}` is not a FloxHub handle: it takes 3 to 63 letters, digits, `-` and `_`",
            given.escape_debug()
        ))
    }
}

/// Licences whose text the scaffold can write.
pub const LICENSES: [&str; 2] = ["Apache-2.0", "MIT"];

pub(super) fn license(given: &str) -> Result<String, String> {
    let given = given.trim();
    match LICENSES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(given))
    {
        Some(known) => Ok((*known).to_owned()),
        None => Err(format!(
            "`{}` is not one of {}{}",
            given.escape_debug(),
            LICENSES.join(", "),
            did_you_mean(given, LICENSES)
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default()
        )),
    }
}

pub(super) fn remote(given: &str) -> Result<String, String> {
    let given = given.trim();
    if given.starts_with('-') || given.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Err(format!(
            "`{}` is not the address of a git remote",
            given.escape_debug()
        ))
    } else if has_password(given) {
        Err("the address carries a password or token, which would be committed and pushed; leave it out and let git's credential helper give it".to_owned())
    } else {
        Ok(given.to_owned())
    }
}

/// Whether an address has more than a user's name before its host.
fn has_password(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else {
        return false;
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let user = authority.rsplit_once('@').map(|(user, _)| user);
    user.is_some_and(|user| user.contains(':') || scheme.starts_with("http"))
}

pub(super) fn yes_or_no(given: &str) -> Result<(), String> {
    match given.trim() {
        "yes" | "no" => Ok(()),
        other => Err(format!("`{}` is not one of yes, no", other.escape_debug())),
    }
}
