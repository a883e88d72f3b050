//! The closed subset: some tracks of a document with all that they refer to, and nothing else.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
pub const REFERENCES: [(Category, &str, Category); 3] = [
    (Category::Tracks, "experiment_ref", Category::Experiments),
    (Category::Experiments, "sample_ref", Category::Samples),
    (Category::Experiments, "study_ref", Category::Studies),
];

/// The objects of a document by the ids that references name them by, so that many subsets are made quickly.
pub struct Referred<'d> {
    source: &'d Document,
    by_id: BTreeMap<Category, HashMap<Json, Vec<usize>>>,
}

impl<'d> Referred<'d> {
    /// Looks through the lists of a document once.
    pub fn of(source: &'d Document) -> Self {
        let by_id = REFERENCES.map(|(_, _, to)| {
            let mut positions: HashMap<Json, Vec<usize>> = HashMap::new();
            for (position, object) in source.list(to).iter().enumerate() {
                if let Some(id) = object.member("local_id") {
                    positions.entry(id).or_default().push(position);
                }
            }
            (to, positions)
        });
        Referred {
            source,
            by_id: by_id.into(),
        }
    }

    /// The closed subset of the tracks at `positions` of the source's list, in the source's order.
    ///
    /// References name objects by `local_id`. Where two objects share one, against the standard, both stay: which of
    /// them is meant cannot be decided.
    pub fn closed_subset(&self, positions: &[usize]) -> Subset {
        let mut kept = BTreeMap::from([(
            Category::Tracks,
            positions.iter().copied().collect::<BTreeSet<usize>>(),
        )]);
        for (from, attribute, to) in REFERENCES {
            let referring = kept[&from].iter();
            let wanted = referring
                .filter_map(|position| self.source.list(from).get(*position)?.member(attribute))
                .filter_map(|id| self.by_id[&to].get(&id))
                .flatten()
                .copied()
                .collect();
            kept.insert(to, wanted);
        }
        let mut document = self.source.without_objects();
        for (category, kept) in &kept {
            let objects = self.source.list(*category);
            let objects = kept.iter().filter_map(|position| objects.get(*position));
            document.set_list(*category, objects.cloned().collect());
        }
        Subset {
            document,
            emptied: kept
                .iter()
                .filter(|(_, objects)| objects.is_empty())
                .map(|(category, _)| *category)
                .collect(),
        }
    }
}

/// The closed subset of the tracks at `positions` of the source's list, in the source's order.
pub fn closed_subset(source: &Document, positions: &[usize]) -> Subset {
    Referred::of(source).closed_subset(positions)
}
