//! The end records and the central directory of a zip archive, located so that all readers agree.
//!
//! Readers search the end record backwards from the end of the file and then differ: some use its offset, some its size, some
//! its count, some read headers until none follows. All of these must lead to the same central directory.

use std::io::{Read, Seek};

use super::error::ArchiveError;
use super::limits::ArchiveLimits;
use super::records::{
    CENTRAL_HEADER, END, END_BYTES, LOCAL_HEADER, ListedEntry, ZIP64_END, ZIP64_END_BYTES,
    ZIP64_LOCATOR, ZIP64_LOCATOR_BYTES, eight_bytes, four_bytes, read_at, two_bytes,
};
use super::scan;

/// The range before the end of the file to search for the end record: the longest comment and padding after it.
const TAIL: u64 = 1 << 20;

/// The offsets of the parts of an archive, and the bytes of its central directory.
pub(super) struct Directory {
    /// The list's bytes.
    pub(super) list: Vec<u8>,
    /// The offset of the central directory.
    pub(super) begin: u64,
    /// The base of all offsets: not 0 if other bytes were put before a finished archive.
    pub(super) base: u64,
    /// The number of entries.
    entries: u64,
    /// The offset of the zip64 end record, as its locator states.
    zip64_offset: Option<u64>,
}

impl Directory {
    /// Finds the list, within the limits for it.
    pub(super) fn find<R: Read + Seek>(
        reader: &mut R,
        file_bytes: u64,
        limits: &ArchiveLimits,
    ) -> Result<Self, ArchiveError> {
        let tail_begin = file_bytes.saturating_sub(TAIL);
        let tail = read_at(reader, tail_begin, TAIL as usize).map_err(ArchiveError::Reading)?;
        let at = memchr::memmem::rfind(&tail, END);
        let Some((at, end)) = at.and_then(|at| Some((at, tail[at..].split_at_checked(END_BYTES)?)))
        else {
            return Err(not_a_zip("the end-of-central-directory record is missing"));
        };
        let (end, behind) = end;
        let Some((comment, behind)) = behind.split_at_checked(two_bytes(end, 20).into()) else {
            return Err(not_a_zip("truncated"));
        };
        if let Some((what, place)) = scan::first_record(comment).or(scan::first_record(behind)) {
            let byte = tail_begin + (at + END_BYTES + place) as u64;
            return Err(ArchiveError::HiddenRecord { what, byte });
        }
        let end_at = tail_begin + at as u64;
        let numbers = Numbers::read(reader, end, end_at)?;
        let limit = limits.entries as u64;
        if numbers.entries > limit {
            return Err(ArchiveError::TooManyEntries {
                found: numbers.entries,
                limit,
            });
        }
        if numbers.bytes > limits.directory_bytes {
            return Err(ArchiveError::DirectoryTooLarge {
                limit: limits.directory_bytes,
            });
        }
        let begin = numbers.list_end.checked_sub(numbers.bytes);
        let base = begin.and_then(|begin| begin.checked_sub(numbers.offset));
        let (Some(begin), Some(base)) = (begin, base) else {
            return Err(not_a_zip(
                "its start is missing, or the end record gives a wrong offset of the central directory",
            ));
        };
        if numbers
            .zip64_at
            .zip(numbers.zip64_offset)
            .is_some_and(|(at, offset)| offset.checked_add(base) != Some(at))
        {
            return Err(disagree("no zip64 end record at the offset in its locator"));
        }
        let bytes = numbers.bytes as usize;
        let list = read_at(reader, begin, bytes).map_err(ArchiveError::Reading)?;
        let directory = Directory {
            list,
            begin,
            base,
            entries: numbers.entries,
            zip64_offset: numbers.zip64_offset,
        };
        directory.no_other_end(reader, &tail[..at], &tail[at..], !behind.is_empty())?;
        Ok(directory)
    }

