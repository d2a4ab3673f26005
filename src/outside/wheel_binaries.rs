//! Which machines a wheel's files are for, whatever its tags say: some wheels for "any" platform carry programs for one.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::archive::ArchiveError;
use crate::python::Platform;

/// As much of a file as tells what it is.
const HEAD: u64 = 64;

/// The systems for which the wheel has programs or libraries in machine code.
///
/// # Errors
/// A damaged archive.
pub fn binaries(bytes: &[u8]) -> Result<BTreeSet<Platform>, ArchiveError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut found = BTreeSet::new();
    for at in 0..archive.len() {
        let file = archive.by_index(at)?;
        let mut head = Vec::new();
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        file.take(HEAD)
            .read_to_end(&mut head)
            .map_err(|error| ArchiveError::Text(name, error))?;
        found.extend(machines(&head));
    }
    Ok(found)
}

/// The systems for which a file is, by its first bytes: ELF, Mach-O, or several Mach-O in one.
fn machines(head: &[u8]) -> Vec<Platform> {
    let big = |at: usize| -> Option<u32> {
        let bytes = head.get(at..at + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    let little = |at: usize| big(at).map(u32::swap_bytes);
    let darwin = |cpu: Option<u32>| match cpu {
        Some(0x0100_0007) => Some(Platform::X8664Darwin),
        Some(0x0100_000c) => Some(Platform::Aarch64Darwin),
        _ => None,
    };
    match big(0) {
        Some(0x7f45_4c46) => match head.get(18..20) {
            Some([62, 0]) => vec![Platform::X8664Linux],
            Some([183, 0]) => vec![Platform::Aarch64Linux],
            _ => Vec::new(),
        },
        Some(0xcffa_edfe) => darwin(little(4)).into_iter().collect(),
        // Classes of Java begin alike; what follows is their version, which is larger than a number of machines.
        Some(0xcafe_babe) => match big(4) {
            Some(count) if count < 20 => (0..2.min(count as usize))
                .filter_map(|at| darwin(big(8 + 20 * at)))
                .collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn elf(machine: u8) -> Vec<u8> {
        let mut head = b"\x7fELF\x02\x01\x01".to_vec();
        head.resize(18, 0);
        head.extend([machine, 0]);
        head
    }

    #[test]
    fn first_bytes_tell_the_machine() {
        let fat = |count: u8| {
            let mut head = vec![0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, count];
            head.extend([1, 0, 0, 7].into_iter().chain([0; 16]));
            head.extend([1, 0, 0, 12].into_iter().chain([0; 16]));
            head
        };
        for (head, expected) in [
            (elf(62), "x86_64-linux"),
            (elf(183), "aarch64-linux"),
            (elf(40), ""),
            (vec![0xcf, 0xfa, 0xed, 0xfe, 7, 0, 0, 1], "x86_64-darwin"),
            (vec![0xcf, 0xfa, 0xed, 0xfe, 12, 0, 0, 1], "aarch64-darwin"),
            (fat(2), "x86_64-darwin aarch64-darwin"),
            (fat(1), "x86_64-darwin"),
            (fat(65), ""),
            (b"\x7fEL".to_vec(), ""),
            (b"#!/bin/sh".to_vec(), ""),
            (Vec::new(), ""),
        ] {
            let names: Vec<&str> = machines(&head).iter().map(|one| one.name()).collect();
            assert_eq!(names.join(" "), expected, "{head:?}");
        }
    }

    #[test]
    fn every_file_of_a_wheel_is_looked_at() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [
            ("a.py", b"".to_vec()),
            ("bin/a", elf(62)),
            ("bin/b", elf(183)),
        ] {
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file(name, options).unwrap();
            writer.write_all(&bytes).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let expected = [Platform::Aarch64Linux, Platform::X8664Linux];
        assert_eq!(binaries(&bytes).unwrap(), BTreeSet::from(expected));
        assert!(binaries(b"no zip").is_err());
    }
}
