//! The differences of source tracks.

use super::{DifferenceAspect, DifferenceRow, pairs};
use crate::ro_crate::provenance::SourceTrack;
use crate::text::first_filled;

/// What is compared of a track.
type Property = (&'static str, fn(&SourceTrack) -> &str);

const PROPERTIES: [Property; 15] = [
    ("sha256", |track| &track.sha256),
    ("checksum", |track| {
        track.checksum.as_ref().map_or("", |sum| &sum.value)
    }),
    ("source_url", |track| &track.source_address),
    ("file_name", |track| &track.file_name),
    ("label", |track| &track.label),
    ("cell_or_tissue", |track| &track.cell_or_tissue),
    ("assay", |track| &track.assay),
    ("target", |track| &track.target),
    ("species", |track| &track.species),
    ("assembly", |track| &track.assembly),
    ("format", |track| &track.format),
    ("study", |track| &track.study),
    ("collection", |track| &track.collection),
    ("licence", |track| &track.licence),
    ("dbkey", |track| &track.dbkey),
];

/// The differences of tracks, which are compared by their ids in documents, else by accession, label or URL.
pub fn differences(first: &[SourceTrack], second: &[SourceTrack]) -> Vec<DifferenceRow> {
    let name = |track: &SourceTrack| {
        first_filled(&[&track.local_id, &track.accession, track.label()]).to_owned()
    };
    let mut rows = Vec::new();
    for pair in pairs(first, second, name) {
        let Some(named) = pair.0.or(pair.1) else {
            continue;
        };
        let name = name(named);
        let about = (DifferenceAspect::Source, name.as_str());
        let (Some(one), Some(other)) = pair else {
            rows.push(DifferenceRow::of_presence(about, pair.0.is_some()));
            continue;
        };
        let differing = PROPERTIES.iter().filter_map(|(property, value)| {
            DifferenceRow::of(about, property, [value(one), value(other)])
        });
        rows.extend(differing);
    }
    rows
}
