//! The files that describe the tracks, and which of their tracks are wanted.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::archive::digest::Sha256Sum;
use crate::archive::gate::Archive;
use crate::cli::{self, Failure};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::{document_json, other_document};
use crate::gsuite;
use crate::ro_crate::crate_archive::{CrateArchive, CrateTracks, is_zip};
use crate::ro_crate::credits::Credit;
use crate::ro_crate::imported_track::SourceKind;
use crate::ro_crate::track_source::TrackSource;
use crate::tools::import::choice_table::{self, KnownIds};
use serde_json::Value as Json;

use super::arguments::ImportArguments;
use super::names::ImportNames;

pub struct ImportInput {
    /// Its name in outputs.
    pub name: String,
    sha256: Sha256Sum,
    /// What it is.
    pub content: InputContent,
}

pub enum InputContent {
    Document(Document),
    Gsuite(Document),
    Crate(Box<CrateInput>),
}

/// A crate, open to copy tracks out of it.
pub struct CrateInput {
    pub archive: CrateArchive<Archive<File>>,
    pub tracks: CrateTracks,
}

impl ImportInput {
    pub fn document(&self) -> &Document {
        match &self.content {
            InputContent::Document(document) | InputContent::Gsuite(document) => document,
            InputContent::Crate(open) => &open.tracks.document,
        }
    }

    /// The licence that it states, which only crates can.
    pub fn licence(&self) -> Option<&Credit> {
        match &self.content {
            InputContent::Crate(open) => open.tracks.licence.as_ref(),
            _ => None,
        }
    }

    /// The input as the import step sees it.
    pub fn source(&self) -> TrackSource<'_> {
        let kind = match &self.content {
            InputContent::Document(_) => SourceKind::Document,
            InputContent::Gsuite(_) => SourceKind::Gsuite,
            InputContent::Crate(_) => SourceKind::Crate,
        };
        let source = TrackSource::new(self.document(), self.sha256, kind);
        match &self.content {
            InputContent::Crate(open) => source.with_restorable(&open.tracks.restorable),
            _ => source,
        }
    }
}

/// The sources that can be read, and a finding for each of the others.
pub struct Inputs {
    pub read: Vec<ImportInput>,
    pub unreadable: Vec<String>,
}

/// Reads the sources, each by what its first bytes are.
///
/// # Errors
/// None of the sources can be read: the first one, by its name.
pub fn read(paths: &[PathBuf], names: &ImportNames) -> Result<Inputs, Failure> {
    let mut inputs = Inputs {
        read: Vec::new(),
        unreadable: Vec::new(),
    };
    let mut first = None;
    let shown = names.sources.iter().zip(&names.shown_sources);
    for (path, (name, shown)) in paths.iter().zip(shown) {
        match read_one(path, name) {
            Ok((sha256, content)) => inputs.read.push(ImportInput {
                name: shown.clone(),
                sha256,
                content,
            }),
            Err(problem) => {
                inputs
                    .unreadable
                    .push(format!("{shown}: {problem}; not imported"));
                first.get_or_insert_with(|| Failure::at(name, problem));
            }
        }
    }
    match first {
        Some(first) if inputs.read.is_empty() => Err(first),
        _ => Ok(inputs),
    }
}

