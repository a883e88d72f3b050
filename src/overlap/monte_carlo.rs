//! The Monte-Carlo test: one value for each random set and track, and what they say of the observed value.

use rayon::prelude::*;

use super::coverage::{Coverage, Placed};
use super::line::{LineSet, UniverseLine};
use super::max_t::NullValues;
use super::measures::{PairCoverage, reference_mean};
use super::options::{NullModel, OverlapOptions, Statistic, Tail};
use super::random_sets::{RandomSets, Scratch, placed};
use super::random_stream::RandomStream;
use super::ranking::MonteCarlo;
use crate::genome::intervals::Interval;

/// Elements of the random sets that one task holds at a time, about: they and one track fit into a processor's cache.
const ELEMENTS_A_TASK: usize = 1 << 16;

/// The observed and the random values of a track.
#[derive(Clone, Debug, Default)]
pub(super) struct TrackValues {
    pub(super) observed: f64,
    pub(super) random: Vec<f64>,
}

/// What all tasks share.
pub(super) struct Simulation<'a> {
    pub(super) line: &'a UniverseLine,
    pub(super) universe: u64,
    pub(super) options: &'a OverlapOptions,
    pub(super) permutations: u32,
    /// The tracks that the mean of the normalised Forbes coefficient counts.
    pub(super) references: &'a [bool],
}

/// A random set, ready to be compared.
struct RandomSet {
    units: Vec<Placed>,
    /// The bases of the set, each once.
    merged: Vec<Placed>,
    base_pairs: u64,
}

impl RandomSet {
    fn of(mut units: Vec<Placed>, may_overlap: bool) -> Self {
        units.sort_unstable();
        let mut merged: Vec<Placed> = Vec::with_capacity(units.len());
        for &unit in units.iter().filter(|unit| unit.length > 0) {
            match merged.last_mut() {
                Some(last)
                    if may_overlap
                        && last.chromosome == unit.chromosome
                        && unit.start <= last.start + last.length =>
                {
                    let end = (unit.start + unit.length).max(last.start + last.length);
                    last.length = end - last.start;
                }
                _ => merged.push(unit),
            }
        }
        let base_pairs = merged.iter().map(|unit| u64::from(unit.length)).sum();
        RandomSet {
            units,
            merged,
            base_pairs,
        }
    }

    fn overlap(&self, coverage: &Coverage) -> u64 {
        let units = self.merged.iter();
        units.map(|unit| coverage.covered(*unit)).sum()
    }

    /// The set on the lines; a place around the end of a line comes apart.
    fn line_set(&self, line: &UniverseLine) -> LineSet {
        let count = line.chromosomes.len();
        let mut set = LineSet {
            blocks: vec![Vec::new(); count],
            sites: vec![Vec::new(); count],
            elements: None,
        };
        for unit in &self.units {
            let chromosome = unit.chromosome as usize;
            let (start, length) = (unit.start, line.chromosomes[chromosome].length);
            let rest = length - start;
            if unit.length == 0 {
                set.sites[chromosome].push(Interval { start, end: start });
            } else if unit.length <= rest {
                let end = start + unit.length;
                set.blocks[chromosome].push(Interval { start, end });
            } else {
                let (begin, again) = (Interval { start, end: length }, unit.length - rest);
                set.blocks[chromosome].push(begin);
                let again = Interval {
                    start: 0,
                    end: again,
                };
                set.blocks[chromosome].push(again);
            }
        }
        for blocks in &mut set.blocks {
            blocks.sort_unstable();
            blocks.dedup_by(|next, last| {
                let joins = next.start <= last.end;
                if joins {
                    last.end = last.end.max(next.end);
                }
                joins
            });
        }
        set
    }
}

