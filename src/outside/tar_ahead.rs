//! What stands in a tar file ahead of a member and says something about it: names that are too long for a header, or too odd.
//!
//! There are two ways, GNU's and that of pax. The second has records with their lengths, so that a name may hold anything.

use std::io::{self, Read};

use tar::{EntryType, Header};

use super::archive::ArchiveError;

/// The most that is read of one of them, in bytes.
const LARGEST: u64 = 1 << 20;

/// What was said ahead of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ahead {
    /// Its path.
    pub(super) path: Option<Vec<u8>>,
    /// Where its link leads.
    pub(super) target: Option<Vec<u8>>,
    /// The length of its content.
    pub(super) size: Option<u64>,
    /// Whether its content is written in pieces with holes between them.
    pub(super) sparse: bool,
}

impl Ahead {
    /// Takes an entry that says something about the next member, or about the archive; `false` for a member.
    ///
    /// # Errors
    /// What cannot be read, or is too long.
    pub(super) fn takes(
        &mut self,
        header: &Header,
        content: &mut dyn Read,
    ) -> Result<bool, ArchiveError> {
        match header.entry_type() {
            EntryType::GNULongName => self.path = Some(name(content)?),
            EntryType::GNULongLink => self.target = Some(name(content)?),
            EntryType::XHeader => self.attributes(&bytes(content)?)?,
            EntryType::XGlobalHeader => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The records of pax: each its length in decimal, a space, a key, `=`, a value, and a line end.
    fn attributes(&mut self, mut records: &[u8]) -> Result<(), ArchiveError> {
        while !records.is_empty() {
            let (key, value, rest) = record(records).ok_or_else(|| {
                ArchiveError::Tar(io::Error::other("the attributes of a file are damaged"))
            })?;
            match key {
                b"path" => self.path = Some(value.to_owned()),
                b"linkpath" => self.target = Some(value.to_owned()),
                b"size" => {
                    let digits = std::str::from_utf8(value).ok();
                    self.size = digits.and_then(|digits| digits.parse().ok());
                }
                _ => self.sparse |= key.starts_with(b"GNU.sparse."),
            }
            records = rest;
        }
        Ok(())
    }
}

/// The first record's key and value, and what comes after it.
fn record(records: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = records.iter().position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(&records[..space]).ok()?.parse().ok()?;
    let record = records.get(space + 1..length)?.strip_suffix(b"\n")?;
    let equals = record.iter().position(|byte| *byte == b'=')?;
    Some((&record[..equals], &record[equals + 1..], &records[length..]))
}

/// A long name of GNU's, up to its NUL.
fn name(content: &mut dyn Read) -> Result<Vec<u8>, ArchiveError> {
    let mut name = bytes(content)?;
    if let Some(end) = name.iter().position(|byte| *byte == 0) {
        name.truncate(end);
    }
    Ok(name)
}

fn bytes(content: &mut dyn Read) -> Result<Vec<u8>, ArchiveError> {
    let mut bytes = Vec::new();
    let read = content.take(LARGEST + 1).read_to_end(&mut bytes);
    if read.map_err(ArchiveError::Tar)? as u64 > LARGEST {
        return Err(ArchiveError::TooLarge(
            "a name or attributes of more than 1 MiB",
        ));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(records: &[u8], expected: impl Into<Option<Ahead>>) {
        let mut ahead = Ahead::default();
        let found = ahead.attributes(records).is_ok().then_some(ahead);
        assert_eq!(found, expected.into(), "{}", records.escape_ascii());
    }

    #[test]
    fn a_value_may_hold_anything() {
        let path = |path: &[u8]| Ahead {
            path: Some(path.to_owned()),
            ..Ahead::default()
        };
        check(b"", Ahead::default());
        check(b"12 path=a/b\n", path(b"a/b"));
        check(b"13 path=a\nb=\n", path(b"a\nb="));
        check(b"11 path=\xff\n\n", path(b"\xff\n"));
        check(b"8 key=v\n12 path=a/b\n", path(b"a/b"));
        let sparse = Ahead {
            sparse: true,
            size: Some(7),
            ..Ahead::default()
        };
        check(b"9 size=7\n22 GNU.sparse.major=1\n", sparse);
        for damaged in [
            &b"12 path=a/b"[..],
            b"11 path=a/b\n",
            b"13 path=a/b\n",
            b"x path=a/b\n",
            b"0 \n",
            b"2 \n",
            b"99999999999999999999 a=b\n",
            b"9 patha/b\n",
        ] {
            check(damaged, None);
        }
    }

    #[test]
    fn a_name_has_an_end() {
        assert_eq!(name(&mut &b"a/b\0\0"[..]).unwrap(), b"a/b");
        assert_eq!(name(&mut &b"a/b"[..]).unwrap(), b"a/b");
        assert!(name(&mut io::repeat(b'a')).is_err());
    }
}
