//! The Monte-Carlo test: one value for each random set and track, and what they say of the observed value.

use rayon::prelude::*;

use super::batch::{Batch, RandomSet};
use super::coverage::{Coverage, Placed};
use super::line::{LineSet, UniverseLine};
use super::measures::{PairCoverage, reference_mean};
use super::options::{NullModel, OverlapOptions, Statistic};
use super::random_sets::RandomSets;
use super::random_stream::{RandomStream, Scratch};
use super::track_values::TrackValues;

/// Elements of the random sets that one task holds at a time, about: they and one track fit into a processor's cache.
const ELEMENTS_A_TASK: usize = 1 << 16;

/// What all tasks share.
pub(super) struct Simulation<'a> {
    pub(super) line: &'a UniverseLine,
    pub(super) universe: u64,
    pub(super) options: &'a OverlapOptions,
    pub(super) permutations: u32,
    /// The tracks that the mean of the normalised Forbes coefficient counts.
    pub(super) references: &'a [bool],
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

    /// The values of random queries and a track.
    fn query_values(&self, batch: &Batch, track: &Coverage, track_base_pairs: u64) -> Vec<f64> {
        let mut both = vec![0; batch.base_pairs.len()];
        for (place, set) in &batch.merged {
            both[*set] += track.covered(*place);
        }
        let mut hits = vec![0; batch.base_pairs.len()];
        if self.options.statistic == Statistic::Hits {
            for (place, set) in &batch.units {
                hits[*set] += u64::from(track.touches(*place));
            }
        }
        let values = batch
            .base_pairs
            .iter()
            .enumerate()
            .map(|(set, base_pairs)| {
                let pair = PairCoverage {
                    universe: self.universe,
                    query: *base_pairs,
                    track: track_base_pairs,
                    both: both[set],
                };
                self.value(pair, || hits[set])
            });
        values.collect()
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
        let observed = Batch::of(&[observed]);
        let parts: Vec<Vec<Vec<f64>>> = self
            .parts(query.observed().len())
            .into_par_iter()
            .map(|part| {
                let batch = Batch::of(&self.sets(query, 0, part));
                let tracks = tracks.iter();
                let values =
                    tracks.map(|(track, base_pairs)| self.query_values(&batch, track, *base_pairs));
                values.collect()
            })
            .collect();
        let tracks = tracks
            .iter()
            .enumerate()
            .map(|(number, (track, base_pairs))| {
                let random = parts.iter().flat_map(|part| part[number].iter().copied());
                TrackValues {
                    observed: self.query_values(&observed, track, *base_pairs)[0],
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
            units.map(move |unit| Placed::of(chromosome, unit))
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
            let values = references.filter(|pair| *pair.1).map(|pair| value(pair.0));
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
