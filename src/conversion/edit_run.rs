//! Applying edits.
//!
//! Ids and references are edited record by record, since they tell which records describe one object. All other fields are edited in
//! the finished objects, each once: an object that several tracks share changes for all of them, whatever their order.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value as Json};

use super::edited_fields::{EditOutcome, EditedFields, old_fields, read_fields, set};
use super::edited_records::{EditedRecords, describes_other, is_of};
use super::edits::CuratorEdit;
use super::imply::imply_ids;
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::map::{FieldMapping, MappedRecord};
use super::normalise::{NormalisedObject, ObjectLists};
use super::sheet::{OPTIONS, RecordPlace};
use super::track_objects::{Users, named_object, of_track, users_of, word};
use crate::fairtracks::category::Category;

/// Edits while they are applied.
pub struct EditRun<'e> {
    mapping: FieldMapping<'e>,
    edits: Vec<ReadEdit<'e>>,
    /// The positions of the edits of ids and references, by the record that they name.
    of_ids: HashMap<String, Vec<usize>>,
    /// The ids that edits gave objects, by their ids in the source.
    renamed: HashMap<(Category, String), Vec<String>>,
    places: EditedRecords,
}

/// An edit with its value, and what it has changed.
struct ReadEdit<'e> {
    edit: &'e CuratorEdit,
    /// The fields that it sets, and removes where they have no value; or why it cannot.
    fields: Result<EditedFields, String>,
    /// The fields of its old value.
    old_fields: EditedFields,
    count: u64,
    /// The object that was changed, where the edit names its track.
    object: Option<String>,
    /// Whether there is such a record.
    is_found: bool,
    /// Why an object cannot have the value.
    refused: Option<String>,
    /// Whether it sets a reference of a row that describes another object, so that it waits for the objects of all rows.
    is_late: bool,
}

impl ReadEdit<'_> {
    /// Sets its fields in an object.
    fn set(&self, object: &mut Map<String, Json>, mapping: FieldMapping<'_>) -> EditOutcome {
        match &self.fields {
            Ok(fields) => set(object, self.edit, (fields, &self.old_fields), mapping),
            Err(_) => EditOutcome::Unfit,
        }
    }

    /// Counts what was done to an object; whether it has changed.
    fn count(&mut self, outcome: EditOutcome) -> bool {
        self.is_found = true;
        match outcome {
            EditOutcome::Set => {
                self.count += 1;
                return true;
            }
            EditOutcome::Unfit => {}
            EditOutcome::Refused(problem) => self.refused = Some(problem),
        }
        false
    }
}

