//! The lineage of a history out of its attributes.

use std::collections::{BTreeMap, HashMap};

use super::attributes::{self, Collection, Conversion, Element, Mapping, id, text};
use crate::model::lineage::{
    Dataset, Job, KnownHash, Lineage, Port, Producer, Reason, Source, Stop,
};

/// What an archive tells.
pub(super) struct Export {
    pub datasets: Vec<attributes::Dataset>,
    pub jobs: Vec<attributes::Job>,
    pub collections: Vec<Collection>,
    pub conversions: Vec<Conversion>,
}

pub(super) fn lineage(export: Export) -> Lineage {
    let mut lineage = Lineage::empty(Producer::HistoryExport);
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut originals: Vec<Dataset> = Vec::new();
    for attributes in export.datasets {
        let chain: Vec<String> = attributes
            .copied_from_history_dataset_association_id_chain
            .as_ref()
            .map(|chain| chain.iter().map(id).filter(|id| !id.is_empty()).collect())
            .unwrap_or_default();
        let dataset = dataset(attributes, chain.first().cloned());
        if dataset.id.is_empty() || places.contains_key(&dataset.id) {
            continue;
        }
        originals.extend(before(&dataset, &chain));
        places.insert(dataset.id.clone(), lineage.datasets.len());
        lineage.datasets.push(dataset);
    }
    // What a dataset of the history is a copy of may be of another history; it has the same bytes.
    for original in originals {
        if !places.contains_key(&original.id) {
            places.insert(original.id.clone(), lineage.datasets.len());
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
            &places,
            &mut lineage.datasets,
        );
    }
    lineage.galaxy.version = version(&export.jobs);
    for attributes in export.jobs {
        add_job(attributes, &places, &mut lineage);
    }
    for conversion in &export.conversions {
        let place = places.get(&id(&conversion.hda));
        let made = place
            .map(|place| &lineage.datasets[*place])
            .filter(|made| made.created_by.is_none());
        if let Some(made) = made.filter(|_| !id(&conversion.parent_hda).is_empty()) {
            let stop = limit(&made.id);
            lineage.stopped.push(stop);
        }
    }
    lineage.complete = lineage.stopped.is_empty();
    lineage
}

fn dataset(attributes: attributes::Dataset, copied_from: Option<String>) -> Dataset {
    let file = attributes.file_metadata.unwrap_or_default();
    let hashes = file.hashes.unwrap_or_default().into_iter();
    let sources = file.sources.unwrap_or_default().into_iter();
    let tags = attributes
        .tags
        .as_array()
        .map(|tags| tags.iter().map(id).collect());
    let dbkey = attributes
        .metadata
        .map(|metadata| text(&metadata.dbkey))
        .unwrap_or_default();
    Dataset {
        id: id(&attributes.encoded_id),
        uuid: attributes.dataset_uuid.unwrap_or_default(),
        name: attributes.name.unwrap_or_default(),
        extension: attributes.extension.unwrap_or_default(),
        dbkey: if dbkey.is_empty() {
            "?".to_owned()
        } else {
            dbkey
        },
        element_identifier: String::new(),
        tags: tags.unwrap_or_default(),
        hashes: hashes
            .filter(|hash| hash.extra_files_path.is_none())
            .filter_map(|hash| {
                Some(KnownHash {
                    function: hash.hash_function?,
                    value: hash.hash_value?,
                })
            })
            .collect(),
        sources: sources
            .filter(|source| source.extra_files_path.is_none())
            .filter_map(|source| {
                Some(Source {
                    url: source.source_uri?,
                })
            })
            .collect(),
        size: None,
        created_by: None,
        copied_from,
    }
}

/// The datasets that a copy goes back to, each with what all of them share.
fn before(copy: &Dataset, chain: &[String]) -> Vec<Dataset> {
    let original = |(number, id): (usize, &String)| Dataset {
        id: id.clone(),
        tags: Vec::new(),
        copied_from: chain.get(number + 1).cloned(),
        ..copy.clone()
    };
    chain.iter().enumerate().map(original).collect()
}

/// Notes what collections call the datasets; the first collection counts.
fn identify(elements: &[Element], places: &HashMap<String, usize>, datasets: &mut [Dataset]) {
    for element in elements {
        if let Some(inner) = &element.child_collection {
            identify(
                inner.elements.as_deref().unwrap_or_default(),
                places,
                datasets,
            );
        }
        let place = element
            .hda
            .as_ref()
            .and_then(|link| places.get(&id(&link.encoded_id)));
        if let Some(place) = place
            && datasets[*place].element_identifier.is_empty()
        {
            datasets[*place].element_identifier =
                element.element_identifier.clone().unwrap_or_default();
        }
    }
}

/// The newest version of Galaxy that ran a job.
fn version(jobs: &[attributes::Job]) -> String {
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
        why: Reason::Limit,
        said: String::new(),
    }
}

fn add_job(attributes: attributes::Job, places: &HashMap<String, usize>, lineage: &mut Lineage) {
    let job_id = id(&attributes.encoded_id);
    if job_id.is_empty() {
        return;
    }
    let (inputs, unknown) = ports(attributes.input_dataset_mapping, places);
    let (outputs, _) = ports(attributes.output_dataset_mapping, places);
    for output in &outputs {
        let made = &mut lineage.datasets[places[&output.dataset]];
        made.created_by.get_or_insert_with(|| job_id.clone());
        if unknown {
            lineage.stopped.push(limit(&output.dataset));
        }
    }
    lineage.jobs.push(Job {
        id: job_id,
        tool_id: attributes.tool_id.unwrap_or_default(),
        tool_version: attributes.tool_version.unwrap_or_default(),
        state: attributes.state.unwrap_or_default(),
        // The export tells when the job was given to Galaxy, and when its record was written last.
        start: attributes.create_time,
        end: attributes.update_time,
        exit_code: attributes.exit_code,
        parameters: attributes.params.unwrap_or_default(),
        inputs,
        outputs,
    });
}

/// The datasets of a mapping that are known, and whether there are others.
fn ports(mapping: Option<Mapping>, places: &HashMap<String, usize>) -> (Vec<Port>, bool) {
    let mapping: BTreeMap<_, _> = mapping.unwrap_or_default();
    let all = mapping
        .iter()
        .flat_map(|(name, ids)| ids.iter().map(move |value| (name, id(value))));
    let (known, unknown): (Vec<_>, Vec<_>) = all.partition(|(_, id)| places.contains_key(id));
    let known = known.into_iter().map(|(name, dataset)| Port {
        name: name.clone(),
        dataset,
    });
    (known.collect(), !unknown.is_empty())
}
