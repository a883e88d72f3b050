//! Random sets ready to be compared with tracks.

use super::coverage::{Coverage, Placed};
use super::line::{LineSet, UniverseLine};
use crate::genome::intervals::Interval;

/// A random set, ready to be compared.
pub(super) struct RandomSet {
    pub(super) units: Vec<Placed>,
    /// The bases of the set, each once.
    pub(super) merged: Vec<Placed>,
    pub(super) base_pairs: u64,
}

/// Several random sets, ordered by place: a walk along a track meets its blocks in the order of memory.
pub(super) struct Batch {
    /// The covered bases of each set.
    pub(super) base_pairs: Vec<u64>,
    /// The merged bases with the number of their set.
    pub(super) merged: Vec<(Placed, usize)>,
    /// The elements with the number of their set.
    pub(super) units: Vec<(Placed, usize)>,
}

impl Batch {
    pub(super) fn of(sets: &[RandomSet]) -> Self {
        let ordered = |places: fn(&RandomSet) -> &[Placed]| {
            let sets = sets.iter().enumerate();
            let all = sets
                .flat_map(|(number, set)| places(set).iter().map(move |place| (*place, number)));
            let mut all: Vec<(Placed, usize)> = all.collect();
            all.sort_unstable();
            all
        };
        Batch {
            base_pairs: sets.iter().map(|set| set.base_pairs).collect(),
            merged: ordered(|set| &set.merged),
            units: ordered(|set| &set.units),
        }
    }
}

impl RandomSet {
    pub(super) fn of(mut units: Vec<Placed>, may_overlap: bool) -> Self {
        units.sort_unstable();
        let mut merged: Vec<Placed> = Vec::with_capacity(units.len());
        for &unit in units.iter().filter(|unit| unit.length > 0) {
            match merged.last_mut() {
                Some(last)
                    if may_overlap
                        && last.chromosome == unit.chromosome
                        && unit.start <= last.start + last.length =>
                {
                    let end = (unit.start + unit.length).max(last.start + last.length);
                    last.length = end - last.start;
                }
                _ => merged.push(unit),
            }
        }
        let base_pairs = merged.iter().map(|unit| u64::from(unit.length)).sum();
        RandomSet {
            units,
            merged,
            base_pairs,
        }
    }

    pub(super) fn overlap(&self, coverage: &Coverage) -> u64 {
        let units = self.merged.iter();
        units.map(|unit| coverage.covered(*unit)).sum()
    }

    /// The set on the lines; a place around the end of a line comes apart.
    pub(super) fn line_set(&self, line: &UniverseLine) -> LineSet {
        let count = line.chromosomes.len();
        let mut set = LineSet {
            blocks: vec![Vec::new(); count],
            sites: vec![Vec::new(); count],
            elements: None,
        };
        for unit in &self.units {
            let chromosome = unit.chromosome as usize;
            let (start, length) = (unit.start, line.chromosomes[chromosome].length);
            let rest = length - start;
            if unit.length == 0 {
                set.sites[chromosome].push(Interval { start, end: start });
            } else if unit.length <= rest {
                let end = start + unit.length;
                set.blocks[chromosome].push(Interval { start, end });
            } else {
                let (begin, again) = (Interval { start, end: length }, unit.length - rest);
                set.blocks[chromosome].push(begin);
                let again = Interval {
                    start: 0,
                    end: again,
                };
                set.blocks[chromosome].push(again);
            }
        }
        for blocks in &mut set.blocks {
            blocks.sort_unstable();
            blocks.dedup_by(|next, last| {
                let joins = next.start <= last.end;
                if joins {
                    last.end = last.end.max(next.end);
                }
                joins
            });
        }
        set
    }
}
