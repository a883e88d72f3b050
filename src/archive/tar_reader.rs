//! tar (POSIX ustar and pax, GNU) read once from start to end in constant memory, for a few small files in it.
//!
//! Names and sizes in separate entries are limited too, so that no archive exhausts the memory.

use std::io::{self, Read};

use thiserror::Error;

/// The size of a header, and what data are filled up to.
const BLOCK: usize = 512;
/// The largest entry with a long name or pax records, in bytes.
const LONGEST_EXTENSION: u64 = 1 << 20;
/// The most entries of an archive.
const MOST_ENTRIES: u64 = 2_000_000;
/// The largest archive, decompressed, in bytes.
const LARGEST: u64 = 1 << 40;

/// Why a tar archive is not read.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum TarFault {
    /// Not a tar archive.
    #[error(
        "found no tar archive (no entry with a valid checksum at byte {at}): it has another format or is damaged; download it again"
    )]
    Damaged {
        /// The offset where a header was expected, in decompressed bytes.
        at: u64,
    },
    /// The archive ends in the middle.
    #[error("the archive is truncated after {unpacked} decompressed bytes: download it again")]
    CutOff {
        /// The number of bytes decompressed before.
        unpacked: u64,
    },
    /// A wanted file is too large.
    #[error(
        "`{entry}` in the archive has {bytes} bytes, expected at most {limit}; a site sets `export_bytes` under [limits] in its settings (FAIRTRACKS_CONFIG)"
    )]
    TooLarge {
        entry: String,
        bytes: u64,
        limit: u64,
    },
    /// More than anybody packs.
    #[error(
        "the archive has more than {MOST_ENTRIES} entries or {LARGEST} decompressed bytes, or names of more than 1 MiB"
    )]
    TooMuch,
    /// The archive cannot be read.
    #[error("cannot read the archive: {0}")]
    Reading(#[source] io::Error),
}

/// Reads an archive to its end and takes the files that are wanted, of at most `limit` bytes each.
///
/// `wanted` is called once for each file, in order, with its raw name; `take` receives the files.
///
/// # Errors
/// What is wrong with the archive. Files before that have been taken.
pub fn read(
    reader: impl Read,
    limit: u64,
    mut wanted: impl FnMut(&str) -> bool,
    mut take: impl FnMut(String, Vec<u8>),
) -> Result<(), TarFault> {
    let mut tape = TarReader { reader, at: 0 };
    let mut said = Said::default();
    for _ in 0..MOST_ENTRIES {
        let begin = tape.at;
        let Some(header) = tape.header()? else {
            return Ok(());
        };
        let size = size(&header[124..136]).filter(|_| has_checksum(&header));
        let Some(mut size) = size else {
            return Err(TarFault::Damaged { at: begin });
        };
        match header[156] {
            b'L' => said.name = Some(text(&tape.extension(size)?)),
            b'x' => said.records(&tape.extension(size)?),
            b'0' | b'\0' | b'7' => {
                let Said { name, size: other } = std::mem::take(&mut said);
                size = other.unwrap_or(size);
                let name = name.unwrap_or_else(|| name_of(&header));
                if !wanted(&name) {
                    tape.skip(size)?;
                } else if size > limit {
                    let entry = name.rsplit('/').next().unwrap_or_default().to_owned();
                    return Err(TarFault::TooLarge {
                        entry,
                        bytes: size,
                        limit,
                    });
                } else {
                    take(name, tape.bytes(size)?);
                }
            }
            b'K' | b'g' => tape.skip(size)?,
            _ => {
                let Said { size: other, .. } = std::mem::take(&mut said);
                tape.skip(other.unwrap_or(size))?;
            }
        }
    }
    Err(TarFault::TooMuch)
}

/// Attributes that an entry sets for the next one.
#[derive(Default)]
struct Said {
    name: Option<String>,
    size: Option<u64>,
}

impl Said {
    /// Reads pax records: `LENGTH KEY=VALUE\n`, where the length is that of the whole record.
    fn records(&mut self, mut bytes: &[u8]) {
        while let Some(space) = bytes.iter().position(|byte| *byte == b' ') {
            let length = std::str::from_utf8(&bytes[..space]).ok();
            let length = length.and_then(|length| length.parse::<usize>().ok());
            let Some(record) = length.and_then(|length| bytes.get(space + 1..length)) else {
                return;
            };
            bytes = &bytes[space + 1 + record.len()..];
            let record = text(record);
            match record.trim_end_matches('\n').split_once('=') {
                Some(("path", path)) => self.name = Some(path.to_owned()),
                Some(("size", size)) => self.size = size.parse().ok(),
                _ => {}
            }
        }
    }
}

