//! gzip (RFC 1952) unpacked in constant memory, with every checksum looked at.

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
/// How many of the first bytes of a file tell what [`is_gzip`] asks.
pub const FIRST_BYTES: usize = 3;

/// Why a gzip file is not unpacked.
#[derive(Debug, Error)]
pub enum UnpackError {
    /// The file is something else.
    #[error("found no gzip file, expected one that begins with the bytes 1f 8b 08")]
    NotGzip,
    /// The file ends in the middle.
    #[error(
        "the gzip file ends in the middle, after {unpacked} unpacked bytes: it was cut off on its way; get it again"
    )]
    CutOff {
        /// How many bytes came out before.
        unpacked: u64,
    },
    /// The bytes are not those that were packed.
    #[error("the gzip file is damaged after {unpacked} unpacked bytes ({fault}): get it again")]
    Damaged {
        /// How many bytes came out before it was noticed.
        unpacked: u64,
        /// How it shows.
        fault: &'static str,
    },
    /// Other bytes behind the end.
    #[error(
        "other bytes follow the end of the gzip file, after {unpacked} unpacked bytes: two files were put together, or it is damaged; get it again"
    )]
    Garbage {
        /// How many bytes came out before.
        unpacked: u64,
        /// The digests of these, which are all that was packed.
        digests: Box<Digests>,
    },
    /// More bytes than the caller wants.
    #[error("the gzip file has more than the {limit} bytes that it may have when unpacked")]
    TooLarge {
        /// How many it may have.
        limit: u64,
    },
    /// The file cannot be read.
    #[error("cannot read the gzip file: {0}")]
    Reading(#[source] io::Error),
    /// What is unpacked cannot be written.
    #[error("cannot write what is unpacked: {0}")]
    Writing(#[source] io::Error),
}

/// Whether a file with these first bytes is gzip.
pub fn is_gzip(first_bytes: &[u8]) -> bool {
    first_bytes.starts_with(&MAGIC)
}

/// Unpacks all members of a gzip file, at most `limit` bytes, and says what passed.
///
/// Zeros behind the last member are padding, as gzip itself takes them. After an error the writer has got a part of the file.
pub fn unpack(
    reader: impl Read,
    writer: &mut impl Write,
    limit: u64,
) -> Result<Digests, UnpackError> {
    unpack_hashed(reader, writer, limit, Digester::new(false))
}

/// The same with the digests that `digester`, through which nothing has passed yet, makes.
///
/// # Errors
/// As of [`unpack`].
pub fn unpack_hashed(
    reader: impl Read,
    writer: &mut impl Write,
    limit: u64,
    mut digester: Digester,
) -> Result<Digests, UnpackError> {
    let mut input = BufReader::with_capacity(BUFFER, reader);
    let mut first = true;
    loop {
        match next(&mut input, first)? {
            Next::Member => {}
            Next::End => return Ok(digester.finish()),
            Next::Other if first => return Err(UnpackError::NotGzip),
            Next::Other => return Err(garbage(digester)),
        }
        if !header(&mut Header::new(&mut input, digester.bytes()), first)? {
            return Err(garbage(digester));
        }
        first = false;
        let mut crc = Crc::new();
        let end = inflate(&mut input, BUFFER as u64, UnpackError::Reading, |piece| {
            crc.update(piece);
            digester.update(piece);
            if digester.bytes() > limit {
                return Err(UnpackError::TooLarge { limit });
            }
            writer.write_all(piece).map_err(UnpackError::Writing)
        })?;
        let unpacked = digester.bytes();
        match end {
            InflateEnd::Complete => {}
            InflateEnd::CutOff => return Err(UnpackError::CutOff { unpacked }),
            InflateEnd::Damaged => {
                return Err(UnpackError::Damaged {
                    unpacked,
                    fault: "not what deflate makes",
                });
            }
        }
        let mut trailer = Header::new(&mut input, unpacked);
        let sum = u32::from_le_bytes(trailer.bytes()?);
        let amount = u32::from_le_bytes(trailer.bytes()?);
        if sum != crc.sum() {
            return Err(UnpackError::Damaged {
                unpacked,
                fault: "its CRC-32 is another one",
            });
        }
        if amount != crc.amount() {
            return Err(UnpackError::Damaged {
                unpacked,
                fault: "its length is another one",
            });
        }
    }
}

/// What follows the end is something else.
fn garbage(digester: Digester) -> UnpackError {
    UnpackError::Garbage {
        unpacked: digester.bytes(),
        digests: Box::new(digester.finish()),
    }
}

/// What stands where a member may begin.
enum Next {
    Member,
    End,
    Other,
}

/// Looks at what comes next; before the first member nothing is left out.
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
    /// How many bytes the members before have given.
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
    // The time, what the packer was told to do, and the system say nothing about the content.
    let [flags, _time @ .., _settings, _system]: [u8; 7] = header.bytes()?;
    if flags & RESERVED != 0 {
        return Err(header.damaged("its header has flags that no gzip knows"));
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
            return Err(header.damaged("the checksum of its header is another one"));
        }
    }
    Ok(true)
}
