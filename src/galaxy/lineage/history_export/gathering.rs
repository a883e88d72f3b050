//! The lineage of a history out of its attributes.

use super::attributes::{self, Collection, Conversion, Element, id, shortened, text};
use super::connections::{self, JobConnections};
use super::keys::{DatasetKeys, uuid};
use crate::galaxy::lineage::file_metadata::{known_hashes, known_sources};
use crate::galaxy::lineage::{HistoryDataset, Job, Lineage, Producer, Stop, StopReason};

/// How many datasets a lineage has before originals of other histories are left out: each repeats what its copy has.
const MOST_DATASETS: usize = 200_000;
/// How many hashes and sources an original has of those of its copy; Galaxy writes one or two.
const MOST_SHARED: usize = 8;

/// The content of an archive.
pub(super) struct Export {
    /// 16 hexadecimal digits that identify the archive, for objects without ids.
    pub key: String,
    pub datasets: Vec<attributes::ExportedDataset>,
    pub jobs: Vec<attributes::ExportedJob>,
    pub collections: Vec<Collection>,
    pub conversions: Vec<Conversion>,
}

pub(super) fn lineage(export: Export) -> Lineage {
    let mut lineage = Lineage::empty(Producer::HistoryExport);
    let mut keys = DatasetKeys::default();
    let mut designations: Vec<String> = Vec::new();
    let mut copies: Vec<(usize, Vec<String>)> = Vec::new();
    for attributes in export.datasets {
        let provenance: Vec<String> = attributes
            .copied_from_history_dataset_association_id_chain
            .as_ref()
            .map(|provenance| {
                provenance
                    .iter()
                    .map(id)
                    .filter(|id| !id.is_empty())
                    .collect()
            })
            .unwrap_or_default();
        let own_id = own_id(&attributes, &export.key);
        if own_id.is_empty() || keys.contains_id(&own_id) {
            continue;
        }
        keys.insert(&attributes, &own_id, lineage.datasets.len());
        designations.push(shortened(&text(&attributes.designation)).to_owned());
        let dataset = dataset(attributes, own_id, provenance.first().cloned());
        if !provenance.is_empty() {
            copies.push((lineage.datasets.len(), provenance));
        }
        lineage.datasets.push(dataset);
    }
    // What a dataset of the history is a copy of may be of another history; it has the same bytes.
    for (copy, provenance) in copies {
        for (number, id) in provenance.iter().enumerate() {
            if keys.contains_id(id) {
                continue;
            }
            if lineage.datasets.len() >= MOST_DATASETS {
                let stop = limit(&lineage.datasets[copy].id);
                lineage.stopped.push(stop);
                break;
            }
            let original = original(&lineage.datasets[copy], id, provenance.get(number + 1));
            keys.insert_id(id, lineage.datasets.len());
            designations.push(String::new());
            lineage.datasets.push(original);
        }
    }
    for collection in &export.collections {
        let elements = collection
            .collection
            .as_ref()
            .map_or(&collection.elements, |inner| &inner.elements);
        identify(
            elements.as_deref().unwrap_or_default(),
            &keys,
            &mut lineage.datasets,
        );
    }
    lineage.galaxy.version = version(&export.jobs);
    let mut is_job_unconnected = false;
    for (number, attributes) in export.jobs.into_iter().enumerate() {
        let connections = connections::of_job(&attributes, &keys, &lineage.datasets, &designations);
        match connections {
            Some(connections) => {
                let id = match id(&attributes.encoded_id) {
                    id if id.is_empty() => format!("{}-job-{}", export.key, number + 1),
                    id => id,
                };
                add_job(attributes, id, connections, &keys, &mut lineage);
            }
            None => is_job_unconnected = true,
        }
    }
    if is_job_unconnected {
        // Any dataset without a job may be what that job made.
        let ends = lineage
            .datasets
            .iter()
            .filter(|dataset| dataset.created_by.is_none() && dataset.copied_from.is_none());
        let stops: Vec<Stop> = ends.map(|dataset| limit(&dataset.id)).collect();
        lineage.stopped.extend(stops);
    }
    for conversion in &export.conversions {
        let place = keys.with_id(&id(&conversion.hda));
        let made = place
            .map(|place| &lineage.datasets[place])
            .filter(|made| made.created_by.is_none());
        if let Some(made) = made.filter(|_| !id(&conversion.parent_hda).is_empty()) {
            let stop = limit(&made.id);
            lineage.stopped.push(stop);
        }
    }
    lineage.complete = lineage.stopped.is_empty();
    lineage
}

