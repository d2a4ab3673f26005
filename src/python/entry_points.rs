//! The programs that a wheel installs, from its `entry_points.txt`.

/// The names under `[console_scripts]`, sorted, each once.
///
/// The format is that of an INI file. A line that is not `name = target` is no program and is passed over.
pub fn console_scripts(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix('[') {
            inside = rest.strip_suffix(']').map(str::trim) == Some("console_scripts");
        } else if inside && !line.starts_with(['#', ';']) {
            names.extend(line.split_once('=').map(|(name, _)| name.trim().to_owned()));
        }
    }
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(console_scripts(text), expected, "{text:?}");
    }

    #[test]
    fn only_programs_are_listed() {
        check("", &[]);
        check(
            "[console_scripts]\nb = x:main\na-b=x.y:main [extra]\n",
            &["a-b", "b"],
        );
        check(
            "[gui_scripts]\ng = x:g\n[console_scripts]\n# c = x:c\n; d = x\n\na = x:a\n[other]\no = x:o",
            &["a"],
        );
        check(
            "\r\n[ console_scripts ]\r\na = x:main\r\na = x:main\r\n = y\r\nloose\r\n",
            &["a"],
        );
    }
}
