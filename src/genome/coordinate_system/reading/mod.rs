//! What a file says of its sequences: headers of BAM, CRAM, SAM, VCF, BCF, bigBed and bigWig, and the largest ends in BED, bedGraph,
//! wiggle, GFF and VCF without lengths; each plain or in gzip.
//!
//! The bytes pass once, in order, through an [`EvidenceCollector`]; [`evidence_of`] reads no more of a file than needed. Memory is
//! bounded whatever a header states, and at most [`MOST_BYTES`] are examined.

pub(in crate::genome) mod bbi;
mod binary;
mod cram;
mod ends;
mod rows;
mod sam;
pub(in crate::genome) mod vcf;
mod wig;

use std::io::{self, Read, Seek, SeekFrom, Write};

use flate2::write::MultiGzDecoder;
use thiserror::Error;

use super::evidence::{CoordinateEvidence, Extent, SeenSequence};
use crate::genome::content::{Format, HEAD, format_of_start};
use rows::Rows;

/// Most bytes of a header, and of a chromosome tree.
const MOST_HEADER: usize = 16 << 20;
/// Most bytes of text that are examined for largest ends, and most of text that is compressed, so that a small file takes no long
/// time.
const MOST_BYTES: u64 = 4 << 30;
const MOST_UNPACKED: u64 = 256 << 20;
/// Most sequences of a file, most bytes of the name of one, and of all names.
const MOST_SEQUENCES: usize = 1_000_000;
pub(in crate::genome) const LONGEST_NAME: usize = 1_024;
const MOST_NAME_BYTES: usize = 32 << 20;
/// gzip in gzip is as deep as that.
const MOST_LAYERS: usize = 2;

/// Why a file gives no evidence of its sequences although its format has it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EvidenceError {
    /// The file ends within its header.
    #[error("truncated header: the file ends after {length} bytes, within the {part}")]
    CutOff {
        /// What is not whole.
        part: &'static str,
        /// The number of bytes that were there, decompressed.
        length: u64,
    },
    /// A value of the header is impossible.
    #[error("damaged header: found {found}, expected {expected}")]
    Damaged {
        /// The value.
        found: String,
        /// What the format demands.
        expected: &'static str,
    },
    /// The header is larger than what is read.
    #[error("header not read: found {found}, expected at most {limit}")]
    TooLarge {
        /// What there is too much of.
        found: String,
        /// The limit.
        limit: usize,
    },
    /// The compressed data of the header are damaged.
    #[error("header not read: {0}")]
    Compression(String),
}

/// Progress of a reader over the bytes so far.
enum Progress<T> {
    /// More bytes are needed.
    More(&'static str),
    /// This is all.
    Found(T),
}

type Parsed<T = Vec<SeenSequence>> = Result<Progress<T>, EvidenceError>;

/// Collects the evidence of a file whose bytes are written to it; writing never fails.
#[derive(Debug)]
pub struct EvidenceCollector {
    state: State,
    /// Bytes so far.
    length: u64,
    layer: usize,
}

#[derive(Debug)]
enum State {
    /// The first bytes, before the format is known.
    Start(Vec<u8>),
    /// A header in binary form.
    Header {
        format: Format,
        bytes: Vec<u8>,
        /// Parse again when so many bytes are there.
        next: usize,
    },
    /// A tree of chromosomes, from this place of the file on.
    Tree {
        place: bbi::TreePlace,
        bytes: Vec<u8>,
        next: usize,
    },
    Rows(Box<Rows>),
    Gzip(Box<MultiGzDecoder<EvidenceCollector>>),
    Done(Result<Option<CoordinateEvidence>, EvidenceError>),
}

impl Default for EvidenceCollector {
    fn default() -> Self {
        Self::at_layer(0)
    }
}

impl EvidenceCollector {
    fn at_layer(layer: usize) -> Self {
        EvidenceCollector {
            state: State::Start(Vec::new()),
            length: 0,
            layer,
        }
    }

    /// Whether further bytes change nothing.
    #[must_use]
    pub fn is_done(&self) -> bool {
        match &self.state {
            State::Done(_) => true,
            State::Gzip(inside) => inside.get_ref().is_done(),
            _ => false,
        }
    }

