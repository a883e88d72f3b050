//! The positions of the entries of an archive: each has a local header that agrees with the central directory and its own bytes,
//! and no bytes between them could be taken for another entry.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::directory::Directory;
use super::error::{ArchiveError, Damage};
use super::inflate::{BUFFER, InflateEnd, inflate};
use super::records::{HAS_DESCRIPTOR, ListedEntry, LocalHeader, descriptor_length, read_at, text};
use super::scan;

/// The longest data descriptor: signature, checksum and two sizes of 64 bits.
const LONGEST_DESCRIPTOR: usize = 24;

/// The bytes of one entry: from its header on to the end of its packed bytes.
struct Span<'e, 'd> {
    entry: &'e ListedEntry<'d>,
    begin: u64,
    end: u64,
}

/// Checks the positions of all entries, and returns the offset of the compressed data of each, in the order of the directory.
pub(super) fn check<R: Read + Seek>(
    reader: &mut R,
    directory: &Directory,
    listed: &[ListedEntry<'_>],
) -> Result<Vec<u64>, ArchiveError> {
    let mut begins = Vec::with_capacity(listed.len());
    let mut spans = Vec::with_capacity(listed.len());
    let mut differences = Vec::new();
    for entry in listed {
        let nowhere = || ArchiveError::HeadersDiffer {
            entry: text(entry.name),
            fault: "no header at the stated offset".to_owned(),
        };
        let begin = entry.offset.checked_add(directory.base);
        let begin = begin.ok_or_else(nowhere)?;
        let header = LocalHeader::read(reader, begin).map_err(ArchiveError::Reading)?;
        let header = header.ok_or_else(nowhere)?;
        if let Some(second) = entry.second_name().or(header.second_name()) {
            return Err(ArchiveError::TwoNames {
                entry: text(second),
            });
        }
        differences.extend(header.agrees(entry).err().map(|fault| (entry.name, fault)));
        let [extra, comment] = entry.free;
        for part in [extra, comment, header.extra()] {
            if let Some((what, _)) = scan::first_record(part) {
                return Err(ArchiveError::HiddenRecord { what, byte: begin });
            }
        }
        begins.push(begin + header.length());
        spans.push(Span {
            entry,
            begin,
            end: (begin + header.length()).saturating_add(entry.packed_bytes),
        });
    }
    spans.sort_by_key(|span| (span.begin, span.end));
    no_overlap(&spans, directory.begin)?;
    if let Some((name, fault)) = differences.into_iter().next() {
        return Err(ArchiveError::HeadersDiffer {
            entry: text(name),
            fault,
        });
    }
    for span in &mut spans {
        if span.entry.flags & HAS_DESCRIPTOR != 0 {
            streamed(reader, span)?;
        }
    }
    no_overlap(&spans, directory.begin)?;
    nothing_hidden(reader, &spans, directory.begin)?;
    Ok(begins)
}

fn no_overlap(spans: &[Span<'_, '_>], directory: u64) -> Result<(), ArchiveError> {
    for pair in spans.windows(2) {
        if let [first, second] = pair
            && first.end > second.begin
        {
            return Err(ArchiveError::Overlap {
                entry: text(first.entry.name),
                other: text(second.entry.name),
            });
        }
    }
    match spans.last().filter(|last| last.end > directory) {
        Some(last) => Err(ArchiveError::OutOfPlace {
            entry: text(last.entry.name),
        }),
        None => Ok(()),
    }
}

/// Checks a streamed entry, and includes the data descriptor after its data in its span.
///
/// Who reads such an archive as a stream finds the end of the entry by the bytes themselves, so these must not end early.
fn streamed<R: Read + Seek>(reader: &mut R, span: &mut Span<'_, '_>) -> Result<(), ArchiveError> {
    let Span { entry, end, .. } = *span;
    let behind = read_at(reader, end, LONGEST_DESCRIPTOR).map_err(ArchiveError::Reading)?;
    let Some(length) = descriptor_length(&behind, entry) else {
        return Err(ArchiveError::HeadersDiffer {
            entry: text(entry.name),
            fault: "the data descriptor is missing or has different values".to_owned(),
        });
    };
    span.end = end + length;
    let begin = end - entry.packed_bytes;
    let early = match entry.method {
        0 => scan::has_early_descriptor(reader, begin, end).map_err(ArchiveError::Reading)?,
        _ => {
            scan::has_header(reader, begin, end).map_err(ArchiveError::Reading)?
                && ends_early(reader, begin, end).map_err(ArchiveError::Reading)?
        }
    };
    match early {
        true => Err(ArchiveError::Damaged {
            entry: text(entry.name),
            damage: Damage::EndsEarly,
        }),
        false => Ok(()),
    }
}

/// Whether a deflate stream ends before the end of its bytes.
fn ends_early<R: Read + Seek>(reader: &mut R, begin: u64, end: u64) -> io::Result<bool> {
    reader.seek(SeekFrom::Start(begin))?;
    let mut packed = BufReader::with_capacity(BUFFER, reader.take(end - begin));
    let complete = inflate(&mut packed, BUFFER as u64, |error| error, |_| Ok(()))?;
    let behind = packed.buffer().len() as u64 + packed.get_ref().limit();
    Ok(complete != InflateEnd::Complete || behind > 0)
}

/// Checks that no zip record is before, between or after the entries.
fn nothing_hidden<R: Read + Seek>(
    reader: &mut R,
    spans: &[Span<'_, '_>],
    directory: u64,
) -> Result<(), ArchiveError> {
    let begins = spans.iter().map(|span| span.begin).chain([directory]);
    let ends = [0].into_iter().chain(spans.iter().map(|span| span.end));
    for (from, to) in ends.zip(begins) {
        let record = scan::record_between(reader, from, to).map_err(ArchiveError::Reading)?;
        if let Some(record) = record {
            let (what, byte) = (record.what, record.byte);
            return Err(match record.name {
                Some(name) => ArchiveError::Hidden { entry: text(&name) },
                None => ArchiveError::HiddenRecord { what, byte },
            });
        }
    }
    Ok(())
}
