//! Normalising: records become lists of objects without repetition, linked by their ids.
//!
//! A row of a wide sheet holds a track and all that belongs to it. Its objects are split off by their ids (third normal form), and the
//! same object of several rows is one. Objects are never merged because they look alike: without an id each track has an
//! experiment and a sample of its own.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value as Json};

use super::fallback_values::{FallbackFields, settle};
use super::field_values::{named, shown};
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::map::MappedRecord;
use super::references::REFERENCES;
use super::sheet::RecordPlace;
use crate::fairtracks::category::Category;

/// An object, and where it is from.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalisedObject {
    /// The first record that describes it.
    pub place: RecordPlace,
    /// Its members.
    pub members: Map<String, Json>,
    /// Whether the source states no id, so that the object has one of the id of its track.
    pub is_id_made: bool,
    /// Whether a row describes it with all that belongs to it.
    pub is_wide: bool,
    /// The fields whose values are of fallback rules.
    pub fallbacks: FallbackFields,
}

/// The objects of a document, by category.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ObjectLists {
    /// In the order of their first records; `doc_info` and `collection_info` have at most one.
    pub lists: BTreeMap<Category, Vec<NormalisedObject>>,
    places: HashMap<(Category, String), usize>,
}

impl ObjectLists {
    /// The objects of records.
    pub fn of(records: Vec<MappedRecord>, log: &mut ConversionLog) -> Self {
        let mut lists = ObjectLists::default();
        for record in records {
            lists.add_record(record, log);
        }
        lists.finished(log)
    }

    /// Adds the objects of a record.
    pub fn add_record(&mut self, mut record: MappedRecord, log: &mut ConversionLog) {
        let made = match record.is_wide {
            true => connect(&mut record, log),
            false => Vec::new(),
        };
        for (category, members) in record.objects {
            let of_object = record.fallbacks.iter();
            let of_object = of_object.filter(|field| field.category == category);
            let object = NormalisedObject {
                place: record.place.clone(),
                members,
                is_id_made: made.contains(&category),
                is_wide: record.is_wide,
                fallbacks: of_object.cloned().collect(),
            };
            self.add(category, object, log);
        }
    }

    /// The position of the object of an id; for a category of one object, its position.
    pub fn position(&self, category: Category, id: &str) -> Option<usize> {
        let id = if category.is_single() { "" } else { id };
        // A map of pairs is asked for a pair of its own texts.
        self.places.get(&(category, id.to_owned())).copied()
    }

    /// The lists of all records, with what follows from the only study and the collection.
    #[must_use]
    pub fn finished(mut self, log: &mut ConversionLog) -> Self {
        self.only_study(log);
        self.contacts(log);
        self
    }

    /// The objects of records that are of no wide sheet, with the references that they have.
    pub fn unlinked(records: Vec<MappedRecord>, log: &mut ConversionLog) -> Self {
        let mut lists = ObjectLists::default();
        for record in records {
            for (category, members) in record.objects {
                let object = NormalisedObject {
                    place: record.place.clone(),
                    members,
                    is_id_made: false,
                    is_wide: false,
                    fallbacks: Vec::new(),
                };
                lists.add(category, object, log);
            }
        }
        lists
    }

    /// The objects of a category.
    pub fn list(&self, category: Category) -> &[NormalisedObject] {
        self.lists.get(&category).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, category: Category, object: NormalisedObject, log: &mut ConversionLog) {
        let list = self.lists.entry(category).or_default();
        let id = match category.is_single() {
            true => Some(String::new()),
            false => object
                .members
                .get("local_id")
                .and_then(Json::as_str)
                .map(str::to_owned),
        };
        let Some(id) = id else {
            list.push(object);
            return;
        };
        let next = list.len();
        let known = *self.places.entry((category, id)).or_insert(next);
        match list.get_mut(known) {
            Some(known) => merge(category, known, object, log),
            None => list.push(object),
        }
    }

