//! The universe as one line for each chromosome, or for each bin, without the masked bases: random sets are made and looked up there, so
//! that no null model has to know of the mask.

use std::collections::BTreeMap;
use std::ops::Range;

use super::options::NullModel;
use super::universe::Universe;
use crate::genome::intervals::{Interval, IntervalSet};

/// A part of a chromosome that is not masked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// The place in the assembly.
    pub(super) at: Interval,
    /// The first base on the line.
    pub(super) offset: u32,
}

/// The line of one chromosome.
#[derive(Clone, Debug, Default)]
pub(super) struct ChromosomeLine {
    /// The number of bases that are not masked.
    pub(super) length: u32,
    /// The stretches, in order.
    pub(super) stretches: Vec<Stretch>,
}

/// The lines of all chromosomes, ordered by name.
#[derive(Clone, Debug)]
pub(super) struct UniverseLine {
    /// The lines of each chromosome, in order: one, or one for each bin.
    names: BTreeMap<String, Range<usize>>,
    pub(super) chromosomes: Vec<ChromosomeLine>,
}

/// A set on the lines: disjoint blocks that do not even abut, and the insertion sites outside of them.
#[derive(Clone, Debug, Default)]
pub(super) struct LineSet {
    /// The blocks of each chromosome, sorted.
    pub(super) blocks: Vec<Vec<Interval>>,
    /// The elements of each chromosome as they are, each once, sorted; the uniform null model alone places them, so others
    /// leave them out.
    pub(super) elements: Option<Vec<Vec<Interval>>>,
    /// The insertion sites of each chromosome as empty intervals, sorted, each once.
    pub(super) sites: Vec<Vec<Interval>>,
}

impl UniverseLine {
    pub(super) fn of(universe: &Universe) -> Self {
        let mut names = BTreeMap::new();
        let mut chromosomes = Vec::new();
        for name in universe.lengths().keys() {
            let first = chromosomes.len();
            chromosomes.extend(
                universe
                    .stretches_of_bins(name)
                    .into_iter()
                    .map(ChromosomeLine::of),
            );
            names.insert(name.clone(), first..chromosomes.len());
        }
        UniverseLine { names, chromosomes }
    }

    /// Puts a clipped set on the line: every piece lies in one stretch.
    pub(super) fn project(&self, clipped: &IntervalSet, null: Option<NullModel>) -> LineSet {
        let count = self.chromosomes.len();
        let mut set = LineSet {
            blocks: vec![Vec::new(); count],
            sites: vec![Vec::new(); count],
            elements: (null == Some(NullModel::Uniform)).then(|| vec![Vec::new(); count]),
        };
        for (chromosome, pieces) in self.by_line(clipped) {
            (set.blocks[chromosome], set.sites[chromosome]) = merge(&pieces);
            if let Some(elements) = &mut set.elements {
                elements[chromosome] = pieces;
                elements[chromosome].dedup();
            }
        }
        set
    }

    /// The pieces of a clipped set on the lines, each as it is: chromosome, place.
    pub(super) fn pieces(&self, clipped: &IntervalSet) -> Vec<(usize, Interval)> {
        let mut all = Vec::with_capacity(clipped.count());
        for (chromosome, pieces) in self.by_line(clipped) {
            all.extend(pieces.into_iter().map(|piece| (chromosome, piece)));
        }
        all
    }

    /// The pieces of a clipped set by line.
    fn by_line(&self, clipped: &IntervalSet) -> impl Iterator<Item = (usize, Vec<Interval>)> {
        clipped.chromosomes().flat_map(move |(name, mut rest)| {
            let lines = self.names.get(name).cloned().unwrap_or_default();
            lines.map(move |number| {
                let line = &self.chromosomes[number];
                let end = line.stretches.last().map_or(0, |last| last.at.end);
                let here;
                (here, rest) = rest.split_at(rest.partition_point(|piece| piece.end <= end));
                (number, line.pieces(here))
            })
        })
    }
}

impl ChromosomeLine {
    fn of(stretches: &[Interval]) -> Self {
        let mut line = ChromosomeLine::default();
        for &at in stretches {
            let offset = line.length;
            line.stretches.push(Stretch { at, offset });
            line.length += at.len();
        }
        line
    }

    fn pieces(&self, clipped: &[Interval]) -> Vec<Interval> {
        let mut stretches = self.stretches.iter().peekable();
        let mut pieces = Vec::with_capacity(clipped.len());
        for piece in clipped {
            // An insertion site at the end of a stretch stays there; all else begins before the end.
            let is_past = |stretch: &&Stretch| {
                stretch.at.end < piece.start || stretch.at.end == piece.start && !piece.is_empty()
            };
            while stretches.next_if(is_past).is_some() {}
            if let Some(stretch) = stretches.peek() {
                let moved = |base: u32| base.saturating_sub(stretch.at.start) + stretch.offset;
                pieces.push(Interval {
                    start: moved(piece.start),
                    end: moved(piece.end),
                });
            }
        }
        pieces
    }
}

/// The blocks and the sites of sorted pieces.
fn merge(pieces: &[Interval]) -> (Vec<Interval>, Vec<Interval>) {
    let mut blocks: Vec<Interval> = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        match blocks.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => blocks.push(*piece),
        }
    }
    let mut sites: Vec<Interval> = Vec::new();
    let mut first = 0;
    for &site in pieces.iter().filter(|piece| piece.is_empty()) {
        while blocks
            .get(first)
            .is_some_and(|block| block.end < site.start)
        {
            first += 1;
        }
        let is_outside = blocks
            .get(first)
            .is_none_or(|block| site.start < block.start);
        if is_outside && sites.last() != Some(&site) {
            sites.push(site);
        }
    }
    (blocks, sites)
}

impl LineSet {
    /// The bases covered.
    pub(super) fn base_pairs(&self) -> u64 {
        let blocks = self.blocks.iter().flatten();
        blocks.map(|block| u64::from(block.len())).sum()
    }

    /// Whether there is any insertion site outside of the blocks.
    pub(super) fn has_sites(&self) -> bool {
        self.sites.iter().any(|sites| !sites.is_empty())
    }

    /// Blocks and sites of a chromosome, sorted.
    pub(super) fn units(&self, chromosome: usize) -> Vec<Interval> {
        let mut units = self.blocks[chromosome].clone();
        units.extend(&self.sites[chromosome]);
        units.sort_unstable();
        units
    }
}
