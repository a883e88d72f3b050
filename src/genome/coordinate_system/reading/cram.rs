//! The SAM header in the first container of CRAM (CRAM specification 3.1, sections 6 to 8).

use std::io::Read as _;

use flate2::read::GzDecoder;

use super::bbi::number;
use super::{EvidenceError, Parsed, Progress, sam};

const PART: &str = "header container of the CRAM file";
/// The file definition: magic number, two bytes of version, 20 of an id.
const DEFINITION: usize = 26;

/// The sequences of the header by the first bytes of the file.
pub(super) fn sequences(bytes: &[u8]) -> Parsed {
    let Some(version) = bytes.get(4) else {
        return Ok(Progress::More(PART));
    };
    if !matches!(version, 2 | 3) {
        return Err(EvidenceError::Damaged {
            found: format!("CRAM of version {version}"),
            expected: "version 2 or 3",
        });
    }
    match block(bytes, *version) {
        None => Ok(Progress::More(PART)),
        Some(Err(error)) => Err(error),
        Some(Ok(text)) => {
            // The block starts with the length of the text, which zeros may follow as padding.
            let length = number(&text, 0, 4, true).unwrap_or_default();
            let end = usize::try_from(length).unwrap_or(usize::MAX);
            let end = end.saturating_add(4).min(text.len());
            let text = text.get(4..end).unwrap_or_default();
            Ok(Progress::Found(sam::sequences(text)?))
        }
    }
}

/// The decompressed first block of the first container; none if more bytes are needed.
fn block(bytes: &[u8], version: u8) -> Option<Result<Vec<u8>, EvidenceError>> {
    let mut cursor = Cursor {
        bytes,
        at: DEFINITION,
    };
    // Length; reference, start, span, number of records.
    cursor.skip(4)?;
    for _ in 0..4 {
        cursor.itf8()?;
    }
    // Record counter and bases: the counter is an ITF-8 in version 2.
    match version {
        2 => cursor.itf8().map(|_| ())?,
        _ => cursor.ltf8()?,
    }
    cursor.ltf8()?;
    cursor.itf8()?;
    let landmarks = cursor.itf8()?;
    for _ in 0..landmarks {
        cursor.itf8()?;
    }
    if version >= 3 {
        cursor.skip(4)?;
    }
    let method = cursor.byte()?;
    let kind = cursor.byte()?;
    if kind != 0 {
        return Some(Err(EvidenceError::Damaged {
            found: format!("a first block of content type {kind}"),
            expected: "0, the file header",
        }));
    }
    cursor.itf8()?;
    let (packed, unpacked) = (cursor.itf8()?, cursor.itf8()?);
    let sizes = [packed, unpacked].map(|size| super::binary::header_length(u64::from(size)));
    let [Ok(packed), Ok(unpacked)] = sizes else {
        let refused = sizes.into_iter().find_map(Result::err);
        return refused.map(Err);
    };
    let data = cursor.bytes.get(cursor.at..cursor.at + packed)?;
    Some(match method {
        0 => Ok(data.to_vec()),
        1 => {
            let mut text = Vec::new();
            let limit = unpacked as u64;
            let read = GzDecoder::new(data).take(limit).read_to_end(&mut text);
            match read {
                Ok(_) => Ok(text),
                Err(error) => Err(EvidenceError::Compression(error.to_string())),
            }
        }
        other => Err(EvidenceError::Damaged {
            found: format!("a header block with the compression method {other}"),
            expected: "0 (none) or 1 (gzip)",
        }),
    })
}

/// Reads the numbers of variable length (section 2.3).
struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Cursor<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.at += count;
        (self.at <= self.bytes.len()).then_some(())
    }

    /// An ITF-8 as unsigned number; the leading ones of the first byte count the further bytes.
    fn itf8(&mut self) -> Option<u32> {
        let first = self.byte()?;
        let more = first.leading_ones().min(4);
        let mut number = u32::from(first) & (0xff >> (more + 1).min(8));
        if more == 4 {
            number = u32::from(first & 0x0f);
        }
        for position in 0..more {
            let byte = u32::from(self.byte()?);
            number = match (more, position) {
                // The last of five bytes has four bits of the number.
                (4, 3) => number << 4 | byte & 0x0f,
                _ => number << 8 | byte,
            };
        }
        Some(number)
    }

    /// Passes over an LTF-8.
    fn ltf8(&mut self) -> Option<()> {
        let more = self.byte()?.leading_ones();
        self.skip(more as usize)
    }
}