impl Simulation<'_> {
    fn value(&self, pair: PairCoverage, hits: impl FnOnce() -> u64) -> f64 {
        let value = match self.options.statistic {
            Statistic::BasePairs => Some(pair.both as f64),
            Statistic::Hits => Some(hits() as f64),
            // Divided by the mean over the references when all tracks are there.
            Statistic::Forbes | Statistic::NormalisedForbes => pair.forbes(),
            Statistic::Jaccard => pair.jaccard(),
        };
        value.unwrap_or(f64::NAN)
    }

    /// The value of a random query and a track.
    fn query_value(&self, set: &RandomSet, track: &Coverage, track_base_pairs: u64) -> f64 {
        let pair = PairCoverage {
            universe: self.universe,
            query: set.base_pairs,
            track: track_base_pairs,
            both: set.overlap(track),
        };
        let touching = || set.units.iter().filter(|unit| track.touches(**unit));
        self.value(pair, || touching().count() as u64)
    }

    fn sets(
        &self,
        sets: &RandomSets,
        number: u64,
        permutations: std::ops::Range<u32>,
    ) -> Vec<RandomSet> {
        let mut scratch = Scratch::default();
        let drawn = permutations.map(|permutation| {
            let mut units = Vec::with_capacity(sets.observed().len());
            let mut random = RandomStream::new(self.options.seed, number, u64::from(permutation));
            sets.draw(&mut random, &mut scratch, &mut units);
            RandomSet::of(units, sets.may_overlap())
        });
        drawn.collect()
    }

    /// The permutations in parts of equal size, whatever the number of threads.
    fn parts(&self, elements: usize) -> Vec<std::ops::Range<u32>> {
        let size = (ELEMENTS_A_TASK / elements.max(1)).clamp(1, 256) as u32;
        let starts = (0..self.permutations).step_by(size as usize);
        starts
            .map(|start| start..start.saturating_add(size).min(self.permutations))
            .collect()
    }

    /// Randomises the query: every track meets the same random sets.
    pub(super) fn randomise_query(
        &self,
        query: &RandomSets,
        tracks: &[(&Coverage, u64)],
    ) -> Vec<TrackValues> {
        let observed = RandomSet::of(query.observed().to_vec(), query.may_overlap());
        let parts: Vec<Vec<Vec<f64>>> = self
            .parts(query.observed().len())
            .into_par_iter()
            .map(|part| {
                let sets = self.sets(query, 0, part);
                let tracks = tracks.iter().map(|(track, base_pairs)| {
                    let values = sets
                        .iter()
                        .map(|set| self.query_value(set, track, *base_pairs));
                    values.collect()
                });
                tracks.collect()
            })
            .collect();
        let tracks = tracks
            .iter()
            .enumerate()
            .map(|(number, (track, base_pairs))| {
                let random = parts.iter().flat_map(|part| part[number].iter().copied());
                TrackValues {
                    observed: self.query_value(&observed, track, *base_pairs),
                    random: random.collect(),
                }
            });
        self.normalised(tracks.collect())
    }

    /// Randomises each track by itself against the query as it is.
    pub(super) fn randomise_suite(
        &self,
        query: &LineSet,
        model: NullModel,
        tracks: &[&LineSet],
    ) -> Vec<TrackValues> {
        let coverage = Coverage::of(query, self.line);
        let query_base_pairs = query.base_pairs();
        let chromosomes = 0..self.line.chromosomes.len();
        let units = chromosomes.flat_map(|chromosome| {
            let units = query.units(chromosome).into_iter();
            units.map(move |unit| placed(chromosome, unit))
        });
        let units: Vec<Placed> = units.collect();
        let value = |set: &RandomSet| {
            let pair = PairCoverage {
                universe: self.universe,
                query: query_base_pairs,
                track: set.base_pairs,
                both: set.overlap(&coverage),
            };
            self.value(pair, || {
                let track = Coverage::of(&set.line_set(self.line), self.line);
                units.iter().filter(|unit| track.touches(**unit)).count() as u64
            })
        };
        let tracks = (0..).zip(tracks).map(|(number, track)| {
            let track = RandomSets::of(track, self.line, model);
            let observed = RandomSet::of(track.observed().to_vec(), track.may_overlap());
            let parts = self.parts(track.observed().len()).into_par_iter();
            let random: Vec<Vec<f64>> = parts
                .map(|part| self.sets(&track, number, part).iter().map(value).collect())
                .collect();
            TrackValues {
                observed: value(&observed),
                random: random.concat(),
            }
        });
        self.normalised(tracks.collect())
    }

    /// Divides Forbes coefficients by the mean over the references, for each random set.
    fn normalised(&self, mut tracks: Vec<TrackValues>) -> Vec<TrackValues> {
        if self.options.statistic != Statistic::NormalisedForbes {
            return tracks;
        }
        let mean = |tracks: &[TrackValues], value: &dyn Fn(&TrackValues) -> f64| {
            let references = tracks.iter().zip(self.references);
            let values =
                references.filter_map(|(track, is_reference)| is_reference.then(|| value(track)));
            reference_mean(values).unwrap_or(f64::NAN)
        };
        let observed = mean(&tracks, &|track| track.observed);
        for track in &mut tracks {
            track.observed /= observed;
        }
        for permutation in 0..self.permutations as usize {
            let random = mean(&tracks, &|track| track.random[permutation]);
            for track in &mut tracks {
                track.random[permutation] /= random;
            }
        }
        tracks
    }
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
