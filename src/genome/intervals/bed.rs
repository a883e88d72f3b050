//! Lines of the BED family: chromosome, start and end, then whatever the format adds (GA4GH BED 1.0).

use super::error::{chromosome_name, shown};
use super::sinks::IntervalSink;
use super::{Interval, IntervalError, LineProblem};

/// Reads lines of BED one after the other.
#[derive(Debug, Default)]
pub(super) struct BedLines {
    /// The chromosome of the last line.
    chromosome: Vec<u8>,
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
        let Some((interval, rest)) = self.columns(line) else {
            return self.read_slowly(line, number, sink);
        };
        if self.is_region(rest, number)? {
            sink.interval(interval, rest, number);
        }
        Ok(())
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

    /// The coordinates and what follows them, of a line on the last chromosome with nothing unusual about it.
    fn columns<'l>(&self, line: &'l [u8]) -> Option<(Interval, &'l [u8])> {
        let length = self.chromosome.len();
        if line.get(length) != Some(&b'\t') || length == 0 || line[..length] != self.chromosome[..]
        {
            return None;
        }
        let (start, rest) = position(&line[length + 1..])?;
        let (end, rest) = position(rest.strip_prefix(b"\t")?)?;
        let rest = match rest {
            [] => rest,
            [b'\t', rest @ ..] => rest,
            _ => return None,
        };
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
        if chromosome != &self.chromosome[..] || chromosome.is_empty() {
            sink.chromosome(&chromosome_name(chromosome, number)?);
            chromosome.clone_into(&mut self.chromosome);
        }
        let rest = columns.get(3).copied().unwrap_or_default();
        if self.is_region(rest, number)? {
            sink.interval(interval, rest, number);
        }
        Ok(())
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

/// The whole number at the start of a line, and the rest; none if there is none or it is too large.
pub(super) fn position(line: &[u8]) -> Option<(u32, &[u8])> {
    let mut number: u64 = 0;
    let mut length = 0;
    for byte in line {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        length += 1;
    }
    if length == 0 || length > 10 {
        return None;
    }
    Some((u32::try_from(number).ok()?, &line[length..]))
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

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn a_position_ends_at_the_first_byte_that_is_no_digit() {
        let largest = u32::MAX.to_string();
        for number in ["0", "7", "10", "007", "12345678", "123456789", &largest] {
            for rest in ["", "\t", "\t99", ":", "/", "\u{e9}1", " 12345678", "\0"] {
                let text = format!("{number}{rest}");
                let expected = (number.parse().unwrap(), rest.as_bytes());
                assert_eq!(position(text.as_bytes()), Some(expected), "{text}");
            }
        }
        for text in [
            "",
            "\t1",
            "x",
            "-1",
            "4294967296",
            "00000000001",
            "99999999999",
        ] {
            assert_eq!(position(text.as_bytes()), None, "{text}");
        }
    }
}
