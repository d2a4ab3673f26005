//! Paths below a package's folder.

use super::value::Kind;

/// A path and one that is relative to it.
pub(super) fn join(base: &str, more: &str) -> Result<Kind, &'static str> {
    if more.starts_with('/') {
        return Err("this path leads out of the package");
    }
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in more.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or("this path leads out of the package")?),
            named => parts.push(named),
        }
    }
    Ok(Kind::Path(parts.join("/").into()))
}

/// The folder of a path.
pub(super) fn parent(path: &str) -> Result<Kind, &'static str> {
    if path.is_empty() {
        return Err("this path leads out of the package");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    Ok(Kind::Path(folder.into()))
}
