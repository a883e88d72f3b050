//! Values that users give for all records. They fill objects after the records of each are merged, once per object, so that they
//! never stand in the way of a value that any record states. Ids are filled record by record, since they tell which records
//! describe one object.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::field_path::FieldPath;
use super::imply::imply_ids;
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::map::{FieldMapping, MappedRecord};
use super::normalise::ObjectLists;
use super::references::REFERENCES;
use super::sheet::{OPTIONS, ROW, RecordPlace, Sheet, SheetCell, SheetRow};
use super::sheet_plan::SheetPlan;
use super::track_objects::of_track;
use crate::fairtracks::category::Category;
use crate::fairtracks::vocabulary::assembly_name;

/// Values for all records.
pub struct OptionValues<'r> {
    mapping: FieldMapping<'r>,
    values: Vec<OptionValue>,
}

/// A value for all records.
struct OptionValue {
    category: Category,
    /// The members of an object that it sets.
    members: Map<String, Json>,
    /// The same by their paths.
    fields: Vec<(FieldPath, Json)>,
    /// Rows of the log for what is done to its text.
    changes: Vec<LogEntry>,
    /// The first object that it fills, and how many it does.
    filled: Option<(RecordPlace, u64)>,
}

impl<'r> OptionValues<'r> {
    /// Reads values: the path of a field and a text each. Those that [`OptionValues::check`] refuses are left out.
    pub fn of(values: &[(String, String)], mapping: FieldMapping<'r>) -> Self {
        let values = values.iter().filter_map(|(field, text)| {
            let (mut records, log) = read(field, text, mapping).ok()?;
            let (category, members) = records.pop()?.objects.pop_first()?;
            let mut fields = Vec::new();
            add_fields(category, &members, &mut Vec::new(), &mut fields);
            Some(OptionValue {
                category,
                members,
                fields,
                changes: log.rows().into_iter().map(|row| row.entry).collect(),
                filled: None,
            })
        });
        OptionValues {
            mapping,
            values: values.collect(),
        }
    }

    /// Checks that rules read values, and that each is of the type of its field.
    ///
    /// # Errors
    /// The first value that cannot be used.
    pub fn check(values: &[(String, String)], mapping: FieldMapping<'_>) -> Result<(), String> {
        values
            .iter()
            .try_for_each(|(field, text)| read(field, text, mapping).map(drop))
    }

    /// Gives the objects of a record the ids that they lack. Ids and references that the record states go before.
    pub fn ids(&self, record: &mut MappedRecord) {
        let all = self.values.iter();
        let of_ids = all.filter(|value| value.fields[0].0.is_id_or_reference());
        for value in of_ids {
            let (field, id) = &value.fields[0];
            let key = field.within();
            // An id is that of a described object; a reference names the object that the record describes without an id.
            let described = match key.as_str() {
                "local_id" => Some(value.category),
                key => REFERENCES
                    .iter()
                    .find(|(from, reference, ..)| (*from, *reference) == (value.category, key))
                    .map(|(.., to, _)| *to)
                    .filter(|_| record.is_wide),
            };
            let Some(described) = described else { continue };
            if record.objects.contains_key(&described) && !has_id(record, described) {
                let object = record.objects.entry(value.category).or_default();
                object.insert(key, id.clone());
            }
        }
    }

    /// Gives the objects of a record the ids that follow from values for all records; whether there are any.
    pub fn implied_ids(&self, record: &mut MappedRecord, log: &mut ConversionLog) -> bool {
        let mut is_filled = false;
        for category in Category::ALL {
            let is_given = self.values.iter().any(|value| value.category == category);
            if !is_given || !record.objects.contains_key(&category) || has_id(record, category) {
                continue;
            }
            if let Some(id) = self.implied_id(record, category, log) {
                let object = record.objects.entry(category).or_default();
                object.insert("local_id".to_owned(), id);
                is_filled = true;
            }
        }
        is_filled
    }

    fn implied_id(
        &self,
        record: &MappedRecord,
        category: Category,
        log: &mut ConversionLog,
    ) -> Option<Json> {
        let mut object = record.objects.get(&category).cloned().unwrap_or_default();
        for value in self.values.iter().filter(|it| it.category == category) {
            fill(value, &mut object);
        }
        let mut filled = MappedRecord {
            place: record.place.clone(),
            is_wide: false,
            objects: [(category, object)].into(),
            fallbacks: Vec::new(),
        };
        imply_ids(&mut filled, self.mapping.rules, log);
        filled.objects.remove(&category)?.shift_remove("local_id")
    }

