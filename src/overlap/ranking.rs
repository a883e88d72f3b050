//! The answer: the scores of each track, of each group, and what they rest on.

use super::warnings::OverlapWarning;

/// The ranking of the tracks of a suite.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The size of the universe in base pairs.
    pub universe_base_pairs: u64,
    /// The query in the universe.
    pub query: SetSize,
    /// The p-values that are adjusted; none if no test was made.
    pub adjusted_from: Option<PValueSource>,
    /// The number of random sets; 0 without a Monte-Carlo test.
    pub permutations: u32,
    /// The tracks in the order given.
    pub tracks: Vec<TrackScore>,
    /// The groups by name.
    pub groups: Vec<GroupScore>,
    /// What counts for the whole run.
    pub warnings: Vec<OverlapWarning>,
}

/// The size of a set in the universe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetSize {
    /// The number of elements; each piece of an element that the mask cuts counts.
    pub elements: u64,
    /// The covered bases, each once.
    pub base_pairs: u64,
}

/// The test whose p-values are adjusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PValueSource {
    /// The Monte-Carlo test.
    MonteCarlo,
    /// Fisher's test over the candidate positions.
    Fisher,
    /// The binomial test.
    Binomial,
}

/// The scores of one track.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackScore {
    /// The track in the universe.
    pub size: SetSize,
    /// The bases that query and track share, each once.
    pub overlap_base_pairs: u64,
    /// The elements of the query that touch the track.
    pub query_hits: u64,
    /// The elements of the track that touch the query.
    pub track_hits: u64,
    /// The measures of similarity.
    pub measures: Measures,
    /// Fisher's test, if candidate positions are given.
    pub fisher: Option<FisherTest>,
    /// The binomial test on the midpoints of the query; none for an empty query.
    pub binomial: Option<BinomialTest>,
    /// The Monte-Carlo test, if a null model is chosen.
    pub monte_carlo: Option<MonteCarlo>,
    /// The p-value that is adjusted, in the tail chosen.
    pub p: Option<f64>,
    /// That p-value, adjusted for the number of tracks.
    pub adjusted_p: Option<f64>,
    /// The rank, from 1. Equal values share the better rank.
    pub rank: usize,
    /// What to know before this row is used.
    pub warnings: Vec<OverlapWarning>,
}

/// Measures of similarity over a universe of N bases, of which the query covers a, the track b, both i. None where a
/// measure is undefined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// The overlap expected from the coverages, in base pairs: ab / N.
    pub expected: Option<f64>,
    /// The Forbes coefficient: iN / ab.
    pub forbes: Option<f64>,
    /// The Forbes coefficient divided by its mean over the reference tracks.
    pub normalised_forbes: Option<f64>,
    /// The Jaccard coefficient: i / (a + b − i).
    pub jaccard: Option<f64>,
    /// The proportion of the query inside the track: i / a.
    pub query_proportion: Option<f64>,
    /// The proportion of the track inside the query: i / b.
    pub track_proportion: Option<f64>,
    /// The proportion of the union that the track covers: b / (a + b − i).
    pub union_proportion: Option<f64>,
    /// The Ochiai coefficient: i / √(ab).
    pub ochiai: Option<f64>,
    /// The odds ratio of the base pairs. It describes; base pairs are not independent, so no p-value comes from it.
    pub odds_ratio: Option<f64>,
}

/// Fisher's test on a 2×2 table of elements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FisherTest {
    /// Candidates that the query chooses and that touch the track.
    pub chosen_inside: u64,
    /// Candidates that the query chooses and that do not touch the track.
    pub chosen_outside: u64,
    /// Other candidates that touch the track.
    pub other_inside: u64,
    /// Other candidates that do not touch the track.
    pub other_outside: u64,
    /// P(X ≥ `chosen_inside`).
    pub p_more: f64,
    /// P(X ≤ `chosen_inside`).
    pub p_less: f64,
    /// The sum over all tables that are no more probable than this one, as in R.
    pub p_two_sided: f64,
    /// The sample odds ratio ad / bc; none if it is infinite or undefined.
    pub sample_odds_ratio: Option<f64>,
    /// The conditional maximum-likelihood estimate, which R and LOLA print; none if it is infinite or undefined.
    pub conditional_odds_ratio: Option<f64>,
}

/// The binomial test: the chance that points anywhere in the universe hit the track as often.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinomialTest {
    /// The midpoints tested: one for each merged block of the query.
    pub points: u64,
    /// The midpoints inside the track.
    pub inside: u64,
    /// The proportion of the universe that the track covers.
    pub probability: f64,
    /// `inside` divided by the number expected; none if that is 0.
    pub fold: Option<f64>,
    /// P(X ≥ `inside`).
    pub p_more: f64,
    /// P(X ≤ `inside`).
    pub p_less: f64,
    /// Twice the smaller tail, at most 1.
    pub p_two_sided: f64,
}

/// The Monte-Carlo test of one statistic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonteCarlo {
    /// The observed statistic, on the same elements as the random ones.
    pub observed: f64,
    /// The number of random sets.
    pub permutations: u32,
    /// (1 + number of random values ≥ observed) / (1 + permutations).
    pub p_more: f64,
    /// (1 + number of random values ≤ observed) / (1 + permutations).
    pub p_less: f64,
    /// Twice the smaller of both, at most 1.
    pub p_two_sided: f64,
    /// The smallest p-value possible: 1 / (1 + permutations).
    pub floor: f64,
    /// The mean of the random values.
    pub mean: f64,
    /// The standard deviation of the random values.
    pub standard_deviation: f64,
    /// (observed − mean) / standard deviation, which describes; none if the deviation is 0.
    pub z: Option<f64>,
    /// The 2.5 % quantile of the random values.
    pub lower: f64,
    /// The 97.5 % quantile of the random values.
    pub upper: f64,
}

/// The median track of a group, tested by the shared permutations.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupScore {
    /// The value of metadata that the tracks share.
    pub name: String,
    /// The number of tracks.
    pub tracks: usize,
    /// The median of the normalised Forbes coefficients.
    pub median_normalised_forbes: Option<f64>,
    /// The median of the statistic, tested; none without permutations or where the tracks have no value.
    pub monte_carlo: Option<MonteCarlo>,
    /// The p-value in the tail chosen.
    pub p: Option<f64>,
    /// That p-value, adjusted for the number of groups.
    pub adjusted_p: Option<f64>,
    /// The rank, from 1, in the order chosen for the tracks as far as groups have it: by the p-value, else by the median.
    pub rank: usize,
}
