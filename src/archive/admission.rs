//! The checks of the gate, in their order: what costs nothing first, then the entries' own headers, then the bytes between them.

use std::cell::Cell;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use zip::read::{ZipArchive, ZipFile, ZipFileEntry, ZipReadOptions};
use zip::result::ZipError;
use zip::{CompressionMethod, ExtraField};

use super::gate::Limits;
use super::refusal::Refusal;
use super::scan::{self, Budget};
use crate::model::ro_crate::paths::{self, NameFault};

/// The bits of a file mode that tell the type (POSIX `S_IFMT`), and the types.
const TYPE: u32 = 0o170_000;
const SYMLINK: u32 = 0o120_000;
const REGULAR: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;

/// An archive that has passed: the reader, and its files in the order of its list of entries.
pub(super) struct Admitted<R> {
    /// The archive.
    pub(super) reader: R,
    /// Its files; folders are left out.
    pub(super) files: Vec<File>,
    /// The paths of its folders, those that are entries of their own, without `/` at the end.
    pub(super) folders: Vec<String>,
}

/// A file of an archive that has passed.
#[derive(Debug)]
pub(super) struct File {
    /// Its name.
    pub(super) name: String,
    /// Where its packed bytes begin.
    pub(super) begin: u64,
    /// How many packed bytes it has.
    pub(super) packed_bytes: u64,
    /// How many bytes the archive says it has.
    pub(super) bytes: u64,
    /// The CRC-32 that the archive says they have.
    pub(super) crc: u32,
    /// Whether it is deflated, not stored.
    pub(super) deflated: bool,
    /// The most bytes of it that have been unpacked so far.
    pub(super) unpacked: u64,
}

/// The bytes of one entry with its header.
struct Span {
    entry: String,
    begin: u64,
    end: u64,
}

/// Checks an archive.
pub(super) fn admit<R: Read + Seek>(
    mut reader: R,
    limits: &Limits,
) -> Result<Admitted<R>, Refusal> {
    let bytes = reader.seek(SeekFrom::End(0)).map_err(Refusal::Reading)?;
    if bytes > limits.file_bytes {
        return Err(Refusal::FileTooLarge {
            bytes,
            limit: limits.file_bytes,
        });
    }
    let claimed = scan::claimed_entries(&mut reader, bytes).map_err(Refusal::Reading)?;
    few_enough(claimed, limits)?;
    let mut zip = opened(reader, limits)?;
    few_enough(zip.len() as u64, limits)?;
    let directory = zip.central_directory_start();
    if zip.has_duplicate_names() {
        return Err(duplicate(&mut zip.into_inner().reader, directory));
    }

    let mut files = Vec::new();
    let mut folders = Vec::new();
    let mut keys = Vec::with_capacity(zip.len());
    for index in 0..zip.len() {
        let entry = zip.by_index_data(index).map_err(unreadable)?;
        let name = checked(&entry)?;
        keys.push((paths::folded(name.trim_end_matches('/')), name.clone()));
        if let Some(folder) = name.strip_suffix('/') {
            folders.push(folder.to_owned());
        } else {
            files.push((
                index,
                File {
                    name,
                    begin: 0,
                    packed_bytes: entry.compressed_size(),
                    bytes: entry.size(),
                    crc: entry.crc32(),
                    deflated: entry.compression() == CompressionMethod::Deflated,
                    unpacked: 0,
                },
            ));
        }
    }
    no_confusion(keys)?;

    let (begins, spans) = spans(&mut zip)?;
    no_overlap(&spans, directory)?;
    for index in 0..zip.len() {
        same_headers(&mut zip, index)?;
    }
    let mut reader = zip.into_inner().reader;
    nothing_hidden(&mut reader, &spans, directory)?;

    let files = files.into_iter().map(|(index, file)| File {
        begin: begins[index],
        ..file
    });
    Ok(Admitted {
        reader,
        files: files.collect(),
        folders,
    })
}

/// Which name stands twice.
fn duplicate<R: Read + Seek>(reader: &mut R, directory: u64) -> Refusal {
    match scan::repeated_name(reader, directory) {
        Ok(Some(name)) => Refusal::Duplicate { entry: text(&name) },
        // Only second names (see `same_headers`) do not show in the list.
        Ok(None) => Refusal::NotAZip {
            fault: "names stand twice in its list of entries".to_owned(),
        },
        Err(error) => Refusal::Reading(error),
    }
}

