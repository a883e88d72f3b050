//! One row for a result that several crates describe.

use std::collections::HashMap;

use super::{UsesRow, unique};

/// The rows of crates, one for each different result by its SHA-256 and its name; a result of unknown content stays by itself.
/// The answer of the crate that excludes least counts.
pub fn joined(rows: impl IntoIterator<Item = UsesRow>) -> Vec<UsesRow> {
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    let mut joined: Vec<UsesRow> = Vec::new();
    for row in rows {
        if row.sha256.is_empty() {
            joined.push(row);
            continue;
        }
        let key = (row.sha256.clone(), row.result.clone());
        let place = *places.entry(key).or_insert(joined.len());
        match joined.get_mut(place) {
            Some(known) => join(known, row),
            None => joined.push(row),
        }
    }
    joined
}

/// Adds what a further crate states of a result.
fn join(known: &mut UsesRow, row: UsesRow) {
    for name in row.crates {
        if !known.crates.contains(&name) {
            known.crates.push(name);
        }
    }
    if row.answer < known.answer {
        known.answer = row.answer;
        known.lacking = row.lacking;
        known.contained = row.contained;
    }
    let tracks = std::mem::take(&mut known.tracks).into_iter();
    known.tracks = unique(tracks.chain(row.tracks));
    let steps = std::mem::take(&mut known.steps).into_iter();
    known.steps = unique(steps.chain(row.steps));
    known.source_tracks = known.source_tracks.max(row.source_tracks);
    known.all_steps = known.all_steps.max(row.all_steps);
    for (known, found) in known.by_criterion.iter_mut().zip(row.by_criterion) {
        *known |= found;
    }
    for (known, more) in known.values.iter_mut().zip(row.values) {
        known.extend(more);
    }
    for (known, other) in [
        (&mut known.name, row.name),
        (&mut known.datatype, row.datatype),
        (&mut known.dbkey, row.dbkey),
    ] {
        if known.is_empty() {
            *known = other;
        }
    }
}
