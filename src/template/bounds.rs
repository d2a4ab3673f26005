//! What a template may ask of the machine: the parser recurses, and a loop over a range holds every number of it.

/// Deeper blocks are refused.
const MAX_DEPTH: usize = 64;

/// Longer templates are refused.
const MAX_LENGTH: usize = 1 << 20;

/// Numbers of more digits are refused in a range.
const MAX_DIGITS: usize = 5;

/// Refuses what could exhaust the machine.
pub(super) fn check(template: &str) -> Result<(), &'static str> {
    if template.len() > MAX_LENGTH {
        return Err("it has more than 1 MiB");
    }
    let mut depth = 0_usize;
    for tag in template
        .split("{%")
        .skip(1)
        .filter_map(|rest| rest.split("%}").next())
    {
        let word = tag
            .trim_start_matches('-')
            .split_whitespace()
            .next()
            .unwrap_or_default();
        match word {
            "if" | "unless" | "for" | "case" | "capture" | "tablerow" | "comment" | "raw"
            | "ifchanged" => depth += 1,
            _ if word.starts_with("end") => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err("its blocks are nested more than 64 deep");
        }
        let digits = tag.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
        if tag.contains("..") && digits > Some(MAX_DIGITS) {
            return Err("it loops over a range of more than 99999 numbers");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_exhaust_the_machine_is_refused() {
        let deep = "{% if a %}".repeat(65);
        let flat = "{% if a %}{% endif %}".repeat(1000);
        let long = " ".repeat(MAX_LENGTH + 1);
        for (template, good) in [
            (deep.as_str(), false),
            (&flat, true),
            (&long, false),
            ("{% for i in (1..100000000000) %}{% endfor %}", false),
            ("{% for i in (1..100) %}{{ i }}{% endfor %}", true),
            ("{{ 123456789 }}", true),
        ] {
            assert_eq!(
                check(template).is_ok(),
                good,
                "{}",
                &template[..template.len().min(40)]
            );
        }
    }
}
