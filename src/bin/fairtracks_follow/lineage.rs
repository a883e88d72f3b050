//! The lineage, from whichever of its producers was given.

use fairtracks::cli::{self, Failure};
use fairtracks::format::lineage_json;
use fairtracks::model::lineage::{Lineage, Producer, Reason};
use fairtracks::model::result_file::ResultFile;

use super::arguments::Arguments;

/// The lineage; none where none was given.
pub fn lineage(arguments: &Arguments, _results: &[ResultFile]) -> Result<Option<Lineage>, Failure> {
    if let Some(path) = &arguments.lineage {
        let read = lineage_json::read(&cli::read(path)?);
        return Ok(Some(
            read.map_err(|error| Failure::at(path.display(), error))?,
        ));
    }
    Ok(None)
}

/// The id of a result in the lineage.
pub fn leaf<'l>(lineage: &'l Lineage, result: &ResultFile) -> Option<&'l str> {
    let by_id = lineage
        .datasets
        .iter()
        .find(|dataset| dataset.id == result.id && !result.id.is_empty());
    let by_uuid = || {
        let mut same = lineage
            .datasets
            .iter()
            .filter(|dataset| dataset.uuid == result.uuid && !result.uuid.is_empty());
        same.next()
    };
    by_id.or_else(by_uuid).map(|dataset| dataset.id.as_str())
}

/// What is said of the lineage, in a sentence.
pub fn told(lineage: Option<&Lineage>) -> String {
    let Some(lineage) = lineage else {
        return "no lineage was given, so only content proves".to_owned();
    };
    let from = match lineage.producer {
        Producer::Walk => "Galaxy's record of jobs, looked up by the tool",
        Producer::HistoryExport => "the export of the history",
        Producer::Api => "Galaxy's record of jobs, asked for by its address",
    };
    let mut text = format!(
        "{from}: {} datasets, {} jobs",
        lineage.datasets.len(),
        lineage.jobs.len()
    );
    if let Some(seconds) = lineage.seconds {
        let thousands = lineage.datasets.len().max(1) as f64 / 1000.0;
        text.push_str(&format!(
            " in {seconds:.1} s ({:.1} s per 1,000 datasets)",
            seconds / thousands
        ));
    }
    let reasons: std::collections::BTreeSet<Reason> =
        lineage.stopped.iter().map(|stop| stop.why).collect();
    for reason in reasons {
        text.push_str(match reason {
            Reason::Limit => "; it is longer than what is looked at",
            Reason::Access => "; it ends at datasets that the user may not see",
            Reason::Error => "; Galaxy could not give all of it",
        });
    }
    text
}
