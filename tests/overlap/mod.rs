//! Which tracks overlap a query: against known numbers, a model that counts bases, laws, and bedtools.

mod base_model;
mod bedtools;
mod bins;
mod calibration;
mod laws;
mod lola;
mod ranking;
mod tool;
mod tool_faults;
mod tool_inputs;
mod vectors;

use std::collections::BTreeMap;

use fairtracks::genome::intervals::{Interval, IntervalSet};
use fairtracks::overlap::{Analysis, OverlapOptions, Ranking, SuiteTrack, Universe};

/// Intervals by chromosome, as pairs of start and end.
pub type Pairs = BTreeMap<String, Vec<(u32, u32)>>;

pub fn interval(&(start, end): &(u32, u32)) -> Interval {
    Interval { start, end }
}

pub fn set_of(pairs: &Pairs) -> IntervalSet {
    let chromosomes = pairs.iter();
    let chromosomes =
        chromosomes.map(|(name, pairs)| (name.clone(), pairs.iter().map(interval).collect()));
    IntervalSet::new(chromosomes.collect())
}

/// A set on chr1.
pub fn set(pairs: &[(u32, u32)]) -> IntervalSet {
    set_of(&Pairs::from([("chr1".to_owned(), pairs.to_vec())]))
}

/// The universe of chr1 alone.
pub fn universe(length: u32, mask: &[(u32, u32)]) -> Universe {
    Universe::new(BTreeMap::from([("chr1".to_owned(), length)]), &set(mask))
}

/// A query and tracks in a universe.
pub fn ranking_of(
    universe: Universe,
    query: IntervalSet,
    tracks: Vec<IntervalSet>,
    options: OverlapOptions,
) -> Ranking {
    let analysis = Analysis::new(universe, query, None, options).unwrap();
    let tracks = tracks.into_iter().map(SuiteTrack::new).collect();
    analysis.run(tracks).unwrap()
}

/// No Monte-Carlo test.
pub fn sweep_only() -> OverlapOptions {
    OverlapOptions {
        null: None,
        ..OverlapOptions::default()
    }
}

/// A value to some relative digits.
#[track_caller]
pub fn assert_close(found: f64, expected: f64, relative: f64) {
    assert!(
        (found - expected).abs() <= relative * expected.abs(),
        "found {found}, expected {expected}"
    );
}
