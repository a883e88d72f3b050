//! The analysis universe: the bases of an assembly that count, and what of a set lies in it.

use std::collections::BTreeMap;

use super::warnings::OverlapError;
use crate::genome::intervals::{Interval, IntervalSet};

/// The bases that count: whole chromosomes without the masked bases. All measures, and observed and random sets alike, use
/// the same universe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Universe {
    lengths: BTreeMap<String, u32>,
    free: IntervalSet,
    /// The bins, sorted; none where each chromosome is one.
    bins: Option<IntervalSet>,
}

/// What of a set lies in the universe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clipped {
    /// The elements in the universe. An element that the mask cuts is there in pieces.
    pub set: IntervalSet,
    /// The elements of which nothing lies in the universe.
    pub outside: usize,
    /// The elements that lost bases at the end of a chromosome or to the mask.
    pub cut: usize,
    /// The chromosomes that the universe lacks, with the number of elements on each.
    pub unknown_chromosomes: BTreeMap<String, usize>,
}

impl Universe {
    /// The universe of an assembly: the length of each chromosome in base pairs, and the bases to leave out.
    #[must_use]
    pub fn new(lengths: BTreeMap<String, u32>, mask: &IntervalSet) -> Self {
        let mask = mask.merged();
        let chromosomes = lengths.iter().map(|(name, &length)| {
            let mut stretches = Vec::new();
            let mut start = 0;
            for masked in mask.on(name) {
                if start < masked.start.min(length) {
                    let end = masked.start.min(length);
                    stretches.push(Interval { start, end });
                }
                start = masked.end;
            }
            if start < length {
                stretches.push(Interval { start, end: length });
            }
            (name.clone(), stretches)
        });
        let free = IntervalSet::new(chromosomes.collect());
        Universe {
            lengths,
            free,
            bins: None,
        }
    }

    /// The part of the universe in bins, such as chromosome arms. Every null model but that of candidates and the uniform one
    /// places elements within their bin, and an element that reaches into two bins is there in pieces.
    ///
    /// # Errors
    /// Two bins overlap.
    pub fn within(mut self, bins: &IntervalSet) -> Result<Universe, OverlapError> {
        for (name, on) in bins.chromosomes() {
            if let Some(two) = on.windows(2).find(|two| two[1].start < two[0].end) {
                return Err(OverlapError::OverlappingBins {
                    chromosome: name.to_owned(),
                    start: two[1].start,
                    end: two[0].end,
                });
            }
        }
        let chromosomes = self.free.chromosomes().map(|(name, free)| {
            let mut stretches = Vec::new();
            for bin in bins.on(name) {
                let first = free.partition_point(|stretch| stretch.end <= bin.start);
                let reached = free[first..].iter();
                let reached = reached.take_while(|stretch| stretch.start < bin.end);
                stretches.extend(reached.map(|stretch| Interval {
                    start: stretch.start.max(bin.start),
                    end: stretch.end.min(bin.end),
                }));
            }
            // An empty bin has nothing.
            stretches.retain(|stretch| stretch.start < stretch.end);
            (name.to_owned(), stretches)
        });
        self.free = IntervalSet::new(chromosomes.collect());
        self.bins = Some(bins.clone());
        Ok(self)
    }

    /// The stretches of a chromosome in the universe, those of each bin by themselves.
    pub(super) fn stretches_of_bins(&self, chromosome: &str) -> Vec<&[Interval]> {
        let free = self.free.on(chromosome);
        let Some(bins) = &self.bins else {
            return vec![free];
        };
        let parts = bins.on(chromosome).iter().map(|bin| {
            let first = free.partition_point(|stretch| stretch.start < bin.start);
            let end = free.partition_point(|stretch| stretch.start < bin.end);
            &free[first..end.max(first)]
        });
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// The lengths of the chromosomes in base pairs, the mask included.
    #[must_use]
    pub fn lengths(&self) -> &BTreeMap<String, u32> {
        &self.lengths
    }

    /// The stretches that are not masked.
    #[must_use]
    pub fn free(&self) -> &IntervalSet {
        &self.free
    }

    /// The size in base pairs.
    #[must_use]
    pub fn base_pairs(&self) -> u64 {
        self.free.base_pairs()
    }

    /// Cuts a set to the universe. An insertion site stays if one of the two bases around it lies in the universe.
    #[must_use]
    pub fn clip(&self, set: IntervalSet) -> Clipped {
        let (mut outside, mut cut) = (0, 0);
        let mut unknown_chromosomes = BTreeMap::new();
        let mut kept = BTreeMap::new();
        for (name, elements) in set.into_chromosomes() {
            if !self.lengths.contains_key(&name) {
                unknown_chromosomes.insert(name, elements.len());
                outside += elements.len();
                continue;
            }
            let free = self.free.on(&name);
            // The first start is the smallest one.
            if let ([all], [first, ..]) = (free, &elements[..])
                && all.start <= first.start
                && elements.iter().all(|element| element.end <= all.end)
            {
                kept.insert(name, elements);
                continue;
            }
            let mut pieces = Vec::with_capacity(elements.len());
            let mut first = 0;
            for element in elements {
                let span = touch_span(element);
                // Starts ascend, so a stretch that ends before one element ends before all that follow.
                while first < free.len() && free[first].end <= span.start {
                    first += 1;
                }
                let before = pieces.len();
                let reached = free[first..].iter();
                for stretch in reached.take_while(|stretch| stretch.start < span.end) {
                    if element.is_empty() {
                        pieces.push(element);
                        break;
                    }
                    pieces.push(Interval {
                        start: element.start.max(stretch.start),
                        end: element.end.min(stretch.end),
                    });
                }
                match &pieces[before..] {
                    [] => outside += 1,
                    [whole] if *whole == element => {}
                    _ => cut += 1,
                }
            }
            pieces.sort_unstable();
            kept.insert(name, pieces);
        }
        Clipped {
            set: IntervalSet::of_sorted(kept),
            outside,
            cut,
            unknown_chromosomes,
        }
    }
}

/// The bases that decide whether an element touches another: its own, or for an insertion site the two around it.
#[must_use]
pub(super) fn touch_span(element: Interval) -> Interval {
    if element.is_empty() {
        Interval {
            start: element.start.saturating_sub(1),
            end: element.end.saturating_add(1),
        }
    } else {
        element
    }
}
