//! Magic numbers: the first bytes that binary formats begin with.

use super::Format;
use super::container;

/// Signatures at the first byte that no text begins with.
const SIGNATURES: [(&[u8], Format); 40] = [
    (b"\x26\xfc\x8f\x88", Format::BigWig),
    (b"\x88\x8f\xfc\x26", Format::BigWig),
    (b"\xeb\xf2\x89\x87", Format::BigBed),
    (b"\x87\x89\xf2\xeb", Format::BigBed),
    (b"\x43\x27\x41\x1a", Format::TwoBit),
    (b"\x1a\x41\x27\x43", Format::TwoBit),
    (b"BAM\x01", Format::Bam),
    (b"BCF\x02", Format::BcfUncompressed),
    (b"BCF\x04", Format::BcfUncompressed),
    (b"TBI\x01", Format::Tabix),
    (b"CSI\x01", Format::Csi),
    (b"BAI\x01", Format::Bai),
    (b"HIC\0", Format::Hic),
    (b"\xca\x5c\xad\xe5", Format::Starch),
    (b"\x6c\x1b\x00", Format::PlinkBed),
    (b"\x6c\x1b\x01", Format::PlinkBed),
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"PK\x07\x08", Format::Zip),
    (b"7z\xbc\xaf\x27\x1c", Format::SevenZip),
    (b"\xfd7zXZ\0", Format::Xz),
    (b"\x28\xb5\x2f\xfd", Format::Zstandard),
    (b"\x04\x22\x4d\x18", Format::Lz4),
    (b"LZIP\x01", Format::Lzip),
    (b"\x1f\x9d", Format::Compress),
    (b"Rar!\x1a\x07", Format::Rar),
    (b"SQLite format 3\0", Format::Sqlite),
    (b"\x89PNG\r\n\x1a\n", Format::Png),
    (b"\xff\xd8\xff", Format::Jpeg),
    (b"II*\0", Format::Tiff),
    (b"MM\0*", Format::Tiff),
    (b"PAR1\x15", Format::Parquet),
    (b"ARROW1\0\0", Format::Arrow),
    (b"\x93NUMPY", Format::Numpy),
    (b"RDX2\n", Format::RData),
    (b"RDX3\n", Format::RData),
    (b"\x7fELF", Format::Executable),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format::Ole),
    (b"NCBI.sra", Format::Sra),
    (b"crypt4gh\x01\0", Format::Encrypted),
];

/// Signatures of letters; text that begins with them is of these formats.
const LETTERS: [(&[u8], Format); 8] = [
    (b"%PDF-", Format::Pdf),
    (b"%!PS", Format::PostScript),
    (b"{\\rtf", Format::Rtf),
    (b"GIF87a", Format::Gif),
    (b"GIF89a", Format::Gif),
    (b"Salted__", Format::Encrypted),
    (b"-----BEGIN PGP MESSAGE", Format::Encrypted),
    (b"age-encryption.org/", Format::Encrypted),
];

/// The format of a file by the signature in its first bytes.
pub(super) fn format(head: &[u8]) -> Option<Format> {
    let signed = SIGNATURES
        .iter()
        .chain(&LETTERS)
        .find(|(signature, _)| head.starts_with(signature))
        .map(|(_, format)| *format);
    match signed {
        Some(Format::Zip) => Some(container::zip_kind(head)),
        Some(format) => Some(format),
        None if head.starts_with(b"\x89HDF\r\n\x1a\n") => Some(container::hdf5_kind(head)),
        None if is_cram(head) => Some(Format::Cram),
        None if is_bzip2(head) => Some(Format::Bzip2),
        None if is_skippable_frame(head) => Some(Format::Zstandard),
        None if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") => Some(Format::WebP),
        None if container::is_tar(head) => Some(Format::Tar),
        None => None,
    }
}

/// CRAM 1 to 4: the letters, then a version byte that does not occur in text.
fn is_cram(head: &[u8]) -> bool {
    head.starts_with(b"CRAM") && head.get(4).is_some_and(|major| (1..=4).contains(major))
}

/// The level, then the first digits of π or of its square root.
fn is_bzip2(head: &[u8]) -> bool {
    let level = head
        .get(3)
        .is_some_and(|level| (b'1'..=b'9').contains(level));
    let digits = head.get(4..10);
    head.starts_with(b"BZh")
        && level
        && (digits == Some(b"\x31\x41\x59\x26\x53\x59")
            || digits == Some(b"\x17\x72\x45\x38\x50\x90"))
}

/// Zstandard may begin with a frame that is to be skipped (RFC 8878, section 3.1.2).
fn is_skippable_frame(head: &[u8]) -> bool {
    head.first().is_some_and(|first| first & 0xf0 == 0x50)
        && head.get(1..4) == Some(b"\x2a\x4d\x18")
}
