//! Unpacking deflate (RFC 1951) in constant memory, with the end of the packed bytes in sight.

use std::io::{self, BufRead, ErrorKind};

use flate2::{Decompress, FlushDecompress, Status};

/// The size of a buffer.
pub(super) const BUFFER: usize = 1 << 16;

/// How compressed data ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum InflateEnd {
    /// At their end marker; following bytes are still in the reader.
    Complete,
    /// Before their end mark.
    CutOff,
    /// At bytes that deflate does not make.
    Damaged,
}

/// Unpacks one stream of about `bytes` bytes; each piece goes to `take`, whose error ends it.
pub(super) fn inflate<E>(
    input: &mut impl BufRead,
    bytes: u64,
    reading: fn(io::Error) -> E,
    take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<InflateEnd, E> {
    inflate_with(Decompress::new(false), input, bytes, reading, take)
}

/// The same with a stream that may expect the frame of zlib (RFC 1950) around it.
pub(super) fn inflate_with<E>(
    mut stream: Decompress,
    input: &mut impl BufRead,
    bytes: u64,
    reading: fn(io::Error) -> E,
    mut take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<InflateEnd, E> {
    let few = usize::try_from(bytes).unwrap_or(BUFFER);
    let mut unpacked = vec![0; few.clamp(1 << 10, BUFFER)];
    loop {
        let packed = filled(input).map_err(reading)?;
        let (consumed, produced) = (stream.total_in(), stream.total_out());
        let flush = match packed.is_empty() {
            true => FlushDecompress::Finish,
            false => FlushDecompress::None,
        };
        let status = stream.decompress(packed, &mut unpacked, flush);
        let at_end = packed.is_empty();
        let consumed = (stream.total_in() - consumed) as usize;
        let produced = (stream.total_out() - produced) as usize;
        input.consume(consumed);
        take(&unpacked[..produced])?;
        match status {
            Err(_) => return Ok(InflateEnd::Damaged),
            Ok(Status::StreamEnd) => return Ok(InflateEnd::Complete),
            Ok(_) if produced > 0 => {}
            Ok(_) if at_end => return Ok(InflateEnd::CutOff),
            Ok(_) if consumed == 0 => return Ok(InflateEnd::Damaged),
            Ok(_) => {}
        }
    }
}

/// The bytes that the reader has ready, at least one unless it is at its end.
pub(super) fn filled(input: &mut impl BufRead) -> io::Result<&[u8]> {
    while let Err(error) = input.fill_buf() {
        if error.kind() != ErrorKind::Interrupted {
            return Err(error);
        }
    }
    input.fill_buf()
}
