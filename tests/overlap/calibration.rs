//! Under the null hypothesis p-values are as probable as they say: queries made by the model itself, with fixed seeds.

use super::{ranking_of, set, sweep_only, universe};
use fairtracks::genome::intervals::IntervalSet;
use fairtracks::overlap::{
    Adjustment, Analysis, NullModel, OverlapOptions, Statistic, SuiteTrack, TrackScore,
};

const LENGTH: u32 = 200_000;
const QUERIES: u64 = 1_000;
const PERMUTATIONS: u32 = 99;

/// A small generator of the tests' own, unlike that of the library.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % u64::from(bound)) as u32
    }

    fn shuffle(&mut self, values: &mut [u32]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

/// About 300 elements of lengths 50 to 450.
fn track() -> IntervalSet {
    let mut numbers = Numbers(7);
    let elements = (0..300).map(|_| {
        let start = numbers.below(LENGTH - 450);
        (start, start + 50 + numbers.below(400))
    });
    set(&elements.collect::<Vec<_>>())
}

fn lengths() -> Vec<u32> {
    let mut numbers = Numbers(11);
    (0..7).map(|_| 200 + numbers.below(1800)).collect()
}

/// Elements of given lengths, each anywhere; they may overlap.
fn anywhere(numbers: &mut Numbers) -> Vec<(u32, u32)> {
    let lengths = lengths().into_iter();
    let place = |length| {
        let start = numbers.below(LENGTH - length + 1);
        (start, start + length)
    };
    lengths.map(place).collect()
}

/// As [`anywhere`], tried again until no two touch.
fn disjoint(numbers: &mut Numbers) -> Vec<(u32, u32)> {
    loop {
        let mut elements = anywhere(numbers);
        elements.sort_unstable();
        if elements.windows(2).all(|pair| pair[0].1 < pair[1].0) {
            return elements;
        }
    }
}

fn alternating(lengths: &[u32], gaps: &[u32]) -> Vec<(u32, u32)> {
    let mut end = 0;
    let elements = lengths.iter().zip(gaps).map(|(length, gap)| {
        let start = end + gap;
        end = start + length;
        (start, end)
    });
    elements.collect()
}

fn permuted(numbers: &mut Numbers) -> Vec<(u32, u32)> {
    let mut lengths = lengths();
    let mut weights = Numbers(13);
    let mut gaps: Vec<u32> = (0..lengths.len())
        .map(|_| 8_000 + weights.below(16_000))
        .collect();
    gaps.push(LENGTH - lengths.iter().sum::<u32>() - gaps.iter().sum::<u32>());
    numbers.shuffle(&mut lengths);
    numbers.shuffle(&mut gaps);
    alternating(&lengths, &gaps)
}

fn shifted(numbers: &mut Numbers) -> Vec<(u32, u32)> {
    let distance = numbers.below(LENGTH);
    let elements = permuted(&mut Numbers(17))
        .into_iter()
        .flat_map(|(start, end)| {
            let (start, end) = (start + distance, end + distance);
            if start < LENGTH && LENGTH < end {
                vec![(start, LENGTH), (0, end - LENGTH)]
            } else {
                vec![(start % LENGTH, (end - 1) % LENGTH + 1)]
            }
        });
    elements.collect()
}

fn scores(null: Option<NullModel>, query: fn(&mut Numbers) -> Vec<(u32, u32)>) -> Vec<TrackScore> {
    let mut numbers = Numbers(19);
    let track = track();
    let scores = (0..QUERIES).map(|seed| {
        let options = OverlapOptions {
            null,
            permutations: Some(PERMUTATIONS),
            seed,
            ..OverlapOptions::default()
        };
        let query = set(&query(&mut numbers));
        let mut ranking = ranking_of(universe(LENGTH, &[]), query, vec![track.clone()], options);
        ranking.tracks.remove(0)
    });
    scores.collect()
}

/// The p-value of the Kolmogorov–Smirnov test against the uniform distribution.
fn uniformity(mut p_values: Vec<f64>) -> f64 {
    p_values.sort_unstable_by(f64::total_cmp);
    let count = p_values.len() as f64;
    let distances = p_values.iter().enumerate().map(|(place, p)| {
        let place = place as f64;
        ((place + 1.0) / count - p)
            .abs()
            .max((p - place / count).abs())
    });
    let distance = distances.fold(0.0, f64::max) * count.sqrt();
    let terms = (1..=100_i32).map(|number| {
        let sign = if number % 2 == 1 { 2.0 } else { -2.0 };
        sign * (-2.0 * (f64::from(number) * distance).powi(2)).exp()
    });
    terms.sum::<f64>().clamp(0.0, 1.0)
}

#[track_caller]
fn assert_uniform(null: NullModel, query: fn(&mut Numbers) -> Vec<(u32, u32)>) {
    let scores = scores(Some(null), query);
    let p_values: Vec<f64> = scores.iter().map(|score| score.p.unwrap()).collect();
    let p = uniformity(p_values);
    assert!(p > 0.01, "{null:?}: Kolmogorov-Smirnov p = {p}");
}

/// A discrete test may be careful, never bold.
#[track_caller]
fn assert_at_most_nominal(p_values: &[f64]) {
    let count = p_values.len() as f64;
    for level in [0.01, 0.05, 0.1, 0.25, 0.5] {
        let rejected = p_values.iter().filter(|p| **p <= level).count() as f64 / count;
        let error = 3.0 * (level * (1.0 - level) / count).sqrt();
        assert!(rejected <= level + error, "P(p <= {level}) = {rejected}");
    }
}

#[test]
fn uniform_placement_gives_uniform_p_values() {
    assert_uniform(NullModel::Uniform, anywhere);
}

#[test]
fn placement_per_chromosome_gives_uniform_p_values() {
    assert_uniform(NullModel::PerChromosome, disjoint);
}

#[test]
fn permuted_gaps_give_uniform_p_values() {
    assert_uniform(NullModel::PermutedGaps, permuted);
}

#[test]
fn circular_shifts_give_uniform_p_values() {
    assert_uniform(NullModel::CircularShift, shifted);
}

#[test]
fn a_biased_query_is_noticed() {
    let biased = |numbers: &mut Numbers| {
        let halves = anywhere(numbers).into_iter();
        let halves = halves.map(|(start, end)| (start / 2, start / 2 + end - start));
        halves.collect::<Vec<_>>()
    };
    let track = set(&[(0, LENGTH / 3)]);
    let mut numbers = Numbers(23);
    let p_values = (0..200).map(|seed| {
        let options = OverlapOptions {
            null: Some(NullModel::Uniform),
            permutations: Some(PERMUTATIONS),
            seed,
            ..OverlapOptions::default()
        };
        let query = set(&biased(&mut numbers));
        ranking_of(universe(LENGTH, &[]), query, vec![track.clone()], options).tracks[0]
            .p
            .unwrap()
    });
    assert!(uniformity(p_values.collect()) < 1e-6);
}

#[test]
fn the_binomial_test_of_points_keeps_its_level() {
    let points = |numbers: &mut Numbers| {
        let points = (0..40).map(|_| numbers.below(LENGTH));
        points.map(|point| (point, point + 1)).collect()
    };
    let scores = scores(None, points);
    let p_values: Vec<f64> = scores.iter().map(|score| score.p.unwrap()).collect();
    assert_at_most_nominal(&p_values);
    let less: Vec<f64> = scores
        .iter()
        .map(|score| score.binomial.unwrap().p_less)
        .collect();
    assert_at_most_nominal(&less);
}

#[test]
fn tests_over_candidates_keep_their_level() {
    let mut numbers = Numbers(29);
    // Candidates crowd where the track is: against the whole universe every query of them would look enriched.
    let candidates = (0..600).map(|_| {
        let start = numbers.below(LENGTH / 2) + numbers.below(LENGTH / 2);
        (start, start + 1)
    });
    let mut candidates: Vec<(u32, u32)> = candidates.collect();
    candidates.sort_unstable();
    candidates.dedup();
    let (mut fisher, mut monte_carlo, mut two_sided) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 0..QUERIES {
        let mut query: Vec<(u32, u32)> = Vec::new();
        while query.len() < 20 {
            let chosen = candidates[numbers.below(candidates.len() as u32) as usize];
            if !query.contains(&chosen) {
                query.push(chosen);
            }
        }
        let options = OverlapOptions {
            null: Some(NullModel::Candidates),
            permutations: Some(PERMUTATIONS),
            statistic: Statistic::Hits,
            seed,
            ..sweep_only()
        };
        let universe = universe(LENGTH, &[]);
        let analysis =
            Analysis::new(universe, set(&query), Some(set(&candidates)), options).unwrap();
        let track = SuiteTrack::new(set(&[(LENGTH / 3, LENGTH * 2 / 3)]));
        let ranking = analysis.run(vec![track]).unwrap();
        let test = ranking.tracks[0].fisher.unwrap();
        assert_eq!(test.chosen_inside + test.chosen_outside, 20);
        fisher.push(test.p_more);
        two_sided.push(test.p_two_sided);
        monte_carlo.push(ranking.tracks[0].p.unwrap());
    }
    assert_at_most_nominal(&fisher);
    assert_at_most_nominal(&two_sided);
    assert_at_most_nominal(&monte_carlo);
}

#[test]
fn max_t_keeps_the_family_wise_error_rate() {
    let mut numbers = Numbers(43);
    // Tracks that share half of their elements, as cell types do.
    let shared: Vec<(u32, u32)> = (0..100)
        .map(|number| (number * 2_000, number * 2_000 + 300))
        .collect();
    let mut draw_track = || {
        let own = (0..100).map(|_| {
            let start = numbers.below(LENGTH - 300);
            (start, start + 300)
        });
        set(&shared.iter().copied().chain(own).collect::<Vec<_>>())
    };
    let tracks: Vec<IntervalSet> = (0..6).map(|_| draw_track()).collect();
    let mut numbers = Numbers(47);
    let best = (0..300).map(|seed| {
        let options = OverlapOptions {
            null: Some(NullModel::Uniform),
            permutations: Some(99),
            adjustment: Adjustment::MaxT,
            seed,
            ..OverlapOptions::default()
        };
        let query = set(&anywhere(&mut numbers));
        let ranking = ranking_of(universe(LENGTH, &[]), query, tracks.clone(), options);
        let adjusted = ranking.tracks.iter().map(|track| track.adjusted_p.unwrap());
        adjusted.fold(1.0, f64::min)
    });
    let best: Vec<f64> = best.collect();
    assert_at_most_nominal(&best);
    assert!(uniformity(best) > 0.001, "not too careful either");
}
