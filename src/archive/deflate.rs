//! Decodes the HTTP content coding `deflate` in constant memory: zlib (RFC 1950), or raw deflate (RFC 1951), which some servers
//! send under the same name.

use std::io::{self, BufReader, Read, Write};

use flate2::Decompress;
use thiserror::Error;

use super::inflate::{BUFFER, InflateEnd, filled, inflate_with};
use crate::archive::digest::{Digester, Digests};

/// Why bytes are not unpacked.
#[derive(Debug, Error)]
pub enum DeflateError {
    /// They end in the middle.
    #[error("truncated after {unpacked} decompressed bytes")]
    CutOff {
        /// The number of bytes decompressed before.
        unpacked: u64,
    },
    /// They are not what deflate makes, or their checksum differs.
    #[error("damaged, or not deflate, after {unpacked} decompressed bytes")]
    Damaged {
        /// The number of bytes decompressed before.
        unpacked: u64,
    },
    /// Other bytes follow.
    #[error("trailing bytes after {unpacked} decompressed bytes")]
    Trailing {
        /// The number of bytes decompressed before.
        unpacked: u64,
    },
    /// More bytes than the limit.
    #[error("found more than {limit} decompressed bytes, expected at most as many")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// The file cannot be read.
    #[error("cannot read the file: {0}")]
    Reading(#[source] io::Error),
    /// The decompressed data cannot be written.
    #[error("cannot write the decompressed data: {0}")]
    Writing(#[source] io::Error),
}

/// Unpacks a whole file, at most `limit` bytes. `has_frame` if zlib is around it, whose checksum is compared then.
///
/// # Errors
/// Why it cannot be unpacked. The writer has got a part of the file then.
pub fn unpack(
    reader: impl Read,
    writer: &mut impl Write,
    limit: u64,
    has_frame: bool,
) -> Result<Digests, DeflateError> {
    let mut input = BufReader::with_capacity(BUFFER, reader);
    let mut digester = Digester::new(false);
    let stream = Decompress::new(has_frame);
    let bytes = BUFFER as u64;
    let end = inflate_with(stream, &mut input, bytes, DeflateError::Reading, |piece| {
        digester.update(piece);
        if digester.bytes() > limit {
            return Err(DeflateError::TooLarge { limit });
        }
        writer.write_all(piece).map_err(DeflateError::Writing)
    })?;
    let unpacked = digester.bytes();
    match end {
        InflateEnd::CutOff => return Err(DeflateError::CutOff { unpacked }),
        InflateEnd::Damaged => return Err(DeflateError::Damaged { unpacked }),
        InflateEnd::Complete => {}
    }
    let rest = filled(&mut input).map_err(DeflateError::Reading)?;
    if !rest.is_empty() {
        return Err(DeflateError::Trailing { unpacked });
    }
    Ok(digester.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        let level = flate2::Compression::best();
        let mut encoder = flate2::read::ZlibEncoder::new(text, level);
        encoder.read_to_end(&mut packed).unwrap();
        packed
    }

    fn unpacked(bytes: &[u8], has_frame: bool) -> Result<Vec<u8>, DeflateError> {
        let mut text = Vec::new();
        unpack(bytes, &mut text, 1000, has_frame).map(|_| text)
    }

    #[test]
    fn both_kinds_come_back_and_damage_is_noticed() {
        let text = b"chr1\t100\t200\n".repeat(20);
        let framed = packed(&text);
        assert_eq!(unpacked(&framed, true).unwrap(), text);
        let bare = &framed[2..framed.len() - 4];
        assert_eq!(unpacked(bare, false).unwrap(), text);
        let half = &framed[..framed.len() / 2];
        let error = unpacked(half, true);
        assert!(matches!(error, Err(DeflateError::CutOff { .. })));
        let mut flipped = framed.clone();
        *flipped.last_mut().unwrap() ^= 1;
        let error = unpacked(&flipped, true);
        assert!(matches!(error, Err(DeflateError::Damaged { .. })));
        let longer = [bare, b"x"].concat();
        let error = unpacked(&longer, false);
        assert!(matches!(error, Err(DeflateError::Trailing { .. })));
        let bomb = packed(&vec![0; 100_000]);
        assert!(matches!(
            unpacked(&bomb, true),
            Err(DeflateError::TooLarge { limit: 1000 })
        ));
    }
}
