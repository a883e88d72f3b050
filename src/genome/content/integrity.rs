//! Whether a file of a binary format is all there, by the few places in it that show that.

use std::io::{self, Read, Seek};

use super::file_bytes::number;
use super::{ContentFault, FileBytes, Format, bbi};

/// The empty block that ends BGZF (SAM specification, section 4.1.2).
const END_OF_BLOCKS: [u8; 28] =
    *b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0\x1b\0\x03\0\0\0\0\0\0\0\0\0";
/// The container that ends CRAM 3 (CRAM specification, section 9).
const END_OF_CRAM_3: [u8; 38] =
    *b"\x0f\0\0\0\xff\xff\xff\xff\x0f\xe0EOF\0\0\0\0\x01\0\x05\xbd\xd9O\0\x01\0\x06\x06\x01\0\x01\0\x01\0\xee\x63\x01\x4b";
/// The container that ends CRAM 2.1.
const END_OF_CRAM_2: [u8; 30] =
    *b"\x0b\0\0\0\xff\xff\xff\xff\x0f\xe0EOF\0\0\0\0\x01\0\0\x01\0\x06\x06\x01\0\x01\0\x01\0";

/// The fault of a file of a format.
pub(super) fn fault<R: Read + Seek>(
    format: Format,
    file: &mut FileBytes<R>,
) -> io::Result<Option<ContentFault>> {
    match format {
        Format::BigWig | Format::BigBed => bbi::fault(file),
        Format::Bam | Format::Bcf | Format::VcfBgzip | Format::Tabix | Format::Csi => {
            // Some writers compress them with plain gzip, which has no such end.
            let is_blocked = file.head().get(12..16) == Some(b"BC\x02\x00");
            if is_blocked {
                end_of_blocks(file)
            } else {
                Ok(None)
            }
        }
        Format::Cram => end_of_cram(file),
        Format::TwoBit => Ok(two_bit(file)?),
        Format::Hdf5 | Format::Cool | Format::MultiCool => Ok(hdf5(file)),
        Format::Zip | Format::Xlsx | Format::Docx => {
            let tail = file.tail(super::HEAD)?;
            let has_end = tail.windows(4).any(|part| part == b"PK\x05\x06");
            Ok(cut_off_unless(has_end, "the central directory is missing"))
        }
        Format::SevenZip => Ok(seven_zip(file)),
        Format::Xz => {
            let tail = file.tail(1 << 10)?;
            let end = tail.iter().rposition(|byte| *byte != 0).unwrap_or(0);
            Ok(cut_off_unless(
                tail[..=end.min(tail.len().saturating_sub(1))].ends_with(b"YZ"),
                "the xz footer is missing",
            ))
        }
        Format::Sqlite => Ok(sqlite(file)),
        Format::Pdf => {
            let tail = file.tail(2 << 10)?;
            let has_end = tail.windows(5).any(|part| part == b"%%EOF");
            Ok(cut_off_unless(has_end, "the end marker `%%EOF` is missing"))
        }
        Format::Parquet => Ok(cut_off_unless(
            file.tail(4)? == b"PAR1",
            "the Parquet footer is missing",
        )),
        _ => Ok(None),
    }
}

/// Whether BGZF ends with its end-of-file block.
pub(super) fn end_of_blocks<R: Read + Seek>(
    file: &mut FileBytes<R>,
) -> io::Result<Option<ContentFault>> {
    let has_end = file.tail(END_OF_BLOCKS.len())? == END_OF_BLOCKS;
    Ok(cut_off_unless(
        has_end,
        "the bgzip end-of-file block is missing",
    ))
}

fn end_of_cram<R: Read + Seek>(file: &mut FileBytes<R>) -> io::Result<Option<ContentFault>> {
    let version = (file.head().get(4).copied(), file.head().get(5).copied());
    let end: &[u8] = match version {
        (Some(3), _) => &END_OF_CRAM_3,
        (Some(2), Some(1)) => &END_OF_CRAM_2,
        // Versions before 2.1 have no such container, and that of later ones is not settled.
        _ => return Ok(None),
    };
    Ok(cut_off_unless(
        file.tail(end.len())? == end,
        "the CRAM end-of-file container is missing",
    ))
}

