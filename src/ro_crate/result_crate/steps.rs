//! The jobs between the source tracks and the result, and the datasets between them.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::{ResultCrateInput, short_hash};
use crate::galaxy::datatype;
use crate::galaxy::lineage::{HistoryDataset, Job};
use crate::galaxy::tool_address::{short_tool_id, tool_address};
use crate::ro_crate::common_entities::{COMPLETED, FAILED, property};
use crate::ro_crate::crate_index::UUID;
use crate::ro_crate::credits::Credited;
use crate::ro_crate::entities::{
    CreateAction, CreativeWork, EntityId, Model as _, SoftwareApplication,
};
use crate::ro_crate::{Crate, Entity};
use crate::text::{doi, first_filled};

/// Adds an action for each job.
pub fn add(input: &ResultCrateInput<'_>, credits: &Credited, crate_: &mut Crate) {
    // The jobs that make collections do not always list them.
    let mut made: HashMap<&str, Vec<&str>> = HashMap::new();
    if let Some(ancestry) = input.ancestry {
        let datasets = input.trace.datasets.keys();
        for dataset in datasets.filter_map(|id| ancestry.dataset(id)) {
            if let Some(job) = dataset.created_by.as_deref() {
                made.entry(job).or_default().push(&dataset.id);
            }
        }
    }
    for job in &input.trace.jobs {
        step(input, job, &made, credits, crate_);
    }
}

fn step(
    input: &ResultCrateInput<'_>,
    job: &Job,
    made: &HashMap<&str, Vec<&str>>,
    credits: &Credited,
    crate_: &mut Crate,
) {
    let on_the_way = |id: &str| input.trace.datasets.contains_key(id);
    let mut results: Vec<&str> = job
        .outputs
        .iter()
        .map(|port| port.dataset.as_str())
        .filter(|id| on_the_way(id))
        .collect();
    results.extend(made.get(job.id.as_str()).into_iter().flatten());
    let results = things(input, results, crate_);
    let inputs = job
        .inputs
        .iter()
        .map(|port| port.dataset.as_str())
        .filter(|id| on_the_way(id));
    let mut objects = things(input, inputs.collect(), crate_);
    objects.retain(|object| !results.contains(object));
    for (name, value) in &job.parameters {
        let value = shown(value);
        let id = format!("parameter-{}", short_hash(&[&job.id, name, &value]));
        // A property without a value would not tell that the user left it empty.
        let value = if value.is_empty() { "(empty)" } else { &value };
        objects.push(crate_.add(property(&id, name, value)));
    }
    let address = tool_address(&job.tool_id, &job.tool_version);
    let name = first_filled(&[&job.tool_name, short_tool_id(&job.tool_id)]);
    let citations = job.citations.iter().map(|doi| {
        let name = format!("doi:{doi}");
        crate_.add(Entity::named(doi::address(doi), "ScholarlyArticle", &name))
    });
    let citations: Vec<String> = citations.collect();
    crate_.add(
        SoftwareApplication {
            name: name.into(),
            version: (&job.tool_version).into(),
            identifier: (&job.tool_id).into(),
            url: (&address).into(),
            citation: citations.into(),
            ..SoftwareApplication::default()
        }
        .entity(&*address),
    );
    let is_failed = matches!(job.state.as_str(), "error" | "failed");
    let error = match job.exit_code {
        Some(code) if is_failed => Some(format!("the tool failed with exit code {code}")),
        _ => is_failed.then(|| "the job failed".to_owned()),
    };
    crate_.add(
        CreateAction {
            name: format!("Run of {name}").into(),
            description: description(job).into(),
            start_time: job.start.as_ref().into(),
            end_time: job.end.as_ref().or(job.start.as_ref()).into(),
            action_status: if is_failed { FAILED } else { COMPLETED }.into(),
            error: error.into(),
            agent: credits.agent().into(),
            instrument: address.into(),
            object: objects.into(),
            result: results.into(),
        }
        .entity(EntityId::Step(&short_hash(&[&job.id]))),
    );
}

fn description(job: &Job) -> String {
    let version = if job.tool_version.is_empty() {
        "unknown version".to_owned()
    } else {
        format!("version {}", job.tool_version)
    };
    format!("A job of Galaxy ran the tool {}, {version}", job.tool_id)
}

/// A parameter's value as text.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The entities of datasets, each once.
fn things(input: &ResultCrateInput<'_>, datasets: Vec<&str>, crate_: &mut Crate) -> Vec<String> {
    let mut known: HashSet<String> = HashSet::new();
    let ids = datasets
        .into_iter()
        .map(|dataset| thing(input, dataset, crate_));
    ids.filter(|id| known.insert(id.clone())).collect()
}

/// The entity of a dataset: the result itself, a file that a crate describes, or else a dataset without its bytes.
fn thing(input: &ResultCrateInput<'_>, dataset: &str, crate_: &mut Crate) -> String {
    let result = input.result;
    let known = input
        .ancestry
        .and_then(|ancestry| ancestry.dataset(dataset));
    let own = input.result_id();
    // A copy in another history shares the bytes' name with its original.
    let is_result = dataset == result.id
        || input.trace.leaf == Some(dataset)
        || known.is_some_and(|known| !known.uuid.is_empty() && known.uuid == result.uuid);
    if is_result {
        return own;
    }
    let described_file = input.trace.datasets.get(dataset).copied().flatten();
    let described_file = described_file.map(|place| &input.crate_index[place]);
    match (described_file, known) {
        // What a tool only copied has the same id as the result, and would be made of itself.
        (Some(described_file), _) if described_file.id != own => described_file.id.clone(),
        (_, Some(known)) => crate_.add(without_bytes(known)),
        (_, None) => crate_.add(Entity::named(
            EntityId::Dataset(&short_hash(&[dataset])),
            CreativeWork::TYPE,
            "Galaxy dataset",
        )),
    }
}

fn without_bytes(dataset: &HistoryDataset) -> Entity {
    let key = first_filled(&[&dataset.uuid, &dataset.id]);
    let name = first_filled(&[&dataset.name, &dataset.element_identifier]);
    let uuid = Some(&dataset.uuid).filter(|uuid| !uuid.is_empty());
    CreativeWork {
        name: name.into(),
        description: "An intermediate dataset; its file is not included".into(),
        identifier: uuid.map(|uuid| format!("{UUID}{uuid}")).into(),
        encoding_format: datatype::media_type(&dataset.extension).into(),
        content_size: dataset.size.map(|size| size.to_string()).into(),
        ..CreativeWork::default()
    }
    .entity(EntityId::Dataset(&short_hash(&[key])))
}
