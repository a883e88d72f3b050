//! A set on the lines, made for look-ups: the covered bases of any interval in a few steps.

use super::line::{LineSet, UniverseLine};
use super::universe::touch_span;
use crate::genome::intervals::Interval;

/// A block with the number of covered bases before it on its chromosome.
#[derive(Clone, Copy, Debug)]
struct CountedBlock {
    start: u32,
    end: u32,
    before: u32,
}

/// The blocks of a chromosome with an index: the line in equal cells, about one a block.
#[derive(Clone, Debug)]
struct ChromosomeCoverage {
    length: u32,
    blocks: Vec<CountedBlock>,
    /// For each cell the number of blocks that start before it; one more at the end.
    cells: Vec<u32>,
    shift: u32,
}

/// The coverage of a set by chromosome.
#[derive(Clone, Debug)]
pub(super) struct Coverage {
    chromosomes: Vec<ChromosomeCoverage>,
    /// The same with the two bases around each insertion site, if there are any.
    touching: Option<Vec<ChromosomeCoverage>>,
}

/// A place of a random element: it goes on at the begin of the line if the line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Placed {
    pub(super) chromosome: u32,
    pub(super) start: u32,
    pub(super) length: u32,
}

impl Placed {
    /// An element as it stands on the line of a chromosome.
    pub(super) fn of(chromosome: usize, element: Interval) -> Self {
        Placed {
            chromosome: u32::try_from(chromosome).unwrap_or(u32::MAX),
            start: element.start,
            length: element.len(),
        }
    }
}

impl ChromosomeCoverage {
    fn of(blocks: &[Interval], length: u32) -> Self {
        let mut before = 0;
        let counted = blocks.iter().map(|block| {
            let counted = CountedBlock {
                start: block.start,
                end: block.end,
                before,
            };
            before += block.len();
            counted
        });
        let counted: Vec<CountedBlock> = counted.collect();
        let spacing = u64::from(length) / counted.len().max(1) as u64;
        let shift = spacing.max(1).ilog2().min(31);
        let mut cells = Vec::new();
        if !counted.is_empty() {
            let count = (length >> shift) as usize + 1;
            cells = Vec::with_capacity(count + 1);
            let mut seen: u32 = 0;
            for cell in 0..count {
                let first = (cell as u64) << shift;
                let is_before = |block: &CountedBlock| u64::from(block.start) < first;
                while counted.get(seen as usize).is_some_and(is_before) {
                    seen += 1;
                }
                cells.push(seen);
            }
            cells.push(u32::try_from(counted.len()).unwrap_or(u32::MAX));
        }
        ChromosomeCoverage {
            length,
            blocks: counted,
            cells,
            shift,
        }
    }

    /// The covered bases before a base; the base is at most the length.
    fn before(&self, base: u32) -> u32 {
        let cell = (base >> self.shift) as usize;
        let (first, last) = (self.cells[cell] as usize, self.cells[cell + 1] as usize);
        let starts_before = |block: &CountedBlock| block.start < base;
        let started = first + self.blocks[first..last].partition_point(starts_before);
        match started.checked_sub(1).map(|last| self.blocks[last]) {
            Some(block) => block.before + block.end.min(base) - block.start,
            None => 0,
        }
    }

    fn covered(&self, start: u32, end: u32) -> u32 {
        self.before(end) - self.before(start)
    }

    /// The covered bases of a place, which may go around the end of the line.
    fn covered_at(&self, start: u32, length: u32) -> u32 {
        if self.blocks.is_empty() {
            return 0;
        }
        let rest = self.length - start;
        if length <= rest {
            self.covered(start, start + length)
        } else {
            self.covered(start, self.length) + self.covered(0, length - rest)
        }
    }
}

impl Coverage {
    pub(super) fn of(set: &LineSet, line: &UniverseLine) -> Self {
        let lines = line.chromosomes.iter();
        let chromosomes = lines.zip(&set.blocks);
        let chromosomes =
            chromosomes.map(|(line, blocks)| ChromosomeCoverage::of(blocks, line.length));
        let touching = set.has_sites().then(|| {
            let lines = line.chromosomes.iter().enumerate();
            let touching = lines.map(|(chromosome, line)| {
                let mut merged: Vec<Interval> = Vec::new();
                for unit in set.units(chromosome) {
                    let mut span = touch_span(unit);
                    span.end = span.end.min(line.length);
                    match merged.last_mut() {
                        Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                        _ => merged.push(span),
                    }
                }
                ChromosomeCoverage::of(&merged, line.length)
            });
            touching.collect()
        });
        Coverage {
            chromosomes: chromosomes.collect(),
            touching,
        }
    }

    /// The covered bases of a place.
    pub(super) fn covered(&self, place: Placed) -> u64 {
        let chromosome = &self.chromosomes[place.chromosome as usize];
        u64::from(chromosome.covered_at(place.start, place.length))
    }

    /// Whether a place touches the set.
    pub(super) fn touches(&self, place: Placed) -> bool {
        let chromosomes = self.touching.as_ref().unwrap_or(&self.chromosomes);
        let chromosome = &chromosomes[place.chromosome as usize];
        if place.length > 0 {
            return chromosome.covered_at(place.start, place.length) > 0;
        }
        let (start, end) = (place.start, place.start);
        let span = touch_span(Interval { start, end });
        let end = span.end.min(chromosome.length);
        chromosome.covered_at(span.start, end - span.start) > 0
    }
}