    /// The evidence once all bytes are written; none where the format names no sequences.
    ///
    /// # Errors
    /// The header is truncated, damaged or too large.
    pub fn finish(mut self) -> Result<Option<CoordinateEvidence>, EvidenceError> {
        if let State::Start(bytes) = &mut self.state {
            let bytes = std::mem::take(bytes);
            self.begin(bytes, true);
        }
        let length = self.length;
        match self.state {
            State::Start(_) => Ok(None),
            State::Done(done) => done,
            State::Rows(rows) => rows.finish(),
            State::Gzip(mut inside) => {
                // What is damaged further on is the business of those who unpack the file.
                let _ = inside.try_finish();
                let empty = EvidenceCollector::default();
                std::mem::replace(inside.get_mut(), empty).finish()
            }
            State::Header { format, bytes, .. } => match header(format, &bytes)? {
                Progress::Found(found) => Ok(Some(CoordinateEvidence::new(found))),
                Progress::More(part) => Err(EvidenceError::CutOff { part, length }),
            },
            State::Tree { place, bytes, .. } => match bbi::sequences(&place, &bytes)? {
                Progress::Found(found) => Ok(Some(CoordinateEvidence::new(found))),
                Progress::More(part) => Err(EvidenceError::CutOff { part, length }),
            },
        }
    }

    /// The format is decided by the first bytes.
    fn begin(&mut self, bytes: Vec<u8>, is_whole: bool) {
        if bytes.starts_with(b"\x1f\x8b") && self.layer < MOST_LAYERS {
            let inside = EvidenceCollector::at_layer(self.layer + 1);
            self.state = State::Gzip(Box::new(MultiGzDecoder::new(inside)));
            return self.take(&bytes);
        }
        self.state = match format_of_start(&bytes, is_whole) {
            Some(format @ (Format::Bam | Format::BcfUncompressed | Format::Cram)) => {
                State::Header {
                    format,
                    bytes: Vec::new(),
                    next: 0,
                }
            }
            Some(Format::BigBed | Format::BigWig) => match bbi::place(&bytes) {
                Ok(place) => State::Tree {
                    place,
                    bytes: Vec::new(),
                    next: 0,
                },
                Err(error) => State::Done(Err(error)),
            },
            Some(format) => match Rows::of(format) {
                Some(rows) => State::Rows(Box::new(rows)),
                None => State::Done(Ok(None)),
            },
            None => State::Done(Ok(None)),
        };
        // These bytes are counted again below.
        self.length = 0;
        self.take(&bytes);
    }

