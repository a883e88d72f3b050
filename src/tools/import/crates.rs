//! The light crates, one for each track that Galaxy gets.

use std::collections::HashMap;
use std::io::Cursor;
use std::path::PathBuf;

use crate::archive::digest::Digester;
use crate::cli::{self, Failure};
use crate::fairtracks::document_json;
use crate::fairtracks::excerpt::excerpt;
use crate::ro_crate::common_entities::{Ancestor, DOCUMENT_FILE};
use crate::ro_crate::crate_builder::{CrateBuilder, NestedCrate};
use crate::ro_crate::credits::Credited;
use crate::ro_crate::imported_track::TrackOutcome;
use crate::ro_crate::light_crate::{TrackCrateInput, light_crate, page};
use crate::ro_crate::metadata_file::MetadataFile;
use crate::ro_crate::metadata_json;
use crate::ro_crate::page::Page;
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::page::of_crates::CratesOverview;
use crate::tools::import::source::TrackSource;

use super::folder::Folder;
use super::inputs::{ImportInput, InputContent};
use super::page::section;

/// Writes the crates, and adds each to the overview; the answer has the path of each, none for a track that is not here. Those
/// `taken` from an earlier import stay as they are.
pub fn write(
    outcomes: &[TrackOutcome<'_>],
    inputs: &mut [ImportInput],
    folder: &Folder,
    taken: &HashMap<usize, PathBuf>,
    (credited, time): (&Credited, &str),
    (preview, overview): (&PageTemplates, &mut CratesOverview<'_>),
) -> Result<Vec<Option<PathBuf>>, Failure> {
    // What comes back from a crate has its light crate there.
    let mut restored = HashMap::new();
    for (number, outcome) in outcomes.iter().enumerate() {
        if taken.contains_key(&number) {
            continue;
        }
        let key = outcome.track.packed.as_ref();
        let key = key.and_then(|packed| packed.light_crate.as_ref());
        if let (Some(key), InputContent::Crate(open)) =
            (key, &mut inputs[outcome.track.source].content)
        {
            match open.archive.light_crate(key) {
                Ok(Some(bytes)) => drop(restored.insert(number, bytes)),
                Ok(None) => {}
                Err(error) => cli::say(format!(
                    "{}: {error}; created a new crate for it",
                    outcome.track.element_identifier
                )),
            }
        }
    }
    let sources: Vec<TrackSource<'_>> = inputs.iter().map(ImportInput::source).collect();
    let mut paths = Vec::new();
    for (number, outcome) in outcomes.iter().enumerate() {
        if !outcome.arrival.is_here() {
            paths.push(None);
            continue;
        }
        if let Some(earlier) = taken.get(&number) {
            let path = folder.crate_(number);
            cli::write(&path, &cli::read(earlier)?)?;
            overview.add_section(section(outcome, None))?;
            paths.push(Some(path));
            continue;
        }
        if let Some(bytes) = restored.get(&number) {
            let path = folder.crate_(number);
            cli::write(&path, bytes)?;
            overview.add_section(section(outcome, None))?;
            paths.push(Some(path));
            continue;
        }
        if outcome.track.position == usize::MAX {
            // Nothing is known of it but that it was packed.
            paths.push(None);
            continue;
        }
        let place = outcome.track.source;
        let lineage = match &inputs[place].content {
            InputContent::Crate(open) => open.archive.metadata_files.as_slice(),
            _ => &[],
        };
        let credited = credited.clone().or_licence(inputs[place].licence());
        let (bytes, page) = crate_of(outcome, &sources[place], lineage, preview, &credited, time)?;
        let path = folder.crate_(number);
        cli::write(&path, &bytes)?;
        overview.add_section(section(outcome, Some(page)))?;
        paths.push(Some(path));
    }
    Ok(paths)
}

fn crate_of(
    outcome: &TrackOutcome<'_>,
    source: &TrackSource<'_>,
    lineage: &[MetadataFile],
    preview: &PageTemplates,
    credited: &Credited,
    time: &str,
) -> Result<(Vec<u8>, Page), Failure> {
    let track = outcome.track;
    let sha256 = source.sha256.hexadecimal();
    let document = excerpt(
        source.document,
        &source.referred,
        &[track.position],
        &sha256,
        time,
    );
    let document_bytes = document_json::write(&document);
    let mut digester = Digester::new(false);
    digester.update(&document_bytes);
    let ancestors: Vec<Ancestor> = lineage
        .iter()
        .map(|file| Ancestor {
            key: file.key.clone(),
            name: file.name.clone(),
        })
        .collect();
    let input = TrackCrateInput {
        track,
        arrival: &outcome.arrival,
        document: &document,
        document_file: &digester.finish(),
        source_kind: source.kind,
        ancestors: &ancestors,
        credits: credited,
        tool: (super::NAME, env!("CARGO_PKG_VERSION")),
        time,
    };
    let crate_ = light_crate(&input);
    let page = page(&input);
    let preview = preview.write(&page, &crate_, DOCUMENT_FILE)?;
    let nested: Vec<NestedCrate<'_>> = lineage.iter().map(NestedCrate::of).collect();
    let writer = Cursor::new(Vec::new());
    let mut builder = CrateBuilder::new(writer, &metadata_json::write(&crate_), &nested, None)?;
    builder.add(DOCUMENT_FILE, &document_bytes)?;
    Ok((builder.finish(Some(&preview))?.into_inner(), page))
}
