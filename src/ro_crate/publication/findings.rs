//! What is found about data, the crates that describe them, and what people say of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::fairtracks::finding::Strength;
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::Crate;
use crate::ro_crate::crate_index::{CrateIndex, FileId};
use crate::ro_crate::credits::Credit;
use crate::ro_crate::full_crate::CrateHeading;
use crate::ro_crate::full_crate::hash_predictor::HashPredictor;
use crate::ro_crate::provenance::ProvenanceGraph;
use crate::text::shortened;

/// A finding.
pub type PublicationFinding = (Strength, String);

/// Data that no crate describes, each with its number; `has_documents` where FAIRtracks documents were searched as well.
pub fn undescribed(
    files: &[DatasetFile],
    matches: &[Option<FileId>],
    predictor: &HashPredictor<'_>,
    has_documents: bool,
) -> impl Iterator<Item = (usize, PublicationFinding)> {
    let undescribed = files.iter().zip(matches).enumerate();
    let undescribed = undescribed.filter(|(_, (_, place))| place.is_none());
    undescribed.map(move |(number, (file, _))| {
            let name = &file.element_identifier;
            let text = match predictor.knows_the_name(name) {
                true => format!("{name}: no crate describes this file; a crate describes a file of this name with other content, so the file was changed or the crate belongs to another file. Packed without provenance"),
                false if has_documents => format!("{name}: no crate describes this file and no document has its checksum; packed without provenance. Add the crate that FAIRtracks import or FAIRtracks follow made for it, or a document that describes it"),
                false => format!("{name}: no crate describes this file; packed without provenance. Add the crate that FAIRtracks import or FAIRtracks follow made for it"),
            };
            (number, (Strength::Should, text))
        })
}

/// The keys of the crates that describe any of the data by their content.
pub fn describing<'c>(files: &[DatasetFile], crate_index: &'c CrateIndex<'_>) -> BTreeSet<&'c str> {
    let places = files.iter().flat_map(|file| {
        let sum = file.digests.sha256.hexadecimal();
        crate_index.with_sha256(&sum)
    });
    places
        .map(|place| crate_index[crate_index[*place].indexed].key)
        .collect()
}

/// The most unused crates that a finding names.
const MOST_NAMED: usize = 3;

/// Crates, by the names that their users know, that have nothing to do with the data.
pub fn left_out(names: &[&str]) -> Option<PublicationFinding> {
    let shown = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>();
    let shown = shown.join(", ");
    let text = match names.len() {
        0 => return None,
        1 => format!(
            "{shown}: crate not used: it describes none of the data and none of their sources"
        ),
        all => {
            let more = match all.saturating_sub(MOST_NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!(
                "{all} crates not used: they describe none of the data and none of their sources ({shown}{more})"
            )
        }
    };
    Some((Strength::May, text))
}

/// Results that were made of tracks on different genome builds.
pub fn genome_builds(provenance: &ProvenanceGraph) -> Vec<PublicationFinding> {
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

/// The licences of crates, where they differ and the user chose none.
pub fn different_licences(
    heading: &CrateHeading,
    licences: &[&Credit],
) -> Option<PublicationFinding> {
    if licences.len() < 2 || heading.credits.licence.is_some() {
        return None;
    }
    let names = licences.iter().map(|licence| licence.name.as_str());
    let names: Vec<&str> = names.collect();
    let text = format!(
        "found different licences in the crates ({}), expected one: none taken over for the whole; each source track keeps its own",
        names.join(", ")
    );
    Some((Strength::Should, text))
}

/// The most characters of a licence in words that a finding shows.
const LONGEST_LICENCE: usize = 60;

/// Missing information that users of the data need; `licences` are those that the crates state.
pub fn unsaid(
    heading: &CrateHeading,
    licences: &[&Credit],
    crate_: &Crate,
) -> Vec<PublicationFinding> {
    let should = |text: &str| (Strength::Should, text.to_owned());
    let credits = &heading.credits;
    let mut findings = Vec::new();
    if credits.people.is_empty() && credits.organisation.is_none() {
        findings.push(should("no creator given, so the crate has no CITATION.cff: name at least one person or organisation"));
    }
    if crate_.licence().is_some() {
        return findings;
    }
    // Different ones have a finding of their own.
    if let [stated] = licences {
        findings.push(should(&format!("found the licence `{}` in the crates, expected its SPDX identifier or URL, such as CC-BY-4.0: not taken over, so choose it for the package", shortened(&stated.name, LONGEST_LICENCE))));
    } else {
        findings.push(should("no licence given, so others cannot tell whether they may reuse the data: choose one, such as CC-BY-4.0"));
    }
    findings
}
