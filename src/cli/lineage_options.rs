//! Options for the lineage of datasets, Galaxy's record of the jobs that made them, and its reading.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::{Failure, GalaxyQuestion, dataset_options, open, read};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::described_datasets::DescribedDataset;
use crate::galaxy::lineage::{Lineage, Producer, StopReason};
use crate::galaxy::lineage::{history_export, lineage_json};
use crate::text::{controls::visible, counted, private_text::public_name};

/// Where the lineage is read from.
#[derive(Args)]
pub struct LineageOptions {
    /// Lineage of the data (JSON), as `fairtracks_follow --output-lineage` writes it
    #[arg(long, value_name = "FILE")]
    lineage: Option<PathBuf>,

    /// History exports to read the lineage from, of any Galaxy version: of the history with the data, and of those that
    /// datasets were copied from
    #[arg(long, value_name = "ARCHIVE", conflicts_with = "lineage")]
    history_export: Vec<PathBuf>,

    /// File with the display names of the history exports (a JSON list of strings)
    #[arg(long, value_name = "FILE", requires = "history_export")]
    history_export_names: Option<PathBuf>,

    /// URL of the Galaxy server that holds the data, to read the lineage and the crates of the tracks from its API, with the
    /// key in the environment variable GALAXY_API_KEY
    #[arg(long, value_name = "URL", conflicts_with_all = ["lineage", "history_export"])]
    galaxy: Option<String>,

    /// Dataset id on that server, or UUID with `--history-export`; repeat for each file, in the same order
    #[arg(long, value_name = "ID", conflicts_with = "described")]
    dataset: Vec<String>,

    /// Description of the running Galaxy job (JSON), written by the Galaxy wrapper, to read the same from the API of the
    /// Galaxy that runs the job; standard input holds the key of its user
    #[arg(long, value_name = "FILE", conflicts_with_all = ["lineage", "history_export", "galaxy", "dataset"])]
    galaxy_job: Option<PathBuf>,

    /// Stop asking Galaxy after this time, and use the lineage up to there
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    lineage_seconds: u64,
}

impl LineageOptions {
    /// All files that are read.
    pub fn inputs(&self) -> impl Iterator<Item = &Path> {
        let all = self.history_export.iter().chain(&self.lineage);
        let all = all.chain(&self.history_export_names);
        let all = all.chain(&self.galaxy_job);
        all.map(PathBuf::as_path)
    }

    /// Adds the ids given for datasets to their descriptions.
    ///
    /// # Errors
    /// More or fewer ids than datasets.
    pub fn add_ids(&self, described: &mut [DescribedDataset]) -> Result<(), Failure> {
        let ids = &self.dataset;
        if !ids.is_empty() && ids.len() != described.len() {
            let problem = format!(
                "found {} ids, expected {}, one for each file",
                ids.len(),
                described.len()
            );
            return Err(Failure::at("--dataset", problem));
        }
        for (described, id) in described.iter_mut().zip(ids) {
            described.id.clone_from(id);
        }
        Ok(())
    }

    /// Asks a Galaxy for the lineage of datasets; none where no Galaxy was given. A running job goes on without lineage where
    /// its Galaxy cannot be asked.
    ///
    /// # Errors
    /// The file cannot be read, or the Galaxy given by its URL cannot be asked.
    pub fn ask(&self, question: GalaxyQuestion<'_>) -> Result<Option<Lineage>, Failure> {
        let time = Duration::from_secs(self.lineage_seconds);
        if let Some(path) = &self.galaxy_job {
            return question.of_running_job(path, time).map(Some);
        }
        match &self.galaxy {
            Some(address) => question.of_ids(address, time).map(Some),
            None => Ok(None),
        }
    }

    /// The lineage of results from files; none where none was given. What could not be read of it goes to `findings`. A history
    /// export that cannot be read is a finding, and the others are used. Results that a file of lineage names by their order
    /// alone get the ids of its leaves.
    ///
    /// # Errors
    /// A file of lineage that cannot be read, or more or fewer names than history exports.
    pub fn read(
        &self,
        results: &mut [DatasetFile],
        findings: &mut Vec<String>,
    ) -> Result<ReadLineage, Failure> {
        if let Some(path) = &self.lineage {
            let lineage = lineage_json::read(&read(path)?);
            let lineage = lineage.map_err(|error| Failure::at(path.display(), error))?;
            findings.extend(missing_from(&lineage, results));
            return Ok(ReadLineage {
                lineage: Some(lineage),
                ..ReadLineage::default()
            });
        }
        let mut read = ReadLineage::default();
        let mut exports = Vec::new();
        let paths = &self.history_export;
        let names = dataset_options::display_names(
            self.history_export_names.as_deref(),
            paths,
            "history export",
        )?;
        for (path, name) in paths.iter().zip(names) {
            let name = format!("history export {}", public_name(&visible(&name)));
            let at = |problem: &dyn std::fmt::Display| Failure::at(&name, problem);
            let export = open(path).map_err(|error| at(&error));
            match export.and_then(|file| history_export::read(file).map_err(|error| at(&error))) {
                Ok(export) => {
                    let named = export.findings.iter();
                    findings.extend(named.map(|finding| format!("{name}: {finding}")));
                    exports.push(export.lineage);
                }
                Err(failure) => {
                    read.unreadable.push(format!("{failure}; not used"));
                    read.failure.get_or_insert(failure);
                }
            }
        }
        findings.extend_from_slice(&read.unreadable);
        read.exports = exports.len();
        if let Some(all) = Lineage::joined(exports) {
            let leaves = results.iter().map(|result| all.dataset_of(result));
            let leaves = leaves
                .map(|leaf| leaf.unwrap_or_default().to_owned())
                .collect();
            read.lineage = Some(all.leading_to(leaves));
            read.failure = None;
        }
        Ok(read)
    }
}

