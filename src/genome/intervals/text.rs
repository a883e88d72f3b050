//! Text in pieces: finds the lines, recognises the format by the first of them, and hands each to its reader.

use super::association_table::AssociationLines;
use super::bed::{self, BedLines};
use super::line_ends::LineEnds;
use super::sinks::IntervalSink;
use super::vcf::VcfLines;
use super::{ChromosomeExtents, IntervalError, LineProblem};

/// What a reader of text left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOutRows {
    /// Rows without an interval.
    pub without_interval: u64,
    /// Positions that an earlier row has too.
    pub repeated: u64,
    /// Whether the text is a table of associations.
    pub is_association_table: bool,
}

#[derive(Debug)]
enum Lines {
    Unknown(BedLines),
    Bed(BedLines),
    Vcf(Box<VcfLines>),
    Associations(Box<AssociationLines>),
}

/// Reads a text that comes in pieces.
#[derive(Debug)]
pub(super) struct TextReader<S> {
    pub sink: S,
    lines: Lines,
    /// The beginning of a line whose end has not come yet.
    begun: Vec<u8>,
    ends: LineEnds,
    /// The number of lines that are complete.
    pub number: u64,
    threshold: Option<f64>,
}

impl<S: IntervalSink> TextReader<S> {
    /// Reads regions, or where `is_signal` bedGraph above the threshold.
    pub fn new(sink: S, is_signal: bool, threshold: Option<f64>) -> Result<Self, IntervalError> {
        if is_signal && threshold.is_none() {
            return Err(IntervalError::NoThreshold("bedGraph"));
        }
        let bed = BedLines::new(threshold.filter(|_| is_signal));
        Ok(TextReader {
            sink,
            lines: Lines::Unknown(bed),
            begun: Vec::new(),
            ends: LineEnds::default(),
            number: 0,
            threshold,
        })
    }

    /// The next piece of the text.
    pub fn push(&mut self, mut piece: &[u8]) -> Result<(), IntervalError> {
        if !self.begun.is_empty() {
            let Some(end) = memchr::memchr(b'\n', piece) else {
                self.begun.extend_from_slice(piece);
                return Ok(());
            };
            let mut line = std::mem::take(&mut self.begun);
            line.extend_from_slice(&piece[..end]);
            self.line(&line)?;
            // The buffer is used again.
            line.clear();
            self.begun = line;
            piece = &piece[end + 1..];
        }
        while let Some(end) = self.ends.next(piece) {
            if let Lines::Bed(lines) = &mut self.lines {
                self.number += 1;
                lines.read_first(piece, end, self.number, &mut self.sink)?;
            } else {
                self.line(&piece[..end])?;
            }
            piece = &piece[end + 1..];
        }
        self.begun.extend_from_slice(piece);
        Ok(())
    }

    /// The end of the text: what was left out, and lengths in its header.
    pub fn finish(mut self) -> Result<(S, LeftOutRows, ChromosomeExtents), IntervalError> {
        let last = std::mem::take(&mut self.begun);
        if !last.is_empty() {
            self.line(&last)?;
        }
        let (left_out, extents) = match self.lines {
            Lines::Unknown(_) | Lines::Bed(_) => Default::default(),
            Lines::Vcf(lines) => {
                let without_interval = lines.left_out;
                let left_out = LeftOutRows {
                    without_interval,
                    ..LeftOutRows::default()
                };
                (left_out, lines.extents)
            }
            Lines::Associations(lines) => {
                let left_out = LeftOutRows {
                    without_interval: lines.left_out,
                    repeated: lines.repeated,
                    is_association_table: true,
                };
                (left_out, ChromosomeExtents::default())
            }
        };
        Ok((self.sink, left_out, extents))
    }

    fn line(&mut self, line: &[u8]) -> Result<(), IntervalError> {
        self.number += 1;
        let mut line = line.strip_suffix(b"\r").unwrap_or(line);
        if self.number == 1 {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
            if line.contains(&0) {
                return Err(LineProblem::NotText.at(1));
            }
        }
        if let Lines::Unknown(_) = self.lines {
            self.recognise(line)?;
        }
        match &mut self.lines {
            Lines::Unknown(lines) | Lines::Bed(lines) => {
                if memchr::memchr(b'\r', line).is_some() {
                    return Err(LineProblem::CarriageReturns.at(self.number));
                }
                lines.read(line, self.number, &mut self.sink)
            }
            Lines::Vcf(lines) => lines.read(line, self.number, &mut self.sink),
            Lines::Associations(lines) => {
                // The titles themselves are the first line.
                match AssociationLines::titled(line) {
                    Some(_) => Ok(()),
                    None => lines.read(line, self.number, &mut self.sink),
                }
            }
        }
    }

    /// Decides for a format where a line shows it.
    fn recognise(&mut self, line: &[u8]) -> Result<(), IntervalError> {
        let starts = |starts: &[&str]| starts.iter().any(|it| line.starts_with(it.as_bytes()));
        if starts(&[
            "##fileformat=VCF",
            "##format=VCF",
            "#CHROM\tPOS\tID\tREF\tALT",
        ]) {
            self.lines = Lines::Vcf(Box::default());
            return Ok(());
        }
        if let Some(lines) = AssociationLines::titled(line) {
            self.lines = Lines::Associations(Box::new(lines));
            return Ok(());
        }
        let others = [
            (&["##gff-version"][..], "GFF"),
            (&["fixedStep", "variableStep"], "wiggle"),
            (&["@HD\t", "@SQ\t"], "SAM"),
            (&["<"], "a web page or XML"),
            (&["{", "["], "JSON"),
            (&[">"], "FASTA"),
            (&["BAM\u{1}", "CRAM"], "alignments"),
            (&["PK\u{3}\u{4}"], "a zip archive"),
        ];
        if let Some((_, format)) = others.iter().find(|(beginnings, _)| starts(beginnings)) {
            return Err(IntervalError::OtherFormat(format));
        }
        let Lines::Unknown(lines) = &mut self.lines else {
            return Ok(());
        };
        if bed::declares_bedgraph(line) {
            lines.threshold = self.threshold;
            if self.threshold.is_none() {
                return Err(IntervalError::NoThreshold("bedGraph"));
            }
        }
        let is_before_data = line.trim_ascii().is_empty() || starts(&["#", "track", "browser"]);
        if !is_before_data {
            self.lines = Lines::Bed(std::mem::take(lines));
        }
        Ok(())
    }
}
