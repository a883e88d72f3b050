//! Pages of tables of GA4GH Data Connect 1.0: rows with their data model, a JSON Schema.
//!
//! A column whose schema refers to a property of the schemas of FAIRtracks (`$ref`) is that field; any other is read by its title,
//! as the column of a table. A data model that refers to a whole schema of FAIRtracks makes the rows objects of that kind.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::data_connect_requests::table_of;
use super::file_kind::{is_json_api, other_json, other_kind};
use super::flatten::{flatten, texts};
use super::json_source::{JsonReading, SourceFile, not_taken, value};
use super::page_value::stated_error;
use super::value_columns::MOST_COLUMNS;
use crate::conversion::error::JsonSourceError;
use crate::conversion::field_path::FieldPath;
use crate::conversion::log::ConversionLog;
use crate::conversion::sheet::{ROW, Sheet, SheetCell, SheetRow, category_of_name};
use crate::fairtracks::category::Category;

/// Cells of a page, empty ones included.
const MOST_CELLS: usize = 50_000_000;
/// Definitions of a data model that refer to each other.
const MOST_DEPTH: usize = 4;
/// References of a schema.
const MOST_REFERENCES: usize = 1000;
const EXPECTED: &str = "a page of a table of Data Connect with `data`, or its `data_model`";

/// The schemas of FAIRtracks, and the objects that they describe.
const SCHEMAS: [(&str, Category); 4] = [
    ("fairtracks_track.schema.json", Category::Tracks),
    ("fairtracks_experiment.schema.json", Category::Experiments),
    ("fairtracks_sample.schema.json", Category::Samples),
    ("fairtracks_study.schema.json", Category::Studies),
];

/// Reads pages of tables, in any order, and the data models of tables beside them.
///
/// # Errors
/// A file is neither, or states an error; no page has a row.
pub fn read(files: &[SourceFile]) -> Result<JsonReading, JsonSourceError> {
    let mut log = ConversionLog::default();
    let mut values = Vec::new();
    for file in files {
        values.push((file, value(file, &mut log)?));
    }
    let info = values
        .iter()
        .find(|(_, value)| value["data"].is_null() && value["data_model"].is_object());
    let info = info.map(|(_, value)| value["data_model"].clone());
    let mut sheets = Vec::new();
    for (file, page) in &values {
        if is_json_api(page) {
            return Err(other_json(&file.name, page, EXPECTED));
        }
        let Some(rows) = page["data"].as_array() else {
            let problem = match stated_error(page) {
                _ if page["data_model"].is_object() => continue,
                Some(said) => JsonSourceError::Json {
                    file: file.name.clone(),
                    problem: format!("found an answer that states an error: {said}"),
                },
                None => other_kind(&file.name, &file.bytes, EXPECTED),
            };
            return Err(problem);
        };
        for error in page["errors"].as_array().into_iter().flatten() {
            let title = error["title"].as_str().unwrap_or_default();
            let reason = "the server states this error beside the rows: rows may be missing";
            log.add(not_taken(&file.name, "errors", title, reason));
        }
        // Some servers give the data model of a table on its first page alone.
        let table = table_of(&file.name);
        let of_table = values.iter().find(|(other, page)| {
            table.is_some() && table_of(&other.name) == table && page["data_model"].is_object()
        });
        let model = match (&page["data_model"], of_table) {
            (Json::Null, Some((_, page))) => Some(&page["data_model"]),
            (Json::Null, None) => info.as_ref(),
            (model, _) => Some(model),
        };
        if !rows.is_empty() {
            sheets.push(sheet(file, rows, &ColumnMeanings::of(model), &mut log)?);
        }
    }
    let pages = values.iter().filter(|(_, page)| page["data"].is_array());
    let pages: Vec<_> = pages.map(|(file, page)| (&file.name[..], page)).collect();
    log_missing(&pages, &mut log);
    match sheets.is_empty() {
        true => Err(JsonSourceError::Missing {
            expected: "a row in `data`",
        }),
        false => Ok(JsonReading { sheets, log }),
    }
}

/// Adds a row for each table whose pages all say that one follows: the last one is missing.
fn log_missing(pages: &[(&str, &Json)], log: &mut ConversionLog) {
    let mut said: Vec<Option<String>> = Vec::new();
    for (name, page) in pages {
        let Some(next) = next_of(page) else {
            continue;
        };
        let table = table_of(name).or_else(|| table_of(&next));
        if said.contains(&table) {
            continue;
        }
        let is_last = |(name, other): &(&str, &Json)| {
            let of = table_of(name);
            let is_same = match (&table, &of) {
                (Some(table), Some(of)) => table == of,
                _ => have_one_column(page, other),
            };
            is_same && next_of(other).is_none()
        };
        if !pages.iter().any(is_last) {
            let reason = "no file has the page that follows: add it";
            log.add(not_taken(name, "pagination.next_page_url", &next, reason));
        }
        said.push(table);
    }
}

