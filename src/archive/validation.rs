//! The checks of an archive, in order: cheap ones first, then the local headers, then the bytes between entries.

use std::collections::HashSet;
use std::io::{Read, Seek, SeekFrom};

use super::directory::Directory;
use super::entry_spans;
use super::error::ArchiveError;
use super::limits::ArchiveLimits;
use super::records::{ListedEntry, text};
use crate::archive::paths;

/// The type bits of a file mode (POSIX `S_IFMT`), and the types.
const TYPE: u32 = 0o170_000;
const SYMLINK: u32 = 0o120_000;
const REGULAR: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;
/// The DOS attribute of a folder.
const DOS_FOLDER: u32 = 1 << 4;
/// The compression method (APPNOTE, section 4.4.5).
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// The most compressed bytes of a folder: some writers deflate its empty content.
const EMPTY_DEFLATED: u64 = 16;

/// An archive that has passed: the reader, and its files in the order of its list of entries.
pub(super) struct ValidArchive<R> {
    /// The archive.
    pub(super) reader: R,
    /// Its files; folders are left out.
    pub(super) files: Vec<ListedFile>,
    /// The paths of its folders, those that are entries of their own, without `/` at the end.
    pub(super) folders: Vec<String>,
}

/// A file of an archive that has passed.
#[derive(Debug)]
pub(super) struct ListedFile {
    /// Its name.
    pub(super) name: String,
    /// The offset of its compressed data.
    pub(super) begin: u64,
    /// Its compressed size, in bytes.
    pub(super) packed_bytes: u64,
    /// Its stated size, in bytes.
    pub(super) bytes: u64,
    /// Its stated CRC-32.
    pub(super) crc: u32,
    /// Whether it is deflated, not stored.
    pub(super) deflated: bool,
    /// The most bytes of it that have been unpacked so far.
    pub(super) unpacked: u64,
}

/// Checks an archive.
pub(super) fn validate<R: Read + Seek>(
    mut reader: R,
    limits: &ArchiveLimits,
) -> Result<ValidArchive<R>, ArchiveError> {
    let bytes = reader
        .seek(SeekFrom::End(0))
        .map_err(ArchiveError::Reading)?;
    if bytes > limits.file_bytes {
        return Err(ArchiveError::FileTooLarge {
            bytes,
            limit: limits.file_bytes,
        });
    }
    let directory = Directory::find(&mut reader, bytes, limits)?;
    let listed = directory.entries()?;
    let mut names = HashSet::with_capacity(listed.len());
    if let Some(twice) = listed.iter().find(|entry| !names.insert(entry.name)) {
        return Err(ArchiveError::Duplicate {
            entry: text(twice.name),
        });
    }
    drop(names);
    let mut files = Vec::with_capacity(listed.len());
    let mut keys = Vec::with_capacity(listed.len());
    for entry in &listed {
        let name = checked(entry)?;
        keys.push((paths::folded(on_disk(&name)), name.clone()));
        files.push(ListedFile {
            name,
            begin: 0,
            packed_bytes: entry.packed_bytes,
            bytes: entry.bytes,
            crc: entry.crc,
            deflated: entry.method == DEFLATED,
            unpacked: 0,
        });
    }
    no_confusion(keys)?;
    for (file, begin) in files
        .iter_mut()
        .zip(entry_spans::check(&mut reader, &directory, &listed)?)
    {
        file.begin = begin;
    }
    directory.one_base(&mut reader, &listed)?;
    let is_folder = |file: &ListedFile| file.name.ends_with('/');
    let (folders, files): (Vec<ListedFile>, Vec<ListedFile>) =
        files.into_iter().partition(is_folder);
    let folders = folders
        .iter()
        .map(|folder| folder.name.trim_end_matches('/').to_owned());
    Ok(ValidArchive {
        reader,
        files,
        folders: folders.collect(),
    })
}

/// The file name that programs write: Info-ZIP removes a VMS version, `;1`.
fn on_disk(name: &str) -> &str {
    let name = name.trim_end_matches('/');
    match name.rsplit_once(';') {
        Some((file, version)) if version.bytes().all(|byte| byte.is_ascii_digit()) => file,
        _ => name,
    }
}

/// The name of an entry whose own facts are valid.
fn checked(entry: &ListedEntry<'_>) -> Result<String, ArchiveError> {
    let Ok(name) = std::str::from_utf8(entry.name) else {
        return Err(ArchiveError::NameNotUtf8 {
            entry: text(entry.name),
        });
    };
    let name = name.to_owned();
    if let Err(fault) = paths::check(name.strip_suffix('/').unwrap_or(&name)) {
        return Err(ArchiveError::BadName { entry: name, fault });
    }
    let folder = name.ends_with('/');
    let mode = entry.attributes >> 16;
    match mode & TYPE {
        // Some readers go by the attribute of DOS instead of the name.
        _ if !folder && entry.attributes & DOS_FOLDER != 0 => {
            return Err(ArchiveError::Special { entry: name, mode });
        }
        0 | REGULAR => {}
        FOLDER if folder => {}
        SYMLINK => return Err(ArchiveError::Symlink { entry: name }),
        _ => return Err(ArchiveError::Special { entry: name, mode }),
    }
    if entry.is_encrypted() {
        return Err(ArchiveError::Encrypted { entry: name });
    }
    let most = match entry.method {
        STORED => 0,
        DEFLATED => EMPTY_DEFLATED,
        method => {
            return Err(ArchiveError::Method {
                entry: name,
                method: method_name(method),
            });
        }
    };
    if folder && (entry.bytes > 0 || entry.packed_bytes > most) {
        return Err(ArchiveError::FolderWithBytes { entry: name });
    }
    Ok(name)
}

/// The names of methods that people meet (APPNOTE, section 4.4.5).
fn method_name(method: u16) -> String {
    match method {
        1 => "Shrink",
        6 => "Implode",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "xz",
        98 => "PPMd",
        _ => return format!("method {method}"),
    }
    .to_owned()
}

/// Checks names with their folded forms: no two names are equal on some system, and no file is also a folder.
fn no_confusion(mut keys: Vec<(String, String)>) -> Result<(), ArchiveError> {
    keys.sort_unstable();
    for pair in keys.windows(2) {
        let [(first_key, first), (second_key, second)] = pair else {
            continue;
        };
        let files = [first, second].map(|name| !name.ends_with('/'));
        let inside = second_key.strip_prefix(first_key.as_str());
        match (inside, files) {
            (Some(""), [true, false]) => {
                return Err(ArchiveError::FileAsFolder {
                    entry: first.clone(),
                    inside: second.clone(),
                });
            }
            (Some(""), [false, true]) => {
                return Err(ArchiveError::FileAsFolder {
                    entry: second.clone(),
                    inside: first.clone(),
                });
            }
            (Some(""), _) => {
                return Err(ArchiveError::Twin {
                    entry: first.clone(),
                    other: second.clone(),
                });
            }
            (Some(rest), [true, _]) if rest.starts_with('\0') => {
                return Err(ArchiveError::FileAsFolder {
                    entry: first.clone(),
                    inside: second.clone(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}
