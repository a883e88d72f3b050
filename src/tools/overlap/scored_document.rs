//! The metadata of the tracks with their scores: as a FAIRtracks document, whose tracks have an extra member, and as GSuite.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::cli::Failure;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::excerpt::excerpt;
use crate::fairtracks::hit::Hit;
use crate::fairtracks::merge::merge;
use crate::fairtracks::subset::Referred;
use crate::gsuite;
use crate::overlap::TrackScore;

use super::labels::Labels;

/// The member of a track that holds its scores.
const MEMBER: &str = "overlap";

/// The scores of a track as they stand in its metadata.
pub fn scores(score: &TrackScore, query: &str) -> Json {
    let measures = &score.measures;
    json!({
        "query": query,
        "rank": score.rank,
        "overlap_bp": score.overlap_base_pairs,
        "hits": score.query_hits,
        "expected_bp": measures.expected,
        "similarity_score": measures.forbes,
        "norm_forbes": measures.normalised_forbes,
        "jaccard": measures.jaccard,
        "p_value": score.p,
        "q_value": score.adjusted_p,
    })
}

/// The document of all tracks that have metadata, each with its scores.
///
/// # Errors
/// The documents cannot be made one.
pub fn document(labels: &Labels, scores: &[Json], time: &str) -> Result<Document, Failure> {
    let mut parts = Vec::new();
    let mut by_source: BTreeMap<usize, BTreeMap<usize, &Json>> = BTreeMap::new();
    for (label, score) in labels.tracks.iter().zip(scores) {
        if let Some(label) = label {
            let (source, position) = label.place;
            by_source.entry(source).or_default().insert(position, score);
        }
    }
    for (source, scored) in by_source {
        let source = &labels.sources[source];
        let mut json = Json::from(source.document.clone());
        for (position, score) in &scored {
            let track = json.pointer_mut(&format!("/{}/{position}", Category::Tracks));
            if let Some(Json::Object(track)) = track {
                track.insert(MEMBER.to_owned(), (*score).clone());
            }
        }
        let document = Document::from_json(json)?;
        let positions: Vec<usize> = scored.into_keys().collect();
        let referred = Referred::of(&document);
        parts.push(excerpt(
            &document,
            &referred,
            &positions,
            &source.sha256,
            time,
        ));
    }
    match merge(parts, time) {
        Some(merged) => Ok(merged.document),
        None => Ok(Document::from_json(json!({
            "doc_info": {}, "collection_info": {}, "studies": [], "experiments": [], "samples": [], "tracks": [],
            "subset_of": {"version": 1, "hits": 0}
        }))?),
    }
}

/// The tracks of a document as a GSuite file.
pub fn gsuite(document: &Document) -> String {
    let referred = Referred::of(document);
    let tracks = 0..document.count(Category::Tracks);
    let parts: Vec<Document> = tracks
        .map(|position| referred.closed_subset(&[position]).document)
        .collect();
    let hits: Vec<Hit<'_>> = parts.iter().map(Hit::first_of).collect();
    gsuite::write(&hits).text
}
