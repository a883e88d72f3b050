//! Decompresses gzip (RFC 1952) in constant memory and verifies all checksums.

use std::io::{self, BufRead, BufReader, Read, Write};

use flate2::Crc;
use thiserror::Error;

use super::inflate::{BUFFER, InflateEnd, filled, inflate};
use crate::archive::digest::{Digester, Digests};

/// The first bytes of a member: magic number and the method deflate.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];
/// The flags of a member's header (RFC 1952, section 2.3.1).
const HEADER_CHECKSUM: u8 = 1 << 1;
const EXTRA: u8 = 1 << 2;
const NAME: u8 = 1 << 3;
const COMMENT: u8 = 1 << 4;
const RESERVED: u8 = 0b1110_0000;
/// The number of first bytes that [`is_gzip`] needs.
pub const FIRST_BYTES: usize = 3;

/// Why a gzip file is not unpacked.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum UnpackError {
    /// The file is not gzip.
    #[error("found no gzip file, expected the bytes 1f 8b 08 at the start")]
    NotGzip,
    /// The file ends in the middle.
    #[error("the gzip file is truncated after {unpacked} decompressed bytes: download it again")]
    CutOff {
        /// The number of bytes decompressed before.
        unpacked: u64,
    },
    /// The bytes are not those that were packed.
    #[error(
        "the gzip file is damaged after {unpacked} decompressed bytes ({fault}): download it again"
    )]
    Damaged {
        /// The number of bytes decompressed before the fault.
        unpacked: u64,
        fault: &'static str,
    },
    /// Trailing bytes after the end.
    #[error(
        "the gzip file has trailing bytes after {unpacked} decompressed bytes: it is damaged or joined with another file; download it again"
    )]
    Garbage {
        /// The number of bytes decompressed before.
        unpacked: u64,
        /// The digests of these bytes, the complete content.
        digests: Box<Digests>,
    },
    /// More bytes than the limit.
    #[error("the gzip file exceeds the limit of {limit} decompressed bytes")]
    TooLarge { limit: u64 },
    /// The file cannot be read.
    #[error("cannot read the gzip file: {0}")]
    Reading(#[source] io::Error),
    /// The decompressed data cannot be written.
    #[error("cannot write the decompressed data: {0}")]
    Writing(#[source] io::Error),
}

/// Whether a file with these first bytes is gzip.
pub fn is_gzip(first_bytes: &[u8]) -> bool {
    first_bytes.starts_with(&MAGIC)
}

/// Decompresses all members of a gzip file, at most `limit` bytes, and returns the digests.
///
/// Zeros after the last member are padding, as in gzip itself. After an error the writer has received a part of the file.
pub fn unpack(
    reader: impl Read,
    writer: &mut impl Write,
    limit: u64,
) -> Result<Digests, UnpackError> {
    unpack_hashed(reader, writer, limit, Digester::new(false))
}

/// The same with an empty `digester`.
///
/// # Errors
/// As of [`unpack`].
pub fn unpack_hashed(
    reader: impl Read,
    writer: &mut impl Write,
    limit: u64,
    mut digester: Digester,
) -> Result<Digests, UnpackError> {
    let members = unpack_members(reader, |piece| {
        digester.update(piece);
        if digester.bytes() > limit {
            return Err(UnpackError::TooLarge { limit });
        }
        writer.write_all(piece).map_err(UnpackError::Writing)
    });
    match members? {
        MembersEnd::End => Ok(digester.finish()),
        MembersEnd::Garbage => Err(UnpackError::Garbage {
            unpacked: digester.bytes(),
            digests: Box::new(digester.finish()),
        }),
    }
}

/// What follows the last member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembersEnd {
    /// Nothing, or zeros.
    End,
    /// Bytes that are not a member.
    Garbage,
}

