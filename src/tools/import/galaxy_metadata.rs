//! Galaxy metadata of imported tracks and their crates.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::arguments::ImportArguments;
use super::folder::Folder;
use super::{report, table};
use crate::cli::Failure;
use crate::fairtracks::summary_columns::HEADLINES;
use crate::fairtracks::values::checksum::ChecksumMethod;
use crate::galaxy::output_metadata::{GalaxyMetadata, crate_datatype, file_of_job, hash};
use crate::galaxy::output_names::OutputNames;
use crate::galaxy::sample_sheet::{COLUMNS, MetadataRow, provenance_value};
use crate::ro_crate::imported_track::{ImportStatus, TrackOutcome};
use crate::text::controls::visible;

/// The outputs of the Galaxy wrapper.
pub(super) const TABLE_IN_GALAXY: &str = "output_table";
const REPORT_IN_GALAXY: &str = "output_report";
const TRACKS_IN_GALAXY: &str = "output_tracks";
const CRATES_IN_GALAXY: &str = "output_crates";

/// The files of a track, relative to the folder that the tool runs in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TrackFiles {
    /// The track's own.
    track: String,
    /// The same bytes once more, for the sample sheet; none where there is no such sheet.
    in_sheet: Option<String>,
    /// Its crate; none where nothing is known of it.
    crate_: Option<String>,
}

