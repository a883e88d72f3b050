//! The differences of input files: what steps read that is no source track and that no step made.

use super::{DifferenceAspect, DifferenceRow, pairs};
use crate::ro_crate::provenance::{Intermediate, ProvenanceGraph};
use crate::text::first_filled;

/// The input files of two graphs in pairs: the only ones, else those of one name.
pub(super) fn paired<'p>(
    first: &'p ProvenanceGraph,
    second: &'p ProvenanceGraph,
) -> Vec<(Option<&'p Intermediate>, Option<&'p Intermediate>)> {
    let [one, other] = [first, second].map(|graph| {
        let files = graph.intermediates.iter().filter(|data| !data.is_made);
        files.collect::<Vec<&Intermediate>>()
    });
    let is_only = (one.len(), other.len()) == (1, 1);
    let key = |data: &&Intermediate| match is_only {
        true => String::new(),
        false => name(data).to_owned(),
    };
    let pairs = pairs(&one, &other, key).into_iter();
    pairs
        .map(|(one, other)| (one.copied(), other.copied()))
        .collect()
}

/// The name of an input file, else its id.
pub(super) fn name(data: &Intermediate) -> &str {
    first_filled(&[&data.name, &data.id])
}

/// The differences of input files.
pub(super) fn differences(first: &ProvenanceGraph, second: &ProvenanceGraph) -> Vec<DifferenceRow> {
    let mut rows = Vec::new();
    for pair in paired(first, second) {
        let Some(named) = pair.0.or(pair.1) else {
            continue;
        };
        let about = (DifferenceAspect::Input, name(named));
        match pair {
            (Some(one), Some(other)) => {
                rows.extend(DifferenceRow::of(about, "name", [&one.name, &other.name]));
                rows.extend(DifferenceRow::of_content(
                    about,
                    [&one.sha256, &other.sha256],
                ));
            }
            _ => rows.push(DifferenceRow::of_presence(about, pair.0.is_some())),
        }
    }
    rows
}