    /// Fills the track of a record, whose file is compared with its values. A value that another record states goes before.
    pub fn track(&mut self, record: &mut MappedRecord) {
        let Some(track) = record.objects.get_mut(&Category::Tracks) else {
            return;
        };
        let of_tracks = |value: &&mut OptionValue| value.category == Category::Tracks;
        for value in self.values.iter_mut().filter(of_tracks) {
            let filled = fill(value, track);
            if !filled.is_empty() {
                value.count(&record.place);
            }
            record.fallbacks.extend(filled.into_iter().map(Rc::new));
        }
    }

    /// Fills the merged objects. Objects that tracks and experiments of wide sheets lack are added; and a study, where no sheet can
    /// describe one.
    pub fn objects(
        mut self,
        lists: &mut ObjectLists,
        is_study_described: bool,
        log: &mut ConversionLog,
    ) {
        let given: Vec<Category> = self.values.iter().map(|value| value.category).collect();
        let is_given = |category| given.contains(&category);
        let of_experiments = [Category::Samples, Category::Studies];
        let of_experiments = of_experiments.into_iter().filter(|it| is_given(*it));
        let of_experiments: Vec<Category> = of_experiments.collect();
        self.fill_references(lists, Category::Tracks);
        if !of_experiments.is_empty() || is_given(Category::Experiments) {
            self.add_linked(lists, Category::Tracks, &[Category::Experiments], log);
        }
        self.fill_references(lists, Category::Experiments);
        if is_given(Category::Studies) {
            lists.only_study(log);
        }
        self.add_linked(lists, Category::Experiments, &of_experiments, log);
        for category in [
            Category::DocInfo,
            Category::CollectionInfo,
            Category::Studies,
        ] {
            let is_added = is_given(category) && lists.list(category).is_empty();
            if is_added && (category.is_single() || !is_study_described) {
                self.add_single(lists, category, log);
            }
        }
        let is_id = |value: &OptionValue| value.fields[0].0.is_id_or_reference();
        let all = self.values.iter_mut();
        // Records have their ids by now; a study alone and the collection have them from `add_single`.
        all.filter(|value| value.category.is_single() || !is_id(value))
            .for_each(|value| value.fill_all(lists));
        for value in self.values {
            let Some((place, count)) = value.filled else {
                continue;
            };
            for change in value.changes {
                let record = place.to_string();
                log.add_many(LogEntry { record, ..change }, count);
            }
        }
    }

    /// Fills the references of the objects of a category.
    fn fill_references(&mut self, lists: &mut ObjectLists, category: Category) {
        let of_category = self.values.iter_mut().filter(|it| it.category == category);
        let refers = |value: &&mut OptionValue| {
            let field = &value.fields[0].0;
            field.is_id_or_reference() && field.keys != ["local_id"]
        };
        of_category
            .filter(refers)
            .for_each(|value| value.fill_all(lists));
    }

    /// Adds the objects that the objects of wide sheets lack, with the ids that they get; all else is filled later.
    fn add_linked(
        &self,
        lists: &mut ObjectLists,
        from: Category,
        categories: &[Category],
        log: &mut ConversionLog,
    ) {
        for position in 0..lists.list(from).len() {
            let mut added = BTreeMap::new();
            for to in categories {
                if is_lacking(lists, (from, position), *to) {
                    added.insert(*to, Map::new());
                }
            }
            let holder = &lists.list(from)[position];
            let id = holder.members.get("local_id");
            let Some(id) = id.filter(|_| holder.is_wide && !added.is_empty()) else {
                continue;
            };
            let mut members = Map::new();
            members.insert("local_id".to_owned(), id.clone());
            for (category, key, to, _) in REFERENCES {
                if let (true, Some(id)) = (
                    category == from && added.contains_key(&to),
                    holder.members.get(key),
                ) {
                    members.insert(key.to_owned(), id.clone());
                }
            }
            added.insert(from, members);
            let mut record = MappedRecord {
                place: holder.place.clone(),
                is_wide: true,
                objects: added,
                fallbacks: Vec::new(),
            };
            self.ids(&mut record);
            imply_ids(&mut record, self.mapping.rules, log);
            self.implied_ids(&mut record, log);
            lists.add_record(record, log);
        }
    }

    /// Adds an object that options alone describe.
    fn add_single(&mut self, lists: &mut ObjectLists, category: Category, log: &mut ConversionLog) {
        let mut members = Map::new();
        let place = options_sheet(&[]).place(0);
        for value in self.values.iter_mut().filter(|it| it.category == category) {
            if !fill(value, &mut members).is_empty() {
                value.count(&place);
            }
        }
        let mut record = MappedRecord {
            place,
            is_wide: false,
            objects: [(category, members)].into(),
            fallbacks: Vec::new(),
        };
        imply_ids(&mut record, self.mapping.rules, log);
        lists.add_record(record, log);
    }
}

