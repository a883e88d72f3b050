//! Access to the few bytes of a file that identify it.

use std::io::{self, Read, Seek, SeekFrom};

/// The number of first bytes examined.
pub const HEAD: usize = 64 << 10;

/// A file, its first bytes at hand and the others within reach.
#[derive(Debug)]
pub struct FileBytes<R> {
    head: Vec<u8>,
    length: u64,
    reader: R,
}

impl<R: Read + Seek> FileBytes<R> {
    /// Reads the first [`HEAD`] bytes.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn new(mut reader: R) -> io::Result<Self> {
        let length = reader.seek(SeekFrom::End(0))?;
        let mut bytes = FileBytes {
            head: Vec::new(),
            length,
            reader,
        };
        bytes.head = bytes.read(0, HEAD)?;
        Ok(bytes)
    }

    /// The first bytes, at most [`HEAD`].
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether the first bytes are all of it.
    pub fn is_whole(&self) -> bool {
        self.head.len() as u64 >= self.length
    }

    /// The bytes at an offset: the requested number, at most [`HEAD`], fewer at the end of the file.
    pub(super) fn read(&mut self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if offset < self.length {
            self.reader.seek(SeekFrom::Start(offset))?;
            let length = length.min(HEAD) as u64;
            self.reader
                .by_ref()
                .take(length.min(self.length - offset))
                .read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }

    /// The last bytes.
    pub(super) fn tail(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let offset = self.length.saturating_sub(length.min(HEAD) as u64);
        self.read(offset, length)
    }
}

/// A whole number of 2, 4 or 8 bytes at a place.
pub(super) fn number(bytes: &[u8], at: usize, width: usize, little: bool) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
    Some(if little {
        bytes.iter().rev().fold(0, join)
    } else {
        bytes.iter().fold(0, join)
    })
}
