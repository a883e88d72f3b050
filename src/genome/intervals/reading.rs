//! Reads the intervals of a file of any of the formats, compressed or not.

use std::io::{Read, Seek, SeekFrom};

use super::bbi::{self, BbiKind};
use super::sinks::{CoordinateSink, ElementSink, IntervalSink, QueryElement};
use super::text::{LeftOutRows, TextReader};
use super::{ChromosomeExtents, IntervalError, IntervalSet};
use crate::archive::gzip::{MembersEnd, is_gzip, unpack_members};

/// How many bytes are read in one go.
const PIECE: usize = 1 << 17;

/// How a file is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct IntervalOptions {
    /// Values above it are regions, in bedGraph and bigWig files.
    pub threshold: Option<f64>,
    /// Whether the file is bedGraph, by its datatype or name; a `track type=bedGraph` line says so too.
    pub is_bedgraph: bool,
}

/// The intervals of a file.
#[derive(Clone, Debug, Default)]
pub struct IntervalFile<T> {
    /// The intervals.
    pub intervals: T,
    /// What the file shows of its chromosomes.
    pub extents: ChromosomeExtents,
    /// Rows without an interval: records of VCF without a variant, associations without a position.
    pub left_out: u64,
    /// Associations of a position that an earlier row has too.
    pub repeated: u64,
    /// Whether the file is a table of associations, whose chromosomes are called 1, 2, …, X on any assembly.
    pub is_association_table: bool,
}

/// Reads the coordinates of a track; names are not kept.
///
/// # Errors
/// A fault of the file, with its line.
pub fn read_track(
    reader: impl Read + Seek,
    options: IntervalOptions,
) -> Result<IntervalFile<IntervalSet>, IntervalError> {
    let (sink, left_out, header) = read(reader, options, CoordinateSink::default())?;
    let (intervals, mut extents) = sink.finish();
    extents.add_lengths(&header);
    Ok(file(intervals, extents, left_out))
}

/// Reads the elements of a query in the order of the file, with their names.
///
/// # Errors
/// A fault of the file, with its line.
pub fn read_query(
    reader: impl Read + Seek,
    options: IntervalOptions,
) -> Result<IntervalFile<Vec<QueryElement>>, IntervalError> {
    let (sink, left_out, mut extents) = read(reader, options, ElementSink::default())?;
    let mut elements = sink.elements;
    for element in &mut elements {
        extents.reaches(
            &element.chromosome,
            element.interval.end,
            Some(element.line),
        );
    }
    Ok(file(elements, extents, left_out))
}

fn file<T>(intervals: T, extents: ChromosomeExtents, left_out: LeftOutRows) -> IntervalFile<T> {
    IntervalFile {
        intervals,
        extents,
        left_out: left_out.without_interval,
        repeated: left_out.repeated,
        is_association_table: left_out.is_association_table,
    }
}

fn read<S: IntervalSink>(
    mut reader: impl Read + Seek,
    options: IntervalOptions,
    mut sink: S,
) -> Result<(S, LeftOutRows, ChromosomeExtents), IntervalError> {
    let mut first = [0; 4];
    let length = fill(&mut reader, &mut first)?;
    let first = &first[..length];
    reader.seek(SeekFrom::Start(0))?;
    if let Some(kind) = BbiKind::of(first) {
        let threshold = match kind {
            BbiKind::BigBed => None,
            BbiKind::BigWig => {
                let threshold = options.threshold;
                Some(threshold.ok_or(IntervalError::NoThreshold("bigWig"))?)
            }
        };
        let extents = bbi::read(reader, threshold, &mut sink)?;
        return Ok((sink, LeftOutRows::default(), extents));
    }
    let mut text = TextReader::new(sink, options.is_bedgraph, options.threshold)?;
    if is_gzip(first) {
        return match unpack_members(reader, |piece| text.push(piece)) {
            Ok(MembersEnd::End) => text.finish(),
            Ok(MembersEnd::Garbage) => Err(IntervalError::Garbage),
            Err(IntervalError::Gzip(problem)) => Err(IntervalError::GzipLine {
                number: text.number + 1,
                problem,
            }),
            Err(error) => Err(error),
        };
    }
    let mut piece = vec![0; PIECE];
    loop {
        match fill(&mut reader, &mut piece)? {
            0 => return text.finish(),
            length => text.push(&piece[..length])?,
        }
    }
}

/// Reads as many bytes as there are, at most as many as fit.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match reader.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}
