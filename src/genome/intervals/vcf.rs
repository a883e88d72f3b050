//! Lines of VCF: a variant covers the bases of REF, a symbolic allele those up to END (VCF 4.5, sections 1.6.1 and 5).

use super::error::chromosome_name;
use super::position::position;
use super::sinks::IntervalSink;
use super::{ChromosomeExtents, Interval, IntervalError, LineProblem};
use crate::genome::coordinate_system::reading::vcf::contig;

/// Reads lines of VCF one after the other.
#[derive(Debug, Default)]
pub(super) struct VcfLines {
    chromosome: Vec<u8>,
    /// Lengths of the contigs in the header.
    pub extents: ChromosomeExtents,
    /// The number of records without a variant: no alternative allele, or a telomere (position 0).
    pub left_out: u64,
}

impl VcfLines {
    /// Reads a line without its end.
    pub fn read(
        &mut self,
        line: &[u8],
        number: u64,
        sink: &mut impl IntervalSink,
    ) -> Result<(), IntervalError> {
        if line.starts_with(b"#") {
            let contig = contig(line).map_err(|error| LineProblem::from(error).at(number))?;
            self.extents.add_stated(contig);
            return Ok(());
        }
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let mut columns = line.split(|byte| *byte == b'\t');
        let cells: [Option<&[u8]>; 8] = std::array::from_fn(|_| columns.next());
        let [
            Some(chromosome),
            Some(at),
            Some(id),
            Some(reference),
            Some(alternative),
            ..,
        ] = cells
        else {
            let found = cells.iter().flatten().count();
            return Err(LineProblem::Columns { found, expected: 5 }.at(number));
        };
        let (Some((at, [])), true) = (position(at), !reference.is_empty()) else {
            return Err(LineProblem::not_number("position", at).at(number));
        };
        let alternatives = || {
            alternative
                .split(|byte| *byte == b',')
                .map(<[u8]>::trim_ascii)
        };
        let is_variant =
            |allele: &[u8]| !matches!(allele, b"" | b"." | b"*" | b"<NON_REF>" | b"<*>");
        if at == 0 || !alternatives().any(is_variant) {
            self.left_out += 1;
            return Ok(());
        }
        let mut end = u64::from(at) - 1 + reference.len() as u64;
        if alternatives().any(|allele| allele.starts_with(b"<") && is_variant(allele)) {
            let information = cells[7].unwrap_or_default();
            end = end.max(symbolic_end(information, at, number)?);
        }
        let interval = Interval {
            start: at - 1,
            end: u32::try_from(end).map_err(|_| {
                LineProblem::not_number("end", end.to_string().as_bytes()).at(number)
            })?,
        };
        if chromosome != &self.chromosome[..] || chromosome.is_empty() {
            sink.chromosome(&chromosome_name(chromosome, number)?);
            chromosome.clone_into(&mut self.chromosome);
        }
        let name = if id == b"." { b"" } else { id };
        sink.interval(interval, name, number);
        Ok(())
    }
}

/// The end of a symbolic allele: END, or else the position and the largest SVLEN; the reference base alone without both, and
/// for insertions, which cover no more of the reference.
fn symbolic_end(information: &[u8], at: u32, number: u64) -> Result<u64, IntervalError> {
    let value = |key: &[u8]| {
        let mut members = information.split(|byte| *byte == b';');
        members.find_map(|member| member.strip_prefix(key))
    };
    if let Some(end) = value(b"END=") {
        let Some((end, [])) = position(end.trim_ascii()) else {
            return Err(LineProblem::not_number("INFO END", end).at(number));
        };
        if end < at {
            let (start, end) = (u64::from(at), u64::from(end));
            return Err(LineProblem::Reversed { start, end }.at(number));
        }
        return Ok(end.into());
    }
    if value(b"SVTYPE=") == Some(b"INS") {
        return Ok(0);
    }
    let Some(lengths) = value(b"SVLEN=") else {
        return Ok(0);
    };
    let mut largest = 0;
    for length in lengths.split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
        if length == b"." {
            continue;
        }
        let digits = length.strip_prefix(b"-").unwrap_or(length);
        let Some((length, [])) = position(digits) else {
            return Err(LineProblem::not_number("INFO SVLEN", length).at(number));
        };
        largest = largest.max(u64::from(length));
    }
    Ok(u64::from(at) + largest)
}