/// 2bit: the last sequence that the index names must end within the file.
fn two_bit<R: Read + Seek>(file: &mut FileBytes<R>) -> io::Result<Option<ContentFault>> {
    let little = file.head().starts_with(b"\x43\x27\x41\x1a");
    let Some(version) = number(file.head(), 4, 4, little) else {
        return Ok(Some(ContentFault::header_cut_off()));
    };
    if version > 1 {
        return Ok(Some(ContentFault::Damaged(format!(
            "its header has the version {version}, expected 0 or 1"
        ))));
    }
    let width = if version == 0 { 4 } else { 8 };
    let Some(count) = number(file.head(), 8, 4, little) else {
        return Ok(Some(ContentFault::header_cut_off()));
    };
    let mut at = 16;
    let mut last = 0;
    for _ in 0..count {
        let offset = file.head().get(at).and_then(|name| {
            at += 1 + usize::from(*name);
            number(file.head(), at, width, little)
        });
        match offset {
            Some(offset) => last = last.max(offset),
            None if file.is_whole() => {
                return Ok(Some(ContentFault::CutOff(
                    "it ends within its sequence index".to_owned(),
                )));
            }
            // The index of a large genome extends beyond the first bytes.
            None => break,
        }
        at += width;
    }
    if count == 0 {
        return Ok(None);
    }
    let ends = |end: Option<u64>| end.is_some_and(|end| end <= file.length());
    if !ends(last.checked_add(16)) {
        return Ok(Some(ContentFault::beyond(
            "its index",
            last.saturating_add(16),
            file.length(),
        )));
    }
    let mut place = last;
    let mut end = last + 4;
    let bases = number(&file.read(place, 4)?, 0, 4, little).unwrap_or_default();
    place += 4;
    for _ in 0..2 {
        let blocks = number(&file.read(place, 4)?, 0, 4, little).unwrap_or_default();
        place += 4 + blocks * 8;
        end += 4 + blocks * 8;
    }
    end += 4 + bases.div_ceil(4);
    Ok((end > file.length()).then(|| ContentFault::beyond("a sequence", end, file.length())))
}

/// HDF5: the superblock states where the file ends (HDF5 file format, section II.A).
fn hdf5<R: Read + Seek>(file: &FileBytes<R>) -> Option<ContentFault> {
    let head = file.head();
    let (at, width) = match head.get(8)? {
        0 => (40, *head.get(13)?),
        1 => (44, *head.get(13)?),
        2 | 3 => (28, *head.get(9)?),
        _ => return None,
    };
    // These offsets apply to files with 8-byte addresses, which is all but the oldest.
    if width != 8 {
        return None;
    }
    let end = number(head, at, 8, true)?;
    (end > file.length()).then(|| ContentFault::beyond("its header", end, file.length()))
}

/// 7z: the header states where the list of files is.
fn seven_zip<R: Read + Seek>(file: &FileBytes<R>) -> Option<ContentFault> {
    let offset = number(file.head(), 12, 8, true);
    let size = number(file.head(), 20, 8, true);
    let end = offset
        .zip(size)
        .and_then(|(offset, size)| offset.checked_add(size)?.checked_add(32));
    match end {
        Some(end) if end <= file.length() => None,
        Some(end) => Some(ContentFault::beyond("its header", end, file.length())),
        None => Some(ContentFault::header_cut_off()),
    }
}

/// SQLite: the header states size and number of its pages (database file format, section 1.3).
fn sqlite<R: Read + Seek>(file: &FileBytes<R>) -> Option<ContentFault> {
    let size = match number(file.head(), 16, 2, false)? {
        1 => 1 << 16,
        size => size,
    };
    let end = size * number(file.head(), 28, 4, false)?;
    (end > file.length()).then(|| ContentFault::beyond("its header", end, file.length()))
}

fn cut_off_unless(is_there: bool, what: &str) -> Option<ContentFault> {
    (!is_there).then(|| ContentFault::CutOff(what.to_owned()))
}