impl<'e> EditRun<'e> {
    /// Reads the values of edits.
    pub fn new(edits: &'e [CuratorEdit], mapping: FieldMapping<'e>) -> Self {
        let read = |edit: &'e CuratorEdit| ReadEdit {
            edit,
            fields: match edit.value.is_empty() {
                true => Ok(vec![(edit.field.clone(), None)]),
                false => read_fields(&edit.field, &edit.value, mapping),
            },
            old_fields: old_fields(edit, mapping),
            count: 0,
            object: None,
            is_found: false,
            refused: None,
            is_late: false,
        };
        let mut of_ids: HashMap<String, Vec<usize>> = HashMap::new();
        for (position, edit) in edits.iter().enumerate() {
            if edit.field.is_id_or_reference() {
                let named = of_ids.entry(edit.record.clone()).or_default();
                named.push(position);
            }
        }
        EditRun {
            mapping,
            edits: edits.iter().map(read).collect(),
            of_ids,
            renamed: HashMap::new(),
            places: EditedRecords::of(edits),
        }
    }

    /// Applies the edits of ids and references to a record, in their order; whether one did.
    pub fn ids(&mut self, record: &mut MappedRecord) -> bool {
        let mut is_edited = false;
        let place = self.places.place(record);
        let names = ["*"].into_iter().chain(place.as_deref());
        let names = names.chain(record.objects.values().filter_map(id_of));
        let named = names.filter_map(|name| self.of_ids.get(name));
        let mut due: BTreeSet<usize> = named.flatten().copied().collect();
        while let Some(position) = due.pop_first() {
            let read = &mut self.edits[position];
            let edit = read.edit;
            if read.fields.is_err() || !is_of(record, edit, place.as_deref()) {
                continue;
            }
            if describes_other(record, edit) {
                read.is_late = true;
                continue;
            }
            let category = edit.field.category;
            let id = record.text(category, "local_id").map(str::to_owned);
            let object = record.objects.entry(category).or_default();
            let outcome = read.set(object, self.mapping);
            if !read.count(outcome) {
                continue;
            }
            is_edited = true;
            let new = record.text(category, "local_id").map(str::to_owned);
            // Later edits may name the record by its new id.
            let later = new.as_ref().and_then(|id| self.of_ids.get(id));
            due.extend(later.into_iter().flatten().filter(|next| **next > position));
            if let Some((old, new)) = id.zip(new).filter(|(old, new)| old != new) {
                self.renamed.entry((category, old)).or_default().push(new);
            }
        }
        if let Some(place) = place {
            self.places.add(place, record);
        }
        is_edited
    }

    /// Applies all other edits to the objects of all records, in their order.
    pub fn fields(&mut self, lists: &mut ObjectLists, log: &mut ConversionLog) {
        let mut edits = std::mem::take(&mut self.edits);
        if edits
            .iter()
            .any(|read| !read.edit.field.is_id_or_reference())
        {
            lists.only_study(log);
        }
        let mut users = None;
        for read in &mut edits {
            if read.is_late {
                // Without an old value, rows that have the reference already count again.
                let known = std::mem::take(&mut read.count);
                self.edit(read, lists, &mut users, log);
                read.count = match read.edit.old_value {
                    Some(_) => read.count + known,
                    None => read.count.max(known),
                };
            } else if !read.edit.field.is_id_or_reference() && read.fields.is_ok() {
                self.edit(read, lists, &mut users, log);
            }
        }
        self.edits = edits;
    }

    fn edit(
        &self,
        read: &mut ReadEdit<'_>,
        lists: &mut ObjectLists,
        users: &mut Option<Users>,
        log: &mut ConversionLog,
    ) {
        let (edit, category) = (read.edit, read.edit.field.category);
        if read.fields.is_err() {
            return;
        }
        let is_new = edit.old_value.is_none() && !edit.value.is_empty();
        let of_tracks = self.positions(lists, Category::Tracks, &edit.record);
        let mut own = match edit.record.as_str() {
            "*" => (0..lists.list(category).len()).collect(),
            id => self.positions(lists, category, id),
        };
        if category.is_single() {
            let is_named = edit.record == "*" || !of_tracks.is_empty();
            let object = lists.list(category).first();
            let id = object.and_then(|object| text(object, "local_id"));
            if !is_named && id != Some(&edit.record) {
                return;
            }
            own = vec![0];
            if object.is_none() && is_new {
                let objects = [(category, Map::new())].into();
                let place = RecordPlace {
                    sheet: OPTIONS.into(),
                    row: None,
                    word: "",
                };
                lists.add_record(
                    MappedRecord {
                        place,
                        is_wide: false,
                        objects,
                        fallbacks: Vec::new(),
                    },
                    log,
                );
            }
        }
        for position in &own {
            let outcome = self.set_at(lists, (category, *position), read);
            read.count(outcome);
        }
        if !own.is_empty() || edit.record == "*" {
            return;
        }
        for track in of_tracks {
            if let Some(position) = of_track(lists, track, category) {
                let outcome = self.set_at(lists, (category, position), read);
                if read.count(outcome) {
                    let users = users.get_or_insert_with(|| users_of(lists));
                    read.object = Some(named_object(lists, category, position, users));
                }
            } else if is_new {
                let mut members = Map::new();
                let outcome = read.set(&mut members, self.mapping);
                if read.count(outcome) {
                    let added = self.add(lists, track, category, members, log);
                    read.object = added.map(|id| format!("new {} `{id}`", word(category)));
                }
            }
        }
    }

    /// The positions of the objects that have an id, or had it before edits.
    fn positions(&self, lists: &ObjectLists, category: Category, id: &str) -> Vec<usize> {
        if category.is_single() {
            return Vec::new();
        }
        let renamed = self.renamed.get(&(category, id.to_owned()));
        let ids = renamed.into_iter().flatten().map(String::as_str);
        let of_place = self.places.id(id, category);
        let found = ids
            .chain(of_place)
            .chain([id])
            .filter_map(|id| lists.position(category, id));
        let mut found: Vec<usize> = found.collect();
        if self.places.is_place(id) {
            // Objects without an id are of one row.
            let all = lists.list(category).iter().enumerate();
            let nameless = all.filter(|(_, object)| text(object, "local_id").is_none());
            let of_row = nameless.filter(|(_, object)| object.place.to_string() == id);
            found.extend(of_row.map(|(position, _)| position));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn set_at(
        &self,
        lists: &mut ObjectLists,
        (category, position): (Category, usize),
        read: &ReadEdit<'_>,
    ) -> EditOutcome {
        let list = lists.lists.get_mut(&category);
        match list.and_then(|list| list.get_mut(position)) {
            Some(object) => read.set(&mut object.members, self.mapping),
            None => EditOutcome::Unfit,
        }
    }

    /// Adds an object that a track lacks, with what leads to it; its id.
    fn add(
        &self,
        lists: &mut ObjectLists,
        track: usize,
        category: Category,
        members: Map<String, Json>,
        log: &mut ConversionLog,
    ) -> Option<String> {
        let holder = lists.list(Category::Tracks).get(track)?;
        let mut objects = BTreeMap::new();
        let kept = |object: &Map<String, Json>, keys: &[&str]| {
            let members = keys
                .iter()
                .filter_map(|key| Some(((*key).to_owned(), object.get(*key)?.clone())));
            members.collect::<Map<String, Json>>()
        };
        let place = holder.place.clone();
        objects.insert(
            Category::Tracks,
            kept(&holder.members, &["local_id", "experiment_ref"]),
        );
        if let Some(experiment) = of_track(lists, track, Category::Experiments) {
            let experiment = &lists.list(Category::Experiments)[experiment].members;
            let keys = ["local_id", "sample_ref", "study_ref"];
            objects.insert(Category::Experiments, kept(experiment, &keys));
        }
        objects.insert(category, members);
        let mut record = MappedRecord {
            place,
            is_wide: true,
            objects,
            fallbacks: Vec::new(),
        };
        imply_ids(&mut record, self.mapping.rules, log);
        lists.add_record(record, log);
        let added = of_track(lists, track, category)?;
        let added = lists.list(category).get(added)?;
        text(added, "local_id").map(str::to_owned)
    }

    /// Adds what each edit did to the log.
    pub fn finish(self, log: &mut ConversionLog) {
        for ReadEdit {
            edit,
            fields,
            count,
            object,
            is_found,
            refused,
            ..
        } in self.edits
        {
            let of = &edit.record;
            let (outcome, reason) = match (fields, &edit.old_value) {
                (Err(problem), _) => (LogOutcome::NotTaken, problem),
                (Ok(_), _) if count > 0 => {
                    let object = object.map(|object| format!(": {object}"));
                    let object = object.unwrap_or_default();
                    let reason = format!("edit of the record `{of}`{object}");
                    (LogOutcome::Changed, reason)
                }
                (Ok(_), _) if refused.is_some() => {
                    (LogOutcome::NotTaken, refused.unwrap_or_default())
                }
                (Ok(_), Some(old)) => {
                    let reason = format!("no record `{of}` has the value `{old}` in this field");
                    (LogOutcome::NotTaken, reason)
                }
                (Ok(_), None) if is_found => {
                    let reason = format!("the record `{of}` has no value in this field");
                    (LogOutcome::NotTaken, reason)
                }
                (Ok(_), None) => {
                    let reason = format!(
                        "found no record `{of}`, expected the `local_id` of an object or of its track, `*` for all, or a record of this table, such as `samples.csv, row 2`"
                    );
                    (LogOutcome::NotTaken, reason)
                }
            };
            let entry = LogEntry {
                outcome,
                record: edit.place.to_string(),
                field: edit.field.to_string(),
                value: edit.value.clone(),
                rule: "edit".to_owned(),
                reason,
            };
            log.add_many(entry, count.max(1));
        }
    }
}

fn id_of(object: &Map<String, Json>) -> Option<&str> {
    object.get("local_id")?.as_str()
}

fn text<'o>(object: &'o NormalisedObject, key: &str) -> Option<&'o str> {
    object.members.get(key)?.as_str()
}
