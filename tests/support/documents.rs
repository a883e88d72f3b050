//! Documents at random: small enough that ids, contents and sources often coincide.

use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document::Document;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

/// The categories that are lists.
pub const LISTS: [Category; 4] = [
    Category::Tracks,
    Category::Experiments,
    Category::Samples,
    Category::Studies,
];

/// Which ids and references a random document may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// Each id once in its list, as the standard asks.
    Unique,
    /// The same id several times.
    Repeated,
}

/// A document of one of three sources. Some references lead nowhere, some experiments have only
/// `aggregated_from`, and some objects are referred to by none.
pub fn document(ids: Ids) -> impl Strategy<Value = Document> {
    let source = 0..3usize;
    let samples = vec((0..4usize, 0..3usize), 1..4);
    let studies = vec((0..3usize, 0..2usize), 1..3);
    let experiments = vec(
        (
            0..5usize,
            0..2usize,
            option::weighted(0.8, 0..5usize),
            0..4usize,
        ),
        1..5,
    );
    let tracks = vec((0..8usize, 0..2usize, 0..6usize), 1..8);
    (source, samples, studies, experiments, tracks).prop_map(
        move |(source, samples, studies, experiments, tracks)| {
            let list = |objects: Vec<(usize, Json)>| -> Json {
                let mut known = Vec::new();
                let objects = objects.into_iter().filter(|(id, _)| {
                    let is_new = !known.contains(id);
                    known.push(*id);
                    is_new || ids == Ids::Repeated
                });
                objects.map(|(_, object)| object).collect()
            };
            let samples = samples.into_iter().map(|(id, species)| {
                (id, json!({"local_id": format!("sample {id}"), "species_id": format!("taxonomy:{species}")}))
            });
            let studies = studies.into_iter().map(|(id, name)| {
                let collection = format!("collection {source}");
                (id, json!({"local_id": format!("study {id}"), "collection_ref": collection, "study_name": name.to_string()}))
            });
            let experiments = experiments.into_iter().map(|(id, technique, sample, study)| {
                let mut experiment = json!({"local_id": format!("experiment {id}"), "study_ref": format!("study {study}"), "technique": technique.to_string()});
                match sample {
                    Some(sample) => experiment["sample_ref"] = format!("sample {sample}").into(),
                    None => experiment["aggregated_from"] = json!(["geo:GSM1"]),
                }
                (id, experiment)
            });
            let tracks = tracks.into_iter().map(|(id, label, experiment)| {
                (id, json!({"local_id": format!("track {id}"), "label_short": label.to_string(), "experiment_ref": format!("experiment {experiment}")}))
            });
            let document = json!({
                "doc_info": {"local_id": source.to_string(), "doc_version": format!("{source:0<64}"), "doc_ontology_versions": {}},
                "collection_info": {"local_id": format!("collection {source}"), "short_name": source.to_string()},
                "samples": list(samples.collect()),
                "studies": list(studies.collect()),
                "experiments": list(experiments.collect()),
                "tracks": list(tracks.collect()),
                "note": {"height": 1.50},
            });
            Document::from_json(document).unwrap()
        },
    )
}

/// Documents of which each is a source of its own.
pub fn sources() -> impl Strategy<Value = Vec<Document>> {
    vec(document(Ids::Unique), 1..4).prop_map(|documents| {
        let renumbered = documents.into_iter().enumerate().map(|(number, document)| {
            let mut json = Json::from(document);
            json["doc_info"]["doc_version"] = format!("{:0<64}", number + 10).into();
            Document::from_json(json).unwrap()
        });
        renumbered.collect()
    })
}

/// The ids of a list.
pub fn ids(document: &Document, category: Category) -> Vec<&str> {
    let objects = document.objects(category).into_iter();
    objects
        .map(|object| object["local_id"].as_str().unwrap())
        .collect()
}

/// The object that a reference leads to.
pub fn target<'d>(
    document: &'d Document,
    category: Category,
    reference: Option<&Json>,
) -> Option<&'d Json> {
    let mut objects = document.objects(category).into_iter();
    objects.find(|object| object.get("local_id") == reference)
}

/// What a document says of each track, without the ids by which it says so: the track with its experiment, sample
/// and study inside, sorted.
pub fn stories(document: &Document) -> Vec<String> {
    let tell = |object: &Json, parts: &[(&str, Option<Json>)]| -> Json {
        let mut message: Map<String, Json> = object.as_object().unwrap().clone();
        message.shift_remove("local_id");
        message.shift_remove("collection_ref");
        for (attribute, part) in parts {
            if let Some(reference) = message.get_mut(*attribute) {
                *reference = part.clone().unwrap_or_else(|| "nowhere".into());
            }
        }
        message.into()
    };
    let referred = |object: &Json, attribute: &str, category: Category| {
        target(document, category, object.get(attribute))
            .filter(|_| object.get(attribute).is_some())
    };
    let experiment_story = |experiment: &Json| {
        let sample = referred(experiment, "sample_ref", Category::Samples);
        let study = referred(experiment, "study_ref", Category::Studies);
        let parts = [
            ("sample_ref", sample.map(|sample| tell(sample, &[]))),
            ("study_ref", study.map(|study| tell(study, &[]))),
        ];
        tell(experiment, &parts)
    };
    let tracks = document.objects(Category::Tracks).into_iter();
    let mut stories: Vec<String> = tracks
        .map(|track| {
            let experiment = referred(track, "experiment_ref", Category::Experiments);
            let id = track["local_id"]
                .as_str()
                .unwrap()
                .split('#')
                .next()
                .unwrap();
            let story = tell(
                track,
                &[("experiment_ref", experiment.map(experiment_story))],
            );
            format!("{id}: {story}")
        })
        .collect();
    stories.sort();
    stories.dedup();
    stories
}
