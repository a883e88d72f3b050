//! The results given back as a sample sheet: copies of their files with the metadata of their source tracks as columns.

mod copies;
mod label_template;
mod metadata_table;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::arguments::FollowArguments;
use super::form::SheetForm;
use crate::cli::{Failure, dataset_options};
use crate::galaxy::LONGEST_ELEMENT_IDENTIFIER;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::described_datasets::DescribedDataset;
use crate::galaxy::genome_build::{UNKNOWN, genome_build};
use crate::galaxy::output_metadata::{GalaxyMetadata, file_of_job, hash};
use crate::galaxy::sample_sheet::{COLUMNS, MetadataRow};
use crate::ro_crate::crate_index::CrateIndex;
use crate::ro_crate::proof::genome_builds;
use crate::ro_crate::proof::trace::{Evidence, Proof};
use crate::ro_crate::source_rows::source_rows;
use crate::text::controls::visible;
use crate::text::counted;
use crate::text::private_text::public_name;
use crate::text::unique_names::numbered;
use label_template::LabelTemplate;
use metadata_table::{JoinedTable, MetadataTable};

/// The most source tracks whose name tags a result gets: more would fill the history panel.
const MOST_TAGS: usize = 10;
/// The most elements that the report names.
const MOST_SHOWN: usize = 10;

/// The sample sheet that was asked for, before any result was read.
pub struct SampleSheet {
    template: Option<LabelTemplate>,
    of_table: Option<JoinedTable>,
}

/// The results with what was found about each.
pub struct FollowedResults<'r> {
    /// The results.
    pub results: &'r [DatasetFile],
    /// The file of each.
    pub paths: &'r [PathBuf],
    /// What proves their sources.
    pub proofs: &'r [Proof<'r>],
    /// The crates that were searched.
    pub crate_index: &'r CrateIndex<'r>,
    /// When the tool ran, RFC 3339.
    pub time: &'r str,
}

impl SampleSheet {
    /// What the arguments and the form ask for about results; none where they ask for no sheet.
    ///
    /// # Errors
    /// A label template with an unknown name, or a table that cannot be read or describes none of the results.
    pub fn new(
        arguments: &FollowArguments,
        form: &SheetForm,
        results: &[DescribedDataset],
    ) -> Result<Option<Self>, Failure> {
        if !arguments.sample_sheet {
            return Ok(None);
        }
        let template = arguments.label.as_deref().or(form.label.as_deref());
        let template = template.filter(|text| !text.trim().is_empty());
        let template = template.map(LabelTemplate::new).transpose()?;
        let of_table = match &arguments.sheet_table {
            Some(path) => {
                let name = table_name(path, arguments.sheet_table_name.as_deref())?;
                Some(MetadataTable::read(path, &name)?.join(results)?)
            }
            None => None,
        };
        Ok(Some(SampleSheet { template, of_table }))
    }

    /// Copies the files of the results, and adds the sheet to the metadata for Galaxy.
    ///
    /// # Errors
    /// A file cannot be copied.
    pub fn add(
        &self,
        followed: &FollowedResults<'_>,
        arguments: &FollowArguments,
        remarks: &mut Vec<String>,
        metadata: GalaxyMetadata,
    ) -> Result<GalaxyMetadata, Failure> {
        let results = followed.results;
        let copies = copies::copy_all(followed, arguments)?;
        if let Some(joined) = &self.of_table {
            remarks.extend(joined.remarks.iter().cloned());
        }
        let mut labels = Vec::new();
        let mut cells = Vec::new();
        for (place, result) in results.iter().enumerate() {
            let proof = &followed.proofs[place];
            let rows = source_rows(proof, followed.crate_index, followed.time);
            let mut row = MetadataRow::joined(&rows);
            if let Some(joined) = &self.of_table {
                row = row.or(&joined.rows[place]);
            }
            let label = match &self.template {
                Some(template) if !row.is_empty() => template.label(&row, result),
                _ => result.given_identifier.clone(),
            };
            labels.push(label);
            cells.push(row.cells());
        }
        let labels = labels.iter().map(String::as_str);
        let names = numbered(labels, LONGEST_ELEMENT_IDENTIFIER);
        remarks.push(contents(&names, &cells));
        let mut elements = Vec::new();
        for (place, (copy, cells)) in copies.iter().zip(cells).enumerate() {
            let (result, proof) = (&results[place], &followed.proofs[place]);
            elements.push(json!({
                "filename": file_of_job(copy),
                "name": visible(&names[place]),
                "ext": copies::extension(result),
                "dbkey": build(result, proof, followed.crate_index),
                "tags": tags(result, proof, followed.crate_index),
                "hashes": [hash("SHA-256", &result.digests.sha256.hexadecimal())],
                "row": cells,
            }));
        }
        let name = match results.len() {
            1 => "1 result: sample sheet".to_owned(),
            count => format!("{count} results: sample sheet"),
        };
        Ok(metadata.with_sample_sheet(&name, &COLUMNS, elements))
    }
}