/// The URL of the page that follows.
fn next_of(page: &Json) -> Option<String> {
    let next = texts(&page["pagination"]["next_page_url"]);
    (!next.is_empty()).then(|| next.join(";"))
}

/// Whether the first rows of two pages have a column in common, or one of the pages has no row.
fn have_one_column(page: &Json, other: &Json) -> bool {
    match (page["data"][0].as_object(), other["data"][0].as_object()) {
        (Some(row), Some(other)) => row.keys().any(|key| other.contains_key(key)),
        _ => true,
    }
}

/// The fields that the columns of a data model refer to.
#[derive(Debug, Default)]
struct ColumnMeanings {
    fields: HashMap<String, FieldPath>,
    columns: usize,
    /// The objects of the schema that the whole data model refers to.
    whole: Option<Category>,
}

impl ColumnMeanings {
    fn of(model: Option<&Json>) -> Self {
        let mut meanings = ColumnMeanings::default();
        let Some(model) = model else {
            return meanings;
        };
        let mut whole = references(model, model, 0).take(MOST_REFERENCES);
        meanings.whole = whole.find_map(|reference| {
            let (address, pointer) = reference.split_once('#').unwrap_or((reference, ""));
            category_of(address).filter(|_| pointer.is_empty())
        });
        let properties = model["properties"].as_object();
        for (column, schema) in properties.into_iter().flatten() {
            meanings.columns += 1;
            if let Some(field) = referred(schema, model) {
                meanings.fields.insert(column.clone(), field);
            }
        }
        meanings
    }

    /// The title of a value: the field that its column refers to, with the keys below the column, or the path itself.
    fn title(&self, path: &str) -> String {
        let mut column = path;
        loop {
            if let Some(field) = self.fields.get(column) {
                return format!("{field}{}", &path[column.len()..]);
            }
            match column.rfind('.') {
                Some(end) => column = &column[..end],
                None => return path.to_owned(),
            }
        }
    }

    /// The objects of a table by its name or by its columns; `None` for those of several categories.
    fn category(&self, name: &str) -> Option<Category> {
        let mut found = self.fields.values().map(|field| field.category);
        let first = found.next();
        let is_one = found.all(|category| Some(category) == first);
        // A table may be `server.samples`, a file `samples.json`.
        let named = category_of_name(&name.replace('.', "_")).or_else(|| category_of_name(name));
        if self.whole.is_some() && first.is_none() {
            return self.whole;
        }
        match (named, first) {
            (named, None) => named,
            (Some(_), first) if is_one && first == named => named,
            (None, Some(first)) if is_one && self.fields.len() == self.columns => Some(first),
            _ => None,
        }
    }
}

/// What a schema refers to, by itself, by its parts, or by definitions of its data model.
fn references<'m>(
    schema: &'m Json,
    model: &'m Json,
    depth: usize,
) -> Box<dyn Iterator<Item = &'m str> + 'm> {
    let all = schema["allOf"].as_array().into_iter().flatten();
    let all = std::iter::once(schema).chain(all);
    let stated = all.filter_map(|schema| schema["$ref"].as_str());
    Box::new(stated.flat_map(move |reference| {
        let definition = reference
            .strip_prefix('#')
            .filter(|pointer| !pointer.is_empty() && depth < MOST_DEPTH);
        match definition.and_then(|pointer| model.pointer(pointer)) {
            Some(definition) => references(definition, model, depth + 1),
            None => Box::new(std::iter::once(reference)),
        }
    }))
}

/// The objects that a schema of FAIRtracks describes.
fn category_of(address: &str) -> Option<Category> {
    let file = address.rsplit('/').next()?;
    let known = SCHEMAS.iter().find(|(name, _)| *name == file);
    known.map(|(_, category)| *category)
}

/// The field that the schema of a column refers to.
fn referred(schema: &Json, model: &Json) -> Option<FieldPath> {
    let mut all = references(schema, model, 0).take(MOST_REFERENCES);
    all.find_map(|reference| {
        let (address, pointer) = reference.split_once('#')?;
        let category = category_of(address)?;
        let keys = pointer.strip_prefix("/properties/")?.split("/properties/");
        let keys: Vec<String> = keys.map(str::to_owned).collect();
        let is_path = keys.iter().all(|key| !key.is_empty() && !key.contains('/'));
        is_path.then_some(FieldPath { category, keys })
    })
}

