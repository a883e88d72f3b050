//! The differences of steps.

use std::collections::BTreeSet;

use super::{DifferenceAspect, DifferenceRow, PARAMETER, VERSION};
use crate::ro_crate::provenance::{ProvenanceGraph, StepKind};
use crate::tools::audit::step_groups::AlikeSteps;

/// The most pairs of groups whose order is compared, each with each.
const MOST_ORDERED: usize = 500;

/// A group of steps of each crate, or of one of them.
type GroupPair<'g, 'p> = (Option<&'g AlikeSteps<'p>>, Option<&'g AlikeSteps<'p>>);

/// The differences of searches, imports and runs of tools, which are compared by tool: alike ones first, the others in their
/// order.
pub fn differences(first: &ProvenanceGraph, second: &ProvenanceGraph) -> Vec<DifferenceRow> {
    let (first, second) = (AlikeSteps::all(first), AlikeSteps::all(second));
    let pairs = paired(&first, &second);
    let mut rows = Vec::new();
    for pair in &pairs {
        let Some(named) = pair.0.or(pair.1) else {
            continue;
        };
        let about = (DifferenceAspect::Step, named.tool);
        match pair {
            (Some(one), Some(other)) => rows.extend(of_pair(one, other)),
            _ => rows.push(DifferenceRow::of_presence(about, pair.0.is_some())),
        }
    }
    rows.extend(order(&pairs));
    rows
}

/// Groups in pairs, in the order of the first ones.
fn paired<'g, 'p>(
    first: &'g [AlikeSteps<'p>],
    second: &'g [AlikeSteps<'p>],
) -> Vec<GroupPair<'g, 'p>> {
    let mut partners: Vec<Option<usize>> = vec![None; first.len()];
    let mut is_taken = vec![false; second.len()];
    let is_alike = |one: &AlikeSteps<'_>, other: &AlikeSteps<'_>| one.is_like(other);
    let is_same_tool = |one: &AlikeSteps<'_>, other: &AlikeSteps<'_>| {
        (one.kind, one.tool) == (other.kind, other.tool)
    };
    for is_partner in [
        is_alike as fn(&AlikeSteps<'_>, &AlikeSteps<'_>) -> bool,
        is_same_tool,
    ] {
        for (place, partner) in partners.iter_mut().enumerate() {
            if partner.is_none() {
                let mut free = (0..second.len()).filter(|other| !is_taken[*other]);
                *partner = free.find(|other| is_partner(&first[place], &second[*other]));
            }
            if let Some(taken) = *partner {
                is_taken[taken] = true;
            }
        }
    }
    let mut pairs: Vec<GroupPair<'g, 'p>> = first
        .iter()
        .zip(&partners)
        .map(|(group, partner)| (Some(group), partner.map(|place| &second[place])))
        .collect();
    let left = second
        .iter()
        .zip(is_taken)
        .filter(|(_, is_taken)| !is_taken);
    pairs.extend(left.map(|(group, _)| (None, Some(group))));
    pairs
}

fn of_pair(one: &AlikeSteps<'_>, other: &AlikeSteps<'_>) -> Vec<DifferenceRow> {
    let about = (DifferenceAspect::Step, one.tool);
    let mut rows: Vec<DifferenceRow> = Vec::new();
    rows.extend(DifferenceRow::of(
        about,
        VERSION,
        [one.version, other.version],
    ));
    let contained: BTreeSet<&str> = one
        .contained
        .keys()
        .chain(other.contained.keys())
        .copied()
        .collect();
    for tool in contained {
        let about = (DifferenceAspect::Step, tool);
        match [one, other].map(|group| group.contained.get(tool)) {
            [Some(one), Some(other)] => {
                rows.extend(DifferenceRow::of(about, VERSION, [one, other]))
            }
            [known, _] => rows.push(DifferenceRow::of_presence(about, known.is_some())),
        }
    }
    let names: BTreeSet<&&str> = one
        .parameters
        .keys()
        .chain(other.parameters.keys())
        .collect();
    for name in names {
        let values =
            [one, other].map(|group| group.parameters.get(*name).map_or("", String::as_str));
        rows.extend(DifferenceRow::of(
            about,
            &format!("{PARAMETER}{name}"),
            values,
        ));
    }
    // As many tracks are imported as there are source tracks, which are compared by themselves.
    if one.kind == StepKind::Tool {
        let runs = [one, other].map(|group| group.runs.to_string());
        rows.extend(DifferenceRow::of(about, "runs", [&runs[0], &runs[1]]));
    }
    rows
}

/// The first two groups whose order is reversed, if there are any.
fn order(pairs: &[GroupPair<'_, '_>]) -> Option<DifferenceRow> {
    let both = pairs
        .iter()
        .filter_map(|(one, other)| Some(((*one)?, (*other)?)));
    let both: Vec<(&AlikeSteps<'_>, &AlikeSteps<'_>)> = both.take(MOST_ORDERED).collect();
    for (place, (one, other)) in both.iter().enumerate() {
        let reversed = both[place + 1..].iter().find(|(later, later_other)| {
            one.level < later.level && other.level > later_other.level
        });
        if let Some((later, _)) = reversed {
            let [earlier, later] = [one.tool, later.tool];
            return DifferenceRow::of(
                (DifferenceAspect::Step, earlier),
                "order",
                [&format!("before {later}"), &format!("after {later}")],
            );
        }
    }
    None
}
