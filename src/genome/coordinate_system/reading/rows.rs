//! The largest end on each sequence of a text, and the lengths in the headers of SAM and VCF.

use memchr::memchr2;

use super::ends::{Ends, position};
use super::wig::Wiggle;
use super::{EvidenceError, LONGEST_NAME, NameBudget, sam, text_of, vcf};
use crate::genome::content::Format;
use crate::genome::coordinate_system::{CoordinateEvidence, Extent, SeenSequence};

/// Longer lines are cut: positions stand in the first columns. The longest names fit several times.
const LONGEST_LINE: usize = 64 << 10;

/// Reads lines of a format.
#[derive(Debug, Default)]
pub(super) struct Rows {
    kind: Kind,
    /// The beginning of a line whose end has not come.
    open: Vec<u8>,
    stated: Vec<SeenSequence>,
    budget: NameBudget,
    ends: Ends,
    wiggle: Wiggle,
    error: Option<EvidenceError>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Bed,
    Gff,
    Vcf,
    Sam,
    Wig,
}

impl Rows {
    /// A reader for a text format that has positions.
    pub(super) fn of(format: Format) -> Option<Self> {
        let kind = match format {
            Format::Bed | Format::EncodePeak | Format::BedGraph => Kind::Bed,
            Format::Gff | Format::Gff3 | Format::Gtf => Kind::Gff,
            Format::Vcf => Kind::Vcf,
            Format::Sam => Kind::Sam,
            Format::Wig => Kind::Wig,
            _ => return None,
        };
        Some(Rows {
            kind,
            ..Rows::default()
        })
    }

    /// Takes bytes; the answer says whether further ones change nothing.
    pub(super) fn take(&mut self, mut piece: &[u8]) -> bool {
        while let Some(end) = memchr2(b'\n', b'\r', piece) {
            let (line, rest) = (&piece[..end], &piece[end + 1..]);
            piece = rest;
            let is_over = if self.open.is_empty() {
                self.line(line)
            } else {
                self.keep(line);
                let open = std::mem::take(&mut self.open);
                let is_over = self.line(&open);
                self.open = open;
                self.open.clear();
                is_over
            };
            if is_over {
                return true;
            }
        }
        self.keep(piece);
        false
    }

    fn keep(&mut self, piece: &[u8]) {
        let room = LONGEST_LINE - self.open.len();
        self.open.extend_from_slice(&piece[..piece.len().min(room)]);
    }

    /// All sequences after the last line, whose line end may be missing.
    pub(super) fn finish(mut self) -> Result<Option<CoordinateEvidence>, EvidenceError> {
        let open = std::mem::take(&mut self.open);
        self.line(&open);
        self.done()
    }

    /// All sequences so far, or why there are none.
    pub(super) fn done(mut self) -> Result<Option<CoordinateEvidence>, EvidenceError> {
        match self.error.take() {
            Some(error) => Err(error),
            None => Ok(Some(CoordinateEvidence::new(self.found()))),
        }
    }

    fn found(self) -> Vec<SeenSequence> {
        if !self.stated.is_empty() {
            return self.stated;
        }
        let ends = self.ends.into_all().into_iter();
        let ends = ends.map(|(name, end)| SeenSequence {
            name,
            extent: Extent::LargestEnd(end),
            md5: None,
        });
        ends.collect()
    }

    fn line(&mut self, line: &[u8]) -> bool {
        match self.read(line) {
            Ok(is_over) => is_over,
            Err(error) => {
                self.error = Some(error);
                true
            }
        }
    }

    fn state(&mut self, sequence: Option<SeenSequence>) -> Result<(), EvidenceError> {
        if let Some(sequence) = sequence {
            self.budget.take(sequence.name.as_bytes())?;
            self.stated.push(sequence);
        }
        Ok(())
    }

    fn read(&mut self, line: &[u8]) -> Result<bool, EvidenceError> {
        match self.kind {
            Kind::Sam => {
                let is_header = line.starts_with(b"@") || line.is_empty();
                self.state(sam::sequence(line)?)?;
                return Ok(!is_header);
            }
            Kind::Wig => {
                self.wiggle.read(line, &mut self.ends)?;
                return Ok(false);
            }
            Kind::Vcf if line.starts_with(b"##") => {
                self.state(vcf::contig(line)?)?;
                return Ok(false);
            }
            // Positions say less than the lengths of a header.
            Kind::Vcf if line.starts_with(b"#") => return Ok(!self.stated.is_empty()),
            Kind::Gff if line.starts_with(b"##FASTA") || line.starts_with(b">") => return Ok(true),
            _ => {}
        }
        if line.is_empty() || line.starts_with(b"#") {
            return Ok(false);
        }
        let mut cells = line.split(|byte| *byte == b'\t');
        let Some(name) = cells.next().filter(|name| name.len() < LONGEST_LINE) else {
            return Ok(false);
        };
        let end = match self.kind {
            Kind::Gff => cells.nth(3).and_then(position),
            Kind::Vcf => {
                let start = cells.next().and_then(position);
                let bases = cells.nth(1).map_or(1, |bases| bases.len().max(1) as u64);
                start.map(|start| start.saturating_add(bases - 1))
            }
            _ => {
                let (start, end) = (cells.next(), cells.next());
                let start = start.and_then(position).unwrap_or_default();
                end.and_then(position).map(|end| end.max(start))
            }
        };
        // A row that is none, such as a track line, is the business of those who check the format.
        match end {
            Some(end) if !name.is_empty() && name.len() <= LONGEST_NAME => {
                self.ends.add(name, end)?;
            }
            Some(_) if name.len() > LONGEST_NAME => {
                text_of(name)?;
            }
            _ => {}
        }
        Ok(false)
    }
}
