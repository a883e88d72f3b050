//! The table of source tracks, `tracks.tsv`: tab-separated, one line a track, titles in a first line that starts with `#`.

use crate::ro_crate::provenance::{ProvenanceGraph, SourceTrack};
use crate::tables::tsv::escape;

/// The titles of its columns.
pub const TITLES: [&str; 26] = [
    "local_id",
    "label",
    "cell_or_tissue",
    "assay",
    "target",
    "species",
    "assembly",
    "assembly_accession",
    "format",
    "collection",
    "study",
    "study_accession",
    "publications",
    "accession",
    "source_url",
    "licence",
    "element_identifier",
    "datatype",
    "dbkey",
    "bytes",
    "checksum_method",
    "checksum",
    "checksum_remark",
    "sha256",
    "file_name",
    "id_in_crate",
];

/// Writes the table.
pub fn write(provenance: &ProvenanceGraph) -> String {
    let mut text = format!("#{}\n", TITLES.join("\t"));
    for track in &provenance.tracks {
        text.push_str(&row(track).map(|cell| escape(&cell)).join("\t"));
        text.push('\n');
    }
    text
}

fn row(track: &SourceTrack) -> [String; 26] {
    let checksum = track.checksum.clone().unwrap_or_default();
    let publications: Vec<&str> = track
        .publications
        .iter()
        .map(|publication| publication.address.as_str())
        .collect();
    let licence = match track.licence_address.as_str() {
        "" => &track.licence,
        address => address,
    };
    [
        track.local_id.clone(),
        track.label().to_owned(),
        track.cell_or_tissue.clone(),
        track.assay.clone(),
        track.target.clone(),
        track.species.clone(),
        track.assembly.clone(),
        track.assembly_accession.clone(),
        track.format.clone(),
        track.collection.clone(),
        track.study.clone(),
        track.study_accession.clone(),
        publications.join(","),
        track.accession.clone(),
        track.source_address.clone(),
        licence.to_owned(),
        track.element_identifier.clone(),
        track.datatype.clone(),
        track.dbkey.clone(),
        track.size.map(|size| size.to_string()).unwrap_or_default(),
        checksum.method,
        checksum.value,
        checksum.remark,
        track.sha256.clone(),
        track.file_name.clone(),
        track.id.clone(),
    ]
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
        let mut told = Example::about("x", &[]);
        told.0.add(
            crate::ro_crate::Entity::new("#track-1", &["File"])
                .with("name", "a\tb\nc\\d")
                .with("additionalType", "http://edamontology.org/data_3002"),
        );
        let table = write(&ProvenanceGraph::of(&told.0));
        assert_eq!(table.lines().count(), 2);
        assert!(
            table
                .lines()
                .all(|line| line.split('\t').count() == TITLES.len())
        );
        assert!(table.contains("a\\tb\\nc\\\\d"));
    }
}