fn read_one(path: &Path, name: &str) -> Result<(Sha256Sum, InputContent), String> {
    let at = |problem: &dyn std::fmt::Display| problem.to_string();
    let mut file = cli::open(path).map_err(|error| at(&error))?;
    let mut start = [0; 4];
    let length = file.read(&mut start).map_err(|error| at(&error))?;
    if is_zip(&start[..length]) {
        let digests = cli::digests(&mut file, &[]).map_err(|error| at(&error))?;
        let (archive, tracks) = CrateArchive::open(file).map_err(|error| at(&error))?;
        for fault in archive
            .metadata_files
            .iter()
            .flat_map(|file| &file.findings)
        {
            cli::say(format!("{name}: {fault}"));
        }
        for withheld in &archive.withheld {
            cli::say(format!(
                "{name}: the metadata of `{withheld}` contain credentials; not copied into the crates of its tracks"
            ));
        }
        let content = InputContent::Crate(Box::new(CrateInput { archive, tracks }));
        return Ok((digests.sha256, content));
    }
    let bytes = cli::read_bytes(path).map_err(|error| at(&error))?;
    let content = if gsuite::is_list(&bytes) {
        let document = gsuite::read(&bytes).map_err(|error| {
            // A table or list needs only its own error; any other kind says more than what its first line lacks.
            let kind = other_document::of_bytes(&bytes).filter(|_| !bytes.starts_with(b"#"));
            match kind.filter(|kind| !kind.may_list_tracks()) {
                Some(kind) => {
                    let other = document_json::DocumentReadError::Other { kind };
                    at(&format_args!("{other}; as a list of tracks: {error}"))
                }
                None => at(&error),
            }
        })?;
        let metadata = document.members()["converted_from"].get("metadata");
        if let Some(metadata) = metadata.and_then(Json::as_str) {
            cli::say(format!(
                "{name}: the first URL, {metadata}, is ENCODE's metadata table, not a track; import that table instead of the list to keep accessions, assemblies and checksums"
            ));
        }
        InputContent::Gsuite(document)
    } else {
        InputContent::Document(document_json::read(&bytes).map_err(|error| at(&error))?)
    };
    Ok((Sha256Sum::of(&bytes), content))
}

/// The positions of the tracks that are wanted of each source; none where all are.
pub fn chosen(
    sources: &[TrackSource<'_>],
    (arguments, names): (&ImportArguments, &ImportNames),
    picked: Option<Vec<String>>,
) -> Result<Option<Vec<Vec<usize>>>, Failure> {
    let positions: Vec<HashMap<&str, Vec<usize>>> = sources.iter().map(by_id).collect();
    let known: HashSet<&str> = positions.iter().flat_map(HashMap::keys).copied().collect();
    let ids = if let Some(path) = &arguments.choose_table {
        let at = |problem: &dyn std::fmt::Display| Failure::at(&names.choose_table, problem);
        let bytes = cli::read_bytes(path).map_err(|error| at(&error))?;
        let ids = choice_table::read(&bytes, &known).map_err(|error| at(&error))?;
        // A search without hits has neither tracks nor lines.
        if ids.is_empty() && !known.is_empty() {
            return Err(at(
                &"found no track in the table, expected at least one: check the filter that made the table, or import all tracks",
            ));
        }
        ids
    } else if !arguments.choose_ids.is_empty() {
        arguments.choose_ids.clone()
    } else if let Some(picked) = picked {
        if picked.is_empty() {
            let problem = "found no track picked, expected at least one: pick tracks from the list, or import all of them";
            return Err(Failure::at("chosen tracks", problem));
        }
        // The list was filled by a table, whose cells are written in its own way.
        let ids = KnownIds::new(&known);
        picked.iter().map(|cell| ids.of_cell(cell)).collect()
    } else {
        return Ok(None);
    };
    if let Some(unknown) = ids.iter().find(|id| !known.contains(id.as_str())) {
        return Err(Failure::at(
            "chosen tracks",
            format!("found the id `{unknown}`, expected the local_id of a track in the document"),
        ));
    }
    let of_source = |positions: &HashMap<&str, Vec<usize>>| {
        ids.iter()
            .filter_map(|id| positions.get(id.as_str()))
            .flatten()
            .copied()
            .collect()
    };
    Ok(Some(positions.iter().map(of_source).collect()))
}

fn by_id<'s>(source: &TrackSource<'s>) -> HashMap<&'s str, Vec<usize>> {
    let mut positions: HashMap<&str, Vec<usize>> = HashMap::new();
    let tracks = source.document.objects(Category::Tracks).into_iter();
    for (position, track) in tracks.enumerate() {
        if let Some(id) = track.get("local_id").and_then(Json::as_str) {
            positions.entry(id).or_default().push(position);
        }
    }
    positions
}
