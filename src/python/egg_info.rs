//! The `requires.txt` that setuptools puts into the `.egg-info` directory of an sdist.

use super::{PyName, Requirement, RequirementError};

/// The requirements and the extras of a `requires.txt`, in its order.
///
/// Its sections are `[extra]`, `[:marker]` and `[extra:marker]`; what stands before the first always holds.
///
/// # Errors
/// A line that is no requirement, an extra that is no name.
pub fn egg_requirements(text: &str) -> Result<(Vec<Requirement>, Vec<PyName>), RequirementError> {
    let (mut requires, mut extras) = (Vec::new(), Vec::new());
    let mut section = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(head) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            section = condition(head, &mut extras).map_err(|reason| RequirementError {
                raw: line.to_owned(),
                reason,
            })?;
        } else if section.is_empty() {
            requires.push(line.parse()?);
        } else if let Some((bare, marker)) = line.split_once(';') {
            requires.push(format!("{}; ({}) and {section}", bare.trim(), marker.trim()).parse()?);
        } else {
            requires.push(format!("{line}; {section}").parse()?);
        }
    }
    Ok((requires, extras))
}

/// The marker that a section's head stands for.
fn condition(head: &str, extras: &mut Vec<PyName>) -> Result<String, String> {
    let (extra, marker) = head.split_once(':').unwrap_or((head, ""));
    let mut parts = Vec::new();
    if !marker.trim().is_empty() {
        parts.push(format!("({})", marker.trim()));
    }
    if !extra.trim().is_empty() {
        let name: PyName = extra
            .trim()
            .parse()
            .map_err(|error: super::PyNameError| error.to_string())?;
        parts.push(format!("extra == \"{name}\""));
        if !extras.contains(&name) {
            extras.push(name);
        }
    }
    Ok(parts.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_become_markers() {
        let text = "six>=1\nRequests[socks]\n\n[:python_version < \"3.9\"]\nbackports\n\n[Web_UI]\nflask\n\
                    [Web_UI:sys_platform == \"darwin\"]\nappnope; python_version > \"3\"\n[empty]\n";
        let (requires, extras) = egg_requirements(text).unwrap();
        let raw: Vec<&str> = requires.iter().map(Requirement::raw).collect();
        assert_eq!(
            raw,
            [
                "six>=1",
                "Requests[socks]",
                "backports; (python_version < \"3.9\")",
                "flask; extra == \"web-ui\"",
                "appnope; (python_version > \"3\") and (sys_platform == \"darwin\") and extra == \"web-ui\"",
            ]
        );
        let extras: Vec<&str> = extras.iter().map(PyName::as_str).collect();
        assert_eq!(extras, ["web-ui", "empty"]);
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        for text in ["a b c", "[-]\nx", "[:no marker]\nx"] {
            assert!(egg_requirements(text).is_err(), "{text}");
        }
    }
}
