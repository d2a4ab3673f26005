//! The nearest of the names that exist.

/// The candidate that `name` most likely stands for, if one is near enough.
pub fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (similarity(name, candidate), candidate))
        .filter(|(score, _)| *score > 0.6)
        .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.cmp(x)))
        .map(|(_, candidate)| candidate)
}

/// From 0 (nothing in common) to 1 (equal). A name given without the common prefix (`postgres`) counts as very near.
fn similarity(name: &str, candidate: &str) -> f64 {
    let name = name.to_lowercase().replace('_', "-");
    let letters = strsim::normalized_damerau_levenshtein(&name, candidate);
    match candidate.rsplit(['-', '.']).next() {
        Some(last) if last == name => 0.9 + 0.1 * letters,
        _ => letters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_proposed() {
        let known = ["acme", "acme-graphql", "acme-mysql", "acme-postgres"];
        for (typed, meant) in [
            ("acme-postgress", Some("acme-postgres")),
            ("postgres", Some("acme-postgres")),
            ("Acme_MySQL", Some("acme-mysql")),
            ("zebra", None),
        ] {
            assert_eq!(did_you_mean(typed, known), meant, "{typed}");
        }
    }
}
