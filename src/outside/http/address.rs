//! Addresses on pages: relative ones made absolute, and those left out that must not be followed.

/// The address that `reference` means on the page at `base`, dot segments resolved.
///
/// Only `http` and `https` addresses come out, and nothing that leaves `https` once the page was fetched by it.
pub fn resolve(base: &str, reference: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let (host, page) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some((other, _)) = reference.split_once("://") {
        let allowed = other == "https" || (other == "http" && scheme == "http");
        return allowed.then(|| reference.to_owned());
    }
    if let Some(rest) = reference.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match reference.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{reference}"),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            ".." => drop(segments.pop()),
            "" | "." => {}
            named => segments.push(named),
        }
    }
    Some(format!("{scheme}://{host}/{}", segments.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        for (base, reference, expected) in [
            (
                "https://h/a/b/json",
                "../../c/d.whl",
                Some("https://h/c/d.whl"),
            ),
            ("https://h/a/json", "../../../c", Some("https://h/c")),
            ("https://h/a/json", "c", Some("https://h/a/c")),
            ("https://h/a/json", "/c", Some("https://h/c")),
            ("https://h/a/json", "//o/c", Some("https://o/c")),
            ("https://h/a/json", "https://o/c", Some("https://o/c")),
            ("http://h:1/a/json", "http://o/c", Some("http://o/c")),
            ("https://h/a/json", "http://o/c", None),
            ("https://h/a/json", "file:///etc", None),
            ("h", "c", None),
        ] {
            assert_eq!(
                resolve(base, reference).as_deref(),
                expected,
                "{base} {reference}"
            );
        }
    }
}
