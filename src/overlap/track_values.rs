//! What random values say of the observed one.

use super::max_t::NullValues;
use super::options::Tail;
use super::ranking::MonteCarlo;

/// The observed and the random values of a track.
#[derive(Clone, Debug, Default)]
pub(super) struct TrackValues {
    pub(super) observed: f64,
    pub(super) random: Vec<f64>,
}

impl TrackValues {
    pub(super) fn null_values(&self) -> NullValues<'_> {
        NullValues {
            observed: self.observed,
            random: &self.random,
        }
    }

    /// The medians of the values of several tracks; undefined where no track has a value.
    pub(super) fn median(tracks: &[&TrackValues]) -> TrackValues {
        let permutations = tracks.first().map_or(0, |track| track.random.len());
        let random = (0..permutations)
            .map(|permutation| median(tracks.iter().map(|track| track.random[permutation])));
        TrackValues {
            observed: median(tracks.iter().map(|track| track.observed)),
            random: random.collect(),
        }
    }

    /// The test; none if the observed value is undefined. An undefined random value counts against the track.
    pub(super) fn test(&self) -> Option<MonteCarlo> {
        let observed = self.observed;
        let permutations = u32::try_from(self.random.len()).unwrap_or(u32::MAX);
        if observed.is_nan() || permutations == 0 {
            return None;
        }
        let count = |is_counted: &dyn Fn(f64) -> bool| {
            let counted = self
                .random
                .iter()
                .filter(|value| value.is_nan() || is_counted(**value));
            (1 + counted.count()) as f64 / (1.0 + f64::from(permutations))
        };
        let (p_more, p_less) = (
            count(&|value| value >= observed),
            count(&|value| value <= observed),
        );
        let mut sorted: Vec<f64> = self
            .random
            .iter()
            .copied()
            .filter(|value| !value.is_nan())
            .collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let number = sorted.len() as f64;
        let mean = sorted.iter().sum::<f64>() / number;
        let squares: f64 = sorted.iter().map(|value| (value - mean).powi(2)).sum();
        let standard_deviation = (squares / (number - 1.0).max(1.0)).sqrt();
        Some(MonteCarlo {
            observed,
            permutations,
            p_more,
            p_less,
            p_two_sided: (2.0 * p_more.min(p_less)).min(1.0),
            floor: 1.0 / (1.0 + f64::from(permutations)),
            mean,
            standard_deviation,
            z: (standard_deviation > 0.0).then(|| (observed - mean) / standard_deviation),
            lower: quantile(&sorted, 0.025),
            upper: quantile(&sorted, 0.975),
        })
    }
}

impl MonteCarlo {
    /// The p-value of a tail.
    #[must_use]
    pub fn p(&self, tail: Tail) -> f64 {
        match tail {
            Tail::More => self.p_more,
            Tail::Less => self.p_less,
            Tail::TwoSided => self.p_two_sided,
        }
    }
}

/// A quantile of sorted values, between two values in proportion; NaN if there are none.
fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = probability * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

/// The median of the values that are defined; NaN if there are none.
pub(super) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile(&sorted, 0.5)
}
