//! What an earlier import has: its outcomes, its datasets and its light crates.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::archive::digest::Sha256Sum;
use crate::cli::{self, Failure, dataset_options};
use crate::ro_crate::crate_archive::CrateDetail;
use crate::ro_crate::imported_track::PlannedTrack;

use super::outcomes::{self, EarlierOutcome, known_as};
use crate::tools::import::arguments::ImportArguments;
use crate::tools::import::names::ImportNames;

/// An earlier import as far as it is given and readable.
pub struct EarlierImport {
    /// The imported tracks by what they are known by.
    outcomes: HashMap<String, Vec<EarlierOutcome>>,
    /// The datasets by their content.
    datasets: HashMap<Sha256Sum, PathBuf>,
    /// The names of all datasets, where they are known.
    names: Option<HashSet<String>>,
    /// The light crates by the content of their tracks.
    crates: HashMap<Sha256Sum, Vec<EarlierCrate>>,
}

/// A light crate of an earlier import.
pub(super) struct EarlierCrate {
    pub path: PathBuf,
    element_identifier: String,
    /// The tag that the earlier import gave the track.
    pub name_tag: Option<String>,
    /// The SHA-256 of the bytes as downloaded, where they are not those of the dataset.
    pub served: Option<Sha256Sum>,
}

/// What an earlier import has of a track.
pub(super) struct EarlierTrack<'e> {
    pub outcome: &'e EarlierOutcome,
    pub dataset: &'e Path,
    pub light_crate: &'e EarlierCrate,
}

impl EarlierImport {
    /// Reads the earlier import that the arguments name, to import these tracks.
    ///
    /// # Errors
    /// Table, tracks and crates are not given together; the table cannot be read, or contains none of the tracks.
    pub fn read(
        arguments: &ImportArguments,
        names: &ImportNames,
        tracks: &[PlannedTrack],
    ) -> Result<Option<Self>, Failure> {
        let Some(table) = together(arguments)? else {
            return Ok(None);
        };
        let at = |problem: &dyn std::fmt::Display| Failure::at(&names.earlier_table, problem);
        let bytes = cli::read_bytes(table).map_err(|error| at(&error))?;
        let outcomes = outcomes::read(&bytes).map_err(|error| at(&error))?;
        let addresses: Vec<String> = tracks.iter().map(PlannedTrack::address).collect();
        let mut known = tracks.iter().zip(&addresses);
        let is_known = known
            .any(|(track, address)| outcomes.tracks.contains(known_as(&track.local_id, address)));
        if !is_known && !tracks.is_empty() && !outcomes.tracks.is_empty() {
            return Err(at(
                &"found none of the tracks to import, expected the table of outcomes of an earlier import of the same tracks: select the table of that import",
            ));
        }
        let datasets = datasets(arguments, &outcomes.imported)?;
        let crates = crates(arguments, names)?;
        let mut by_track: HashMap<String, Vec<EarlierOutcome>> = HashMap::new();
        for outcome in outcomes.imported {
            let key = known_as(&outcome.local_id, &outcome.source_url).to_owned();
            by_track.entry(key).or_default().push(outcome);
        }
        let names = names.earlier_tracks.as_ref();
        Ok(Some(EarlierImport {
            outcomes: by_track,
            datasets,
            names: names.map(|names| names.iter().cloned().collect()),
            crates,
        }))
    }

    /// The track in the earlier import; none where that import does not have it.
    ///
    /// # Errors
    /// Why it is imported again.
    pub(super) fn track(&self, track: &PlannedTrack) -> Result<Option<EarlierTrack<'_>>, String> {
        let address = track.address();
        let Some(outcomes) = self.outcomes.get(known_as(&track.local_id, &address)) else {
            return Ok(None);
        };
        let checksum = track.checksum.as_ref();
        let wanted = checksum.map_or("", |wanted| wanted.sum.as_str());
        let mut same = outcomes
            .iter()
            .filter(|outcome| outcome.source_url == address && outcome.checksums.0 == wanted);
        let Some(first) = same.clone().next() else {
            return Err("the document has another URL or checksum".to_owned());
        };
        let identifier = track.element_identifier.as_str();
        let Some(outcome) = same.find(|outcome| outcome.element_identifier == identifier) else {
            return Err(format!(
                "its element identifier was `{}`",
                first.element_identifier
            ));
        };
        let datatype = track.datatype.extension;
        if datatype != outcome.datatype && [datatype, &outcome.datatype].contains(&"encodepeak") {
            return Err(format!("its datatype was `{}`", outcome.datatype));
        }
        let Some(dataset) = self.datasets.get(&outcome.sha256) else {
            let is_there = self.names.as_ref().map(|names| names.contains(identifier));
            return Err(match is_there {
                Some(true) => format!("the dataset `{identifier}` was changed"),
                Some(false) => format!("the dataset `{identifier}` was deleted or renamed"),
                None => format!(
                    "no dataset has the recorded SHA-256 {}",
                    outcome.sha256.hexadecimal()
                ),
            });
        };
        let crates = self.crates.get(&outcome.sha256).into_iter().flatten();
        let mut crates = crates.filter(|known| known.element_identifier == identifier);
        match crates.next() {
            Some(light_crate) => Ok(Some(EarlierTrack {
                outcome,
                dataset,
                light_crate,
            })),
            None => Err(format!("no crate describes the dataset `{identifier}`")),
        }
    }
}

