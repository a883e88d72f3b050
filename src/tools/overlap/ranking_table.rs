//! The table of the ranking: tab-separated, one line a track in the order of the ranks, titles in a first line that starts with
//! `#`.

use crate::overlap::{Ranking, Tail, TrackScore};
use crate::tables;
use crate::tables::tsv::escape;

/// The text of a value that is undefined or was not asked for.
const MISSING: &str = "NA";

/// What a line needs beside the scores.
#[derive(Debug, Clone, Default)]
pub struct RankedTrack {
    /// The element identifier or file name.
    pub name: String,
    /// The label in the metadata, else the name.
    pub title: String,
    /// The id in the document; empty without metadata.
    pub local_id: String,
    /// The values of the metadata columns.
    pub metadata: Vec<String>,
    /// How the coordinates relate to the genome.
    pub coordinates: &'static str,
    /// What to know of the file and its metadata.
    pub warnings: Vec<String>,
}

/// A line before it is text.
struct Line<'r> {
    ranking: &'r Ranking,
    score: &'r TrackScore,
    tail: Tail,
}

type ScoreColumn = (&'static str, for<'r> fn(&Line<'r>) -> String);

const COLUMNS: [ScoreColumn; 38] = [
    ("overlap_bp", |it| it.score.overlap_base_pairs.to_string()),
    ("hits", |it| it.score.query_hits.to_string()),
    ("expected_bp", |it| measure(it.score.measures.expected)),
    ("forbes", |it| measure(it.score.measures.forbes)),
    ("norm_forbes", |it| {
        measure(it.score.measures.normalised_forbes)
    }),
    ("mc_p", |it| measure(it.monte_carlo_p())),
    ("q_value", |it| measure(it.score.adjusted_p)),
    ("n_query", |it| it.ranking.query.elements.to_string()),
    ("n_track", |it| it.score.size.elements.to_string()),
    ("bp_query", |it| it.ranking.query.base_pairs.to_string()),
    ("bp_track", |it| it.score.size.base_pairs.to_string()),
    ("track_hits", |it| it.score.track_hits.to_string()),
    ("jaccard", |it| measure(it.score.measures.jaccard)),
    ("ochiai", |it| measure(it.score.measures.ochiai)),
    ("prop_query", |it| {
        measure(it.score.measures.query_proportion)
    }),
    ("prop_track", |it| {
        measure(it.score.measures.track_proportion)
    }),
    ("prop_union", |it| {
        measure(it.score.measures.union_proportion)
    }),
    ("bp_odds_ratio", |it| measure(it.score.measures.odds_ratio)),
    ("fisher_a", |it| it.fisher(|test| test.chosen_inside)),
    ("fisher_b", |it| it.fisher(|test| test.other_inside)),
    ("fisher_c", |it| it.fisher(|test| test.chosen_outside)),
    ("fisher_d", |it| it.fisher(|test| test.other_outside)),
    ("fisher_or_sample", |it| {
        measure(it.score.fisher.and_then(|test| test.sample_odds_ratio))
    }),
    ("fisher_or_mle", |it| {
        measure(it.score.fisher.and_then(|test| test.conditional_odds_ratio))
    }),
    ("fisher_p", |it| {
        let test = it.score.fisher;
        measure(test.map(|test| it.of_tail([test.p_more, test.p_less, test.p_two_sided])))
    }),
    ("binom_n", |it| {
        count(it.score.binomial.map(|test| test.points))
    }),
    ("binom_k", |it| {
        count(it.score.binomial.map(|test| test.inside))
    }),
    ("binom_fold", |it| {
        measure(it.score.binomial.and_then(|test| test.fold))
    }),
    ("binom_p", |it| {
        let test = it.score.binomial;
        measure(test.map(|test| it.of_tail([test.p_more, test.p_less, test.p_two_sided])))
    }),
    ("mc_observed", |it| {
        it.monte_carlo(|test| Some(test.observed))
    }),
    ("mc_mean", |it| it.monte_carlo(|test| Some(test.mean))),
    ("mc_sd", |it| {
        it.monte_carlo(|test| Some(test.standard_deviation))
    }),
    ("mc_lower", |it| it.monte_carlo(|test| Some(test.lower))),
    ("mc_upper", |it| it.monte_carlo(|test| Some(test.upper))),
    ("mc_z", |it| it.monte_carlo(|test| test.z)),
    ("mc_m", |it| {
        count(it.score.monte_carlo.map(|test| test.permutations.into()))
    }),
    ("mc_floor", |it| it.monte_carlo(|test| Some(test.floor))),
    ("p_value", |it| measure(it.score.p)),
];

impl Line<'_> {
    /// The p-value of the tail, of those of more, less and both.
    fn of_tail(&self, p: [f64; 3]) -> f64 {
        let [more, less, two_sided] = p;
        match self.tail {
            Tail::More => more,
            Tail::Less => less,
            Tail::TwoSided => two_sided,
        }
    }

    fn fisher(&self, of: fn(&crate::overlap::FisherTest) -> u64) -> String {
        count(self.score.fisher.as_ref().map(of))
    }

    fn monte_carlo(&self, of: fn(&crate::overlap::MonteCarlo) -> Option<f64>) -> String {
        measure(self.score.monte_carlo.as_ref().and_then(of))
    }

    fn monte_carlo_p(&self) -> Option<f64> {
        let test = self.score.monte_carlo?;
        Some(self.of_tail([test.p_more, test.p_less, test.p_two_sided]))
    }
}

/// The titles of the columns, with those of the metadata.
pub fn titles(metadata: &[String]) -> Vec<String> {
    let first = ["rank", "track", "label"].map(str::to_owned);
    let scores = COLUMNS.iter().map(|(title, _)| (*title).to_owned());
    let last = ["coordinates", "local_id", "warnings"].map(str::to_owned);
    let metadata = metadata.iter().map(|title| escape(title));
    first
        .into_iter()
        .chain(metadata)
        .chain(scores)
        .chain(last)
        .collect()
}

/// Writes the table.
pub fn write(ranking: &Ranking, tracks: &[RankedTrack], metadata: &[String], tail: Tail) -> String {
    let mut text = tables::title_line(titles(metadata));
    for place in order(ranking) {
        let (score, track) = (&ranking.tracks[place], &tracks[place]);
        let line = Line {
            ranking,
            score,
            tail,
        };
        let first = [
            score.rank.to_string(),
            escape(&track.name),
            escape(&track.title),
        ];
        let metadata = track.metadata.iter().map(|value| escape(value));
        let scores = COLUMNS.iter().map(|(_, cell)| cell(&line));
        let last = [
            track.coordinates.to_owned(),
            escape(&track.local_id),
            escape(&warnings(score, track).join("; ")),
        ];
        let cells = first.into_iter().chain(metadata).chain(scores).chain(last);
        tables::push_row(&mut text, cells);
    }
    text
}

/// The places of the tracks in the order of their ranks.
pub fn order(ranking: &Ranking) -> Vec<usize> {
    let mut places: Vec<usize> = (0..ranking.tracks.len()).collect();
    places.sort_by_key(|place| ranking.tracks[*place].rank);
    places
}

/// All warnings of a track.
pub fn warnings(score: &TrackScore, track: &RankedTrack) -> Vec<String> {
    let of_score = score.warnings.iter().map(ToString::to_string);
    track.warnings.iter().cloned().chain(of_score).collect()
}

fn count(value: Option<u64>) -> String {
    value.map_or_else(|| MISSING.to_owned(), |value| value.to_string())
}

/// A measure in six significant digits.
pub fn measure(value: Option<f64>) -> String {
    let Some(value) = value.filter(|value| value.is_finite()) else {
        return MISSING.to_owned();
    };
    if value == 0.0 {
        return "0".to_owned();
    }
    let exponent = value.abs().log10().floor() as i32;
    if !(-4..9).contains(&exponent) {
        return format!("{value:.5e}");
    }
    let decimals = usize::try_from(5 - exponent).unwrap_or_default();
    let text = format!("{value:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_six_digits_and_no_noise() {
        for (value, text) in [
            (0.0, "0"),
            (1.0, "1"),
            (1.043_478_26, "1.04348"),
            (0.001, "0.001"),
            (2.458_339_1e-7, "2.45834e-7"),
            (12_345_678.0, "12345678"),
            (250.0, "250"),
            (3.2e12, "3.20000e12"),
            (-0.5, "-0.5"),
        ] {
            assert_eq!(measure(Some(value)), text);
        }
        assert_eq!(measure(None), "NA");
        assert_eq!(measure(Some(f64::INFINITY)), "NA");
    }
}
