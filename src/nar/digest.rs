//! SHA-256 of a stream of bytes, computed beside the work that makes them.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// How many bytes are handed over at once.
const CHUNK: usize = 256 << 10;

/// How many chunks may wait.
const WAITING: usize = 8;

/// A hash, and of how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digested {
    /// SHA-256 as Nix takes it: `sha256-` and base64.
    pub sri: String,
    /// So many bytes were hashed.
    pub bytes: u64,
}

/// Hashes what `write` writes, in a thread of its own: reading and hashing take about as long as each other.
///
/// # Errors
/// Those of `write`.
pub fn digest<E>(write: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<Digested, E> {
    thread::scope(|scope| {
        let (chunks, waiting) = sync_channel(WAITING);
        let hashing = scope.spawn(move || hash(&waiting));
        let mut sink = Sink {
            chunk: Vec::with_capacity(CHUNK),
            chunks,
        };
        let written = write(&mut sink);
        sink.hand_over();
        drop(sink);
        let digested = hashing.join();
        written?;
        // Hashing bytes cannot fail; if it does, this is no place to hide it.
        Ok(digested.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn hash(chunks: &Receiver<Vec<u8>>) -> Digested {
    let (mut sha, mut bytes) = (Sha256::new(), 0);
    for chunk in chunks {
        bytes += chunk.len() as u64;
        sha.update(&chunk);
    }
    Digested {
        sri: format!("sha256-{}", BASE64.encode(&sha.finalize())),
        bytes,
    }
}

/// Gathers bytes into chunks.
struct Sink {
    chunk: Vec<u8>,
    chunks: SyncSender<Vec<u8>>,
}

impl Sink {
    fn hand_over(&mut self) {
        let full = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK));
        // Whoever hashes takes everything, until there is nothing more.
        let _ = self.chunks.send(full);
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..taken]);
        if self.chunk.len() == CHUNK {
            self.hand_over();
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lengths: &[usize], expected: &str) {
        let digested = digest(|sink| {
            lengths
                .iter()
                .try_for_each(|length| sink.write_all(&vec![b'a'; *length]))
        });
        let bytes = lengths.iter().sum::<usize>() as u64;
        let expected = Digested {
            sri: expected.to_owned(),
            bytes,
        };
        assert_eq!(digested.unwrap(), expected, "{lengths:?}");
    }

    #[test]
    fn the_pieces_do_not_matter() {
        // Of nothing, and of a million times `a`: vectors of the standard.
        check(&[], "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        let million = "sha256-zcduXJkU+5KBocfihNc+Z/GAmkiklyAOBG05zMcRLNA=";
        check(&[1_000_000], million);
        check(&[1, 0, 262_143, 262_144, 475_712], million);
    }

    #[test]
    fn what_goes_wrong_while_writing_is_told() {
        let failed = digest(|sink| {
            sink.write_all(&[0; 1000])?;
            Err(io::Error::other("no more"))
        });
        assert_eq!(failed.unwrap_err().to_string(), "no more");
    }
}
