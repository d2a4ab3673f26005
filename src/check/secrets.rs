//! Secrets in texts: tokens by the marks that their makers give them, keys, and values under names that promise one.

use std::ops::Range;

/// What a kind of secret looks like.
struct Mark {
    /// How it begins.
    start: &'static str,
    /// Signs besides letters and digits behind the beginning.
    signs: &'static str,
    /// How many signs come behind the beginning at least.
    least: usize,
    /// What it is.
    what: &'static str,
}

const fn mark(start: &'static str, signs: &'static str, least: usize, what: &'static str) -> Mark {
    Mark {
        start,
        signs,
        least,
        what,
    }
}

/// The known ones.
const MARKS: [Mark; 22] = [
    mark("AIza", "_-", 35, "a key of Google's interfaces"),
    mark("AKIA", "", 16, "an access key of AWS"),
    mark("ASIA", "", 16, "an access key of AWS"),
    mark("SG.", "_-.", 60, "a key of SendGrid"),
    mark("dckr_pat_", "_-", 20, "a token of Docker Hub"),
    mark("flox_sat_", "_-.", 10, "a token of FloxHub"),
    mark("gho_", "", 36, "a token of GitHub"),
    mark("ghp_", "", 36, "a token of GitHub"),
    mark("ghr_", "", 36, "a token of GitHub"),
    mark("ghs_", "", 36, "a token of GitHub"),
    mark("ghu_", "", 36, "a token of GitHub"),
    mark("github_pat_", "_", 40, "a token of GitHub"),
    mark("glpat-", "_-", 20, "a token of GitLab"),
    mark("hf_", "", 34, "a token of Hugging Face"),
    mark("npm_", "", 36, "a token of npm"),
    mark("pypi-AgE", "_-", 50, "a token of PyPI"),
    mark("sk-ant-", "_-", 40, "a key of Anthropic"),
    mark("sk_live_", "", 24, "a key of Stripe"),
    mark("xoxa-", "-", 20, "a token of Slack"),
    mark("xoxb-", "-", 20, "a token of Slack"),
    mark("xoxp-", "-", 20, "a token of Slack"),
    mark("xoxs-", "-", 20, "a token of Slack"),
];

/// How the first line of a private key begins, and how it ends.
const KEY: (&str, &str) = ("-----BEGIN ", "PRIVATE KEY-----");

/// Larger texts are not looked through.
const LARGEST: usize = 4 << 20;

/// Ends of names whose values are secrets.
const NAMES: [&str; 14] = [
    "ACCESS_KEY",
    "API_KEY",
    "APIKEY",
    "AUTH_TOKEN",
    "CLIENT_SECRET",
    "CREDENTIALS",
    "PASSPHRASE",
    "PASSWD",
    "PASSWORD",
    "PRIVATE_KEY",
    "SECRET",
    "SECRET_KEY",
    "SIGNING_KEY",
    "TOKEN",
];

/// Values that stand for none.
const PLACEHOLDERS: [&str; 16] = [
    "...",
    "…",
    "changeme",
    "change-me",
    "dummy",
    "example",
    "false",
    "fake",
    "none",
    "null",
    "placeholder",
    "replace-me",
    "required",
    "secret",
    "true",
    "unset",
];

/// A secret in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Secret {
    /// What it is.
    pub(super) what: &'static str,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// The secrets in a text that their looks give away, in its order.
pub(super) fn secrets(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    if text.len() > LARGEST {
        return found;
    }
    for mark in &MARKS {
        for (start, _) in text.match_indices(mark.start) {
            if let Some(range) = marked(text, start, mark) {
                found.push(Secret {
                    what: mark.what,
                    range,
                });
            }
        }
    }
    for (start, _) in text.match_indices(KEY.0) {
        let rest = text.get(start..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        if let Some(at) = line.find(KEY.1) {
            found.push(Secret {
                what: "a private key",
                range: start..start + at + KEY.1.len(),
            });
        }
    }
    found.sort_by_key(|secret| (secret.range.start, secret.range.end));
    found
}

/// The secret of a kind that begins at a place. What is all one letter, or says that it is an example, is none.
fn marked(text: &str, start: usize, mark: &Mark) -> Option<Range<usize>> {
    let before = text.get(..start)?.chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || "_-/+".contains(c)) {
        return None;
    }
    let body = text.get(start + mark.start.len()..)?;
    let is_part = |c: &char| c.is_ascii_alphanumeric() || mark.signs.contains(*c);
    let length: usize = body.chars().take_while(is_part).count();
    let body = body.get(..length)?;
    let first = body.chars().next()?;
    let is_example = body.to_lowercase().contains("example") || body.chars().all(|c| c == first);
    (length >= mark.least && !is_example).then(|| start..start + mark.start.len() + length)
}

/// Whether a name promises a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_uppercase().replace('-', "_");
    NAMES.iter().any(|end| {
        name.strip_suffix(end)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
    })
}

/// Whether a value is written out: no reference to something else, and nothing that only stands for one.
pub(super) fn is_literal(value: &str) -> bool {
    let value = value.trim();
    let refers = value.contains('$') || value.contains("{{") || value.starts_with(['<', '/', '~']);
    let mut signs = value.chars();
    let first = signs.next();
    let is_one_sign = signs.all(|sign| Some(sign) == first);
    !refers && !is_one_sign && !PLACEHOLDERS.contains(&value.to_lowercase().as_str())
}

/// A text with its secrets made unreadable, all places being as before.
pub fn masked(text: &str) -> String {
    let mut masked = text.to_owned();
    for secret in secrets(text) {
        // The beginning tells what it is.
        let start = secret.range.start + 4;
        let range = start.min(secret.range.end)..secret.range.end;
        if secret.what != "a private key" {
            masked.replace_range(range.clone(), &"*".repeat(range.len()));
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_their_looks() {
        let token = format!("ghp_{}", "aB3".repeat(12));
        for (text, expected) in [
            (format!("token: {token}"), 1),
            (format!("x{token}"), 0),
            (format!("ghp_{}", "x".repeat(36)), 0),
            ("AKIAIOSFODNN7EXAMPLE".to_owned(), 0),
            (format!("AKIA{}", "IOSFODNN7ABCDEFG"), 1),
            (format!("{}EC {}", KEY.0, KEY.1), 1),
            ("ghp_short".to_owned(), 0),
        ] {
            assert_eq!(secrets(&text).len(), expected, "{text}");
        }
        assert_eq!(masked(&token), format!("ghp_{}", "*".repeat(36)));
    }

    #[test]
    fn names_and_values_are_weighed() {
        for name in [
            "A_TOKEN",
            "token",
            "DB-PASSWORD",
            "API_KEY",
            "AWS_SECRET_ACCESS_KEY",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "TOKENS",
            "PASSWORD_FILE",
            "KEYBOARD",
            "MYTOKEN",
            "HAS_TOKEN_X",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
        for value in ["hunter2", "s3cr3t"] {
            assert!(is_literal(value), "{value}");
        }
        for value in [
            "",
            "$X",
            "${{ secrets.X }}",
            "<yours>",
            "xxxx",
            "changeme",
            "/run/secret",
        ] {
            assert!(!is_literal(value), "{value}");
        }
    }
}
