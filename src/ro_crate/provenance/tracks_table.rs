//! The table of source tracks, `tracks.tsv`: tab-separated, one line a track, titles in a first line that starts with `#`.

use std::borrow::Cow;

use crate::ro_crate::provenance::{ProvenanceGraph, SourceTrack, StatedChecksum};
use crate::tables::{self, Column};
use crate::text::first_filled;

/// Its columns.
const COLUMNS: [Column<SourceTrack>; 26] = [
    ("local_id", |track| (&track.local_id).into()),
    ("label", |track| track.label().into()),
    ("cell_or_tissue", |track| (&track.cell_or_tissue).into()),
    ("assay", |track| (&track.assay).into()),
    ("target", |track| (&track.target).into()),
    ("species", |track| (&track.species).into()),
    ("assembly", |track| (&track.assembly).into()),
    ("assembly_accession", |track| {
        (&track.assembly_accession).into()
    }),
    ("format", |track| (&track.format).into()),
    ("collection", |track| (&track.collection).into()),
    ("study", |track| (&track.study).into()),
    ("study_accession", |track| (&track.study_accession).into()),
    ("publications", |track| publications(track).into()),
    ("accession", |track| (&track.accession).into()),
    ("source_url", |track| (&track.source_address).into()),
    ("licence", |track| licence(track).into()),
    ("element_identifier", |track| {
        (&track.element_identifier).into()
    }),
    ("datatype", |track| (&track.datatype).into()),
    ("dbkey", |track| (&track.dbkey).into()),
    ("bytes", |track| size(track).into()),
    ("checksum_method", |track| {
        checksum(track, |sum| &sum.method)
    }),
    ("checksum", |track| checksum(track, |sum| &sum.value)),
    ("checksum_remark", |track| {
        checksum(track, |sum| &sum.remark)
    }),
    ("sha256", |track| (&track.sha256).into()),
    ("file_name", |track| (&track.file_name).into()),
    ("id_in_crate", |track| (&track.id).into()),
];
/// The titles of its columns.
pub const TITLES: [&str; 26] = tables::titles(&COLUMNS);

/// Writes the table.
pub fn write(provenance: &ProvenanceGraph) -> String {
    tables::write(&COLUMNS, &provenance.tracks)
}

fn size(track: &SourceTrack) -> String {
    track.size.map(|size| size.to_string()).unwrap_or_default()
}

fn checksum(track: &SourceTrack, part: fn(&StatedChecksum) -> &String) -> Cow<'_, str> {
    track
        .checksum
        .as_ref()
        .map(part)
        .map_or("", String::as_str)
        .into()
}

fn publications(track: &SourceTrack) -> String {
    let publications = track.publications.iter();
    let addresses: Vec<&str> = publications
        .map(|publication| publication.address.as_str())
        .collect();
    addresses.join(",")
}

fn licence(track: &SourceTrack) -> &str {
    first_filled(&[&track.licence_address, &track.licence])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::provenance::examples::{self, Example};

    #[test]
    fn a_track_is_one_line_of_what_people_ask_for() {
        let table = write(&ProvenanceGraph::of(&examples::one_step()));
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("#local_id\tlabel\tcell_or_tissue\t"));
        assert!(
            lines[1].starts_with(
                "encode:ENCFF717\tK562, CTCF: peaks\tK562\tChIP-seq\tCTCF\t\tGRCh38\t"
            ),
            "{}",
            lines[1]
        );
    }

    #[test]
    fn a_cell_is_a_cell_whatever_is_in_it() {
        let mut example = Example::about("x", &[]);
        example.0.add(
            crate::ro_crate::Entity::new("#track-1", &["File"])
                .with("name", "a\tb\nc\\d")
                .with("additionalType", "http://edamontology.org/data_3002"),
        );
        let table = write(&ProvenanceGraph::of(&example.0));
        assert_eq!(table.lines().count(), 2);
        assert!(
            table
                .lines()
                .all(|line| line.split('\t').count() == TITLES.len())
        );
        assert!(table.contains("a\\tb\\nc\\\\d"));
    }
}
