//! The measures of similarity of two sets from their coverages and their overlap.

use super::ranking::Measures;

/// The covered bases of a pair: of the universe, of the query, of the track, of both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PairCoverage {
    pub(super) universe: u64,
    pub(super) query: u64,
    pub(super) track: u64,
    pub(super) both: u64,
}

fn ratio(numerator: f64, denominator: f64) -> Option<f64> {
    (denominator > 0.0).then(|| numerator / denominator)
}

impl PairCoverage {
    pub(super) fn expected(self) -> Option<f64> {
        ratio(self.query as f64 * self.track as f64, self.universe as f64)
    }

    pub(super) fn forbes(self) -> Option<f64> {
        let numerator = self.universe as f64 * self.both as f64;
        ratio(numerator, self.query as f64 * self.track as f64)
    }

    fn union(self) -> f64 {
        (self.query + self.track - self.both) as f64
    }

    /// Both sets empty: 0, as they have nothing in common.
    pub(super) fn jaccard(self) -> Option<f64> {
        Some(ratio(self.both as f64, self.union()).unwrap_or(0.0))
    }

    fn odds_ratio(self) -> Option<f64> {
        let neither = (self.universe + self.both).saturating_sub(self.query + self.track);
        let only_query = (self.query - self.both) as f64;
        let only_track = (self.track - self.both) as f64;
        ratio(self.both as f64 * neither as f64, only_query * only_track)
    }

    /// All measures but the normalised Forbes coefficient, which needs the other tracks.
    pub(super) fn measures(self) -> Measures {
        let (query, track, both) = (self.query as f64, self.track as f64, self.both as f64);
        Measures {
            expected: self.expected(),
            forbes: self.forbes(),
            normalised_forbes: None,
            jaccard: self.jaccard(),
            query_proportion: ratio(both, query),
            track_proportion: ratio(both, track),
            union_proportion: ratio(track, self.union()),
            ochiai: ratio(both, (query * track).sqrt()),
            odds_ratio: self.odds_ratio(),
        }
    }
}

/// The mean of the reference values that are defined, to divide by; none if there are none or it is 0.
pub(super) fn reference_mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values.filter(|value| !value.is_nan()) {
        sum += value;
        count += 1;
    }
    ratio(sum, f64::from(count)).filter(|mean| *mean > 0.0)
}
