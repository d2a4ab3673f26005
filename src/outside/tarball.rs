//! The one walk over a tar file, plain or gzipped: from front to back, within limits, and nothing is unpacked to disk.
//!
//! What comes in was made by somebody else. So every name is looked at before anybody sees it, every count is limited,
//! and an archive is read to its very end, so that the check sums of its packing are compared.

use std::io::{self, BufReader, Read};

use flate2::read::MultiGzDecoder;
use tar::EntryType;

use super::archive::ArchiveError;
use super::bounded::Bounded;
use super::member_path::{climbs_out, folder, place, split_top};
use super::tar_ahead::Ahead;

/// The size of a block of a tar file.
const BLOCK: usize = 512;

/// How large an archive may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Unpacked, in bytes.
    pub(super) bytes: u64,
    /// How many members.
    pub(super) members: usize,
}

/// Where symbolic links may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// To a place in the archive.
    Inside,
    /// Anywhere: nobody follows them.
    Anywhere,
}

/// What a member is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file; executable by its owner or not.
    File { executable: bool },
    /// A directory.
    Directory,
    /// A symbolic link, and where it leads.
    Symlink(Vec<u8>),
    /// A hard link: another name of what stands at this path of the archive.
    Hardlink(Vec<u8>),
}

/// One member of an archive.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// Which one it is, from 0; those that are no members of a tree are counted as well.
    pub(super) number: usize,
    /// Its path: no empty part, no `.`, no slash at its end.
    pub(super) path: Vec<u8>,
    /// What it is.
    pub(super) kind: Kind,
    /// The length of its content.
    pub(super) size: u64,
}

impl Member {
    /// The path for a person, and for names that have to be text.
    pub(super) fn shown(&self) -> String {
        String::from_utf8_lossy(&self.path).into_owned()
    }

    /// The first part of the path, and the rest where there is one.
    pub(super) fn top(&self) -> (&[u8], Option<&[u8]>) {
        split_top(&self.path)
    }
}

/// Whether a walk goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// To the next member.
    On,
    /// No further; what follows is not even looked at.
    Stop,
}

/// Shows every member to `visit`, with its content; what `visit` leaves of that is passed over.
///
/// # Errors
/// What is no archive, is damaged, exceeds a limit, leads out of itself or holds a device; and what `visit` does not take.
pub(super) fn walk(
    archive: impl Read,
    limits: Limits,
    links: Links,
    visit: &mut dyn FnMut(&Member, &mut dyn Read) -> Result<Walk, ArchiveError>,
) -> Result<(), ArchiveError> {
    let mut unpacked = Bounded {
        inner: unpacked(archive)?,
        left: limits.bytes,
    };
    let mut archive = tar::Archive::new(&mut unpacked);
    let entries = archive.entries().map_err(ArchiveError::Tar)?.raw(true);
    let mut ahead = Ahead::default();
    for (number, entry) in entries.enumerate() {
        let entry = entry.map_err(ArchiveError::Tar)?;
        if number >= limits.members {
            return Err(ArchiveError::Members(limits.members));
        }
        let size = entry.size();
        let header = entry.header().clone();
        let mut content = Counted {
            inner: entry,
            read: 0,
        };
        if !ahead.takes(&header, &mut content)? {
            let member = member((number, size), &header, std::mem::take(&mut ahead), links)?;
            if let Some(member) = member
                && visit(&member, &mut content)? == Walk::Stop
            {
                return Ok(());
            }
        }
        io::copy(&mut content, &mut io::sink()).map_err(ArchiveError::Tar)?;
        if content.read != size {
            let broken = io::Error::new(io::ErrorKind::UnexpectedEof, "it breaks off");
            return Err(ArchiveError::Tar(broken));
        }
    }
    // Check sums stand at the end of what is packed, behind everything that matters to tar.
    io::copy(&mut unpacked, &mut io::sink()).map_err(ArchiveError::Tar)?;
    Ok(())
}

