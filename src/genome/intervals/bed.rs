//! Lines of the BED family: chromosome, start and end, then whatever the format adds (GA4GH BED 1.0).

use super::error::{chromosome_name, shown};
use super::position::position;
use super::sinks::IntervalSink;
use super::{Interval, IntervalError, LineProblem};

/// Reads lines of BED one after the other.
#[derive(Debug, Default)]
pub(super) struct BedLines {
    /// The chromosome of the last line with data.
    chromosome: Option<FirstColumn>,
    /// The threshold of bedGraph; none where the file holds regions.
    pub threshold: Option<f64>,
    /// Whether a line with data was there.
    has_data: bool,
}

impl BedLines {
    /// Reads regions, or bedGraph above the threshold.
    pub fn new(threshold: Option<f64>) -> Self {
        BedLines {
            threshold,
            ..BedLines::default()
        }
    }

    /// Reads a line without its end; comments, empty lines and lines for a genome browser are passed over.
    pub fn read(
        &mut self,
        line: &[u8],
        number: u64,
        sink: &mut impl IntervalSink,
    ) -> Result<(), IntervalError> {
        self.read_first(line, line.len(), number, sink)
    }

    /// Reads the first line of a text; its line feed is at `end`.
    // A call for each line costs as much as its numbers.
    #[inline(always)]
    pub fn read_first(
        &mut self,
        text: &[u8],
        end: usize,
        number: u64,
        sink: &mut impl IntervalSink,
    ) -> Result<(), IntervalError> {
        if let Some((interval, rest)) = self.columns(text) {
            // Numbers hold no line feed, so what follows them still is of the same line, or its end.
            let at = text.len() - rest.len();
            let rest = match &text[at..end] {
                [b'\t', rest @ ..] => Some(rest.strip_suffix(b"\r").unwrap_or(rest)),
                rest @ ([] | [b'\r']) => Some(&rest[..0]),
                _ => None,
            };
            if let Some(rest) = rest {
                if self.threshold.is_none() || self.is_region(rest, number)? {
                    sink.interval(interval, rest, number);
                }
                return Ok(());
            }
        }
        let line = &text[..end];
        self.read_slowly(line.strip_suffix(b"\r").unwrap_or(line), number, sink)
    }

    /// Whether a row counts: of bedGraph, whether the value after the coordinates is above the threshold.
    fn is_region(&self, rest: &[u8], number: u64) -> Result<bool, IntervalError> {
        let Some(threshold) = self.threshold else {
            return Ok(true);
        };
        let end = memchr::memchr(b'\t', rest).unwrap_or(rest.len());
        let cell = rest[..end].trim_ascii();
        let value = std::str::from_utf8(cell).ok();
        let value = value.and_then(|value| value.parse::<f64>().ok());
        let value = value.ok_or_else(|| LineProblem::NotValue(shown(cell)).at(number))?;
        Ok(value > threshold)
    }

    /// The coordinates at the start of a text and what follows them, of a line on the last chromosome with nothing unusual about
    /// it.
    #[inline(always)]
    fn columns<'t>(&self, text: &'t [u8]) -> Option<(Interval, &'t [u8])> {
        let rest = self.chromosome.as_ref()?.pass(text)?;
        let (start, rest) = position(rest)?;
        let (end, rest) = position(rest.strip_prefix(b"\t")?)?;
        (start <= end).then_some((Interval { start, end }, rest))
    }

    #[cold]
    fn read_slowly(
        &mut self,
        line: &[u8],
        number: u64,
        sink: &mut impl IntervalSink,
    ) -> Result<(), IntervalError> {
        let line = line.trim_ascii_end();
        if line.is_empty() || line.starts_with(b"#") || is_for_browser(line) {
            return Ok(());
        }
        let columns = columns(line);
        let [chromosome, start, end, ..] = columns[..] else {
            if line.contains(&0) {
                return Err(LineProblem::NotText.at(number));
            }
            let (found, expected) = (columns.len(), 3);
            return Err(LineProblem::Columns { found, expected }.at(number));
        };
        let is_title = |cell: &[u8]| cell.first().is_some_and(u8::is_ascii_alphabetic);
        let is_first = !self.has_data;
        self.has_data = true;
        if is_first && is_title(start) && is_title(end) {
            return Ok(());
        }
        let interval = interval(start, end).map_err(|problem| problem.at(number))?;
        let last = self.chromosome.as_ref().map(FirstColumn::name);
        if last != Some(chromosome) {
            sink.chromosome(&chromosome_name(chromosome, number)?);
            self.chromosome = Some(FirstColumn::new(chromosome));
        }
        let rest = columns.get(3).copied().unwrap_or_default();
        if self.is_region(rest, number)? {
            sink.interval(interval, rest, number);
        }
        Ok(())
    }
}

