//! Why intervals cannot be read.

use std::borrow::Cow;
use std::io;

use thiserror::Error;

use crate::archive::gzip::UnpackError;
use crate::genome::coordinate_system::EvidenceError;
use crate::genome::coordinate_system::reading::LONGEST_NAME;

/// How much of a value a message shows.
const SHOWN: usize = 40;

/// Why a file of intervals is not read, and where in it.
#[derive(Debug, Error)]
pub enum IntervalError {
    /// A line of a text.
    #[error("line {number}: {problem}")]
    Line {
        /// The number of the line, from 1.
        number: u64,
        /// What is wrong with it.
        problem: LineProblem,
    },
    /// A whole file that is no text of intervals.
    #[error(
        "found {0}, expected BED, narrowPeak, broadPeak, gappedPeak, bedGraph, bigBed, bigWig, VCF or a table with the columns CHR_ID and CHR_POS: convert the file to BED"
    )]
    OtherFormat(&'static str),
    /// Signal values without a threshold.
    #[error(
        "found {0}, expected regions or a threshold that makes regions of the values: set the threshold"
    )]
    NoThreshold(&'static str),
    /// A fault of a bigBed or bigWig file.
    #[error("{0}")]
    Binary(String),
    /// A fault in the chromosome list of a bigBed or bigWig file.
    #[error("{0}: download the file again")]
    Chromosomes(#[from] EvidenceError),
    /// A fault of a gzip file.
    #[error(transparent)]
    Gzip(#[from] UnpackError),
    /// A fault of a gzip file, found within a line of the decompressed text.
    #[error("line {number}: {problem}")]
    GzipLine {
        /// The number of the line, from 1.
        number: u64,
        /// The fault.
        problem: UnpackError,
    },
    /// Bytes after the end of a gzip file.
    #[error(
        "found trailing bytes after the gzip data, expected none: the file is damaged; download it again"
    )]
    Garbage,
    /// The file cannot be read.
    #[error(transparent)]
    Reading(#[from] io::Error),
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LineProblem {
    /// Too few columns.
    #[error("found {found} columns, expected at least {expected}: separate the columns by tabs")]
    Columns {
        /// The number found.
        found: usize,
        /// The number expected.
        expected: usize,
    },
    /// A text in place of a position.
    #[error(
        "found the {column} `{text}`, expected a whole number from 0 to 4294967295: correct or remove the line"
    )]
    NotNumber {
        /// The name of the column.
        column: &'static str,
        /// The beginning of the text.
        text: String,
    },
    /// A position before the chromosome.
    #[error("found the negative {column} {text}, expected 0 or more: correct or remove the line")]
    Negative {
        /// The name of the column.
        column: &'static str,
        /// The beginning of the text.
        text: String,
    },
    /// An end before the start.
    #[error(
        "found the end {end} before the start {start}, expected the end at or after the start: swap the two or remove the line"
    )]
    Reversed {
        /// The start.
        start: u64,
        /// The end.
        end: u64,
    },
    /// A position of VCF or of a table that counts from 0.
    #[error("found the position 0, expected 1 or more: positions count from 1; correct the line")]
    Zero,
    /// An end beyond the chromosome.
    #[error(
        "found the end {end} on {chromosome}, expected at most {length}, the length of the chromosome: select the assembly of the file, or correct the line"
    )]
    BeyondChromosome {
        /// The end.
        end: u64,
        /// The chromosome.
        chromosome: String,
        /// Its length in base pairs.
        length: u64,
    },
    /// No name of a chromosome.
    #[error(
        "found no chromosome name, expected one in the first column: correct or remove the line"
    )]
    NoChromosome,
    /// A name that is longer than those of chromosomes.
    #[error(
        "found a chromosome name of {0} bytes, expected at most {LONGEST_NAME}: correct or remove the line"
    )]
    LongChromosome(usize),
    /// A fault of a header line.
    #[error(transparent)]
    Header(#[from] EvidenceError),
    /// A value of bedGraph that is no number.
    #[error(
        "found the value `{0}`, expected a number in the fourth column of bedGraph: set the datatype of the file to bed if it holds regions"
    )]
    NotValue(String),
    /// Line ends of old systems.
    #[error("found line ends of CR alone, expected LF or CR LF: convert the line ends")]
    CarriageReturns,
    /// Bytes that are no text.
    #[error("found a NUL byte, expected text: save the file as UTF-8")]
    NotText,
    /// Numbers of chromosomes and positions that differ.
    #[error(
        "found {chromosomes} chromosomes and {positions} positions, expected as many of both: correct or remove the line"
    )]
    Unpaired {
        /// The number of chromosomes.
        chromosomes: usize,
        /// The number of positions.
        positions: usize,
    },
}

impl LineProblem {
    /// The problem at a line.
    #[must_use]
    pub fn at(self, number: u64) -> IntervalError {
        IntervalError::Line {
            number,
            problem: self,
        }
    }

    pub(super) fn not_number(column: &'static str, text: &[u8]) -> Self {
        let is_negative =
            text.len() > 1 && text.starts_with(b"-") && text[1..].iter().all(u8::is_ascii_digit);
        let text = shown(text);
        match is_negative {
            true => LineProblem::Negative { column, text },
            false => LineProblem::NotNumber { column, text },
        }
    }
}

/// The name of a chromosome, within its limits.
pub(super) fn chromosome_name(name: &[u8], number: u64) -> Result<Cow<'_, str>, IntervalError> {
    match name.len() {
        0 => Err(LineProblem::NoChromosome.at(number)),
        1..=LONGEST_NAME => Ok(String::from_utf8_lossy(name)),
        length => Err(LineProblem::LongChromosome(length).at(number)),
    }
}

/// The beginning of a value, for a message.
pub(super) fn shown(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.into_owned(),
    }
}
