//! The sentences of the room: what to know before a result is used, and why there is none.

use thiserror::Error;

/// What to know before a result is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum OverlapWarning {
    /// The track has no element in the universe.
    #[error("track has no element in the analysis universe: no measure is defined")]
    TrackEmpty,
    /// The query has no element in the universe.
    #[error("query has no element in the analysis universe: no measure is defined")]
    QueryEmpty,
    /// Elements lie outside of the universe.
    #[error("{outside} of {elements} elements left out: outside of the analysis universe")]
    Outside {
        /// Elements without a base in the universe.
        outside: usize,
        /// All elements.
        elements: usize,
    },
    /// Elements are cut.
    #[error("{cut} of {elements} elements cut at the end of a chromosome or bin, or by the mask")]
    Cut {
        /// Elements that lost bases.
        cut: usize,
        /// All elements.
        elements: usize,
    },
    /// Chromosomes are not in the universe.
    #[error("chromosomes without a known length: {}", names.join(", "))]
    UnknownChromosomes {
        /// Their names, ten at most.
        names: Vec<String>,
    },
    /// Too few permutations for the number of tracks.
    #[error(
        "{permutations} permutations cannot give an adjusted p-value of 0.05 among {tracks} tracks: use {fewest} at least"
    )]
    FewPermutations {
        /// The permutations made.
        permutations: u32,
        /// The tracks tested.
        tracks: usize,
        /// The fewest permutations.
        fewest: u32,
    },
    /// The p-value is the smallest possible.
    #[error("p-value at its floor: more permutations can make it smaller")]
    AtFloor,
    /// Elements of the query are no candidates.
    #[error(
        "{outside} of {elements} elements of the query touch no candidate position: not part of the tests over candidates"
    )]
    NotCandidates {
        /// Elements that touch no candidate.
        outside: usize,
        /// All elements of the query.
        elements: usize,
    },
    /// Few different random sets exist.
    #[error(
        "only {distinct} different random sets exist, {permutations} are drawn: use another null model"
    )]
    FewRandomSets {
        /// How many there are.
        distinct: u64,
        /// How many are drawn.
        permutations: u32,
    },
    /// All random values are the same.
    #[error("all random sets give the same value: the null model cannot test this track")]
    ConstantNull,
    /// The track covers the universe.
    #[error("track covers more than half of the analysis universe")]
    CoversMost,
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OverlapError {
    /// The universe has no base.
    #[error(
        "found no base that is not masked, expected a universe: select a smaller mask, other bins or other chromosome sizes"
    )]
    EmptyUniverse,
    /// Two bins share bases.
    #[error(
        "found bins on {chromosome} that overlap from {start} to {end}, expected each base in one bin: merge the bins"
    )]
    OverlappingBins {
        /// The chromosome.
        chromosome: String,
        /// The first base that both have.
        start: u32,
        /// The base after the last one.
        end: u32,
    },
    /// The null model needs candidates.
    #[error(
        "found no candidate positions in the analysis universe, expected some for this null model: select a file of candidates or another null model"
    )]
    NoCandidates,
    /// Candidates are a null model of the query.
    #[error(
        "found the null model of candidate positions for the suite, expected it for the query: randomise the query"
    )]
    CandidatesForSuite,
    /// Max-T needs permutations.
    #[error(
        "found the adjustment max-T without a null model, expected one: select a null model or another adjustment"
    )]
    MaxTWithoutNull,
    /// At least one random set.
    #[error(
        "found 0 permutations, expected 1 at least: raise the number or switch the Monte-Carlo test off"
    )]
    NoPermutations,
    /// The matrix of random values is too large.
    #[error(
        "found {permutations} permutations of {tracks} tracks, expected {most} random values at most: lower the number of permutations"
    )]
    TooManyValues {
        /// Random sets.
        permutations: u32,
        /// Tracks.
        tracks: usize,
        /// The limit.
        most: u64,
    },
}
