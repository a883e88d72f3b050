//! The closed subset: some tracks of a document with all that they refer to, and nothing else.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value as Json;

use super::category::Category;
use super::document::Document;

/// Some tracks of a document with their experiments, and the samples and studies of those.
#[derive(Debug, Clone, PartialEq)]
pub struct Subset {
    /// The document that holds them; all else in it is as in the source, its `doc_info` included.
    pub document: Document,
    /// The lists that are left without an object, although the standard asks for one (`minItems` 1).
    ///
    /// Of a valid source that is `samples` alone, as long as any track is kept: an experiment may name no sample
    /// and give what it is `aggregated_from` instead (`anyOf` of the experiment schema).
    pub emptied: Vec<Category>,
}

/// The references of the standard between lists, in the order that leads from tracks to all that they need.
pub(super) const REFERENCES: [(Category, &str, Category); 3] = [
    (Category::Tracks, "experiment_ref", Category::Experiments),
    (Category::Experiments, "sample_ref", Category::Samples),
    (Category::Experiments, "study_ref", Category::Studies),
];

/// The closed subset of the tracks at `positions` of the source's list, in the source's order.
///
/// References name objects by `local_id`. Where two objects share one, against the standard, both stay: which of
/// them is meant is not for a subset to say.
pub fn closed_subset(source: &Document, positions: &[usize]) -> Subset {
    let positions: HashSet<usize> = positions.iter().copied().collect();
    let tracks = source.objects(Category::Tracks).into_iter().enumerate();
    let tracks = tracks.filter(|(position, _)| positions.contains(position));
    let mut kept = BTreeMap::from([(Category::Tracks, tracks.map(|(_, track)| track).collect())]);
    for (from, attribute, to) in REFERENCES {
        let from: &Vec<&Json> = &kept[&from];
        let wanted: HashSet<&Json> = from
            .iter()
            .filter_map(|object| object.get(attribute))
            .collect();
        let is_wanted =
            |object: &&Json| object.get("local_id").is_some_and(|id| wanted.contains(id));
        let objects = source.objects(to).into_iter().filter(is_wanted).collect();
        kept.insert(to, objects);
    }
    let members = source.members().iter().map(|(key, value)| {
        let objects = Category::named(key).and_then(|category| kept.get(&category));
        let value = objects.map_or_else(
            || value.clone(),
            |objects| objects.iter().copied().cloned().collect(),
        );
        (key.clone(), value)
    });
    Subset {
        // The parts are those of a document, only fewer.
        document: Document::from_parts(members.collect()),
        emptied: kept
            .into_iter()
            .filter(|(_, objects)| objects.is_empty())
            .map(|(category, _)| category)
            .collect(),
    }
}
