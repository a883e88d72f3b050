//! The light crates, one for each track that Galaxy gets.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::cli::{self, Failure};
use crate::ro_crate::credits::Credited;
use crate::ro_crate::imported_track::TrackOutcome;
use crate::ro_crate::light_crate::TrackArrival;
use crate::ro_crate::light_crate_zip::LightCrates;
use crate::ro_crate::page::html::PageTemplates;
use crate::ro_crate::page::of_crates::CratesOverview;
use crate::ro_crate::track_source::TrackSource;

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
        let crates = LightCrates {
            credits: &credited,
            tool: (super::NAME, env!("CARGO_PKG_VERSION")),
            time,
            templates: Some(preview),
        };
        let arrival = TrackArrival::of_import(&outcome.arrival);
        let (bytes, page) = crates.zip(outcome.track, arrival, &sources[place], lineage)?;
        let path = folder.crate_(number);
        cli::write(&path, &bytes)?;
        overview.add_section(section(outcome, Some(page)))?;
        paths.push(Some(path));
    }
    Ok(paths)
}