/// The table of an earlier import, where table, tracks and crates are given.
fn together(arguments: &ImportArguments) -> Result<Option<&Path>, Failure> {
    let parts = [
        ("its table of outcomes", arguments.earlier_table.is_some()),
        ("its tracks", !arguments.earlier_tracks.is_empty()),
        ("its crates", !arguments.earlier_crates.is_empty()),
    ];
    let given = parts.iter().filter(|(_, is_given)| *is_given);
    let given: Vec<&str> = given.map(|(part, _)| *part).collect();
    if [0, parts.len()].contains(&given.len()) {
        return Ok(arguments.earlier_table.as_deref());
    }
    let problem = format!(
        "found only {}, expected its table of outcomes, its tracks and its crates: select all three or none",
        given.join(" and ")
    );
    Err(Failure::at("earlier import", problem))
}

/// The datasets by their content. Only files as long as an imported track are hashed.
fn datasets(
    arguments: &ImportArguments,
    imported: &[EarlierOutcome],
) -> Result<HashMap<Sha256Sum, PathBuf>, Failure> {
    let sizes: HashSet<u64> = imported.iter().map(|outcome| outcome.bytes).collect();
    let paths = cli::files(&arguments.earlier_tracks)?;
    let hashed = paths.into_par_iter().with_max_len(1).map(|path| {
        let mut file = cli::open(&path).ok()?;
        if !sizes.contains(&file.metadata().ok()?.len()) {
            return None;
        }
        let digests = cli::digests(&mut file, &[]).ok()?;
        Some((digests.sha256, path))
    });
    Ok(hashed.flatten_iter().collect())
}

/// The light crates by the content of their tracks; a file that is none is said and left out.
fn crates(
    arguments: &ImportArguments,
    names: &ImportNames,
) -> Result<HashMap<Sha256Sum, Vec<EarlierCrate>>, Failure> {
    let paths = cli::files(&arguments.earlier_crates)?;
    let name = |place: usize, path: &Path| {
        let given = names.earlier_crates.as_ref();
        let given = given.and_then(|names| names.get(place).cloned());
        given.unwrap_or_else(|| path.display().to_string())
    };
    let read = paths.par_iter().enumerate().with_max_len(1);
    let read = read.map(|(place, path)| light_crate(path, &name(place, path)));
    let read: Vec<_> = read.collect();
    let mut crates: HashMap<Sha256Sum, Vec<EarlierCrate>> = HashMap::new();
    for found in read {
        match found {
            Ok(Some((content, known))) => crates.entry(content).or_default().push(known),
            Ok(None) => {}
            Err(failure) => cli::say(format!("{failure}; not used")),
        }
    }
    Ok(crates)
}

/// What a crate says of its track; none where it is no light crate of a track, or contains credentials.
fn light_crate(path: &Path, name: &str) -> Result<Option<(Sha256Sum, EarlierCrate)>, Failure> {
    let read = dataset_options::read_crate(path, name, CrateDetail::Metadata)?;
    let own = read.metadata_files.iter().find(|file| file.key == read.key);
    let described = own.map_or(&[][..], |file| &file.summary.described_files);
    let [track] = described else {
        return Ok(None);
    };
    let (Some(content), true) = (track.content, read.is_light && track.is_source) else {
        return Ok(None);
    };
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let mut sums = track.sha256.iter().filter_map(|sum| Sha256Sum::parse(sum));
    Ok(Some((
        content,
        EarlierCrate {
            path,
            element_identifier: track.element_identifier.clone().unwrap_or_default(),
            name_tag: track.name_tag.clone(),
            served: sums.find(|sum| *sum != content),
        },
    )))
}
