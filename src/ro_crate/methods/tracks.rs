//! What the paragraph says of the source tracks.

use std::collections::BTreeMap;

use super::words::{at_start, each, in_brackets, listed, was};
use super::{CRATE, MOST_NAMED, TRACKS_TABLE};
use crate::ro_crate::picture::counted;
use crate::ro_crate::provenance::{ProvenanceGraph, SourceTrack};

/// The number of tracks from each provider, with their accessions.
pub(super) fn sources(provenance: &ProvenanceGraph, tables: bool) -> Option<String> {
    if provenance.tracks.is_empty() {
        return None;
    }
    let mut by_provider: BTreeMap<String, Vec<&SourceTrack>> = BTreeMap::new();
    for track in &provenance.tracks {
        let name = match (&*track.collection, &*track.collection_short_name) {
            (long, "") => long.to_owned(),
            (long, short) => format!("{long} ({short})"),
        };
        by_provider.entry(name).or_default().push(track);
    }
    let unknown = by_provider.remove("");
    let mut known: Vec<(String, Vec<&SourceTrack>)> = by_provider.into_iter().collect();
    known.sort_by_key(|(_, tracks)| std::cmp::Reverse(tracks.len()));
    let is_only = known.len() + unknown.iter().count() == 1;
    let mut parts: Vec<String> = known
        .iter()
        .map(|(name, tracks)| {
            let count = Some(counted(tracks.len(), "track")).filter(|_| !is_only);
            let details = [count, accessions(tracks, tables)].into_iter().flatten();
            format!("{name}{}", in_brackets(details.collect()))
        })
        .collect();
    let all = provenance.tracks.len();
    let subject = was(all, &at_start(all, "genomic track"));
    if let Some(tracks) = &unknown {
        let details = in_brackets(accessions(tracks, tables).into_iter().collect());
        if is_only {
            return Some(format!("{subject} used{details}."));
        }
        let count = counted(tracks.len(), "track");
        parts.push(format!("unstated providers ({count}){details}"));
    }
    Some(format!("{subject} obtained from {}.", listed(&parts)))
}

fn accessions(tracks: &[&SourceTrack], tables: bool) -> Option<String> {
    let named: Vec<&str> = tracks
        .iter()
        .map(|track| track.local_id.as_str())
        .filter(|id| !id.is_empty())
        .collect();
    match named.len() {
        0 => None,
        count if count > MOST_NAMED && tables => {
            Some(format!("accessions in {TRACKS_TABLE} of {CRATE}"))
        }
        count if count > MOST_NAMED => Some(format!(
            "{} and {} more",
            named[..3].join(", "),
            counted(count - 3, "accession")
        )),
        count if count < tracks.len() => Some(format!("among them {}", named.join(", "))),
        1 => Some(format!("accession {}", named[0])),
        _ => Some(format!("accessions {}", named.join(", "))),
    }
}

/// Cells, assays and targets, if all tracks state them.
pub(super) fn measured(provenance: &ProvenanceGraph) -> Option<String> {
    let assays = each_of(provenance, |track| &track.assay)?;
    let letters = |text: &str| {
        text.to_lowercase()
            .replace(|c: char| !c.is_alphanumeric(), "")
    };
    let of_assay = |assay: &String| {
        let tracks: Vec<&SourceTrack> = provenance
            .tracks
            .iter()
            .filter(|track| track.assay == *assay)
            .collect();
        let targets = each(tracks.iter().map(|track| track.target.as_str()));
        let mut targets = targets.unwrap_or_default();
        // A target that repeats the assay says nothing more.
        targets.retain(|target| !letters(assay).contains(&letters(target)));
        let noun = if targets.len() == 1 {
            "target"
        } else {
            "targets"
        };
        let targets = (!targets.is_empty())
            .then(|| format!("{noun}: {}", listed(&targets).replace('_', " ")));
        let count = (assays.len() > 1).then(|| counted(tracks.len(), "track"));
        let article = if assay.ends_with("assay") { "the " } else { "" };
        let details = in_brackets(count.into_iter().chain(targets).collect());
        format!("{article}{assay}{details}")
    };
    let parts: Vec<String> = assays.iter().map(of_assay).collect();
    let subject = match provenance.tracks.len() {
        1 => "It was",
        _ => "They were",
    };
    let cells = each_of(provenance, |track| &track.cell_or_tissue);
    let cells = cells.map(|cells| format!(" from {}", listed(&cells)));
    let (cells, assays) = (cells.unwrap_or_default(), listed(&parts));
    Some(format!("{subject} generated{cells} by {assays}."))
}

/// The distinct texts of all tracks; `None` if one of them is empty or there are too many.
fn each_of(provenance: &ProvenanceGraph, text: fn(&SourceTrack) -> &String) -> Option<Vec<String>> {
    each(provenance.tracks.iter().map(|track| text(track).as_str()))
}

pub(super) fn builds(provenance: &ProvenanceGraph) -> Option<String> {
    let builds = each_of(provenance, |track| &track.assembly)?;
    Some(match builds.as_slice() {
        [build] => format!("Coordinates refer to genome build {build}."),
        builds => {
            let with_count = |build: &String| {
                let tracks = provenance.tracks.iter();
                let count = tracks.filter(|track| track.assembly == *build).count();
                format!("{build} ({})", counted(count, "track"))
            };
            let builds = listed(&builds.iter().map(with_count).collect::<Vec<_>>());
            format!("Coordinates refer to the genome builds {builds}.")
        }
    })
}
