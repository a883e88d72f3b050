//! FAIRtracks documents as JSON files (RFC 8259, UTF-8).

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::io::{Error as IoError, Result as IoResult, Write};
use std::sync::Arc;

use serde::Serialize as _;
use serde_json::Value as Json;
use serde_json::error::{Category as JsonFault, Error as JsonError};
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use thiserror::Error;

use super::other_document::{self, OtherDocument};
use crate::archive::gzip::{self, UnpackError};
use crate::fairtracks::document::{Document, ShapeError};
use crate::fairtracks::document_object::DocumentObject;
use crate::fairtracks::draft::Draft;
use crate::text::json::{self, JsonKind, JsonText};

/// Why a file is not a FAIRtracks document.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum DocumentReadError {
    /// The file is empty or only whitespace.
    #[error("the file is empty, expected a FAIRtracks document (JSON)")]
    Empty,
    /// Text in UTF-16 or UTF-32, as some editors save it.
    #[error("the file is UTF-16 or UTF-32 text, expected UTF-8: save it as UTF-8")]
    Wide,
    /// Other bytes that are no UTF-8, such as Latin-1 text.
    #[error(
        "byte {0}: found bytes that are not UTF-8 text, expected a FAIRtracks document (JSON in UTF-8)"
    )]
    NotUtf8(usize),
    /// The text ends in the middle.
    #[error("line {line}, column {column}: the document is truncated: download it again")]
    Truncated {
        /// Line of the end, from 1.
        line: usize,
        /// Column of the end, from 1.
        column: usize,
    },
    /// The text is no JSON.
    #[error(
        "line {line}, column {column}: invalid JSON ({problem}), expected a FAIRtracks document"
    )]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        problem: String,
    },
    /// A file of another kind, or a document of another standard.
    #[error("found {kind}, expected a FAIRtracks document (JSON): {}", kind.advice())]
    Other { kind: OtherDocument },
    /// Compressed bytes that cannot be unpacked.
    #[error("found a gzip file, expected a FAIRtracks document: {0}")]
    Packed(#[from] UnpackError),
    /// More than the limits allow.
    #[error("{0}")]
    TooMuch(String),
    /// JSON of another kind.
    #[error(transparent)]
    Shape(#[from] ShapeError),
}

/// Reads a document; a leading byte order mark is skipped.
///
/// # Errors
/// What the bytes are instead, with the place.
pub fn read(bytes: &[u8]) -> Result<Document, DocumentReadError> {
    let bytes = unpacked(bytes)?;
    let text = document_text(&bytes)?;
    json::check_text(text, JsonKind::Document).map_err(|error| not_read(text, &error))?;
    match Document::from_text(text)? {
        Some(document) => Ok(document),
        None => Ok(Document::from_json(document_json(text)?.value)?),
    }
}

/// Reads a document with possible faults, if it is JSON with at least one part of a FAIRtracks document.
///
/// # Errors
/// What the bytes are instead, with the place.
pub fn read_draft(bytes: &[u8]) -> Result<Draft, DocumentReadError> {
    let bytes = unpacked(bytes)?;
    let JsonText { value, repeated } = document_json(document_text(&bytes)?)?;
    Ok(Draft::from_json(value, repeated)?)
}

/// The bytes of a document, unpacked where they are gzip.
fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, DocumentReadError> {
    if !gzip::is_gzip(bytes) {
        return Ok(bytes.into());
    }
    let mut document = Opening::default();
    match gzip::unpack(bytes, &mut document, JsonKind::Document.limit().bytes) {
        Ok(_) => Ok(document.bytes.into()),
        // The writer accepts nothing but a JSON object.
        Err(UnpackError::Writing(_)) => Err(other_document::of_bytes(&document.bytes).map_or_else(
            || DocumentReadError::NotUtf8(1),
            |kind| DocumentReadError::Other {
                kind: kind.packed(),
            },
        )),
        Err(error) => Err(error.into()),
    }
}

/// Decompressed bytes; decompression stops if they do not begin as a JSON object.
#[derive(Default)]
struct Opening {
    bytes: Vec<u8>,
    /// Whether the object has begun.
    has_begun: bool,
}

impl Write for Opening {
    fn write(&mut self, piece: &[u8]) -> IoResult<usize> {
        let is_first = self.bytes.is_empty();
        self.bytes.extend_from_slice(piece);
        if self.has_begun {
            return Ok(piece.len());
        }
        let text = match is_first {
            true => piece.strip_prefix(b"\xef\xbb\xbf").unwrap_or(piece),
            false => piece,
        };
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            None => Ok(piece.len()),
            Some(b'{') => {
                self.has_begun = true;
                Ok(piece.len())
            }
            Some(_) => Err(IoError::other("no JSON object")),
        }
    }

    fn flush(&mut self) -> IoResult<()> {
        Ok(())
    }
}

/// The text of a document; a file of another kind is named.
fn document_text(bytes: &[u8]) -> Result<&str, DocumentReadError> {
    text(bytes).map_err(|error| match error {
        DocumentReadError::NotUtf8(_) | DocumentReadError::Wide => {
            other_document::of_bytes(bytes).map_or(error, |kind| DocumentReadError::Other { kind })
        }
        error => error,
    })
}

