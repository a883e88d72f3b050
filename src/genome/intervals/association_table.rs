//! Tables of associations as the GWAS Catalog writes them, by the titles of their columns: CHR_ID, CHR_POS and SNPS.

use std::collections::HashSet;

use super::error::chromosome_name;
use super::position::position;
use super::sinks::IntervalSink;
use super::{Interval, IntervalError, LineProblem};

/// Reads lines of a table of associations one after the other. A position counts from 1 and once, however many associations
/// name it.
#[derive(Debug)]
pub(super) struct AssociationLines {
    chromosome: usize,
    position: usize,
    name: Option<usize>,
    current: String,
    known: HashSet<(String, u32)>,
    /// The number of rows without a position.
    pub left_out: u64,
    /// The number of positions that an earlier row has too.
    pub repeated: u64,
}

impl AssociationLines {
    /// The columns, where a line has their titles.
    pub fn titled(line: &[u8]) -> Option<Self> {
        let line = line.strip_prefix(b"#").unwrap_or(line);
        let place = |title: &[u8]| {
            let mut cells = line.split(|byte| *byte == b'\t').map(<[u8]>::trim_ascii);
            cells.position(|cell| cell.eq_ignore_ascii_case(title))
        };
        Some(AssociationLines {
            chromosome: place(b"CHR_ID")?,
            position: place(b"CHR_POS")?,
            name: place(b"SNPS"),
            current: String::new(),
            known: HashSet::new(),
            left_out: 0,
            repeated: 0,
        })
    }

    /// Reads a line without its end.
    pub fn read(
        &mut self,
        line: &[u8],
        number: u64,
        sink: &mut impl IntervalSink,
    ) -> Result<(), IntervalError> {
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let cells: Vec<&[u8]> = line.split(|byte| *byte == b'\t').collect();
        let (Some(chromosomes), Some(positions)) =
            (cells.get(self.chromosome), cells.get(self.position))
        else {
            let expected = self.chromosome.max(self.position) + 1;
            let found = cells.len();
            return Err(LineProblem::Columns { found, expected }.at(number));
        };
        let (chromosomes, positions) = (values(chromosomes), values(positions));
        let names = self.name.and_then(|at| cells.get(at).copied());
        let names = names.map(values).unwrap_or_default();
        if positions.is_empty() || chromosomes.is_empty() {
            self.left_out += 1;
            return Ok(());
        }
        // One chromosome may stand for several positions.
        if chromosomes.len() != positions.len() && chromosomes.len() != 1 {
            let (chromosomes, positions) = (chromosomes.len(), positions.len());
            return Err(LineProblem::Unpaired {
                chromosomes,
                positions,
            }
            .at(number));
        }
        for (index, cell) in positions.iter().enumerate() {
            let Some((at, b"")) = position(cell.as_bytes()) else {
                return Err(LineProblem::not_number("CHR_POS", cell.as_bytes()).at(number));
            };
            let Some(start) = at.checked_sub(1) else {
                return Err(LineProblem::Zero.at(number));
            };
            let chromosome = chromosomes.get(index).unwrap_or(&chromosomes[0]);
            if !self.known.insert((chromosome.clone(), start)) {
                self.repeated += 1;
                continue;
            }
            if *chromosome != self.current {
                sink.chromosome(&chromosome_name(chromosome.as_bytes(), number)?);
                self.current.clone_from(chromosome);
            }
            let name = match names.len() == positions.len() {
                true => names[index].as_bytes(),
                false => b"",
            };
            sink.interval(Interval { start, end: at }, name, number);
        }
        Ok(())
    }
}

/// The values in a cell: separated by `;`, `,` or, for interactions, ` x `.
fn values(cell: &[u8]) -> Vec<String> {
    let cell = String::from_utf8_lossy(cell).replace(" x ", ";");
    let values = cell.split([';', ',']).map(str::trim);
    values
        .filter(|value| !value.is_empty() && !value.eq_ignore_ascii_case("NA") && *value != "NR")
        .map(str::to_owned)
        .collect()
}