/// The content of `galaxy.json`; puts the tracks into the folder of the sample sheet where there is one.
///
/// # Errors
/// A track cannot be put there.
pub(super) fn write(
    arguments: &ImportArguments,
    outcomes: &[TrackOutcome<'_>],
    crates: &[Option<PathBuf>],
    folder: &Folder,
    names: OutputNames,
) -> Result<String, Failure> {
    let mut files = Vec::new();
    for (number, (outcome, crate_)) in outcomes.iter().zip(crates).enumerate() {
        if !outcome.arrival.is_here() {
            continue;
        }
        let is_stored = outcome.arrival.stored().is_some();
        let in_sheet = match arguments.sample_sheet && is_stored {
            true => Some(file_of_job(
                &folder.once_more(number, outcome.track.datatype)?,
            )),
            false => None,
        };
        let files_of_track = TrackFiles {
            track: file_of_job(&folder.track(number, outcome.track.datatype)),
            in_sheet,
            crate_: crate_.as_deref().map(file_of_job),
        };
        files.push((outcome, files_of_track));
    }
    let titles = table::TITLES.map(str::to_owned);
    let metadata = GalaxyMetadata::of(names).with_table(TABLE_IN_GALAXY, &titles);
    let count = report::count(outcomes);
    let metadata = with_count(metadata, &count, outcomes);
    let outputs = (TRACKS_IN_GALAXY, CRATES_IN_GALAXY);
    let mut metadata = with_tracks(metadata, outputs, &files);
    if arguments.sample_sheet {
        metadata = with_sample_sheet(metadata, &format!("{count}: sample sheet"), &files);
    }
    if arguments.register_only {
        metadata = with_registered(metadata, &count, outcomes);
    }
    Ok(metadata.write())
}

/// Names the datasets by the number of tracks. Galaxy names the collections of the wrapper before the job runs, and keeps those
/// names.
fn with_count(
    metadata: GalaxyMetadata,
    count: &str,
    outcomes: &[TrackOutcome<'_>],
) -> GalaxyMetadata {
    let info = report::verdict(outcomes);
    let metadata = metadata
        .with_name(REPORT_IN_GALAXY, &format!("{count}: report"), &info)
        .with_name(
            TABLE_IN_GALAXY,
            &format!("{count}: table of outcomes"),
            &info,
        );
    let here = outcomes.iter().filter(|outcome| outcome.arrival.is_here());
    let builds: BTreeSet<&str> = here.map(|outcome| &*outcome.track.dbkey).collect();
    match builds.first().filter(|_| builds.len() == 1) {
        Some(build) => metadata.with_genome_build(TABLE_IN_GALAXY, build),
        None => metadata,
    }
}

/// The elements of the collections of tracks and of crates, whose outputs have these names.
fn with_tracks(
    metadata: GalaxyMetadata,
    outputs: (&str, &str),
    outcomes: &[(&TrackOutcome<'_>, TrackFiles)],
) -> GalaxyMetadata {
    let stored = outcomes
        .iter()
        .filter(|(outcome, _)| outcome.arrival.stored().is_some());
    let tracks = stored.map(|(outcome, files)| element(outcome, &files.track));
    let datatype = crate_datatype();
    let crates = outcomes.iter().filter_map(|(outcome, files)| {
        let track = outcome.track;
        Some(json!({
            "filename": files.crate_.as_ref()?,
            "name": visible(&track.element_identifier),
            "ext": datatype,
            "dbkey": track.dbkey,
            "tags": tags_of(outcome),
        }))
    });
    metadata
        .with_elements(outputs.0, tracks.collect())
        .with_elements(outputs.1, crates.collect())
}

/// The tracks once more, as a sample sheet whose columns are what is known of them.
fn with_sample_sheet(
    metadata: GalaxyMetadata,
    name: &str,
    outcomes: &[(&TrackOutcome<'_>, TrackFiles)],
) -> GalaxyMetadata {
    let elements = outcomes.iter().filter_map(|(outcome, files)| {
        let mut element = element(outcome, files.in_sheet.as_ref()?);
        element["row"] = row(outcome).into();
        Some(element)
    });
    metadata.with_sample_sheet(name, &COLUMNS, elements.collect())
}

/// The tracks by their addresses, to be fetched when a tool needs them.
fn with_registered(
    metadata: GalaxyMetadata,
    name: &str,
    outcomes: &[TrackOutcome<'_>],
) -> GalaxyMetadata {
    let registered = outcomes
        .iter()
        .filter(|outcome| outcome.arrival == ImportStatus::Registered);
    let elements = registered.map(|outcome| {
        let track = outcome.track;
        let checksum = track.checksum.iter();
        let hashes: Vec<Json> = checksum
            .map(|wanted| hash(function(wanted.method), &wanted.sum))
            .collect();
        json!({
            "name": visible(&track.element_identifier),
            "ext": track.datatype.extension,
            "dbkey": track.dbkey,
            "state": "deferred",
            "sources": [{"source_uri": track.address()}],
            "hashes": hashes,
            "created_from_basename": visible(&track.file_name),
        })
    });
    metadata.with_list(name, elements.collect())
}

/// A track as an element of a collection.
fn element(outcome: &TrackOutcome<'_>, file: &str) -> Json {
    let track = outcome.track;
    let mut hashes = Vec::new();
    let mut unpacked = false;
    if let Some(stored) = outcome.arrival.stored() {
        unpacked = stored.is_unpacked();
        hashes.push(hash("SHA-256", &stored.stored.sha256.hexadecimal()));
        hashes.extend(stored.stored.md5.as_ref().map(|sum| hash("MD5", sum)));
    }
    let address = track.address();
    let sources: Vec<Json> = (!address.is_empty())
        .then(|| json!({"source_uri": address}))
        .into_iter()
        .collect();
    json!({
        "filename": file,
        "name": visible(&track.element_identifier),
        "ext": track.datatype.extension,
        "dbkey": track.dbkey,
        "tags": tags_of(outcome),
        "hashes": hashes,
        "sources": sources,
        "created_from_basename": visible(track.stored_name(unpacked)),
    })
}

fn tags_of(outcome: &TrackOutcome<'_>) -> Vec<String> {
    if let Some(packed) = &outcome.track.packed {
        return packed
            .tags
            .iter()
            .map(|tag| visible(tag).into_owned())
            .collect();
    }
    let is_stored = outcome.arrival.stored().is_some();
    let tag = outcome.track.name_tag.clone().filter(|_| is_stored);
    tag.into_iter().collect()
}

/// A method of checksums as Galaxy calls it.
fn function(method: ChecksumMethod) -> &'static str {
    match method {
        ChecksumMethod::Md5 => "MD5",
        ChecksumMethod::Sha256 => "SHA-256",
    }
}

/// The cells of a track in a sample sheet.
fn row(outcome: &TrackOutcome<'_>) -> Vec<String> {
    let track = outcome.track;
    let row = MetadataRow::new(|title| {
        let of_provenance = provenance_value(&track.provenance, title);
        let text = of_provenance.unwrap_or_else(|| match title {
            "local_id" => &track.local_id,
            "label" => track.label(),
            headline => {
                debug_assert!(HEADLINES.iter().any(|known| known.title == headline));
                track.headline(headline)
            }
        });
        text.to_owned()
    });
    row.cells()
}
