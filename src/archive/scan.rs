//! Searches for misplaced zip records: before, between and after the entries, in comments and extra fields. Other bytes there
//! are harmless, such as a self-extractor before the archive.

use std::io::{self, Read, Seek};

use super::records::{
    CENTRAL_HEADER, DESCRIPTOR, END, LOCAL_HEADER, LOCAL_HEADER_BYTES, ZIP64_END, ZIP64_LOCATOR,
    eight_bytes, four_bytes, read_at, two_bytes,
};

/// The size of a window, and the overlap with the next.
const WINDOW: usize = 1 << 16;
const AGAIN: usize = 32;

/// A record by its signature.
const RECORDS: [(&[u8], &str); 5] = [
    (LOCAL_HEADER, "a local header"),
    (CENTRAL_HEADER, "a central directory header"),
    (END, "an end record"),
    (ZIP64_END, "a zip64 end record"),
    (ZIP64_LOCATOR, "a zip64 end record locator"),
];

/// A record where none belongs.
pub(super) struct Record {
    /// The kind of record.
    pub(super) what: &'static str,
    /// The offset.
    pub(super) byte: u64,
    /// The name of the entry, where it is the header of one.
    pub(super) name: Option<Vec<u8>>,
}

/// The first record in some bytes, and its place among them.
pub(super) fn first_record(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let mut places = signatures(bytes);
    places.find_map(|at| {
        let mut kinds = RECORDS.iter();
        let (_, what) = kinds.find(|(signature, _)| bytes[at..].starts_with(signature))?;
        Some((*what, at))
    })
}

/// The first record in a part of the file that belongs to no entry.
pub(super) fn record_between(
    reader: &mut (impl Read + Seek),
    from: u64,
    to: u64,
) -> io::Result<Option<Record>> {
    windows(reader, from, to, |reader, begin, window| {
        let Some((what, at)) = first_record(window) else {
            return Ok(None);
        };
        let byte = begin + at as u64;
        let header = read_at(reader, byte, LOCAL_HEADER_BYTES)?;
        let name = match header.starts_with(LOCAL_HEADER) {
            true => {
                let length = two_bytes(&header, 26).into();
                Some(read_at(reader, byte + header.len() as u64, length)?)
            }
            false => None,
        };
        Ok(Some(Record { what, byte, name }))
    })
}

/// Whether the data of an entry contain another header, as in a nested archive.
pub(super) fn has_header(reader: &mut (impl Read + Seek), from: u64, to: u64) -> io::Result<bool> {
    let found = windows(reader, from, to, |_, _, window| {
        let mut places = signatures(window);
        Ok(places
            .any(|at| window[at..].starts_with(LOCAL_HEADER))
            .then_some(()))
    })?;
    Ok(found.is_some())
}

/// Whether the data of a stored entry contain a data descriptor with the size of the bytes before it: streaming readers would
/// end the entry there.
pub(super) fn has_early_descriptor(
    reader: &mut (impl Read + Seek),
    from: u64,
    to: u64,
) -> io::Result<bool> {
    let found = windows(reader, from, to, |_, begin, window| {
        let early = |at: &usize| {
            let before = begin + *at as u64 - from;
            let descriptor = &window[*at..];
            descriptor.starts_with(DESCRIPTOR)
                && descriptor.len() >= 16
                && (u64::from(four_bytes(descriptor, 8)) == before
                    || (descriptor.len() >= 24 && eight_bytes(descriptor, 8) == before))
        };
        Ok(signatures(window).find(early))
    })?;
    Ok(found.is_some())
}

/// The places where a record could begin.
fn signatures(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memmem::find_iter(bytes, b"PK")
}

/// Passes on a part of the file in windows until something is found. Windows overlap, so no record is split.
fn windows<R: Read + Seek, T>(
    reader: &mut R,
    from: u64,
    to: u64,
    mut look: impl FnMut(&mut R, u64, &[u8]) -> io::Result<Option<T>>,
) -> io::Result<Option<T>> {
    let mut begin = from;
    while begin < to {
        let length = (to - begin).min(WINDOW as u64) as usize;
        let window = read_at(reader, begin, length)?;
        let found = look(reader, begin, &window)?;
        if found.is_some() || begin + length as u64 >= to || window.len() < length {
            return Ok(found);
        }
        begin += (WINDOW - AGAIN) as u64;
    }
    Ok(None)
}
