//! The text of a family file: decompressed, and recognised by its first bytes.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use crate::archive::gzip::is_gzip;

/// The format of a family file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// SOFT: lines.
    Soft,
    /// MINiML: XML.
    Miniml,
    /// Neither.
    Other,
}

const BUFFER: usize = 1 << 16;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The format and the decompressed text of a file.
///
/// # Errors
/// It cannot be read.
pub(super) fn opened<'f>(
    file: &'f mut dyn BufRead,
) -> Result<(TextKind, Box<dyn BufRead + 'f>), String> {
    let first = file.fill_buf().map_err(unreadable)?;
    let is_packed = is_gzip(first);
    let mut text: Box<dyn BufRead + 'f> = match is_packed {
        true => Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(file))),
        false => Box::new(file),
    };
    let first = text.fill_buf().map_err(unreadable)?;
    let mark = match first.starts_with(BYTE_ORDER_MARK) {
        true => BYTE_ORDER_MARK.len(),
        false => 0,
    };
    text.consume(mark);
    let first = text.fill_buf().map_err(unreadable)?;
    let mut bytes = first.iter().filter(|byte| !byte.is_ascii_whitespace());
    let kind = match bytes.next() {
        Some(b'^' | b'!' | b'#') => TextKind::Soft,
        Some(b'<') => TextKind::Miniml,
        _ => TextKind::Other,
    };
    Ok((kind, text))
}

/// Why a text cannot be read.
pub(super) fn unreadable(error: io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the gzip file is truncated: download it again".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("the gzip file is damaged ({error}): download it again")
        }
        _ => error.to_string(),
    }
}

/// Bytes of one line, or of XML without an element.
pub(super) const MOST_BYTES: u64 = 1 << 24;

/// A line without its end; `None` at the end of the file. With `skip`, its bytes are not kept.
///
/// # Errors
/// It cannot be read, or is longer than [`MOST_BYTES`].
pub(super) fn next_line(
    text: &mut dyn BufRead,
    line: &mut Vec<u8>,
    number: usize,
) -> Result<bool, String> {
    line.clear();
    let mut limited = text.take(MOST_BYTES);
    let length = limited.read_until(b'\n', line).map_err(unreadable)?;
    if length as u64 == MOST_BYTES && !line.ends_with(b"\n") {
        return Err(format!(
            "line {number}: found more than {MOST_BYTES} bytes, expected a shorter line"
        ));
    }
    while line.ends_with(b"\n") || line.ends_with(b"\r") {
        line.pop();
    }
    Ok(length > 0)
}
