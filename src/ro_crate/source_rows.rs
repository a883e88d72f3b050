//! The source tracks of a result as rows of a sample sheet.

use super::crate_index::CrateIndex;
use super::merged_document::MergedDocument;
use super::proof::trace::Proof;
use crate::fairtracks::joined_tracks::JoinedTracks;
use crate::galaxy::sample_sheet::MetadataRow;

/// A row for each confirmed source track: by the FAIRtracks documents of its crates, else by its name and id in a crate
/// without a document.
pub fn source_rows(
    proof: &Proof<'_>,
    crate_index: &CrateIndex<'_>,
    time: &str,
) -> Vec<MetadataRow> {
    let merged = MergedDocument::new(&proof.met, crate_index, time);
    let mut rows: Vec<MetadataRow> = match merged.document() {
        Some((document, _)) => JoinedTracks::of(document)
            .hits()
            .map(|hit| MetadataRow::of(&hit))
            .collect(),
        None => Vec::new(),
    };
    for id in proof.proven.keys() {
        let files = crate_index.with_id(id).iter();
        let mut files = files.map(|place| &crate_index[*place]);
        let Some(file) = files.find(|file| file.is_source) else {
            continue;
        };
        let is_described = rows.iter().any(|row| {
            let known = row.value("local_id").unwrap_or_default();
            file.identifiers.iter().any(|id| id == known)
        });
        let has_document = crate_index[file.indexed].document.is_some();
        if !is_described && !has_document {
            rows.push(MetadataRow::new(|title| match title {
                "local_id" => file.identifiers.first().cloned().unwrap_or_default(),
                "label" => file.name.clone(),
                "assembly" => file.genome_build.clone().unwrap_or_default(),
                _ => String::new(),
            }));
        }
    }
    rows
}