fn few_enough(found: u64, limits: &Limits) -> Result<(), Refusal> {
    let limit = limits.entries as u64;
    match found > limit {
        true => Err(Refusal::TooManyEntries { found, limit }),
        false => Ok(()),
    }
}

/// Reads the list of entries, within its limit.
fn opened<R: Read + Seek>(reader: R, limits: &Limits) -> Result<ZipArchive<Budget<R>>, Refusal> {
    let left = Rc::new(Cell::new(limits.directory_bytes));
    let reader = Budget {
        reader,
        left: Rc::clone(&left),
    };
    let zip = ZipArchive::new(reader).map_err(|error| match left.get() {
        0 => Refusal::DirectoryTooLarge {
            limit: limits.directory_bytes,
        },
        _ => unreadable(error),
    })?;
    left.set(u64::MAX);
    Ok(zip)
}

/// The name of an entry whose own facts are as they should be.
fn checked(entry: &ZipFileEntry<'_>) -> Result<String, Refusal> {
    let Ok(name) = std::str::from_utf8(entry.name_raw()) else {
        return Err(Refusal::NameNotUtf8 {
            entry: text(entry.name_raw()),
        });
    };
    let path = name.strip_suffix('/').unwrap_or(name);
    let inside = || {
        entry
            .enclosed_name()
            .is_some_and(|enclosed| enclosed == Path::new(path))
    };
    let name_checked = paths::check(path).and_then(|()| match inside() {
        true => Ok(()),
        false => Err(NameFault::Outside),
    });
    let name = name.to_owned();
    if let Err(fault) = name_checked {
        return Err(Refusal::BadName { entry: name, fault });
    }
    let folder = name.ends_with('/');
    let mode = entry.external_attributes() >> 16;
    match mode & TYPE {
        0 | REGULAR => {}
        FOLDER if folder => {}
        SYMLINK => return Err(Refusal::Symlink { entry: name }),
        _ => return Err(Refusal::Special { entry: name, mode }),
    }
    if entry.encrypted() {
        return Err(Refusal::Encrypted { entry: name });
    }
    match entry.compression() {
        CompressionMethod::Stored | CompressionMethod::Deflated => {}
        method => {
            return Err(Refusal::Method {
                entry: name,
                method: method.to_string(),
            });
        }
    }
    if folder && entry.size() > 0 {
        return Err(Refusal::FolderWithBytes { entry: name });
    }
    Ok(name)
}

