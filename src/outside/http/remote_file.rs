//! A file on a server, of which only the parts are fetched that somebody reads.

use std::io::{self, Read, Seek, SeekFrom};

use super::{Client, HttpError, Part};

/// How much is fetched at least at once.
const WINDOW: u64 = 64 << 10;

/// A file on a server, for readers that jump about in it, such as those of zip archives.
///
/// Where the server does not know parts, everything is fetched once.
#[derive(Debug)]
pub struct RemoteFile {
    client: Client,
    url: String,
    size: u64,
    position: u64,
    /// What is here: where each part begins, and the part.
    parts: Vec<(u64, Vec<u8>)>,
    /// The first request that failed, as it was.
    failed: Option<HttpError>,
}

impl RemoteFile {
    /// The file of `size` bytes at an address. Its end is fetched at once, for it says what is where.
    ///
    /// # Errors
    /// The server does not give it.
    pub fn open(client: &Client, url: &str, size: u64) -> Result<Self, HttpError> {
        let mut file = Self {
            client: client.clone(),
            url: url.to_owned(),
            size,
            position: 0,
            parts: Vec::new(),
            failed: None,
        };
        // The list of a zip archive's files grows with them.
        let end = (size / 64).max(WINDOW).min(size);
        file.fetch(size - end, size)?;
        Ok(file)
    }

    /// The request that failed while somebody read, if one did.
    pub fn into_failure(self) -> Option<HttpError> {
        self.failed
    }

    fn fetch(&mut self, from: u64, to: u64) -> Result<(), HttpError> {
        if from >= to {
            return Ok(());
        }
        let part = match self.client.get_part(&self.url, (from, to), self.size)? {
            Part::Asked(bytes) => (from, bytes),
            Part::Everything(bytes) => (0, bytes),
        };
        self.parts.push(part);
        Ok(())
    }

    /// What is here from the position on.
    fn here(&self) -> &[u8] {
        let found = self.parts.iter().find_map(|(start, bytes)| {
            let skipped = usize::try_from(self.position.checked_sub(*start)?).ok()?;
            bytes.get(skipped..).filter(|rest| !rest.is_empty())
        });
        found.unwrap_or_default()
    }
}

impl Read for RemoteFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        if self.here().is_empty() {
            let wanted = WINDOW.max(buffer.len() as u64);
            let to = self.position.saturating_add(wanted).min(self.size);
            if let Err(error) = self.fetch(self.position, to) {
                let told = io::Error::other(error.to_string());
                self.failed.get_or_insert(error);
                return Err(told);
            }
        }
        let here = self.here();
        let length = here.len().min(buffer.len());
        buffer[..length].copy_from_slice(&here[..length]);
        self.position += length as u64;
        Ok(length)
    }
}

impl Seek for RemoteFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "a position before the start")
        })?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::test_server::{Reply, Server};
    use super::*;

    fn bytes() -> Vec<u8> {
        (0..200_000_u32).map(|n| (n % 251) as u8).collect()
    }

    /// Reads 10 bytes at each place; the number of requests.
    fn check(reply: Reply, places: &[u64], requests: usize) {
        let server = Server::start([("/x".to_owned(), vec![reply])].into());
        let url = format!("{}/x", server.url());
        let mut file = RemoteFile::open(&Client::local(), &url, 200_000).unwrap();
        for place in places {
            let mut found = [0; 10];
            file.seek(SeekFrom::Start(*place)).unwrap();
            file.read_exact(&mut found).unwrap();
            let place = usize::try_from(*place).unwrap();
            assert_eq!(found, bytes()[place..place + 10], "at {place}");
        }
        assert_eq!(server.seen().len(), requests, "{places:?}");
    }

    #[test]
    fn only_what_is_read_is_fetched() {
        check(Reply::parts(bytes()), &[199_990, 150_000, 134_464], 1);
        check(Reply::parts(bytes()), &[199_990, 0, 65_520], 2);
        check(Reply::parts(bytes()), &[0, 65_530], 3);
    }

    #[test]
    fn a_server_without_parts_is_asked_once() {
        check(Reply::from((200, bytes())), &[199_990, 0, 70_000], 1);
    }

    #[test]
    fn the_end_is_the_end_and_nothing_is_before_the_start() {
        let server = Server::start([("/x".to_owned(), vec![Reply::parts(bytes())])].into());
        let url = format!("{}/x", server.url());
        let mut file = RemoteFile::open(&Client::local(), &url, 200_000).unwrap();
        assert_eq!(file.seek(SeekFrom::End(0)).unwrap(), 200_000);
        assert_eq!(file.read(&mut [0; 9]).unwrap(), 0);
        assert!(file.seek(SeekFrom::End(-200_001)).is_err());
        assert!(file.into_failure().is_none());
    }

    #[test]
    fn a_file_of_another_size_is_an_error() {
        let server = Server::start([("/x".to_owned(), vec![Reply::parts(vec![0; 9])])].into());
        let url = format!("{}/x", server.url());
        assert!(RemoteFile::open(&Client::local(), &url, 200_000).is_err());
        let everything = Server::start([("/x".to_owned(), vec![(200, vec![0; 9]).into()])].into());
        let url = format!("{}/x", everything.url());
        let mut file = RemoteFile::open(&Client::local(), &url, 200_000).unwrap();
        file.seek(SeekFrom::Start(50)).unwrap();
        assert_eq!(file.read(&mut [0; 9]).unwrap(), 0);
    }
}
