//! An analysis: one query against many tracks.

use super::coverage::Coverage;
use super::line::{LineSet, UniverseLine};
use super::measures::PairCoverage;
use super::options::{NullModel, OverlapOptions, Randomised};
use super::prepared_query::{PreparedQuery, clip_warnings};
use super::ranking::{Ranking, SetSize};
use super::sweep::{
    count_touching, covered_base_pairs, shared_base_pairs, touch_blocks, visit_pairs,
    visit_touching,
};
use super::universe::{Universe, touch_span};
use super::warnings::{OverlapError, OverlapWarning};
use crate::genome::intervals::{Interval, IntervalSet};

/// A track of the suite with what the analysis has to know of its metadata.
#[derive(Clone, Debug)]
pub struct SuiteTrack {
    /// The elements as read; overlapping elements are fine.
    pub elements: IntervalSet,
    /// The value of metadata that the tracks of a group share.
    pub group: Option<String>,
    /// Whether the mean of the normalised Forbes coefficient counts the track. If no track does, all do.
    pub is_reference: bool,
}

/// A track after its sweep against the query: small where no random sets are needed, so that files can be read one by one.
#[derive(Clone, Debug)]
pub struct MeasuredTrack {
    pub(super) size: SetSize,
    pub(super) coverage: PairCoverage,
    pub(super) query_hits: u64,
    pub(super) track_hits: u64,
    pub(super) midpoints_inside: u64,
    pub(super) candidates_inside: u64,
    pub(super) chosen_inside: u64,
    pub(super) lookup: Lookup,
    pub(super) group: Option<String>,
    pub(super) is_reference: bool,
    pub(super) warnings: Vec<OverlapWarning>,
}

/// What random sets need of a track.
#[derive(Clone, Debug)]
pub(super) enum Lookup {
    Nothing,
    Coverage(Box<Coverage>),
    Elements(LineSet),
}

/// One query against many tracks of the same assembly.
#[derive(Clone, Debug)]
pub struct Analysis {
    universe: Universe,
    pub(super) line: UniverseLine,
    given: IntervalSet,
    pub(super) query: PreparedQuery,
    pub(super) options: OverlapOptions,
}

/// An element of the query that touches an element of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contact<'a> {
    /// The chromosome.
    pub chromosome: &'a str,
    /// The place of the element in [`IntervalSet::on`] of the query as given.
    pub query: usize,
    /// The place of the element in [`IntervalSet::on`] of the track as given.
    pub track: usize,
    /// The bases that both share in the universe; 0 where an insertion site touches.
    pub base_pairs: u32,
}

impl SuiteTrack {
    /// A track without a group, and no reference.
    #[must_use]
    pub fn new(elements: IntervalSet) -> Self {
        SuiteTrack {
            elements,
            group: None,
            is_reference: false,
        }
    }
}

impl Analysis {
    /// Cuts query and candidates to the universe. The candidates are all positions that could have been in the query; they
    /// are needed for Fisher's test and for their null model. Expand them as the query is expanded.
    ///
    /// # Errors
    /// The universe is empty, or the options contradict one another.
    pub fn new(
        universe: Universe,
        query: IntervalSet,
        candidates: Option<IntervalSet>,
        options: OverlapOptions,
    ) -> Result<Self, OverlapError> {
        if universe.base_pairs() == 0 {
            return Err(OverlapError::EmptyUniverse);
        }
        options.check()?;
        let line = UniverseLine::of(&universe);
        let prepared =
            PreparedQuery::of(&universe, &line, &query, candidates.as_ref(), options.null);
        if options.null == Some(NullModel::Candidates) && prepared.candidates == 0 {
            return Err(OverlapError::NoCandidates);
        }
        Ok(Analysis {
            universe,
            line,
            given: query,
            query: prepared,
            options,
        })
    }

    /// The options.
    #[must_use]
    pub fn options(&self) -> &OverlapOptions {
        &self.options
    }

    /// The universe.
    #[must_use]
    pub fn universe(&self) -> &Universe {
        &self.universe
    }

    /// What to know of the query before any track is measured.
    #[must_use]
    pub fn warnings(&self) -> &[OverlapWarning] {
        &self.query.warnings
    }