/// No two names are the same somewhere, and no file is a folder: given are names with what they fold to.
fn no_confusion(mut keys: Vec<(String, String)>) -> Result<(), Refusal> {
    keys.sort_unstable();
    for pair in keys.windows(2) {
        let [(first_key, first), (second_key, second)] = pair else {
            continue;
        };
        let files = [first, second].map(|name| !name.ends_with('/'));
        let inside = second_key.strip_prefix(first_key.as_str());
        match (inside, files) {
            (Some(""), [true, false]) => {
                return Err(Refusal::FileAsFolder {
                    entry: first.clone(),
                    inside: second.clone(),
                });
            }
            (Some(""), [false, true]) => {
                return Err(Refusal::FileAsFolder {
                    entry: second.clone(),
                    inside: first.clone(),
                });
            }
            (Some(""), _) => {
                return Err(Refusal::Twin {
                    entry: first.clone(),
                    other: second.clone(),
                });
            }
            (Some(rest), [true, _]) if rest.starts_with('\0') => {
                return Err(Refusal::FileAsFolder {
                    entry: first.clone(),
                    inside: second.clone(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Where the packed bytes of each entry begin, and the bytes that each takes, sorted by their place.
fn spans<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<(Vec<u64>, Vec<Span>), Refusal> {
    let mut begins = Vec::with_capacity(zip.len());
    let mut spans = Vec::with_capacity(zip.len());
    for index in 0..zip.len() {
        let entry = name_of(zip, index);
        let file = zip
            .by_index_raw(index)
            .map_err(|error| differ(&entry, error))?;
        if has_second_name(&file) {
            return Err(Refusal::TwoNames { entry });
        }
        let begin = file.data_start().unwrap_or_default();
        begins.push(begin);
        spans.push(Span {
            entry,
            begin: file.header_start(),
            end: begin.saturating_add(file.compressed_size()),
        });
    }
    spans.sort_by_key(|span| (span.begin, span.end));
    Ok((begins, spans))
}

fn no_overlap(spans: &[Span], directory: u64) -> Result<(), Refusal> {
    for pair in spans.windows(2) {
        if let [first, second] = pair
            && first.end > second.begin
        {
            return Err(Refusal::Overlap {
                entry: first.entry.clone(),
                other: second.entry.clone(),
            });
        }
    }
    match spans.last().filter(|last| last.end > directory) {
        Some(last) => Err(Refusal::OutOfPlace {
            entry: last.entry.clone(),
        }),
        None => Ok(()),
    }
}

/// Whether an extra field (Info-ZIP Unicode Path) gives the entry another name than its headers: then programs see different names.
fn has_second_name<R: Read + Seek>(file: &ZipFile<'_, R>) -> bool {
    file.extra_data_fields().any(|field| match field {
        // Its checksum is that of the name in the headers; the entry's name is by now the one in the field.
        ExtraField::UnicodePath(second) => second.clone().unwrap_valid(file.name_raw()).is_err(),
        _ => false,
    })
}

/// The entry's own header agrees with the list of entries.
fn same_headers<R: Read + Seek>(zip: &mut ZipArchive<R>, index: usize) -> Result<(), Refusal> {
    let entry = name_of(zip, index);
    let options = ZipReadOptions::new().enforce_header_consistency(true);
    match zip.by_index_with_options(index, options) {
        Ok(_) => Ok(()),
        Err(error) => Err(differ(&entry, error)),
    }
}

/// No entry stands between the others, or before them.
fn nothing_hidden<R: Read + Seek>(
    reader: &mut R,
    spans: &[Span],
    directory: u64,
) -> Result<(), Refusal> {
    let begins = spans.iter().map(|span| span.begin).chain([directory]);
    let ends = [0].into_iter().chain(spans.iter().map(|span| span.end));
    for (from, to) in ends.zip(begins) {
        let hidden = scan::hidden_name(reader, from, to).map_err(Refusal::Reading)?;
        if let Some(name) = hidden {
            return Err(Refusal::Hidden { entry: text(&name) });
        }
    }
    Ok(())
}

fn name_of<R: Read + Seek>(zip: &ZipArchive<R>, index: usize) -> String {
    zip.by_index_data(index)
        .map(|entry| text(entry.name_raw()))
        .unwrap_or_default()
}

fn text(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

fn unreadable(error: ZipError) -> Refusal {
    match fault(error) {
        Ok(fault) => Refusal::NotAZip { fault },
        Err(refusal) => refusal,
    }
}

fn differ(entry: &str, error: ZipError) -> Refusal {
    match fault(error) {
        Ok(fault) => Refusal::HeadersDiffer {
            entry: entry.to_owned(),
            fault: fault
                .trim_start_matches("header inconsistency detected: ")
                .to_owned(),
        },
        Err(refusal) => refusal,
    }
}

/// What is wrong with the archive; the refusal where it is the reading that failed.
fn fault(error: ZipError) -> Result<String, Refusal> {
    match error {
        ZipError::Io(error) if error.kind() == ErrorKind::UnexpectedEof => {
            Ok("it ends in the middle".to_owned())
        }
        ZipError::Io(error) => Err(Refusal::Reading(error)),
        ZipError::InvalidArchive(fault) => Ok(in_plain_words(&fault)),
        ZipError::UnsupportedArchive(fault) => Ok(fault.to_owned()),
        other => Ok(other.to_string()),
    }
}

/// The zip reader's words for what people meet most: files that were cut off, or are something else.
fn in_plain_words(fault: &str) -> String {
    match fault {
        _ if fault.starts_with("Unexpected end") => "it ends in the middle".to_owned(),
        _ if fault.contains("EOCD") || fault.contains("CDFH") => {
            "the list of entries at its end is missing".to_owned()
        }
        _ => fault.to_owned(),
    }
}
