//! Edits: values that a curator sets, as a table of records, fields and new values, applied after the mapping.
//!
//! Titles: `record` (the `local_id` of an object or of its track, `*` for all), `field` (such as `samples.phenotype`), `value`
//! (empty removes the field) and, if wanted, `old_value`: only where the field has this text, id or label.

use serde_json::Value as Json;

use super::field_path::FieldPath;
use super::log::{ConversionLog, LogEntry, LogOutcome};
use super::map::{FieldMapping, MappedRecord, shown};
use super::sheet::{RecordPlace, Sheet};
use super::value_type::{ReadValue, ValueType};
use crate::fairtracks::category::Category;
use crate::text::folding::folded_title;

/// An edit, a row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CuratorEdit {
    place: RecordPlace,
    record: String,
    field: FieldPath,
    value: String,
    old_value: Option<String>,
}

/// The edits of a table.
///
/// # Errors
/// A title that is missing, or a field that is none, with its place.
pub fn read(sheet: &Sheet) -> Result<Vec<CuratorEdit>, String> {
    let column = |title: &str| {
        sheet
            .titles
            .iter()
            .position(|known| folded_title(known) == title)
    };
    let needed = |title: &str| {
        let found = sheet.titles.join("`, `");
        column(title).ok_or_else(|| {
            format!("found the titles `{found}`, expected `record`, `field`, `value` and, if wanted, `old_value`")
        })
    };
    let (record, field, value) = (needed("record")?, needed("field")?, needed("value")?);
    let old_value = column("old_value");
    let rows = sheet.rows.iter();
    let edits = rows.map(|row| {
        let cell = |column: usize| row.cells[column].shown().trim().to_owned();
        let place = sheet.place(row.number);
        let text = cell(field);
        let path = FieldPath::parse(&text);
        let field = path.ok_or_else(|| {
            format!(
                "row {}: found the field `{text}`, expected one such as `samples.phenotype`",
                row.number
            )
        })?;
        Ok(CuratorEdit {
            place,
            record: cell(record),
            field,
            value: cell(value),
            old_value: old_value.map(cell).filter(|old| !old.is_empty()),
        })
    });
    edits.collect()
}

/// Applies edits to records, in their order. One that fits nothing any more is a row of the log.
pub fn apply(
    edits: &[CuratorEdit],
    records: &mut [MappedRecord],
    mapping: FieldMapping<'_>,
    log: &mut ConversionLog,
) {
    let mut run = EditRun::new(edits, mapping);
    records.iter_mut().for_each(|record| run.apply(record));
    run.finish(log);
}

/// Edits while they are applied to one record after the other.
pub struct EditRun<'e> {
    mapping: FieldMapping<'e>,
    edits: Vec<ReadEdit<'e>>,
}

/// An edit with its value, and how many records it has changed.
struct ReadEdit<'e> {
    edit: &'e CuratorEdit,
    value: Result<Option<ReadValue>, String>,
    count: u64,
}

impl<'e> EditRun<'e> {
    /// Reads the values of edits.
    pub fn new(edits: &'e [CuratorEdit], mapping: FieldMapping<'e>) -> Self {
        let read = |edit| ReadEdit {
            edit,
            value: read_value(edit, mapping),
            count: 0,
        };
        let edits = edits.iter().map(read).collect();
        EditRun { mapping, edits }
    }

    /// Applies the edits to a record, in their order.
    pub fn apply(&mut self, record: &mut MappedRecord) {
        for ReadEdit { edit, value, count } in &mut self.edits {
            if let Ok(value) = value
                && is_of(record, edit)
            {
                *count += u64::from(set(record, edit, value.as_ref(), self.mapping));
            }
        }
    }

    /// Adds what each edit did to the log.
    pub fn finish(self, log: &mut ConversionLog) {
        for ReadEdit { edit, value, count } in self.edits {
            let of = &edit.record;
            let (outcome, reason) = match (value, &edit.old_value) {
                (Err(problem), _) => (LogOutcome::NotTaken, problem),
                (Ok(_), _) if count > 0 => {
                    let reason = format!("edit of the record `{of}`");
                    (LogOutcome::Changed, reason)
                }
                (Ok(_), Some(old)) => {
                    let reason = format!("no record `{of}` has the value `{old}` in this field");
                    (LogOutcome::NotTaken, reason)
                }
                (Ok(_), None) => (LogOutcome::NotTaken, format!("found no record `{of}`")),
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

/// The type of the values of a field, by the rules.
fn type_of<'r>(field: &FieldPath, mapping: FieldMapping<'r>) -> Option<&'r ValueType> {
    let mut rules = mapping.rules.fields.iter();
    let rule = rules.find(|rule| rule.target == *field && !rule.is_fallback)?;
    // An assembly is two fields, each of which is edited by itself.
    (rule.value != ValueType::Assembly).then_some(&rule.value)
}

fn read_value(edit: &CuratorEdit, mapping: FieldMapping<'_>) -> Result<Option<ReadValue>, String> {
    if edit.value.is_empty() {
        return Ok(None);
    }
    let value = type_of(&edit.field, mapping).unwrap_or(&ValueType::Text);
    value.read(&edit.value, mapping.terms).map(Some)
}

/// Whether a record has the object that an edit is about.
fn is_of(record: &MappedRecord, edit: &CuratorEdit) -> bool {
    let category = edit.field.category;
    if edit.record == "*" {
        return record.objects.contains_key(&category);
    }
    let ids = [
        record.text(category, "local_id"),
        record.text(Category::Tracks, "local_id"),
    ];
    let is_own = ids.iter().flatten().any(|id| *id == edit.record);
    is_own && (record.is_wide || record.objects.contains_key(&category))
}

/// Sets the field of a record; false where it has not the old value.
fn set(
    record: &mut MappedRecord,
    edit: &CuratorEdit,
    value: Option<&ReadValue>,
    mapping: FieldMapping<'_>,
) -> bool {
    let object = record.objects.entry(edit.field.category).or_default();
    let found = edit.field.get(object);
    if let Some(old) = &edit.old_value {
        let labelled = |term: &Json| {
            let of = |key: &str| term.get(key).and_then(Json::as_str);
            of("term_id") == Some(old) || of("term_label") == Some(old)
        };
        let read =
            type_of(&edit.field, mapping).and_then(|value| value.read(old, mapping.terms).ok());
        let is_old = found.is_some_and(|found| {
            shown(found) == *old || labelled(found) || read.is_some_and(|read| read.json == *found)
        });
        if !is_old {
            return false;
        }
    }
    match value {
        Some(value) => edit.field.set(object, value.json.clone()),
        None => edit.field.remove(object),
    }
}
