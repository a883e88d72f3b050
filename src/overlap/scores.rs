//! From measured tracks to the ranking: tests, adjustment, groups, ranks.

use super::adjustment::adjusted;
use super::analysis::{Analysis, Lookup, MeasuredTrack};
use super::groups::groups;
use super::measures::reference_mean;
use super::monte_carlo::Simulation;
use super::options::{Adjustment, NullModel, OverlapOptions, Randomised};
use super::ranking::{BinomialTest, FisherTest, Measures, PValueSource, Ranking, TrackScore};
use super::ranks::{key, ranks};
use super::track_values::TrackValues;
use super::warnings::{OverlapError, OverlapWarning};

/// The most random values that are kept: 8 bytes each.
const MOST_VALUES: u64 = 100_000_000;

impl OverlapOptions {
    /// Refuses options that contradict one another.
    pub(super) fn check(&self) -> Result<(), OverlapError> {
        if self.null == Some(NullModel::Candidates) && self.randomised == Randomised::Suite {
            return Err(OverlapError::CandidatesForSuite);
        }
        if self.null.is_none() && self.adjustment == Adjustment::MaxT {
            return Err(OverlapError::MaxTWithoutNull);
        }
        if self.null.is_some() && self.permutations == Some(0) {
            return Err(OverlapError::NoPermutations);
        }
        Ok(())
    }
}

impl Analysis {
    /// Tests and ranks the measured tracks, in the order given.
    ///
    /// # Errors
    /// The permutations are too many for memory.
    pub fn rank(&self, tracks: Vec<MeasuredTrack>) -> Result<Ranking, OverlapError> {
        let options = &self.options;
        let source = self.p_value_source(&tracks);
        let mut warnings = self.query.warnings.clone();
        let all_are_references = tracks.iter().all(|track| !track.is_reference);
        let references = tracks
            .iter()
            .map(|track| track.is_reference || all_are_references);
        let references: Vec<bool> = references.collect();
        let values = self.random_values(&tracks, &references, &mut warnings)?;
        let measures = measures(&tracks, &references);

        let mut scores = Vec::with_capacity(tracks.len());
        for (number, track) in tracks.iter().enumerate() {
            let values = values.as_ref().map(|values| &values[number]);
            scores.push(self.score(track, measures[number], values, source));
        }
        let p_values: Vec<Option<f64>> = scores.iter().map(|score| score.p).collect();
        let adjusted = adjusted(&p_values, values.as_deref(), options);
        for (score, adjusted) in scores.iter_mut().zip(adjusted) {
            score.adjusted_p = adjusted;
        }
        let keys = scores.iter().map(|score| key(score, options.ranked_by));
        let ranks = ranks(&keys.collect::<Vec<_>>());
        for (score, rank) in scores.iter_mut().zip(ranks) {
            score.rank = rank;
        }
        Ok(Ranking {
            universe_base_pairs: self.universe().base_pairs(),
            query: self.query.size,
            adjusted_from: source,
            permutations: values
                .as_ref()
                .map_or(0, |_| options.permutations_for(tracks.len())),
            groups: groups(&tracks, &scores, values.as_deref(), options),
            tracks: scores,
            warnings,
        })
    }

    fn p_value_source(&self, tracks: &[MeasuredTrack]) -> Option<PValueSource> {
        if tracks.is_empty() || self.query.size.elements == 0 {
            None
        } else if self.options.null.is_some() {
            Some(PValueSource::MonteCarlo)
        } else if self.query.has_candidates {
            Some(PValueSource::Fisher)
        } else {
            Some(PValueSource::Binomial)
        }
    }

