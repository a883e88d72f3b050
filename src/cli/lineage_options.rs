//! Options for the lineage of datasets, Galaxy's record of the jobs that made them, and its reading.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::{Failure, GalaxyQuestion, open, read};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::described_datasets::DescribedDataset;
use crate::galaxy::lineage::{Lineage, Producer, StopReason};
use crate::galaxy::lineage::{history_export, lineage_json};
use crate::text::counted;

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

    /// The lineage of datasets from a file; none where none was given. What could not be read of it goes to `findings`.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(
        &self,
        results: &[DatasetFile],
        findings: &mut Vec<String>,
    ) -> Result<Option<Lineage>, Failure> {
        let mut exports = Vec::new();
        for (number, path) in self.history_export.iter().enumerate() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("history export {} ({name})", number + 1);
            let at = |problem: &dyn std::fmt::Display| Failure::at(&name, problem);
            let file = open(path).map_err(|error| at(&error))?;
            let export = history_export::read(file).map_err(|error| at(&error))?;
            let named = export.findings.iter();
            findings.extend(named.map(|finding| format!("{name}: {finding}")));
            exports.push(export.lineage);
        }
        if let Some(all) = Lineage::joined(exports) {
            let leaves = results.iter().map(|result| all.dataset_of(result));
            let leaves = leaves
                .map(|leaf| leaf.unwrap_or_default().to_owned())
                .collect();
            return Ok(Some(all.leading_to(leaves)));
        }
        if let Some(path) = &self.lineage {
            let read = lineage_json::read(&read(path)?);
            return Ok(Some(
                read.map_err(|error| Failure::at(path.display(), error))?,
            ));
        }
        Ok(None)
    }
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