    /// Sweeps one track against the query. Tracks can be measured on several threads, each as soon as it is read.
    #[must_use]
    pub fn measure(&self, track: SuiteTrack) -> MeasuredTrack {
        let elements = track.elements.count();
        let clipped = self.universe.clip(track.elements);
        let mut warnings = clip_warnings(&clipped, elements);
        let mut measured = MeasuredTrack {
            size: SetSize::default(),
            coverage: PairCoverage {
                universe: self.universe.base_pairs(),
                query: self.query.size.base_pairs,
                track: 0,
                both: 0,
            },
            query_hits: 0,
            track_hits: 0,
            midpoints_inside: 0,
            candidates_inside: 0,
            chosen_inside: 0,
            lookup: Lookup::Nothing,
            group: track.group,
            is_reference: track.is_reference,
            warnings: Vec::new(),
        };
        for (name, elements) in clipped.set.chromosomes() {
            measured.add_chromosome(self, name, elements);
        }
        let size = measured.size;
        if size.elements == 0 {
            warnings.push(OverlapWarning::TrackEmpty);
        }
        if size.base_pairs > self.universe.base_pairs() / 2 {
            warnings.push(OverlapWarning::CoversMost);
        }
        measured.warnings = warnings;
        if self.options.null.is_some() {
            let on_line = self.line.project(&clipped.set, self.options.null);
            measured.lookup = match self.options.randomised {
                Randomised::Query => Lookup::Coverage(Box::new(Coverage::of(&on_line, &self.line))),
                Randomised::Suite => Lookup::Elements(on_line),
            };
        }
        measured
    }

    /// Calls a function for each pair of touching elements that share a base of the universe, in the order of chromosomes,
    /// then of the query, then of the track.
    pub fn contacts<'a>(&'a self, track: &IntervalSet, mut visit: impl FnMut(Contact<'a>)) {
        for (chromosome, query) in self.given.chromosomes() {
            let elements = track.on(chromosome);
            let free = self.universe.free().on(chromosome);
            visit_pairs(query, elements, |one, other| {
                let contact = Contact {
                    chromosome,
                    query: one,
                    track: other,
                    base_pairs: free_base_pairs(common(query[one], elements[other]), free),
                };
                let spans = common(touch_span(query[one]), touch_span(elements[other]));
                if contact.base_pairs > 0 || free_base_pairs(spans, free) > 0 {
                    visit(contact);
                }
            });
        }
    }

    /// Measures and ranks.
    ///
    /// # Errors
    /// As [`Analysis::rank`].
    pub fn run(&self, tracks: Vec<SuiteTrack>) -> Result<Ranking, OverlapError> {
        let measured = tracks.into_iter().map(|track| self.measure(track));
        self.rank(measured.collect())
    }
}

impl MeasuredTrack {
    fn add_chromosome(&mut self, analysis: &Analysis, name: &str, elements: &[Interval]) {
        self.size.elements += elements.len() as u64;
        self.size.base_pairs += covered_base_pairs(elements);
        self.coverage.track = self.size.base_pairs;
        let Some(query) = analysis.query.chromosomes.get(name) else {
            return;
        };
        if !query.candidates.is_empty() {
            let touching = touch_blocks(elements);
            visit_touching(&query.candidates, &touching, |candidate| {
                self.candidates_inside += 1;
                self.chosen_inside += u64::from(query.is_chosen[candidate]);
            });
        }
        // All that follows is about these elements alone, a few of a large track.
        let mut hit: Vec<Interval> = Vec::new();
        visit_touching(elements, &query.touching, |place| hit.push(elements[place]));
        self.track_hits += hit.len() as u64;
        self.query_hits += count_touching(&query.elements, &touch_blocks(&hit));
        hit.retain(|element| !element.is_empty());
        let covered = touch_blocks(&hit);
        self.coverage.both += shared_base_pairs(&query.merged, &covered);
        self.midpoints_inside += count_touching(&query.midpoints, &covered);
    }
}

/// The bases of both intervals; empty if there are none.
fn common(one: Interval, other: Interval) -> Interval {
    let start = one.start.max(other.start);
    let end = one.end.min(other.end).max(start);
    Interval { start, end }
}

/// How many bases of an interval are not masked.
fn free_base_pairs(interval: Interval, free: &[Interval]) -> u32 {
    let first = free.partition_point(|stretch| stretch.end <= interval.start);
    let reached = free[first..]
        .iter()
        .take_while(|stretch| stretch.start < interval.end);
    reached
        .map(|stretch| common(*stretch, interval).len())
        .sum()
}
