//! `galaxy.json`: what a tool tells Galaxy about its outputs that only it knows.

use serde_json::{Map, Value as Json, json};

use crate::model::arrival::{Arrival, Outcome};
use crate::model::headline::HEADLINES;
use crate::model::values::checksum::ChecksumMethod;
use crate::text::controls::visible;

/// What Galaxy is told, output by output.
#[derive(Debug, Clone, Default)]
pub struct GalaxyMetadata {
    outputs: Map<String, Json>,
    unnamed: Vec<Json>,
}

/// The files of a track, relative to the folder that the tool runs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The track's own.
    pub track: String,
    /// The same bytes once more, for the sample sheet; none where there is no such sheet.
    pub in_sheet: Option<String>,
    /// Its crate; none where nothing is known of it.
    pub crate_: Option<String>,
}

impl GalaxyMetadata {
    /// Tells Galaxy the columns of a table whose output has this name in the wrapper.
    ///
    /// Galaxy reads the number of columns from the lines that are no comments, so for a table of titles alone it has
    /// to be told.
    #[must_use]
    pub fn with_table(mut self, output: &str, titles: &[String]) -> Self {
        let types = vec!["str"; titles.len()];
        let metadata =
            json!({"column_names": titles, "columns": titles.len(), "column_types": types});
        self.outputs
            .insert(output.to_owned(), json!({"metadata": metadata}));
        self
    }

    /// Tells Galaxy the elements of the collections of tracks and of crates, whose outputs have these names.
    #[must_use]
    pub fn with_tracks(
        mut self,
        outputs: (&str, &str),
        outcomes: &[(&Outcome<'_>, Files)],
        tags: bool,
    ) -> Self {
        let stored = outcomes
            .iter()
            .filter(|(outcome, _)| outcome.arrival.stored().is_some());
        let tracks: Vec<Json> = stored
            .map(|(outcome, files)| element(outcome, &files.track, tags))
            .collect();
        let crates: Vec<Json> = outcomes
            .iter()
            .filter_map(|(outcome, files)| {
                let track = outcome.track;
                Some(json!({
                    "filename": files.crate_.as_ref()?,
                    "name": visible(&track.element_identifier),
                    "ext": "zip",
                    "dbkey": track.dbkey,
                    "tags": tags_of(outcome, tags),
                }))
            })
            .collect();
        self.outputs
            .insert(outputs.0.to_owned(), json!({"elements": tracks}));
        self.outputs
            .insert(outputs.1.to_owned(), json!({"elements": crates}));
        self
    }

    /// Tells Galaxy the elements of a collection of crates: for each its file, element identifier and genome build.
    #[must_use]
    pub fn with_crates(mut self, output: &str, crates: &[(String, String, String)]) -> Self {
        let elements: Vec<Json> = crates
            .iter()
            .map(|(file, name, dbkey)| {
                let dbkey = if dbkey.is_empty() { "?" } else { dbkey };
                json!({"filename": file, "name": visible(name), "ext": "zip", "dbkey": dbkey})
            })
            .collect();
        self.outputs
            .insert(output.to_owned(), json!({"elements": elements}));
        self
    }

    /// Gives Galaxy the tracks once more, as a sample sheet whose columns are what is known of them.
    #[must_use]
    pub fn with_sample_sheet(
        mut self,
        name: &str,
        outcomes: &[(&Outcome<'_>, Files)],
        tags: bool,
    ) -> Self {
        let columns: Vec<Json> = SHEET
            .iter()
            .map(|(title, description)| {
                json!({"name": title, "type": "string", "description": description, "optional": false})
            })
            .collect();
        let elements: Vec<Json> = outcomes
            .iter()
            .filter_map(|(outcome, files)| {
                let mut element = element(outcome, files.in_sheet.as_ref()?, tags);
                element["row"] = row(outcome).into();
                Some(element)
            })
            .collect();
        self.unnamed.push(json!({
            "destination": {"type": "hdca"},
            "name": name,
            "collection_type": "sample_sheet",
            "column_definitions": columns,
            "elements": elements,
        }));
        self
    }

    /// Gives Galaxy the tracks by their addresses, to be fetched when a tool needs them.
    #[must_use]
    pub fn with_registered(mut self, name: &str, outcomes: &[Outcome<'_>]) -> Self {
        let registered = outcomes
            .iter()
            .filter(|outcome| outcome.arrival == Arrival::Registered);
        let elements: Vec<Json> = registered
            .map(|outcome| {
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
            })
            .collect();
        self.unnamed.push(json!({
            "destination": {"type": "hdca"},
            "name": name,
            "collection_type": "list",
            "elements": elements,
        }));
        self
    }

    /// The text of `galaxy.json`.
    pub fn write(mut self) -> String {
        if !self.unnamed.is_empty() {
            self.outputs
                .insert("__unnamed_outputs".to_owned(), self.unnamed.into());
        }
        Json::Object(self.outputs).to_string()
    }
}

/// A track as an element of a collection.
fn element(outcome: &Outcome<'_>, file: &str, tags: bool) -> Json {
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
        "tags": tags_of(outcome, tags),
        "hashes": hashes,
        "sources": sources,
        "created_from_basename": visible(track.stored_name(unpacked)),
    })
}

fn tags_of(outcome: &Outcome<'_>, tags: bool) -> Vec<String> {
    if let Some(packed) = &outcome.track.packed {
        return packed
            .tags
            .iter()
            .map(|tag| visible(tag).into_owned())
            .collect();
    }
    let stored = outcome.arrival.stored().filter(|_| tags);
    stored.map(|stored| stored.name_tag()).into_iter().collect()
}

fn hash(function: &str, value: &str) -> Json {
    json!({"hash_function": function, "hash_value": value})
}

/// A method of checksums as Galaxy calls it.
fn function(method: ChecksumMethod) -> &'static str {
    match method {
        ChecksumMethod::Md5 => "MD5",
        ChecksumMethod::Sha256 => "SHA-256",
    }
}

/// The columns of a sample sheet and what they hold.
const SHEET: [(&str, &str); 14] = [
    ("local_id", "The track's id in its FAIRtracks document"),
    ("label", "The track's label"),
    ("cell_or_tissue", "Cells or tissue"),
    ("assay", "Assay"),
    ("target", "What the assay looks at"),
    ("phenotype", "Phenotype of the sample"),
    ("assembly", "Genome assembly"),
    ("format", "File format as the document names it"),
    ("condensed_data", "Type of condensed data"),
    ("species", "Species"),
    ("sample", "The sample's id"),
    ("donor", "What the document says of the donor"),
    ("study", "Study"),
    ("collection", "Collection that the track is from"),
];

/// The cells of a track in a sample sheet. Galaxy takes letters, digits, `_`, `-`, `?` and blanks in them; all else
/// becomes `_`.
fn row(outcome: &Outcome<'_>) -> Vec<String> {
    let track = outcome.track;
    let from = &track.provenance;
    let cell = |(title, _): &(&str, &str)| match *title {
        "local_id" => track.local_id.as_str(),
        "label" => track.label(),
        "species" => &from.species,
        "sample" => &from.sample,
        "donor" => &from.donor,
        "study" => &from.study,
        "collection" => &from.collection,
        headline => {
            debug_assert!(HEADLINES.iter().any(|known| known.title == headline));
            track.headline(headline)
        }
    };
    let plain = |text: &str| {
        let allowed = |c: char| c.is_alphanumeric() || "_-? ".contains(c);
        text.chars()
            .map(|c| if allowed(c) { c } else { '_' })
            .collect()
    };
    SHEET.iter().map(cell).map(plain).collect()
}
