//! Edits: values that a curator sets, as a table of records, fields and new values. [`super::edit_run`] applies them.
//!
//! Titles: `record` (the `local_id` of an object or of its track, `*` for all; empty for `doc_info` and `collection_info`), `field` (such as `samples.phenotype`), `value`
//! (empty removes the field) and, if wanted, `old_value`: only where the field has this text, id or label.

use super::field_path::FieldPath;
use super::known_fields::KnownFields;
use super::sheet::{RecordPlace, Sheet};
use crate::text::folding::folded_title;

/// An edit, a row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CuratorEdit {
    /// Its row.
    pub(super) place: RecordPlace,
    /// The id of an object or of its track, or `*`.
    pub(super) record: String,
    /// The field.
    pub(super) field: FieldPath,
    /// The new value; empty where the field is removed.
    pub(super) value: String,
    /// The value that the field must have.
    pub(super) old_value: Option<String>,
}

/// The edits of a table.
///
/// # Errors
/// A title that is missing, or a field that is unknown, with its row.
pub fn read(sheet: &Sheet, known: &KnownFields) -> Result<Vec<CuratorEdit>, String> {
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
        let value = cell(value);
        let text = cell(field);
        let field = match value.is_empty() {
            true => known.removed(&text),
            false => known.field(&text),
        };
        let field = field.map_err(|problem| format!("row {}: {problem}", row.number))?;
        Ok(CuratorEdit {
            place,
            record: match cell(record) {
                // The table of a conversion names no record of what a document has once.
                none if none.is_empty() && field.category.is_single() => "*".to_owned(),
                record => record,
            },
            field,
            value,
            old_value: old_value.map(cell).filter(|old| !old.is_empty()),
        })
    });
    edits.collect()
}
