//! What the paragraph says of results, publications and software.

use std::collections::BTreeSet;

use super::words::listed;
use super::{CRATE, MOST_NAMED, TRACKS_TABLE};
use crate::ro_crate::citation::software::{FAIRTRACKS_DOI, SUITE};
use crate::ro_crate::picture::counted;
use crate::ro_crate::provenance::ProvenanceGraph;
use crate::text::first_filled;

/// The results.
pub(super) fn given(provenance: &ProvenanceGraph) -> Option<String> {
    let names: Vec<String> = provenance
        .results
        .iter()
        .map(|result| format!("“{}”", result.label()))
        .collect();
    if provenance.tracks.is_empty() && provenance.tool_steps().next().is_none() {
        return None;
    }
    match names.len() {
        0 => None,
        count if count <= MOST_NAMED => Some(format!("The analysis produced {}.", listed(&names))),
        count => Some(format!(
            "The analysis produced {}.",
            counted(count, "result")
        )),
    }
}

pub(super) fn unproven(provenance: &ProvenanceGraph) -> Option<String> {
    match (provenance.unproven_results(), provenance.results.len()) {
        (0, _) => None,
        (1, 1) => Some("The source tracks of the result could not be confirmed.".to_owned()),
        (count, all) => Some(format!(
            "The source tracks could not be confirmed for {count} of {}.",
            counted(all, "result")
        )),
    }
}

/// The publications of the data.
pub(super) fn published(provenance: &ProvenanceGraph, tables: bool) -> Option<String> {
    let publications: BTreeSet<&str> = provenance
        .tracks
        .iter()
        .flat_map(|track| &track.publications)
        .map(|publication| first_filled(&[&publication.name, &publication.address]))
        .collect();
    let names: Vec<String> = publications
        .iter()
        .take(MOST_NAMED + 1)
        .map(|name| match name.strip_prefix("pubmed:") {
            Some(number) => format!("PubMed {number}"),
            None => (*name).to_owned(),
        })
        .collect();
    let named = match names.len() {
        0 => return None,
        count if count <= MOST_NAMED => listed(&names),
        _ => {
            let count = counted(publications.len(), "publication");
            match tables {
                true => format!("{count}, listed in {TRACKS_TABLE} of {CRATE}"),
                false => count,
            }
        }
    };
    let tracks = match provenance.tracks.len() {
        1 => "The source track is",
        _ => "The source tracks are",
    };
    Some(format!("{tracks} described in {named}."))
}

/// This software, and the metadata standard with the DOI of its article.
pub(super) fn software(provenance: &ProvenanceGraph) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let standard = match provenance.tracks.is_empty() {
        true => String::new(),
        false => format!(", based on the FAIRtracks metadata standard (doi:{FAIRTRACKS_DOI})"),
    };
    format!("Metadata and provenance were recorded with the {SUITE} (version {version}){standard}.")
}
