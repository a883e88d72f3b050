//! Inputs and outputs of a job in a history export.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::attributes::{self, Mapping, id, shortened};
use super::keys::{DatasetKeys, number};
use crate::galaxy::lineage::{HistoryDataset, Port};

/// The datasets that a job read and made, as far as the export holds them.
pub(super) struct JobConnections {
    pub inputs: Vec<Port>,
    pub outputs: Vec<Port>,
    /// Whether the job read datasets that the export does not contain or does not distinguish.
    pub misses_inputs: bool,
}

/// The name of a port where an export has none.
const INPUT: &str = "input";
const OUTPUT: &str = "output";

/// Inputs and outputs of a job; `None` if the export does not state its outputs.
pub(super) fn of_job(
    job: &attributes::ExportedJob,
    keys: &DatasetKeys,
    datasets: &[HistoryDataset],
    designations: &[String],
) -> Option<JobConnections> {
    let is_mapped = job.input_dataset_mapping.is_some() || job.output_dataset_mapping.is_some();
    if is_mapped {
        let (inputs, misses_inputs) = by_id(job.input_dataset_mapping.as_ref(), keys);
        let (outputs, _) = by_id(job.output_dataset_mapping.as_ref(), keys);
        return Some(JobConnections {
            inputs,
            outputs,
            misses_inputs,
        });
    }
    let numbers = job.output_datasets.as_ref()?;
    let outputs = numbers.iter().filter_map(|number| {
        let place = keys.with_number(number)?;
        let name = match designations[place].as_str() {
            "" => OUTPUT,
            designation => designation,
        };
        Some(port(name, &datasets[place]))
    });
    let (inputs, misses_inputs) = by_number(job, keys, datasets);
    Some(JobConnections {
        inputs,
        outputs: outputs.collect(),
        misses_inputs,
    })
}

fn port(name: &str, dataset: &HistoryDataset) -> Port {
    Port {
        name: shortened(name).to_owned(),
        dataset: dataset.id.clone(),
    }
}

/// The datasets of a mapping that the export holds, and whether there are others.
fn by_id(mapping: Option<&Mapping>, keys: &DatasetKeys) -> (Vec<Port>, bool) {
    let all = mapping
        .into_iter()
        .flatten()
        .flat_map(|(name, ids)| ids.iter().map(move |value| (name, id(value))));
    let (known, unknown): (Vec<_>, Vec<_>) = all.partition(|(_, id)| keys.contains_id(id));
    let known = known.into_iter().map(|(name, dataset)| Port {
        name: shortened(name).to_owned(),
        dataset,
    });
    (known.collect(), !unknown.is_empty())
}

/// The same by numbers, which are those of the history that the dataset is in. A job reads what was there before it, so an
/// input with a number above those of its outputs is of another history, and the number means another dataset here.
fn by_number(
    job: &attributes::ExportedJob,
    keys: &DatasetKeys,
    datasets: &[HistoryDataset],
) -> (Vec<Port>, bool) {
    let named = job.input_mapping.iter().flatten();
    let mut all: Vec<(&str, &Json)> = named.map(|(name, value)| (name.as_str(), value)).collect();
    let mut seen: HashSet<Option<u64>> = all.iter().map(|(_, value)| number(value)).collect();
    for value in job.input_datasets.iter().flatten() {
        if seen.insert(number(value)) {
            all.push((INPUT, value));
        }
    }
    let made = job.output_datasets.iter().flatten().filter_map(number);
    let first_made = made.min().unwrap_or(u64::MAX);
    let mut inputs = Vec::new();
    let mut misses = false;
    for (name, value) in all {
        let is_earlier = number(value).is_some_and(|number| number < first_made);
        match keys.with_number(value).filter(|_| is_earlier) {
            Some(place) => inputs.push(port(name, &datasets[place])),
            None => misses = true,
        }
    }
    (inputs, misses)
}