/// Decompresses all members of a gzip file in pieces, without digests and without a limit; an error of `take` ends it.
///
/// # Errors
/// As of [`unpack`], but for trailing bytes.
pub fn unpack_members<E: From<UnpackError>>(
    reader: impl Read,
    mut take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<MembersEnd, E> {
    let mut input = BufReader::with_capacity(BUFFER, reader);
    let mut first = true;
    let mut unpacked = 0;
    loop {
        match next(&mut input, first)? {
            Next::Member => {}
            Next::End => return Ok(MembersEnd::End),
            Next::Other if first => return Err(UnpackError::NotGzip.into()),
            Next::Other => return Ok(MembersEnd::Garbage),
        }
        if !header(&mut Header::new(&mut input, unpacked), first)? {
            return Ok(MembersEnd::Garbage);
        }
        first = false;
        let mut crc = Crc::new();
        let reading = |error| E::from(UnpackError::Reading(error));
        let end = inflate(&mut input, BUFFER as u64, reading, |piece| {
            crc.update(piece);
            unpacked += piece.len() as u64;
            take(piece)
        })?;
        let damaged = |fault| E::from(UnpackError::Damaged { unpacked, fault });
        match end {
            InflateEnd::Complete => {}
            InflateEnd::CutOff => return Err(UnpackError::CutOff { unpacked }.into()),
            InflateEnd::Damaged => return Err(damaged("invalid deflate data")),
        }
        let mut trailer = Header::new(&mut input, unpacked);
        let sum = u32::from_le_bytes(trailer.bytes()?);
        let amount = u32::from_le_bytes(trailer.bytes()?);
        if sum != crc.sum() {
            return Err(damaged("CRC-32 mismatch"));
        }
        if amount != crc.amount() {
            return Err(damaged("length mismatch"));
        }
    }
}

/// What follows at the possible start of a member.
enum Next {
    Member,
    End,
    Other,
}

/// Peeks at what follows; before the first member nothing is skipped.
fn next(input: &mut impl BufRead, first: bool) -> Result<Next, UnpackError> {
    let mut padding = false;
    loop {
        let bytes = filled(input).map_err(UnpackError::Reading)?;
        let Some(byte) = bytes.first() else {
            return Ok(if first { Next::Other } else { Next::End });
        };
        match byte {
            0 if !first => {
                padding = true;
                let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
                input.consume(zeros);
            }
            // A member does not follow padding: gzip itself stops at the zeros, and would leave it out.
            byte if *byte == MAGIC[0] && !padding => return Ok(Next::Member),
            _ => return Ok(Next::Other),
        }
    }
}

/// The bytes around the packed ones, read one by one.
struct Header<'i, I> {
    input: &'i mut I,
    crc: Crc,
    /// The number of bytes from earlier members.
    unpacked: u64,
}

impl<'i, I: BufRead> Header<'i, I> {
    fn new(input: &'i mut I, unpacked: u64) -> Self {
        Header {
            input,
            crc: Crc::new(),
            unpacked,
        }
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], UnpackError> {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            let first = filled(self.input)
                .map_err(UnpackError::Reading)?
                .first()
                .copied();
            *byte = first.ok_or(UnpackError::CutOff {
                unpacked: self.unpacked,
            })?;
            self.input.consume(1);
        }
        self.crc.update(&bytes);
        Ok(bytes)
    }

    /// Passes over a text that ends with NUL.
    fn text(&mut self) -> Result<(), UnpackError> {
        while self.bytes()? != [0] {}
        Ok(())
    }

    fn damaged(&self, fault: &'static str) -> UnpackError {
        UnpackError::Damaged {
            unpacked: self.unpacked,
            fault,
        }
    }
}

/// Passes over the header of a member; false where what follows the first one is none.
fn header(header: &mut Header<'_, impl BufRead>, first: bool) -> Result<bool, UnpackError> {
    for expected in MAGIC {
        let [found]: [u8; 1] = header.bytes()?;
        match found == expected {
            true => {}
            false if first => return Err(UnpackError::NotGzip),
            false => return Ok(false),
        }
    }
    // Time, compression level and operating system do not affect the content.
    let [flags, _time @ .., _settings, _system]: [u8; 7] = header.bytes()?;
    if flags & RESERVED != 0 {
        return Err(header.damaged("unknown flags in the header"));
    }
    if flags & EXTRA != 0 {
        for _ in 0..u16::from_le_bytes(header.bytes()?) {
            let _: [u8; 1] = header.bytes()?;
        }
    }
    if flags & NAME != 0 {
        header.text()?;
    }
    if flags & COMMENT != 0 {
        header.text()?;
    }
    if flags & HEADER_CHECKSUM != 0 {
        let sum = header.crc.sum() as u16;
        if u16::from_le_bytes(header.bytes()?) != sum {
            return Err(header.damaged("header checksum mismatch"));
        }
    }
    Ok(true)
}
