//! A publication: data with their provenance as one crate. First planned from the digests of the data, then written while the
//! data stream by.

pub mod findings;
mod packing;
mod page;
pub mod paths;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use findings::PublicationFinding;
pub use packing::{PublicationError, PublicationFiles};
use paths::{extension, paths};

use super::full_crate::hash_predictor::{HashPredictor, matches, met};
use super::full_crate::{CrateHeading, MadeFile, PublicationInput, build_crate, with_files};
use super::known_crates::KnownCrates;
use super::merged_document::{self, MergedDocument, contradictions};
use super::{metadata_json, methods};
use crate::archive::digest::{Digests, Sha256Sum};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::described_datasets::DescribedDataset;
use crate::galaxy::markdown;
use crate::ro_crate::citation::{Citation, cff, of_crate};
use crate::ro_crate::common_entities::DOCUMENT_FILE;
use crate::ro_crate::crate_index::CrateIndex;
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::page::provenance_page::FileRow;
use crate::ro_crate::picture::{Picture, bytes, picture};
use crate::ro_crate::provenance::{ProvenanceGraph, steps_table, tracks_table};

/// The most bytes of metadata that the page holds once more.
const LARGEST_IN_PAGE: usize = 32 << 20;

/// One of the data, not read yet.
#[derive(Debug, Clone)]
pub struct UnreadDataset {
    /// What Galaxy knows of it.
    pub described: DescribedDataset,
    /// The size, in bytes.
    pub bytes: u64,
}

/// What is published.
pub struct PublicationContext<'w> {
    /// The data.
    pub data: &'w [UnreadDataset],
    /// The crates that describe them.
    pub known: &'w KnownCrates,
    /// The same by what they describe.
    pub crate_index: &'w CrateIndex<'w>,
    /// Title, people and licence.
    pub heading: &'w CrateHeading,
    /// Whether FAIRtracks documents were searched for data without a crate.
    pub has_documents: bool,
    /// What was found in the crates.
    pub findings: &'w [PublicationFinding],
    /// The numbers of data without a crate for which these findings say why.
    pub explained: &'w BTreeSet<usize>,
    /// Whether the data go into the crate.
    pub includes_data: bool,
    /// Whether the archive is a BagIt bag.
    pub is_bag: bool,
    /// The tool and its version.
    pub tool: (&'w str, &'w str),
    /// When it ran, RFC 3339.
    pub time: &'w str,
}