/// The bytes of a tar file, whether they are gzipped or not.
fn unpacked<'r>(mut archive: impl Read + 'r) -> Result<Box<dyn Read + 'r>, ArchiveError> {
    let mut start = Vec::new();
    let mut first = archive.by_ref().take(BLOCK as u64);
    first.read_to_end(&mut start).map_err(ArchiveError::Tar)?;
    let gzipped = start.starts_with(&[0x1f, 0x8b]);
    if !gzipped && !is_header(&start) {
        return Err(ArchiveError::NoArchive(beginning(&start)));
    }
    let whole = io::Cursor::new(start).chain(archive);
    Ok(if gzipped {
        Box::new(MultiGzDecoder::new(whole))
    } else {
        Box::new(BufReader::new(whole))
    })
}

/// Whether a block is the header of a member, by its check sum.
fn is_header(block: &[u8]) -> bool {
    let Some(header) = block.first_chunk::<BLOCK>() else {
        return false;
    };
    let stated = tar::Header::from_byte_slice(header).cksum();
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    let found = sum(&header[..148]) + 8 * u32::from(b' ') + sum(&header[156..]);
    stated.is_ok_and(|stated| stated == found)
}

/// How something begins, for a person.
fn beginning(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let line = text.trim_start().lines().next().unwrap_or_default();
    line.chars().take(40).collect::<String>()
}

/// The member that an entry is; `None` for the top itself, as `.`.
fn member(
    (number, size): (usize, u64),
    header: &tar::Header,
    ahead: Ahead,
    links: Links,
) -> Result<Option<Member>, ArchiveError> {
    let raw = ahead
        .path
        .unwrap_or_else(|| header.path_bytes().into_owned());
    let shown = String::from_utf8_lossy(&raw).into_owned();
    let target = || {
        let short = || header.link_name_bytes().unwrap_or_default().into_owned();
        ahead.target.unwrap_or_else(short)
    };
    let kind = match header.entry_type() {
        // A tar file older than directories has their names with a slash at the end.
        EntryType::Regular | EntryType::Continuous if raw.ends_with(b"/") => Kind::Directory,
        EntryType::Regular | EntryType::Continuous => Kind::File {
            executable: mode(header)? & 0o100 != 0,
        },
        EntryType::Directory => Kind::Directory,
        EntryType::Symlink => Kind::Symlink(target()),
        EntryType::Link => Kind::Hardlink(target()),
        EntryType::GNUSparse => return Err(ArchiveError::Sparse(shown)),
        EntryType::Char | EntryType::Block | EntryType::Fifo => {
            return Err(ArchiveError::Device(shown));
        }
        other => return Err(ArchiveError::Kind(shown, other.as_byte())),
    };
    if ahead.sparse || ahead.size.is_some_and(|stated| stated != size) {
        return Err(ArchiveError::Sparse(shown));
    }
    let path = place(&raw).ok_or_else(|| ArchiveError::Outside(shown.clone()))?;
    let leads_out = match &kind {
        Kind::Symlink(target) if links == Links::Inside => {
            target.starts_with(b"/") || climbs_out(&[folder(&path), target])
        }
        Kind::Hardlink(target) => place(target).is_none(),
        _ => false,
    };
    if leads_out {
        return Err(ArchiveError::Outside(shown));
    }
    Ok((!path.is_empty()).then_some(Member {
        number,
        path,
        kind,
        size,
    }))
}

/// The mode; a field that was left blank is none.
fn mode(header: &tar::Header) -> Result<u32, ArchiveError> {
    let field = &header.as_old().mode;
    if field.iter().all(|byte| matches!(byte, 0 | b' ')) {
        return Ok(0);
    }
    header.mode().map_err(ArchiveError::Tar)
}

/// A reader that counts.
struct Counted<R> {
    inner: R,
    read: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read += read as u64;
        Ok(read)
    }
}
