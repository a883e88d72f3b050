//! Lineage and crates asked from a Galaxy: by a running job of the Galaxy that runs it, or from the command line.

use std::io::{self, Cursor, Read as _};
use std::path::Path;
use std::time::Duration;

use super::document_options::SearchedTracks;
use super::{Failure, read};
use crate::archive::digest::DigestFunction;
use crate::galaxy::described_datasets::DescribedDataset;
use crate::galaxy::lineage::api::{
    ApiError, Bounds, GalaxyApi, GalaxyLineage, KnownOrigin, OwnJob,
};
use crate::galaxy::lineage::{HistoryDataset, Lineage, Producer, Stop, StopReason};
use crate::remote::site_settings;
use crate::ro_crate::crate_archive::{CrateArchive, CrateDetail};
use crate::ro_crate::crate_index::CrateIndex;
use crate::ro_crate::known_crates::KnownCrates;
use crate::text::json::{self, JsonKind};

/// How many bytes the key of a user may have.
const LONGEST_KEY: u64 = 1000;

/// A question to a Galaxy: for the lineage of datasets and the crates of the tracks that it leads to.
pub struct GalaxyQuestion<'q> {
    /// The tool that asks.
    pub tool: &'q str,
    /// How much of a crate is read.
    pub detail: CrateDetail,
    /// The datasets, which get their ids.
    pub described: &'q mut [DescribedDataset],
    /// The crates that are known, to which those found are added.
    pub known: &'q mut KnownCrates,
    /// The documents that are searched.
    pub documents: &'q SearchedTracks,
    /// What could not be read.
    pub findings: &'q mut Vec<String>,
}

impl GalaxyQuestion<'_> {
    /// The lineage of the inputs of the running job. The key is read from standard input.
    pub(super) fn of_running_job(
        mut self,
        path: &Path,
        time: Duration,
    ) -> Result<Lineage, Failure> {
        let own: OwnJob = json::typed(&read(path)?, JsonKind::Metadata)
            .map_err(|error| Failure::at(path.display(), error))?;
        let mut key = String::new();
        let read = io::stdin().take(LONGEST_KEY).read_to_string(&mut key);
        read.map_err(|error| Failure::at("standard input", error))?;
        let asked = connected(&own.galaxy, &key, time)?.and_then(|galaxy| {
            let job = galaxy.running_job(&own, self.tool, self.described)?;
            job.identify(self.described);
            self.answer(&galaxy)
        });
        Ok(asked.unwrap_or_else(|error| {
            let (what, cause) = match error {
                ApiError::Key { .. } => (
                    "Galaxy gave the job no key of its user, as for users without an account".to_owned(),
                    "whether jobs of this tool get a key (environment variable GALAXY_API_KEY)",
                ),
                error => (error.to_string(), "whether jobs can reach this Galaxy at its galaxy_infrastructure_url"),
            };
            self.findings.push(format!(
                "the lineage could not be read: {what}. Sources are confirmed by content only: give an export of the history as source of the lineage, or ask your administrator {cause}"
            ));
            unreadable()
        }))
    }

    /// The lineage of datasets by the ids given for them. The key is in the environment.
    pub(super) fn of_ids(mut self, address: &str, time: Duration) -> Result<Lineage, Failure> {
        if self.described.iter().all(|dataset| dataset.id.is_empty()) {
            let problem = "found no dataset id, expected `--dataset ID` for each file, in the same order (in Galaxy: dataset details, API ID)";
            return Err(Failure::at("--galaxy", problem));
        }
        let key = std::env::var("GALAXY_API_KEY").unwrap_or_default();
        connected(address, &key, time)?
            .and_then(|galaxy| self.answer(&galaxy))
            .map_err(|error| Failure::at("--galaxy", error))
    }

    /// The lineage, back to the tracks of imports, and to those of the crates and documents that are known; the crates of the
    /// imports become known.
    fn answer(&mut self, galaxy: &GalaxyApi) -> Result<Lineage, ApiError> {
        let ids = self.described.iter().map(|dataset| dataset.id.clone());
        let ids: Vec<String> = ids.collect();
        let found = {
            let crate_index = self.known.index();
            let origin = |dataset: &HistoryDataset| match is_described(dataset, &crate_index) {
                true => Some(KnownOrigin::Crate),
                false => {
                    let is_identified = self.documents.identify(dataset);
                    is_identified.then_some(KnownOrigin::Document)
                }
            };
            galaxy.lineage(&ids, &origin)?
        };
        self.add_crates(galaxy, &found);
        Ok(found.lineage)
    }

    /// Fetches the crates of the tracks that the lineage leads to.
    fn add_crates(&mut self, galaxy: &GalaxyApi, found: &GalaxyLineage) {
        for collection in &found.crate_collections {
            let (fetched, missing) = galaxy.crates(collection);
            for each in fetched {
                match CrateArchive::read(Cursor::new(each.bytes), self.detail) {
                    Ok(read) => self.known.read.push((each.name, read)),
                    Err(error) => {
                        let unreadable = format!("{}: {error}; not used", each.name);
                        self.known.unreadable.push(unreadable);
                    }
                }
            }
            if let Some(first) = missing.first() {
                self.findings.push(format!(
                    "the crates of {} imported tracks could not be read from Galaxy (the first is {first}): they were deleted, or you have no access; give them as input",
                    missing.len()
                ));
            }
        }
    }
}

fn connected(
    address: &str,
    key: &str,
    time: Duration,
) -> Result<Result<GalaxyApi, ApiError>, Failure> {
    let bounds = Bounds {
        time,
        ..Bounds::default()
    };
    Ok(GalaxyApi::connect(address, key, bounds, &site_settings()?))
}

/// Whether a crate describes a file with a hash that Galaxy has for a dataset.
fn is_described(dataset: &HistoryDataset, crate_index: &CrateIndex<'_>) -> bool {
    dataset.hashes.iter().any(|hash| {
        let function = DigestFunction::named(&hash.function);
        function
            .is_some_and(|function| !crate_index.with_checksum(function, &hash.value).is_empty())
    })
}

/// The lineage of which nothing could be read.
fn unreadable() -> Lineage {
    Lineage {
        complete: false,
        stopped: vec![Stop {
            at: String::new(),
            why: StopReason::Error,
            said: String::new(),
        }],
        ..Lineage::empty(Producer::Api)
    }
}
