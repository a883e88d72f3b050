//! Why an archive, or a file in it, is not read or not written.

use std::io;

use thiserror::Error;

use super::paths::{METADATA_FILE, NameFault, shown};
use super::{LARGEST_METADATA, MOST_ENTRIES};

/// Why the gate refuses an archive, or does not hand out a file of it.
///
/// Each message names the entry as the archive does; which archive it is, the caller says.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// The file is larger than the caller wants to look at.
    #[error("the archive has {bytes} bytes, expected at most {limit}")]
    FileTooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// How many it may have.
        limit: u64,
    },
    /// No zip archive, or one without its end.
    #[error(
        "found no complete zip archive ({fault}): the file is of another kind, or was cut off on its way; get it again"
    )]
    NotAZip {
        /// What the reader missed.
        fault: String,
    },
    /// More entries than a crate may have.
    #[error("the archive has {found} entries, expected at most {limit}")]
    TooManyEntries {
        /// How many it has or claims.
        found: u64,
        /// How many it may have.
        limit: u64,
    },
    /// The list of entries takes more bytes than it may.
    #[error("the archive's list of entries takes more than {limit} bytes: its names are too long")]
    DirectoryTooLarge {
        /// How many bytes it may take.
        limit: u64,
    },
    /// The end records and the list of entries do not agree.
    #[error(
        "the end of the archive and its list of entries do not agree ({fault}), so that programs read different files: pack it again"
    )]
    EndDisagrees {
        /// Where they differ.
        fault: String,
    },
    /// A record outside of the entries and their list.
    #[error(
        "the archive has {what} at byte {byte} that belongs to none of its entries, so that programs read different files: pack it again"
    )]
    HiddenRecord {
        /// What it is.
        what: &'static str,
        /// Where it stands, or the entry that has it in its header.
        byte: u64,
    },
    /// One name for several entries.
    #[error(
        "the archive has more than one entry of the name {}, so that it is not clear which one is meant: pack it again", shown(.entry)
    )]
    Duplicate {
        /// The name.
        entry: String,
    },
    /// The entry's own header says something else than the list at the end of the archive.
    #[error(
        "entry {}: its own header and the archive's list of entries do not agree ({fault}), so that programs read different files: pack it again", shown(.entry)
    )]
    HeadersDiffer {
        /// The entry.
        entry: String,
        /// Where they differ.
        fault: String,
    },
    /// Two entries share bytes.
    #[error(
        "entries {} and {} use the same bytes of the archive, expected a place of its own for each: pack it again", shown(.entry), shown(.other)
    )]
    Overlap {
        /// The entry that begins first.
        entry: String,
        /// The entry that begins inside it.
        other: String,
    },
    /// The bytes of an entry do not end before the list of entries.
    #[error(
        "entry {}: its bytes reach into the archive's list of entries: the archive is damaged, get it again", shown(.entry)
    )]
    OutOfPlace {
        /// The entry.
        entry: String,
    },
    /// An entry that the list of entries does not have.
    #[error(
        "the archive has an entry {} that its list of entries leaves out, so that programs read different files: pack it again", shown(.entry)
    )]
    Hidden {
        /// The name in the entry's own header.
        entry: String,
    },
    /// The name is not UTF-8.
    #[error(
        "entry {}: the name is not UTF-8 text: pack the archive again with a program that writes UTF-8 names", shown(.entry)
    )]
    NameNotUtf8 {
        /// The name, with U+FFFD where it is no text.
        entry: String,
    },
    /// The name is not one that means the same file everywhere.
    #[error("entry {}: {fault}", shown(.entry))]
    BadName {
        /// The entry.
        entry: String,
        /// What is wrong with its name.
        fault: NameFault,
    },
    /// A second name in an extra field (Info-ZIP Unicode Path).
    #[error(
        "entry {} has a second name for programs that know Unicode, so that programs see different names: pack the archive again", shown(.entry)
    )]
    TwoNames {
        /// The second name.
        entry: String,
    },
    /// A symbolic link.
    #[error("entry {} is a symbolic link, expected a file: pack the file that it leads to", shown(.entry))]
    Symlink {
        /// The entry.
        entry: String,
    },
    /// A device, a pipe, or a folder by its attributes only.
    #[error("entry {} has the name of a file and the attributes of something else (file mode {mode:06o}): leave it out", shown(.entry))]
    Special {
        /// The entry.
        entry: String,
        /// The mode, as in `stat`.
        mode: u32,
    },
    /// Encrypted.
    #[error("entry {} is encrypted: pack the archive again without a password", shown(.entry))]
    Encrypted {
        /// The entry.
        entry: String,
    },
    /// Packed in another way than stored or deflated.
    #[error(
        "entry {} is packed by {method}, expected stored or deflated: pack the archive again in the usual way", shown(.entry)
    )]
    Method {
        /// The entry.
        entry: String,
        /// The method as far as it is known.
        method: String,
    },
    /// A folder that has bytes.
    #[error("entry {} is a folder by its name but has bytes of its own, expected none: pack the archive again", shown(.entry))]
    FolderWithBytes {
        /// The entry.
        entry: String,
    },
    /// Two names that some file systems take for one.
    #[error(
        "entries {} and {} are the same name on some computers: rename one of them", shown(.entry), shown(.other)
    )]
    Twin {
        /// One entry.
        entry: String,
        /// The other.
        other: String,
    },
    /// A name that is a file and a folder.
    #[error(
        "entry {} is a file, and {} makes it a folder: rename one of them", shown(.entry), shown(.inside)
    )]
    FileAsFolder {
        /// The file.
        entry: String,
        /// The entry inside it.
        inside: String,
    },
    /// The archive is no crate.
    #[error("the archive has no {METADATA_FILE}, expected one at its root: it is no RO-Crate")]
    NoMetadata,
    /// The crate is in a folder of the archive.
    #[error(
        "the metadata is in {}, expected {METADATA_FILE} at the root of the archive: pack what is in the folder, not the folder", shown(.entry)
    )]
    MetadataInFolder {
        /// The metadata file that is nearest to the root.
        entry: String,
    },
    /// No file of this name was admitted.
    #[error("the archive has no file {}", shown(.entry))]
    NoSuchFile {
        /// The name asked for.
        entry: String,
    },
    /// Unpacked, the file is larger than the caller wants it.
    #[error(
        "entry {} has more than the {limit} bytes that it may have when unpacked; a site sets limits under [limits] in its settings (FAIRTRACKS_CONFIG)", shown(.entry)
    )]
    TooLarge {
        /// The entry.
        entry: String,
        /// How many bytes it may have.
        limit: u64,
    },
    /// Unpacked, all files together are larger than the limit.
    #[error("with entry {} the files have more than the {limit} bytes that all of them may have when unpacked", shown(.entry))]
    TotalTooLarge {
        /// The entry at which the limit is reached.
        entry: String,
        /// How many bytes all may have.
        limit: u64,
    },
    /// The bytes are not those that were packed.
    #[error("entry {} is damaged: {damage}; get the archive again", shown(.entry))]
    Damaged {
        /// The entry.
        entry: String,
        /// How it shows.
        damage: Damage,
    },
    /// The archive cannot be read.
    #[error("cannot read the archive: {0}")]
    Reading(#[source] io::Error),
    /// The place where a file is copied to takes no bytes.
    #[error("cannot write what is unpacked: {0}")]
    Writing(#[source] io::Error),
}

/// How damage shows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Damage {
    /// The packed bytes end before their end mark.
    #[error("its packed bytes end too early")]
    CutOff,
    /// The packed bytes have their end mark, or the data descriptor of a stream, before their end.
    #[error("its packed bytes end earlier than the archive says, with other bytes behind")]
    EndsEarly,
    /// The packed bytes are no deflate stream.
    #[error("its packed bytes are not what deflate makes")]
    NotDeflated,
    /// Bytes behind the end mark.
    #[error("{0} bytes stand behind the end of its packed bytes")]
    Behind(u64),
    /// More bytes than the archive says.
    #[error("found more than the {0} bytes that the archive says it has")]
    Longer(u64),
    /// Fewer bytes than the archive says.
    #[error("found {found} bytes, expected {expected} as the archive says")]
    Shorter {
        /// How many there are.
        found: u64,
        /// How many the archive says.
        expected: u64,
    },
    /// Another checksum.
    #[error("its bytes have the CRC-32 {found:08x}, expected {expected:08x} as the archive says")]
    Checksum {
        /// That of the bytes.
        found: u32,
        /// That of the archive.
        expected: u32,
    },
}

/// Why an archive is not written.
#[derive(Debug, Error)]
pub enum PackError {
    /// The name is not one that means the same file everywhere.
    #[error("cannot pack a file as {}: {fault}", shown(.name))]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        fault: NameFault,
    },
    /// The archive has this name, or one that is the same on some computers, or needs it as a folder.
    #[error("cannot pack a file as {}, since the archive has {} already: give it another name", shown(.name), shown(.other))]
    Taken {
        /// The name.
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
    MetadataTooLarge {
        /// How many bytes it has.
        bytes: u64,
    },
    /// The file grew while it was packed, or its size was not known.
    #[error("cannot pack {}: it has more than the {expected} bytes that were expected", shown(.name))]
    Longer {
        /// The name of the file.
        name: String,
        /// How many bytes were expected at most.
        expected: u64,
    },
    /// The archive was given up after an error; what was written of it is no archive.
    #[error("the archive was given up after an error, expected nothing more to pack")]
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
