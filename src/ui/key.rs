//! Keys, read out of the bytes that a terminal sends.
//!
//! console can read keys, too. It is not used for that because it takes Ctrl-A for Home, turns `Ctrl-Right` into the
//! text `5C`, and switches the terminal to and from raw mode around every single key, so that what is typed or pasted
//! in between is echoed across the screen.

/// One key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// A character.
    Char(char),
    /// A character with the control key: `Ctrl('c')`.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Any other key; nothing listens to it.
    Other,
}

/// Whether more bytes can follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// They can.
    MayFollow,
    /// They would be here already.
    IsSilence,
}

/// The first key of the bytes, and how many bytes it takes. `None` when it takes more than there are.
pub(super) fn decode(bytes: &[u8], rest: Rest) -> Option<(Key, usize)> {
    let first = *bytes.first()?;
    let found = match first {
        0x1b => escape(bytes),
        b'\r' | b'\n' => Some((Key::Enter, 1)),
        b'\t' => Some((Key::Tab, 1)),
        0x7f | 0x08 => Some((Key::Backspace, 1)),
        0x00..0x20 => Some((Key::Ctrl(char::from(first | 0x40).to_ascii_lowercase()), 1)),
        _ => character(bytes),
    };
    match (found, rest) {
        (None, Rest::IsSilence) if bytes.len() == 1 && first == 0x1b => Some((Key::Esc, 1)),
        (None, Rest::IsSilence) => Some((Key::Other, bytes.len())),
        (found, _) => found,
    }
}

fn escape(bytes: &[u8]) -> Option<(Key, usize)> {
    match *bytes.get(1)? {
        b'[' => control_sequence(bytes),
        b'O' => Some((named(*bytes.get(2)?, ""), 3)),
        0x1b => Some((Key::Esc, 1)),
        _ => character(bytes.get(1..)?).map(|(_, length)| (Key::Other, length + 1)),
    }
}

/// `ESC [`, parameters, one final byte.
fn control_sequence(bytes: &[u8]) -> Option<(Key, usize)> {
    let body = bytes.get(2..)?;
    let length = body.iter().position(|byte| (0x40..=0x7e).contains(byte))?;
    let last = *body.get(length)?;
    if last == b'[' {
        // The Linux console: F1 is `ESC [ [ A`.
        return body.get(length + 1).map(|_| (Key::Other, length + 4));
    }
    let parameters = String::from_utf8_lossy(body.get(..length)?);
    let first = parameters.split(';').next().unwrap_or_default();
    Some((named(last, first), length + 3))
}

fn named(last: u8, parameter: &str) -> Key {
    match (last, parameter) {
        (b'A', _) => Key::Up,
        (b'B', _) => Key::Down,
        (b'C', _) => Key::Right,
        (b'D', _) => Key::Left,
        (b'H', _) | (b'~', "1" | "7") => Key::Home,
        (b'F', _) | (b'~', "4" | "8") => Key::End,
        (b'~', "3") => Key::Delete,
        (b'~', "5") => Key::PageUp,
        (b'~', "6") => Key::PageDown,
        (b'M', _) => Key::Enter,
        _ => Key::Other,
    }
}

fn character(bytes: &[u8]) -> Option<(Key, usize)> {
    let length = match *bytes.first()? {
        0x00..0x80 => 1,
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => return Some((Key::Other, 1)),
    };
    let key = match std::str::from_utf8(bytes.get(..length)?) {
        Ok(text) => text.chars().next().map_or(Key::Other, Key::Char),
        Err(_) => return Some((Key::Other, 1)),
    };
    match key {
        Key::Char(c) if c.is_control() => Some((Key::Other, length)),
        key => Some((key, length)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Key> {
        let mut keys = Vec::new();
        let mut rest = bytes;
        while let Some((key, length)) = decode(rest, Rest::IsSilence) {
            keys.push(key);
            rest = &rest[length..];
        }
        keys
    }

    #[test]
    fn bytes_become_keys() {
        use Key::*;
        for (bytes, keys) in [
            (&b"a\r\n"[..], vec![Char('a'), Enter, Enter]),
            (
                b"\x01\x03\x04\x1c",
                vec![Ctrl('a'), Ctrl('c'), Ctrl('d'), Ctrl('\\')],
            ),
            (b"\x1b[A\x1bOB\x1b[1;5C\x1b[D", vec![Up, Down, Right, Left]),
            (b"\x1b[1~\x1b[H\x1b[4~\x1b[F", vec![Home, Home, End, End]),
            (
                b"\x1b[3~\x1b[5~\x1b[6~\x1b[15~",
                vec![Delete, PageUp, PageDown, Other],
            ),
            (b"\x1b[[Ax", vec![Other, Char('x')]),
            (b"\x1bb\x1b\x1b", vec![Other, Esc, Esc]),
            (
                "é日\u{1f980}".as_bytes(),
                vec![Char('é'), Char('日'), Char('🦀')],
            ),
            (b"\xff\x80a\xe6\x97", vec![Other, Other, Char('a'), Other]),
            (b"\x7f\x08\t", vec![Backspace, Backspace, Tab]),
        ] {
            assert_eq!(all(bytes), keys, "{bytes:?}");
        }
    }

    #[test]
    fn half_a_key_waits_for_its_other_half() {
        for half in [
            &b"\x1b"[..],
            b"\x1b[",
            b"\x1b[1;",
            b"\x1bO",
            b"\xe6\x97",
            b"\x1b[[",
        ] {
            assert_eq!(decode(half, Rest::MayFollow), None, "{half:?}");
        }
        assert_eq!(decode(b"\x1b", Rest::IsSilence), Some((Key::Esc, 1)));
    }
}
