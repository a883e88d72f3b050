//! Intervals of tracks on the chromosomes of an assembly: 0-based, half-open.
//!
//! [`read_track`] and [`read_query`] read the BED family, VCF, tables of the GWAS Catalog, bigBed, and bedGraph and bigWig above
//! a threshold, text compressed by gzip or not. Rows may come in any order and overlap; comments, `track` and `browser` lines
//! and a header line are passed over; what is no interval is an error with its line.

mod association_table;
mod bbi;
mod bed;
mod error;
mod extents;
mod line_ends;
mod position;
mod reading;
mod sinks;
mod text;
mod vcf;

use std::collections::BTreeMap;

pub use error::{IntervalError, LineProblem};
pub use extents::{ChromosomeExtent, ChromosomeExtents};
pub use reading::{IntervalFile, IntervalOptions, read_query, read_track};
pub use sinks::QueryElement;

/// An interval on a chromosome: 0-based, half-open, never longer than 4 Gb. Start and end are equal for an insertion site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first base.
    pub start: u32,
    /// The base after the last one.
    pub end: u32,
}

/// Intervals by the name of their chromosome, sorted by start and end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IntervalSet {
    by_chromosome: BTreeMap<String, Vec<Interval>>,
}

impl Interval {
    /// The length in base pairs.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// The same longer by `base_pairs` on both sides, as far as a chromosome of this length goes; an interval beyond it keeps its
    /// end.
    #[must_use]
    pub fn expanded(self, base_pairs: u32, length: Option<u64>) -> Interval {
        let most = length.map_or(u32::MAX, |length| u32::try_from(length).unwrap_or(u32::MAX));
        let end = self.end.saturating_add(base_pairs).min(most);
        Interval {
            start: self.start.saturating_sub(base_pairs),
            end: end.max(self.end),
        }
    }

    /// Whether the interval covers no base.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl IntervalSet {
    /// Sorts the intervals of each chromosome.
    #[must_use]
    pub fn new(mut by_chromosome: BTreeMap<String, Vec<Interval>>) -> Self {
        by_chromosome.retain(|_, intervals| !intervals.is_empty());
        for intervals in by_chromosome.values_mut() {
            if !intervals.is_sorted() {
                intervals.sort_unstable();
            }
        }
        IntervalSet { by_chromosome }
    }

    /// Intervals that are sorted already, which is not looked at again.
    pub(crate) fn of_sorted(mut by_chromosome: BTreeMap<String, Vec<Interval>>) -> Self {
        by_chromosome.retain(|_, intervals| !intervals.is_empty());
        debug_assert!(by_chromosome.values().all(|on| on.is_sorted()));
        IntervalSet { by_chromosome }
    }

    /// The chromosomes that have intervals, by name.
    pub fn chromosomes(&self) -> impl Iterator<Item = (&str, &[Interval])> {
        let all = self.by_chromosome.iter();
        all.map(|(name, intervals)| (name.as_str(), intervals.as_slice()))
    }

    /// The same to keep.
    pub fn into_chromosomes(self) -> impl Iterator<Item = (String, Vec<Interval>)> {
        self.by_chromosome.into_iter()
    }

    /// The sorted intervals of a chromosome; none if it has none.
    #[must_use]
    pub fn on(&self, chromosome: &str) -> &[Interval] {
        self.by_chromosome
            .get(chromosome)
            .map_or(&[], Vec::as_slice)
    }

    /// The number of intervals.
    #[must_use]
    pub fn count(&self) -> usize {
        self.by_chromosome.values().map(Vec::len).sum()
    }

    /// The covered bases, each once: overlapping and adjacent intervals become one, empty intervals vanish.
    #[must_use]
    pub fn merged(&self) -> IntervalSet {
        let merged = |intervals: &[Interval]| {
            let mut merged: Vec<Interval> = Vec::new();
            for &interval in intervals.iter().filter(|interval| !interval.is_empty()) {
                match merged.last_mut() {
                    Some(last) if interval.start <= last.end => {
                        last.end = last.end.max(interval.end);
                    }
                    _ => merged.push(interval),
                }
            }
            merged
        };
        let chromosomes = self.by_chromosome.iter();
        let merged = chromosomes.map(|(name, intervals)| (name.clone(), merged(intervals)));
        IntervalSet {
            by_chromosome: merged
                .filter(|(_, intervals)| !intervals.is_empty())
                .collect(),
        }
    }

    /// The same with each interval longer by `base_pairs` on both sides, as far as its chromosome goes; `length_of` has the length
    /// of a chromosome, if it is known.
    #[must_use]
    pub fn expanded(
        &self,
        base_pairs: u32,
        length_of: impl Fn(&str) -> Option<u64>,
    ) -> IntervalSet {
        let chromosomes = self.by_chromosome.iter();
        let expanded = chromosomes.map(|(name, intervals)| {
            let length = length_of(name);
            let intervals = intervals.iter();
            let intervals = intervals.map(|interval| interval.expanded(base_pairs, length));
            (name.clone(), intervals.collect())
        });
        IntervalSet::new(expanded.collect())
    }

    /// The sum of the lengths in base pairs; bases that several intervals cover count several times.
    #[must_use]
    pub fn base_pairs(&self) -> u64 {
        let intervals = self.by_chromosome.values().flatten();
        intervals.map(|interval| u64::from(interval.len())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(intervals: &[(u32, u32)]) -> IntervalSet {
        let intervals = intervals.iter();
        let intervals = intervals.map(|&(start, end)| Interval { start, end });
        IntervalSet::new(BTreeMap::from([("chr1".to_owned(), intervals.collect())]))
    }

    #[test]
    fn overlapping_and_adjacent_intervals_become_one() {
        let merged = set(&[(30, 40), (10, 20), (15, 18), (20, 25), (50, 50)]).merged();
        assert_eq!(merged, set(&[(10, 25), (30, 40)]));
        assert_eq!(merged.base_pairs(), 25);
        assert_eq!(merged.on("chr2"), []);
    }
}