/// The lineage that was read from files.
#[derive(Default)]
pub struct ReadLineage {
    /// The lineage; none where no file has any.
    pub lineage: Option<Lineage>,
    /// A finding for each history export that cannot be read.
    unreadable: Vec<String>,
    /// The number of history exports that can be read.
    exports: usize,
    /// The failure of the first history export where none of them can be read.
    pub failure: Option<Failure>,
}

impl ReadLineage {
    /// Fails if not all history exports could be read, for `--strict`.
    ///
    /// # Errors
    /// How many could not, and the first of them.
    pub fn all_readable(&self) -> Result<(), Failure> {
        dataset_options::all_readable("history exports", &self.unreadable, self.exports)
    }
}

/// Gives results that have neither id nor UUID the ids of the leaves, and returns a finding where the lineage contains none of
/// them. The order counts where there are as many leaves as results, all of their sizes.
fn missing_from(lineage: &Lineage, results: &mut [DatasetFile]) -> Option<String> {
    let is_missing = |result: &DatasetFile| lineage.dataset_of(result).is_none();
    let is_nameless = |result: &DatasetFile| result.id.is_empty() && result.uuid.is_empty();
    let size_of = |leaf: &String| {
        let mut datasets = lineage.datasets.iter();
        datasets.find(|dataset| dataset.id == *leaf)?.size
    };
    let sizes: Vec<Option<u64>> = lineage.leaves.iter().map(size_of).collect();
    if results.iter().any(is_missing) && results.iter().all(is_nameless) {
        let found = results.iter().map(|result| Some(result.digests.bytes));
        if sizes.iter().copied().eq(found) {
            for (result, leaf) in results.iter_mut().zip(&lineage.leaves) {
                result.id.clone_from(leaf);
            }
        }
    }
    let is_alien = !results.is_empty() && results.iter().all(is_missing);
    let why = if !results.iter().all(is_nameless) {
        String::new()
    } else if sizes.len() != results.len() {
        format!(
            ", and it is of {}, not of {}",
            counted(sizes.len(), "result"),
            results.len()
        )
    } else if sizes.contains(&None) {
        ", and their order proves nothing without their sizes, which it does not have".to_owned()
    } else {
        ", and its results have other sizes or another order".to_owned()
    };
    is_alien.then(|| {
        format!(
            "the lineage contains none of the results (no matching id, UUID or hash{why}): give the dataset id of each file with `--dataset`, in the same order, or as `id` in the file of `--described`"
        )
    })
}

/// The summary of the lineage, in a sentence.
pub fn summary(lineage: Option<&Lineage>) -> String {
    let Some(lineage) = lineage else {
        return "no lineage given; sources are confirmed by content only".to_owned();
    };
    let from = match lineage.producer {
        Producer::Walk => "Galaxy's job records, read when the job was prepared",
        Producer::HistoryExport => "the history export",
        Producer::Api => "Galaxy's job records, read through its API",
    };
    let (datasets, jobs) = (lineage.datasets.len(), lineage.jobs.len());
    let counts = [counted(datasets, "dataset"), counted(jobs, "job")];
    let mut text = format!("{from}: {}", counts.join(", "));
    if let Some(seconds) = lineage.seconds {
        text.push_str(&format!(" in {seconds:.1} s"));
        // No extrapolation from fewer than a thousand.
        let thousands = lineage.datasets.len() as f64 / 1000.0;
        if thousands >= 1.0 {
            let each = seconds / thousands;
            text.push_str(&format!(" ({each:.1} s per 1,000 datasets)"));
        }
    }
    if lineage.producer == Producer::HistoryExport && lineage.leaves.iter().all(String::is_empty) {
        text.push_str(
            "; it contains none of the results (no matching id, UUID or hash): export the history that contains them",
        );
    }
    let reasons: BTreeSet<StopReason> = lineage.stopped.iter().map(|stop| stop.why).collect();
    for reason in reasons {
        text.push_str(match reason {
            StopReason::Limit if lineage.producer == Producer::HistoryExport => {
                "; incomplete: some ancestors are in other histories or purged"
            }
            StopReason::Limit => {
                "; incomplete: limit of datasets, steps or time reached; an export of the history as source of the lineage has no such limit"
            }
            StopReason::Access => "; incomplete: the user has no access to some ancestors",
            StopReason::Error => "; incomplete: Galaxy could not return all of it",
        });
    }
    text
}