    fn take(&mut self, piece: &[u8]) {
        let at = self.length;
        self.length += piece.len() as u64;
        match &mut self.state {
            State::Done(_) => {}
            State::Start(bytes) => {
                bytes.extend_from_slice(piece);
                let is_gzip = bytes.starts_with(b"\x1f\x8b");
                if bytes.len() >= HEAD || is_gzip {
                    let bytes = std::mem::take(bytes);
                    self.begin(bytes, false);
                }
            }
            State::Gzip(inside) => {
                if !inside.get_ref().is_done() && inside.write_all(piece).is_err() {
                    let empty = EvidenceCollector::default();
                    let inside = std::mem::replace(inside.get_mut(), empty);
                    let damaged = EvidenceError::Compression("damaged gzip data".to_owned());
                    // Rows before the damage are evidence.
                    let found = inside.finish();
                    self.state = State::Done(match found {
                        Ok(found @ Some(_)) => Ok(found),
                        _ => Err(damaged),
                    });
                }
            }
            State::Rows(rows) => {
                let most = match self.layer {
                    0 => MOST_BYTES,
                    _ => MOST_UNPACKED,
                };
                let is_over = rows.take(piece) || self.length >= most;
                if is_over {
                    let rows = std::mem::take(rows.as_mut());
                    self.state = State::Done(rows.done());
                }
            }
            State::Tree { place, bytes, next } => {
                let skipped = place.offset.saturating_sub(at);
                let from = usize::try_from(skipped).unwrap_or(usize::MAX);
                bytes.extend_from_slice(piece.get(from..).unwrap_or_default());
                if bytes.is_empty() || bytes.len() < *next {
                    return;
                }
                *next = bytes.len() * 2;
                let parsed = bbi::sequences(place, bytes);
                if bytes.len() > MOST_HEADER || !matches!(parsed, Ok(Progress::More(_))) {
                    self.state = State::Done(evidence(parsed, "chromosome tree"));
                }
            }
            State::Header {
                format,
                bytes,
                next,
            } => {
                bytes.extend_from_slice(piece);
                if bytes.len() < *next {
                    return;
                }
                *next = bytes.len() * 2;
                let parsed = header(*format, bytes);
                if bytes.len() > MOST_HEADER || !matches!(parsed, Ok(Progress::More(_))) {
                    self.state = State::Done(evidence(parsed, "header"));
                }
            }
        }
    }
}

impl Write for EvidenceCollector {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.take(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The evidence of a file, of which no more is read than needed.
///
/// # Errors
/// The file cannot be read; the inner result as of [`EvidenceCollector::finish`].
pub fn evidence_of(
    mut reader: impl Read + Seek,
) -> io::Result<Result<Option<CoordinateEvidence>, EvidenceError>> {
    let mut collector = EvidenceCollector::default();
    let mut piece = vec![0; HEAD];
    loop {
        if let State::Tree { place, bytes, .. } = &collector.state
            && bytes.is_empty()
            && place.offset > collector.length
        {
            collector.length = reader.seek(SeekFrom::Start(place.offset))?;
        }
        let length = match reader.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        collector.take(&piece[..length]);
        if length == 0 || collector.is_done() {
            return Ok(collector.finish());
        }
    }
}

/// How much the names of sequences take.
#[derive(Debug, Default)]
struct NameBudget {
    count: u64,
    bytes: usize,
}

impl NameBudget {
    /// Takes one more name.
    fn take(&mut self, name: &[u8]) -> Result<(), EvidenceError> {
        self.count += 1;
        self.bytes += name.len();
        count_of(self.count)?;
        if self.bytes > MOST_NAME_BYTES {
            return Err(EvidenceError::TooLarge {
                found: "sequence names of more bytes".to_owned(),
                limit: MOST_NAME_BYTES,
            });
        }
        Ok(())
    }
}

/// The sequences of a binary header.
fn header(format: Format, bytes: &[u8]) -> Parsed {
    match format {
        Format::Cram => cram::sequences(bytes),
        Format::Bam => binary::bam(bytes),
        _ => binary::bcf(bytes),
    }
}

fn evidence(parsed: Parsed, what: &str) -> Result<Option<CoordinateEvidence>, EvidenceError> {
    Ok(Some(CoordinateEvidence::new(limited(parsed, what)?)))
}

/// What was parsed of as many bytes as are read.
fn limited<T>(parsed: Parsed<T>, what: &str) -> Result<T, EvidenceError> {
    match parsed? {
        Progress::Found(found) => Ok(found),
        Progress::More(_) => Err(EvidenceError::TooLarge {
            found: format!("a {what} of more bytes"),
            limit: MOST_HEADER,
        }),
    }
}

/// A sequence with the length that a header states.
fn stated(name: &[u8], length: u64, md5: Option<String>) -> Result<SeenSequence, EvidenceError> {
    Ok(SeenSequence {
        name: text_of(name)?,
        extent: Extent::Length(length),
        md5,
    })
}

/// The name of a sequence within its limits.
fn text_of(name: &[u8]) -> Result<String, EvidenceError> {
    if name.len() > LONGEST_NAME {
        return Err(EvidenceError::TooLarge {
            found: format!("a sequence name of {} bytes", name.len()),
            limit: LONGEST_NAME,
        });
    }
    Ok(String::from_utf8_lossy(name).into_owned())
}

/// A number of sequences within its limits.
fn count_of(count: u64) -> Result<usize, EvidenceError> {
    usize::try_from(count)
        .ok()
        .filter(|count| *count <= MOST_SEQUENCES)
        .ok_or(EvidenceError::TooLarge {
            found: format!("{count} sequences"),
            limit: MOST_SEQUENCES,
        })
}
