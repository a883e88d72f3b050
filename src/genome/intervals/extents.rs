//! What a file shows of its chromosomes: their names, lengths from its header, and how far its intervals reach.

use std::collections::BTreeMap;

use super::{IntervalError, LineProblem};
use crate::genome::coordinate_system::{CoordinateEvidence, Extent, SeenSequence};

/// What a file shows of one chromosome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChromosomeExtent {
    /// The length in base pairs, where the header of the file has it.
    pub length: Option<u64>,
    /// The largest end of an interval, 0 without intervals.
    pub largest_end: u32,
    /// The line with that end, from 1; the number of the record in a bigBed or bigWig file.
    pub line: Option<u64>,
}

/// What a file shows of its chromosomes, by their names in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChromosomeExtents {
    by_name: BTreeMap<String, ChromosomeExtent>,
}

impl ChromosomeExtents {
    /// The chromosomes by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, ChromosomeExtent)> {
        self.by_name
            .iter()
            .map(|(name, extent)| (name.as_str(), *extent))
    }

    /// What the file shows of a chromosome.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<ChromosomeExtent> {
        self.by_name.get(name).copied()
    }

    /// Whether the header of the file has a length of some chromosome.
    #[must_use]
    pub fn has_lengths(&self) -> bool {
        self.by_name.values().any(|extent| extent.length.is_some())
    }

    /// Whether an interval ends beyond its chromosome; chromosomes without a known length are left out.
    ///
    /// # Errors
    /// The first such interval, with its line.
    pub fn within(&self, length_of: impl Fn(&str) -> Option<u64>) -> Result<(), IntervalError> {
        for (name, extent) in self.iter() {
            let Some(length) = length_of(name) else {
                continue;
            };
            if u64::from(extent.largest_end) > length {
                let problem = LineProblem::BeyondChromosome {
                    end: extent.largest_end.into(),
                    chromosome: name.to_owned(),
                    length,
                };
                return Err(match extent.line {
                    Some(line) => problem.at(line),
                    None => IntervalError::Binary(problem.to_string()),
                });
            }
        }
        Ok(())
    }

    /// The evidence of the coordinate system: lengths, and the largest end where there is no length.
    #[must_use]
    pub fn evidence(&self) -> CoordinateEvidence {
        CoordinateEvidence::new(self.iter().map(|(name, extent)| SeenSequence {
            name: name.to_owned(),
            extent: extent.length.map_or(
                Extent::LargestEnd(extent.largest_end.into()),
                Extent::Length,
            ),
            md5: None,
        }))
    }

    /// Adds the lengths in the header of the same file.
    pub(super) fn add_lengths(&mut self, header: &ChromosomeExtents) {
        for (name, extent) in header.iter() {
            if let Some(length) = extent.length {
                self.set_length(name, length);
            }
        }
    }

    /// Adds a sequence whose length a header states.
    pub(super) fn add_stated(&mut self, sequence: Option<SeenSequence>) {
        if let Some(SeenSequence {
            name,
            extent: Extent::Length(length),
            ..
        }) = sequence
        {
            self.set_length(&name, length);
        }
    }

    pub(super) fn set_length(&mut self, name: &str, length: u64) {
        self.by_name.entry(name.to_owned()).or_default().length = Some(length);
    }

    pub(super) fn reaches(&mut self, name: &str, end: u32, line: Option<u64>) {
        let extent = self.by_name.entry(name.to_owned()).or_default();
        if extent.largest_end == 0 || end > extent.largest_end {
            extent.largest_end = end;
            extent.line = line;
        }
    }
}