fn sheet(
    file: &SourceFile,
    rows: &[Json],
    meanings: &ColumnMeanings,
    log: &mut ConversionLog,
) -> Result<Sheet, JsonSourceError> {
    let mut titles: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut read = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let mut cells: Vec<SheetCell> = Vec::new();
        let nothing = Map::new();
        let members = row.as_object().unwrap_or(&nothing);
        if !row.is_object() {
            let place = format!("{}, {ROW} {number}", file.name);
            let reason = "found a row that is no object: left out";
            log.add(not_taken(&place, "data", &row.to_string(), reason));
        }
        for (column, member) in members {
            for (path, text) in flatten(member) {
                let path = match path.is_empty() {
                    true => column.clone(),
                    false => format!("{column}.{path}"),
                };
                let title = meanings.title(&path);
                let place = *places.entry(title).or_insert_with_key(|title| {
                    titles.push(title.clone());
                    titles.len() - 1
                });
                let empty = SheetCell::Text(String::new());
                cells.resize(cells.len().max(place + 1), empty);
                if cells[place].is_empty() {
                    cells[place] = SheetCell::Text(text);
                } else if cells[place].shown() != text {
                    let place = format!("{}, {ROW} {number}", file.name);
                    let reason = "another column of the same field has another value";
                    log.add(not_taken(&place, &path, &text, reason));
                }
            }
        }
        read.push(SheetRow { number, cells });
        if titles.len() > MOST_COLUMNS || read.len().saturating_mul(titles.len()) > MOST_CELLS {
            return Err(JsonSourceError::TooManyValues {
                file: file.name.clone(),
                most: MOST_CELLS,
            });
        }
    }
    for row in &mut read {
        let empty = SheetCell::Text(String::new());
        row.cells.resize(titles.len(), empty);
    }
    let table = table_of(&file.name);
    Ok(Sheet {
        name: file.name.as_str().into(),
        category: meanings.category(table.as_deref().unwrap_or(&file.name)),
        row_word: ROW,
        lettered: 0,
        titles,
        rows: read,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reference(schema: &str, pointer: &str) -> Json {
        let base = "https://raw.example.org/fairtracks_standard/v1/current/json/schema";
        json!({"$ref": format!("{base}/fairtracks_{schema}.schema.json#{pointer}")})
    }

    #[test]
    fn a_column_means_the_field_that_its_schema_refers_to() {
        let model = json!({"properties": {
            "where": reference("track", "/properties/file_url"),
            "cell": reference("sample", "/properties/sample_type/properties/cell_type"),
            "other": {"type": "string"},
            "no_pointer": reference("track", "/definitions/x")}});
        let meanings = ColumnMeanings::of(Some(&model));
        assert_eq!(meanings.title("where"), "tracks.file_url");
        assert_eq!(
            meanings.title("cell.term_id"),
            "samples.sample_type.cell_type.term_id"
        );
        assert_eq!(meanings.title("other.x"), "other.x");
        assert_eq!(meanings.title("no_pointer"), "no_pointer");
        assert_eq!(meanings.category("f.tracks"), None);
    }

    #[test]
    fn a_table_of_one_kind_of_objects_is_known_by_its_name_or_its_columns() {
        let none = ColumnMeanings::default();
        assert_eq!(none.category("f.samples"), Some(Category::Samples));
        assert_eq!(none.category("rows.json"), None);
        let of = |columns: Json| ColumnMeanings::of(Some(&json!({"properties": columns})));
        let id = || reference("sample", "/properties/local_id");
        assert_eq!(
            of(json!({"id": id()})).category("x"),
            Some(Category::Samples)
        );
        assert_eq!(of(json!({"id": id(), "assay": {}})).category("x"), None);
        assert_eq!(of(json!({"id": id()})).category("f.tracks"), None);
        let whole = ColumnMeanings::of(Some(&reference("sample", "")));
        assert_eq!(whole.category("rows"), Some(Category::Samples));
        assert_eq!(
            ColumnMeanings::of(Some(&reference("sample", "/x"))).category("rows"),
            None
        );
    }

    #[test]
    fn references_to_definitions_of_the_data_model_are_followed() {
        let model = json!({
            "definitions": {
                "url": reference("track", "/properties/file_url"),
                "address": {"allOf": [{"$ref": "#/definitions/url"}]},
                "one": {"$ref": "#/definitions/other"},
                "other": {"allOf": [{"$ref": "#/definitions/one"}, {"$ref": "#/definitions/one"}]}},
            "properties": {
                "where": {"$ref": "#/definitions/address"},
                "circle": {"$ref": "#/definitions/one"},
                "nowhere": {"$ref": "#/definitions/missing"}}});
        let meanings = ColumnMeanings::of(Some(&model));
        assert_eq!(meanings.title("where"), "tracks.file_url");
        assert_eq!(meanings.title("circle"), "circle");
        assert_eq!(meanings.title("nowhere"), "nowhere");
    }
}
