//! Archives whose end records and list disagree, so that other programs read them differently.

use super::Case;
use super::builder::{Entry, Zip, Zip64End};

pub(super) const METADATA: &str = "ro-crate-metadata.json";
pub(super) const END: &[u8] = b"PK\x05\x06";
pub(super) const CENTRAL: &[u8] = b"PK\x01\x02";
pub(super) const ZIP64_END: &[u8] = b"PK\x06\x06";
pub(super) const LOCATOR: &[u8] = b"PK\x06\x07";

pub(super) fn file(name: &str) -> Entry {
    Entry::deflated(name, format!("the bytes of {name}\n").repeat(5).as_bytes())
}

pub(super) fn honest() -> Zip {
    Zip::of([file(METADATA), file("a.bed")])
}

pub(super) fn zip64() -> Zip {
    honest().with(|zip| zip.zip64 = Some(Zip64End { claimed: None }))
}

pub(super) fn evil() -> Vec<u8> {
    Zip::of([Entry::stored(METADATA, b"{\"evil\": true}")]).bytes()
}

pub(super) fn last(bytes: &[u8], signature: &[u8]) -> usize {
    let mut places = (0..bytes.len()).rev();
    places
        .find(|at| bytes[*at..].starts_with(signature))
        .unwrap()
}

pub(super) fn first(bytes: &[u8], signature: &[u8]) -> usize {
    (0..bytes.len())
        .find(|at| bytes[*at..].starts_with(signature))
        .unwrap()
}

/// Adds to a number of four bytes in the last record of a kind.
pub(super) fn shifted(mut bytes: Vec<u8>, signature: &[u8], field: usize, by: i64) -> Vec<u8> {
    let at = last(&bytes, signature) + field;
    let old = u32::from_le_bytes(*bytes[at..].first_chunk().unwrap());
    let new = (i64::from(old) + by) as u32;
    bytes[at..at + 4].copy_from_slice(&new.to_le_bytes());
    bytes
}

/// Puts bytes before the first record of a kind, with the end record's offset moved along or not.
pub(super) fn inserted(mut bytes: Vec<u8>, signature: &[u8], new: &[u8], moved: bool) -> Vec<u8> {
    let at = first(&bytes, signature);
    bytes.splice(at..at, new.iter().copied());
    match moved {
        true => shifted(bytes, END, 16, new.len() as i64),
        false => bytes,
    }
}

/// The values of the end records.
pub fn cases() -> Vec<Case> {
    let bytes = honest().bytes();
    let list = last(&bytes, END) - first(&bytes, CENTRAL);
    let refused = |name, bytes, said| Case::refused(name, bytes, "EndDisagrees", said);
    let garbage = [0; 7];
    let narrow = |field, by| shifted(honest().bytes(), END, field, by);
    let wide = |signature, field, by| shifted(zip64().bytes(), signature, field, by);
    // The second of two entries alone, by the size; both of them by the offset.
    let second = bytes.len() - 22 - (46 + "a.bed".len());
    let half = second as i64 - first(&bytes, CENTRAL) as i64;
    let no_offset = |mut bytes: Vec<u8>| {
        let at = last(&bytes, END) + 16;
        bytes[at..at + 4].copy_from_slice(&[0; 4]);
        bytes
    };
    let two_counts = |mut bytes: Vec<u8>| {
        let at = last(&bytes, END) + 8;
        bytes[at..at + 4].copy_from_slice(&[1, 0, 1, 0]);
        bytes
    };
    let wrong_place = "NotAZip";
    vec![
        Case::refused(
            "a list that is longer than stated",
            two_counts(narrow(12, -half)),
            "HeadersDiffer",
            "no header at the stated offset",
        ),
        Case::refused(
            "an offset behind the list",
            narrow(16, 1),
            wrong_place,
            "wrong offset of the central directory",
        ),
        Case::refused(
            "a size larger than the list",
            narrow(12, list as i64),
            wrong_place,
            "wrong offset of the central directory",
        ),
        Case::refused(
            "an offset before the list",
            narrow(16, -5),
            "HeadersDiffer",
            "no header at the stated offset",
        ),
        Case::refused(
            "offsets of an archive without its first entry",
            no_offset(bytes),
            "HeadersDiffer",
            "no header at the stated offset",
        ),
        refused(
            "bytes between list and end record",
            inserted(honest().bytes(), END, &garbage, false),
            "the central directory has",
        ),
        refused(
            "a digital signature behind the list",
            inserted(honest().bytes(), END, b"PK\x05\x05\x02\0ab", false),
            "the central directory has",
        ),
        refused(
            "bytes between list and zip64 end record",
            inserted(zip64().bytes(), ZIP64_END, &garbage, false),
            "the central directory has",
        ),
        refused(
            "bytes between zip64 end record and locator",
            inserted(zip64().bytes(), LOCATOR, &garbage, false),
            "does not end at its locator",
        ),
        refused(
            "a locator that leads elsewhere",
            wide(LOCATOR, 8, -1),
            "no zip64 end record at the offset in its locator",
        ),
        refused(
            "a zip64 end record with data of its own",
            wide(ZIP64_END, 4, 8),
            "does not end at its locator",
        ),
        refused(
            "two counts in zip64",
            shifted(wide(ZIP64_END, 24, 1), ZIP64_END, 32, 1),
            "states 3 entries, the central directory has 2",
        ),
        Case::refused(
            "a count for this disk that is smaller",
            wide(ZIP64_END, 24, -1),
            wrong_place,
            "one part of a multi-disk archive",
        ),
        refused(
            "two offsets in zip64",
            wide(END, 16, 1),
            "the end record and the zip64 end record differ",
        ),
        refused(
            "two sizes in zip64",
            wide(END, 12, 1),
            "the end record and the zip64 end record differ",
        ),
        Case::refused(
            "a list on another disk in zip64",
            wide(ZIP64_END, 20, 1),
            wrong_place,
            "one part of a multi-disk archive",
        ),
    ]
}
