//! The light crates, one for each result.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::digest::{Digester, Digests};
use crate::cli::{self, Failure};
use crate::fairtracks::document_json::{self, JsonEncoding};
use crate::fairtracks::finding::Strength;
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::Crate;
use crate::ro_crate::common_entities::DOCUMENT_FILE;
use crate::ro_crate::crate_index::CrateIndex;
use crate::ro_crate::crate_zip::{LightCrate, MetadataFile, pack};
use crate::ro_crate::credits::Credited;
use crate::ro_crate::documents;
use crate::ro_crate::known_crate::KnownCrate;
use crate::ro_crate::metadata_json;
use crate::ro_crate::methods::paragraph;
use crate::ro_crate::page;
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::page::of_provenance::page as story_page;
use crate::ro_crate::page::provenance_page::StoryPage;
use crate::ro_crate::picture::picture;
use crate::ro_crate::proof::trace::{Ancestry, Proof};
use crate::ro_crate::provenance::ProvenanceGraph;
use crate::ro_crate::result_crate::{ResultCrateInput, build_crate};
use crate::text::file_names::file_names;
use crate::tools::follow::table::FollowRow;

use super::arguments::FollowArguments;

/// What crates are made of.
pub struct FollowCredits<'w> {
    pub results: &'w [DatasetFile],
    pub traces: &'w [Proof<'w>],
    pub crate_index: &'w CrateIndex<'w>,
    pub ancestry: Option<&'w Ancestry<'w>>,
    pub known: &'w [(String, KnownCrate)],
    pub credited: &'w Credited,
    pub time: &'w str,
}

/// Writes the crates; adds to the rows what is found on the way. The answer has the path of each.
pub fn write(
    work: &FollowCredits<'_>,
    rows: &mut [FollowRow],
    arguments: &FollowArguments,
) -> Result<Vec<PathBuf>, Failure> {
    let place = arguments.output_folder.join("crates");
    fs::create_dir_all(&place).map_err(|error| Failure::at(place.display(), error))?;
    let files: HashMap<&str, &MetadataFile> = work
        .known
        .iter()
        .flat_map(|(_, known)| &known.files)
        .map(|file| (file.key.as_str(), file))
        .collect();
    let preview = PageTemplates::new()?;
    let names = file_names(
        work.results
            .iter()
            .map(|result| result.element_identifier.as_str()),
        "result",
    );
    let paths: Vec<PathBuf> = names
        .iter()
        .map(|name| place.join(format!("{name}.rocrate.zip")))
        .collect();
    let given: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    cli::refuse_shared(&arguments.inputs(), &given)?;
    for (number, path) in paths.iter().enumerate() {
        let bytes = one(work, number, &files, &preview, &mut rows[number])?;
        cli::write(path, &bytes)?;
    }
    Ok(paths)
}

fn one(
    work: &FollowCredits<'_>,
    number: usize,
    files: &HashMap<&str, &MetadataFile>,
    preview: &PageTemplates,
    row: &mut FollowRow,
) -> Result<Vec<u8>, Failure> {
    let trace = &work.traces[number];
    let (merged, unreadable) = documents::merged(&trace.met, work.crate_index, work.time);
    let unreadable = unreadable.into_iter();
    row.findings
        .extend(unreadable.map(|text| (Strength::Should, text)));
    if let Some(merged) = &merged {
        for renamed in &merged.renamed {
            let text = format!(
                "conflicting id {} ({}): two documents use it for different objects; renamed to {} here",
                renamed.from,
                renamed.category.name(),
                renamed.to
            );
            row.findings.push((Strength::May, text));
        }
        for differing in &merged.differing {
            let text = format!(
                "conflicting descriptions of {} ({}) in excerpts of one document; the longer one is kept here, both are in the crates",
                differing.local_id,
                differing.category.name()
            );
            row.findings.push((Strength::May, text));
        }
    }
    let document: Option<(Vec<u8>, Digests)> = merged.as_ref().map(|merged| {
        let bytes = document_json::write(&merged.document, JsonEncoding::Plain);
        let mut digester = Digester::new(false);
        digester.update(&bytes);
        let digests = digester.finish();
        (bytes, digests)
    });
    let input = ResultCrateInput {
        result: &work.results[number],
        trace,
        crate_index: work.crate_index,
        ancestry: work.ancestry,
        document: merged
            .as_ref()
            .zip(document.as_ref())
            .map(|(merged, (_, digests))| (&merged.document, digests)),
        credits: work.credited,
        tool: (super::NAME, env!("CARGO_PKG_VERSION")),
        time: work.time,
    };
    let told = build_crate(&input);
    for (id, other) in &told.split {
        row.findings.push((Strength::Should, format!("two crates contradict each other about {id}; one of the two entities is renamed to {other}")));
    }
    row.findings.sort();
    let lineage: Vec<&MetadataFile> = told
        .ancestors
        .iter()
        .filter_map(|place| files.get(work.crate_index.crates()[*place].key).copied())
        .collect();
    let metadata = metadata_json::write_with(&told.crate_, &told.lines);
    // A page has to hold all metadata once more, which is too much for any browser at some point.
    let page = match told.lines.is_empty() {
        true => Some(preview.write_story(&page(input.result, row, &told.crate_), &told.crate_)?),
        false => None,
    };
    // All of it is text by now, and packing needs the memory.
    drop((told, merged));
    Ok(pack(LightCrate {
        metadata: &metadata,
        preview: page.as_deref(),
        document: document
            .as_ref()
            .map(|(bytes, _)| (DOCUMENT_FILE, bytes.as_slice())),
        lineage: &lineage,
    })?)
}

/// The page of a result, with what is to be said of it on top.
fn page(result: &DatasetFile, row: &FollowRow, crate_: &Crate) -> StoryPage {
    let provenance = ProvenanceGraph::of(crate_);
    let facts = [
        ("element", result.element_identifier.as_str()),
        ("datatype", &result.extension),
        ("genome build", &result.dbkey),
        (
            "genome builds of the source tracks",
            &row.genome_builds.join(", "),
        ),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let subtitle = match row.proven.len() {
        0 => "A result without confirmed source tracks.".to_owned(),
        1 => "A result derived from one genomic track; the data file itself is not included; it is identified by its SHA-256.".to_owned(),
        tracks => format!("A result derived from {tracks} genomic tracks; the data file itself is not included; it is identified by its SHA-256."),
    };
    StoryPage {
        subtitle,
        findings: row
            .findings
            .iter()
            .map(|(strength, text)| format!("{strength}: {text}"))
            .collect(),
        facts: facts
            .map(|(name, value)| page::PageRow::new(name, value))
            .collect(),
        picture: picture(&provenance).svg,
        methods: paragraph(&provenance),
        ..story_page(&provenance)
    }
}
