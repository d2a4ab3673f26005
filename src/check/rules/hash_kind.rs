//! `hash-kind`: a text that is no hash of the kind that is wanted.

use crate::check::{Finding, Place, Repository, Rule, Severity, Text};
use crate::nix::nix_string;
use crate::recipe::Hash;
use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};

pub(super) static RULE: Rule = Rule {
    id: "hash-kind",
    severity: Severity::High,
    title: "a text stands for a hash and is none of the kind that is wanted",
    text: Text {
        what: "`hash` is not written as `sha256-` with base64 behind it, `sha256` has another length than a SHA-256 has, or the text is no hash at all.",
        why: "Nix refuses to evaluate it, or takes it for the hash of another algorithm and then refuses what it fetched.",
        mend: "Write the hash as SRI: `hash = \"sha256-…=\";`. `nix hash convert` turns one into the other.",
        example: "fetchurl {\n  url = \"https://example.org/acme.tar.gz\";\n  hash = \"d41d8cd98f00b204e9800998ecf8427e\";\n}",
    },
    run,
};

/// Algorithms of an SRI hash, with the bytes that each has.
const LENGTHS: [(&str, usize); 4] = [("md5", 16), ("sha1", 20), ("sha256", 32), ("sha512", 64)];

fn run(repository: &Repository<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, read) in repository.recipes() {
        for fetch in &read.recipe.fetches {
            let Some((said, Hash::Text(text))) =
                fetch.hash.as_ref().map(|said| (said, &said.value))
            else {
                continue;
            };
            let inside = |range: &std::ops::Range<usize>| {
                range.start <= said.range.start && said.range.end <= range.end
            };
            let mut attributes = fetch.attributes.iter();
            let name = attributes.find(|attribute| inside(&attribute.range));
            let name = name.map(|attribute| attribute.name.as_str());
            let is_new = matches!(name, Some("hash" | "narHash"));
            let Some(message) = fault(text, is_new) else {
                continue;
            };
            let finding = RULE.found(message).at(path, &said.range);
            found.push(match sri(text).filter(|_| name.is_some()) {
                Some(sri) => {
                    let place = Place::new(path, &said.range);
                    finding.mended("write it as SRI", place, nix_string(&sri))
                }
                None => {
                    finding.help("write it as `sha256-` with the base64 of its 32 bytes behind it")
                }
            });
        }
    }
    found
}

/// What is wrong with a text as a hash.
fn fault(text: &str, is_new: bool) -> Option<String> {
    if let Some((algorithm, body)) = text.split_once('-') {
        let Some((_, length)) = LENGTHS.iter().find(|(name, _)| *name == algorithm) else {
            return Some(format!("`{algorithm}` is no algorithm that Nix knows"));
        };
        return match BASE64.decode(body.as_bytes()) {
            Ok(bytes) if bytes.len() == *length => None,
            Ok(bytes) => Some(format!(
                "a {algorithm} hash has {length} bytes, and this has {}",
                bytes.len()
            )),
            Err(_) => Some("what stands behind the dash is no base64".to_owned()),
        };
    }
    if let Some((algorithm, body)) = text.split_once(':') {
        let Some((_, length)) = LENGTHS.iter().find(|(name, _)| *name == algorithm) else {
            return Some(format!("`{algorithm}` is no algorithm that Nix knows"));
        };
        return (!is_written(body, *length))
            .then(|| format!("what stands behind the colon is no hash of {algorithm}"));
    }
    match (is_written(text, 32), is_new) {
        (true, false) => None,
        (true, true) => Some("`hash` is to be SRI, and this is not".to_owned()),
        (false, _) => Some("this is no hash of SHA-256".to_owned()),
    }
}

/// Whether a text is a hash of so many bytes in one of the older ways: hexadecimal, Nix's base 32, base64.
fn is_written(text: &str, length: usize) -> bool {
    let digits = [length * 2, (length * 8).div_ceil(5)];
    let is_plain = digits.contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric());
    let decoded = BASE64.decode(text.as_bytes());
    is_plain || decoded.is_ok_and(|bytes| bytes.len() == length)
}

/// The same hash as SRI, where it is one of SHA-256 in hexadecimal or in Nix's base 32.
fn sri(text: &str) -> Option<String> {
    let bytes = match text.len() {
        44 => BASE64.decode(text.as_bytes()).ok()?,
        64 => HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?,
        52 => base32(text)?,
        _ => return None,
    };
    Some(format!("sha256-{}", BASE64.encode(&bytes)))
}

/// Nix's base 32: no e, o, t and u, and the last character first.
fn base32(text: &str) -> Option<Vec<u8>> {
    const LETTERS: &str = "0123456789abcdfghijklmnpqrsvwxyz";
    let mut bytes = vec![0_u8; 32];
    for (at, letter) in text.chars().rev().enumerate() {
        let digit = u16::try_from(LETTERS.find(letter)?).ok()?;
        let (byte, bit) = (at * 5 / 8, at * 5 % 8);
        let wide = digit << bit;
        *bytes.get_mut(byte)? |= u8::try_from(wide & 0xff).ok()?;
        let rest = u8::try_from(wide >> 8).ok()?;
        match bytes.get_mut(byte + 1) {
            Some(next) => *next |= rest,
            None if rest == 0 => {}
            None => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_hash_is_read_in_every_form() {
        let wanted = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        for text in [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73",
        ] {
            assert_eq!(sri(text).as_deref(), Some(wanted));
            assert!(fault(text, true).is_some() && fault(text, false).is_none());
        }
        assert_eq!(fault(wanted, true), None);
        assert_eq!(sri(&"z".repeat(52)), None);
        for text in [
            "sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73",
            "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ] {
            assert_eq!(fault(text, true), None, "{text}");
        }
        let old = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert!(fault(old, false).is_none() && fault(old, true).is_some());
        assert!(fault("sha256:abc", true).is_some() && fault("sha3:abc", true).is_some());
        assert!(fault("sha256-AAAA", true).is_some() && fault("x", false).is_some());
    }
}
