//! What the reader of zip archives does not tell: how many entries are claimed before they are read, which name stands twice,
//! and entries that the list at the end leaves out. Field positions are those of PKWARE's APPNOTE, section 4.3.

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::rc::Rc;

const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
const LOCAL_HEADER_BYTES: usize = 30;
const CENTRAL_HEADER: &[u8] = b"PK\x01\x02";
const CENTRAL_HEADER_BYTES: usize = 46;
const ZIP64_END: &[u8] = b"PK\x06\x06";
/// The longest comment with the end records before it.
const TAIL: u64 = (1 << 16) + 256;
const WINDOW: usize = 1 << 16;

/// A reader that reads no more than its budget.
pub(super) struct Budget<R> {
    /// What is read from.
    pub(super) reader: R,
    /// How many bytes may still be read; others may hold it too, to look at it or to raise it.
    pub(super) left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 && !buffer.is_empty() {
            return Err(io::Error::other("more bytes than expected"));
        }
        let most = buffer
            .len()
            .min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.reader.read(&mut buffer[..most])?;
        self.left.set(left - read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Budget<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}

/// The largest number of entries that an end record of the zip64 kind claims; 0 where there is none.
///
/// Memory is set aside for as many, so it is looked at before the archive is opened.
pub(super) fn claimed_entries(reader: &mut (impl Read + Seek), file_bytes: u64) -> io::Result<u64> {
    let mut tail = Vec::new();
    reader.seek(SeekFrom::Start(file_bytes.saturating_sub(TAIL)))?;
    reader.take(TAIL).read_to_end(&mut tail)?;
    let ends = (0..tail.len()).filter_map(|at| tail[at..].strip_prefix(ZIP64_END));
    let claims = ends.filter_map(|end| Some(u64::from_le_bytes(*end.get(28..)?.first_chunk()?)));
    Ok(claims.max().unwrap_or(0))
}

/// The first name that the list of entries has a second time.
pub(super) fn repeated_name(
    reader: &mut (impl Read + Seek),
    directory: u64,
) -> io::Result<Option<Vec<u8>>> {
    reader.seek(SeekFrom::Start(directory))?;
    let mut reader = BufReader::new(reader);
    let mut names = HashSet::new();
    loop {
        let mut header = [0; CENTRAL_HEADER_BYTES];
        if !filled(&mut reader, &mut header)? || !header.starts_with(CENTRAL_HEADER) {
            return Ok(None);
        }
        let mut name = vec![0; usize::from(two_bytes(&header, 28))];
        if !filled(&mut reader, &mut name)? {
            return Ok(None);
        }
        if let Some(name) = names.replace(name) {
            return Ok(Some(name));
        }
        let others = i64::from(two_bytes(&header, 30)) + i64::from(two_bytes(&header, 32));
        reader.seek_relative(others)?;
    }
}

/// The name of the first entry in a part of the archive that belongs to no entry.
pub(super) fn hidden_name(
    reader: &mut (impl Read + Seek),
    from: u64,
    to: u64,
) -> io::Result<Option<Vec<u8>>> {
    let mut window = Vec::with_capacity(WINDOW + LOCAL_HEADER_BYTES);
    let mut begin = from;
    while to - begin >= LOCAL_HEADER_BYTES as u64 {
        window.clear();
        reader.seek(SeekFrom::Start(begin))?;
        reader
            .take((to - begin).min(WINDOW as u64))
            .read_to_end(&mut window)?;
        if window.len() < LOCAL_HEADER_BYTES {
            break;
        }
        let last = window.len() - LOCAL_HEADER_BYTES;
        for at in (0..=last).filter(|at| window[*at..].starts_with(LOCAL_HEADER)) {
            let header = &window[at..];
            let name_bytes = u64::from(two_bytes(header, 26));
            let name_begin = begin + (at + LOCAL_HEADER_BYTES) as u64;
            if name_begin + name_bytes + u64::from(two_bytes(header, 28)) <= to {
                let mut name = Vec::new();
                reader.seek(SeekFrom::Start(name_begin))?;
                reader.take(name_bytes).read_to_end(&mut name)?;
                return Ok(Some(name));
            }
        }
        begin += last as u64 + 1;
    }
    Ok(None)
}

/// Fills the buffer; false where the reader ends before.
fn filled(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// The number in two bytes of a header.
fn two_bytes(header: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([header[at], header[at + 1]])
}
