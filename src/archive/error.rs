//! Why an archive, or a file in it, is not read or not written.

use std::io;

use thiserror::Error;

use super::paths::{METADATA_FILE, NameFault, shown};
use super::{LARGEST_METADATA, MOST_ENTRIES};

/// Why the gate refuses an archive, or does not hand out a file of it.
///
/// Messages name the entry as the archive does; the caller adds the name of the archive.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum ArchiveError {
    /// The file is larger than the limit.
    #[error("the archive has {bytes} bytes, expected at most {limit}")]
    FileTooLarge { bytes: u64, limit: u64 },
    /// No zip archive, or one without its end.
    #[error(
        "found no complete zip archive ({fault}): the file has another format or is truncated; download it again"
    )]
    NotAZip { fault: String },
    /// More entries than a crate may have.
    #[error("the archive has {found} entries, expected at most {limit}")]
    TooManyEntries {
        /// The number of entries, found or stated.
        found: u64,
        limit: u64,
    },
    /// The list of entries takes more bytes than it may.
    #[error("the central directory exceeds {limit} bytes: its names are too long")]
    DirectoryTooLarge { limit: u64 },
    /// The end records and the list of entries do not agree.
    #[error(
        "the end records and the central directory disagree ({fault}), so programs may read different files: create the archive again"
    )]
    EndDisagrees { fault: String },
    /// A record outside of the entries and their list.
    #[error(
        "found {what} at byte {byte} that belongs to no entry, so programs may read different files: create the archive again"
    )]
    HiddenRecord {
        what: &'static str,
        /// Its offset, or the entry with it in its header.
        byte: u64,
    },
    /// One name for several entries.
    #[error(
        "found several entries with the name {}, expected one: create the archive again", shown(.entry)
    )]
    Duplicate { entry: String },
    /// The local header of the entry contradicts the central directory.
    #[error(
        "entry {}: local header and central directory disagree ({fault}), so programs may read different files: create the archive again", shown(.entry)
    )]
    HeadersDiffer { entry: String, fault: String },
    /// Two entries share bytes.
    #[error(
        "entries {} and {} overlap in the archive: create the archive again", shown(.entry), shown(.other)
    )]
    Overlap {
        /// The entry that begins first.
        entry: String,
        /// The entry that begins inside it.
        other: String,
    },
    /// The bytes of an entry do not end before the list of entries.
    #[error(
        "entry {}: its data overlap the central directory: the archive is damaged, download it again", shown(.entry)
    )]
    OutOfPlace { entry: String },
    /// An entry that the list of entries does not have.
    #[error(
        "found an entry {} that is not in the central directory, so programs may read different files: create the archive again", shown(.entry)
    )]
    Hidden {
        /// The name in the entry's own header.
        entry: String,
    },
    /// The name is not UTF-8.
    #[error(
        "entry {}: the name is not UTF-8: create the archive with a program that writes UTF-8 names", shown(.entry)
    )]
    NameNotUtf8 {
        /// The name, with U+FFFD for invalid bytes.
        entry: String,
    },
    /// The name is not one that means the same file everywhere.
    #[error("entry {}: {fault}", shown(.entry))]
    BadName { entry: String, fault: NameFault },
    /// A second name in an extra field (Info-ZIP Unicode Path).
    #[error(
        "entry {} has a different Unicode name, so programs may see different names: create the archive again", shown(.entry)
    )]
    TwoNames { entry: String },
    /// A symbolic link.
    #[error("entry {} is a symbolic link, expected a file: add its target instead", shown(.entry))]
    Symlink { entry: String },
    /// A device, a pipe, or a folder by its attributes only.
    #[error("entry {} is not a regular file (file mode {mode:06o}): remove it", shown(.entry))]
    Special {
        entry: String,
        /// The mode, as in `stat`.
        mode: u32,
    },
    /// Encrypted.
    #[error("entry {} is encrypted: create the archive without a password", shown(.entry))]
    Encrypted { entry: String },
    /// Packed in another way than stored or deflated.
    #[error(
        "entry {} is compressed by {method}, expected stored or deflate: create the archive with default settings", shown(.entry)
    )]
    Method {
        entry: String,
        /// The method, by name if known.
        method: String,
    },
    /// A folder that has bytes.
    #[error("entry {} is a folder by its name but has data, expected none: create the archive again", shown(.entry))]
    FolderWithBytes { entry: String },
    /// Two names that some file systems take for one.
    #[error(
        "entries {} and {} have the same name on some operating systems: rename one of them", shown(.entry), shown(.other)
    )]
    Twin { entry: String, other: String },
    /// A name that is a file and a folder.
    #[error(
        "entry {} is a file, but {} requires a folder of that name: rename one of them", shown(.entry), shown(.inside)
    )]
    FileAsFolder {
        entry: String,
        /// The entry inside it.
        inside: String,
    },
    /// The archive is not a crate.
    #[error("found no {METADATA_FILE} at the root of the archive, expected an RO-Crate")]
    NoMetadata,
    /// The crate is in a folder of the archive.
    #[error(
        "found the metadata in {}, expected {METADATA_FILE} at the root of the archive: zip the content of the folder, not the folder", shown(.entry)
    )]
    MetadataInFolder {
        /// The metadata file that is nearest to the root.
        entry: String,
    },
    /// No file of this name was admitted.
    #[error("the archive has no file {}", shown(.entry))]
    NoSuchFile { entry: String },
    /// The decompressed file is larger than the limit.
    #[error(
        "entry {} exceeds the limit of {limit} decompressed bytes; a site sets limits under [limits] in its settings (FAIRTRACKS_CONFIG)", shown(.entry)
    )]
    TooLarge {
        entry: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// Unpacked, all files together are larger than the limit.
    #[error("at entry {} the files exceed the limit of {limit} decompressed bytes in total", shown(.entry))]
    TotalTooLarge {
        /// The entry at which the limit is reached.
        entry: String,
        /// The limit for all files, in bytes.
        limit: u64,
    },
    /// The bytes are not those that were packed.
    #[error("entry {} is damaged: {damage}; download the archive again", shown(.entry))]
    Damaged { entry: String, damage: Damage },
    /// The archive cannot be read.
    #[error("cannot read the archive: {0}")]
    Reading(#[source] io::Error),
    /// The place where a file is copied to takes no bytes.
    #[error("cannot write the decompressed data: {0}")]
    Writing(#[source] io::Error),
}

/// The symptom of damage.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum Damage {
    /// The packed bytes end before their end mark.
    #[error("truncated compressed data")]
    CutOff,
    /// The packed bytes have their end mark, or the data descriptor of a stream, before their end.
    #[error("the compressed data end before their stated size")]
    EndsEarly,
    /// The compressed data are not deflate.
    #[error("invalid deflate data")]
    NotDeflated,
    /// Bytes after the end marker.
    #[error("{0} trailing bytes after the compressed data")]
    Behind(u64),
    /// More bytes than stated.
    #[error("found more than the stated {0} bytes")]
    Longer(u64),
    /// Fewer bytes than stated.
    #[error("found {found} bytes, expected the stated {expected}")]
    Shorter { found: u64, expected: u64 },
    /// Another checksum.
    #[error("CRC-32 mismatch: found {found:08x}, expected {expected:08x}")]
    Checksum { found: u32, expected: u32 },
}

/// Why an archive is not written.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum PackError {
    /// The name is not one that means the same file everywhere.
    #[error("cannot pack a file as {}: {fault}", shown(.name))]
    Name { name: String, fault: NameFault },
    /// The archive has this name, or one that is the same on some computers, or needs it as a folder.
    #[error("cannot pack a file as {}, because the archive already has {}: rename it", shown(.name), shown(.other))]
    Taken {
        name: String,
        /// The name that it would be confused with.
        other: String,
    },
    /// More files than a crate may have.
    #[error("cannot pack {}: an archive has at most {MOST_ENTRIES} files", shown(.name))]
    TooMany {
        /// The name of the file that was one too many.
        name: String,
    },
    /// The metadata is too large to be read again.
    #[error(
        "cannot pack {METADATA_FILE} of {bytes} bytes, expected at most {LARGEST_METADATA}: put fewer tracks into the crate"
    )]
    MetadataTooLarge { bytes: u64 },
    /// The file grew while it was packed, or its size was not known.
    #[error("cannot pack {}: found more than {expected} bytes, expected exactly as many", shown(.name))]
    Longer {
        name: String,
        /// The expected size, in bytes.
        expected: u64,
    },
    /// The archive was abandoned after an error and is incomplete.
    #[error("the archive was abandoned after an error")]
    GivenUp,
    /// The file cannot be read.
    #[error("cannot read {}: {error}", shown(.name))]
    Reading {
        /// The name of the file in the archive.
        name: String,
        /// The error of the reader.
        #[source]
        error: io::Error,
    },
    /// The archive cannot be written.
    #[error("cannot write the archive: {0}")]
    Writing(#[source] io::Error),
}
