//! Staged files as text: each after a line `//- path`, which may end in `[755]`, `[escaped]` or both; empty directories as `//- path/`, links as
//! `//- path -> target`.

use floxwright::expand::{Entry, Staged, StagedFile};
use std::fmt::Write as _;

const HEAD: &str = "//- ";

/// Reads files; lines before the first head are ignored.
pub(crate) fn read(text: &str) -> Staged {
    let mut staged = Staged::new();
    let mut open: Option<(String, u32, bool, Vec<&str>)> = None;
    for line in text.lines() {
        if let Some(head) = line.strip_prefix(HEAD) {
            close(&mut staged, open.take());
            let (path, flags) = match head.strip_suffix(']').and_then(|h| h.rsplit_once(" [")) {
                Some((path, flags)) => (path, flags),
                None => (head, ""),
            };
            let mode = flags
                .split(' ')
                .find_map(|flag| u32::from_str_radix(flag, 8).ok());
            let escaped = flags.split(' ').any(|flag| flag == "escaped");
            let path = String::from_utf8(unescaped(path)).unwrap();
            open = Some((path, mode.unwrap_or(0o644), escaped, Vec::new()));
        } else if let Some((_, _, _, body)) = &mut open {
            body.push(line);
        }
    }
    close(&mut staged, open);
    staged
}

fn close(staged: &mut Staged, open: Option<(String, u32, bool, Vec<&str>)>) {
    let Some((path, mode, escaped, body)) = open else {
        return;
    };
    if let Some(directory) = path.strip_suffix('/') {
        staged.insert_directory(directory).unwrap();
        return;
    }
    if let Some((path, target)) = path.split_once(" -> ") {
        staged.insert_link(path, target).unwrap();
        return;
    }
    let bytes = if escaped {
        unescaped(&body.join("\n"))
    } else {
        let lines = body.iter().flat_map(|line| [*line, "\n"]);
        lines.collect::<String>().into_bytes()
    };
    staged
        .insert_file(&path, StagedFile { bytes, mode })
        .unwrap();
}

/// Writes files, as [`read`] reads them.
pub(crate) fn write(staged: &Staged) -> String {
    let mut text = String::new();
    for (path, entry) in staged.iter() {
        match entry {
            Entry::Directory if staged.names(path).is_empty() => {
                writeln!(text, "{HEAD}{}/", escaped(path.as_bytes())).unwrap();
            }
            Entry::Directory => {}
            Entry::Link(target) => writeln!(text, "//- {path} -> {target}").unwrap(),
            Entry::File(file) => {
                let plain = is_plain(&file.bytes);
                let mut flags = Vec::new();
                if file.mode != 0o644 {
                    flags.push(format!("{:o}", file.mode));
                }
                if !plain {
                    flags.push("escaped".to_owned());
                }
                write!(text, "{HEAD}{}", escaped(path.as_bytes())).unwrap();
                if !flags.is_empty() {
                    write!(text, " [{}]", flags.join(" ")).unwrap();
                }
                text.push('\n');
                if plain {
                    text.push_str(&String::from_utf8_lossy(&file.bytes));
                } else {
                    text.push_str(&escaped(&file.bytes));
                    text.push('\n');
                }
            }
        }
    }
    text
}

fn is_plain(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let lines = text.lines().all(|line| {
        !line.starts_with(HEAD) && !line.starts_with("====") && !line.chars().any(char::is_control)
    });
    lines && (text.is_empty() || text.ends_with('\n')) && !text.contains('\r')
}

fn escaped(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' => text.push_str("\\\\"),
                '\n' => text.push_str("\\n"),
                '\r' => text.push_str("\\r"),
                '\t' => text.push_str("\\t"),
                c if c.is_control() || c == '\u{feff}' => {
                    for byte in c.to_string().bytes() {
                        write!(text, "\\x{byte:02x}").unwrap();
                    }
                }
                c => text.push(c),
            }
        }
        for byte in chunk.invalid() {
            write!(text, "\\x{byte:02x}").unwrap();
        }
    }
    text
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let (byte, length) = match rest.as_bytes()[at + 1] {
            b'n' => (b'\n', 2),
            b'r' => (b'\r', 2),
            b't' => (b'\t', 2),
            b'x' => (u8::from_str_radix(&rest[at + 2..at + 4], 16).unwrap(), 4),
            other => (other, 2),
        };
        bytes.push(byte);
        rest = &rest[at + length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

#[test]
fn the_text_form_is_read_back() {
    let text = "//- a\nx\n//- b/\n//- c [755 escaped]\na\\tb\\xff\n//- d\n";
    assert_eq!(write(&read(text)), text);
}