/// The name of a chromosome and the tab after it, made for comparing.
#[derive(Debug)]
struct FirstColumn {
    bytes: Vec<u8>,
    /// Those of the bytes that are among the first eight.
    first: u64,
    /// Which of eight bytes they are.
    mask: u64,
}

impl FirstColumn {
    fn new(name: &[u8]) -> Self {
        let bytes = [name, b"\t"].concat();
        let (mut first, mut mask) = ([0; 8], [0; 8]);
        for (place, byte) in bytes.iter().take(8).enumerate() {
            (first[place], mask[place]) = (*byte, u8::MAX);
        }
        FirstColumn {
            bytes,
            first: u64::from_le_bytes(first),
            mask: u64::from_le_bytes(mask),
        }
    }

    fn name(&self) -> &[u8] {
        &self.bytes[..self.bytes.len() - 1]
    }

    /// What follows the column, if a text starts with it and is not about to end.
    #[inline(always)]
    fn pass<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        let eight = u64::from_le_bytes(*text.first_chunk()?);
        if eight & self.mask != self.first {
            return None;
        }
        if self.bytes.len() > 8 {
            return text.strip_prefix(&self.bytes[..]);
        }
        text.get(self.bytes.len()..)
    }
}

/// The cells of a line: between tabs, or between blanks if it has no tab.
fn columns(line: &[u8]) -> Vec<&[u8]> {
    match memchr::memchr(b'\t', line) {
        Some(_) => line
            .split(|byte| *byte == b'\t')
            .map(<[u8]>::trim_ascii)
            .collect(),
        None => {
            let cells = line.split(u8::is_ascii_whitespace);
            cells.filter(|cell| !cell.is_empty()).collect()
        }
    }
}

/// Whether a line is for a genome browser: `track …` or `browser …`, and not a chromosome of that name.
fn is_for_browser(line: &[u8]) -> bool {
    [&b"track"[..], b"browser"].iter().any(|word| {
        line.strip_prefix(*word).is_some_and(|rest| match rest {
            [] | [b' ', ..] => true,
            [b'\t', rest @ ..] => rest.contains(&b'='),
            _ => false,
        })
    })
}

/// Whether a line says that the file is bedGraph.
pub(super) fn declares_bedgraph(line: &[u8]) -> bool {
    is_for_browser(line) && {
        let line = line.to_ascii_lowercase();
        memchr::memmem::find(&line, b"type=bedgraph").is_some()
            || memchr::memmem::find(&line, b"type=\"bedgraph").is_some()
    }
}

fn interval(start: &[u8], end: &[u8]) -> Result<Interval, LineProblem> {
    let whole = |column, cell: &[u8]| match position(cell) {
        Some((position, [])) => Ok(position),
        _ => written_by_r(cell).ok_or_else(|| LineProblem::not_number(column, cell)),
    };
    let (start, end) = (whole("start", start)?, whole("end", end)?);
    match start <= end {
        true => Ok(Interval { start, end }),
        false => Err(LineProblem::Reversed {
            start: start.into(),
            end: end.into(),
        }),
    }
}

/// A position as R writes round numbers: `1e+05`.
fn written_by_r(cell: &[u8]) -> Option<u32> {
    let is_exponent = cell.first().is_some_and(u8::is_ascii_digit)
        && cell.len() <= 20
        && cell.iter().any(|byte| matches!(byte, b'e' | b'E'));
    let number: f64 = std::str::from_utf8(cell).ok()?.parse().ok()?;
    let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    (is_exponent && is_whole).then_some(number as u32)
}
