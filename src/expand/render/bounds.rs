//! What a text may ask of the machine: blocks recurse, and a loop over a range holds every number of it.

/// Deeper blocks are refused.
const MAX_DEPTH: usize = 500;

/// More brackets in one tag are refused; they recurse too.
const MAX_BRACKETS: usize = 500;

/// Numbers of more digits are refused in a range.
const RANGE_DIGITS: usize = 6;

/// Numbers of more digits cannot be read.
const DIGITS: usize = 18;

/// Refuses what could exhaust the machine.
pub(super) fn check(text: &str) -> Result<(), &'static str> {
    let mut depth = 0_usize;
    for (at, _) in text.match_indices('{') {
        let rest = &text[at + 1..];
        let (inner, block) = match rest.as_bytes().first() {
            Some(b'{') => (rest[1..].split("}}").next(), false),
            Some(b'%') => (rest[1..].split("%}").next(), true),
            _ => continue,
        };
        let inner = inner.unwrap_or_default();
        let inner = &inner[..inner.floor_char_boundary(1 << 16)];
        if block {
            let word = inner.trim_start_matches('-').split_whitespace().next();
            match word.unwrap_or_default() {
                "if" | "unless" | "for" | "case" | "capture" | "tablerow" | "ifchanged" => {
                    depth += 1;
                }
                word if word.starts_with("end") => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if depth > MAX_DEPTH {
            return Err("its blocks are nested more than 500 deep");
        }
        if inner.matches(['[', '(']).count() > MAX_BRACKETS {
            return Err("a tag of it has more than 500 brackets");
        }
        let digits = inner
            .split(|c: char| !c.is_ascii_digit())
            .map(str::len)
            .max();
        let range = inner.contains("..");
        if digits > Some(DIGITS) {
            return Err("a number of it has more than 18 digits");
        }
        if range && digits > Some(RANGE_DIGITS) {
            return Err("it loops over a range of more than 999999 numbers");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_exhaust_the_machine_is_refused() {
        let deep = "{% if a %}".repeat(501);
        let flat = "{% if a %}{% endif %}".repeat(1000);
        let brackets = format!("{{{{ {}", "a[".repeat(501));
        for (text, good) in [
            (deep.as_str(), false),
            (&flat, true),
            (&brackets, false),
            ("{% for i in (1..100000000000) %}{% endfor %}", false),
            ("{% for i in (1..100) %}{{ i }}{% endfor %}", true),
            ("{{ 12345678901234567890 }}", false),
            ("{ 12345678901234567890 }", true),
        ] {
            assert_eq!(check(text).is_ok(), good, "{}", &text[..text.len().min(40)]);
        }
    }
}