/// The id of a dataset: the encoded one, else one made of the archive and its number in the history.
fn own_id(attributes: &attributes::ExportedDataset, archive: &str) -> String {
    match (id(&attributes.encoded_id), id(&attributes.hid)) {
        (encoded, _) if !encoded.is_empty() => encoded,
        (_, hid) if !hid.is_empty() => {
            // A converted dataset has the number of its original, and other bytes.
            format!("{archive}-{hid}-{}", uuid(attributes))
        }
        _ => String::new(),
    }
}

fn dataset(
    attributes: attributes::ExportedDataset,
    id: String,
    copied_from: Option<String>,
) -> HistoryDataset {
    let uuid = uuid(&attributes);
    let file = attributes.file_metadata.unwrap_or_default();
    let tags = attributes
        .tags
        .as_array()
        .map(|tags| tags.iter().map(attributes::id).collect());
    let dbkey = attributes
        .metadata
        .map(|metadata| text(&metadata.dbkey))
        .unwrap_or_default();
    HistoryDataset {
        id,
        uuid,
        hid: attributes.hid.as_u64(),
        name: shortened(&attributes.name.unwrap_or_default()).to_owned(),
        extension: attributes.extension.unwrap_or_default(),
        dbkey: if dbkey.is_empty() {
            "?".to_owned()
        } else {
            dbkey
        },
        element_identifier: String::new(),
        tags: tags.unwrap_or_default(),
        hashes: known_hashes(file.hashes),
        sources: known_sources(file.sources),
        size: None,
        created_by: None,
        copied_from,
    }
}

/// A dataset that a copy goes back to, with what all of them share.
fn original(copy: &HistoryDataset, id: &str, copied_from: Option<&String>) -> HistoryDataset {
    HistoryDataset {
        id: id.to_owned(),
        // It has another number, in another history.
        hid: None,
        tags: Vec::new(),
        copied_from: copied_from.cloned(),
        hashes: copy.hashes.iter().take(MOST_SHARED).cloned().collect(),
        sources: copy.sources.iter().take(MOST_SHARED).cloned().collect(),
        ..copy.clone()
    }
}

/// Notes what collections call the datasets; the first collection counts.
fn identify(elements: &[Element], keys: &DatasetKeys, datasets: &mut [HistoryDataset]) {
    for element in elements {
        if let Some(inner) = &element.child_collection {
            identify(
                inner.elements.as_deref().unwrap_or_default(),
                keys,
                datasets,
            );
        }
        let place = element
            .hda
            .as_ref()
            .and_then(|link| keys.with(&link.encoded_id, &link.hid));
        if let Some(place) = place
            && datasets[place].element_identifier.is_empty()
        {
            datasets[place].element_identifier =
                element.element_identifier.clone().unwrap_or_default();
        }
    }
}

/// The newest version of Galaxy that ran a job.
fn version(jobs: &[attributes::ExportedJob]) -> String {
    let versions = jobs.iter().filter_map(|job| job.galaxy_version.as_deref());
    let numbers = |version: &str| -> Vec<u64> {
        version
            .split('.')
            .map_while(|part| part.parse().ok())
            .collect()
    };
    versions
        .max_by_key(|version| numbers(version))
        .unwrap_or_default()
        .to_owned()
}

fn limit(at: &str) -> Stop {
    Stop {
        at: at.to_owned(),
        why: StopReason::Limit,
        said: String::new(),
    }
}

fn add_job(
    attributes: attributes::ExportedJob,
    job_id: String,
    connections: JobConnections,
    keys: &DatasetKeys,
    lineage: &mut Lineage,
) {
    // Some versions write of a job nothing but what it made.
    let is_unknown = attributes.tool_id.is_none();
    for output in &connections.outputs {
        if let Some(place) = keys.with_id(&output.dataset) {
            let made = &mut lineage.datasets[place];
            made.created_by.get_or_insert_with(|| job_id.clone());
        }
        if connections.misses_inputs || is_unknown {
            lineage.stopped.push(limit(&output.dataset));
        }
    }
    lineage.jobs.push(Job {
        id: job_id,
        tool_id: attributes.tool_id.unwrap_or_default(),
        // An export has no names of tools.
        tool_name: String::new(),
        tool_version: attributes.tool_version.unwrap_or_default(),
        state: attributes.state.unwrap_or_default(),
        // The export has when the job was given to Galaxy, and when its record was written last.
        start: attributes.create_time,
        end: attributes.update_time,
        exit_code: attributes.exit_code,
        parameters: attributes.params.unwrap_or_default(),
        inputs: connections.inputs,
        outputs: connections.outputs,
        citations: Vec::new(),
    });
}
