//! Groups of tracks that share a value of metadata: their medians, tested by the shared permutations.

use std::collections::BTreeMap;

use super::adjustment::adjusted;
use super::analysis::MeasuredTrack;
use super::options::{OverlapOptions, RankedBy};
use super::ranking::{GroupScore, TrackScore};
use super::ranks::ranks;
use super::track_values::{TrackValues, median};

/// The scores of all groups, by name.
pub(super) fn groups(
    tracks: &[MeasuredTrack],
    scores: &[TrackScore],
    values: Option<&[TrackValues]>,
    options: &OverlapOptions,
) -> Vec<GroupScore> {
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, track) in tracks.iter().enumerate() {
        if let Some(group) = &track.group {
            members.entry(group).or_default().push(number);
        }
    }
    let medians = values.map(|values| {
        let members = members.values();
        let medians = members.map(|members| {
            let members: Vec<&TrackValues> =
                members.iter().map(|&number| &values[number]).collect();
            TrackValues::median(&members)
        });
        medians.collect::<Vec<_>>()
    });
    let groups = members.iter().enumerate().map(|(number, (name, members))| {
        let forbes = members
            .iter()
            .filter_map(|&member| scores[member].measures.normalised_forbes);
        let forbes = median(forbes);
        let monte_carlo = medians.as_ref().and_then(|medians| medians[number].test());
        GroupScore {
            name: (*name).to_owned(),
            tracks: members.len(),
            median_normalised_forbes: Some(forbes).filter(|median| !median.is_nan()),
            monte_carlo,
            p: monte_carlo.map(|test| test.p(options.tail)),
            adjusted_p: None,
            rank: 0,
        }
    });
    let mut groups: Vec<GroupScore> = groups.collect();
    let p_values: Vec<Option<f64>> = groups.iter().map(|group| group.p).collect();
    let adjusted = adjusted(&p_values, medians.as_deref(), options);
    let keys = groups.iter().map(|group| {
        let median = group.median_normalised_forbes.unwrap_or(f64::NAN);
        match options.ranked_by {
            RankedBy::PValue => (group.p.map_or(f64::NAN, |p| -p), median),
            _ => (median, 0.0),
        }
    });
    let ranks = ranks(&keys.collect::<Vec<_>>());
    for ((group, adjusted), rank) in groups.iter_mut().zip(adjusted).zip(ranks) {
        group.adjusted_p = adjusted;
        group.rank = rank;
    }
    groups
}
