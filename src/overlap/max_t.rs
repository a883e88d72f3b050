//! Westfall and Young's step-down max-T: p-values adjusted by the random values that all tracks share.

use super::options::Tail;

/// The observed and the random values of one track.
#[derive(Clone, Copy)]
pub(super) struct NullValues<'a> {
    pub(super) observed: f64,
    pub(super) random: &'a [f64],
}

/// Values made comparable between tracks: distance from the mean in standard deviations, the observed value being one of all.
struct Standardised {
    mean: f64,
    deviation: f64,
    tail: Tail,
}

impl Standardised {
    fn of(values: NullValues, tail: Tail) -> Self {
        let all = || {
            let random = values.random.iter().copied();
            random
                .chain([values.observed])
                .filter(|value| !value.is_nan())
        };
        let count = all().count() as f64;
        let mean = all().sum::<f64>() / count;
        let squares = all().map(|value| (value - mean).powi(2));
        Standardised {
            mean,
            deviation: (squares.sum::<f64>() / count).sqrt(),
            tail,
        }
    }

    /// An undefined random value counts against the track.
    fn value(&self, value: f64) -> f64 {
        if value.is_nan() {
            return f64::INFINITY;
        }
        let distance = if self.deviation > 0.0 {
            (value - self.mean) / self.deviation
        } else {
            0.0
        };
        match self.tail {
            Tail::More => distance,
            Tail::Less => -distance,
            Tail::TwoSided => distance.abs(),
        }
    }
}

/// The adjusted p-values of tracks, in their order. All tracks have as many random values.
pub(super) fn max_t(tracks: &[NullValues], tail: Tail) -> Vec<f64> {
    let scales = tracks.iter().map(|track| Standardised::of(*track, tail));
    let scales: Vec<Standardised> = scales.collect();
    let observed = tracks.iter().zip(&scales);
    let observed: Vec<f64> = observed
        .map(|(track, scale)| scale.value(track.observed))
        .collect();
    let mut order: Vec<usize> = (0..tracks.len()).collect();
    order.sort_by(|&one, &other| observed[other].total_cmp(&observed[one]));
    let permutations = tracks.first().map_or(0, |track| track.random.len());
    // The largest value among the tracks that are not better than the one at hand.
    let mut largest = vec![f64::NEG_INFINITY; permutations];
    let mut adjusted = vec![1.0; tracks.len()];
    for &track in order.iter().rev() {
        let mut count = 0;
        for (largest, &random) in largest.iter_mut().zip(tracks[track].random) {
            *largest = largest.max(scales[track].value(random));
            count += u32::from(*largest >= observed[track]);
        }
        adjusted[track] = f64::from(1 + count) / (1 + permutations) as f64;
    }
    let mut smallest: f64 = 0.0;
    for &track in &order {
        smallest = smallest.max(adjusted[track]);
        adjusted[track] = smallest;
    }
    adjusted
}