impl OptionValue {
    /// Fills the objects that lack it.
    fn fill_all(&mut self, lists: &mut ObjectLists) {
        for object in lists.lists.entry(self.category).or_default() {
            if !fill(self, &mut object.members).is_empty() {
                self.count(&object.place);
            }
        }
    }

    fn count(&mut self, place: &RecordPlace) {
        self.filled.get_or_insert((place.clone(), 0)).1 += 1;
    }
}

/// Whether an object of a category is what an object of a wide sheet refers to, but there is none.
fn is_lacking(lists: &ObjectLists, (from, position): (Category, usize), to: Category) -> bool {
    if from == Category::Tracks {
        return of_track(lists, position, to).is_none();
    }
    let mut references = REFERENCES.iter();
    let reference = references.find(|(one, _, other, _)| (*one, *other) == (from, to));
    let members = &lists.list(from)[position].members;
    let id = reference.and_then(|(_, key, _, _)| members.get(*key)?.as_str());
    id.is_none_or(|id| lists.position(to, id).is_none())
}

/// Whether an object of a record has an id, its own or in a reference.
fn has_id(record: &MappedRecord, category: Category) -> bool {
    let referred = |(from, key, to, _): &(Category, &str, Category, &str)| {
        *to == category && record.is_wide && record.text(*from, key).is_some()
    };
    record.text(category, "local_id").is_some() || REFERENCES.iter().any(referred)
}

/// Fills the fields that an object lacks; those that it did.
fn fill(value: &OptionValue, object: &mut Map<String, Json>) -> Vec<FieldPath> {
    if is_other_assembly(object, &value.members) {
        return Vec::new();
    }
    let lacks = |field: &FieldPath| field.get(object).is_none();
    let lacking = value.fields.iter().filter(|(field, _)| lacks(field));
    let lacking: Vec<&(FieldPath, Json)> = lacking.collect();
    let set = lacking
        .into_iter()
        .filter(|(field, value)| field.set(object, value.clone()));
    set.map(|(field, _)| field.clone()).collect()
}

/// Whether members name another assembly than an object does, so that neither its name nor its accession fits.
fn is_other_assembly(object: &Map<String, Json>, members: &Map<String, Json>) -> bool {
    let named = |object: &Map<String, Json>| {
        let text = |key: &str| object.get(key).and_then(Json::as_str).map(str::to_owned);
        text("assembly_name").or_else(|| {
            let id = text("assembly_id")?;
            assembly_name(&id).map(str::to_owned)
        })
    };
    let (own, further) = (named(object), named(members));
    own.is_some() && further.is_some() && own != further
}

/// The fields of an object, terms as a whole.
fn add_fields(
    category: Category,
    members: &Map<String, Json>,
    way: &mut Vec<String>,
    fields: &mut Vec<(FieldPath, Json)>,
) {
    for (key, value) in members {
        way.push(key.clone());
        match value {
            Json::Object(members) if !members.contains_key("term_id") => {
                add_fields(category, members, way, fields);
            }
            value => {
                let keys = way.clone();
                fields.push((FieldPath { category, keys }, value.clone()));
            }
        }
        way.pop();
    }
}

/// What mapping makes of a value.
fn read(
    field: &String,
    text: &String,
    mapping: FieldMapping<'_>,
) -> Result<(Vec<MappedRecord>, ConversionLog), String> {
    let sheet = options_sheet(&[(field, text)]);
    if !SheetPlan::of(&sheet, mapping.rules).reads(0) {
        return Err(format!(
            "found the field `{field}`, expected a category and a field, such as `samples.species_id`"
        ));
    }
    let mut log = ConversionLog::default();
    let records = mapping.map(sheet, &mut log);
    let rows = log.rows();
    let mut refused = rows
        .iter()
        .filter(|row| row.entry.outcome == LogOutcome::NotTaken);
    match refused.next() {
        Some(row) => Err(format!(
            "found `{text}` for `{field}`, {}",
            row.entry.reason
        )),
        None => Ok((records, log)),
    }
}

/// A sheet of one row with values of options.
fn options_sheet(values: &[(&String, &String)]) -> Sheet {
    let cells = values
        .iter()
        .map(|(_, text)| SheetCell::Text((*text).clone()));
    Sheet {
        name: OPTIONS.into(),
        category: None,
        row_word: ROW,
        lettered: 0,
        titles: values.iter().map(|(field, _)| (*field).clone()).collect(),
        rows: vec![SheetRow {
            number: 0,
            cells: cells.collect(),
        }],
    }
}
