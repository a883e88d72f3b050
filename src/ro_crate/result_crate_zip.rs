//! The crate of a result as a file: metadata, document, page, and the metadata of the crates that it was made of.

use std::io::Cursor;

use super::crate_builder::CrateBuilder;
use super::crate_error::CrateZipError;
use super::known_crates::CratesToNest;
use super::merged_document::{MergedDocument, contradictions};
use super::metadata_json;
use super::proof::trace::{Ancestry, Proof};
use crate::fairtracks::finding::Strength;
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::common_entities::DOCUMENT_FILE;
use crate::ro_crate::crate_index::CrateIndex;
use crate::ro_crate::credits::Credited;
use crate::ro_crate::methods::paragraph;
use crate::ro_crate::page::PageRow;
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::page::of_provenance;
use crate::ro_crate::page::provenance_page::ProvenancePage;
use crate::ro_crate::picture::picture;
use crate::ro_crate::provenance::{ProvenanceGraph, SourceTrack};
use crate::ro_crate::result_crate::{ResultCrateInput, build_crate};

/// What the crates of results have in common.
pub struct ResultCrates<'w> {
    /// The crates that the results are looked for in.
    pub crate_index: &'w CrateIndex<'w>,
    /// The same by their keys.
    pub to_nest: CratesToNest<'w>,
    /// The lineage, if there is any.
    pub ancestry: Option<&'w Ancestry<'w>>,
    /// People and licence.
    pub credits: &'w Credited,
    /// The tool and its version.
    pub tool: (&'w str, &'w str),
    /// When it ran, RFC 3339.
    pub time: &'w str,
    /// The templates of the page.
    pub templates: PageTemplates,
}

/// A result, with what was found about it.
pub struct ResultToDescribe<'r> {
    /// The result.
    pub file: &'r DatasetFile,
    /// What proves its sources.
    pub proof: &'r Proof<'r>,
    /// How many source tracks are proven.
    pub source_tracks: usize,
    /// The genome builds of these tracks.
    pub genome_builds: &'r [String],
    /// What was found, the worst first.
    pub findings: Vec<(Strength, String)>,
}

/// The crate of a result.
pub struct ResultCrateZip {
    /// The zip archive.
    pub bytes: Vec<u8>,
    /// What leads to the result, without the metadata of the tracks where these are very many.
    pub provenance: ProvenanceGraph,
}

impl ResultCrates<'_> {
    /// The crate of a result as a zip archive; what is found on the way is added to the findings.
    ///
    /// # Errors
    /// The page cannot be written, or the crate is too large.
    pub fn zip(&self, result: &mut ResultToDescribe<'_>) -> Result<ResultCrateZip, CrateZipError> {
        let merged = MergedDocument::new(&result.proof.met, self.crate_index, self.time);
        result.findings.extend(merged.findings());
        let built = build_crate(&ResultCrateInput {
            result: result.file,
            trace: result.proof,
            crate_index: self.crate_index,
            ancestry: self.ancestry,
            document: merged.document(),
            credits: self.credits,
            tool: self.tool,
            time: self.time,
        });
        result
            .findings
            .extend(contradictions(&built.split, self.crate_index));
        result.findings.sort();
        let keys = built
            .ancestors
            .iter()
            .map(|place| self.crate_index[*place].key);
        let nested = self.to_nest.metadata(keys);
        let metadata = metadata_json::write_with(&built.crate_, &built.lines);
        let proven = result.proof.proven.keys();
        let provenance = ProvenanceGraph::of(&built.crate_);
        let provenance = provenance.leading_from(proven.map(|id| self.named_track(id)));
        // A page holds all metadata once more, which no browser can take of very many crates.
        let page = match built.lines.is_empty() {
            true => {
                let page = page(result, &provenance);
                Some(self.templates.write_provenance(&page, &built.crate_)?)
            }
            false => None,
        };
        // All of it is text by now, and packing needs the memory.
        drop(built);
        let document = merged.into_file();
        let mut builder = CrateBuilder::new(Cursor::new(Vec::new()), &metadata, &nested, None)?;
        if let Some(document) = &document {
            builder.add(DOCUMENT_FILE, document)?;
        }
        Ok(ResultCrateZip {
            bytes: builder.finish(page.as_deref())?.into_inner(),
            provenance,
        })
    }

    /// A source track by what the index of crates has of it.
    fn named_track(&self, id: &str) -> SourceTrack {
        let described = self.crate_index.with_id(id).iter();
        let described = described.map(|place| &self.crate_index[*place]);
        let mut track = SourceTrack {
            id: id.to_owned(),
            ..SourceTrack::default()
        };
        if let Some(file) = described.into_iter().find(|file| file.is_source) {
            track.label.clone_from(&file.name);
            track.local_id = file.identifiers.first().cloned().unwrap_or_default();
            track.source_address = file.addresses.first().cloned().unwrap_or_default();
            track.sha256 = file
                .content
                .map(|sum| sum.hexadecimal())
                .unwrap_or_default();
        }
        track
    }
}

/// The page of a result, with the facts and the findings on top.
fn page(result: &ResultToDescribe<'_>, provenance: &ProvenanceGraph) -> ProvenancePage {
    let facts = [
        ("element", result.file.element_identifier.as_str()),
        ("datatype", &result.file.extension),
        ("genome build", &result.file.dbkey),
        (
            "genome builds of the source tracks",
            &result.genome_builds.join(", "),
        ),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let subtitle = match result.source_tracks {
        0 => "A result without confirmed source tracks.".to_owned(),
        1 => "A result derived from one genomic track; the data file itself is not included; it is identified by its SHA-256.".to_owned(),
        tracks => format!("A result derived from {tracks} genomic tracks; the data file itself is not included; it is identified by its SHA-256."),
    };
    let findings = result.findings.iter();
    ProvenancePage {
        subtitle,
        findings: findings
            .map(|(strength, text)| format!("{strength}: {text}"))
            .collect(),
        facts: facts
            .map(|(name, value)| PageRow::new(name, value))
            .collect(),
        picture: picture(provenance).svg,
        methods: paragraph(provenance),
        ..of_provenance::page(provenance)
    }
}