    /// Experiments without a study are of the only one.
    pub fn only_study(&mut self, log: &mut ConversionLog) {
        let [study] = self.list(Category::Studies) else {
            return;
        };
        let Some(id) = study.members.get("local_id").cloned() else {
            return;
        };
        for experiment in self.lists.entry(Category::Experiments).or_default() {
            if !experiment.members.contains_key("study_ref") {
                experiment
                    .members
                    .insert("study_ref".to_owned(), id.clone());
                log.add(derived(
                    &experiment.place,
                    "experiments.study_ref",
                    &shown(&id),
                    "the only study",
                ));
            }
        }
    }

    /// Studies without a contact have that of the collection.
    fn contacts(&mut self, log: &mut ConversionLog) {
        let collection = self.list(Category::CollectionInfo).first();
        let contact = collection
            .and_then(|collection| collection.members.get("contact"))
            .cloned();
        let Some(contact) = contact else {
            return;
        };
        for study in self.lists.entry(Category::Studies).or_default() {
            if !study.members.contains_key("contact") {
                study.members.insert("contact".to_owned(), contact.clone());
                log.add(derived(
                    &study.place,
                    "studies.contact",
                    "",
                    "the contact of the collection",
                ));
            }
        }
    }
}

fn derived(place: &RecordPlace, field: &str, value: &str, reason: &str) -> LogEntry {
    LogEntry {
        outcome: LogOutcome::Derived,
        record: place.to_string(),
        field: field.to_owned(),
        value: value.to_owned(),
        rule: "normalise".to_owned(),
        reason: reason.to_owned(),
    }
}

/// Lets the objects of a wide record refer to each other.
///
/// Returns the categories of the objects that get an id because the record states none.
fn connect(record: &mut MappedRecord, log: &mut ConversionLog) -> Vec<Category> {
    let mut made = Vec::new();
    let has = |record: &MappedRecord, category| record.objects.contains_key(&category);
    let below = [Category::Experiments, Category::Samples, Category::Studies];
    if !below.iter().any(|category| has(record, *category)) {
        return made;
    }
    // A sample or a study belongs to a track through its experiment.
    record.objects.entry(Category::Experiments).or_default();
    for (from, reference, to, word) in REFERENCES {
        if !has(record, to) {
            continue;
        }
        let own = record.text(to, "local_id").map(str::to_owned);
        let stated = record.text(from, reference).map(str::to_owned);
        let id = match own.or(stated) {
            Some(id) => id,
            None => {
                let Some(holder) = record.text(from, "local_id") else {
                    continue;
                };
                let id = format!("{holder}/{word}");
                made.push(to);
                let reason = format!("found no id: each of {from} has one of its own");
                log.add(derived(
                    &record.place,
                    &format!("{to}.local_id"),
                    "",
                    &reason,
                ));
                id
            }
        };
        for (category, key) in [(to, "local_id"), (from, reference)] {
            let Some(object) = record.objects.get_mut(&category) else {
                continue;
            };
            let known = object.entry(key).or_insert_with(|| id.as_str().into());
            if known.as_str() != Some(&id) {
                log.add(LogEntry {
                    outcome: LogOutcome::NotTaken,
                    value: shown(known),
                    ..derived(
                        &record.place,
                        &format!("{category}.{key}"),
                        "",
                        &format!("differs from {to}.local_id of the same row: `{id}`"),
                    )
                });
                *known = id.as_str().into();
            }
        }
    }
    made
}

/// Adds what a further record says of an object.
fn merge(
    category: Category,
    known: &mut NormalisedObject,
    mut further: NormalisedObject,
    log: &mut ConversionLog,
) {
    settle(
        (&mut known.members, &mut known.fallbacks),
        (&mut further.members, &further.fallbacks),
    );
    known.is_wide |= further.is_wide;
    let (first, place) = (&known.place, &further.place);
    let mut conflict = |field: String, value: &Json, known: &Json| {
        let same = match category.is_single() {
            true => String::new(),
            false => " for the same id".to_owned(),
        };
        let reason = format!("{first} has another value{same}: `{}`", named(known));
        log.add(LogEntry {
            outcome: LogOutcome::NotTaken,
            ..derived(place, &field, &named(value), &reason)
        });
    };
    let (members, name) = (&mut known.members, category.name());
    merge_members(members, further.members, name, &mut conflict);
}