    /// The entries; their number and size must be those of the end record.
    pub(super) fn entries(&self) -> Result<Vec<ListedEntry<'_>>, ArchiveError> {
        let mut left = self.list.as_slice();
        let mut entries = Vec::new();
        while let Some(entry) = ListedEntry::take(&mut left) {
            entries.push(entry.map_err(|(name, fault)| ArchiveError::HeadersDiffer {
                entry: String::from_utf8_lossy(name).into_owned(),
                fault,
            })?);
        }
        if !left.is_empty() {
            return Err(disagree(&format!(
                "the central directory has {} extra bytes after {} entries",
                left.len(),
                entries.len()
            )));
        }
        if entries.len() as u64 != self.entries {
            return Err(disagree(&format!(
                "the end record states {} entries, the central directory has {}",
                self.entries,
                entries.len()
            )));
        }
        Ok(entries)
    }

    /// Checks that readers which do not add the bytes before the archive to offsets find nothing there.
    pub(super) fn one_base<R: Read + Seek>(
        &self,
        reader: &mut R,
        entries: &[ListedEntry<'_>],
    ) -> Result<(), ArchiveError> {
        if self.base == 0 {
            return Ok(());
        }
        let list_at = self.begin - self.base;
        let headers = entries.iter().map(|entry| (LOCAL_HEADER, entry.offset));
        let others = [
            (CENTRAL_HEADER, Some(list_at)),
            (ZIP64_END, self.zip64_offset),
        ];
        let others = others
            .into_iter()
            .filter_map(|(signature, at)| Some((signature, at?)));
        for (signature, at) in headers.chain(others) {
            let found = read_at(reader, at, signature.len()).map_err(ArchiveError::Reading)?;
            if found == signature {
                let base = self.base;
                return Err(disagree(&format!(
                    "headers at byte {at} with and without the {base} bytes before the archive"
                )));
            }
        }
        Ok(())
    }

    /// Checks that no reader prefers an end record within the data of an entry: one with a comment up to the end of the file,
    /// or any if Java skips the last one. Java does so if other bytes follow the last one, unless the central directory ends
    /// directly before it and the first entry begins at the base of the offsets.
    fn no_other_end<R: Read + Seek>(
        &self,
        reader: &mut R,
        before: &[u8],
        last: &[u8],
        bytes_behind: bool,
    ) -> Result<(), ArchiveError> {
        let first =
            read_at(reader, self.base, LOCAL_HEADER.len()).map_err(ArchiveError::Reading)?;
        let plain = self.zip64_offset.is_none() && self.entries > 0 && first == LOCAL_HEADER;
        let in_doubt = bytes_behind && !plain;
        let mut places = memchr::memmem::find_iter(before, END);
        let preferred = |at: usize| {
            let behind = before.len() + last.len() - at;
            in_doubt
                || (before.len() - at >= END_BYTES
                    && usize::from(two_bytes(before, at + 20)) + END_BYTES == behind)
        };
        match places.any(preferred) {
            true => Err(disagree("the file has a second end record")),
            false => Ok(()),
        }
    }
}

/// The values of the end records.
struct Numbers {
    entries: u64,
    bytes: u64,
    offset: u64,
    /// The end of the central directory: the start of the first end record.
    list_end: u64,
    zip64_at: Option<u64>,
    zip64_offset: Option<u64>,
}

impl Numbers {
    /// Reads the end record, and that of the zip64 kind before it where there is one.
    fn read<R: Read + Seek>(reader: &mut R, end: &[u8], end_at: u64) -> Result<Self, ArchiveError> {
        let [disk, list_disk, here, all] = [4, 6, 8, 10].map(|at| u64::from(two_bytes(end, at)));
        let [bytes, offset] = [12, 16].map(|at| u64::from(four_bytes(end, at)));
        const ZIP64: u64 = (ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES) as u64;
        let locator_at = end_at.checked_sub(ZIP64_LOCATOR_BYTES as u64);
        let locator = match locator_at {
            Some(at) => read_at(reader, at, ZIP64_LOCATOR_BYTES).map_err(ArchiveError::Reading)?,
            None => Vec::new(),
        };
        if !locator.starts_with(ZIP64_LOCATOR) {
            one_disk([disk, list_disk], [here, all])?;
            return Ok(Numbers {
                entries: all,
                bytes,
                offset,
                list_end: end_at,
                zip64_at: None,
                zip64_offset: None,
            });
        }
        let at = end_at.saturating_sub(ZIP64);
        let wide = read_at(reader, at, ZIP64_END_BYTES).map_err(ArchiveError::Reading)?;
        // A record with data of its own before the locator would be found by some readers only.
        if !wide.starts_with(ZIP64_END) || eight_bytes(&wide, 4) != ZIP64_END_BYTES as u64 - 12 {
            return Err(disagree("the zip64 end record does not end at its locator"));
        }
        let [wide_disk, wide_list_disk] = [16, 20].map(|at| u64::from(four_bytes(&wide, at)));
        let [wide_here, wide_all, wide_bytes, wide_offset] =
            [24, 32, 40, 48].map(|at| eight_bytes(&wide, at));
        one_disk([wide_disk, wide_list_disk], [wide_here, wide_all])?;
        let locator_disk = four_bytes(&locator, 4);
        if locator_disk != 0 || four_bytes(&locator, 16) > 1 {
            return Err(several_disks());
        }
        let narrow = [disk, list_disk, here, all, bytes, offset];
        let full = [0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF];
        let wide = [0, 0, wide_here, wide_all, wide_bytes, wide_offset];
        let same = |((narrow, full), wide)| narrow == full || narrow == wide;
        if !narrow.into_iter().zip(full).zip(wide).all(same) {
            return Err(disagree("the end record and the zip64 end record differ"));
        }
        Ok(Numbers {
            entries: wide_all,
            bytes: wide_bytes,
            offset: wide_offset,
            list_end: at,
            zip64_at: Some(at),
            zip64_offset: Some(eight_bytes(&locator, 8)),
        })
    }
}

fn one_disk(disks: [u64; 2], entries: [u64; 2]) -> Result<(), ArchiveError> {
    match disks == [0, 0] && entries[0] == entries[1] {
        true => Ok(()),
        false => Err(several_disks()),
    }
}

fn several_disks() -> ArchiveError {
    not_a_zip("one part of a multi-disk archive")
}

fn not_a_zip(fault: &str) -> ArchiveError {
    ArchiveError::NotAZip {
        fault: fault.to_owned(),
    }
}

fn disagree(fault: &str) -> ArchiveError {
    ArchiveError::EndDisagrees {
        fault: fault.to_owned(),
    }
}
