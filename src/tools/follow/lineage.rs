//! The lineage, from whichever of its producers was given.

use std::collections::BTreeSet;

use crate::cli::{self, Failure};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::lineage::api::{Bounds, GalaxyApi};
use crate::galaxy::lineage::{Lineage, Producer, StopReason};
use crate::galaxy::lineage::{history_export, lineage_json};
use crate::remote::site_settings;

use super::arguments::FollowArguments;

/// The lineage; none where none was given. What could not be read of it goes to `findings`.
pub fn lineage(
    arguments: &FollowArguments,
    results: &[DatasetFile],
    findings: &mut Vec<String>,
) -> Result<Option<Lineage>, Failure> {
    let mut exports = Vec::new();
    for path in &arguments.history_export {
        let at = |problem: &dyn std::fmt::Display| Failure::at(path.display(), problem);
        let file = cli::open(path).map_err(|error| at(&error))?;
        let export = history_export::read(file).map_err(|error| at(&error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
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
    if let Some(path) = &arguments.lineage {
        let read = lineage_json::read(&cli::read(path)?);
        return Ok(Some(
            read.map_err(|error| Failure::at(path.display(), error))?,
        ));
    }
    match &arguments.galaxy {
        Some(address) => asked(address, results).map(Some),
        None => Ok(None),
    }
}

/// The lineage of the results from the API of a Galaxy server, by their ids.
fn asked(address: &str, results: &[DatasetFile]) -> Result<Lineage, Failure> {
    let ids: Vec<String> = results.iter().map(|result| result.id.clone()).collect();
    if ids.iter().all(String::is_empty) {
        let problem = "found no dataset id, expected `--dataset ID` for each result, in the same order (in Galaxy: dataset details, API ID)";
        return Err(Failure::at("--galaxy", problem));
    }
    let key = std::env::var("GALAXY_API_KEY").unwrap_or_default();
    let galaxy = GalaxyApi::connect(address, &key, Bounds::default(), &site_settings()?);
    let asked = galaxy.and_then(|galaxy| galaxy.lineage(&ids, &|_| false));
    let asked = asked.map_err(|error| Failure::at("--galaxy", error))?;
    Ok(asked.lineage)
}

/// The summary of the lineage, in a sentence.
pub fn summary(lineage: Option<&Lineage>) -> String {
    let Some(lineage) = lineage else {
        return "no lineage given; sources are confirmed by content only".to_owned();
    };
    let from = match lineage.producer {
        Producer::Walk => "Galaxy's job records, read by the tool",
        Producer::HistoryExport => "the history export",
        Producer::Api => "Galaxy's job records, read through its API",
    };
    let (datasets, jobs) = (lineage.datasets.len(), lineage.jobs.len());
    let mut text = format!("{from}: {datasets} datasets, {jobs} jobs");
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
            StopReason::Limit => "; incomplete: limit of datasets, steps or time reached",
            StopReason::Access => "; incomplete: the user has no access to some ancestors",
            StopReason::Error => "; incomplete: Galaxy could not return all of it",
        });
    }
    text
}
