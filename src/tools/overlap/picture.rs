//! The picture of a ranking: a dot for each track, the band of the null model, and a colour for each group.

use crate::drawing::dot_plot::{self, DotPlot, DotRow, IntervalMeaning};
use crate::overlap::{Ranking, Statistic, TrackScore};

use super::arguments::{OverlapArguments, name_of};
use super::ranking_table::{RankedTrack, measure};

/// The level at which an adjusted p-value counts as small.
const LEVEL: f64 = 0.05;

/// The picture, with the group of each track.
pub fn svg(
    ranking: &Ranking,
    tracks: &[RankedTrack],
    groups: &[String],
    group_label: &str,
    arguments: &OverlapArguments,
) -> String {
    let statistic = arguments.statistic.setting();
    let mean = mean_forbes(ranking);
    let scores = ranking.tracks.iter().zip(tracks).zip(groups);
    let rows: Vec<DotRow> = scores
        .map(|((score, track), group)| {
            let (value, [low, high]) = shown(score, statistic, mean);
            DotRow {
                label: track.title.clone(),
                group: group.clone(),
                value,
                low,
                high,
                adjusted_p: score.adjusted_p,
            }
        })
        .collect();
    let (title, reference) = match statistic {
        Statistic::BasePairs | Statistic::NormalisedForbes => (
            "Normalised Forbes coefficient",
            Some((1.0, "1 = mean of the tracks")),
        ),
        Statistic::Forbes => (
            "Forbes coefficient",
            Some((1.0, "1 = as expected by coverage")),
        ),
        Statistic::Hits => ("Elements of the query that touch the track", None),
        Statistic::Jaccard => ("Jaccard coefficient", None),
    };
    let subtitle = format!(
        "null model: {}, {} random sets; universe: {} Mb",
        name_of(arguments.null),
        ranking.permutations,
        measure(Some((ranking.universe_base_pairs as f64 / 1e6).round()))
    );
    dot_plot::svg(&DotPlot {
        title: "Tracks by their overlap with the query",
        subtitle: &subtitle,
        measure: title,
        reference,
        interval: IntervalMeaning::Null,
        interval_label: "95 % of the null model",
        group_label: &in_words(group_label),
        adjusted_p_label: "q",
        level: LEVEL,
        rows: &rows,
    })
}

/// The title of a column as a person would write it; the path of an attribute stays as it is.
fn in_words(column: &str) -> String {
    let mut letters = column.chars();
    match letters.next() {
        Some(first) if !column.contains("->") => {
            let rest = letters.as_str().replace('_', " ");
            format!("{}{rest}", first.to_ascii_uppercase())
        }
        _ => column.to_owned(),
    }
}

/// The value of a track, and the band of the null model on the same scale.
fn shown(
    score: &TrackScore,
    statistic: Statistic,
    mean: Option<f64>,
) -> (Option<f64>, [Option<f64>; 2]) {
    let test = score.monte_carlo.as_ref();
    let band = test.map(|test| [test.lower, test.upper]);
    let as_tested = |value| {
        let band = band.map_or([None; 2], |band| band.map(Some));
        (value, band)
    };
    match statistic {
        // Base pairs become coefficients by the same factors as the observed overlap.
        Statistic::BasePairs => {
            let factor = score.measures.expected.zip(mean);
            let factor = factor.map(|(expected, mean)| expected * mean);
            let factor = factor.filter(|factor| *factor > 0.0);
            let scaled = band.zip(factor);
            let band = scaled.map_or([None; 2], |(band, factor)| band.map(|it| Some(it / factor)));
            (score.measures.normalised_forbes, band)
        }
        Statistic::NormalisedForbes => as_tested(score.measures.normalised_forbes),
        Statistic::Forbes => as_tested(score.measures.forbes),
        Statistic::Jaccard => as_tested(score.measures.jaccard),
        Statistic::Hits => as_tested(Some(score.query_hits as f64)),
    }
}

/// The mean Forbes coefficient that normalises the others; none if no track has an overlap.
fn mean_forbes(ranking: &Ranking) -> Option<f64> {
    let measures = ranking.tracks.iter().map(|score| &score.measures);
    let mut ratios = measures.filter_map(|it| Some(it.forbes? / it.normalised_forbes?));
    ratios.find(|mean| mean.is_finite() && *mean > 0.0)
}