struct TarReader<R> {
    reader: R,
    at: u64,
}

impl<R: Read> TarReader<R> {
    fn fault(&self, error: io::Error) -> TarFault {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => TarFault::CutOff { unpacked: self.at },
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                TarFault::Damaged { at: self.at }
            }
            _ => TarFault::Reading(error),
        }
    }

    fn advance(&mut self, bytes: u64) -> Result<(), TarFault> {
        self.at = self.at.saturating_add(bytes);
        if self.at > LARGEST {
            Err(TarFault::TooMuch)
        } else {
            Ok(())
        }
    }

    /// The next header; `None` at the end, a block of zeros or, with some writers, the end of the file.
    fn header(&mut self) -> Result<Option<[u8; BLOCK]>, TarFault> {
        let mut header = [0; BLOCK];
        let mut filled = 0;
        while filled < BLOCK {
            match self.reader.read(&mut header[filled..]) {
                Ok(0) if filled == 0 && self.at > 0 => return Ok(None),
                Ok(0) => {
                    return Err(TarFault::CutOff {
                        unpacked: self.at + filled as u64,
                    });
                }
                Ok(bytes) => filled += bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.fault(error)),
            }
        }
        self.advance(BLOCK as u64)?;
        Ok(header.iter().any(|byte| *byte != 0).then_some(header))
    }

    fn bytes(&mut self, size: u64) -> Result<Vec<u8>, TarFault> {
        let mut bytes = Vec::new();
        let read = (&mut self.reader).take(size).read_to_end(&mut bytes);
        read.map_err(|error| self.fault(error))?;
        self.advance(bytes.len() as u64)?;
        if (bytes.len() as u64) < size {
            return Err(TarFault::CutOff { unpacked: self.at });
        }
        self.pass(padding(size))?;
        Ok(bytes)
    }

    fn extension(&mut self, size: u64) -> Result<Vec<u8>, TarFault> {
        if size > LONGEST_EXTENSION {
            return Err(TarFault::TooMuch);
        }
        self.bytes(size)
    }

    fn skip(&mut self, size: u64) -> Result<(), TarFault> {
        self.pass(size)?;
        self.pass(padding(size))
    }

    fn pass(&mut self, bytes: u64) -> Result<(), TarFault> {
        if bytes > LARGEST {
            return Err(TarFault::TooMuch);
        }
        let passed = io::copy(&mut (&mut self.reader).take(bytes), &mut io::sink());
        let passed = passed.map_err(|error| self.fault(error))?;
        self.advance(passed)?;
        if passed < bytes {
            Err(TarFault::CutOff { unpacked: self.at })
        } else {
            Ok(())
        }
    }
}

fn padding(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

/// The text before the first zero.
fn text(bytes: &[u8]) -> String {
    let end = bytes
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn name_of(header: &[u8; BLOCK]) -> String {
    let name = text(&header[..100]);
    match text(&header[345..500]) {
        folder if &header[257..263] == b"ustar\0" && !folder.is_empty() => {
            format!("{folder}/{name}")
        }
        _ => name,
    }
}

/// A tar number: octal digits, or, if these are too few, binary after a set bit.
fn size(field: &[u8]) -> Option<u64> {
    if let [0x80, rest @ ..] = field {
        return rest.iter().try_fold(0_u64, |sum, byte| {
            sum.checked_mul(256)?.checked_add(u64::from(*byte))
        });
    }
    let text = std::str::from_utf8(field).ok()?;
    match text.trim_matches(|c| c == ' ' || c == '\0') {
        "" => Some(0),
        digits => u64::from_str_radix(digits, 8).ok(),
    }
}

/// Whether the checksum of the header is right: the sum of its bytes with spaces as checksum.
fn has_checksum(header: &[u8; BLOCK]) -> bool {
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    let found = sum(&header[..148]) + 8 * u64::from(b' ') + sum(&header[156..]);
    size(&header[148..156]) == Some(found)
}