    fn random_values(
        &self,
        tracks: &[MeasuredTrack],
        references: &[bool],
        warnings: &mut Vec<OverlapWarning>,
    ) -> Result<Option<Vec<TrackValues>>, OverlapError> {
        let Some(model) = self.options.null else {
            return Ok(None);
        };
        let count = tracks.len();
        if count == 0 || self.query.size.elements == 0 {
            return Ok(None);
        }
        let permutations = self.options.permutations_for(count);
        if u64::from(permutations) * count as u64 > MOST_VALUES {
            return Err(OverlapError::TooManyValues {
                permutations,
                tracks: count,
                most: MOST_VALUES,
            });
        }
        let fewest = self.options.fewest_permutations(count);
        if permutations < fewest {
            warnings.push(OverlapWarning::FewPermutations {
                permutations,
                tracks: count,
                fewest,
            });
        }
        let simulation = Simulation {
            line: &self.line,
            universe: self.universe().base_pairs(),
            options: &self.options,
            permutations,
            references,
        };
        let values = match self.options.randomised {
            Randomised::Query => {
                let query = self.query.random_sets(&self.line, model);
                let distinct = query.distinct();
                if distinct < u64::from(permutations) {
                    warnings.push(OverlapWarning::FewRandomSets {
                        distinct,
                        permutations,
                    });
                }
                let tracks = tracks.iter().filter_map(|track| match &track.lookup {
                    Lookup::Coverage(coverage) => Some((&**coverage, track.size.base_pairs)),
                    _ => None,
                });
                simulation.randomise_query(&query, &tracks.collect::<Vec<_>>())
            }
            Randomised::Suite => {
                let tracks = tracks.iter().filter_map(|track| match &track.lookup {
                    Lookup::Elements(elements) => Some(elements),
                    _ => None,
                });
                simulation.randomise_suite(&self.query.on_line, model, &tracks.collect::<Vec<_>>())
            }
        };
        Ok(Some(values))
    }

    fn score(
        &self,
        track: &MeasuredTrack,
        measures: Measures,
        values: Option<&TrackValues>,
        source: Option<PValueSource>,
    ) -> TrackScore {
        let query = &self.query;
        let is_testable = track.size.elements > 0 && query.size.elements > 0;
        let fisher = (is_testable && query.chosen > 0).then(|| {
            let other_inside = track.candidates_inside - track.chosen_inside;
            let other = query.candidates - query.chosen;
            let chosen_outside = query.chosen - track.chosen_inside;
            FisherTest::of(
                track.chosen_inside,
                chosen_outside,
                other_inside,
                other - other_inside,
            )
        });
        let binomial = (is_testable && query.midpoints > 0).then(|| {
            let probability = track.size.base_pairs as f64 / track.coverage.universe as f64;
            BinomialTest::of(query.midpoints, track.midpoints_inside, probability)
        });
        let monte_carlo = values.filter(|_| is_testable).and_then(TrackValues::test);
        let tail = self.options.tail;
        let p = match source {
            Some(PValueSource::MonteCarlo) => monte_carlo.map(|test| test.p(tail)),
            Some(PValueSource::Fisher) => fisher.map(|test| test.p(tail)),
            Some(PValueSource::Binomial) => binomial.map(|test| test.p(tail)),
            None => None,
        };
        let mut warnings = track.warnings.clone();
        if let Some(test) = monte_carlo {
            if test.z.is_none() {
                warnings.push(OverlapWarning::ConstantNull);
            } else if p.is_some_and(|p| p <= test.floor) {
                warnings.push(OverlapWarning::AtFloor);
            }
        }
        TrackScore {
            size: track.size,
            overlap_base_pairs: track.coverage.both,
            query_hits: track.query_hits,
            track_hits: track.track_hits,
            measures,
            fisher,
            binomial,
            monte_carlo,
            p,
            adjusted_p: None,
            rank: 0,
            warnings,
        }
    }
}

/// The measures of all tracks, the normalised Forbes coefficient too.
fn measures(tracks: &[MeasuredTrack], references: &[bool]) -> Vec<Measures> {
    let measures = tracks.iter().map(|track| track.coverage.measures());
    let mut measures: Vec<Measures> = measures.collect();
    let values = measures.iter().zip(references);
    let values =
        values.filter_map(|(measures, is_reference)| measures.forbes.filter(|_| *is_reference));
    let mean = reference_mean(values);
    for measures in &mut measures {
        measures.normalised_forbes = measures
            .forbes
            .zip(mean)
            .map(|(forbes, mean)| forbes / mean);
    }
    measures
}
