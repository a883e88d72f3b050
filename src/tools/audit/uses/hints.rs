//! For values that no result uses, the values that results use.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::UsesRow;
use crate::drawing::words::counted;
use crate::query::nearest::nearest;
use crate::tools::audit::audited_crate::AuditedTrack;
use crate::tools::audit::audited_tool::AuditedTool;
use crate::tools::audit::criterion::{Criteria, Criterion, CriterionKind};

/// The most values that are listed.
const MOST_LISTED: usize = 5;
/// The fewest characters of a value that is looked for inside of others.
const SHORTEST_PART: usize = 3;

/// The values of a kind that tracks or steps have.
pub(super) fn values(
    kind: CriterionKind,
    tracks: &[AuditedTrack<'_>],
    tools: &[AuditedTool<'_>],
) -> BTreeSet<String> {
    let values: BTreeSet<&str> = match kind {
        // A checksum resembles no other one.
        CriterionKind::Checksum => BTreeSet::new(),
        CriterionKind::Track => {
            let ids = tracks.iter().filter_map(|track| track.ids.first());
            ids.copied().collect()
        }
        CriterionKind::Donor => {
            // The last text has all that is said of a donor.
            let facts = tracks.iter().filter_map(|track| track.facts);
            facts
                .filter_map(|facts| facts.donors.last())
                .map(String::as_str)
                .collect()
        }
        CriterionKind::Tool => tools.iter().map(AuditedTool::key).collect(),
        CriterionKind::Version => tools.iter().map(|tool| tool.version).collect(),
        kind => {
            let values = tracks.iter().map(|track| kind.values_of_track(track));
            values.flatten().collect()
        }
    };
    let values = values.into_iter().filter(|value| !value.is_empty());
    values.map(str::to_owned).collect()
}

/// A sentence for each criterion that no result matches, if there are values of its kind.
pub fn hints(rows: &[UsesRow], criteria: &Criteria) -> Vec<String> {
    let criteria = criteria.all().enumerate();
    let hints = criteria.filter_map(|(place, criterion)| {
        let is_found = rows.iter().any(|row| row.by_criterion[place]);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for value in rows.iter().flat_map(|row| &row.values[place]) {
            *counts.entry(value).or_default() += 1;
        }
        (!is_found && !counts.is_empty()).then(|| hint(criterion, &counts))
    });
    hints.collect()
}

fn hint(criterion: &Criterion, counts: &BTreeMap<&str, usize>) -> String {
    let near = near(&criterion.value, counts);
    if !near.is_empty() {
        let near: Vec<String> = near.iter().map(|value| format!("`{value}`")).collect();
        let near = near.join(" or ");
        return format!("no result uses {criterion}: did you mean {near}?");
    }
    let mut frequent: Vec<(&str, usize)> =
        counts.iter().map(|(one, count)| (*one, *count)).collect();
    frequent.sort_by_key(|(_, count)| Reverse(*count));
    let frequent = frequent.iter().take(MOST_LISTED);
    let frequent =
        frequent.map(|(value, count)| format!("`{value}` ({})", counted(*count, "result")));
    let frequent: Vec<String> = frequent.collect();
    let listed = match counts.len() > MOST_LISTED {
        true => "the most frequent values are",
        false => "the values are",
    };
    format!(
        "no result uses {criterion}: {listed} {}",
        frequent.join(", ")
    )
}

/// The value that was most likely meant, else those that contain what was asked for.
fn near<'v>(wanted: &str, counts: &BTreeMap<&'v str, usize>) -> Vec<&'v str> {
    let bare = |value: &'v str| value.rsplit(['/', ':']).next().unwrap_or(value);
    let words = |value: &'v str| value.split_whitespace();
    let slips = counts
        .keys()
        .flat_map(|value| [*value, bare(value)].into_iter().chain(words(value)));
    if let Some(meant) = nearest(wanted, slips) {
        return vec![meant];
    }
    let wanted = wanted.to_lowercase();
    if wanted.chars().count() < SHORTEST_PART {
        return Vec::new();
    }
    let within = counts.keys().copied();
    let within = within.filter(|value| value.to_lowercase().contains(&wanted));
    within.take(MOST_LISTED).collect()
}
