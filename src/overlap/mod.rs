//! Which tracks of a suite overlap a query more than expected: measures, tests, ranking. Pure: no file, clock or network.
//!
//! ```
//! use std::collections::BTreeMap;
//! use fairtracks::genome::intervals::{Interval, IntervalSet};
//! use fairtracks::overlap::{Analysis, OverlapOptions, SuiteTrack, Universe};
//!
//! let set = |intervals: &[(u32, u32)]| {
//!     let intervals = intervals.iter().map(|&(start, end)| Interval { start, end });
//!     IntervalSet::new(BTreeMap::from([("chr1".to_owned(), intervals.collect())]))
//! };
//! let universe = Universe::new(BTreeMap::from([("chr1".to_owned(), 1000)]), &IntervalSet::default());
//! let query = set(&[(100, 200), (300, 400), (700, 750)]);
//! let track = SuiteTrack::new(set(&[(150, 250), (390, 420), (800, 900)]));
//!
//! let analysis = Analysis::new(universe, query, None, OverlapOptions::default())?;
//! let ranking = analysis.run(vec![track])?;
//! assert_eq!(ranking.tracks[0].overlap_base_pairs, 60);
//! # Ok::<(), fairtracks::overlap::OverlapError>(())
//! ```

mod adjustment;
mod analysis;
mod batch;
mod binomial;
mod coverage;
mod fisher;
mod groups;
mod line;
mod max_t;
mod measures;
mod monte_carlo;
mod options;
mod per_chromosome;
mod prepared_query;
mod random_sets;
mod random_stream;
mod ranking;
mod ranks;
mod scores;
mod sweep;
mod track_values;
mod uniform;
mod universe;
mod warnings;

pub use adjustment::adjust;
pub use analysis::{Analysis, Contact, MeasuredTrack, SuiteTrack};
pub use options::{Adjustment, NullModel, OverlapOptions, Randomised, RankedBy, Statistic, Tail};
pub use ranking::{
    BinomialTest, FisherTest, GroupScore, Measures, MonteCarlo, PValueSource, Ranking, SetSize,
    TrackScore,
};
pub use universe::{Clipped, Universe};
pub use warnings::{OverlapError, OverlapWarning};

#[cfg(test)]
mod tests;
