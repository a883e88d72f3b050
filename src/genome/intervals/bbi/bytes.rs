//! Bytes of a bigBed or bigWig file: parts of the file, numbers in its byte order, compressed blocks.

use std::io::{Read, Seek, SeekFrom};

use flate2::{Decompress, FlushDecompress, Status};

use crate::genome::intervals::IntervalError;

/// The longest part that is read at once; writers make blocks of some 100 kB.
const LONGEST: usize = 1 << 28;

/// A file that contradicts its format.
pub(super) fn damaged(found: &str) -> IntervalError {
    IntervalError::Binary(format!(
        "found {found}, expected a complete bigBed or bigWig file: the file is damaged; download it again"
    ))
}

/// A file, its length and its byte order.
#[derive(Debug)]
pub(super) struct BbiFile<R> {
    pub reader: R,
    length: u64,
    /// Whether the lowest byte of a number comes first.
    pub is_little: bool,
}

impl<R: Read + Seek> BbiFile<R> {
    pub fn new(mut reader: R) -> Result<Self, IntervalError> {
        let length = reader.seek(SeekFrom::End(0))?;
        Ok(BbiFile {
            reader,
            length,
            is_little: true,
        })
    }

    /// The bytes of a part of the file.
    pub fn read(
        &mut self,
        offset: u64,
        length: usize,
        what: &str,
    ) -> Result<Vec<u8>, IntervalError> {
        let end = offset.saturating_add(length as u64);
        if end > self.length || length > LONGEST {
            return Err(damaged(&format!(
                "{what} up to byte {end} of a file of {} bytes",
                self.length
            )));
        }
        let mut bytes = vec![0; length];
        self.reader.seek(SeekFrom::Start(offset))?;
        self.reader.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// The numbers in bytes, one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct BbiFields<'b> {
    bytes: &'b [u8],
    is_little: bool,
}

impl<'b> BbiFields<'b> {
    pub fn new(bytes: &'b [u8], is_little: bool) -> Self {
        BbiFields { bytes, is_little }
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], IntervalError> {
        let (first, rest) = self
            .bytes
            .split_first_chunk::<N>()
            .ok_or_else(|| damaged("a record that ends too early"))?;
        self.bytes = rest;
        let mut bytes = *first;
        if !self.is_little {
            bytes.reverse();
        }
        Ok(bytes)
    }

    pub fn u8(&mut self) -> Result<u8, IntervalError> {
        Ok(u8::from_le_bytes(self.take()?))
    }

    pub fn u16(&mut self) -> Result<u16, IntervalError> {
        Ok(u16::from_le_bytes(self.take()?))
    }

    pub fn u32(&mut self) -> Result<u32, IntervalError> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    pub fn u64(&mut self) -> Result<u64, IntervalError> {
        Ok(u64::from_le_bytes(self.take()?))
    }

    pub fn f32(&mut self) -> Result<f32, IntervalError> {
        Ok(f32::from_le_bytes(self.take()?))
    }

    /// The next bytes as they are.
    pub fn bytes(&mut self, length: usize) -> Result<&'b [u8], IntervalError> {
        let (first, rest) = self
            .bytes
            .split_at_checked(length)
            .ok_or_else(|| damaged("a record that ends too early"))?;
        self.bytes = rest;
        Ok(first)
    }

    /// Passes over bytes.
    pub fn pass(&mut self, length: usize) -> Result<(), IntervalError> {
        self.bytes(length).map(|_| ())
    }

    /// The bytes up to a NUL, which is passed over.
    pub fn text(&mut self) -> Result<&'b [u8], IntervalError> {
        let end = memchr::memchr(0, self.bytes).ok_or_else(|| damaged("a text without its end"))?;
        let text = self.bytes(end)?;
        self.pass(1)?;
        Ok(text)
    }
}

/// A block without its zlib compression (RFC 1950), at most as long as the header of the file says.
pub(super) fn inflated(packed: &[u8], most: usize, offset: u64) -> Result<Vec<u8>, IntervalError> {
    // A damaged header may ask for any size.
    let mut unpacked = Vec::with_capacity(most.min(1 << 20));
    let mut stream = Decompress::new(true);
    loop {
        let (consumed, length) = (stream.total_in() as usize, unpacked.len());
        let rest = packed.get(consumed..).unwrap_or_default();
        let status = stream.decompress_vec(rest, &mut unpacked, FlushDecompress::Finish);
        match status {
            Ok(Status::StreamEnd) => return Ok(unpacked),
            Ok(_) if unpacked.len() == unpacked.capacity() && unpacked.len() < most => {
                unpacked.reserve((most - unpacked.len()).min(1 << 20));
            }
            Ok(_) if unpacked.len() > length || stream.total_in() as usize > consumed => {}
            _ => {
                return Err(damaged(&format!(
                    "a data block at byte {offset} that does not decompress"
                )));
            }
        }
        if unpacked.len() > most {
            return Err(damaged(&format!(
                "a data block at byte {offset} larger than its header says"
            )));
        }
    }
}
