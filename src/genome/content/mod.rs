//! Identifies the format of a file by magic numbers and structure or by its first lines, and compares it with the declared one.
//!
//! [`identify`] examines the first [`HEAD`] bytes of a file and, for a binary format, the few places that show whether it is
//! complete; it never reads a whole file. [`judge`] compares the result with the declared format.
//!
//! ```
//! use std::io::Cursor;
//! use fairtracks::genome::content::{Claim, Delivery, FileBytes, Format, Verdict, identify, judge};
//!
//! let page = b"<!-- moved --><title>404</title>";
//! let content = identify(&mut FileBytes::new(Cursor::new(page))?)?;
//! let verdict = judge(Claim::Format(Format::Bed), &content, &Delivery::default());
//! assert!(matches!(verdict, Verdict::Refused(reason) if reason.contains("a web page")));
//! # Ok::<(), std::io::Error>(())
//! ```

mod bbi;
mod container;
mod delivery;
mod error_body;
mod file_bytes;
mod format;
mod gff;
mod gzip_peek;
mod integrity;
mod judgement;
mod magic;
mod markup;
mod pointer_file;
mod rows;
mod text;
mod track_format;
mod track_lines;
mod unpacking;
mod words;

use std::io::{self, Read, Seek};

pub use delivery::Delivery;
pub use file_bytes::{FileBytes, HEAD};
pub use format::Format;
pub use gzip_peek::Gzip;
pub use judgement::{Claim, Packing, Verdict, judge, packing};
pub use text::TextStart;
pub use track_format::{IntervalShape, TrackFormat, TrackLayout};
pub use unpacking::{UnpackingError, unpack};

/// The content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileContent {
    /// No bytes, or only whitespace.
    Empty,
    /// A format with a signature of its own.
    Binary(Format, Option<ContentFault>),
    /// A gzip file (RFC 1952).
    Gzip(Gzip),
    /// A zlib stream (RFC 1950), as `Content-Encoding: deflate` leaves it.
    Zlib,
    /// Text.
    Text(TextStart),
    /// Bytes that are neither text nor a known format.
    Unknown,
}

/// Why a file of a known format is not whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentFault {
    /// It is truncated; a clause with the symptom.
    CutOff(String),
    /// It contradicts its format; a clause with the symptom.
    Damaged(String),
}

impl ContentFault {
    fn header_cut_off() -> Self {
        ContentFault::CutOff("it ends within its header".to_owned())
    }

    /// `what` needs `end` bytes, more than the `length` of the file.
    fn beyond(what: &str, end: u64, length: u64) -> Self {
        ContentFault::CutOff(format!(
            "{what} extends to byte {end} of a file of {length} bytes"
        ))
    }
}

/// What a file is.
///
/// # Errors
/// The file cannot be read.
pub fn identify<R: Read + Seek>(file: &mut FileBytes<R>) -> io::Result<FileContent> {
    let mut content = of_start(file.head(), file.is_whole());
    match &mut content {
        FileContent::Binary(format, fault) => *fault = integrity::fault(*format, file)?,
        FileContent::Gzip(gzip) if gzip.is_blocked && gzip.fault.is_none() => {
            gzip.fault = integrity::end_of_blocks(file)?;
        }
        FileContent::Text(text) => {
            let tail = file.tail(text::TAIL)?;
            text.look_at_end(&tail);
        }
        _ => {}
    }
    Ok(content)
}

/// The format of a file with these first bytes, if it is not compressed; `is_whole` if they are the whole file.
pub(in crate::genome) fn format_of_start(head: &[u8], is_whole: bool) -> Option<Format> {
    match of_start(head, is_whole) {
        FileContent::Binary(format, _) => Some(format),
        FileContent::Text(text) => track_lines::detect(&text),
        _ => None,
    }
}

/// The content of a file with these first bytes; `is_whole` if they are the whole file.
fn of_start(head: &[u8], is_whole: bool) -> FileContent {
    if head.is_empty() {
        return FileContent::Empty;
    }
    if let Some(gzip) = gzip_peek::look(head, is_whole) {
        return gzip;
    }
    if let Some(format) = magic::format(head) {
        return FileContent::Binary(format, None);
    }
    match TextStart::decode(head, is_whole) {
        Some(text) if text.is_blank() => FileContent::Empty,
        Some(text) => FileContent::Text(text),
        None if gzip_peek::is_zlib(head) => FileContent::Zlib,
        None => FileContent::Unknown,
    }
}