/// A crate, ready to be written, with all that is reported about it.
pub struct PublicationPlan {
    /// The data, with their digests.
    pub files: Vec<DatasetFile>,
    /// Whether a crate describes each of the files.
    pub is_described: Vec<bool>,
    /// The graph of tracks, steps and results.
    pub provenance: ProvenanceGraph,
    /// How to cite the crate.
    pub citation: Citation,
    /// The paragraph for a methods section.
    pub methods: String,
    /// The picture of the graph.
    pub picture: Picture,
    /// What was found, the worst first.
    pub findings: Vec<PublicationFinding>,
    /// The files as rows of a page.
    pub rows: Vec<FileRow>,
    /// The table of source tracks.
    pub tracks: String,
    /// The table of steps.
    pub steps: String,
    /// Where each of the files is in the crate; none where the crate only refers to them.
    paths: Option<Vec<String>>,
    metadata: Vec<u8>,
    page: Option<Vec<u8>>,
    /// Files about the data, by their paths.
    texts: Vec<(&'static str, Vec<u8>)>,
    /// The keys of the crates to nest.
    nested: Vec<String>,
}

impl PublicationContext<'_> {
    /// Plans the crate of data with these SHA-256 sums, one for each.
    ///
    /// # Errors
    /// The page cannot be written.
    fn plan(
        &self,
        sums: &[Sha256Sum],
        predictor: &HashPredictor<'_>,
    ) -> Result<PublicationPlan, PublicationError> {
        let pairs = self.data.iter().zip(sums);
        let files = pairs.map(|(data, sum)| {
            let digests = Digests::of_sha256(data.bytes, *sum);
            data.described.clone().file(digests, None)
        });
        let files: Vec<DatasetFile> = files.collect();
        let matches = matches(&files, self.crate_index);
        let is_source = |number: usize| {
            let place = matches[number];
            place.is_some_and(|place| self.crate_index[place].is_source)
        };
        let paths = self.includes_data.then(|| paths(&files, is_source));
        let met = met(&matches, self.crate_index);
        let merged = MergedDocument::new(&met, self.crate_index, self.time);
        let built = build_crate(&PublicationInput {
            files: &files,
            paths: paths.as_deref(),
            matches: &matches,
            crate_index: self.crate_index,
            whole: &self.known.light(),
            heading: self.heading,
            document: merged.document(),
            tool: self.tool,
            time: self.time,
        });
        let keys = built
            .ancestors
            .iter()
            .map(|place| self.crate_index[*place].key);
        let nested: Vec<String> = keys.map(str::to_owned).collect();
        let provenance = ProvenanceGraph::of(&built.crate_);
        // A crate that the tool made of a track whose name alone suggests it is none of the user's.
        let unused = self.known.given();
        // Of several crates that describe the same bytes one is taken; the others describe the data as well.
        let describing = findings::describing(&files, self.crate_index);
        let unused = unused.filter(|(_, known)| {
            !nested.contains(&known.key) && !describing.contains(known.key.as_str())
        });
        let mut findings = findings::genome_builds(&provenance);
        let undescribed = findings::undescribed(&files, &matches, predictor, self.has_documents);
        let undescribed = undescribed.filter(|(number, _)| !self.explained.contains(number));
        findings.extend(undescribed.map(|(_, finding)| finding));
        let unused: Vec<&str> = unused.map(|(name, _)| name.as_str()).collect();
        findings.extend(findings::left_out(&unused));
        findings.extend(merged.findings());
        findings.extend(contradictions(&built.split, self.crate_index));
        let licences = self.crate_index.stated_licences(&built.ancestors);
        findings.extend(findings::different_licences(self.heading, &licences));
        findings.extend(findings::unsaid(self.heading, &licences, &built.crate_));
        findings.extend(self.findings.iter().cloned());
        findings.sort();
        let rows = files.iter().zip(&built.ids).map(|(file, id)| {
            let size = bytes(file.digests.bytes);
            FileRow::new(id, file.label(), &size, &file.digests.sha256.hexadecimal())
        });
        let mut plan = PublicationPlan {
            is_described: matches.iter().map(Option::is_some).collect(),
            rows: rows.collect(),
            citation: of_crate::citation(&built.crate_, &provenance),
            methods: methods::paragraph_with_tables(&provenance),
            picture: picture(&provenance),
            tracks: tracks_table::write(&provenance),
            steps: steps_table::write(&provenance),
            metadata: Vec::new(),
            page: None,
            texts: Vec::new(),
            files,
            paths,
            provenance,
            findings,
            nested,
        };
        let document = merged.into_file().map(|bytes| (DOCUMENT_FILE, bytes));
        plan.texts.extend(document);
        let made = plan.add_texts();
        let crate_ = with_files(built, &made);
        plan.metadata = metadata_json::write(&crate_);
        if plan.metadata.len() <= LARGEST_IN_PAGE {
            let page = self.page(&plan, &made, &crate_);
            plan.page = Some(PageTemplates::new()?.write_provenance(&page, &crate_)?);
        }
        Ok(plan)
    }
}

impl PublicationPlan {
    /// Adds the files about the data that people read, and describes them.
    fn add_texts(&mut self) -> Vec<MadeFile> {
        const TABLE: &str = "text/tab-separated-values";
        let methods = format!("{}\n", markdown::paragraph(&self.methods));
        #[rustfmt::skip]
        let texts = [
            (methods::TRACKS_TABLE, "Source tracks", TABLE, Some(self.tracks.clone())),
            (methods::STEPS_TABLE, "Steps", TABLE, Some(self.steps.clone())),
            ("CITATION.cff", "How to cite", "text/yaml", cff::write(&self.citation)),
            ("metadata/methods.md", "Paragraph for the methods section", "text/markdown", Some(methods)),
        ];
        let mut made = Vec::new();
        for (path, name, media_type, text) in texts {
            let Some(text) = text else { continue };
            made.push(MadeFile {
                path,
                name,
                media_type,
                digests: merged_document::digests(text.as_bytes()),
            });
            self.texts.push((path, text.into_bytes()));
        }
        made
    }
}
