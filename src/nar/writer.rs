//! Writing a NAR, node after node.

use std::io::{self, Read, Write};

/// How much of a file is read at once.
const CHUNK: usize = 128 << 10;

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// How many directories it lies in: 0 for the root.
    pub depth: usize,
    /// Its name in its directory, as bytes; it does not matter for the root.
    pub name: &'a [u8],
}

impl Place<'static> {
    /// The root's.
    pub const ROOT: Self = Self {
        depth: 0,
        name: b"",
    };
}

/// Writes nodes in the order of a NAR: each directory before what is in it, names of one directory in the order of their bytes.
#[derive(Debug)]
pub struct Writer<W> {
    sink: W,
    /// How many directories are open.
    open: usize,
    buffer: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// Begins.
    ///
    /// # Errors
    /// Those of the sink, as everywhere.
    pub fn new(sink: W) -> io::Result<Self> {
        let mut writer = Self {
            sink,
            open: 0,
            buffer: Vec::new(),
        };
        writer.words(&[b"nix-archive-1"])?;
        Ok(writer)
    }

    /// A directory; what is in it follows, one deeper.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn directory(&mut self, at: Place<'_>) -> io::Result<()> {
        self.begin(at)?;
        self.words(&[b"(", b"type", b"directory"])?;
        self.open += 1;
        Ok(())
    }

    /// A symbolic link.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn symlink(&mut self, at: Place<'_>, target: &[u8]) -> io::Result<()> {
        self.begin(at)?;
        self.words(&[b"(", b"type", b"symlink", b"target", target, b")"])?;
        self.end(at.depth)
    }

    /// A file of `size` bytes, executable by its owner or not.
    ///
    /// # Errors
    /// Those of the sink and of the content, and a content of another size.
    pub fn file(
        &mut self,
        at: Place<'_>,
        executable: bool,
        size: u64,
        content: &mut dyn Read,
    ) -> io::Result<()> {
        self.begin(at)?;
        self.words(&[b"(", b"type", b"regular"])?;
        if executable {
            self.words(&[b"executable", b""])?;
        }
        self.words(&[b"contents"])?;
        self.sink.write_all(&size.to_le_bytes())?;
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.resize(CHUNK, 0);
        let mut written = 0;
        loop {
            let read = match content.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            self.sink.write_all(&buffer[..read])?;
            written += read as u64;
        }
        self.buffer = buffer;
        if written != size {
            return Err(io::Error::other(format!(
                "it has {written} bytes, and {size} were expected"
            )));
        }
        self.pad(size)?;
        self.words(&[b")"])?;
        self.end(at.depth)
    }

    /// Closes everything.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn finish(mut self) -> io::Result<()> {
        self.close(0)
    }

    /// Closes what is no longer open at the place, and opens the node.
    fn begin(&mut self, at: Place<'_>) -> io::Result<()> {
        self.close(at.depth)?;
        if at.depth > 0 {
            self.words(&[b"entry", b"(", b"name", at.name, b"node"])?;
        }
        Ok(())
    }

    /// Ends a node that stands so deep.
    fn end(&mut self, depth: usize) -> io::Result<()> {
        if depth > 0 {
            self.words(&[b")"])?;
        }
        Ok(())
    }

    /// Closes directories until so many are open.
    fn close(&mut self, open: usize) -> io::Result<()> {
        while self.open > open {
            self.open -= 1;
            self.words(&[b")"])?;
            self.end(self.open)?;
        }
        Ok(())
    }

    /// Words, each with its length before it, filled up to eight bytes.
    fn words(&mut self, words: &[&[u8]]) -> io::Result<()> {
        for word in words {
            let length = word.len() as u64;
            self.sink.write_all(&length.to_le_bytes())?;
            self.sink.write_all(word)?;
            self.pad(length)?;
        }
        Ok(())
    }

    fn pad(&mut self, length: u64) -> io::Result<()> {
        let over = usize::try_from(length % 8).unwrap_or_default();
        let missing = (8 - over) % 8;
        self.sink.write_all(&[0; 8][..missing])
    }
}