/// The JSON of a document; text of another kind and documents of other standards are named.
fn document_json(text: &str) -> Result<JsonText, DocumentReadError> {
    let read = json::read(text, JsonKind::Document).map_err(|error| not_read(text, &error))?;
    match other_document::of_json(&read.value) {
        Some(kind) => Err(DocumentReadError::Other { kind }),
        None => Ok(read),
    }
}

/// Why a text is not the JSON of a document; text of another kind is named.
fn not_read(text: &str, error: &JsonError) -> DocumentReadError {
    match fault(error) {
        error @ DocumentReadError::TooMuch(_) => error,
        error => other_document::of_bytes(text.as_bytes())
            .map_or(error, |kind| DocumentReadError::Other { kind }),
    }
}

/// The text of a file.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, DocumentReadError> {
    // JSON starts with an ASCII character, so a zero byte beside it means a wider encoding.
    let is_wide = bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || bytes.iter().take(2).any(|byte| *byte == 0);
    if is_wide {
        return Err(DocumentReadError::Wide);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| DocumentReadError::NotUtf8(error.valid_up_to() + 1))?;
    if text.trim_start().is_empty() {
        return Err(DocumentReadError::Empty);
    }
    Ok(text)
}

/// The JSON of a file, with keys that stand in it more than once.
pub(crate) fn json(text: &str, kind: JsonKind) -> Result<JsonText, DocumentReadError> {
    json::read(text, kind).map_err(|error| fault(&error))
}

/// A fault of a JSON text as that of a file.
fn fault(error: &JsonError) -> DocumentReadError {
    let (line, column) = (error.line(), error.column());
    if error.is_data() {
        return DocumentReadError::TooMuch(json::located(error));
    }
    if error.classify() == JsonFault::Eof {
        return DocumentReadError::Truncated { line, column };
    }
    let said = json::problem(error);
    let problem = match said.as_str() {
        "recursion limit exceeded" => "more than 127 nested lists and objects",
        problem => problem,
    };
    DocumentReadError::NotJson {
        line,
        column,
        problem: problem.to_owned(),
    }
}

/// The bytes of a document: unchanged objects byte for byte, objects made or changed by a tool indented by four blanks, as
/// the standard's own files are.
pub fn write(document: &Document) -> Vec<u8> {
    write_members(document, |key, bytes| {
        let objects = document.list_at(key);
        objects.map(|objects| write_list(objects.iter(), bytes))
    })
}

/// The bytes that [`write`] gives; each object leaves the memory when it is written.
pub fn into_bytes(mut document: Document) -> Vec<u8> {
    let keys = document.members().keys();
    let keys: Vec<String> = keys.cloned().collect();
    let lists = keys.into_iter().filter_map(|key| {
        let objects = document.take_list_at(&key)?;
        Some((key, objects))
    });
    let mut lists: HashMap<String, Vec<Arc<DocumentObject>>> = lists.collect();
    write_members(&document, |key, bytes| {
        let objects = lists.remove(key);
        objects.map(|objects| write_list(objects, bytes))
    })
}

/// The bytes of a document, with its lists by another function, which answers whether a key is that of a list.
fn write_members(
    document: &Document,
    mut list: impl FnMut(&str, &mut Vec<u8>) -> Option<()>,
) -> Vec<u8> {
    let mut bytes = b"{".to_vec();
    for (position, (key, value)) in document.members().iter().enumerate() {
        bytes.extend_from_slice(if position == 0 { b"\n    " } else { b",\n    " });
        write_value(&Json::from(key.as_str()), 1, &mut bytes);
        bytes.extend_from_slice(b": ");
        if list(key, &mut bytes).is_some() {
            continue;
        }
        match document.text(key) {
            Some(text) => bytes.extend_from_slice(text.as_bytes()),
            None => write_value(value, 1, &mut bytes),
        }
    }
    bytes.extend_from_slice(b"\n}\n");
    bytes
}

/// How many objects tell how long the text of a list will be.
const FIRST_OBJECTS: usize = 100;

fn write_list(
    objects: impl IntoIterator<IntoIter: ExactSizeIterator, Item = impl Borrow<Arc<DocumentObject>>>,
    bytes: &mut Vec<u8>,
) {
    bytes.push(b'[');
    let start = bytes.len();
    let mut is_empty = true;
    let objects = objects.into_iter();
    let count = objects.len();
    for (position, object) in objects.enumerate() {
        if position == FIRST_OBJECTS {
            // A text of many megabytes that grows step by step is copied again and again.
            let first = bytes.len() - start;
            bytes.reserve(first * (count / FIRST_OBJECTS) * 11 / 10);
        }
        let object = object.borrow();
        let separator = match is_empty {
            true => "\n        ",
            false => ",\n        ",
        };
        is_empty = false;
        bytes.extend_from_slice(separator.as_bytes());
        match object.text() {
            Some(text) => bytes.extend_from_slice(text.as_bytes()),
            None => write_value(&object.read(), 2, bytes),
        }
    }
    bytes.extend_from_slice(if is_empty { b"]" } else { b"\n    ]" });
}

/// Writes a value that stands so many steps below the top.
fn write_value(value: &Json, depth: usize, bytes: &mut Vec<u8>) {
    let mut indented = PrettyFormatter::with_indent(b"    ");
    // Each list around the value indents it by a step. Writing JSON values to memory cannot fail.
    for _ in 0..depth {
        let _ = indented.begin_array(&mut std::io::sink());
    }
    let _ = value.serialize(&mut Serializer::with_formatter(bytes, indented));
}
