//! Findings on data, crates and the form.

use std::collections::{BTreeMap, BTreeSet};

use crate::fairtracks::finding::Strength;
use crate::fairtracks::merge::Merged;
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::Crate;
use crate::ro_crate::full_crate::CrateHeading;
use crate::ro_crate::full_crate::hash_predictor::HashPredictor;
use crate::ro_crate::provenance::ProvenanceGraph;

/// A finding.
pub type PackageFinding = (Strength, String);

/// Data that no crate describes.
pub fn untold(
    files: &[DatasetFile],
    matches: &[Option<usize>],
    predictor: &HashPredictor<'_>,
) -> Vec<PackageFinding> {
    let untold = files
        .iter()
        .zip(matches)
        .filter(|(_, place)| place.is_none());
    untold
        .map(|(file, _)| {
            let name = &file.element_identifier;
            let text = match predictor.knows_the_name(name) {
                true => format!("{name}: no crate describes this file; a crate describes a file of this name with other content, so the file was changed or the crate belongs to another file. Packed without provenance"),
                false => format!("{name}: no crate describes this file; packed without provenance. Add the crate that FAIRtracks import or FAIRtracks follow made for it"),
            };
            (Strength::Should, text)
        })
        .collect()
}

/// Crates, by the names that their users know, that have nothing to do with the data.
pub fn left_out<'n>(names: impl Iterator<Item = &'n str>) -> Vec<PackageFinding> {
    names
        .map(|name| {
            let text = format!("{name}: crate not used: it describes none of the data. Add its data, or the crates of FAIRtracks follow that link to it");
            (Strength::Should, text)
        })
        .collect()
}

/// Findings of the merge of documents and crates.
pub fn joined(merged: Option<&Merged>, split: &[(String, String)]) -> Vec<PackageFinding> {
    let mut findings = Vec::new();
    for (id, other) in split {
        let text = format!(
            "two crates contradict each other about {id}; one of the two entities is renamed to {other}"
        );
        findings.push((Strength::Should, text));
    }
    for renamed in merged.iter().flat_map(|merged| &merged.renamed) {
        let text = format!(
            "conflicting id {} ({}): two documents use it for different objects; renamed to {} here",
            renamed.from,
            renamed.category.name(),
            renamed.to
        );
        findings.push((Strength::May, text));
    }
    for differing in merged.iter().flat_map(|merged| &merged.differing) {
        let text = format!(
            "conflicting descriptions of {} ({}) in excerpts of one document; the longer one is kept here, both are in the crates",
            differing.local_id,
            differing.category.name()
        );
        findings.push((Strength::May, text));
    }
    findings
}

/// Results that were made of tracks on different genome builds.
pub fn genome_builds(provenance: &ProvenanceGraph) -> Vec<PackageFinding> {
    let builds: BTreeMap<&str, &str> = provenance
        .tracks
        .iter()
        .map(|track| {
            let build = match track.dbkey.as_str() {
                "" | "?" => track.assembly.as_str(),
                dbkey => dbkey,
            };
            (track.id.as_str(), build)
        })
        .collect();
    let mut findings = Vec::new();
    for result in &provenance.results {
        let known = result
            .based_on
            .iter()
            .filter_map(|id| builds.get(id.as_str()));
        let known: BTreeSet<&str> = known.copied().filter(|build| !build.is_empty()).collect();
        if known.len() > 1 {
            let builds: Vec<&str> = known.into_iter().collect();
            let text = format!(
                "{}: derived from tracks on different genome builds ({}); coordinates are not comparable",
                result.label(),
                builds.join(", ")
            );
            findings.push((Strength::Must, text));
        }
    }
    findings
}

/// Missing information that users of the data need.
pub fn unsaid(heading: &CrateHeading, crate_: &Crate) -> Vec<PackageFinding> {
    let should = |text: &str| (Strength::Should, text.to_owned());
    let credits = &heading.credits;
    let mut findings = Vec::new();
    if credits.people.is_empty() && credits.organisation.is_none() {
        findings.push(should("no creator given, so the data cannot be cited: name at least one person or organisation"));
    }
    if crate_.licence().is_none() {
        findings.push(should("no licence given, so others cannot tell whether they may reuse the data: choose one, such as CC-BY-4.0"));
    }
    findings
}
