//! Formats based on zip, HDF5 or tar.

use super::Format;

/// A tar header: 512 bytes.
const TAR_HEADER: usize = 512;

/// A zip archive by the names of its first entries: Office documents are zip archives too.
pub(super) fn zip_kind(head: &[u8]) -> Format {
    let has = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    if !has(b"[Content_Types].xml") && !has(b"_rels/.rels") {
        Format::Zip
    } else if has(b"xl/") {
        Format::Xlsx
    } else if has(b"word/") {
        Format::Docx
    } else {
        Format::Zip
    }
}

/// An HDF5 file by the attribute that Cooler gives it.
pub(super) fn hdf5_kind(head: &[u8]) -> Format {
    let has = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    if has(b"HDF5::MCOOL") {
        Format::MultiCool
    } else if has(b"HDF5::Cooler") {
        Format::Cool
    } else {
        Format::Hdf5
    }
}

/// Whether a file begins with the header of a tar entry: its checksum is the sum of its other bytes (POSIX.1, pax).
pub(super) fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..TAR_HEADER) else {
        return false;
    };
    let sum: u32 = header
        .iter()
        .enumerate()
        .map(|(at, byte)| {
            if (148..156).contains(&at) {
                u32::from(b' ')
            } else {
                u32::from(*byte)
            }
        })
        .sum();
    let digits: String = header[148..156]
        .iter()
        .map(|byte| char::from(*byte))
        .filter(|character| !matches!(character, ' ' | '\0'))
        .collect();
    header[0] != 0 && u32::from_str_radix(&digits, 8) == Ok(sum)
}
