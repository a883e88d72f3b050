//! The table of groups: tab-separated, one line a group in the order of the ranks.

use crate::overlap::{GroupScore, MonteCarlo};
use crate::tables::{self, Column};

use super::ranking_table::measure;

const COLUMNS: [Column<GroupScore>; 10] = [
    ("rank", |group| group.rank.to_string().into()),
    ("group", |group| (&group.name).into()),
    ("tracks", |group| group.tracks.to_string().into()),
    ("median_norm_forbes", |group| {
        measure(group.median_normalised_forbes).into()
    }),
    ("mc_median", |group| {
        of(group, |test| Some(test.observed)).into()
    }),
    ("mc_mean", |group| of(group, |test| Some(test.mean)).into()),
    ("mc_z", |group| of(group, |test| test.z).into()),
    ("mc_floor", |group| {
        of(group, |test| Some(test.floor)).into()
    }),
    ("p_value", |group| measure(group.p).into()),
    ("q_value", |group| measure(group.adjusted_p).into()),
];
/// The titles of its columns.
pub const TITLES: [&str; 10] = tables::titles(&COLUMNS);

fn of(group: &GroupScore, value: fn(&MonteCarlo) -> Option<f64>) -> String {
    measure(group.monte_carlo.as_ref().and_then(value))
}

/// Writes the table; without groups it is the line of titles alone.
pub fn write(groups: &[GroupScore]) -> String {
    let mut sorted: Vec<&GroupScore> = groups.iter().collect();
    sorted.sort_by_key(|group| group.rank);
    tables::write(&COLUMNS, sorted)
}