/// The elements of the sheet in a sentence, for the report: Galaxy shows a template no other way before the sheet is opened.
fn contents(names: &[String], cells: &[Vec<String>]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(MOST_SHOWN)
        .map(|name| visible(name).into_owned())
        .collect();
    let more = match names.len().saturating_sub(MOST_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let is_filled = |row: &&Vec<String>| row.iter().any(|cell| !cell.is_empty());
    let filled = cells.iter().filter(is_filled).count();
    format!(
        "sample sheet of {}, {filled} with metadata: {}{more}",
        counted(names.len(), "element"),
        shown.join(", ")
    )
}

/// The name that the user knows the table by: that of a list of names, or else that of its file.
fn table_name(path: &Path, names: Option<&Path>) -> Result<String, Failure> {
    let of_list = match names {
        Some(file) => dataset_options::names(Some(file), &[path.to_owned()], "table")?.pop(),
        None => None,
    };
    let of_file = || {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    Ok(public_name(&visible(&of_list.unwrap_or_else(of_file))))
}

/// The genome build that Galaxy has for a result; where it has none, that of the track that the result is. A result that tools
/// made of tracks may have been lifted over.
fn build(result: &DatasetFile, proof: &Proof<'_>, crate_index: &CrateIndex<'_>) -> String {
    if !matches!(result.dbkey.as_str(), "" | UNKNOWN) {
        return result.dbkey.clone();
    }
    let mut evidence = proof.proven.values();
    let is_proven = evidence.all(|evidence| evidence.iter().any(Evidence::is_of_track_itself));
    let builds = genome_builds(proof, crate_index);
    match builds.keys().next() {
        Some(build) if is_proven && builds.len() == 1 => genome_build(build, "").dbkey,
        _ => UNKNOWN.to_owned(),
    }
}

/// The tags of a result, and the name tags of its source tracks, as the import gave them or made of their ids. Several tracks
/// may have the same bytes.
fn tags(result: &DatasetFile, proof: &Proof<'_>, crate_index: &CrateIndex<'_>) -> Vec<Json> {
    let sources = proof.proven.keys().flat_map(|id| {
        let files = crate_index.with_id(id).iter();
        let met = files.filter(|place| proof.met.contains(place));
        met.map(|place| &crate_index[*place])
            .filter(|file| file.is_source)
    });
    let mut of_sources = BTreeSet::new();
    for source in sources {
        let id = source.identifiers.first().map(String::as_str);
        let id = id.map(|id| id.split_once(':').map_or(id, |(_, name)| name));
        let tag = source.name_tag.clone().or_else(|| id.map(name_tag));
        of_sources.extend(tag);
    }
    if of_sources.len() > MOST_TAGS {
        of_sources.clear();
    }
    let mut tags: Vec<String> = result.tags.clone();
    tags.extend(
        of_sources
            .into_iter()
            .filter(|tag| !result.tags.contains(tag)),
    );
    tags.iter().map(|tag| visible(tag).into()).collect()
}

/// A name as a name tag.
fn name_tag(name: &str) -> String {
    let tag = crate::text::unique_names::tags([name].into_iter());
    format!("name:{}", tag.concat())
}