fn merge_members(
    known: &mut Map<String, Json>,
    further: Map<String, Json>,
    field: &str,
    conflict: &mut impl FnMut(String, &Json, &Json),
) {
    for (key, value) in further {
        let field = format!("{field}.{key}");
        match (known.get_mut(&key), value) {
            (None, value) => {
                known.insert(key, value);
            }
            (Some(Json::Object(known)), Json::Object(further))
                if !known.contains_key("term_id") =>
            {
                merge_members(known, further, &field, conflict);
            }
            (Some(known), value) if *known != value => conflict(field, &value, known),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(row: usize, objects: Json) -> MappedRecord {
        let Json::Object(objects) = objects else {
            panic!("{objects}")
        };
        let objects = objects.into_iter().map(|(key, value)| {
            let Json::Object(members) = value else {
                panic!("{value}")
            };
            (Category::named(&key).unwrap(), members)
        });
        MappedRecord {
            place: RecordPlace {
                sheet: "x.csv".into(),
                row: Some(row),
                word: "row",
            },
            is_wide: true,
            objects: objects.collect(),
            fallbacks: Vec::new(),
        }
    }

    #[test]
    fn objects_are_one_by_id_and_never_because_they_look_alike() {
        let of = |row, track: &str, experiments: Json| {
            record(
                row,
                json!({"tracks": {"local_id": track}, "experiments": experiments, "samples": {"species_id": "taxonomy:9606"}}),
            )
        };
        let mut log = ConversionLog::default();
        let shared = json!({"local_id": "e", "sample_ref": "s"});
        let lists = ObjectLists::of(
            vec![of(2, "a", shared.clone()), of(3, "b", shared)],
            &mut log,
        );
        assert_eq!(lists.list(Category::Experiments).len(), 1);
        assert_eq!(lists.list(Category::Samples).len(), 1);
        assert_eq!(lists.list(Category::Samples)[0].members["local_id"], "s");

        let lists = ObjectLists::of(vec![of(2, "a", json!({})), of(3, "b", json!({}))], &mut log);
        let ids: Vec<&Json> = lists
            .list(Category::Samples)
            .iter()
            .map(|sample| &sample.members["local_id"])
            .collect();
        assert_eq!(ids, ["a/experiment/sample", "b/experiment/sample"]);
        assert_eq!(
            lists.list(Category::Tracks)[1].members["experiment_ref"],
            "b/experiment"
        );
        assert_eq!(log.count(LogOutcome::Derived), 2);
    }

    #[test]
    fn records_that_contradict_each_other_are_reported() {
        let of = |row, species: &str| {
            record(
                row,
                json!({"tracks": {"local_id": format!("t{row}")}, "samples": {"local_id": "s", "species_id": species}}),
            )
        };
        let mut log = ConversionLog::default();
        let lists = ObjectLists::of(
            vec![of(2, "taxonomy:9606"), of(3, "taxonomy:10090")],
            &mut log,
        );
        assert_eq!(
            lists.list(Category::Samples)[0].members["species_id"],
            "taxonomy:9606"
        );
        let rows = log.rows();
        let conflict = &rows[0].entry;
        assert_eq!(conflict.outcome, LogOutcome::NotTaken);
        assert_eq!(
            (
                conflict.record.as_str(),
                conflict.field.as_str(),
                conflict.value.as_str()
            ),
            ("x.csv, row 3", "samples.species_id", "taxonomy:10090")
        );
        assert_eq!(
            conflict.reason,
            "x.csv, row 2 has another value for the same id: `taxonomy:9606`"
        );
    }
}
